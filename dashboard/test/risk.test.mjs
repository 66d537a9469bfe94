// The pictures of many futures: what is drawn is what the tables say, whether much is lost, one thing or nothing.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, folder, launch, linchpin, looksWell, marks, open, page, rows, valueAt } from "./support.mjs";

const PICTURES = ["fan", "exceedance", "survival", "quarters", "ranking"];
const LONG = "Exports of magnets and of all that holds heavy rare earths, from China to the United States of America";
const MANY = join(folder, "many.toml");
writeFileSync(
  MANY,
  `horizon = 130
[[events]]
id = "${LONG}"
effect = "exports"
select = "CHN/magnets.dytb"
to = "USA"
weeks = 26
chance = 0.5
recovery = 12
spread = { weeks = [20, 40, 90], left = [0.0, 0.1, 0.5], week = [0, 6, 30] }
[[events]]
id = "中国全部停产"
effect = "output"
select = "CHN"
weeks = 20
chance = 0.6
recovery = 12
spread = { weeks = [10, 20, 40], left = [0.0, 0.3, 0.6], week = [10, 40, 90] }
`,
);
const SCENARIOS = {
  // Two parts, two events with names that are long and Chinese, and what more stock saves.
  many: ["risk", "--file", MANY, "--trials", "256"],
  // One future over and over: one part, no events by chance, no spread.
  same: ["risk", "exports", "CHN", "--items", "magnets.dytb", "--to", "USA", "--weeks", "26", "--no-failures", "--fixed-figures", "--no-gain", "--trials", "64"],
  // Nothing is ever lost: no parts, no sites.
  nothing: ["risk", "exports", "CHN", "--items", "magnets.dytb", "--to", "USA", "--weeks", "1", "--no-failures", "--trials", "64"],
};
const SHOWN = { many: PICTURES, same: PICTURES.slice(0, 4), nothing: PICTURES.slice(0, 3) };
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const near = (found, expected, tolerance, what) => assert.ok(Math.abs(found - expected) <= tolerance, `${what}: drawn ${found}, table ${expected}`);
const middle = (shape) => [shape.x + shape.width / 2, shape.y + shape.height / 2];
const points = (shape) => (shape.path.match(/-?[\d.]+/g) ?? []).map(Number).reduce((all, n, i) => (i % 2 ? [...all.slice(0, -1), [all.at(-1)[0], n]] : [...all, [n]]), []);
const upright = (scale) => ({ kind: scale.kind, ...scale.upright });

/** A line of chances that falls, with its band: dots, and the band where they stand. */
function falling(table, drawn, column, tolerance) {
  const up = upright(drawn.scale);
  const floor = Math.min(...up.values);
  assert.equal(drawn.marks.length, table.size);
  for (const mark of drawn.marks) {
    const row = table.get(mark.key);
    const [band, , dot] = mark.shapes;
    const [x, y] = middle(dot);
    const off = (v) => (drawn.scale.kind === "log" ? v * 0.02 : tolerance);
    near(valueAt(drawn.scale, x), row[column], drawn.scale.kind === "log" ? row[column] * 0.02 : 0.5, mark.key);
    near(valueAt(up, y), Math.max(row.chance, floor), off(Math.max(row.chance, floor)), `${mark.key} chance`);
    assert.equal(mark.value, row.chance);
    const here = points(band).filter(([at]) => Math.abs(at - x) < 0.6).map(([, at]) => valueAt(up, at));
    for (const [found, end] of [[Math.min(...here), row.chance_low], [Math.max(...here), row.chance_high]]) near(found, Math.max(end, floor), off(Math.max(end, floor)), `${mark.key} band`);
  }
  return drawn.marks.length;
}

const CHECKS = {
  async fan(tab, found) {
    const [weeks, outcome] = [rows(found, "risk_weeks"), rows(found, "risk")];
    const drawn = await marks(tab, "fan");
    const { upright: up, ...along } = drawn.scale;
    const share = (pixel) => valueAt({ kind: "linear", ...up }, pixel);
    const pixel = Math.abs((up.values[1] - up.values[0]) / (up.pixels[1] - up.pixels[0]));
    const week = (along.values[1] - along.values[0]) / (along.pixels[1] - along.pixels[0]);
    let count = 0;
    for (const mark of drawn.marks) {
      const [kind, key, column] = mark.key.split("/");
      if (kind === "risk") assert.equal(mark.value, outcome.get(key)[column], mark.key);
      else if (kind === "survival") assert.equal(mark.value, rows(found, "risk_survival").get(key)[column], mark.key);
      else {
        const row = weeks.get(key);
        const [whole, outer, inner, median, average] = mark.shapes;
        near(valueAt(along, whole.x), Number(key), week, mark.key);
        for (const [shape, low, high] of [[outer, "p5", "p95"], [inner, "p25", "p75"]]) {
          near(share(shape.y + shape.height), row[low], pixel, `${mark.key} ${low}`);
          near(share(shape.y), row[high], pixel, `${mark.key} ${high}`);
        }
        near(share(middle(median)[1]), row.p50, pixel, `${mark.key} median`);
        near(share(points(average)[key === "0" ? 0 : 1][1]), row.average, pixel, `${mark.key} average`);
        count += 1;
      }
    }
    assert.equal(count, weeks.size);
    return count;
  },
  exceedance: async (tab, found) => falling(rows(found, "risk_loss"), await marks(tab, "exceedance"), "at_least"),
  survival: async (tab, found) => falling(rows(found, "risk_survival"), await marks(tab, "survival"), "until_week", 0.004),
  async quarters(tab, found) {
    const [table, parts] = [rows(found, "risk_calendar"), rows(found, "risk_parts")];
    const drawn = await marks(tab, "quarters");
    const dark = [];
    for (const mark of drawn.marks) {
      if (mark.key.startsWith("parts/")) {
        const chance = parts.get(mark.key.slice(6)).chance;
        assert.equal(mark.value, chance);
        assert.ok(mark.texts.some((t) => Math.abs(parseFloat(t) - chance * 100) <= 0.06 + chance * 0.6), `${mark.key}: ${mark.texts}`);
        continue;
      }
      const { chance } = table.get(mark.key);
      assert.equal(mark.value, chance);
      const [text] = mark.texts ?? [""];
      if (chance > 0.0005) near(Number(text), chance * 100, chance < 0.0995 ? 0.051 : 0.51, mark.key);
      else assert.equal(text, chance > 0 ? "<0.1" : "", mark.key);
      const [, r, g, b] = /(\d+),\s*(\d+),\s*(\d+)/.exec(mark.shapes[0].fill) ?? [0, ...[1, 3, 5].map((i) => parseInt(mark.shapes[0].fill.slice(i, i + 2), 16))];
      if (chance > 0) dark.push([chance, Number(r) + Number(g) + Number(b)]);
    }
    dark.sort((a, b) => a[0] - b[0]);
    for (const [i, [chance, light]] of dark.entries()) if (i) assert.ok(light <= dark[i - 1][1], `${chance} is lighter than ${dark[i - 1][0]}`);
    assert.equal(drawn.marks.length, table.size + parts.size);
    return table.size;
  },
  async ranking(tab, found) {
    const [sites, gain] = [rows(found, "risk_sites"), rows(found, "risk_gain")];
    const drawn = await marks(tab, "ranking");
    const robot = (drawn.scale.values[1] - drawn.scale.values[0]) / (drawn.scale.pixels[1] - drawn.scale.pixels[0]);
    for (const mark of drawn.marks) {
      const [name, key] = [mark.key.slice(0, mark.key.indexOf("/")), mark.key.slice(mark.key.indexOf("/") + 1)];
      const [row, column] = name === "risk_sites" ? [sites.get(key), "due"] : [gain.get(key), "saved"];
      const [low, high] = [row[`${column}_low`], row[`${column}_high`]];
      const at = (shape) => valueAt(drawn.scale, middle(shape)[0]);
      near(at(mark.shapes.at(-1)), row[column], robot, mark.key);
      assert.equal(mark.value, row[column]);
      if (high > low) {
        near(at(mark.shapes[2]), low, robot, `${mark.key} low`);
        near(at(mark.shapes[3]), high, robot, `${mark.key} high`);
      }
      // Hollow where it may be nothing: of hundreds of plants that are looked at, what lies less than three errors above it.
      const unclear = name === "risk_sites" ? row[column] <= 1.5 * (row[column] - low) : low <= 0;
      assert.equal(mark.shapes.at(-1).fill === "#fff" || mark.shapes.at(-1).fill === "#ffffff", unclear, mark.key);
    }
    assert.equal(drawn.marks.length, sites.size + gain.size);
    return drawn.marks.length;
  },
};

for (const [name, args] of Object.entries(SCENARIOS)) {
  test(`${name}: the pictures show the numbers of their tables, in both languages`, async () => {
    const found = answer(...args);
    for (const lang of ["en", "zh"]) {
      const { tab, wrong } = await open(browser, page(`risk-${name}-${lang}`, ...args, "--lang", lang), { colorScheme: "light" });
      const figures = await tab.$$eval("#pictures > figure:not([hidden])", (list) => list.map((f) => f.id));
      assert.deepEqual(figures.filter((id) => PICTURES.includes(id.slice(8))), SHOWN[name].map((p) => `picture-${p}`));
      for (const picture of SHOWN[name]) {
        assert.ok((await CHECKS[picture](tab, found)) >= 1, picture);
        const alt = await tab.getAttribute(`#picture-${picture} svg`, "aria-label");
        assert.ok(alt.length > 30 && !alt.includes("page-"), `${picture}: ${alt}`);
        const said = await tab.textContent(`#picture-${picture}`);
        assert.ok(!/page-[a-z]|kind-[a-z]|measure-[a-z]|%[a-z]+%|undefined|NaN|Infinity|[低高]$/.test(said), `${picture}: ${said}`);
      }
      assert.deepEqual(wrong, []);
      await tab.close();
    }
  });
}

test("a mark is reached by keyboard and leads to the panel", async () => {
  const { tab } = await open(browser, page("risk-keys", ...SCENARIOS.many));
  await tab.focus("#picture-ranking svg");
  await tab.keyboard.press("ArrowRight");
  assert.match(await tab.textContent(".tip"), /Robots lost because of it/);
  await tab.keyboard.press("Enter");
  await tab.waitForSelector("#panel:not([hidden])");
  assert.match(await tab.textContent("#panel"), /Sites and events that cost most/);
  await tab.close();
});

for (const [width, colorScheme] of [[390, "light"], [1280, "dark"], [2560, "light"]]) {
  test(`at ${width} pixels, ${colorScheme}: nothing is wider than the window, no letter stands outside, and axe finds nothing serious`, async () => {
    for (const name of ["many", "nothing"]) {
      const { tab, wrong } = await open(browser, page(`risk-look-${width}-${name}`, ...SCENARIOS[name], ...(width === 390 ? ["--lang", "zh"] : [])), { viewport: { width, height: 900 }, colorScheme });
      await looksWell(tab, SHOWN[name]);
      assert.deepEqual(wrong, []);
      await tab.close();
    }
  });
}

test("each picture is a file of its own, and what has no tables is refused", () => {
  for (const picture of PICTURES) {
    const svg = join(folder, `${picture}.svg`);
    linchpin(...SCENARIOS.many, "--picture", picture, "-o", svg);
    const drawn = readFileSync(svg, "utf8");
    assert.match(drawn, /^<svg [^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    assert.match(drawn, /256 futures of 130 weeks/);
    assert.doesNotMatch(drawn, /data-mark|page-|undefined|NaN/);
  }
  assert.throws(() => linchpin(...SCENARIOS.nothing, "--picture", "ranking", "-o", join(folder, "none.svg")), /ranking/);
});
