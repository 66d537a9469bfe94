// The page as its readers use it: with two clicks, a keyboard, a screen reader, a phone; and with names that mean harm.
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { folder, launch, linchpin, looksWell, open, page } from "./support.mjs";

let browser;
let path;
before(async () => {
  browser = await launch();
  path = page("page", "brief", "--volume", "50000");
});
after(() => browser.close());

test("any number leads to its sources in two clicks", async () => {
  const { tab, wrong } = await open(browser, path);
  for (const details of await tab.$$("#behind details")) await details.evaluate((d) => (d.open = true));
  const links = await tab.$$eval("main a[href^='#']", (all) => all.map((a) => a.getAttribute("href")).filter((h) => h.split("/").length > 3));
  assert.ok(links.length > 900, `${links.length} numbers`);
  let sourced = 0;
  for (const href of links.filter((_, i) => i % 37 === 0)) {
    await tab.evaluate((h) => document.querySelector(`main a[href="${CSS.escape ? h.replace(/"/g, '\\"') : h}"]`).click(), href);
    await tab.waitForSelector("#panel:not([hidden])");
    assert.ok((await tab.textContent("#panel .value")).trim(), href);
    for (const more of await tab.$$("#panel details:not([open])")) await more.evaluate((d) => (d.open = true));
    await tab.waitForTimeout(20);
    const known = await tab.$$eval("#panel li", (all) => all.length);
    const none = (await tab.textContent("#panel")).includes("rests on no figure");
    assert.ok(known > 0 || none, href);
    if (await tab.$("#panel li a[href^=http], #panel li span")) sourced += 1;
    await tab.keyboard.press("Escape");
  }
  assert.ok(sourced > 20, `${sourced} with a source`);
  assert.deepEqual(wrong, []);
  await tab.close();
});

test("a mark of a picture is reached by keyboard and leads to the panel", async () => {
  const { tab } = await open(browser, path);
  await tab.focus("#picture-wall svg");
  await tab.keyboard.press("ArrowRight");
  await tab.keyboard.press("ArrowRight");
  assert.ok(await tab.$("#picture-wall .on"));
  assert.ok(await tab.isVisible(".tip"));
  await tab.keyboard.press("Enter");
  await tab.waitForSelector("#panel:not([hidden])");
  assert.match(await tab.textContent("#panel"), /linchpin explain/);
  await tab.close();
});

test("language and theme switch in place", async () => {
  const { tab } = await open(browser, path);
  await tab.click("#bar button:nth-child(1)");
  assert.match(await tab.innerText("#picture-wall"), /闲置产能/);
  assert.doesNotMatch(await tab.innerText("main h2"), /Who holds/);
  assert.match(await tab.title(), /[一-鿿]/);
  const before = await tab.$eval("#picture-wall svg", (s) => s.outerHTML);
  await tab.click("#bar button:nth-child(2)");
  assert.notEqual(await tab.$eval("#picture-wall svg", (s) => s.outerHTML), before);
  await tab.close();
});

for (const [width, colorScheme] of [[390, "light"], [1280, "dark"], [2560, "light"]]) {
  test(`at ${width} pixels, ${colorScheme}: nothing is wider than the window, and axe finds nothing serious`, async () => {
    const { tab, wrong } = await open(browser, path, { viewport: { width, height: 900 }, colorScheme });
    await looksWell(tab, []);
    assert.deepEqual(wrong, []);
    await tab.close();
  });
}

test("the file is small, strict and quick", async () => {
  assert.ok(statSync(path).size <= 1.5e6, `${statSync(path).size} bytes`);
  const html = readFileSync(path, "utf8");
  assert.match(html, /default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'/);
  assert.doesNotMatch(html, /unsafe-inline|unsafe-eval/);
});

test("names that mean harm stay names", async () => {
  const atlas = join(folder, "harm");
  linchpin("atlas", "export", atlas);
  const evil = '<img src=x onerror=alert(1)>';
  const items = readFileSync(join(atlas, "items.csv"), "utf8");
  writeFileSync(join(atlas, "items.csv"), items.replace("Optimus linear actuator 8 kN", evil).replace("NdFeB magnet N48H,", `${evil},`));
  appendFileSync(join(atlas, "companies.csv"), `evil,"</script><script>alert(2)</script>",,,USA,,\n`);
  const { tab, wrong } = await open(browser, page("harm-page", "brief", "--atlas", atlas));
  for (const details of await tab.$$("#behind details")) await details.evaluate((d) => (d.open = true));
  assert.equal(await tab.$("img"), null);
  assert.match(await tab.textContent("main"), /<img src=x onerror/);
  assert.deepEqual(wrong, []);
  await tab.close();
});

test("without a script the tables are there", async () => {
  const { tab } = await (async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(`file://${path}`);
    return { tab };
  })();
  const text = await tab.innerText("body");
  assert.match(text, /need a script/);
  assert.match(text, /What each loss stops/);
  await tab.close();
});
