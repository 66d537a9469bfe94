// What a picture is: a function from tables to a drawing.

import type { Data, Lang, View } from "./data";
import type { Theme } from "./theme";

/** Something in a drawing that stands for a row: what a reader is told of it, and where its number comes from. */
export interface Mark {
  series: number;
  data: number;
  /** `edge` or `node`, where both have numbers. */
  type?: string;
  key: string;
  title: string;
  lines: string[];
  /** Number that it shows, as its address. */
  address?: string;
  /** Value that it shows, in the base unit. */
  value?: number;
  /** Choice that a click makes, instead of telling where it comes from. */
  choose?: [control: string, value: string];
}

/** How places in a drawing follow from values. */
export interface Scale {
  kind: "linear" | "log" | "area" | "thickness" | "fill" | "word";
  /** Pixels of the first and the last value. */
  pixels?: [number, number];
  values?: [number, number];
  /** Of a drawing with two axes the upright one. */
  upright?: { pixels: [number, number]; values: [number, number] };
}

export interface Drawing {
  option: Record<string, unknown>;
  height: number;
  marks: Mark[];
  /** What a reader who cannot see it is told. */
  alt: string;
  scale?: Scale;
}

/** A choice above a picture. */
export interface Control {
  name: string;
  label: string;
  options: [value: string, text: string][];
  value: string;
}

/** What a picture is drawn with. */
export interface Scene {
  tables: Record<string, View>;
  data: Data;
  lang: Lang;
  theme: Theme;
  width: number;
  /** Choices made so far. */
  chosen: Record<string, string>;
  word: (id: string, gaps?: Record<string, string>) => string;
}

export interface Picture {
  name: string;
  /** Tables without which it is not drawn, as `verb/table`. */
  needs: string[];
  /** Of these at least one must be there as well. */
  any?: string[];
  /** Tables that it uses if they are there. */
  likes?: string[];
  wide?: boolean;
  /** What is to be said of the question above a picture in a file alone, beside the robot and the volume. */
  about?: (scene: Scene) => string[];
  controls?: (scene: Scene) => Control[];
  draw: (scene: Scene) => Drawing | null;
}

export function control(scene: Scene, name: string, label: string, options: [string, string][], first?: string): Control {
  const chosen = scene.chosen[name];
  const value = options.some(([v]) => v === chosen) ? chosen! : (first ?? options[0]?.[0] ?? "");
  return { name, label, options, value };
}

/** Width of a letter, by its look. */
const letter = (c: string, size: number) => (/[\u2E80-\uFFFF]/.test(c) ? size : /[A-Zmw%@]/.test(c) ? size * 0.68 : size * 0.53);

/** Cuts text to a width, by the look of its letters. */
export function fit(text: string, pixels: number, size = 13): string {
  let used = 0;
  for (let i = 0; i < text.length; i++) {
    used += letter(text[i]!, size);
    if (used > pixels) return `${text.slice(0, Math.max(1, i - 1))}…`;
  }
  return text;
}

/** Room that a text takes, in fonts wider than most. */
export function width(text: string, size = 13): number {
  let used = 0;
  for (const c of text) used += letter(c, size);
  return used * 1.12;
}

/** A text in lines of a width; what does not fit into the last is cut. */
export function wrap(text: string, pixels: number, size = 13, lines = 2): string[] {
  // Chinese breaks anywhere but before a mark that closes, other text between words.
  const pieces = text.match(/[\u2E80-\uFFFF][，。、：；）]*|[^\s\u2E80-\uFFFF]+\s*|\s+/g) ?? [];
  const found: string[] = [""];
  for (const piece of pieces) {
    const last = found.length - 1;
    if (found.length < lines && found[last] && width((found[last]! + piece).trimEnd(), size) > pixels) found.push(piece);
    else found[last] += piece;
  }
  return found.map((l) => (width(l.trim(), size) > pixels ? fit(l.trim(), pixels / 1.12, size) : l.trim())).filter(Boolean);
}

/** Names without the word that most of them begin with: in a picture of one robot its name says nothing. */
export function shortener(names: string[]): (name: string) => string {
  const first = new Map<string, number>();
  for (const name of names) {
    const word = /^\S+ (?=\S)/.exec(name)?.[0];
    if (word) first.set(word, (first.get(word) ?? 0) + 1);
  }
  const [word, count] = [...first].sort((a, b) => b[1] - a[1])[0] ?? ["", 0];
  if (count < 4 || count < names.length * 0.25) return (name) => name;
  return (name) => (name.startsWith(word) && name.length > word.length ? name[word.length]!.toUpperCase() + name.slice(word.length + 1) : name);
}

/** Numbers on axes: 10 k, 1 M, 1 bn; 1 万, 1 亿. */
export function tick(value: number, lang: Lang): string {
  const steps: [number, string][] =
    lang === "zh"
      ? [
          [1e12, " 万亿"],
          [1e8, " 亿"],
          [1e4, " 万"],
        ]
      : [
          [1e12, " tn"],
          [1e9, " bn"],
          [1e6, " M"],
          [1e3, " k"],
        ];
  for (const [floor, unit] of steps) if (value >= floor) return `${+(value / floor).toPrecision(3)}${unit}`;
  return `${+value.toPrecision(3)}`;
}

/** A rectangle, line, dot or text of a custom series. */
export type Shape = Record<string, unknown>;

export const rect = (x: number, y: number, width: number, height: number, fill: string, more: Shape = {}): Shape => ({
  type: "rect",
  shape: { x, y, width: Math.max(0, width), height },
  style: { fill, ...more },
});

export const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1, more: Shape = {}): Shape => ({
  type: "line",
  shape: { x1, y1, x2, y2 },
  style: { stroke, lineWidth: width, ...more },
});

export const dot = (cx: number, cy: number, r: number, fill: string, more: Shape = {}): Shape => ({
  type: "circle",
  shape: { cx, cy, r },
  style: { fill, ...more },
});

export const diamond = (x: number, y: number, r: number, fill: string, more: Shape = {}): Shape => ({
  type: "polygon",
  shape: {
    points: [
      [x, y - r],
      [x + r, y],
      [x, y + r],
      [x - r, y],
    ],
  },
  style: { fill, ...more },
});

export const words = (text: string, x: number, y: number, fill: string, more: Shape = {}): Shape => ({
  type: "text",
  style: { text, x, y, fill, fontSize: 13, verticalAlign: "middle", ...more },
});

/** A series of shapes at places of their own: `shapes[i]` is drawn for data item i. Those without a mark are only seen. */
export function shapes(list: Shape[], z = 2, silent = false): Record<string, unknown> {
  return {
    type: "custom",
    coordinateSystem: "none",
    silent,
    z,
    data: list.map((_, i) => i),
    renderItem: (_: unknown, api: { value: (d: number) => number }) => list[api.value(0)],
    emphasis: { disabled: true },
  };
}

/** An interval with a stop at each end. */
export const interval = (x1: number, x2: number, y: number, stroke: string, width = 3): Shape[] => [
  line(x1, y, x2, y, stroke, width, { opacity: 0.45 }),
  ...[x1, x2].map((x) => line(x, y - 5, x, y + 5, stroke, 2)),
];

/** Lines and labels of an axis from 0 to 100 %. */
export function percents(at: (share: number) => number, top: number, bottom: number, theme: Theme): Shape[] {
  return [0, 0.25, 0.5, 0.75, 1].flatMap((p) => [
    line(at(p), top - 8, at(p), bottom, theme.line),
    words(`${p * 100}%`, at(p), bottom + 12, theme.soft, { align: p === 1 ? "right" : p ? "center" : "left", fontSize: 12 }),
  ]);
}

export const group = (...children: Shape[]): Shape => ({ type: "group", children });

/** What a drawing is put together from: shapes that stand for nothing, marks with theirs, and what lies above. */
export function layers() {
  const [plain, list, above, marks]: [Shape[], Shape[], Shape[], Mark[]] = [[], [], [], []];
  const mark = (m: Omit<Mark, "series" | "data">, ...parts: Shape[]) => {
    marks.push({ series: 1, data: list.length, ...m });
    list.push(group(...parts));
  };
  return { plain, list, above, marks, mark };
}
