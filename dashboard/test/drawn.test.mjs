// What is drawn is what the tables say: read back from the shapes, and compared with the program's own JSON.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, linchpin, marks, open, page, PRODUCTS, table, valueAt } from "./support.mjs";

const VOLUME = ["--volume", "50000"];
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const near = (found, expected, tolerance, what) =>
  assert.ok(Math.abs(found - expected) <= tolerance, `${what}: drawn ${found}, table ${expected}`);
const middle = (shape) => [shape.x + shape.width / 2, shape.y + shape.height / 2];

/** Checks of one page, whose language is set; each names how many marks it compared. */
const CHECKS = {
  async ladder(tab, product) {
    const rows = table("expose", "ladder", "--product", product, ...VOLUME);
    const drawn = await marks(tab, "ladder");
    let checked = 0;
    for (const mark of drawn.marks) {
      const row = rows.get(mark.key);
      if (row.share === null) continue;
      const bar = mark.shapes[0];
      near(valueAt(drawn.scale, bar.x + bar.width) - valueAt(drawn.scale, bar.x), row.share, 0.004, mark.key);
      checked += 1;
    }
    return checked;
  },
  async wall(tab, product) {
    const rows = table("expose", "headroom", "--product", product, ...VOLUME);
    const volumes = table("brief", "volumes", "--product", product, ...VOLUME);
    const drawn = await marks(tab, "wall");
    for (const mark of drawn.marks) {
      const value = mark.key.startsWith("volumes/") ? volumes.get(mark.key.slice(8)).robots : rows.get(mark.key).headroom;
      // The dot is drawn last; of a volume the line comes first.
      const shape = mark.key.startsWith("volumes/") ? mark.shapes[0] : mark.shapes.at(-1);
      near(Math.log10(valueAt(drawn.scale, middle(shape)[0])), Math.log10(value), 0.02, mark.key);
    }
    return drawn.marks.length;
  },
  async stops(tab, product) {
    const rows = table("expose", "stops", "--product", product, ...VOLUME);
    const drawn = await marks(tab, "stops");
    let checked = 0;
    for (const mark of drawn.marks) {
      const at = mark.key.lastIndexOf("/");
      const [key, column] = [mark.key.slice(0, at), mark.key.slice(at + 1)];
      const row = rows.get(key);
      if (row[column] !== null) near(valueAt(drawn.scale, middle(mark.shapes.at(-1))[0]), row[column], 0.005, mark.key);
      const [low, high] = [row[`${column}_low`], row[`${column}_high`]];
      if (low !== null && high - low > 1e-9) {
        const band = mark.shapes[1];
        near(valueAt(drawn.scale, band.x), low, 0.01, `${mark.key} low`);
        near(valueAt(drawn.scale, band.x + band.width), high, 0.01, `${mark.key} high`);
      }
      checked += 1;
    }
    return checked;
  },
  async made(tab, product) {
    const rows = table("explode", "bom", "--product", product, "--depth", "3");
    const drawn = await marks(tab, "made");
    for (const mark of drawn.marks) near(mark.value / rows.get(mark.key).mass, 1, 1e-9, mark.key);
    // Areas go with values, but for the borders between them.
    const areas = drawn.marks
      .filter((m) => m.key.includes("."))
      .map((m) => ({ key: m.key, area: Math.max(...m.shapes.map((s) => s.width * s.height)), value: m.value }))
      .filter((m) => m.area > 2500);
    const ratios = areas.map((m) => m.area / m.value).sort((a, b) => a - b);
    const median = ratios[ratios.length >> 1];
    for (const m of areas) near(m.area / m.value / median, 1, 0.2, m.key);
    return areas.length;
  },
  async flow(tab, product) {
    const rows = table("explode", "flow", "--product", product);
    const drawn = await marks(tab, "flow");
    const edges = drawn.marks.filter((m) => rows.has(m.key) && m.shapes[0].path.includes("C"));
    const thick = (m) => {
      const numbers = m.shapes[0].path.match(/-?\d+(\.\d+)?/g).map(Number);
      return Math.abs(numbers.at(-1) - numbers[1]);
    };
    const scale = edges.reduce((sum, m) => sum + thick(m), 0) / edges.reduce((sum, m) => sum + m.value, 0);
    for (const m of edges) {
      // Nothing is drawn thinner than a pixel.
      near(thick(m), Math.max(1, m.value * scale), 0.6 + thick(m) * 0.02, m.key);
      // What goes past the opened thing is not drawn; what goes into the robot itself is all there.
      const { to, mass } = rows.get(m.key);
      assert.ok(m.value <= mass * (1 + 1e-9), m.key);
      if (to.startsWith("robot_")) near(m.value / mass, 1, 1e-9, m.key);
    }
    // A magnet opened: bauxite comes in by what its alloy takes of aluminium, not by the frames of the robot.
    await tab.selectOption("#picture-flow select[name=open]", "magnet_n48h");
    const opened = (await marks(tab, "flow")).marks.filter((m) => rows.has(m.key));
    const inside = rows.get("alloy_n48h:magnet_n48h").mass;
    for (const m of opened) if (m.key.startsWith("aluminium:")) assert.ok(m.value < inside, `${m.key}: ${m.value}`);
    return edges.length;
  },
  async map(tab, product) {
    const rows = [...table("expose", "sites", "--product", product, ...VOLUME).values()].filter((r) => r.item === "magnet_ndfeb");
    const drawn = await marks(tab, "map");
    for (const mark of drawn.marks) {
      const count = rows.filter((r) => r.country === mark.key).length;
      assert.ok(mark.texts.includes(String(count)), `${mark.key}: drawn ${mark.texts}, table ${count}`);
    }
    return drawn.marks.length;
  },
  async claims(tab, product) {
    const rows = table("audit", "claims", "--product", product);
    const drawn = await marks(tab, "claims");
    for (const mark of drawn.marks) {
      const ratio = rows.get(mark.key).ratio;
      const [v0, v1] = drawn.scale.values;
      const within = Math.log10(Math.min(v1, Math.max(v0, ratio)));
      near(Math.log10(valueAt(drawn.scale, middle(mark.shapes.at(-1))[0])), within, 0.02, mark.key);
    }
    return drawn.marks.length;
  },
  async coverage(tab) {
    const rows = table("atlas coverage", "coverage");
    const letters = { "standing-reported": "R", "standing-estimated": "E", "standing-derived": "D", "standing-assumed": "A", "coverage-none": "–" };
    const drawn = await marks(tab, "coverage");
    for (const mark of drawn.marks) {
      const [element, stage] = mark.key.split("/");
      assert.deepEqual(mark.texts, [letters[rows.get(element)[stage]]], mark.key);
    }
    return drawn.marks.length;
  },
};

for (const product of PRODUCTS) {
  for (const lang of ["en", "zh"]) {
    test(`${product} in ${lang}: every picture shows the numbers of its table`, async () => {
      const path = page(`${product}-${lang}`, "brief", "--product", product, ...VOLUME, "--lang", lang);
      const { tab, wrong } = await open(browser, path);
      assert.equal(await tab.getAttribute("html", "data-lang"), lang);
      for (const [picture, check] of Object.entries(CHECKS)) {
        assert.ok((await check(tab, product)) >= 5, `${picture}: too few marks`);
        const alt = await tab.getAttribute(`#picture-${picture} svg`, "aria-label");
        assert.ok(alt.length > 30 && !alt.includes("page-"), `${picture}: ${alt}`);
        const text = await tab.textContent(`#picture-${picture}`);
        assert.ok(!/page-[a-z]|undefined|NaN/.test(text), `${picture}: ${text.match(/.{20}(page-[a-z]|undefined|NaN).{20}/)?.[0]}`);
      }
      assert.deepEqual(wrong, []);
      await tab.close();
    });
  }
}

test("every choice of every picture is drawn", async () => {
  const { tab, wrong } = await open(browser, page("choices", "brief", ...VOLUME));
  const selects = await tab.$$eval("figure select", (all) => all.map((s) => [s.closest("figure").id, s.name]));
  let drawn = 0;
  for (const [figure, name] of selects) {
    const values = await tab.$$eval(`#${figure} select[name=${name}] option`, (all) => all.map((o) => o.value));
    for (const value of values.slice(0, 25)) {
      await tab.selectOption(`#${figure} select[name=${name}]`, value);
      const empty = (await tab.$(`#${figure} .drawing .missing`)) !== null;
      assert.ok(empty || (await tab.$(`#${figure} svg [data-mark]`)), `${figure} ${name} ${value}`);
      drawn += empty ? 0 : 1;
    }
    await tab.selectOption(`#${figure} select[name=${name}]`, values[0]);
  }
  assert.ok(drawn > 60, `${drawn} choices`);
  assert.deepEqual(wrong, []);
  await tab.close();
});

test("one loss in full strikes nothing that it does not hit, and draws what it can", async () => {
  const path = page("loss", "expose", "--stop", "CHN/magnet", "--mode", "exports");
  const { tab, wrong } = await open(browser, path);
  assert.ok(await tab.$("#picture-ladder svg [data-mark]"));
  const rows = table("expose", "stop", "--stop", "CHN/magnet", "--mode", "exports");
  const drawn = await marks(tab, "loss");
  for (const mark of drawn.marks) {
    const [key, column] = mark.key.split("/");
    const value = rows.get(key)[column];
    if (value !== null) near(valueAt(drawn.scale, middle(mark.shapes.at(-1))[0]), value, 0.005, mark.key);
  }
  assert.ok(drawn.marks.length >= 5);
  assert.ok(await tab.$("#picture-map svg [data-mark]"));
  assert.equal(await tab.$("#picture-claims"), null);
  assert.deepEqual(wrong, []);
  await tab.close();
  assert.ok(linchpin("brief", "--format", "html").startsWith("<!doctype html>"));
});
