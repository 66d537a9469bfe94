// What costs most, and what more stock saves: robots, each with its interval, on one axis.

import type { View } from "../data";
import { legend } from "../around";
import { bare, brief, isNarrow, larger } from "../disrupt";
import { alone, futures } from "../futures";
import { dot, fit, group, interval, line, type Mark, type Picture, rect, type Scene, type Shape, shapes, tick, width, words, wrap } from "../picture";
import { BAD, GOOD } from "../theme";

/** A table whose rows are ranked: the column that is drawn, those told beside it, the colour of what is clear. */
interface Ranked {
  table: View;
  column: string;
  beside: string[];
  colour: string;
  /** How many times as wide as its interval a number must lie above nothing to be told from it. */
  wary: number;
  name: (row: number) => [name: string, more: string];
}

/** Hundreds of plants are looked at, and those that cost most are listed: chance alone puts some of them two errors above nothing, which is where an interval ends, but hardly any three. */
const MANY = 1.5;

function ranked(scene: Scene): Ranked[] {
  const found: Ranked[] = [];
  const [sites, gain] = [scene.tables["risk/risk_sites"], scene.tables["risk/risk_gain"]];
  if (sites?.length) {
    // What a name does not say by itself: the country of a plant, that it is an event.
    const name = (row: number): [string, string] => {
      const [name, country] = [brief(sites.text(row, "cause")), sites.label(sites.id(row, "country"))];
      return [name, country ? (name.includes(country) ? "" : country) : sites.text(row, "kind")];
    };
    found.push({ table: sites, column: "due", beside: ["chance", "when"], colour: BAD, wary: MANY, name });
  }
  if (gain?.length) found.push({ table: gain, column: "saved", beside: ["still_lost"], colour: GOOD, wary: 1, name: (row) => [brief(gain.text(row, "part")), ""] });
  return found;
}

export const ranking: Picture = {
  name: "ranking",
  needs: ["risk/risk"],
  any: ["risk/risk_sites", "risk/risk_gain"],
  wide: true,
  about: futures,
  draw(scene) {
    const { theme, lang } = scene;
    const groups = ranked(scene);
    const narrow = isNarrow(scene);
    const f = larger(scene);
    const [small, normal] = [12 * f, 13 * f];
    const of = (g: Ranked, row: number) => [g.column, `${g.column}_low`, `${g.column}_high`].map((c) => g.table.value(row, c));
    const all = groups.flatMap((g) => g.table.table.keys.flatMap((_, r) => of(g, r))).filter((v): v is number => v !== null);
    const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
    const span = most - least || 1;
    const power = 10 ** Math.floor(Math.log10(span));
    const step = [0.1, 0.2, 0.5, 1, 2].map((s) => s * power).find((s) => span / s <= (narrow ? 5 : 9)) ?? power * 2;
    const [from, to] = [Math.floor(least / step + 1e-9) * step, Math.max(Math.ceil(most / step - 1e-9) * step, step)];

    // Numbers beside the drawing, each column as wide as it needs.
    const columns = Math.max(...groups.map((g) => g.beside.length)) + 1;
    const room = 84 * f;
    const left = narrow ? 10 : Math.min(400 * f, scene.width * 0.36);
    const right = scene.width - (narrow ? 14 : columns * room + 14);
    const at = (v: number) => left + ((v - from) / (to - from)) * (right - left);
    const row = (narrow ? 44 : 27) * f;
    const plain: Shape[] = [];
    const list: Shape[] = [];
    const above: Shape[] = [];
    const marks: Mark[] = [];
    const hollow = (colour: string) => dot(6 * f, 6 * f, 4.5 * f, theme.paper, { stroke: colour, lineWidth: 2 });
    const clear = (g: Ranked) => dot(6 * f, 6 * f, 5 * f, g.colour);
    let y = legend(
      scene,
      [...groups.map((g): [Shape, string] => [clear(g), `${g.column === "saved" ? scene.word("page-ranking-saved") : bare(g.table.header(g.column))} ${scene.word("page-ranking-clear")}`]), [hollow(theme.soft), scene.word("page-ranking-unclear")]],
      small,
      plain,
    );
    y += small * 1.2;
    const top = y;
    const grid: Shape[] = [];
    for (const g of groups) {
      // Names of the columns stand above their numbers.
      const heads = [g.column, ...g.beside].map((c) => wrap(bare(g.table.header(c)), room - 8, small * 0.92, 3));
      const high = narrow ? 0 : Math.max(...heads.map((h) => h.length)) * small * 1.15;
      y += Math.max(high, normal * 1.3) + small * 0.4;
      plain.push(words(fit(g.table.title(), (narrow ? scene.width - 16 : left + 60) / 1.14, normal), narrow ? left : 8, y - normal * 0.5, theme.ink, { fontSize: normal, fontWeight: 700, stroke: theme.paper, lineWidth: 4 }));
      if (!narrow) heads.forEach((rows, k) => rows.forEach((l, i) => plain.push(words(l, right + 10 + (k + 1) * room, y - small * 0.5 - (rows.length - 1 - i) * small * 1.15, theme.soft, { align: "right", fontSize: small * 0.92 }))));
      y += small * 0.5;
      const start = y;
      for (let r = 0; r < g.table.length; r++) {
        const [value, low, high] = of(g, r);
        const [name, more] = g.name(r);
        const middle = y + (narrow ? row * 0.68 : row / 2);
        const sure = value != null && low != null && value > g.wary * (value - low);
        const colour = sure ? g.colour : theme.soft;
        const told = alone(g.table.text(r, g.column));
        if (narrow) {
          const beside = width(told, small) + 10;
          // On the lines of the axis, on a ground of its own.
          const look = { fontSize: small, stroke: theme.paper, lineWidth: 4 };
          above.push(words(fit(name, (scene.width - left - 8 - beside) / 1.12, small), left, y + row * 0.24, theme.ink, { ...look, fontWeight: sure ? 600 : 400 }));
          above.push(words(told, scene.width - 8, y + row * 0.24, theme.ink, { ...look, align: "right", fontWeight: 600 }));
        } else {
          const soft = more ? width(more, small * 0.92) + 10 : 0;
          const fits = left - 26 - soft;
          plain.push(words(fit(name, fits / 1.1, normal), 14, middle, theme.ink, { fontSize: normal, fontWeight: sure ? 600 : 400 }));
          if (more) plain.push(words(more, left - 12, middle, theme.soft, { align: "right", fontSize: small * 0.92 }));
          [g.column, ...g.beside].forEach((c, k) => above.push(words(alone(g.table.text(r, c)), right + 10 + (k + 1) * room, middle, k ? theme.soft : theme.ink, { align: "right", fontSize: small, fontWeight: k ? 400 : 600 })));
        }
        const parts: Shape[] = [rect(left, middle - row * 0.3, right - left, row * 0.6, "transparent")];
        if (low != null && high != null && high > low) parts.push(...interval(at(low), at(high), middle, colour));
        if (value != null) parts.push(dot(at(value), middle, (sure ? 5.5 : 4.5) * Math.sqrt(f), sure ? colour : theme.paper, { stroke: colour, lineWidth: 2 }));
        marks.push({
          series: 1,
          data: list.length,
          key: `${g.table.table.name}/${g.table.table.keys[r]}`,
          title: [name, more].filter(Boolean).join(" · "),
          lines: [g.column, ...g.beside].map((c) => `${bare(g.table.header(c))}: ${g.table.text(r, c)}`),
          address: g.table.address(r, g.column),
          value: value ?? undefined,
        });
        list.push(group(...parts));
        y += row;
      }
      for (let v = from; v <= to + step / 2; v += step) grid.push(line(at(v), start, at(v), y, Math.abs(v) < step / 2 ? theme.soft : theme.line, Math.abs(v) < step / 2 ? 1.5 : 1));
      y += small * 0.6;
    }
    for (let i = 0; from + i * step <= to + step / 2; i++) {
      const v = from + i * step;
      plain.push(words(v < 0 ? `−${tick(-v, lang)}` : tick(+v.toPrecision(6), lang), at(v), y + small * 0.4, theme.soft, { align: "center", fontSize: small }));
    }
    plain.push(words(scene.word("page-ranking-axis"), right, y + small * 1.8, theme.soft, { align: "right", fontSize: small }));
    return {
      option: { series: [shapes([...grid, ...plain], 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(Math.max(y, top) + small * 2.8),
      marks,
      alt: marks.slice(0, 6).map((m) => `${m.title}: ${m.lines[0]}`).join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [from, to] },
    };
  },
};
