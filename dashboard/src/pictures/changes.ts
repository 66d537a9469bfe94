// Which change moved a number from A to B: each change a step, the largest first.

import { control, fit, group, line, type Mark, type Picture, rect, type Scene, type Shape, shapes, width, words } from "../picture";
import type { View } from "../data";
import { BAD, GOOD } from "../theme";
import { sides } from "./masses";

const ROW = 26;
/** Changes that are drawn one by one. */
const STEPS = 14;

interface Step {
  /** Row of the table; undefined for all others together. */
  row?: number;
  effect: number;
}

/** Rows of one number. */
function rowsOf(table: View, number: string): number[] {
  const rows: number[] = [];
  for (let r = 0; r < table.length; r++) if (table.id(r, "number") === number) rows.push(r);
  return rows;
}

function numbers(table: View): string[] {
  const found: string[] = [];
  for (let r = 0; r < table.length; r++) if (!found.includes(table.id(r, "number"))) found.push(table.id(r, "number"));
  return found;
}

function options(scene: Scene): [string, string][] {
  const table = scene.tables["compare/moved"];
  return table ? numbers(table).map((n) => [n, table.label(n)]) : [];
}

/** The whole difference as a reader sees it in another table, if it stands in one; without its range. */
function whole(scene: Scene, number: string): string {
  const [name, key] = number === "mass" || number === "cost" ? ["headlines", `${number}_placed`] : ["elements", number];
  const table = scene.tables[`compare/${name}`];
  const row = table?.row(key!);
  return table && row !== undefined ? table.text(row, "difference").replace(/ ?[(（].*[)）]/, "") : "";
}

export const changes: Picture = {
  name: "changes",
  needs: ["compare/moved"],
  wide: true,
  about: sides,
  controls: (scene) => {
    const all = options(scene);
    const first = all.find(([n]) => n === "Dy") ?? all[0];
    return [control(scene, "number", scene.word("page-changes-number"), all, first?.[0])];
  },
  draw(scene) {
    const table = scene.tables["compare/moved"]!;
    const { theme } = scene;
    const number = changes.controls!(scene)[0]!.value;
    const all = rowsOf(table, number).map((row) => ({ row, effect: table.value(row, "effect") ?? 0 }));
    if (!all.length) return null;
    const steps: Step[] = all.slice(0, STEPS);
    const rest = all.slice(STEPS).reduce((sum, s) => sum + s.effect, 0);
    if (all.length > STEPS) steps.push({ effect: rest });
    const sums = [0];
    for (const s of steps) sums.push(sums.at(-1)! + s.effect);
    const total = sums.at(-1)!;
    const [low, high] = [Math.min(...sums), Math.max(...sums)];
    const narrow = scene.width < 700;
    const left = narrow ? 12 : Math.min(470, scene.width * 0.43);
    const right = scene.width - 30;
    const span = high - low || 1;
    // Room for the numbers beside the bars at both ends.
    const pad = Math.min(90, (right - left) * 0.14);
    const at = (v: number) => left + pad + ((v - low) / span) * (right - left - 2 * pad);
    const step = narrow ? ROW + 18 : ROW;
    const top = 34;
    const bottom = top + (steps.length + 1) * step;
    const plain: Shape[] = [];
    plain.push(line(at(0), top - 8, at(0), bottom, theme.ink, 1.5));
    plain.push(words(scene.word("page-changes-a"), at(0), top - 16, theme.soft, { align: "center", fontSize: 12 }));
    const list: Shape[] = [];
    const marks: Mark[] = [];
    // What was done stands in a column of its own.
    const said = 14 + Math.max(...steps.map((s) => (s.row === undefined ? 0 : width(table.text(s.row, "what"), 12))));
    const name = (s: Step) => (s.row === undefined ? scene.word("page-changes-rest", { n: String(all.length - STEPS) }) : table.label(table.id(s.row, "item")));
    const text = (s: Step) => (s.row === undefined ? scene.word("page-changes-share", { n: ((100 * s.effect) / total).toPrecision(3) }) : table.text(s.row, "effect"));
    steps.forEach((s, i) => {
      const y = top + i * step + (narrow ? 30 : 13);
      const [from, to] = [sums[i]!, sums[i + 1]!];
      const colour = s.effect < 0 ? GOOD : BAD;
      const what = s.row === undefined ? "" : table.text(s.row, "what");
      if (narrow) plain.push(words(fit(what ? `${what}: ${name(s)}` : name(s), right - left, 12), left, y - 17, theme.ink, { fontSize: 12 }));
      else plain.push(words(what, 8, y, theme.soft, { fontSize: 12 }), words(fit(name(s), left - said - 16), left - 12, y, theme.ink, { align: "right" }));
      const [x1, x2] = [Math.min(at(from), at(to)), Math.max(at(from), at(to))];
      plain.push(line(at(to), y + 8, at(to), y + step - 8, theme.line, 1));
      const after = s.effect >= 0 ? x2 + 6 : x1 - 6;
      plain.push(words(text(s), after, y, theme.soft, { align: s.effect >= 0 ? "left" : "right", fontSize: 12 }));
      if (s.row !== undefined)
        marks.push({
          series: 1,
          data: list.length,
          key: table.table.keys[s.row]!,
          title: name(s),
          lines: [what, `${table.header("effect")}: ${table.text(s.row, "effect")}`, `${table.header("share")}: ${table.text(s.row, "share")}`],
          value: s.effect,
        });
      list.push(group(rect(x1, y - 8, Math.max(1, x2 - x1), 16, colour)));
    });
    const y = top + steps.length * step + (narrow ? 30 : 13);
    const label = scene.word("page-changes-b");
    if (narrow) plain.push(words(label, left, y - 17, theme.ink, { fontSize: 12, fontWeight: 600 }));
    else plain.push(words(label, left - 12, y, theme.ink, { align: "right", fontWeight: 600 }));
    const [x1, x2] = [Math.min(at(0), at(total)), Math.max(at(0), at(total))];
    plain.push(rect(x1, y - 8, Math.max(1, x2 - x1), 16, theme.ink));
    plain.push(words(whole(scene, number), total < 0 ? x1 - 6 : x2 + 6, y, theme.ink, { align: total < 0 ? "right" : "left", fontSize: 12, fontWeight: 600 }));
    return {
      option: { series: [shapes(plain, 1, true), shapes(list, 2)] },
      height: bottom + 10,
      marks,
      alt: steps.slice(0, 4).map((s) => `${name(s)}: ${text(s)}`).join("; "),
      scale: { kind: "linear", pixels: [at(low), at(high)], values: [low, high] },
    };
  },
};
