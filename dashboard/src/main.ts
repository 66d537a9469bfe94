// One script, two places: on a page it draws every picture whose tables are there; in an engine without a page it gives
// `linchpin.svg`, which the program calls to write one picture to a file.

import type { Data, Lang } from "./data";
import { svg } from "./draw";
import { start } from "./page";
import { PICTURES } from "./pictures";
import { drawable, scene } from "./scene";
import { LIGHT } from "./theme";

function picture(data: string, name: string, lang: Lang, width: number): string {
  const found = PICTURES.find((p) => p.name === name);
  if (!found) return "";
  const s = scene(JSON.parse(data) as Data, lang, LIGHT, width, {});
  const drawing = drawable(found, s) ? found.draw(s) : null;
  if (!drawing) return "";
  const title = s.word(`page-${name}`);
  // A file alone says what it shows, on white.
  return svg(drawing, width, LIGHT)
    .replace(/ data-(mark|scale)="[^"]*"/g, "")
    .replace(/(<svg [^>]*>)/, `$1<title>${text(title)}</title><desc>${text(drawing.alt)}</desc><rect width="100%" height="100%" fill="#ffffff"/>`);
}

const text = (t: string) => t.replace(/&/g, "&amp;").replace(/</g, "&lt;");

(globalThis as { linchpin?: unknown }).linchpin = { svg: picture, pictures: PICTURES.map((p) => p.name).join(" ") };

if (typeof document !== "undefined") void start();
