// What stands in the way, and when: in how many of a hundred futures each part does, quarter by quarter.

import { isNarrow, larger } from "../disrupt";
import { alone, futures } from "../futures";
import { fit, group, type Mark, type Picture, rect, type Scene, type Shape, shapes, width, words } from "../picture";
import { BAD, mix, over } from "../theme";

interface Cell {
  row: number;
  from: number;
  until: number;
  chance: number;
}

/** Cells by part, in the order of the table. */
function parts(scene: Scene): Map<string, Cell[]> {
  const table = scene.tables["risk/risk_calendar"]!;
  const found = new Map<string, Cell[]>();
  for (let row = 0; row < table.length; row++) {
    const [from, until, chance] = ["from_week", "until_week", "chance"].map((c) => table.value(row, c) ?? 0) as [number, number, number];
    const part = table.id(row, "part");
    found.set(part, [...(found.get(part) ?? []), { row, from, until, chance }]);
  }
  return found;
}

/** A chance in as few letters as a cell holds; what never happened is left out. */
const short = (chance: number) => (chance <= 0 ? "" : chance < 0.0005 ? "<0.1" : chance < 0.0995 ? (chance * 100).toFixed(1) : (chance * 100).toFixed(0));

export const quarters: Picture = {
  name: "quarters",
  needs: ["risk/risk_calendar"],
  likes: ["risk/risk_parts"],
  wide: true,
  about: futures,
  draw(scene) {
    const table = scene.tables["risk/risk_calendar"]!;
    const ever = scene.tables["risk/risk_parts"];
    const { theme } = scene;
    const narrow = isNarrow(scene);
    const f = larger(scene);
    const [small, normal] = [12 * f, 13 * f];
    const rows = parts(scene);
    const most = Math.max(...[...rows.values()].flat().map((c) => c.chance), 1e-9);
    // The darkest is a round number at or above the likeliest.
    const full = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((s) => s >= most) ?? 1;
    const fill = (chance: number) => (chance <= 0 ? theme.panel : mix(theme.paper, BAD, 0.08 + 0.92 * Math.min(1, chance / full)));
    const columns = Math.max(...[...rows.values()].map((cells) => cells.length));
    const names = [...rows.keys()].map((part) => table.label(part));
    const left = narrow ? 4 : Math.min(Math.max(...names.map((n) => width(n, normal))) + 20, scene.width * 0.32);
    const total = ever ? width("100 %", normal) + 14 : 0;
    const right = scene.width - total - 4;
    // As many quarters in a line as numbers have room for; the others go below.
    const across = Math.min(columns, Math.max(4, Math.floor((right - left) / (31 * f))));
    const lines = Math.ceil(columns / across);
    const a_line = Math.ceil(columns / lines);
    const wide = Math.min((right - left) / a_line, 96 * f);
    const tall = 30 * f;
    const step = tall + (narrow ? small * 1.7 : 0) + 3;
    const plain: Shape[] = [];
    const list: Shape[] = [];
    const above: Shape[] = [];
    const marks: Mark[] = [];

    // What the colours are.
    const text = scene.word("page-quarters-chance");
    let [y, x] = [small, 4];
    const shades = 5;
    plain.push(words("0", x, y, theme.soft, { fontSize: small }));
    x += small;
    for (let i = 0; i < shades; i++) plain.push(rect(x + i * 20 * f, y - 7 * f, 20 * f + 0.5, 14 * f, fill(((i + 0.5) / shades) * full)));
    x += shades * 20 * f + 6;
    plain.push(words(String(+(full * 100).toPrecision(3)), x, y, theme.soft, { fontSize: small }));
    x += width(String(full * 100), small) + 10;
    if (x + width(text, small) > scene.width) [x, y] = [4, y + small * 1.7];
    plain.push(words(fit(text, (scene.width - x) / 1.12, small), x, y, theme.ink, { fontSize: small }));
    y += small * 1.4;

    for (let block = 0; block < lines; block++) {
      const of = (cells: Cell[]) => cells.slice(block * a_line, (block + 1) * a_line);
      const head = of([...rows.values()].reduce((a, b) => (b.length > a.length ? b : a)));
      y += small * 1.4;
      const end = left + head.length * wide;
      // Weeks at the edges of the quarters.
      let taken = -Infinity;
      for (const [i, week] of [...head.map((c) => c.from), head.at(-1)!.until].entries()) {
        const half = width(String(week), small) / 2;
        const at = Math.min(Math.max(left + i * wide, half), scene.width - half);
        if (at - half < taken + 5) continue;
        taken = at + half;
        plain.push(words(String(week), at, y, theme.soft, { align: "center", fontSize: small }));
      }
      const axis = scene.word("page-weeks-axis");
      if (!narrow && left > width(axis, small) + 24) plain.push(words(axis, left - 12 - small, y, theme.soft, { align: "right", fontSize: small }));
      if (ever && block === 0) plain.push(words(scene.word("page-quarters-ever"), end + total, y, theme.soft, { align: "right", fontSize: small }));
      y += small;
      let i = 0;
      for (const [part, cells] of rows) {
        const name = table.label(part);
        const top = y + (narrow ? small * 1.5 : 0);
        if (narrow) plain.push(words(fit(name, (scene.width - 8) / 1.12, small), left, y + small * 0.6, theme.ink, { fontSize: small, fontWeight: i === 0 ? 600 : 400 }));
        else plain.push(words(fit(name, (left - 14) / 1.1, normal), left - 10, top + tall / 2, theme.ink, { align: "right", fontSize: normal, fontWeight: i === 0 ? 600 : 400 }));
        of(cells).forEach((cell, k) => {
          const colour = fill(cell.chance);
          const number = short(cell.chance);
          marks.push({
            series: 1,
            data: list.length,
            key: table.table.keys[cell.row]!,
            title: name,
            lines: [`${scene.word("page-weeks-many", { n: `${cell.from}–${cell.until - 1}` })}: ${table.text(cell.row, "chance")}`],
            address: table.address(cell.row, "chance"),
            value: cell.chance,
          });
          list.push(group(rect(left + k * wide + 1, top + 1, wide - 2, tall - 2, colour), words(number, left + (k + 0.5) * wide, top + tall / 2, over(colour), { align: "center", fontSize: width(number, small) > wide - 4 ? small * 0.85 : small })));
        });
        const at = ever?.row(part);
        if (ever && at !== undefined && block === 0) {
          marks.push({
            series: 1,
            data: list.length,
            key: `parts/${part}`,
            title: name,
            lines: ["chance", "weeks_in_way"].map((c) => `${ever.header(c)}: ${ever.text(at, c)}`),
            address: ever.address(at, "chance"),
            value: ever.value(at, "chance") ?? undefined,
          });
          list.push(group(rect(end + 6, top + 1, total - 4, tall - 2, "transparent")));
          above.push(words(alone(ever.text(at, "chance")), end + total, top + tall / 2, theme.ink, { align: "right", fontSize: small, fontWeight: 600 }));
        }
        y += step;
        i += 1;
      }
      y += small * 0.5;
    }
    const alt = [...rows].map(([part, cells]) => {
      const worst = cells.reduce((a, b) => (b.chance > a.chance ? b : a));
      return `${table.label(part)}: ${scene.word("page-weeks-many", { n: `${worst.from}–${worst.until - 1}` })} ${table.text(worst.row, "chance")}`;
    });
    return {
      option: { series: [shapes(plain, 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(y + 4),
      marks,
      alt: alt.join("; "),
      scale: { kind: "fill", values: [0, full] },
    };
  },
};
