// What the robot is made of: by subsystem and part, or by element.

import { control, type Mark, type Picture, shortener } from "../picture";
import { mix, over, series } from "../theme";

interface Node {
  name: string;
  value?: number;
  children?: Node[];
  itemStyle?: { color: string };
  label?: Record<string, unknown>;
}

export const made: Picture = {
  name: "made",
  needs: ["explode/bom", "explode/element"],
  controls: (scene) => [
    control(scene, "by", scene.word("page-made-by"), [
      ["bom", scene.word("page-made-parts")],
      ["element", scene.word("page-made-elements")],
    ]),
  ],
  draw(scene) {
    const by = made.controls!(scene)[0]!.value as "bom" | "element";
    const table = scene.tables[`explode/${by}`]!;
    const { theme } = scene;
    const roots: Node[] = [];
    const above: Node[] = [];
    const marks: Mark[] = [];
    // ECharts numbers the nodes of a tree from its root, parents before their children.
    let number = 1;
    const column = by === "bom" ? "item" : "element";
    const short = shortener([...Array(table.length).keys()].map((r) => table.label(table.id(r, column))));
    const leaf = (node: Node, colour: string) => {
      node.itemStyle = { color: colour };
      node.label = { color: over(colour) };
    };
    const order: { row: number; node: Node }[] = [];
    for (let r = 0; r < table.length; r++) {
      const depth = table.table.indent?.[r] ?? 0;
      const mass = table.value(r, "mass");
      if (depth > 1 || mass == null || mass <= 0) continue;
      const node: Node = { name: short(table.label(table.id(r, column))), value: mass };
      order.push({ row: r, node });
      above.length = depth;
      if (depth === 0) roots.push(node);
      else (above[depth - 1]!.children ??= []).push(node);
      above.push(node);
    }
    roots.forEach((root, i) => {
      const base = series(i);
      leaf(root, base);
      const parts = root.children ?? [];
      parts.forEach((part, k) => leaf(part, mix(base, theme.dark ? "#000000" : "#ffffff", Math.min(0.55, 0.12 * k))));
      const inside = parts.reduce((sum, p) => sum + (p.value ?? 0), 0);
      // What of a subsystem is in no part that has a mass stands beside its parts.
      if (parts.length && inside < (root.value ?? 0) * 0.999) {
        const rest: Node = { name: scene.word("page-made-rest"), value: root.value! - inside };
        leaf(rest, theme.dark ? "#3a4450" : "#d3d9df");
        parts.push(rest);
      }
    });
    const rows = new Map(order.map(({ row, node }) => [node, row]));
    const walk = (nodes: Node[]) => {
      for (const node of nodes) {
        const row = rows.get(node);
        if (row !== undefined) {
          marks.push({
            series: 0,
            data: number,
            key: table.table.keys[row]!,
            title: node.name,
            lines: [`${table.header("mass")}: ${table.text(row, "mass")}`],
            address: table.address(row, "mass"),
            value: node.value,
          });
        }
        number += 1;
        walk(node.children ?? []);
      }
    };
    walk(roots);
    const height = Math.round(Math.max(320, Math.min(560, scene.width * 0.62)));
    return {
      option: {
        series: [
          {
            type: "treemap",
            left: 0,
            right: 0,
            top: 0,
            bottom: 0,
            roam: false,
            nodeClick: false,
            breadcrumb: { show: false },
            data: roots,
            sort: "desc",
            label: { fontSize: 12, overflow: "truncate", padding: [3, 4] },
            itemStyle: { borderColor: theme.paper, borderWidth: 1, gapWidth: 1 },
            levels: [{ itemStyle: { gapWidth: 3, borderWidth: 0 } }, { itemStyle: { gapWidth: 1, borderWidth: 1 } }],
            emphasis: { disabled: true },
          },
        ],
      },
      height,
      marks,
      alt: [...roots]
        .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
        .slice(0, 6)
        .map((n) => n.name)
        .join(", "),
      scale: { kind: "area" },
    };
  },
};
