// Two robots beside each other: what is drawn is what the tables say, in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer, launch, marks, open, page, rows, valueAt } from "./support.mjs";

const PAIRS = [
  ["g1", "walker"],
  ["optimus", "g1"],
];
let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const near = (found, expected, tolerance, what) => assert.ok(Math.abs(found - expected) <= tolerance, `${what}: drawn ${found}, table ${expected}`);
const middle = (shape) => shape.x + shape.width / 2;

const CHECKS = {
  async risks(tab, found) {
    const table = rows(found, "stops");
    const drawn = await marks(tab, "risks");
    let checked = 0;
    for (const mark of drawn.marks) {
      const row = table.get(mark.key);
      const dots = mark.shapes.slice(-[row.a, row.b].filter((v) => v !== null).length || mark.shapes.length);
      for (const [dot, value] of [row.a, row.b].filter((v) => v !== null).map((v, i) => [dots[i], v])) {
        near(valueAt(drawn.scale, middle(dot)), value, 0.004, mark.key);
        checked += 1;
      }
    }
    assert.equal(drawn.marks.length, [...table.keys()].filter((k) => !k.endsWith("/own")).length);
    return checked;
  },
  async changes(tab, found) {
    const table = rows(found, "moved");
    let checked = 0;
    for (const number of ["Dy", "mass", "cost"]) {
      await tab.selectOption("#picture-changes select[name=number]", number);
      const drawn = await marks(tab, "changes");
      const [p0, p1] = drawn.scale.pixels;
      const [v0, v1] = drawn.scale.values;
      for (const mark of drawn.marks) {
        const { effect } = table.get(mark.key);
        near((mark.shapes[0].width / (p1 - p0)) * (v1 - v0), Math.abs(effect), ((v1 - v0) / (p1 - p0)) * 1.1, mark.key);
        checked += 1;
      }
    }
    return checked;
  },
  async masses(tab, found) {
    let checked = 0;
    for (const of of ["elements", "materials", "magnets"]) {
      await tab.selectOption("#picture-masses select[name=of]", of);
      const table = rows(found, of);
      const drawn = await marks(tab, "masses");
      assert.equal(drawn.marks.length, table.size);
      for (const mark of drawn.marks) {
        const row = table.get(mark.key);
        const [low, high] = drawn.scale.values;
        const ratio = Math.min(high, Math.max(low, row.b / row.a));
        near(Math.log(valueAt(drawn.scale, middle(mark.shapes.at(-1)))), Math.log(ratio), 0.02, mark.key);
        checked += 1;
      }
    }
    return checked;
  },
};

for (const [a, b] of PAIRS) {
  for (const lang of ["en", "zh"]) {
    test(`${a} beside ${b} in ${lang}: every picture shows the numbers of its table`, async () => {
      const { tab, wrong } = await open(browser, page(`${a}-${b}-${lang}`, "compare", a, b, "--lang", lang));
      const found = answer("compare", a, b);
      for (const [picture, check] of Object.entries(CHECKS)) {
        assert.ok((await check(tab, found)) >= 5, `${picture}: too few marks`);
        const alt = await tab.getAttribute(`#picture-${picture} svg`, "aria-label");
        assert.ok(alt.length > 30 && !alt.includes("page-"), `${picture}: ${alt}`);
        const text = await tab.textContent(`#picture-${picture}`);
        assert.ok(!/page-[a-z]|told-[a-z]|undefined|NaN/.test(text), `${picture}: ${text.match(/.{20}(page-[a-z]|told-[a-z]|undefined|NaN).{20}/)?.[0]}`);
      }
      assert.deepEqual(wrong, []);
      await tab.close();
    });
  }
}

test("a narrow screen shows the same pictures without overflow", async () => {
  const { tab, wrong } = await open(browser, page("narrow", "compare", "g1", "walker"), { viewport: { width: 390, height: 844 } });
  for (const picture of Object.keys(CHECKS)) {
    const texts = await tab.$$eval(`#picture-${picture} svg text`, (all) => all.map((t) => t.getBoundingClientRect().right));
    assert.ok(Math.max(...texts) <= 391, `${picture}: ${Math.max(...texts)}`);
    const box = await tab.$eval(`#picture-${picture} svg`, (svg) => svg.getBoundingClientRect().right);
    assert.ok(box <= 391, `${picture}: ${box}`);
  }
  assert.deepEqual(wrong, []);
  await tab.close();
});
