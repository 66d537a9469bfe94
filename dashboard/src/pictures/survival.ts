// How long nothing is lost: the share of the futures in which no robot has been lost until a week.

import { legend } from "../around";
import { isNarrow, larger, weeksAxis } from "../disrupt";
import { alone, chances, floorOf, futures, piece, shares } from "../futures";
import { dot, group, line, type Mark, type Picture, rect, type Shape, shapes, width, words } from "../picture";
import { MAYBE, mix } from "../theme";

const YEAR = 52;

export const survival: Picture = {
  name: "survival",
  needs: ["risk/risk_survival"],
  about: futures,
  draw(scene) {
    const table = scene.tables["risk/risk_survival"]!;
    const { theme } = scene;
    const f = larger(scene);
    const small = 12 * f;
    const narrow = isNarrow(scene);
    const weeks = Math.max(...table.table.keys.map((_, r) => table.value(r, "until_week") ?? 0));
    let least = 1;
    for (let r = 0; r < table.length; r++) least = Math.min(least, table.value(r, "chance_low") ?? table.value(r, "chance") ?? 1);
    const from = floorOf(least);
    const left = 16 + width("100%", small);
    const right = scene.width - Math.max(16, width(String(weeks), small) / 2 + 2);
    const top = small * 2.6;
    const bottom = top + Math.round((narrow ? 220 : 270) * Math.sqrt(f));
    const at = (week: number) => left + (week / weeks) * (right - left);
    const up = (share: number) => bottom - ((Math.max(share, from) - from) / (1 - from)) * (bottom - top);
    const plain: Shape[] = [words(scene.word("page-survival-what"), 4, small * 0.7, theme.soft, { fontSize: small })];
    plain.push(...weeksAxis(scene, at, weeks, top, bottom, small), ...shares(scene, up, from, 1, left, right, small));
    if (from) plain.push(words(scene.word("page-survival-axis-from", { n: `${+(from * 100).toPrecision(4)}` }), 4, bottom + 9 + small * 1.9, theme.soft, { fontSize: small }));
    const blue = theme.dark ? "#56B4E9" : MAYBE;
    const band = mix(blue, theme.paper, 0.75);
    const list: Shape[] = [];
    const above: Shape[] = [];
    const marks: Mark[] = [];
    const all = chances(table, "until_week", at, up);
    const [first] = all;
    // Before the first row nothing is known but that the line begins whole.
    if (first) plain.push(line(left, up(1), first.x, first.y, blue, 2.5));
    let before = -Infinity;
    all.forEach((here, i) => {
      const parts = piece(all, i, band, blue);
      const week = table.value(here.row, "until_week") ?? 0;
      const last = i === all.length - 1;
      const named = last || (week % YEAR === 0 && at(weeks) - here.x > 60 * f);
      marks.push({
        series: 1,
        data: list.length,
        key: table.table.keys[here.row]!,
        title: `${table.header("until_week")} ${table.text(here.row, "until_week")}`,
        lines: [`${table.header("chance")}: ${table.text(here.row, "chance")}`],
        address: table.address(here.row, "chance"),
        value: table.value(here.row, "chance") ?? undefined,
      });
      list.push(group(parts.band, parts.line, dot(here.x, here.y, (named ? 4.5 : 2.5) * Math.sqrt(f), blue)));
      if (!named) return;
      const text = alone(table.text(here.row, "chance"));
      const room = width(text, small);
      const right0 = here.x + room / 2 > right;
      const start = right0 ? here.x - room : here.x - room / 2;
      if (start < before + 6) return;
      before = start + room;
      // Above the band, or below it where it touches the top.
      const low = here.high - small * 1.2 < top;
      above.push(words(text, right0 ? right : here.x, low ? here.low + small * 1.1 : here.high - small * 0.9, theme.ink, { align: right0 ? "right" : "center", fontSize: small, fontWeight: 600, stroke: theme.paper, lineWidth: 3 }));
    });
    const below = legend(scene, [[rect(0, 0, 12 * f, 12 * f, band), scene.word("page-exceedance-band")]], bottom + small * 4.6, plain);
    return {
      option: { series: [shapes(plain, 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(below + small * 1.1),
      marks,
      alt: all.filter((_, i) => i % 4 === 3 || i === all.length - 1).map((here) => `${table.text(here.row, "until_week")}: ${table.text(here.row, "chance")}`).join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, weeks], upright: { pixels: [bottom, top], values: [from, 1] } },
    };
  },
};
