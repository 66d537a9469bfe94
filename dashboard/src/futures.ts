// What the pictures of many futures share: how many there were, an upright axis of shares, chances that fall from row to row.

import type { View } from "./data";
import { line, type Scene, type Shape, words } from "./picture";

/** A number as a reader sees it without its interval, which is drawn: "12.1 (6.3–22.1) %" is 12.1 %. */
export const alone = (text: string) => text.replace(/\s*[(（][^()（）]*[)）]/, "");

/** The ends of the interval of a number as a reader sees it: of "12.1 (6.3–22.1) %" 6.3 and 22.1 %. */
export function ends(text: string): { low: string; high: string } | null {
  const [, low, high, unit] = /[(（]([^()（）]*?)–([^()（）]*)[)）](.*)$/.exec(text) ?? [];
  return low && high ? { low, high: high + unit } : null;
}

const thousands = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** How many futures of how many weeks, for a file alone. */
export function futures(scene: Scene): string[] {
  const answer = scene.data.answers.find((a) => a.verb === "risk");
  if (!answer?.trials) return [];
  return [scene.word("page-futures", { n: thousands(answer.trials), weeks: answer.request.horizon ?? "" })];
}

/** What an upright axis of shares begins at: shares that all lie near the whole, and are not the whole, are looked at from near. */
export const floorOf = (least: number) => (least < 1 && [0.99, 0.98, 0.95, 0.9, 0.8, 0.5].find((floor) => least - floor >= (1 - floor) * 0.12)) || 0;

/** Lines and labels of an upright axis of shares. */
export function shares(scene: Scene, up: (share: number) => number, from: number, to: number, left: number, right: number, size: number): Shape[] {
  const step = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25].find((s) => (to - from) / s <= 5.2) ?? 0.5;
  const found: Shape[] = [];
  for (let i = 0; from + i * step <= to + 1e-9; i++) {
    const share = from + i * step;
    found.push(line(left, up(share), right, up(share), scene.theme.line));
    found.push(words(`${+(share * 100).toPrecision(4)}%`, left - 6, up(share), scene.theme.soft, { align: "right", fontSize: size }));
  }
  return found;
}

/** A row of chances: where it is drawn, with the ends of its interval. */
export interface Chance {
  row: number;
  x: number;
  y: number;
  low: number;
  high: number;
}

/** Rows of a table whose chance is told, placed. */
export function chances(table: View, column: string, across: (value: number) => number, up: (chance: number) => number): Chance[] {
  const found: Chance[] = [];
  for (let row = 0; row < table.length; row++) {
    const [at, chance] = [table.value(row, column), table.value(row, "chance")];
    if (at === null || chance === null) continue;
    // A band is cut at whole pixels, so that nothing shines through where two pieces of it meet.
    found.push({ row, x: Math.round(across(at)), y: up(chance), low: up(table.value(row, "chance_low") ?? chance), high: up(table.value(row, "chance_high") ?? chance) });
  }
  return found;
}

/** What belongs to one place of a line with its band: each half of the way to the places beside it. */
export function piece(all: Chance[], i: number, band: string, stroke: string): { band: Shape; line: Shape } {
  const here = all[i]!;
  const beside = (other: Chance | undefined) => {
    if (!other) return [];
    const middle = (a: number, b: number) => (a + b) / 2;
    const x = Math.round(middle(here.x, other.x));
    const part = here.x === other.x ? 0 : (x - here.x) / (other.x - here.x);
    const on = (a: number, b: number) => a + (b - a) * part;
    return [{ x, y: on(here.y, other.y), low: on(here.low, other.low), high: on(here.high, other.high) }];
  };
  const way = [...beside(all[i - 1]), here, ...beside(all[i + 1])];
  return {
    band: { type: "polygon", shape: { points: [...way.map((p) => [p.x, p.high]), ...[...way].reverse().map((p) => [p.x, p.low])] }, style: { fill: band } },
    line: { type: "polyline", shape: { points: way.map((p) => [p.x, p.y]) }, style: { stroke, lineWidth: 2.5, fill: "none" } },
  };
}
