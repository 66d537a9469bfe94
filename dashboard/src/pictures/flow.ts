// From ore to robot: what goes into what, opened tier by tier.

import { control, fit, type Mark, type Picture, type Scene, shortener } from "../picture";
import { mix, series } from "../theme";

/** Tiers shown at once, and how many things each lists by name. */
const TIERS = 4;
const NAMED = 12;

const STAGES = ["ground", "mining", "refining", "metal", "alloy", "magnet", "semi", "component", "module", "assembly"];

interface Line {
  row: number;
  from: string;
  to: string;
  amount: number;
}

function lines(scene: Scene, by: "mass" | "value"): Line[] {
  const flow = scene.tables["explode/flow"]!;
  const found: Line[] = [];
  for (let row = 0; row < flow.length; row++) {
    // Rock is left out: it outweighs all else.
    if (flow.id(row, "from_stage") === "stage-ground") continue;
    const amount = flow.value(row, by) ?? 0;
    if (amount > 0) found.push({ row, from: flow.id(row, "from"), to: flow.id(row, "to"), amount });
  }
  return found;
}

/** The thing that goes into nothing else: the robot. */
function last(all: Line[]): string {
  const from = new Set(all.map((l) => l.from));
  return all.find((l) => !from.has(l.to))?.to ?? "";
}

export const flow: Picture = {
  name: "flow",
  needs: ["explode/flow"],
  wide: true,
  controls(scene) {
    const table = scene.tables["explode/flow"]!;
    const by = control(scene, "by", scene.word("page-flow-by"), [
      ["mass", scene.word("page-flow-mass")],
      ["value", scene.word("page-flow-value")],
    ]);
    const all = lines(scene, "mass");
    const robot = last(all);
    const into = new Map<string, string>();
    for (const l of all) into.set(l.to, table.text(l.row, "to"));
    // Only what something goes into, by the chosen measure, can be opened.
    const size = new Map<string, number>();
    for (const l of lines(scene, by.value as "mass" | "value")) size.set(l.to, (size.get(l.to) ?? 0) + l.amount);
    const options = [...into].filter(([id]) => size.has(id) && id !== robot).sort((a, b) => a[1].localeCompare(b[1], scene.lang));
    if (size.has(robot)) options.unshift([robot, into.get(robot)!]);
    const largest = [...size].sort((a, b) => b[1] - a[1])[0]?.[0];
    const open = control(scene, "open", scene.word("page-flow-open"), options, size.has(robot) ? robot : largest);
    return [by, open];
  },
  draw(scene) {
    const table = scene.tables["explode/flow"]!;
    const [by, open] = flow.controls!(scene);
    const all = lines(scene, by!.value as "mass" | "value");
    const { theme } = scene;
    // A phone has room for the names of two tiers; a touch opens the next.
    const narrow = scene.width < 700;
    const into = new Map<string, Line[]>();
    for (const l of all) into.set(l.to, [...(into.get(l.to) ?? []), l]);
    const out = new Map<string, number>();
    for (const l of all) out.set(l.from, (out.get(l.from) ?? 0) + l.amount);
    // What share of a thing goes through what is opened: only that much of what stands behind it is drawn.
    const through = new Map<string, number>([[open!.value, 1]]);
    // From the opened thing outwards: of each tier the largest by name, the rest as one.
    const tier = new Map<string, number>([[open!.value, 0]]);
    const shown: (Line & { to: string; from: string; rest?: boolean })[] = [];
    let front = [open!.value];
    for (let depth = 1; depth <= (narrow ? 2 : TIERS) && front.length; depth++) {
      const entering = front
        .flatMap((to) => into.get(to) ?? [])
        .filter((l) => !tier.has(l.from) || tier.get(l.from)! >= depth)
        .map((l) => ({ ...l, amount: l.amount * through.get(l.to)! }));
      const size = new Map<string, number>();
      for (const l of entering) size.set(l.from, (size.get(l.from) ?? 0) + l.amount);
      const named = [...size].sort((a, b) => b[1] - a[1]).slice(0, NAMED).map(([id]) => id);
      for (const l of entering) {
        if (named.includes(l.from)) {
          tier.set(l.from, depth);
          shown.push(l);
        } else {
          const rest = `rest ${depth}`;
          const same = shown.find((s) => s.rest && s.to === l.to && s.from === rest);
          if (same) same.amount += l.amount;
          else shown.push({ ...l, from: rest, rest: true });
          tier.set(rest, depth);
        }
      }
      for (const id of named) through.set(id, Math.min(1, size.get(id)! / out.get(id)!));
      front = named;
    }
    if (!shown.length) return null;
    const stage = new Map<string, string>();
    for (const l of all) {
      stage.set(l.from, table.id(l.row, "from_stage"));
      stage.set(l.to, table.id(l.row, "to_stage"));
    }
    const short = shortener([...tier.keys()].filter((id) => !id.startsWith("rest ")).map((id) => table.label(id)));
    const name = (id: string) => (id.startsWith("rest ") ? scene.word("page-flow-rest") : id === open!.value ? table.label(id) : short(table.label(id)));
    const deepest = Math.max(...tier.values());
    const nodes = [...tier.keys()].filter((id) => shown.some((l) => l.from === id || l.to === id));
    const colour = (id: string) => {
      const at = STAGES.indexOf((stage.get(id) ?? "").replace("stage-", ""));
      return id.startsWith("rest ") || at < 0 ? theme.soft : series(at);
    };
    const marks: Mark[] = shown.map((l, i) => ({
      series: 0,
      data: i,
      type: "edge",
      key: l.rest ? `${l.from}:${l.to}` : table.table.keys[l.row]!,
      title: `${name(l.from)} → ${name(l.to)}`,
      lines: l.rest
        ? [scene.word("page-flow-rest-of")]
        : [
            `${table.header("mass")}: ${table.text(l.row, "mass")}`,
            `${table.header("value")}: ${table.text(l.row, "value")}`,
            ...(through.get(l.to)! < 0.9995 ? [scene.word("page-flow-through", { n: String(+(through.get(l.to)! * 100).toPrecision(2)) })] : []),
          ],
      address: l.rest ? undefined : table.address(l.row, by!.value),
      value: l.amount,
    }));
    nodes.forEach((id, i) => {
      if (!id.startsWith("rest ")) {
        marks.push({ series: 0, data: i, type: "node", key: id, title: name(id), lines: [scene.word(stage.get(id) ?? ""), scene.word("page-flow-click")], choose: into.has(id) ? ["open", id] : undefined });
      }
    });
    const room = (scene.width - 40) / (deepest + 1) - 16;
    const most = Math.max(...[...Array(deepest + 1).keys()].map((d) => nodes.filter((id) => tier.get(id) === d).length));
    return {
      option: {
        series: [
          {
            type: "sankey",
            left: 4,
            right: narrow ? 84 : 170,
            top: 6,
            bottom: 6,
            nodeAlign: "right",
            nodeGap: narrow ? 12 : 9,
            nodeWidth: 12,
            layoutIterations: 48,
            draggable: false,
            silent: false,
            emphasis: { disabled: true },
            lineStyle: { color: "source", opacity: theme.dark ? 0.5 : 0.35, curveness: 0.5 },
            data: nodes.map((id) => ({ name: id, depth: deepest - tier.get(id)!, itemStyle: { color: colour(id), borderWidth: 0 } })),
            links: shown.map((l) => ({ source: l.from, target: l.to, value: l.amount, lineStyle: { color: mix(hex(colour(l.from)), hex(theme.paper), 0.25) } })),
            label: {
              position: "right",
              color: theme.ink,
              fontSize: narrow ? 10 : 12,
              textBorderWidth: 0,
              formatter: (p: { name: string }) => fit(name(p.name), Math.max(56, p.name === open!.value ? (narrow ? 80 : 165) : room), narrow ? 10 : 12),
            },
          },
        ],
      },
      height: Math.max(340, most * (narrow ? 26 : 30) + 40),
      marks,
      alt: shown
        .filter((l) => l.to === open!.value)
        .sort((a, b) => b.amount - a.amount)
        .slice(0, 6)
        .map((l) => (l.rest ? name(l.from) : `${name(l.from)} ${table.text(l.row, by!.value)}`))
        .join("; "),
      scale: { kind: "thickness" },
    };
  },
};

const hex = (colour: string) => (colour.startsWith("#") ? colour : "#888888");
