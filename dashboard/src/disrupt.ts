// What the pictures of one disruption share: its events, the parts that stood in the way and their colours, weeks as an axis.

import type { View } from "./data";
import { control, type Control, line, type Scene, type Shape, width, words } from "./picture";
import { BAD } from "./theme";

/** Colours of the parts that stood in the way, in the order in which they began to; green is kept for what is made up for. */
const COLOURS = [BAD, "#0072B2", "#E69F00", "#CC79A7", "#56B4E9", "#8C6BB1"];

/** A part that stood in the way, and the weeks in which it did, each from and to. */
export interface Gate {
  id: string;
  colour: string;
  runs: [number, number][];
}

/** An event as asked for: it acts from the one week to before the other, and is over when all is restored. */
export interface Happening {
  /** What rows of other tables call it by. */
  id: string;
  name: string;
  start: number;
  end: number;
  over: number;
}

const NARROW = 620;

/** Whether it is drawn for a phone. */
export const isNarrow = (scene: Scene) => scene.width < NARROW;

/** How much larger than on a desk letters are drawn: a wall is looked at from afar. */
export const larger = (scene: Scene) => Math.min(1.35, Math.max(1, scene.width / 1250));

export const weekOf = (table: View, row: number) => Number(table.table.keys[row]);

export function gates(scene: Scene): Gate[] {
  const weeks = scene.tables["disrupt/weeks"]!;
  const found = new Map<string, Gate>();
  for (let r = 0; r < weeks.length; r++) {
    const id = weeks.id(r, "gate");
    if (!id) continue;
    const gate: Gate = found.get(id) ?? { id, colour: COLOURS[found.size] ?? scene.theme.soft, runs: [] };
    found.set(id, gate);
    const [week, last] = [weekOf(weeks, r), gate.runs.at(-1)];
    if (last && last[1] === week - 1) last[1] = week;
    else gate.runs.push([week, week]);
  }
  return [...found.values()];
}

/** Weeks of a gate as text: weeks 1–26, 28. */
export function runs(scene: Scene, gate: Gate): string {
  const told = gate.runs.slice(0, 3).map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`));
  const [first] = gate.runs;
  const one = gate.runs.length === 1 && first![0] === first![1];
  return scene.word(one ? "page-weeks-one" : "page-weeks-many", { n: told.join(", ") + (gate.runs.length > 3 ? ", …" : "") });
}

/** Headers of a table have their unit in brackets at the end. */
export const bare = (header: string) => header.replace(/\s*[(（][^()（）]*[)）]$/, "");

export function happenings(scene: Scene): Happening[] {
  const events = scene.tables["disrupt/events"]!;
  return events.table.keys.map((_, r) => {
    const to = events.text(r, "to");
    const what = brief(events.text(r, "select")) + (to ? ` → ${to}` : "");
    const effect = events.id(r, "effect")?.replace(/^effect-/, "");
    const name = scene.word(`page-event-${effect}`, { what });
    const [start, end, over] = ["from_week", "until_week", "over_week"].map((column) => events.value(r, column) ?? 0) as [number, number, number];
    return { id: events.id(r, "select") || "", name, start, end, over };
  });
}

/** A name without what it leaves open or counts in: in a picture "Wiring harness, any robot" is a wiring harness. */
export const brief = (name: string) =>
  name
    .replace(/ \([^()]*\bkg of [^()]*\)$|（[^（）]*千克计）$/, "")
    .replace(/, any [a-z ]+$|（任意[^（）]*）$/, "")
    .replace(/，任意[^（）]*）$/, "）")
    .replace(/( product): [a-z].*$|(产品)：.*$/, "$1$2");

/** What happens, for a file alone. */
export const happens = (scene: Scene): string[] => happenings(scene).map((h) => `${h.name}, ${scene.word("page-weeks-many", { n: `${h.start}–${h.end - 1}` })}`);

/** How the run was as asked, as a row of its outcome. */
export function asked(scene: Scene): { table: View; row: number; first: number | null; back: number | null } {
  const table = scene.tables["disrupt/outcome"]!;
  const row = table.row("as_asked") ?? 0;
  return { table, row, first: table.value(row, "first_loss"), back: table.value(row, "back") };
}

const QUARTER = 13;

/** Weeks until the events and the loss are over and some more, to a quarter; all that were run if that is no shorter. */
function near(scene: Scene): number {
  const weeks = scene.tables["disrupt/weeks"]!;
  const all = weeks.length;
  const ends = happenings(scene).map((h) => h.over);
  // What is made up for later counts as well.
  for (let r = 0; r < all; r++) if (Math.abs(weeks.value(r, "missing") ?? 0) > 1e-3) ends.push(weekOf(weeks, r) + 1);
  const last = Math.max(...ends, 0);
  return Math.min(all, Math.ceil((last * 1.1 + 3) / QUARTER) * QUARTER);
}

/** Choice between the weeks in which something happens and all that were run. */
export function weeksControl(scene: Scene): Control[] {
  const all = scene.tables["disrupt/weeks"]!.length;
  if (near(scene) >= all) return [];
  return [
    control(scene, "weeks", scene.word("page-weeks-show"), [
      ["near", scene.word("page-weeks-near")],
      ["all", scene.word("page-weeks-all", { n: String(all) })],
    ]),
  ];
}

/** Weeks that are drawn. */
export function shownWeeks(scene: Scene): number {
  const chosen = weeksControl(scene)[0];
  return chosen?.value === "near" ? near(scene) : scene.tables["disrupt/weeks"]!.length;
}

/** Lines and labels of an axis of weeks. */
export function weeksAxis(scene: Scene, at: (week: number) => number, weeks: number, top: number, bottom: number, size: number): Shape[] {
  const { theme } = scene;
  const apart = at(1) - at(0);
  const step = [1, 2, 4, 13, 26, 52, 104, 260, 520, 1040].find((s) => s * apart >= size * 3.2) ?? 1040;
  const shapes: Shape[] = [];
  for (let w = 0; w <= weeks; w += step) {
    shapes.push(line(at(w), top, at(w), bottom, theme.line), line(at(w), bottom, at(w), bottom + 4, theme.soft));
    shapes.push(words(String(w), at(w), bottom + 6 + size * 0.6, theme.soft, { align: "center", fontSize: size }));
  }
  shapes.push(words(scene.word("page-weeks-axis"), at(weeks), bottom + 9 + size * 1.9, theme.soft, { align: "right", fontSize: size }));
  return shapes;
}

/** A week that is marked above a drawing: the place of its line, from where the line runs down, and its text. */
export interface Flag {
  week: number;
  column: string;
  text: string;
  x: number;
  top: number;
  from: number;
  to: number;
  label: Shape;
}

/** Lines of letters that marked weeks take. */
export const FLAGS = 2.9;

/** The first week of loss and the week of recovery, if they are within the weeks that are drawn. */
export function flags(scene: Scene, at: (week: number) => number, weeks: number, y: number, size: number): Flag[] {
  const { first, back } = asked(scene);
  const found: Flag[] = [];
  for (const [week, column, id] of [[first, "first_loss", "page-curve-first"], [back, "back", "page-curve-back"]] as const) {
    if (week === null || week > weeks) continue;
    const text = scene.word(id, { n: String(week) });
    const [x, room] = [at(week), width(text, size)];
    // The loss has its name before it, the recovery after it, where there is room.
    const left = column === "back" ? scene.width - x < room + 6 : x > room + 3;
    const from = left ? x - room - 5 : x + 5;
    const top = y + size * 1.9;
    const label = words(text, x + (left ? -5 : 5), top, scene.theme.ink, { align: left ? "right" : "left", fontSize: size, fontWeight: 600, stroke: scene.theme.paper, lineWidth: 4 });
    found.push({ week, column, text, x, top, from, to: from + room, label });
  }
  // Where they would meet, the earlier one stands above.
  const [a, b] = found;
  if (a && b && a.to > Math.min(b.from, b.x) - 6) {
    const style = a.label.style as Shape;
    a.top -= size * 1.25;
    style.y = a.top;
  }
  return found;
}
