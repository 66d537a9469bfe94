// What stands around a drawing: numbers in large letters above it, and what its colours are below it.

import { isNarrow, larger } from "./disrupt";
import { fit, type Mark, rect, type Scene, type Shape, width, words, wrap } from "./picture";

/** A number in large letters, with what it is above it and what there is to say of it below it. */
export interface Tile {
  label: string;
  number: string;
  under: string;
  colour: string;
  mark: Omit<Mark, "series" | "data">;
}

/** Places tiles side by side from the top of a drawing, and gives the place below them. */
export function tiles(scene: Scene, boxes: Tile[], mark: (m: Omit<Mark, "series" | "data">, ...parts: Shape[]) => void, above: Shape[]): number {
  const { theme } = scene;
  const narrow = isNarrow(scene);
  const f = larger(scene);
  const small = 12 * f;
  const across = narrow ? Math.min(2, boxes.length) : Math.max(boxes.length, 2);
  const wide = (scene.width - 8 - (across - 1) * 10) / across;
  const size = (narrow ? 28 : 34) * f;
  const unders = boxes.map((tile) => wrap(tile.under, wide - 16, small, 4));
  // The tiles of a line are as tall as the longest text in it needs.
  const line0 = (i: number) => Math.floor(i / across) * across;
  const tall = (i: number) => small * 2.2 + size * 1.25 + small * 1.2 * Math.max(...unders.slice(line0(i), line0(i) + across).map((u) => u.length));
  const top0 = (i: number): number => (i < across ? 2 : top0(i - across) + tall(i - across) + 8);
  boxes.forEach((tile, i) => {
    const [x, y] = [4 + (i % across) * (wide + 10), top0(i)];
    mark(tile.mark, rect(x, y, wide, tall(i), theme.panel), rect(x, y, 4, tall(i), tile.colour));
    above.push(words(fit(tile.label, (wide - 16) / 1.12, small), x + 12, y + small * 1.1, theme.soft, { fontSize: small }));
    above.push(words(tile.number, x + 12, y + small * 1.7 + size * 0.6, tile.colour, { fontSize: size, fontWeight: 700 }));
    unders[i]!.forEach((l, k) => above.push(words(l, x + 12, y + small * 1.7 + size * 1.2 + small * (0.6 + 1.2 * k), theme.ink, { fontSize: small })));
  });
  return top0(boxes.length - 1) + tall(boxes.length - 1) + 16;
}

/** Symbols, drawn from the corner of a square of twelve, each with what it stands for, in lines from a place down; gives the middle of the last line. */
export function legend(scene: Scene, key: [Shape, string][], y: number, plain: Shape[]): number {
  const f = larger(scene);
  const small = 12 * f;
  let [x, below] = [4, y];
  for (const [symbol, text] of key) {
    const lead = (symbol.type === "line" ? 28 : 18) * f;
    const takes = lead + width(text, small) + 18;
    if (x > 4 && x + takes > scene.width) [x, below] = [4, below + small * 1.7];
    plain.push({ ...symbol, x, y: below - 6 * f });
    const rows = wrap(text, scene.width - x - lead, small);
    rows.forEach((l, k) => plain.push(words(l, x + lead, below + k * small * 1.35, scene.theme.ink, { fontSize: small })));
    below += (rows.length - 1) * small * 1.35;
    x += takes;
  }
  return below;
}
