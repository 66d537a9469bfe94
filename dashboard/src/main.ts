// One script, two places: on a page it draws every picture whose tables are there; in an engine without a page it gives
// `linchpin.svg`, which the program calls to write one picture to a file.

import type { Data, Lang } from "./data";
import { svg } from "./draw";
import { start } from "./page";
import { PICTURES } from "./pictures";
import { drawable, scene } from "./scene";
import { fit, tick } from "./picture";
import { LIGHT } from "./theme";

/** Pixels for the title of a file alone with a line below it, and for each more. */
const HEAD = 60;
const LINE = 18;

function picture(data: string, name: string, lang: Lang, width: number): string {
  const found = PICTURES.find((p) => p.name === name);
  if (!found) return "";
  const s = scene(JSON.parse(data) as Data, lang, LIGHT, width, {});
  const drawing = drawable(found, s) ? found.draw(s) : null;
  if (!drawing) return "";
  const title = s.word(`page-${name}`);
  const first = s.data.answers[0];
  const asked = [s.data.labels[first?.request.product ?? ""]?.[lang === "zh" ? 1 : 0], first?.request.volume && s.word("page-a-year", { n: tick(Number(first.request.volume), lang) })];
  const chosen = (found.controls?.(s) ?? []).map((c) => `${c.label} ${c.options.find(([v]) => v === c.value)?.[1] ?? ""}`);
  const under = [(found.about?.(s) ?? []).join("; "), [...asked, ...chosen].filter(Boolean).join(" · ")].filter(Boolean);
  const high = HEAD + LINE * Math.max(0, under.length - 1);
  // A file alone says what it shows, of what, and of what was chosen, on white.
  const head = (y: number, size: number, weight: number, fill: string, t: string) =>
    `<text x="8" y="${y}" font-size="${size}" font-weight="${weight}" font-family="${LIGHT.font}" fill="${fill}">${text(t)}</text>`;
  return svg(drawing, width, LIGHT)
    .replace(/ data-(mark|scale)="[^"]*"/g, "")
    .replace(/<svg [^>]*>/, (tag) => {
      const taller = tag.replace(/height="\d+"/, `height="${drawing.height + high}"`).replace(/viewBox="[^"]*"/, `viewBox="0 0 ${width} ${drawing.height + high}"`);
      const about = `<title>${text(title)}</title><desc>${text(drawing.alt)}</desc><rect width="100%" height="100%" fill="#ffffff"/>`;
      const below = under.map((line, i) => head(44 + LINE * i, 13, 400, LIGHT.soft, fit(line, width - 16))).join("");
      return `${taller}${about}${head(24, 18, 600, LIGHT.ink, title)}${below}<g transform="translate(0 ${high})">`;
    })
    .replace(/<\/svg>\s*$/, "</g></svg>");
}

const text = (t: string) => t.replace(/&/g, "&amp;").replace(/</g, "&lt;");

(globalThis as { linchpin?: unknown }).linchpin = { svg: picture, pictures: PICTURES.map((p) => p.name).join(" ") };

if (typeof document !== "undefined") void start();
