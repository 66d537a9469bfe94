// What is known of each material at each stage, by the standing of most of its tonnes.

import { fit, group, line, type Mark, type Picture, rect, type Shape, shapes, words } from "../picture";
import { mix, over } from "../theme";

/** From best to worst known; darker is better known, and a letter says it without colour. */
const LOOK: [string, string, number][] = [
  ["standing-reported", "R", 1],
  ["standing-estimated", "E", 0.72],
  ["standing-derived", "D", 0.46],
  ["standing-assumed", "A", 0.2],
  ["coverage-none", "–", 0],
];

export const coverage: Picture = {
  name: "coverage",
  needs: ["coverage/coverage"],
  wide: true,
  draw(scene) {
    const table = scene.tables["coverage/coverage"]!;
    const { theme } = scene;
    const stages = table.table.columns.map((c) => c.name).filter((n) => n !== "element");
    const left = Math.min(190, scene.width * 0.28);
    const right = scene.width - 4;
    const across = (right - left) / stages.length;
    const step = 21;
    const top = 58;
    const plain: Shape[] = [];
    const list: Shape[] = [];
    const marks: Mark[] = [];
    let x = 2;
    let y0 = 12;
    const fill = (share: number) => mix(theme.paper, "#0072B2", share);
    for (const [id, letter, share] of LOOK) {
      const text = scene.word(id);
      const wide = 30 + text.length * (scene.lang === "zh" ? 13 : 7.2);
      if (x + wide > right) [x, y0] = [2, y0 + 18];
      plain.push(rect(x, y0 - 8, 16, 16, fill(share), { stroke: theme.line, lineWidth: 1 }), words(letter, x + 8, y0, over(fill(share)), { align: "center", fontSize: 11 }));
      plain.push(words(text, x + 21, y0, theme.ink, { fontSize: 12 }));
      x += wide;
    }
    stages.forEach((stage, i) => plain.push(words(fit(table.header(stage), across - 4, 12), left + across * (i + 0.5), top - 10, theme.soft, { align: "center", fontSize: 12 })));
    for (let r = 0; r < table.length; r++) {
      const y = top + r * step;
      plain.push(words(fit(table.label(table.id(r, "element")), left - 10), left - 8, y + step / 2, theme.ink, { align: "right", fontSize: 12 }));
      plain.push(line(left, y, right, y, theme.line, 0.5));
      stages.forEach((stage, i) => {
        const id = table.id(r, stage);
        const look = LOOK.find(([word]) => word === id);
        if (!look) return;
        const colour = fill(look[2]);
        marks.push({
          series: 1,
          data: list.length,
          key: `${table.table.keys[r]}/${stage}`,
          title: `${table.label(table.id(r, "element"))} · ${table.header(stage)}`,
          lines: [scene.word(id)],
        });
        list.push(
          group(
            rect(left + across * i + 1, y + 1, across - 2, step - 2, colour, { stroke: theme.line, lineWidth: 0.5 }),
            words(look[1], left + across * (i + 0.5), y + step / 2, over(colour), { align: "center", fontSize: 11 }),
          ),
        );
      });
    }
    return {
      option: { series: [shapes(plain, 1, true), shapes(list)] },
      height: top + table.length * step + 6,
      marks,
      alt: LOOK.map(([id]) => `${scene.word(id)}: ${marks.filter((m) => m.lines[0] === scene.word(id)).length}`).join("; "),
      scale: { kind: "word" },
    };
  },
};
