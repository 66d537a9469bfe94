// What share of two robots is not made after each loss, one beside the other.

import { dot, fit, group, line, type Mark, percents, type Picture, rect, type Shape, shapes, width, words } from "../picture";
import { colourOf, short, sides } from "./masses";

/** Numbers of a loss that are drawn. That of own lanes is in the table. */
const SHARES = ["pro_rata", "outbid"];

export const risks: Picture = {
  name: "risks",
  needs: ["compare/stops"],
  wide: true,
  about: sides,
  draw(scene) {
    const table = scene.tables["compare/stops"]!;
    const { theme } = scene;
    const losses = new Map<string, number[]>();
    for (let r = 0; r < table.length; r++) {
      const [loss, share] = split(table.table.keys[r]!);
      if (SHARES.includes(share)) losses.set(loss, [...(losses.get(loss) ?? []), r]);
    }
    const narrow = scene.width < 700;
    const left = narrow ? 12 : Math.min(300, scene.width * 0.3);
    const right = scene.width - 30;
    const at = (v: number) => left + v * (right - left);
    // Beside a name, or above what it names.
    const row = narrow ? 30 : 22;
    const step = narrow ? 98 : 54;
    const top = narrow ? 92 : 58;
    const bottom = top + losses.size * step;
    const plain: Shape[] = percents(at, top, bottom, theme);
    let x = narrow ? 12 : 4;
    const legend: [Shape[], string][] = [
      [[dot(x, 12, 6, theme.paper, { stroke: theme.ink, lineWidth: 2 })], short(table.header("a"))],
      [[dot(x, 12, 5, theme.ink)], short(table.header("b"))],
    ];
    for (const [[symbol], text] of legend) {
      plain.push({ ...symbol!, shape: { ...(symbol!.shape as object), cx: x + 6 } }, words(text, x + 17, 12, theme.ink, { fontSize: 12 }));
      x += 36 + width(text, 12);
    }
    let second = narrow ? 34 : 12;
    if (narrow) x = 12;
    for (const told of ["less", "more", "unclear"]) {
      const text = scene.word(`page-masses-${told}`);
      // What has no room beside the others goes below them.
      if (narrow && x + 22 + width(text, 12) > scene.width) {
        x = 12;
        second += 20;
      }
      plain.push(line(x, second, x + 16, second, colourOf(`told-${told}`, theme), 4), words(text, x + 22, second, theme.ink, { fontSize: 12 }));
      x += 40 + width(text, 12);
    }
    const list: Shape[] = [];
    const marks: Mark[] = [];
    [...losses].forEach(([, rows], i) => {
      const y0 = top + i * step + (narrow ? 26 : 0);
      const name = `${table.label(table.id(rows[0]!, "lost"))}: ${table.text(rows[0]!, "mode")}`;
      if (i % 2) plain.unshift(rect(0, y0 - (narrow ? 26 : 0), scene.width, step, theme.panel, { opacity: 0.5 }));
      if (narrow) plain.push(words(fit(name, right - left), left, y0 - 12, theme.ink, { fontSize: 12, fontWeight: 600 }));
      else plain.push(words(fit(name, left - 90), 8, y0 + step / 2, theme.ink));
      rows.forEach((r, k) => {
        const y = y0 + (narrow ? 24 : 16) + k * row;
        const told = table.id(r, "told");
        const colour = colourOf(told, theme);
        if (!narrow) plain.push(words(table.text(r, "number"), left - 10, y, theme.soft, { align: "right", fontSize: 12 }));
        else plain.push(words(table.text(r, "number"), right, y - 15, theme.soft, { align: "right", fontSize: 11 }));
        const [a, b] = [table.value(r, "a"), table.value(r, "b")];
        const parts: Shape[] = [rect(left, y - 10, right - left, 20, "transparent")];
        // Ranges above and below, so that one does not hide the other.
        const range = (side: string, up: number) => {
          const [low, high] = [table.value(r, `${side}_low`), table.value(r, `${side}_high`)];
          if (low == null || high == null || high - low < 1e-9) return;
          parts.push(line(at(low), y + up, at(high), y + up, theme.soft, 2, { opacity: 0.55 }));
          for (const end of [low, high]) parts.push(line(at(end), y + up - 3, at(end), y + up + 3, theme.soft, 1.5));
        };
        range("a", -6);
        range("b", 6);
        if (a != null && b != null && Math.abs(a - b) > 1e-9) parts.push(line(at(a), y, at(b), y, colour, 4, { opacity: 0.7 }));
        if (a != null) parts.push(dot(at(a), y, 6, theme.paper, { stroke: colour, lineWidth: 2 }));
        if (b != null) parts.push(dot(at(b), y, a != null && Math.abs(a - b) < 0.004 ? 3.5 : 5, colour));
        // Why there is no number is said once a loss, at its first.
        if (k === 0 && (a == null || b == null)) {
          const why = (table.has("remark") && table.id(r, "remark") && table.text(r, "remark")) || scene.word("page-no-data");
          const where = at(a ?? b ?? 0) + 12;
          const near = where + width(why, 12) > right;
          plain.push(words(why, near ? where - 24 : where, y, theme.soft, { fontSize: 12, align: near ? "right" : "left" }));
        }
        marks.push({
          series: 1,
          data: list.length,
          key: table.table.keys[r]!,
          title: `${name}, ${table.text(r, "number")}`,
          lines: [
            `${short(table.header("a"))}: ${table.text(r, "a")}`,
            `${short(table.header("b"))}: ${table.text(r, "b")}`,
            `${short(table.header("difference"))}: ${table.text(r, "difference")}`,
            table.text(r, "told"),
            ...["a_of", "b_of"].filter((c) => table.id(r, c)).map((c) => `${table.header(c)}: ${table.text(r, c)}`),
          ],
          value: b ?? undefined,
        });
        list.push(group(...parts));
      });
    });
    return {
      option: { series: [shapes(plain, 1, true), shapes(list)] },
      height: bottom + 28,
      marks,
      alt: marks.slice(0, 4).map((m) => `${m.title}: ${m.lines[0]}, ${m.lines[1]}`).join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, 1] },
    };
  },
};

/** A key of the table: the loss, and which of its numbers. */
function split(key: string): [string, string] {
  const at = key.lastIndexOf("/");
  return [key.slice(0, at), key.slice(at + 1)];
}
