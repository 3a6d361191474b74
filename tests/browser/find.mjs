// Choosing and searching in the list of all recommendations, in a real browser, from a server and from
// disk, with a mouse, with the keyboard, and without a script:
//
//   node tests/browser/find.mjs target/release/recto
//
// It needs what `browser.mjs` needs. Its exit status is 0 when everything is as it should be.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { launch } from "./browser.mjs";

const [program] = process.argv.slice(2);
const root = fileURLToPath(new URL("../cases/five-reports", import.meta.url));
const site = mkdtempSync(join(tmpdir(), "recto-find-"));
execFileSync(program, ["build", "--no-pdf", "--today", "2025-01-15", "--root", root, "--out", site], {
  stdio: "pipe",
});
assert(statSync(join(site, "assets/find.js")).size <= 10_000, "the script has more than 10 kB");

const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url.split("?")[0]).slice(1);
  const file = join(site, path);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": TYPES[path.split(".").pop()] ?? "application/octet-stream" });
  response.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const OVER_HTTP = `http://127.0.0.1:${server.address().port}/`;
const FROM_DISK = `${pathToFileURL(site)}/`;

const browser = await launch();

const titles = (page) => page.locator("main tbody th a").allTextContents();
const said = (page) => page.locator("[role=status]").textContent();
const until = async (page, expected) => {
  const end = Date.now() + 10_000;
  while (!(await said(page)).startsWith(expected)) {
    assert(Date.now() < end, `the page says "${await said(page)}", not "${expected}"`);
    await page.waitForTimeout(20);
  }
};
/** Waits until a word is marked in a sentence. */
const marked = (page, word) =>
  page.waitForFunction(
    (word) =>
      [...document.querySelectorAll(".quoted mark")].some((mark) => mark.textContent.toLowerCase() === word),
    word,
    { timeout: 10_000 },
  );
const facet = (page, key) => page.locator(`details[data-key="${key}"]`);
const choose = async (page, key, value) => {
  await facet(page, key).locator("summary").click();
  await facet(page, key).locator(`li[data-key="${value}"] input`).check();
};
/** Types into the search in the head of a page. */
const ask = async (page, from, query) => {
  await page.goto(from);
  await page.fill("header input[name=q]", query);
  await page.press("header input[name=q]", "Enter");
};

/** Several choices of a facet, and several facets; the address says the same to others. */
const choosing = async (context, base) => {
  const page = await context.newPage();
  await page.goto(`${base}recommendations/index.html`);
  assert.equal(await said(page), "60 recommendations");
  await choose(page, "timeliness", "overdue");
  await until(page, "7 of 60 recommendations");
  await choose(page, "responsible", "national-archives");
  await until(page, "1 of 60 recommendations");
  assert.deepEqual(await titles(page), ["Storage in the basement"]);
  // What is chosen of the same facet counts beside it, and what others leave is counted.
  const left = facet(page, "timeliness").locator('li[data-key="on-time"] .of');
  assert.equal(await left.textContent(), "1");
  await choose(page, "timeliness", "on-time");
  await until(page, "2 of 60 recommendations");
  assert.deepEqual(await titles(page), ["Storage in the basement", "Catalogue online"]);

  const other = await context.newPage();
  await other.goto(page.url());
  await until(other, "2 of 60 recommendations");
  assert.deepEqual(await titles(other), await titles(page));
  assert(await facet(other, "timeliness").locator('li[data-key="overdue"] input').isChecked());
  await other.selectOption("select", "title");
  await other.waitForURL(/order=title/);
  assert.deepEqual(await titles(other), ["Catalogue online", "Storage in the basement"]);
  await other.click(".tools a");
  await until(other, "60 recommendations");
  await other.close();
  await page.close();
};

/** A query that names a page leads there; words are found in the texts, whatever their form. */
const searching = async (context, base) => {
  const page = await context.newPage();
  for (const [query, path] of [
    ["ece/cp.teia/38/add.1", "documents/ECE_CP.TEIA_38_Add.1.html"],
    ["SDG 6", "goals/6.html"],
    ["goal 6", "goals/6.html"],
    ["archives/2a", "archives/2a.html"],
    ["2b", "archives/2b.html"],
  ]) {
    await ask(page, `${base}index.html`, query);
    await page.waitForURL(`${base}${path}`);
  }
  await ask(page, `${base}water/evaluation-2022/index.html`, "WELLS drill");
  await until(page, "1 of 60 recommendations");
  assert.deepEqual(await titles(page), ["Drill fewer wells"]);
  await page.fill("main input[name=q]", "utilities");
  await marked(page, "utility");
  await marked(page, "utilities");
  // Nothing is found, and that is said.
  await page.fill("main input[name=q]", "zzzz");
  await until(page, "0 of 60 recommendations: “zzzz”. Nothing has all of this.");
  // Half a word, and one that loses its ending as a plural: only words that begin so.
  for (const [query, count] of [["utilit", "5"], ["gas", "0"], ["bus", "0"], ["sanitation", "5"], ["ministry of health", "3"]]) {
    await page.fill("main input[name=q]", query);
    await until(page, `${count} of 60 recommendations: “${query}”`);
  }
  // Several have this number: they come first.
  await page.fill("main input[name=q]", "recommendation 4");
  await page.press("main input[name=q]", "Enter");
  await until(page, "2 of 60 recommendations");
  // What leads to a page leaves the list behind it.
  await page.fill("main input[name=q]", "R10");
  await until(page, "1 of 60 recommendations: “R10”");
  await page.press("main input[name=q]", "Enter");
  await page.waitForURL(`${base}road-safety/R10.html`);
  await page.goBack();
  await until(page, "1 of 60 recommendations: “R10”");
  // Nobody knows these values.
  await page.goto(`${base}recommendations/index.html?order=x&status=x&q=sanitation`);
  await until(page, "5 of 60 recommendations: “sanitation”");

  // French words without their accents.
  await page.goto(`${base}fr/recommendations/index.html?q=donnees`);
  await marked(page, "données");
  await page.close();
};

/** The rows that are shown, as a file. */
const downloading = async (context, base) => {
  const page = await context.newPage();
  await page.goto(`${base}recommendations/index.html?timeliness=overdue`);
  await until(page, "7 of 60 recommendations");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("[data-download]")]);
  const lines = readFileSync(await file.path(), "utf8").trimEnd().split("\r\n");
  assert.equal(lines.length, 8);
  assert(lines[0].startsWith("\ufeff\"number\",\"title\",\"report\",\"as_at\",\"response\",\"status\""), lines[0]);
  const line = lines.find((line) => line.includes('"Storage in the basement"'));
  assert(line.includes('"In progress"') && line.includes('"2024-11-30"') && line.includes("archives/2a.html"), line);
  await page.close();
};

/** With nothing but the keyboard. */
const byKeyboard = async (context, base) => {
  const page = await context.newPage();
  await page.goto(`${base}recommendations/index.html`);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.focus("main input[name=q]");
  await page.keyboard.press("Tab"); // the button
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Status");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await until(page, "19 of 60 recommendations");
  await page.keyboard.press("Escape");
  assert.equal(await facet(page, "status").getAttribute("open"), null);
  assert.match(await focused(), /^Status \(1\)$/);
  await page.close();
};

/** Without a script the same questions have pages. */
const withoutScript = async (base) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await ask(page, `${base}index.html`, "anything");
  assert.equal((await titles(page)).length, 60);
  assert(!(await page.locator("main form").isVisible()), "a form that does nothing");
  assert.match(await page.locator("main noscript").textContent(), /JavaScript/);
  await facet(page, "timeliness").locator("summary").click();
  await facet(page, "timeliness").locator('li[data-key="overdue"] a').click();
  assert.equal((await titles(page)).length, 7);
  await page.goBack();
  await facet(page, "responsible").locator("summary").click();
  await facet(page, "responsible").locator('li[data-key="national-archives"] a').click();
  assert.equal(await page.locator("h1").textContent(), "National Archives");
  await context.close();
};

try {
  for (const base of [OVER_HTTP, FROM_DISK]) {
    const context = await browser.newContext();
    // No request to another host, and no error.
    context.on("request", (request) => assert(request.url().startsWith(base) || /^(blob|data):/.test(request.url()), request.url()));
    context.on("weberror", (error) => assert.fail(error.error()));
    await choosing(context, base);
    await searching(context, base);
    await downloading(context, base);
    await byKeyboard(context, base);
    await context.close();
    await withoutScript(base);
  }
  console.log("Everything is found.");
} finally {
  await browser.close();
  server.close();
  rmSync(site, { recursive: true });
}
