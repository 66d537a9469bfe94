// Why the line stands: from the part that is missing at the maker, step by step, to the plant that stopped or the border that closed.

import { bare, brief, gates, happenings, happens, isNarrow, larger, runs } from "../disrupt";
import { control, dot, fit, group, line, type Mark, type Picture, rect, type Scene, type Shape, shapes, words, wrap } from "../picture";
import { over } from "../theme";

/** Chains that are drawn unless all are asked for. */
const CHAINS = 4;
/** The least width of a card. */
const WIDE = 178;

interface Chain {
  week: string;
  rows: number[];
}

function chains(scene: Scene): Chain[] {
  const table = scene.tables["disrupt/causes"]!;
  const found: Chain[] = [];
  for (let r = 0; r < table.length; r++) {
    if (!(table.table.indent?.[r] ?? 0)) found.push({ week: table.id(r, "week"), rows: [] });
    found.at(-1)?.rows.push(r);
  }
  return found;
}

/** Who somebody is: suppliers are called by what they make and where. */
function who(scene: Scene, id: string): string {
  const table = scene.tables["disrupt/causes"]!;
  const [item, country] = id.split("@") as [string, string?];
  if (!country) return brief(table.label(id));
  const [, where] = /[(（]([^()（）]*)[)）]$/.exec(table.label(id)) ?? [];
  return scene.word("page-causes-supplier", { what: `${brief(table.label(item))} (${where})` });
}

/** A sign for how it begins, read without its colour: no entry, a stopped plant, more asked for than made. */
function sign(cause: string, x: number, y: number, r: number, ink: string, ground: string): Shape[] {
  if (cause === "why-closed") return [dot(x, y, r, ink), rect(x - r * 0.62, y - r * 0.2, r * 1.24, r * 0.4, ground)];
  if (cause === "why-stopped")
    return [rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, ink), line(x - r * 0.5, y - r * 0.5, x + r * 0.5, y + r * 0.5, ground, r * 0.28), line(x - r * 0.5, y + r * 0.5, x + r * 0.5, y - r * 0.5, ground, r * 0.28)];
  return [
    {
      type: "polygon",
      shape: {
        points: [
          [x, y - r],
          [x + r, y + r * 0.8],
          [x - r, y + r * 0.8],
        ],
      },
      style: { fill: ink },
    },
  ];
}

export const causes: Picture = {
  name: "causes",
  needs: ["disrupt/causes", "disrupt/weeks", "disrupt/events"],
  wide: true,
  about: happens,
  controls(scene) {
    const all = chains(scene).length;
    if (all <= CHAINS) return [];
    return [
      control(scene, "show", scene.word("page-causes-show"), [
        ["first", scene.word("page-causes-first", { n: String(CHAINS) })],
        ["all", scene.word("page-causes-all", { n: String(all) })],
      ]),
    ];
  },
  draw(scene) {
    const table = scene.tables["disrupt/causes"]!;
    const { theme } = scene;
    const f = larger(scene);
    const [small, big] = [12 * f, 14 * f];
    const narrow = isNarrow(scene);
    const all = chains(scene);
    const shown = causes.controls!(scene)[0]?.value === "first" ? all.slice(0, CHAINS) : all;
    const known = new Map(gates(scene).map((g) => [g.id, g]));
    const plain: Shape[] = [];
    const list: Shape[] = [];
    const above: Shape[] = [];
    const marks: Mark[] = [];
    let full = 1;
    for (const { rows } of shown) for (const r of rows) full = Math.max(full, table.value(r, "stock") ?? 0);

    // Cards of one size, as many beside each other as there is room for.
    const gap = (narrow ? 26 : 32) * f;
    const longest = Math.max(...shown.map((c) => c.rows.length + 1));
    const across = narrow ? 1 : Math.max(1, Math.min(longest, Math.floor((scene.width - 8 + gap) / (WIDE * f + gap))));
    const wide = narrow ? scene.width - 8 : Math.min(330 * f, (scene.width - 8 - (across - 1) * gap) / across);
    const inner = wide - 24 * f;
    const tall = small * 5.3 + big * 2.6 + 24 * f;
    const gauge = inner;
    const alt: string[] = [];
    let y = 4;
    for (const chain of shown) {
      const gate = known.get(table.id(chain.rows[0]!, "short"));
      const colour = gate?.colour ?? theme.soft;
      const heading = scene.word("page-causes-gate", { what: brief(table.text(chain.rows[0]!, "short")), weeks: gate ? runs(scene, gate) : scene.word("page-weeks-one", { n: chain.week }) });
      plain.push(rect(4, y, 14 * f, 14 * f, colour));
      const head = wrap(heading, (scene.width - 34 * f) / 1.05, big);
      head.forEach((l, k) => plain.push(words(l, 4 + 22 * f, y + 7 * f + k * big * 1.3, theme.ink, { fontSize: big, fontWeight: 600 })));
      y += 26 * f + (head.length - 1) * big * 1.3;
      const place = (i: number): [number, number] => [4 + (i % across) * (wide + gap), y + Math.floor(i / across) * (tall + gap * 0.8)];
      const arrow = (i: number) => {
        const [[x1, y1], [x2, y2]] = [place(i), place(i + 1)];
        const tip = 7 * f;
        let points: [number, number][];
        if (y1 === y2) points = [[x1 + wide + 4, y1 + tall / 2], [x2 - 4, y1 + tall / 2]];
        else {
          // To the next line, or straight down where there is one card a line.
          const half = y1 + tall + gap * 0.35;
          const [from, to] = [x1 + wide / 2, x2 + wide / 2];
          points = across === 1 ? [[from, y1 + tall + 3], [from, y2 - 3]] : [[from, y1 + tall + 3], [from, half], [to, half], [to, y2 - 3]];
        }
        const [ax, ay] = points.at(-1)!;
        const down = y1 !== y2;
        plain.push({ type: "polyline", shape: { points: [...points.slice(0, -1), down ? [ax, ay - tip] : [ax - tip, ay]] }, style: { stroke: theme.soft, lineWidth: 2 * f, fill: "none" } });
        plain.push({
          type: "polygon",
          shape: {
            points: down
              ? [
                  [ax - tip * 0.75, ay - tip * 1.3],
                  [ax + tip * 0.75, ay - tip * 1.3],
                  [ax, ay],
                ]
              : [
                  [ax - tip * 1.3, ay - tip * 0.75],
                  [ax - tip * 1.3, ay + tip * 0.75],
                  [ax, ay],
                ],
          },
          style: { fill: theme.soft },
        });
      };
      const said: string[] = [];
      chain.rows.forEach((r, i) => {
        const [x, top] = place(i);
        const short = table.text(r, "short");
        const holder = who(scene, table.id(r, "at"));
        const stock = table.value(r, "stock") ?? 0;
        const edge = top + tall - 19 * f;
        marks.push({
          series: 1,
          data: list.length,
          key: table.table.keys[r]!,
          title: `${holder}: ${short}`,
          lines: [
            `${table.header("stock")}: ${table.text(r, "stock")}`,
            `${table.header("cause")}: ${table.text(r, "cause")}`,
            ...(table.id(r, "seller") ? [`${table.header("seller")}: ${who(scene, table.id(r, "seller"))}`] : []),
          ],
          address: table.address(r, "stock"),
          value: stock,
        });
        list.push(
          group(
            rect(x, top, wide, tall, theme.panel, { stroke: colour, lineWidth: 1.5 }),
            rect(x + 12 * f, edge, (stock / full) * gauge, 8 * f, colour),
          ),
        );
        above.push({ ...rect(x + 12 * f, edge, gauge, 8 * f, "none", { stroke: theme.soft, lineWidth: 1 }) });
        const names = wrap(holder, inner, small);
        names.forEach((l, k) => above.push(words(l, x + 12 * f, top + small * (1.3 + 1.3 * k), theme.soft, { fontSize: small })));
        const lines = wrap(scene.word("page-causes-lacks", { what: brief(short) }), inner, big);
        lines.forEach((l, k) => above.push(words(l, x + 12 * f, top + small * (0.7 + 1.3 * names.length) + big * (0.8 + 1.2 * k), theme.ink, { fontSize: big, fontWeight: 600 })));
        above.push(words(fit(`${bare(table.header("stock"))}: ${table.text(r, "stock")}`, inner / 1.12, small), x + 12 * f, edge - small * 0.9, theme.ink, { fontSize: small }));
        arrow(i);
        said.push(`${holder}: ${short}`);
      });
      // How it begins.
      const last = chain.rows.at(-1)!;
      const cause = table.id(last, "cause");
      const seller = table.id(last, "seller");
      const [x, top] = place(chain.rows.length);
      const name = seller ? who(scene, seller) : brief(table.text(last, "short"));
      const id = table.id(last, "event");
      const event = id && (happenings(scene).find((h) => h.id === id)?.name ?? table.label(id));
      const solid = cause === "why-inputs" ? theme.panel : colour;
      const ink = cause === "why-inputs" ? theme.ink : over(solid);
      const word = table.text(last, "cause");
      marks.push({ series: 1, data: list.length, key: `${table.table.keys[last]}/cause`, title: name, lines: [word, ...(event ? [event] : [])] });
      list.push(group(rect(x, top, wide, tall, solid)));
      const r = 13 * f;
      if (cause !== "why-inputs") above.push(...sign(cause, x + 12 * f + r, top + tall / 2, r, ink, solid));
      const text = x + 24 * f + (cause === "why-inputs" ? -12 * f : 2 * r);
      const room = wide - (text - x) - 10 * f;
      const rows: [string, number, number][] = [
        ...wrap(name, room, small).map((l): [string, number, number] => [l, small, 400]),
        ...wrap(word, room, big).map((l): [string, number, number] => [l, big, 700]),
        ...(event ? wrap(event, room, small).map((l): [string, number, number] => [l, small, 400]) : []),
      ];
      const sum = rows.reduce((s, [, size]) => s + size * 1.3, 0);
      let line0 = top + (tall - sum) / 2;
      for (const [l, size, weight] of rows) {
        above.push(words(l, text, line0 + size * 0.65, ink, { fontSize: size, fontWeight: weight }));
        line0 += size * 1.3;
      }
      alt.push([heading, ...said.slice(1), `${name} ${word}`].join(" ← "));
      y = place(chain.rows.length)[1] + tall + 26 * f;
    }
    return {
      option: { series: [shapes(plain, 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(y - 16 * f),
      marks,
      alt: alt.join("; "),
      scale: { kind: "linear", pixels: [0, gauge], values: [0, full] },
    };
  },
};

