// One disruption week by week: robots delivered against those without it, and which part stood in the way.

import { legend, type Tile, tiles } from "../around";
import { asked, bare, brief, FLAGS, flags, gates, happenings, happens, isNarrow, larger, runs, shownWeeks, weekOf, weeksAxis, weeksControl } from "../disrupt";
import { fit, layers, line, type Picture, rect, type Scene, type Shape, shapes, tick, width, words, wrap } from "../picture";
import { BAD, GOOD, over } from "../theme";

/** Rows of the outcome that belong to what is not known, as crates/linchpin/src/disrupt/cases.rs has them. */
const UNKNOWN = ["best", "worst", "by_need", "by_orders", "by_usual", "quicker", "slower"];

/** The outcome in a few numbers. */
function numbers(scene: Scene): Tile[] {
  const { table, row, first, back } = asked(scene);
  const { theme } = scene;
  const weeks = scene.tables["disrupt/weeks"]!;
  const n = String(weeks.length);
  const ends = UNKNOWN.map((k) => table.row(k)).filter((r) => r !== undefined);
  const lost = [row, ...ends].map((r) => ({ r, value: table.value(r, "robots_lost") ?? 0 })).sort((a, b) => a.value - b.value);
  const [low, high] = [lost[0]!, lost.at(-1)!].map((l) => table.text(l.r, "robots_lost")) as [string, string];
  const range = low === high ? "" : scene.word("page-curve-range", { low, high });
  const part = scene.word("page-curve-part", { part: table.text(row, "lost_part"), n });
  const tile = (column: string, number: string, under: string, colour = theme.ink): Tile => {
    const [label, value] = [bare(table.header(column)), table.value(row, column)];
    return {
      label,
      number,
      under,
      colour,
      mark: {
        key: `outcome/${table.table.keys[row]}/${column}`,
        title: label,
        lines: [table.text(row, column), under],
        address: value === null ? undefined : table.address(row, column),
        value: value ?? undefined,
      },
    };
  };
  const all = [tile("robots_lost", table.text(row, "robots_lost"), [first === null ? scene.word("page-curve-none", { n }) : part, range].filter(Boolean).join("; "), first === null ? theme.ink : BAD)];
  if (first === null) return all;
  let worst = 0;
  for (let r = 0; r < weeks.length; r++) if ((weeks.value(r, "missing") ?? 0) > (weeks.value(worst, "missing") ?? 0)) worst = r;
  const over = happenings(scene).map((h) => h.over);
  all.unshift(tile("first_loss", table.text(row, "first_loss"), `${bare(table.header("survive"))}: ${table.text(row, "survive")}`));
  all.push(tile("depth", table.text(row, "depth"), scene.word("page-curve-worst", { n: String(weekOf(weeks, worst)) })));
  all.push(
    tile(
      "back",
      back === null ? "–" : table.text(row, "back"),
      back === null ? scene.word("page-curve-on", { n: String(weeks.length - 1) }) : scene.word("page-curve-over", { n: String(Math.max(...over)) }),
    ),
  );
  return all;
}

export const curve: Picture = {
  name: "curve",
  needs: ["disrupt/outcome", "disrupt/weeks", "disrupt/events"],
  wide: true,
  about: happens,
  controls: weeksControl,
  draw(scene) {
    const weeks = scene.tables["disrupt/weeks"]!;
    const { theme, lang } = scene;
    const { table: outcome, row: ours } = asked(scene);
    const narrow = isNarrow(scene);
    const f = larger(scene);
    const small = 12 * f;
    const shown = shownWeeks(scene);
    const { plain, list, above, marks, mark } = layers();

    let y = tiles(scene, numbers(scene), mark, above);

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
        { key: `event/${h.start}/${h.end}`, title: h.name, lines: [`${scene.word("page-week", { n: String(h.start) })} – ${scene.word("page-week", { n: String(h.over) })}`] },
        rect(x1, y, x3 - x1, bar, grey, { opacity: 0.45 }),
        rect(x1, y, x2 - x1, bar, grey),
      );
      if (inside || room < 90) above.push(words(fit(h.name, (x2 - x1 - 12) / 1.12, small), x1 + 6, y + bar / 2, over(grey), { fontSize: small }));
      else above.push(words(fit(h.name, room / 1.12, small), x3 + 8, y + bar / 2, theme.ink, { fontSize: small }));
      y += bar + 4;
    }

    const marked = flags(scene, at, shown, y, small);
    const top = y + small * (marked.length ? FLAGS : 0.8);
    const bottom = top + Math.round((narrow ? 190 : Math.min(300, scene.width * 0.24)) * Math.sqrt(f));
    const up = (robots: number) => bottom - (robots / peak) * (bottom - top);
    for (const flag of marked) {
      mark(
        { key: `line/${flag.column}`, title: flag.text, lines: [outcome.header(flag.column)], address: outcome.address(ours, flag.column), value: flag.week },
        line(flag.x, flag.top - small * 0.6, flag.x, bottom, theme.ink, 1.5),
        rect(Math.min(flag.from, flag.x - 4), flag.top - small * 0.7, flag.to - flag.from + 9, small * 1.4, "transparent"),
      );
      above.push(flag.label);
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
        const rows = wrap(brief(weeks.label(gate.id)), x2 - x1 - one * 2 - 8, small, 3);
        // How much is lost in the weeks that the name would cover.
        const half = Math.max(...rows.map((l) => width(l, small))) / 2 + 6;
        const covered = (w: number) => at(w + 1) > (x1 + x2) / 2 - half && at(w) < (x1 + x2) / 2 + half;
        let [least, level] = [Infinity, Infinity];
        for (let w = from; w <= Math.min(to, shown - 1); w++) {
          if (!covered(w)) continue;
          const usual = weeks.value(w, "usual") ?? 0;
          least = Math.min(least, usual - (weeks.value(w, "delivered") ?? 0));
          level = Math.min(level, usual);
        }
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
    plain.push(words(scene.word("page-curve-axis"), 4, bottom + 9 + small * 1.9, theme.soft, { fontSize: small }));
    const below = legend(scene, key, bottom + small * 4.6, plain);

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
