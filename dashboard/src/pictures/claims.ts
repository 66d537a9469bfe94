// Published claims against what follows from the atlas: recomputed over claimed, with both bands.

import { control, diamond, dot, fit, group, line, type Mark, type Picture, rect, type Scene, type Shape, shapes, words } from "../picture";
import { BAD, GOOD, MAYBE } from "../theme";

const ROW = 26;

function statements(scene: Scene): Map<string, string> {
  const reason = scene.tables["audit/reason"];
  const found = new Map<string, string>();
  for (let r = 0; reason && r < reason.length; r++) found.set(reason.table.keys[r]!, reason.text(r, "statement"));
  return found;
}

export const claims: Picture = {
  name: "claims",
  needs: ["audit/claims"],
  likes: ["audit/reason"],
  wide: true,
  controls: (scene) => [
    control(scene, "verdict", scene.word("page-claims-show"), [
      ["far", scene.word("page-claims-far")],
      ["all", scene.word("page-claims-all")],
    ]),
  ],
  draw(scene) {
    const table = scene.tables["audit/claims"]!;
    const { theme } = scene;
    const said = statements(scene);
    const far = (r: number) => Math.abs(Math.log(table.value(r, "ratio")!));
    let rows: number[] = [];
    for (let r = 0; r < table.length; r++) if ((table.value(r, "ratio") ?? 0) > 0) rows.push(r);
    rows.sort((a, b) => far(b) - far(a));
    if (claims.controls!(scene)[0]!.value === "far") rows = rows.slice(0, 16);
    const narrow = scene.width < 700;
    const left = narrow ? 12 : Math.min(640, scene.width * 0.5);
    const right = scene.width - 24;
    const exponents = rows.flatMap((r) => {
      const base = table.value(r, "computed")! / table.value(r, "ratio")!;
      const ends = [table.value(r, "computed_low"), table.value(r, "computed_high")].map((v) => (v ? v / base : 1));
      return [table.value(r, "ratio")!, ...ends.filter((v) => v > 0)].map(Math.log10);
    });
    const reach = Math.min(3, Math.max(1, Math.ceil(Math.max(...exponents.map(Math.abs)))));
    const at = (v: number) => left + ((Math.min(reach, Math.max(-reach, Math.log10(v))) + reach) / (2 * reach)) * (right - left);
    const step = narrow ? ROW + 26 : ROW;
    const top = 44;
    const bottom = top + rows.length * step;
    const plain: Shape[] = [];
    for (let p = -reach; p <= reach; p++) {
      const text = p === 0 ? "1" : p > 0 ? `${10 ** p}×` : `1/${10 ** -p}`;
      plain.push(line(at(10 ** p), top - 6, at(10 ** p), bottom, p ? theme.line : theme.ink, p ? 1 : 1.5));
      plain.push(words(text, at(10 ** p), top - 14, theme.soft, { align: p === reach ? "right" : p === -reach ? "left" : "center", fontSize: 12 }));
    }
    plain.push(words(scene.word("page-claims-axis"), right, bottom + 12, theme.soft, { align: "right", fontSize: 12 }));
    const look: Record<string, [string, string]> = { "word-holds": [GOOD, "dot"], "word-fails": [BAD, "diamond"], "word-cannot-tell": [MAYBE, "ring"] };
    const list: Shape[] = [];
    const marks: Mark[] = [];
    rows.forEach((r, i) => {
      const y = top + i * step + (narrow ? 34 : 14);
      const text = said.get(table.table.keys[r]!) ?? table.text(r, "claim_id");
      if (narrow) plain.push(words(fit(text, right - left, 12), left, y - 20, theme.ink, { fontSize: 12 }));
      else plain.push(words(fit(text, left - 20), left - 12, y, theme.ink, { align: "right" }));
      const verdict = table.id(r, "verdict");
      const [colour, shape] = look[verdict] ?? [theme.soft, "ring"];
      const ratio = table.value(r, "ratio")!;
      // What the ratio is over: the claim, or the end of its range that it is set against.
      const base = table.value(r, "computed")! / ratio;
      const over = (column: string) => {
        const v = table.value(r, column);
        // An end at nothing lies left of any axis of powers.
        return v === null || !base ? null : Math.max(v / base, 1e-9);
      };
      const parts: Shape[] = [rect(left, y - 11, right - left, 22, "transparent")];
      const [cl, ch] = [over("claimed_low"), over("claimed_high")];
      if (cl && ch && ch > cl) parts.push(rect(at(cl), y - 7, at(ch) - at(cl), 14, theme.line));
      const [lo, hi] = [over("computed_low"), over("computed_high")];
      if (lo && hi && hi > lo) parts.push(line(at(lo), y, at(hi), y, colour, 3, { opacity: 0.5 }));
      const x = at(ratio);
      parts.push(shape === "dot" ? dot(x, y, 5.5, colour) : shape === "diamond" ? diamond(x, y, 7, colour) : dot(x, y, 5, theme.paper, { stroke: colour, lineWidth: 2.5 }));
      marks.push({
        series: 1,
        data: list.length,
        key: table.table.keys[r]!,
        title: text,
        lines: [
          `${table.header("claimed")}: ${table.text(r, "claimed")}`,
          `${table.header("computed")}: ${table.text(r, "computed")}`,
          `${table.header("verdict")}: ${table.text(r, "verdict")}`,
        ],
        address: table.address(r, "computed"),
        value: ratio,
      });
      list.push(group(...parts));
    });
    let x = narrow ? 12 : 4;
    for (const verdict of Object.keys(look)) {
      const [colour, shape] = look[verdict]!;
      plain.push(shape === "dot" ? dot(x + 6, 10, 5.5, colour) : shape === "diamond" ? diamond(x + 6, 10, 7, colour) : dot(x + 6, 10, 5, theme.paper, { stroke: colour, lineWidth: 2.5 }));
      plain.push(words(scene.word(verdict), x + 17, 10, theme.ink, { fontSize: 12 }));
      x += 30 + scene.word(verdict).length * (scene.lang === "zh" ? 13 : 7);
    }
    return {
      option: { series: [shapes(plain, 1, true), shapes(list)] },
      height: bottom + 26,
      marks,
      alt: rows.slice(0, 3).map((r) => `${said.get(table.table.keys[r]!) ?? ""}: ${table.text(r, "verdict")}`).join("; "),
      scale: { kind: "log", pixels: [left, right], values: [10 ** -reach, 10 ** reach] },
    };
  },
};
