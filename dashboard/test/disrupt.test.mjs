// The pictures of one disruption: what is drawn is what the tables say, and the page is as strict and as readable as the others.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { answer, folder, launch, linchpin, looksWell, marks, open, page, rows, valueAt } from "./support.mjs";

const SCENARIOS = {
  magnets: ["disrupt", "exports", "CHN", "--items", "magnets.dytb", "--to", "USA", "--weeks", "26"],
  china: ["disrupt", "output", "CHN", "--weeks", "40", "--recovery", "20"],
  cobalt: ["disrupt", "--shipped", "congo_quota"],
  japan: ["disrupt", "output", "JPN", "--weeks", "52", "--product", "walker"],
};
const PICTURES = ["curve", "causes", "calendar"];
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const near = (found, expected, tolerance, what) => assert.ok(Math.abs(found - expected) <= tolerance, `${what}: drawn ${found}, table ${expected}`);
const all = async (tab, picture, name) => {
  const select = await tab.$(`#picture-${picture} select[name=${name}]`);
  if (select) await select.selectOption("all");
};
const text = (label, lang) => label[lang] || label.en;

const CHECKS = {
  async curve(tab, found) {
    const [weeks, outcome] = [rows(found, "weeks"), rows(found, "outcome").get("as_asked")];
    const few = (await marks(tab, "curve")).marks.filter((m) => m.key.startsWith("weeks/")).length;
    await all(tab, "curve", "weeks");
    const drawn = await marks(tab, "curve");
    const { upright, ...along } = drawn.scale;
    const robots = (shape) => valueAt({ kind: "linear", ...upright }, shape.y) - valueAt({ kind: "linear", ...upright }, shape.y + shape.height);
    const colours = new Map();
    let [lost, bars, numbers] = [0, 0, 0];
    for (const mark of drawn.marks) {
      const [kind, key, column] = mark.key.split("/");
      if (kind === "weeks") {
        const row = weeks.get(key);
        const [place, made, missing] = mark.shapes;
        near(valueAt(along, place.x), Number(key), 0.02, mark.key);
        near(robots(made), Math.min(row.delivered, row.usual), row.usual * 0.005, mark.key);
        assert.equal(mark.value, row.delivered);
        assert.equal(missing !== undefined, row.gate !== "" || row.delivered > row.usual * 1.001, mark.key);
        if (row.gate) {
          near(robots(missing), row.usual - row.delivered, row.usual * 0.005, `${mark.key} lost`);
          lost += robots(missing);
          // A colour stands for one part, in all weeks.
          assert.equal(colours.get(row.gate) ?? missing.fill, missing.fill, mark.key);
          colours.set(row.gate, missing.fill);
        }
        bars += 1;
      } else if (kind === "outcome") {
        assert.equal(mark.value, outcome[column], mark.key);
        const digits = (t) => Number(t.replace(/[^\d.]/g, ""));
        const shown = column === "depth" ? outcome[column] * 100 : outcome[column];
        assert.ok(mark.texts.some((t) => Math.abs(digits(t) - shown) <= shown * 0.006), `${mark.key}: ${mark.texts}`);
        numbers += 1;
      } else if (kind === "line") near(valueAt(along, mark.shapes[0].x + mark.shapes[0].width / 2), outcome[key], 0.1, mark.key);
      else assert.equal(kind, "event");
    }
    assert.equal(bars, weeks.size);
    assert.ok(few > outcome.back && few <= bars, `${few} weeks until it is over`);
    assert.equal(new Set(colours.values()).size, colours.size);
    assert.equal(numbers, 4);
    near(lost, outcome.robots_lost, outcome.robots_lost * 0.01, "all that is lost");
    return bars;
  },
  async causes(tab, found, lang) {
    const table = rows(found, "causes");
    const drawn = await marks(tab, "causes");
    const per = (drawn.scale.values[1] - drawn.scale.values[0]) / (drawn.scale.pixels[1] - drawn.scale.pixels[0]);
    const places = new Map();
    for (const mark of drawn.marks) {
      const key = mark.key.split("/")[0];
      const row = table.get(key);
      places.set(mark.key, mark.shapes[0]);
      if (mark.key.endsWith("/cause")) {
        assert.ok(mark.texts.some((t) => t.includes(text(found.words[row.cause], lang))), `${mark.key}: ${mark.texts}`);
      } else {
        near(mark.shapes[1].width * per, row.stock, 0.004, mark.key);
        assert.equal(mark.value, row.stock);
        const named = text(found.labels[row.short], lang).split(/, any| \(|（|：|: /)[0];
        assert.ok(mark.texts.join(" ").replaceAll(" ", "").includes(named.replaceAll(" ", "").slice(0, 12)), `${mark.key}: ${mark.texts}`);
      }
    }
    // Every step is there, each further than the one before it, and every chain has its beginning.
    for (const key of table.keys()) {
      const [week, depth] = key.split(":").map(Number);
      const [here, next] = [places.get(key), places.get(table.has(`${week}:${depth + 1}`) ? `${week}:${depth + 1}` : `${key}/cause`)];
      assert.ok(here && next && (next.x > here.x || next.y > here.y), key);
    }
    assert.equal(drawn.marks.length, table.size + [...table.keys()].filter((k) => k.endsWith(":0")).length);
    return table.size;
  },
  async calendar(tab, found) {
    const table = rows(found, "calendar");
    const few = (await marks(tab, "calendar")).marks.length / 2;
    assert.equal(few, Math.min(30, table.size));
    await all(tab, "calendar", "weeks");
    await all(tab, "calendar", "show");
    const drawn = await marks(tab, "calendar");
    const at = (pixel) => valueAt(drawn.scale, pixel);
    const order = [];
    const fills = { way: new Set(), other: new Set() };
    // A step of a chain of causes: the maker or a supplier, or the plants that sell what was short a step before.
    const chain = [...rows(found, "causes").values()];
    const way = new Set(chain.flatMap((c, i) => [`${c.at}:${c.short}`, ...(c.key.endsWith(":0") ? [] : [`${chain[i - 1].short}:${c.short}`])]));
    for (const mark of drawn.marks) {
      const cut = mark.key.lastIndexOf("/");
      const row = table.get(mark.key.slice(0, cut));
      if (mark.key.endsWith("/cover")) {
        const [bar] = mark.shapes;
        near(at(bar.x + bar.width), row.dry, 0.1, mark.key);
        near(at(bar.x + bar.width) - at(bar.x), Math.min(row.cover / 7, row.dry), 0.1, mark.key);
        assert.equal(mark.value, row.cover);
      } else {
        const bar = mark.shapes[1];
        near(at(bar.x), row.dry, 0.1, mark.key);
        near(at(bar.x + bar.width), row.refilled ?? rows(found, "weeks").size, 0.35, `${mark.key} back`);
        // Only what is not back goes on beyond the edge.
        assert.equal(mark.shapes.length, row.refilled === null ? 3 : 2, mark.key);
        fills[way.has(row.key) ? "way" : "other"].add(bar.fill);
        order.push({ y: bar.y, kind: ["kind-maker", "kind-supplier", "kind-plants"].indexOf(row.holder_kind), dry: row.dry });
      }
    }
    order.sort((a, b) => a.y - b.y);
    for (const [i, row] of order.entries()) if (i) assert.ok(row.kind > order[i - 1].kind || (row.kind === order[i - 1].kind && row.dry >= order[i - 1].dry), `row ${i}`);
    assert.equal(order.length, table.size);
    assert.ok(fills.way.size >= 1 && fills.other.size <= 1 && [...fills.other].every((f) => !fills.way.has(f)), "colours of the chains");
    return order.length;
  },
};

for (const [name, args] of Object.entries(SCENARIOS)) {
  for (const lang of ["en", "zh"]) {
    test(`${name} in ${lang}: the three pictures show the numbers of their tables`, async () => {
      const found = answer(...args);
      const { tab, wrong } = await open(browser, page(`${name}-${lang}`, ...args, "--lang", lang));
      assert.equal(await tab.getAttribute("html", "data-lang"), lang);
      const figures = await tab.$$eval("#pictures > figure", (list) => list.map((f) => f.id));
      assert.deepEqual(figures.slice(0, 3), PICTURES.map((p) => `picture-${p}`));
      for (const [picture, check] of Object.entries(CHECKS)) {
        assert.ok((await check(tab, found, lang)) >= 1, picture);
        const alt = await tab.getAttribute(`#picture-${picture} svg`, "aria-label");
        assert.ok(alt.length > 30 && !alt.includes("page-"), `${picture}: ${alt}`);
        const said = await tab.textContent(`#picture-${picture}`);
        assert.ok(!/page-[a-z]|kind-[a-z]|why-[a-z]|%[a-z]+%|undefined|NaN|Infinity/.test(said), `${picture}: ${said.match(/.{0,20}(page-[a-z]|kind-|why-|%[a-z]+%|undefined|NaN|Infinity).{0,20}/)?.[0]}`);
      }
      assert.deepEqual(wrong, []);
      await tab.close();
    });
  }
}

test("a run in which nothing is lost says so, and one that is not back by its end is open", async () => {
  const { tab, wrong } = await open(browser, page("nothing", "disrupt", "output", "JPN", "--items", "harmonic_reducer", "--weeks", "26"));
  assert.equal((await marks(tab, "curve")).marks.filter((m) => m.shapes.length > 2).length, 0);
  assert.match(await tab.textContent("#picture-curve svg"), /No robot is lost in 104 weeks/);
  assert.equal(await tab.$("#picture-causes"), null);
  assert.deepEqual(wrong, []);
  await tab.close();

  const args = ["disrupt", "exports", "CHN", "--weeks", "60", "--horizon", "60", "--path", "0=10,26=1000,52=5000"];
  const second = await open(browser, page("open", ...args));
  const found = answer(...args);
  assert.ok([...rows(found, "calendar").values()].some((r) => r.refilled === null));
  await CHECKS.calendar(second.tab, found);
  assert.equal((await marks(second.tab, "curve")).marks.find((m) => m.key === "line/back"), undefined);
  assert.deepEqual(second.wrong, []);
  await second.tab.close();
});

test("a mark is reached by keyboard, tells what it rests on, and leads to the panel", async () => {
  const { tab } = await open(browser, page("keys", ...SCENARIOS.magnets));
  await tab.focus("#picture-curve svg");
  await tab.keyboard.press("ArrowRight");
  assert.match(await tab.textContent(".tip"), /week by week · Rests on \d+ figures/);
  await tab.keyboard.press("Enter");
  await tab.waitForSelector("#panel:not([hidden])");
  assert.match(await tab.textContent("#panel"), /First loss in week/);
  await tab.keyboard.press("Escape");
  // The cover of a stock is a figure, with its standing.
  await tab.focus("#picture-calendar svg");
  await tab.keyboard.press("ArrowRight");
  assert.match(await tab.textContent(".tip"), /assumed|estimated|reported|derived/);
  // A week is told by its number.
  await tab.evaluate(() => (location.hash = "disrupt/weeks/15/delivered"));
  await tab.waitForSelector("#panel:not([hidden])");
  assert.match(await tab.innerText("#panel"), /Week 15/);
  await tab.close();
});

for (const [width, colorScheme] of [[390, "light"], [1280, "dark"], [2560, "light"]]) {
  test(`at ${width} pixels, ${colorScheme}: nothing is wider than the window, no letter stands outside, and axe finds nothing serious`, async () => {
    const { tab, wrong } = await open(browser, page(`look-${width}`, ...SCENARIOS.china), { viewport: { width, height: 900 }, colorScheme });
    await looksWell(tab, PICTURES);
    assert.deepEqual(wrong, []);
    await tab.close();
  });
}

test("each picture is a file of its own, and the page is small", () => {
  for (const picture of PICTURES) {
    const svg = join(folder, `${picture}.svg`);
    linchpin(...SCENARIOS.magnets, "--picture", picture, "-o", svg);
    const drawn = readFileSync(svg, "utf8");
    assert.match(drawn, /^<svg [^>]*><title>[^<]+<\/title><desc>[^<]+<\/desc>/);
    assert.match(drawn, /China \/ magnets with Dy\/Tb/);
    assert.doesNotMatch(drawn, /data-mark|page-|undefined|NaN/);
  }
  const png = join(folder, "curve.png");
  linchpin(...SCENARIOS.magnets, "--picture", "curve", "-o", png);
  assert.equal(readFileSync(png).subarray(1, 4).toString(), "PNG");
  const path = page("size", ...SCENARIOS.china);
  assert.ok(statSync(path).size <= 1.2e6, `${statSync(path).size} bytes`);
});
