// What share of the robots is not made after each loss: own lanes, everybody alike, robots outbidding.

import { diamond, dot, fit, group, interval, type Mark, percents, type Picture, rect, type Shape, shapes, words } from "../picture";
import { BAD, GOOD } from "../theme";

const ROWS = 12;
const BANDS = [
  { column: "own", offset: -9 },
  { column: "pro_rata", offset: 0 },
  { column: "outbid", offset: 9 },
] as const;

export const stops: Picture = {
  name: "stops",
  needs: ["expose/stops"],
  draw(scene) {
    const table = scene.tables["expose/stops"]!;
    const { theme } = scene;
    const rows: number[] = [];
    for (let r = 0; r < table.length && rows.length < ROWS; r++) rows.push(r);
    const narrow = scene.width < 560;
    const left = narrow ? 12 : Math.min(240, scene.width * 0.32);
    const right = scene.width - 24;
    const at = (v: number) => left + v * (right - left);
    const step = narrow ? 58 : 42;
    const top = 50;
    const bottom = top + rows.length * step;
    const plain: Shape[] = percents(at, top, bottom, theme);
    const symbol = (column: string, x: number, y: number, colour: string): Shape =>
      column === "own" ? rect(x - 4, y - 4, 8, 8, colour) : column === "pro_rata" ? dot(x, y, 5, colour) : diamond(x, y, 6, colour);
    const colours: Record<string, string> = { own: theme.soft, pro_rata: BAD, outbid: GOOD };
    let x = narrow ? 12 : left;
    for (const { column } of BANDS) {
      const text = table.header(column).replace(/[(（].*$/, "").trim();
      plain.push(symbol(column, x + 5, 14, colours[column]!), words(text, x + 15, 14, theme.ink, { fontSize: 12 }));
      x += text.length * (scene.lang === "zh" ? 13 : 7) + 34;
    }
    const list: Shape[] = [];
    const marks: Mark[] = [];
    rows.forEach((r, i) => {
      const y = top + i * step + step / 2 + (narrow ? 8 : 0);
      const mode = table.id(r, "mode") ? table.text(r, "mode") : "";
      const lost = table.label(table.id(r, "lost"));
      const name = mode && mode !== "—" ? `${mode}: ${lost}` : lost;
      if (narrow) plain.push(words(fit(name, right - left), left, y - 24, theme.ink, { fontSize: 12 }));
      else plain.push(words(fit(name, left - 16), left - 12, y, theme.ink, { align: "right" }));
      for (const { column, offset } of BANDS) {
        const [value, low, high] = [column, `${column}_low`, `${column}_high`].map((c) => table.value(r, c));
        const colour = colours[column]!;
        const at_y = y + offset;
        const parts: Shape[] = [rect(left, at_y - 4, right - left, 8, "transparent")];
        if (low != null && high != null && high - low > 1e-9) parts.push(...interval(at(low), at(high), at_y, colour, 4));
        if (value != null) parts.push(symbol(column, at(value), at_y, colour));
        if (value == null && low == null) continue;
        marks.push({
          series: 1,
          data: list.length,
          key: `${table.table.keys[r]}/${column}`,
          title: name,
          lines: [`${table.header(column)}: ${table.text(r, column)}`, scene.word(`page-stops-${column.replace("_", "-")}`)],
          address: table.address(r, column),
          value: value ?? undefined,
        });
        list.push(group(...parts));
      }
    });
    return {
      option: { series: [shapes(plain, 1, true), shapes(list)] },
      height: bottom + 26,
      marks,
      alt: rows.slice(0, 4).map((r) => `${table.label(table.id(r, "lost"))}: ${table.text(r, "pro_rata")}`).join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, 1] },
    };
  },
};
