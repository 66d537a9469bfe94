// One disruption week by week: robots delivered against those without it, and which part stood in the way.

import { asked, bare, brief, gates, happenings, happens, isNarrow, larger, runs, shownWeeks, weekOf, weeksAxis, weeksControl } from "../disrupt";
import { fit, group, line, type Mark, type Picture, rect, type Scene, type Shape, shapes, tick, width, words, wrap } from "../picture";
import { BAD, GOOD, over } from "../theme";

interface Tile {
  column: string;
  number: string;
  under: string;
  colour: string;
}

/** The outcome in a few numbers. */
function tiles(scene: Scene): Tile[] {
  const { table, row, first, back } = asked(scene);
  const { theme } = scene;
  const weeks = scene.tables["disrupt/weeks"]!;
  const n = String(weeks.length);
  const ends = ["best", "worst"].map((k) => table.row(k)).filter((r) => r !== undefined);
  const lost = [row, ...ends].map((r) => ({ r, value: table.value(r, "robots_lost") ?? 0 })).sort((a, b) => a.value - b.value);
  const [low, high] = [lost[0]!, lost.at(-1)!].map((l) => table.text(l.r, "robots_lost")) as [string, string];
  const range = low === high ? "" : scene.word("page-curve-range", { low, high });
  const part = scene.word("page-curve-part", { part: table.text(row, "lost_part"), n });
  const all: Tile[] = [{ column: "robots_lost", number: table.text(row, "robots_lost"), under: [first === null ? scene.word("page-curve-none", { n }) : part, range].filter(Boolean).join("; "), colour: first === null ? theme.ink : BAD }];
  if (first === null) return all;
  let worst = 0;
  for (let r = 0; r < weeks.length; r++) if ((weeks.value(r, "missing") ?? 0) > (weeks.value(worst, "missing") ?? 0)) worst = r;
  const over = happenings(scene).map((h) => h.over);
  all.unshift({ column: "first_loss", number: table.text(row, "first_loss"), under: `${bare(table.header("survive"))}: ${table.text(row, "survive")}`, colour: theme.ink });
  all.push({ column: "depth", number: table.text(row, "depth"), under: scene.word("page-curve-worst", { n: String(weekOf(weeks, worst)) }), colour: theme.ink });
  all.push({
    column: "back",
    number: back === null ? "–" : table.text(row, "back"),
    under: back === null ? scene.word("page-curve-on", { n: String(weeks.length - 1) }) : scene.word("page-curve-over", { n: String(Math.max(...over)) }),
    colour: theme.ink,
  });
  return all;
}

export const curve: Picture = {
  name: "curve",
  needs: ["disrupt/outcome", "disrupt/weeks"],
  wide: true,
  about: happens,
  controls: weeksControl,
  draw(scene) {
    const weeks = scene.tables["disrupt/weeks"]!;
    const { theme, lang } = scene;
    const { table: outcome, row: ours, first, back } = asked(scene);
    const narrow = isNarrow(scene);
    const f = larger(scene);
    const small = 12 * f;
    const shown = shownWeeks(scene);
    const plain: Shape[] = [];
    const list: Shape[] = [];
    const above: Shape[] = [];
    const marks: Mark[] = [];
    const mark = (m: Omit<Mark, "series" | "data">, ...parts: Shape[]) => {
      marks.push({ series: 1, data: list.length, ...m });
      list.push(group(...parts));
    };

    // The outcome in numbers.
    const boxes = tiles(scene);
    const across = narrow ? Math.min(2, boxes.length) : Math.max(boxes.length, 2);
    const wide = (scene.width - 8 - (across - 1) * 10) / across;
    const size = (narrow ? 28 : 34) * f;
    const unders = boxes.map((tile) => wrap(tile.under, wide - 16, small, 4));
    const tall = small * 1.7 + size * 1.25 + small * (0.5 + 1.2 * Math.max(...unders.map((u) => u.length)));
    boxes.forEach((tile, i) => {
      const [x, y] = [4 + (i % across) * (wide + 10), 2 + Math.floor(i / across) * (tall + 8)];
      const label = bare(outcome.header(tile.column));
      mark(
        {
          key: `outcome/${outcome.table.keys[ours]}/${tile.column}`,
          title: label,
          lines: [outcome.text(ours, tile.column), tile.under],
          address: outcome.value(ours, tile.column) === null ? undefined : outcome.address(ours, tile.column),
          value: outcome.value(ours, tile.column) ?? undefined,
        },
        rect(x, y, wide, tall, theme.panel),
        rect(x, y, 4, tall, tile.colour),
      );
      above.push(words(fit(label, (wide - 16) / 1.12, small), x + 12, y + small * 1.1, theme.soft, { fontSize: small }));
      above.push(words(tile.number, x + 12, y + small * 1.7 + size * 0.6, tile.colour, { fontSize: size, fontWeight: 700 }));
      unders[i]!.forEach((l, k) => above.push(words(l, x + 12, y + small * 1.7 + size * 1.2 + small * (0.6 + 1.2 * k), theme.ink, { fontSize: small })));
    });
    let y = 2 + Math.ceil(boxes.length / across) * (tall + 8) + 8;

    // Places of weeks and of robots a week.
    let most = 0;
    for (let r = 0; r < weeks.length; r++) most = Math.max(most, weeks.value(r, "usual") ?? 0, weeks.value(r, "delivered") ?? 0);
    const power = 10 ** Math.floor(Math.log10(most || 1));
    const step = [0.5, 1, 2, 2.5, 5].map((s) => s * power).find((s) => most / s <= 4.5) ?? power * 5;
    const peak = Math.max(most * 1.04, step);
    const left = 14 + width(tick(Math.floor(peak / step) * step, lang), small);
    const right = scene.width - (narrow ? 10 : 16);
    const at = (week: number) => left + (week / shown) * (right - left);
    const one = at(1) - at(0);

    // What happens, from when to when.
    for (const h of happenings(scene)) {
      if (h.start >= shown) continue;
      const [x1, x2, x3] = [h.start, h.end, h.over].map((w) => at(Math.min(w, shown))) as [number, number, number];
      const bar = 17 * f;
      const grey = theme.dark ? "#556270" : "#77828e";
      const inside = width(h.name, small) < x2 - x1 - 12;
      const room = right - x3 - 8;
      mark(
        { key: `event/${h.start}/${h.end}`, title: h.name, lines: [h.said, `${scene.word("page-week", { n: String(h.start) })} – ${scene.word("page-week", { n: String(h.over) })}`] },
        rect(x1, y, x3 - x1, bar, grey, { opacity: 0.45 }),
        rect(x1, y, x2 - x1, bar, grey),
      );
      if (inside || room < 90) above.push(words(fit(h.name, (x2 - x1 - 12) / 1.12, small), x1 + 6, y + bar / 2, over(grey), { fontSize: small }));
      else above.push(words(fit(h.name, room / 1.12, small), x3 + 8, y + bar / 2, theme.ink, { fontSize: small }));
      y += bar + 4;
    }

    // The first week of loss and the week of recovery, one below the other where they would meet.
    const flags = [
      { week: first, column: "first_loss", text: scene.word("page-curve-first", { n: String(first) }), before: true },
      { week: back, column: "back", text: scene.word("page-curve-back", { n: String(back) }), before: false },
    ].filter((g): g is typeof g & { week: number } => g.week !== null && g.week <= shown);
    const top = y + small * (flags.length ? 2.9 : 0.8);
    const bottom = top + Math.round((narrow ? 190 : Math.min(300, scene.width * 0.24)) * Math.sqrt(f));
    const up = (robots: number) => bottom - (robots / peak) * (bottom - top);
    let taken = -Infinity;
    for (const { week, column, text, before } of flags) {
      const [x, room] = [at(week), width(text, small)];
      const flip = before ? x > room + 8 : right - x < room + 6;
      const from = flip ? x - room - 5 : x + 5;
      const low = from > taken + 8 ? small * 1.9 : small * 0.7;
      taken = Math.max(taken, from + room);
      mark(
        { key: `line/${column}`, title: text, lines: [outcome.header(column)], address: outcome.address(ours, column), value: week },
        line(x, y + low - small * 0.6, x, bottom, theme.ink, 1.5),
        rect(flip ? x - room - 8 : x - 4, y + low - small * 0.7, room + 12, small * 1.4, "transparent"),
      );
      above.push(words(text, x + (flip ? -5 : 5), y + low, theme.ink, { align: flip ? "right" : "left", fontSize: small, fontWeight: 600, stroke: theme.paper, lineWidth: 4 }));
    }

    plain.push(...weeksAxis(scene, at, shown, top, bottom, small));
    for (let v = 0; v <= peak; v += step) {
      plain.push(line(left, up(v), right, up(v), theme.line));
      plain.push(words(tick(v, lang), left - 6, up(v), theme.soft, { align: "right", fontSize: small }));
    }

    // A bar a week: what is delivered, and on it what is lost.
    const grey = theme.dark ? "#5d6b7a" : "#b4bec9";
    const order = gates(scene);
    const colours = new Map(order.map((g) => [g.id, g.colour]));
    const gap = one >= 9 ? 1 : 0;
    let madeUp = false;
    const usual: [number, number][] = [];
    for (let r = 0; r < weeks.length && weekOf(weeks, r) < shown; r++) {
      const week = weekOf(weeks, r);
      const [without, got] = [weeks.value(r, "usual") ?? 0, weeks.value(r, "delivered") ?? 0];
      usual.push([at(week), up(without)], [at(week + 1), up(without)]);
      const gate = weeks.id(r, "gate");
      const x = at(week) + gap / 2;
      // Bars without a gap overlap, so that nothing shines through between them.
      const bar = gap ? one - gap : week + 1 < shown ? one + 1 : one;
      const parts = [rect(at(week), top, one, bottom - top, "transparent"), rect(x, up(Math.min(got, without)), bar, bottom - up(Math.min(got, without)), grey)];
      // What is less than any market gives and takes is no loss, and has no part in its way.
      if (gate) parts.push(rect(x, up(without), bar, up(got) - up(without), colours.get(gate) ?? theme.soft));
      else if (got > without * 1.001) {
        parts.push(rect(x, up(got), bar, up(without) - up(got), GOOD));
        madeUp = true;
      }
      mark(
        {
          key: `weeks/${weeks.table.keys[r]}`,
          title: scene.word("page-week", { n: String(week) }),
          lines: [...["delivered", "usual", "missing"].map((c) => `${weeks.header(c)}: ${weeks.text(r, c)}`), ...(gate ? [`${weeks.header("gate")}: ${weeks.label(gate)}`] : [])],
          address: weeks.address(r, "delivered"),
          value: got,
        },
        ...parts,
      );
    }
    above.push({ type: "polyline", shape: { points: usual }, style: { stroke: theme.ink, lineWidth: 1.5, lineDash: [6, 4], fill: "none" } });

    // The part that stood in the way, where there is room for its name in the loss.
    for (const gate of order) {
      for (const [from, to] of gate.runs) {
        if (from >= shown) continue;
        const [x1, x2] = [at(from), at(Math.min(to + 1, shown))];
        let least = Infinity;
        let level = Infinity;
        for (let w = from; w <= Math.min(to, shown - 1); w++) {
          // The ends of a loss are often lower than its middle.
          if (w > from && w < to) least = Math.min(least, (weeks.value(w, "usual") ?? 0) - (weeks.value(w, "delivered") ?? 0));
          level = Math.min(level, weeks.value(w, "usual") ?? 0);
        }
        const rows = wrap(brief(weeks.label(gate.id)), x2 - x1 - one * 2 - 8, small, 3);
        const high = Number.isFinite(least) ? up(0) - up(least) : 0;
        if (x2 - x1 < 90 * f || high < rows.length * small * 1.3 + 6 || rows.join("").includes("…")) continue;
        const middle = up(level) + high / 2;
        rows.forEach((l, k) => above.push(words(l, (x1 + x2) / 2, middle + (k - (rows.length - 1) / 2) * small * 1.25, over(gate.colour), { align: "center", fontSize: small, fontWeight: 600, stroke: gate.colour, lineWidth: 4 })));
      }
    }

    // What the colours are.
    const key: [Shape, string][] = [
      [rect(0, 0, 12 * f, 12 * f, grey), scene.word("page-curve-delivered")],
      [line(0, 6 * f, 22 * f, 6 * f, theme.ink, 1.5, { lineDash: [6, 4] }), weeks.header("usual")],
      ...order.slice(0, 6).map((g): [Shape, string] => [rect(0, 0, 12 * f, 12 * f, g.colour), scene.word("page-curve-gate", { what: brief(weeks.label(g.id)), weeks: runs(scene, g) })]),
      ...(order.length > 6 ? [[rect(0, 0, 12 * f, 12 * f, theme.soft), scene.word("page-curve-others", { n: String(order.length - 6) })] as [Shape, string]] : []),
      ...(madeUp ? [[rect(0, 0, 12 * f, 12 * f, GOOD), scene.word("page-curve-made-up")] as [Shape, string]] : []),
    ];
    let [x, below] = [4, bottom + small * 4.6];
    plain.push(words(scene.word("page-curve-axis"), 4, bottom + 9 + small * 1.9, theme.soft, { fontSize: small }));
    for (const [symbol, text] of key) {
      const lead = (symbol.type === "line" ? 28 : 18) * f;
      const takes = lead + width(text, small) + 18;
      if (x > 4 && x + takes > scene.width) [x, below] = [4, below + small * 1.7];
      plain.push({ ...symbol, x, y: below - 6 * f }, words(fit(text, (scene.width - x - lead) / 1.12, small), x + lead, below, theme.ink, { fontSize: small }));
      x += takes;
    }

    const told = ["first_loss", "survive", "robots_lost", "lost_part", "depth", "back"].map((c) => `${bare(outcome.header(c))}: ${outcome.text(ours, c)}`);
    return {
      option: { series: [shapes(plain, 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(below + small),
      marks,
      alt: [...told, ...order.map((g) => scene.word("page-curve-gate", { what: weeks.label(g.id), weeks: runs(scene, g) }))].join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, shown], upright: { pixels: [bottom, top], values: [0, peak] } },
    };
  },
};
