// What runs dry, when, and when it is back: a row a stock, from the maker down to the plants.

import { brief, FLAGS, flags, gates, happenings, happens, isNarrow, larger, shownWeeks, weeksAxis, weeksControl } from "../disrupt";
import { control, fit, layers, line, type Picture, rect, type Scene, type Shape, shapes, width, words } from "../picture";
import { mix, over } from "../theme";

/** Rows that are drawn unless all are asked for. */
const ROWS = 30;
const KINDS = ["kind-maker", "kind-supplier", "kind-plants"];

/** Colour of every stock on the way to a loss, by its row of the calendar: that of the part at the head of its chain. */
function onTheWay(scene: Scene): Map<string, string> {
  const causes = scene.tables["disrupt/causes"];
  const colours = new Map(gates(scene).map((g) => [g.id, g.colour]));
  const found = new Map<string, string>();
  let [colour, before] = ["", ""];
  for (let r = 0; causes && r < causes.length; r++) {
    const [at, short] = [causes.id(r, "at"), causes.id(r, "short")];
    const head = !(causes.table.indent?.[r] ?? 0);
    if (head) colour = colours.get(short) ?? scene.theme.soft;
    // The plants of a market stand together in one row, under what was short a step before.
    for (const holder of head ? [at] : [at, before]) if (!found.has(`${holder}:${short}`)) found.set(`${holder}:${short}`, colour);
    before = short;
  }
  return found;
}

/** What a row is about: the stock, who holds it, and where or how many of them. */
function named(scene: Scene, row: number): [what: string, holder: string, more: string] {
  const table = scene.tables["disrupt/calendar"]!;
  // A supplier is told from others of the same by its country, which stands in the key of its row.
  const country = /@(\w+):/.exec(table.table.keys[row]!)?.[1];
  const where = country ? ` (${table.label(country)})` : "";
  const [dry, all] = [table.value(row, "dry_sites") ?? 1, table.value(row, "all_sites") ?? 1];
  const count = table.id(row, "holder_kind") === "kind-plants" ? ` · ${scene.word("page-calendar-sites", { dry: String(dry), all: String(all) })}` : "";
  return [table.text(row, "input"), table.text(row, "holder"), where + count];
}

/** The rows that are drawn, by kind of holder: those of the maker and those on the way to a loss first, then the earliest. */
function chosen(scene: Scene, way: Map<string, string>): Map<string, number[]> {
  const table = scene.tables["disrupt/calendar"]!;
  let rows = [...Array(table.length).keys()];
  const dry = (r: number) => table.value(r, "dry") ?? 0;
  if (calendar.controls!(scene).find((c) => c.name === "show")?.value === "first") {
    const weight = (r: number) => (table.id(r, "holder_kind") === KINDS[0] ? 0 : way.has(table.table.keys[r]!) ? 1 : 2);
    rows = rows.sort((a, b) => weight(a) - weight(b) || dry(a) - dry(b) || a - b).slice(0, ROWS);
  }
  rows.sort((a, b) => dry(a) - dry(b) || a - b);
  return new Map(KINDS.map((kind): [string, number[]] => [kind, rows.filter((r) => table.id(r, "holder_kind") === kind)]).filter(([, list]) => list.length));
}

export const calendar: Picture = {
  name: "calendar",
  needs: ["disrupt/calendar", "disrupt/outcome", "disrupt/weeks", "disrupt/events"],
  likes: ["disrupt/causes"],
  wide: true,
  about: happens,
  controls(scene) {
    const all = scene.tables["disrupt/calendar"]!.length;
    const show = control(scene, "show", scene.word("page-calendar-show"), [
      ["first", scene.word("page-calendar-first", { n: String(ROWS) })],
      ["all", scene.word("page-calendar-all", { n: String(all) })],
    ]);
    return [...(all > ROWS ? [show] : []), ...weeksControl(scene)];
  },
  draw(scene) {
    const table = scene.tables["disrupt/calendar"]!;
    const { theme } = scene;
    const f = larger(scene);
    const [small, normal] = [12 * f, 13 * f];
    const narrow = isNarrow(scene);
    const shown = shownWeeks(scene);
    const way = onTheWay(scene);
    const groups = chosen(scene, way);
    const left = narrow ? 8 : Math.min(560 * f, scene.width * 0.46);
    const right = scene.width - (narrow ? 40 : 56) * f;
    const at = (week: number) => left + (Math.max(0, Math.min(week, shown)) / shown) * (right - left);
    const other = theme.dark ? "#7d8b9a" : "#8593a1";
    const pale = (colour: string) => mix(colour, theme.paper, theme.dark ? 0.6 : 0.65);
    const { plain, list, above, marks, mark } = layers();

    // What the colours are: those of the chains of causes, grey for the others, pale for the stock that lasted till then.
    const colours = [...new Set([...groups.values()].flat().map((r) => way.get(table.table.keys[r]!) ?? ""))].filter(Boolean);
    const key: [string[], string][] = [
      ...(colours.length ? [[colours, scene.word("page-calendar-way")] as [string[], string]] : []),
      [[other], scene.word("page-calendar-other")],
      [[...colours, other].slice(0, 2).map(pale), scene.word("page-calendar-cover")],
    ];
    let [x, y] = [4, small * 0.9];
    for (const [fills, text] of key) {
      const takes = fills.length * 13 * f + 6 + width(text, small) + 18;
      if (x > 4 && x + takes > scene.width) [x, y] = [4, y + small * 1.7];
      fills.forEach((c, i) => plain.push(rect(x + i * 13 * f, y - 6 * f, 13 * f, 12 * f, c)));
      plain.push(words(fit(text, (scene.width - x - fills.length * 13 * f - 6) / 1.12, small), x + fills.length * 13 * f + 6, y, theme.ink, { fontSize: small }));
      x += takes;
    }
    y += small * 1.6;

    // Above the rows: the line itself.
    const marked = flags(scene, at, shown, y, small);
    above.push(...marked.map((flag) => flag.label));
    y += small * (marked.length ? FLAGS : 0.4);
    const top = y;

    const row = (narrow ? 37 : 25) * f;
    const thick = 13 * f;
    for (const [kind, rows] of groups) {
      y += 8 * f;
      let all = 0;
      for (let r = 0; r < table.length; r++) all += table.id(r, "holder_kind") === kind ? 1 : 0;
      const [maker, plants] = [kind === KINDS[0], kind === KINDS[2]];
      const name = scene.word(`page-calendar-${kind.slice(5)}`) + (maker ? `: ${table.text(rows[0]!, "holder")}` : "");
      const count = rows.length < all ? ` (${scene.word("page-calendar-count", { n: String(rows.length), all: String(all) })})` : "";
      above.push(words(fit(name + count, (scene.width - 16) / 1.14, normal), 4, y + row * (narrow ? 0.3 : 0.5), theme.ink, { fontSize: normal, fontWeight: 700, stroke: theme.paper, lineWidth: 4 }));
      y += narrow ? row * 0.6 : row;
      for (const r of rows) {
        const [what, holder, more] = named(scene, r);
        const colour = way.get(table.table.keys[r]!) ?? other;
        const bold = colour === other ? 400 : 600;
        const middle = narrow ? y + row * 0.66 : y + row / 2;
        if (narrow) {
          // A phone has room for where, not for how many.
          const where = plants ? "" : more;
          const text = maker ? brief(what) : `${brief(what)} · ${brief(holder)}`;
          above.push(words(fit(text, (scene.width - 16 - width(where, small)) / 1.12, small) + where, 8, y + row * 0.2, theme.ink, { fontSize: small, fontWeight: bold, stroke: theme.paper, lineWidth: 3 }));
        } else {
          const half = maker ? left - 24 : (left - 24) * 0.47;
          plain.push(words(fit(brief(what), half / 1.12, normal), 12, middle, theme.ink, { fontSize: normal, fontWeight: bold }));
          if (!maker) plain.push(words(fit(brief(holder), ((left - 24) * 0.53 - 10 - width(more, small)) / 1.12, small) + more, 12 + half + 8, middle, theme.soft, { fontSize: small }));
        }
        const [dry, refilled, cover] = [table.value(r, "dry") ?? 0, table.value(r, "refilled"), (table.value(r, "cover") ?? 0) / 7];
        const until = refilled === null ? scene.word("page-calendar-open", { n: String(scene.tables["disrupt/weeks"]!.length - 1) }) : `${table.header("refilled")}: ${table.text(r, "refilled")}`;
        const title = maker ? what : `${what} · ${holder}${more}`;
        const [x1, x2] = [at(dry), at(refilled ?? shown)];
        mark(
          { key: `${table.table.keys[r]}/cover`, title, lines: [`${table.header("cover")}: ${table.text(r, "cover")}`], address: table.address(r, "cover"), value: table.value(r, "cover") ?? undefined },
          rect(at(dry - cover), middle - thick / 2, x1 - at(dry - cover), thick, pale(colour)),
        );
        const parts = [rect(x1, middle - row * 0.34, Math.max(x2 - x1, 6), row * 0.68, "transparent"), rect(x1, middle - thick / 2, Math.max(x2 - x1, 2), thick, colour)];
        // Who is not back goes on beyond the edge.
        if (refilled === null || refilled > shown)
          parts.push({
            type: "polygon",
            shape: {
              points: [
                [x2, middle - thick / 2],
                [x2 + thick * 0.8, middle],
                [x2, middle + thick / 2],
              ],
            },
            style: { fill: colour },
          });
        mark({ key: `${table.table.keys[r]}/dry`, title, lines: [`${table.header("dry")}: ${table.text(r, "dry")}`, until], address: table.address(r, "dry"), value: dry }, ...parts);
        // Both weeks within the bar where they fit, else after it.
        const [from, to] = [String(dry), refilled === null ? "" : String(refilled)];
        const edge = x2 + (refilled === null || refilled > shown ? thick * 0.8 : 0) + 4;
        if (x2 - x1 > width(from + to, small) + 16) {
          above.push(words(from, x1 + 4, middle, over(colour), { fontSize: small }), words(to, x2 - 4, middle, over(colour), { fontSize: small, align: "right" }));
        } else above.push(words(`${from}–${to}`, edge, middle, theme.ink, { fontSize: small, stroke: theme.paper, lineWidth: 5 }));
        y += row;
      }
    }
    const bottom = y + 6;
    // Behind the rows the weeks in which the events act.
    const ground: Shape[] = [];
    for (const h of happenings(scene)) if (h.start < shown) ground.push(rect(at(h.start), top, at(h.end) - at(h.start), bottom - top, theme.panel, { opacity: 0.75 }));
    const lines = marked.map((flag) => line(flag.x, flag.top - small * 0.6, flag.x, bottom, theme.ink, 1.5, { lineDash: [5, 4] }));
    const alt = [...groups.values()]
      .flat()
      .slice(0, 8)
      .map((r) => `${named(scene, r)[0]}: ${table.text(r, "dry")}–${table.value(r, "refilled") ?? ""}`);
    return {
      option: { series: [shapes([...ground, ...weeksAxis(scene, at, shown, top, bottom, small), ...lines, ...plain], 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(bottom + small * 3.6),
      marks,
      alt: alt.join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, shown] },
    };
  },
};
