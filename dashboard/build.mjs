// Bundles the script of a page into dist/page.js, from where the program takes it.
import { build } from "esbuild";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "dist", "page.js");
const { outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  banner: {
    js:
      "/*! Linchpin (MIT OR Apache-2.0). Contains Apache ECharts (Apache-2.0), zrender (BSD-3-Clause), tslib (0BSD), " +
      "topojson-client (ISC), world-atlas (ISC, from Natural Earth), i18n-iso-countries (MIT). */",
  },
  write: false,
  logLevel: "warning",
});
const script = outputFiles[0].text;
// The same script keeps its date, so that nothing is compiled again for it.
if (!existsSync(target) || readFileSync(target, "utf8") !== script) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, script);
}
