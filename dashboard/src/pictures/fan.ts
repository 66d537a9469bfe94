// The line week by week in many futures: what the middle one delivers, half of them, nine in ten, and all on average.

import { legend, type Tile, tiles } from "../around";
import { isNarrow, larger, weekOf, weeksAxis } from "../disrupt";
import { alone, ends, floorOf, futures, shares } from "../futures";
import { layers, line, type Picture, rect, type Scene, type Shape, shapes, width, words } from "../picture";
import { BAD, MAYBE, mix } from "../theme";

const COLUMNS = ["p5", "p25", "p50", "p75", "p95", "average"];

/** What the futures come to, in a few numbers. */
function numbers(scene: Scene): Tile[] {
  const { theme } = scene;
  const table = scene.tables["risk/risk"]!;
  const row = (key: string) => table.row(key) ?? 0;
  const lost = row("robots_lost");
  const none = (table.value(lost, "greatest") ?? 0) <= 0;
  // Of robots a number says enough without its unit.
  const robots = (column: string) => table.text(lost, column).replace(/\s*\p{L}+$/u, "");
  const tile = (column: string, label: string, under: string): Tile => ({
    label,
    number: robots(column),
    under,
    colour: none ? theme.ink : BAD,
    mark: { key: `risk/robots_lost/${column}`, title: label, lines: [table.text(lost, column), under], address: table.address(lost, column), value: table.value(lost, column) ?? undefined },
  });
  const until = scene.tables["risk/risk_survival"];
  const last = (until?.length ?? 0) - 1;
  const all = [
    tile(
      "average",
      scene.word("page-fan-lost"),
      none
        ? scene.word("page-fan-never", { n: String(scene.tables["risk/risk_weeks"]!.length) })
        : scene.word("page-fan-part", {
            part: table.text(row("lost_part"), "average"),
            band: scene.word("page-fan-band", { low: robots("average_low"), high: robots("average_high") }),
          }),
    ),
  ];
  if (!none) all.push(tile("p95", scene.word("page-fan-worst"), scene.word("page-fan-worst-what")), tile("cvar", scene.word("page-fan-tail"), scene.word("page-fan-tail-what")));
  if (until && last >= 0) {
    const label = scene.word("page-fan-none", { n: until.table.keys[last]! });
    const band = ends(until.text(last, "chance"));
    all.push({
      label,
      number: alone(until.text(last, "chance")),
      under: band ? scene.word("page-fan-band", { ...band }) : "",
      colour: theme.ink,
      mark: { key: `survival/${until.table.keys[last]}/chance`, title: label, lines: [until.text(last, "chance")], address: until.address(last, "chance"), value: until.value(last, "chance") ?? undefined },
    });
  }
  return all;
}

export const fan: Picture = {
  name: "fan",
  needs: ["risk/risk", "risk/risk_weeks"],
  likes: ["risk/risk_survival"],
  wide: true,
  about: futures,
  draw(scene) {
    const weeks = scene.tables["risk/risk_weeks"]!;
    const { theme } = scene;
    const narrow = isNarrow(scene);
    const f = larger(scene);
    const small = 12 * f;
    const { plain, list, above, marks, mark } = layers();
    const boxes = numbers(scene);
    const top = tiles(scene, boxes, mark, above) + small * 0.4;
    const bottom = top + Math.round((narrow ? 190 : Math.min(300, scene.width * 0.24)) * Math.sqrt(f));

    const of = (row: number, column: string) => weeks.value(row, column) ?? 1;
    let [least, most] = [1, 1];
    for (let r = 0; r < weeks.length; r++) {
      for (const column of COLUMNS) [least, most] = [Math.min(least, of(r, column)), Math.max(most, of(r, column))];
    }
    const from = floorOf(least);
    const peak = most + (most - from) * 0.03;
    const left = 16 + width("100%", small);
    const right = scene.width - Math.max(narrow ? 10 : 16, width(String(weeks.length), small) / 2 + 2);
    const at = (week: number) => left + (week / weeks.length) * (right - left);
    const up = (share: number) => bottom - ((Math.max(from, share) - from) / (peak - from)) * (bottom - top);
    plain.push(...weeksAxis(scene, at, weeks.length, top, bottom, small), ...shares(scene, up, from, most, left, right, small));
    const axis = from ? scene.word("page-fan-axis-from", { n: `${+(from * 100).toPrecision(4)}` }) : scene.word("page-fan-axis");
    // Beside the name of the axis of weeks where there is room, else below it.
    const beside = width(axis, small) + width(scene.word("page-weeks-axis"), small) + 16 < right;
    plain.push(words(axis, 4, bottom + 9 + small * (beside ? 1.9 : 3.3), theme.soft, { fontSize: small }));

    const blue = theme.dark ? "#56B4E9" : MAYBE;
    const [pale, fuller] = [0.78, 0.55].map((share) => mix(blue, theme.paper, share)) as [string, string];
    for (let r = 0; r < weeks.length; r++) {
      const week = weekOf(weeks, r);
      // Pieces end at whole pixels, so that nothing shines through between them.
      const [x, next] = [Math.round(at(week)), Math.round(at(week + 1))];
      const band = (low: string, high: string, colour: string) => rect(x, up(of(r, high)), next - x, up(of(r, low)) - up(of(r, high)), colour);
      const average = up(of(r, "average"));
      // The average as a line: half of the way to the weeks beside it.
      const way = [
        ...(r ? [[x, (up(of(r - 1, "average")) + average) / 2]] : []),
        [(x + next) / 2, average],
        ...(r + 1 < weeks.length ? [[next, (up(of(r + 1, "average")) + average) / 2]] : []),
      ];
      mark(
        {
          key: `weeks/${weeks.table.keys[r]}`,
          title: scene.word("page-week", { n: String(week) }),
          lines: ["average", "p50", "p25", "p75", "p5", "p95"].map((c) => `${c === "average" ? scene.word("page-fan-average") : weeks.header(c)}: ${weeks.text(r, c)}`),
          address: weeks.address(r, "average"),
          value: of(r, "average"),
        },
        rect(x, top, next - x, bottom - top, "transparent"),
        band("p5", "p95", pale),
        band("p25", "p75", fuller),
        rect(x, up(of(r, "p50")) - 1.5, next - x, 3, blue),
        { type: "polyline", shape: { points: way }, style: { stroke: theme.ink, lineWidth: 2, fill: "none" } },
      );
    }

    const key: [Shape, string][] = [
      [line(0, 6 * f, 22 * f, 6 * f, theme.ink, 2), scene.word("page-fan-average")],
      [line(0, 6 * f, 22 * f, 6 * f, blue, 3), scene.word("page-fan-median")],
      [rect(0, 0, 12 * f, 12 * f, fuller), scene.word("page-fan-half")],
      [rect(0, 0, 12 * f, 12 * f, pale), scene.word("page-fan-most")],
    ];
    const below = legend(scene, key, bottom + small * (beside ? 4.6 : 5.9), plain);
    return {
      option: { series: [shapes(plain, 1, true), shapes(list), shapes(above, 3, true)] },
      height: Math.round(below + small),
      marks,
      alt: boxes.map((box) => `${box.label}: ${box.number}`).join("; "),
      scale: { kind: "linear", pixels: [left, right], values: [0, weeks.length], upright: { pixels: [bottom, top], values: [from, peak] } },
    };
  },
};
