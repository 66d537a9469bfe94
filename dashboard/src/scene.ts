// Tables and words for a picture, from the data of a page.

import { type Data, type Lang, View } from "./data";
import type { Picture, Scene } from "./picture";
import type { Theme } from "./theme";

export function scene(data: Data, lang: Lang, theme: Theme, width: number, chosen: Record<string, string>): Scene {
  const tables: Record<string, View> = {};
  for (const answer of data.answers)
    for (const table of answer.tables) tables[`${answer.verb}/${table.name}`] = new View(answer, table, data, lang);
  const word = (id: string, gaps: Record<string, string> = {}) => {
    const text = data.words[id];
    let said = text ? (lang === "zh" ? text[1] : text[0]) : id;
    for (const [gap, value] of Object.entries(gaps)) said = said.replace(`%${gap}%`, value);
    return said;
  };
  return { tables, data, lang, theme, width, chosen, word };
}

export function drawable(picture: Picture, s: Scene): boolean {
  const there = (name: string) => (s.tables[name]?.length ?? 0) > 0;
  return picture.needs.every(there) && (picture.any?.some(there) ?? true);
}
