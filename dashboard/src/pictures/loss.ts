// One loss: what share of the robots is not made, by who is served first, with and without the spare capacity elsewhere.

import { diamond, dot, fit, group, interval, type Mark, percents, type Picture, rect, type Shape, shapes, words } from "../picture";
import { BAD, MAYBE } from "../theme";

const ROW = 46;

export const loss: Picture = {
  name: "loss",
  needs: ["expose/stop"],
  wide: true,
  draw(scene) {
    const table = scene.tables["expose/stop"]!;
    const { theme } = scene;
    const narrow = scene.width < 560;
    const left = narrow ? 12 : Math.min(330, scene.width * 0.36);
    const right = scene.width - 24;
    const at = (v: number) => left + v * (right - left);
    const step = narrow ? ROW + 14 : ROW;
    const top = 46;
    const bottom = top + table.length * step;
    const plain: Shape[] = percents(at, top, bottom, theme);
    const bands = [
      { column: "stop", offset: -8, colour: BAD, mark: (x: number, y: number) => dot(x, y, 6, BAD) },
      { column: "stop_spare", offset: 9, colour: MAYBE, mark: (x: number, y: number) => diamond(x, y, 6, MAYBE) },
    ];
    let x = 12;
    for (const { column, mark } of bands) {
      const text = table.header(column).replace(/[(（][^()（）]*[)）]$/, "").trim();
      plain.push(mark(x + 5, 14), words(text, x + 16, 14, theme.ink, { fontSize: 12 }));
      x += text.length * (scene.lang === "zh" ? 13 : 7) + 38;
    }
    const list: Shape[] = [];
    const marks: Mark[] = [];
    for (let r = 0; r < table.length; r++) {
      const y = top + r * step + step / 2 + (narrow ? 8 : 0);
      const name = table.text(r, "policy");
      if (narrow) plain.push(words(fit(name, right - left), left, y - 26, theme.ink, { fontSize: 12 }));
      else plain.push(words(fit(name, left - 16), left - 12, y, theme.ink, { align: "right" }));
      for (const { column, offset, colour, mark } of bands) {
        const [value, low, high] = [column, `${column}_low`, `${column}_high`].map((c) => table.value(r, c));
        if (value == null && low == null) continue;
        const at_y = y + offset;
        const parts: Shape[] = [rect(left, at_y - 7, right - left, 14, "transparent")];
        if (low != null && high != null && high - low > 1e-9) parts.push(...interval(at(low), at(high), at_y, colour, 5));
        if (value != null) parts.push(mark(at(value), at_y));
        marks.push({
          series: 1,
          data: list.length,
          key: `${table.table.keys[r]}/${column}`,
          title: name,
          lines: [`${table.header(column)}: ${table.text(r, column)}`],
          address: table.address(r, column),
          value: value ?? undefined,
        });
        list.push(group(...parts));
      }
    }
    return {
      option: { series: [shapes(plain, 1, true), shapes(list)] },
      height: bottom + 26,
      marks,
      alt: [...Array(table.length).keys()].map((r) => `${table.text(r, "policy")}: ${table.text(r, "stop")}`).join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, 1] },
    };
  },
};
