// A browser, the program, and ways to read numbers back out of what is drawn.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(here, "../../target");
const program = join(target, "release/linchpin");

export const folder = mkdtempSync(join(tmpdir(), "linchpin-"));
export const PRODUCTS = ["optimus", "g1", "walker"];

export function linchpin(...args) {
  return execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: "C.UTF-8" } });
}

/** Writes a page and gives its path. */
export function page(name, ...args) {
  const path = join(folder, `${name}.html`);
  linchpin(...args, "-o", path);
  return path;
}

/** Numbers of a table as the program writes them for other programs: by row key and column. */
export function table(verb, name, ...args) {
  return rows(answer(...verb.split(" "), ...args), name);
}

/** Rows of a table of an answer, by their keys. */
export function rows(of, name) {
  const found = of.tables.find((t) => t.name === name);
  return new Map((found?.rows ?? []).map((row) => [row.key, row]));
}

/** A whole answer as the program writes it for other programs. */
export function answer(...args) {
  return JSON.parse(linchpin(...args, "--format", "json"));
}

export async function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Opens a page, and collects what it must not do: errors, requests, dialogs. */
export async function open(browser, path, options = {}) {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const wrong = [];
  tab.on("console", (m) => m.type() === "error" && wrong.push(`console: ${m.text()}`));
  tab.on("pageerror", (e) => wrong.push(`error: ${e.message}`));
  tab.on("request", (r) => r.url().startsWith("file:") || wrong.push(`request: ${r.url().slice(0, 100)}`));
  tab.on("dialog", (d) => {
    wrong.push(`dialog: ${d.message()}`);
    void d.dismiss();
  });
  await tab.goto(`file://${path}`);
  await tab.waitForSelector("body[data-ready]");
  return { tab, wrong };
}

/** Everything drawn that stands for a row: its key, the value it claims, and its shapes in pixels of the drawing. */
export async function marks(tab, picture) {
  return tab.$eval(`#picture-${picture} svg`, (svg) => {
    const found = new Map();
    for (const shape of svg.querySelectorAll("[data-mark]")) {
      const number = shape.getAttribute("data-mark");
      const mark = found.get(number) ?? { key: shape.getAttribute("data-key"), shapes: [] };
      const value = shape.getAttribute("data-value");
      if (value !== null) mark.value = Number(value);
      const box = shape.getBBox();
      const at = shape.transform.baseVal.consolidate()?.matrix ?? { a: 1, d: 1, e: 0, f: 0 };
      mark.shapes.push({
        tag: shape.tagName,
        x: box.x * at.a + at.e,
        y: box.y * at.d + at.f,
        width: box.width * at.a,
        height: box.height * at.d,
        path: shape.getAttribute("d") ?? shape.getAttribute("points") ?? "",
        fill: shape.getAttribute("fill"),
      });
      found.set(number, mark);
    }
    // A text belongs to the shape that it stands on.
    for (const text of svg.querySelectorAll("text")) {
      const at = text.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
      const [x, y] = [at.e || text.x.baseVal[0]?.value, at.f || text.y.baseVal[0]?.value];
      for (const mark of found.values()) {
        const s = mark.shapes[0];
        if (x >= s.x && x <= s.x + s.width && y >= s.y && y <= s.y + s.height) (mark.texts ??= []).push(text.textContent);
      }
    }
    return { scale: JSON.parse(svg.getAttribute("data-scale")), marks: [...found.values()] };
  });
}

/** The value at a place, by the scale of a drawing or its upright one. */
export function valueAt(scale, pixel) {
  const [p0, p1] = scale.pixels;
  const [v0, v1] = scale.values;
  const share = (pixel - p0) / (p1 - p0);
  return scale.kind === "log" ? v0 * (v1 / v0) ** share : v0 + share * (v1 - v0);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Nothing is wider than the window, no letter of a picture stands outside of it, and axe finds nothing serious. */
export async function looksWell(tab, pictures) {
  assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  for (const picture of pictures) {
    const outside = await tab.$eval(`#picture-${picture} svg`, (svg) => {
      const box = svg.getBoundingClientRect();
      const out = (t) => ((b) => b.left < box.left - 1 || b.right > box.right + 1 || b.top < box.top - 1 || b.bottom > box.bottom + 1)(t.getBoundingClientRect());
      return [...svg.querySelectorAll("text")].filter(out).map((t) => t.textContent);
    });
    assert.deepEqual(outside, [], picture);
  }
  // The policy of the page lets no script in; the debugger may.
  await tab.evaluate(AXE);
  const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary}`), []);
}
