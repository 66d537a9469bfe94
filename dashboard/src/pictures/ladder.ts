// From the mine to the robot, one bar a stage: who makes how much of it, and what is gone without one country.

import { control, fit, group, line, type Mark, type Picture, rect, type Scene, type Shape, shapes, words } from "../picture";
import { BAD, countryColour, over } from "../theme";

const BAR = 30;
const GAP = 22;
const NONE = "-";

/** Chains of markets, each from its first to its last, by the first. */
function threads(scene: Scene): Map<string, string[]> {
  const chain = scene.tables["expose/chain"]!;
  const next = new Map<string, string>();
  for (let r = 0; r < chain.length; r++) next.set(chain.table.keys[r]!, chain.id(r, "into"));
  const behind = new Set(next.values());
  const found = new Map<string, string[]>();
  for (const first of next.keys()) {
    if (behind.has(first)) continue;
    const path = [first];
    for (let at = next.get(first); at && !path.includes(at); at = next.get(at)) path.push(at);
    found.set(first, path);
  }
  return found;
}

/** Rows of `ladder` by market. */
function steps(scene: Scene): Map<string, number[]> {
  const table = scene.tables["expose/ladder"]!;
  const rows = new Map<string, number[]>();
  for (let r = 0; r < table.length; r++) rows.set(table.id(r, "item"), [...(rows.get(table.id(r, "item")) ?? []), r]);
  return rows;
}

/** Under one loss, the markets and countries of which plants are lost. */
function lostSites(scene: Scene): Set<string> | null {
  const sites = scene.tables["expose/sites"];
  if (!sites?.has("lost")) return null;
  const found = new Set<string>();
  for (let r = 0; r < sites.length; r++) if (sites.id(r, "lost")) found.add(`${sites.id(r, "item")}/${sites.id(r, "country")}`);
  return found;
}

export const ladder: Picture = {
  name: "ladder",
  needs: ["expose/chain", "expose/ladder"],
  likes: ["expose/sites"],
  wide: true,
  controls(scene) {
    const table = scene.tables["expose/ladder"]!;
    const chain = scene.tables["expose/chain"]!;
    const options: [string, string][] = [...threads(scene).keys()].map((first) => [first, chain.label(first)]);
    options.sort((a, b) => a[1].localeCompare(b[1], scene.lang));
    const weight = new Map<string, number>();
    for (let r = 0; r < table.length; r++) {
      const country = table.id(r, "country");
      weight.set(country, (weight.get(country) ?? 0) + (table.value(r, "share") ?? 0));
    }
    const countries = [...weight].filter(([c]) => /^[A-Z]{3}$/.test(c)).sort((a, b) => b[1] - a[1]);
    const lost: [string, string][] = countries.map(([c]) => [c, table.label(c)]);
    const start = control(scene, "thread", scene.word("page-ladder-thread"), options, "feed_nd_oxide");
    // Under one loss, what is lost is struck, and there is nothing to choose.
    if (lostSites(scene)) return [start];
    return [
      start,
      control(scene, "lost", scene.word("page-ladder-lost"), [[NONE, scene.word("page-nothing")], ...lost], lost[0]?.[0]),
    ];
  },
  draw(scene) {
    const [thread, lost] = ladder.controls!(scene);
    const gone = lostSites(scene);
    const chain = scene.tables["expose/chain"]!;
    const table = scene.tables["expose/ladder"]!;
    const rowsOf = steps(scene);
    const path = threads(scene).get(thread!.value) ?? [];
    const { theme } = scene;
    const narrow = scene.width < 560;
    const left = narrow ? 8 : Math.min(330, scene.width * 0.3);
    const right = scene.width - 12;
    const at = (share: number) => left + share * (right - left);
    const list: Shape[] = [];
    const marks: Mark[] = [];
    const plain: Shape[] = [];
    let y = 26;
    for (const p of [0, 0.25, 0.5, 0.75, 1]) {
      plain.push(words(`${p * 100}%`, at(p), 10, theme.soft, { align: p === 0 ? "left" : p === 1 ? "right" : "center", fontSize: 12 }));
    }
    const alt: string[] = [];
    for (const market of path) {
      const row = chain.row(market)!;
      const stage = chain.text(row, "stage");
      const name = chain.label(market);
      if (narrow) {
        plain.push(words(fit(`${stage} · ${name}`, right - left), left, y + 8, theme.ink));
        y += 20;
      } else {
        plain.push(words(fit(name, left - 20), 4, y + BAR / 2 - 7, theme.ink));
        plain.push(words(stage, 4, y + BAR / 2 + 10, theme.soft, { fontSize: 12 }));
      }
      plain.push(rect(left, y, right - left, BAR, theme.panel));
      const rows = rowsOf.get(market) ?? [];
      // Where nobody tells an output, makers are counted, and drawn hollow.
      const counted = !rows.some((r) => table.value(r, "share") !== null);
      const all = rows.reduce((sum, r) => sum + (table.value(r, "sites") ?? 0), 0);
      if (!rows.length) plain.push(words(scene.word("page-no-data"), left + 8, y + BAR / 2, theme.soft));
      let from = 0;
      for (const r of rows) {
        const country = table.id(r, "country");
        const share = counted ? (table.value(r, "sites") ?? 0) / all : (table.value(r, "share") ?? 0);
        if (share <= 0) continue;
        const [x1, x2] = [at(Math.min(1, from)), at(Math.min(1, from + share))];
        from += share;
        const fill = countryColour(country, theme);
        const struck = gone ? gone.has(`${market}/${country}`) : country === lost?.value;
        const parts: Shape[] = [
          counted
            ? rect(x1 + 1, y + 1, x2 - x1 - 2, BAR - 2, theme.paper, { stroke: fill, lineWidth: 2, opacity: struck ? 0.6 : 1 })
            : rect(x1, y, x2 - x1, BAR, fill, { stroke: theme.paper, lineWidth: 1, opacity: struck ? 0.35 : 1 }),
        ];
        if (struck) {
          for (let x = x1 + 5; x < x2 - 2; x += 11) {
            const rise = Math.min(BAR, (x2 - x) * 2);
            parts.push(line(x, y + BAR, x + rise / 2, y + BAR - rise, BAD, 1));
          }
        }
        const wide = x2 - x1;
        const label = counted ? `${table.label(country)} ${table.text(r, "sites")}` : `${table.label(country)} ${table.text(r, "share")}`;
        if (wide > 34) parts.push(words(fit(label, wide - 10, 12), x1 + 6, y + BAR / 2, struck || counted ? theme.ink : over(fill), { fontSize: 12, ...(struck ? { stroke: theme.paper, lineWidth: 3 } : {}) }));
        marks.push({
          series: 1,
          data: list.length,
          key: table.table.keys[r]!,
          title: `${table.label(country)} · ${name}`,
          lines: [
            counted ? scene.word("page-ladder-counted") : `${table.header("share")}: ${table.text(r, "share")}`,
            `${table.header("sites")}: ${table.text(r, "sites")}`,
          ],
          address: counted ? undefined : table.address(r, "share"),
          value: share,
        });
        list.push(group(...parts));
        if (r === rows[0]) alt.push(`${name}: ${label}`);
      }
      y += BAR + GAP - (narrow ? 6 : 8);
    }
    return {
      option: { series: [shapes(plain, 1, true), shapes(list)] },
      height: y + 4,
      marks,
      alt: alt.join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, 1] },
    };
  },
};
