// At what volume spare capacity runs out, market by market, and where the maker's volumes stand.

import { dot, fit, group, line, type Mark, type Picture, rect, type Shape, shapes, tick, words } from "../picture";
import { BAD, MAYBE } from "../theme";

const ROW = 30;
const ROWS = 14;

export const wall: Picture = {
  name: "wall",
  needs: ["expose/headroom"],
  likes: ["brief/volumes"],
  draw(scene) {
    const table = scene.tables["expose/headroom"]!;
    const { theme, lang } = scene;
    const rows: number[] = [];
    for (let r = 0; r < table.length && rows.length < ROWS; r++) if ((table.value(r, "headroom") ?? 0) > 0) rows.push(r);
    if (!rows.length) return null;
    const volumes = scene.tables["brief/volumes"];
    const lines: { value: number; text: string; row: number }[] = [];
    for (let r = 0; volumes && r < volumes.length; r++) {
      const value = volumes.value(r, "robots");
      const name = volumes.id(r, "period") || scene.word("page-wall-asked");
      if (value) lines.push({ value, text: name, row: r });
    }
    const all = rows.flatMap((r) => [table.value(r, "headroom")!, table.value(r, "headroom_low") ?? 0, table.value(r, "headroom_high") ?? 0]);
    const low = Math.floor(Math.log10(Math.max(1, Math.min(...lines.map((l) => l.value), ...all.filter((v) => v > 10))))) ;
    const high = Math.ceil(Math.log10(Math.max(...all, ...lines.map((l) => l.value))));
    const narrow = scene.width < 560;
    const left = narrow ? 12 : Math.min(280, scene.width * 0.36);
    const right = scene.width - 28;
    const at = (v: number) => left + ((Math.log10(Math.max(v, 10 ** low)) - low) / (high - low)) * (right - left);
    const legend = lines.length * 15 + 14;
    const top = legend + 22;
    const step = narrow ? ROW + 14 : ROW;
    const bottom = top + rows.length * step + 8;
    const plain: Shape[] = [];
    const above: Shape[] = [];
    for (let p = low; p <= high; p++) {
      plain.push(line(at(10 ** p), top - 6, at(10 ** p), bottom, theme.line));
      if ((high - low) * 54 < right - left || (p - low) % 2 === 0)
        plain.push(words(tick(10 ** p, lang), at(10 ** p), bottom + 12, theme.soft, { align: "center", fontSize: 12 }));
    }
    plain.push(words(scene.word("page-wall-axis"), right, bottom + 30, theme.soft, { align: "right", fontSize: 12 }));
    let x0 = narrow ? left : 8;
    const look: [Shape[], string][] = [
      [[dot(x0 + 6, legend, 5, BAD)], scene.word("page-wall-first")],
      [[dot(0, 0, 5, theme.soft)], scene.word("page-wall-known")],
      [[dot(0, 0, 5, theme.paper, { stroke: theme.soft, lineWidth: 2 })], scene.word("page-wall-least")],
    ];
    for (const [[symbol], text] of look) {
      plain.push({ ...symbol!, shape: { cx: x0 + 6, cy: legend, r: 5 } }, words(text, x0 + 16, legend, theme.soft, { fontSize: 12 }));
      x0 += 34 + text.length * (lang === "zh" ? 12.5 : 6.4);
    }
    const list: Shape[] = [];
    const marks: Mark[] = [];
    lines
      .sort((a, b) => a.value - b.value)
      .forEach((l, i) => {
        const x = at(l.value);
        const flip = x > (left + right) / 2;
        const text = `${l.text}: ${tick(l.value, lang)}`;
        marks.push({
          series: 1,
          data: list.length,
          key: `volumes/${volumes!.table.keys[l.row]}`,
          title: text,
          lines: [volumes!.text(l.row, "standing"), `${volumes!.header("robots")}: ${volumes!.text(l.row, "robots")}`],
          address: volumes!.address(l.row, "robots"),
          value: l.value,
        });
        list.push(
          group(
            line(x, 10 + i * 15, x, bottom, MAYBE, 1.5, { lineDash: [5, 4] }),
            words(text, x + (flip ? -5 : 5), 10 + i * 15, theme.ink, { align: flip ? "right" : "left", fontSize: 12 }),
          ),
        );
      });
    // The wall is the lowest of those that are known well enough.
    const told = rows.filter((r) => (table.value(r, "told") ?? 0) >= 0.5);
    const nearest = told.reduce<number | undefined>((a, b) => (a === undefined || table.value(b, "headroom")! < table.value(a, "headroom")! ? b : a), undefined);
    rows.forEach((r, i) => {
      const y = top + i * step + (narrow ? 24 : 12);
      const [value, lo, hi] = ["headroom", "headroom_low", "headroom_high"].map((c) => table.value(r, c)) as [number, number | null, number | null];
      const first = r === nearest;
      // Above the lines of volumes, on a ground of its own.
      if (narrow) above.push(words(fit(table.label(table.id(r, "item")), right - left), left, y - 16, theme.ink, { fontSize: 12, stroke: theme.paper, lineWidth: 4 }));
      else plain.push(words(fit(table.label(table.id(r, "item")), left - 16), left - 12, y, theme.ink, { align: "right", fontWeight: first ? 700 : 400 }));
      const colour = first ? BAD : theme.soft;
      const bound = (table.value(r, "told") ?? 0) < 0.5;
      const parts: Shape[] = [rect(left, y - 12, right - left, 24, "transparent")];
      if (lo !== null && hi !== null) {
        parts.push(line(at(lo), y, at(hi), y, colour, 3, { opacity: 0.55 }));
        // An end that the axis does not reach has no stop.
        if (lo >= 10 ** low) parts.push(line(at(lo), y - 5, at(lo), y + 5, colour, 2));
        parts.push(line(at(hi), y - 5, at(hi), y + 5, colour, 2));
      }
      parts.push(dot(at(value), y, 6, bound ? theme.paper : colour, { stroke: colour, lineWidth: 2 }));
      marks.push({
        series: 1,
        data: list.length,
        key: table.table.keys[r]!,
        title: table.label(table.id(r, "item")),
        lines: [
          `${table.header("headroom")}: ${table.text(r, "headroom")}`,
          `${table.header("takes")}: ${table.text(r, "takes")}`,
          ...(bound ? [scene.word("page-wall-bound")] : []),
        ],
        address: table.address(r, "headroom"),
        value,
      });
      list.push(group(...parts));
    });
    return {
      option: { series: [shapes(plain, 1, true), shapes(list), shapes(above, 3, true)] },
      height: bottom + 42,
      marks,
      alt: nearest === undefined ? scene.word("page-no-data") : `${scene.word("page-wall-first")}: ${table.label(table.id(nearest, "item"))}, ${table.text(nearest, "headroom")}`,
      scale: { kind: "log", pixels: [left, right], values: [10 ** low, 10 ** high] },
    };
  },
};
