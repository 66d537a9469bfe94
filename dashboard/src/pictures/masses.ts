// What is inside two robots: how much of each element or material B holds for what A holds, with the range of the difference.

import { control, diamond, dot, fit, group, line, type Mark, type Picture, rect, type Scene, type Shape, shapes, width, words } from "../picture";
import type { View } from "../data";
import { BAD, GOOD, type Theme } from "../theme";

const ROW = 25;
/** Ratios that the axis may show, each as many times more or less. */
const STEPS = [1, 1.25, 1.5, 2, 3, 5, 10, 30, 100, 1000];

interface Ratio {
  row: number;
  /** B over A; infinite where A has none. */
  value: number;
  low: number | null;
  high: number | null;
}

/** Told apart, and in which direction: −1 less in B, 1 more, 0 neither. */
function sign(word: string): number {
  return word.startsWith("told-less") ? -1 : word.startsWith("told-more") ? 1 : 0;
}

export function colourOf(word: string, theme: Theme): string {
  return [GOOD, theme.soft, BAD][sign(word) + 1]!;
}

function chosen(scene: Scene): View {
  const of = masses.controls!(scene)[0]!.value;
  return scene.tables[`compare/${of}`] ?? scene.tables["compare/elements"]!;
}

function ratios(table: View): Ratio[] {
  const found: Ratio[] = [];
  for (let row = 0; row < table.length; row++) {
    const [a, b, low, high] = ["a", "b", "difference_low", "difference_high"].map((c) => table.value(row, c));
    if (a == null || b == null) continue;
    const over = (difference: number | null | undefined) => (difference == null || !a ? null : Math.max(0, 1 + difference / a));
    found.push({ row, value: a ? b / a : Infinity, low: over(low), high: over(high) });
  }
  return found.sort((x, y) => y.value - x.value || x.row - y.row);
}

export const masses: Picture = {
  name: "masses",
  needs: ["compare/elements"],
  likes: ["compare/materials", "compare/magnets"],
  wide: true,
  about: sides,
  controls: (scene) => [
    control(scene, "of", scene.word("page-masses-of"), [
      ["elements", scene.word("page-masses-elements")],
      ["materials", scene.word("page-masses-materials")],
      ["magnets", scene.word("page-masses-magnets")],
    ]),
  ],
  draw(scene) {
    const table = chosen(scene);
    const { theme } = scene;
    const rows = ratios(table);
    if (!rows.length) return null;
    const narrow = scene.width < 700;
    const first = table.table.columns[0]!.name;
    const name = (r: number) => table.text(r, first);
    const value = (r: number, column: string) => table.text(r, column).replace(/ ?[(（].*[)）]/, "");
    // Whoever has none of it stands beyond the axis.
    const finite = rows.flatMap((r) => [r.value, r.low, r.high]).filter((v): v is number => v != null && v > 0 && Number.isFinite(v));
    const farthest = Math.max(1.25, ...finite.map((v) => Math.max(v, 1 / v)));
    const reach = STEPS.find((s) => s >= farthest) ?? STEPS.at(-1)!;
    const left = narrow ? 12 : Math.min(250, scene.width * 0.26);
    const room = narrow ? 0 : Math.max(...rows.map((r) => width(`${value(r.row, "a")} → ${value(r.row, "b")}`, 12))) + 14;
    const right = scene.width - 28 - room;
    const at = (v: number) => {
      const share = Math.log(Math.min(reach, Math.max(1 / reach, v || 0))) / Math.log(reach);
      return (left + right) / 2 + (share * (right - left)) / 2;
    };
    const step = narrow ? ROW + 20 : ROW;
    const top = 56;
    const bottom = top + rows.length * step;
    const plain: Shape[] = [];
    // From both ends inward, as many as have room beside each other and beside the middle.
    const ticks: number[] = [];
    for (const s of STEPS.filter((s) => s <= reach && s > 1).reverse()) {
      const next = ticks.length ? at(ticks.at(-1)!) : Infinity;
      if (next - at(s) > 36 && at(s) - at(1) > 44) ticks.push(s);
    }
    for (const s of [1, ...ticks]) {
      for (const v of s === 1 ? [1] : [s, 1 / s]) {
        plain.push(line(at(v), top - 8, at(v), bottom, v === 1 ? theme.ink : theme.line, v === 1 ? 1.5 : 1));
        plain.push(words(v === 1 ? scene.word("page-masses-same") : `${s}×`, at(v), bottom + 13, theme.soft, { align: "center", fontSize: 12 }));
      }
    }
    const middle = (left + right) / 2;
    plain.push(words(`← ${scene.word("page-masses-less")}`, middle - 10, top - 18, theme.soft, { align: "right", fontSize: 12 }));
    plain.push(words(`${scene.word("page-masses-more")} →`, middle + 10, top - 18, theme.soft, { fontSize: 12 }));
    let x = narrow ? 12 : 4;
    const legend: [(x: number) => Shape, string][] = [
      [(x) => dot(x, 12, 5.5, GOOD), scene.word("page-masses-less")],
      [(x) => dot(x, 12, 5.5, BAD), scene.word("page-masses-more")],
      [(x) => dot(x, 12, 5, theme.paper, { stroke: theme.soft, lineWidth: 2 }), scene.word("page-masses-unclear")],
    ];
    for (const [symbol, text] of legend) {
      plain.push(symbol(x + 6), words(text, x + 17, 12, theme.ink, { fontSize: 12 }));
      x += 36 + width(text, 12);
    }
    if (!narrow) plain.push(words(`${short(table.header("a"))} → ${short(table.header("b"))}`, scene.width - 8, top - 18, theme.soft, { align: "right", fontSize: 12 }));
    const list: Shape[] = [];
    const marks: Mark[] = [];
    rows.forEach((r, i) => {
      const y = top + i * step + (narrow ? 32 : 13);
      const told = table.id(r.row, "told");
      const colour = colourOf(told, theme);
      const both = `${value(r.row, "a")} → ${value(r.row, "b")}`;
      if (narrow) plain.push(words(`${fit(name(r.row), right - left - width(both, 12) - 8, 12)}  ${both}`, left, y - 17, theme.ink, { fontSize: 12 }));
      else {
        plain.push(words(fit(name(r.row), left - 16), left - 12, y, theme.ink, { align: "right" }));
        plain.push(words(both, scene.width - 8, y, theme.soft, { align: "right", fontSize: 12 }));
      }
      const parts: Shape[] = [rect(left, y - 11, right - left, 22, "transparent")];
      if (r.low != null && r.high != null && r.high > r.low) {
        parts.push(line(at(r.low), y, at(r.high), y, colour, 3, { opacity: 0.45 }));
        // An end that the axis does not reach has no stop.
        for (const end of [r.low, r.high]) if (end > 1 / reach && end < reach) parts.push(line(at(end), y - 5, at(end), y + 5, colour, 2));
      }
      const beyond = !Number.isFinite(r.value) || r.value === 0;
      const same = told === "told-same" || told === "told-nearly";
      parts.push(same ? dot(at(r.value), y, 4, theme.soft) : beyond ? diamond(at(r.value), y, 6, colour) : sign(told) ? dot(at(r.value), y, 5.5, colour) : dot(at(r.value), y, 5, theme.paper, { stroke: colour, lineWidth: 2 }));
      marks.push({
        series: 1,
        data: list.length,
        key: table.table.keys[r.row]!,
        title: name(r.row),
        lines: [
          `${table.header("a")}: ${table.text(r.row, "a")}`,
          `${table.header("b")}: ${table.text(r.row, "b")}`,
          `${table.header("difference")}: ${table.text(r.row, "difference")}`,
          table.text(r.row, "told"),
        ],
        value: r.value,
      });
      list.push(group(...parts));
    });
    return {
      option: { series: [shapes(plain, 1, true), shapes(list)] },
      height: bottom + 28,
      marks,
      alt: rows.slice(0, 4).map((r) => `${name(r.row)}: ${value(r.row, "a")} → ${value(r.row, "b")}`).join("; "),
      scale: { kind: "log", pixels: [left, right], values: [1 / reach, reach] },
    };
  },
};

/** Which two are beside each other, for a picture in a file alone. */
export function sides(scene: Scene): string[] {
  const asked = scene.data.answers.find((a) => a.verb === "compare")?.request ?? {};
  return [`A: ${asked.a ?? ""}`, `B: ${asked.b ?? ""}`];
}

/** A header without the unit of its column. */
export function short(header: string): string {
  return header.replace(/ ?[(（][^()（）]*[)）]$/, "").trim();
}
