// How likely a loss is: the chance that a future loses at least so much, by factors of ten.

import { legend } from "../around";
import { isNarrow, larger } from "../disrupt";
import { alone, chances, futures, piece } from "../futures";
import { dot, group, line, type Mark, type Picture, rect, type Shape, shapes, tick, width, words } from "../picture";
import { BAD, mix } from "../theme";

export const exceedance: Picture = {
  name: "exceedance",
  needs: ["risk/risk_loss"],
  about: futures,
  draw(scene) {
    const table = scene.tables["risk/risk_loss"]!;
    const { theme, lang } = scene;
    const f = larger(scene);
    const small = 12 * f;
    const narrow = isNarrow(scene);
    const values = (column: string) => table.table.keys.map((_, r) => table.value(r, column)).filter((v): v is number => v !== null && v > 0);
    const [losses, told] = [values("at_least"), values("chance")];
    if (losses.length < 2) return null;
    // A power of ten below the least chance that was met.
    const least = 10 ** Math.floor(Math.log10(Math.min(0.01, ...told) * 0.999));
    const one = (chance: number) => scene.word("page-exceedance-one", { n: String(Math.round(1 / chance)).replace(/\B(?=(\d{3})+$)/g, ",") });
    const left = 14 + Math.max(width("100%", small), width(one(least * 10), small * 0.85));
    const right = scene.width - 22;
    const top = small * 2.6;
    const bottom = top + Math.round((narrow ? 220 : 270) * Math.sqrt(f));
    const [small0, large0] = [Math.min(...losses), Math.max(...losses)];
    const across = (loss: number) => left + 14 + (Math.log10(loss / small0) / Math.log10(large0 / small0)) * (right - left - 28);
    // What never happened lies on the floor, as does what is less likely than it.
    const up = (chance: number) => bottom - (Math.log10(Math.max(chance, least) / least) / Math.log10(1 / least)) * (bottom - top);
    const plain: Shape[] = [words(scene.word("page-exceedance-what"), 4, small * 0.7, theme.soft, { fontSize: small })];
    for (let chance = 1; chance >= least * 0.999; chance /= 10) {
      plain.push(line(left, up(chance), right, up(chance), theme.line));
      plain.push(words(`${+(chance * 100).toPrecision(3)}%`, left - 6, up(chance) - (chance < 1 && chance > least * 1.001 ? small * 0.45 : 0), theme.soft, { align: "right", fontSize: small }));
      // Below the lowest line stand the losses.
      if (chance < 1 && chance > least * 1.001) plain.push(words(one(chance), left - 6, up(chance) + small * 0.6, theme.soft, { align: "right", fontSize: small * 0.85 }));
    }
    const orange = BAD;
    const band = mix(orange, theme.paper, 0.75);
    const list: Shape[] = [];
    const above: Shape[] = [];
    const marks: Mark[] = [];
    const all = chances(table, "at_least", across, up);
    // Numbers below the axis, each where it does not meet the one before it.
    const taken = [-Infinity, -Infinity];
    const placed: [from: number, to: number, y: number][] = [];
    all.forEach((here, i) => {
      const [share, robots] = [`${+((table.value(here.row, "at_least") ?? 0) * 100).toPrecision(3)}%`, tick(+(table.value(here.row, "robots_lost") ?? 0).toPrecision(3), lang)];
      plain.push(line(here.x, bottom, here.x, bottom + 4, theme.soft));
      [share, robots].forEach((text, k) => {
        const half = width(text, small) / 2;
        const middle = Math.min(here.x, scene.width - half - 2);
        if (middle - half < taken[k]! + 5) return;
        taken[k] = middle + half;
        plain.push(words(text, middle, bottom + small * (1.5 + k * 1.3), k ? theme.soft : theme.ink, { align: "center", fontSize: k ? small * 0.9 : small }));
      });
      const never = (table.value(here.row, "chance") ?? 0) <= 0;
      const parts = piece(all, i, band, orange);
      const shown = alone(table.text(here.row, "chance"));
      marks.push({
        series: 1,
        data: list.length,
        key: table.table.keys[here.row]!,
        title: `${table.header("at_least")}: ${table.text(here.row, "at_least")}`,
        lines: [`${table.header("robots_lost")}: ${table.text(here.row, "robots_lost")}`, `${table.header("chance")}: ${table.text(here.row, "chance")}`, ...(never ? [scene.word("page-exceedance-never")] : [])],
        address: table.address(here.row, "chance"),
        value: table.value(here.row, "chance") ?? undefined,
      });
      list.push(group(parts.band, parts.line, dot(here.x, here.y, 4.5 * Math.sqrt(f), never ? theme.paper : orange, { stroke: orange, lineWidth: 2 })));
      // Above the line on its right, where a line that falls leaves room; the last of them before it.
      const end = here.x + 7 + width(shown, small) > right;
      const [from, room] = [end ? here.x + 4 - width(shown, small) : here.x + 6, width(shown, small)];
      // A number that would lie on another is told where the mark is pointed at; what never happened is told by its ring.
      if (never || placed.some(([a, b, y]) => from < b + 2 && from + room > a - 2 && Math.abs(here.y - y) < small * 1.2)) return;
      placed.push([from, from + room, here.y]);
      above.push(words(shown, here.x + (end ? 4 : 6), here.y - small, theme.ink, { align: end ? "right" : "left", fontSize: small, fontWeight: 600, stroke: theme.paper, lineWidth: 3 }));
    });
    plain.push(words(scene.word("page-exceedance-robots", { n: "" }).trim(), left - 6, bottom + small * 2.8, theme.soft, { align: "right", fontSize: small * 0.9 }));
    plain.push(words(scene.word("page-exceedance-axis"), right, bottom + small * 4.2, theme.soft, { align: "right", fontSize: small }));
    const below = legend(scene, [[rect(0, 0, 12 * f, 12 * f, band), scene.word("page-exceedance-band")], ...(told.length < all.length ? [[dot(6 * f, 6 * f, 4.5 * f, theme.paper, { stroke: orange, lineWidth: 2 }), scene.word("page-exceedance-never")] as [Shape, string]] : [])], bottom + small * 5.9, plain);
    return {
      option: { series: [shapes(plain, 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(below + small * 1.1),
      marks,
      alt: all.map((here) => `${table.text(here.row, "at_least")}: ${table.text(here.row, "chance")}`).join("; "),
      scale: { kind: "log", pixels: [left + 14, right - 14], values: [small0, large0], upright: { pixels: [bottom, top], values: [least, 1] } },
    };
  },
};
