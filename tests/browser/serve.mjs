// A real browser beside an author who saves, makes a mistake, and fixes it:
//
//   node tests/browser/serve.mjs target/release/recto [FOLDER FOR SCREENSHOTS]
//
// It needs what `browser.mjs` needs. Its exit status is 0 when everything is as it should be.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { launch } from "./browser.mjs";

const [program, screenshots] = process.argv.slice(2);

// How long to wait for a slow machine.
const PATIENCE = 20_000;

const root = mkdtempSync(join(tmpdir(), "recto-browser-"));
cpSync("content", join(root, "content"), { recursive: true });
const source = join(root, "content/central-asia/01-long-term-support.md");
const text = readFileSync(source, "utf8");
const heading = "## Recommendation\n";
assert(text.includes(heading));
const save = (words) => writeFileSync(source, text.replace(heading, `${heading}\n${words}\n`));
const broken = text.replace(/^status: .*$/m, "status: <b>nonsense</b>");

const server = spawn(program, ["serve", "--port", "0", "--today", "2021-03-01", "--root", root]);
const lines = createInterface({ input: server.stderr });
const said = [];
const address = await new Promise((ready, failed) => {
  lines.on("line", (line) => {
    said.push(line);
    const found = line.match(/^Serving (\S+)/);
    if (found) ready(found[1]);
  });
  server.on("exit", () => failed(new Error(said.join("\n"))));
});

const browser = await launch();

try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 600 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  // The console shows what the policy forbids, which would make the page look different.
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const place = () => page.evaluate(() => Math.round(scrollY));
  // The words may appear a moment before the page is scrolled.
  const isAt = async (expected, when) => {
    const until = Date.now() + PATIENCE;
    while ((await place()) !== expected) {
      assert(Date.now() < until, `${when}: the place is ${await place()}, not ${expected}`);
      await page.waitForTimeout(20);
    }
  };
  const main = page.locator("#main");

  await page.goto(`${address}central-asia/1.html`);
  await main.getByText("long-term").first().waitFor();
  await page.evaluate(() => scrollTo(0, 300));
  await isAt(300, "scrolled");

  // A save is shown at the place that was being read.
  save("Words of an author.");
  await main.getByText("Words of an author.").first().waitFor();
  await isAt(300, "the place is kept");
  assert.deepEqual(complaints, []);

  // So are many saves, one after the other.
  for (let edit = 0; edit < 20; edit += 1) {
    save(`Edit number ${edit}.`);
    await main.getByText(`Edit number ${edit}.`, { exact: true }).first().waitFor();
  }
  await isAt(300, "after many edits");

  // A mistake is shown instead of the page.
  writeFileSync(source, broken);
  const alert = page.getByRole("alert");
  await alert.getByRole("heading", { name: "1 error", level: 1 }).waitFor();
  await page.getByText(/^content\/central-asia\/01-long-term-support\.md:\d+:\d+$/).waitFor();
  assert.equal(await page.locator("mark").innerText(), "<b>nonsense</b>");
  assert.equal(await page.locator("main b").count(), 0);
  if (screenshots) {
    for (const width of [375, 1280]) {
      for (const colorScheme of ["light", "dark"]) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(screenshots, `mistakes-${width}-${colorScheme}.png`) });
        const overflow = "document.documentElement.scrollWidth > innerWidth";
        assert.equal(await page.evaluate(overflow), false, `${width} is too narrow`);
      }
    }
    await page.setViewportSize({ width: 1280, height: 600 });
    await page.emulateMedia({ colorScheme: "light" });
  }

  // The last good page is a click away, with its place and its links.
  await page.getByRole("link", { name: "Show the last good page" }).click();
  await main.getByText("Edit number 19.").first().waitFor();
  await isAt(300, "the place is kept on the last good page");
  if (screenshots) await page.screenshot({ path: join(screenshots, "last-good.png") });
  await page.getByRole("link", { name: "Show the mistakes" }).click();
  await alert.waitFor();
  await page.goBack();
  await main.getByText("Edit number 19.").first().waitFor();

  // When it is fixed, the page comes back by itself, at its own address.
  save("Mended.");
  await main.getByText("Mended.").first().waitFor();
  assert.equal(page.url(), `${address}central-asia/1.html`);

  // And so it does from the mistakes, at its place.
  await page.evaluate(() => scrollTo(0, 200));
  writeFileSync(source, broken);
  await alert.waitFor();
  save("Mended again.");
  await main.getByText("Mended again.").first().waitFor();
  await isAt(200, "the place is kept over a mistake");

  // A file that is added, and removed again.
  writeFileSync(join(root, "content/central-asia/new.md"), text.replace(/^number: .*$/m, "number: 77"));
  await page.goto(`${address}central-asia/77.html`);
  await main.getByText("long-term").first().waitFor();
  rmSync(join(root, "content/central-asia/new.md"));
  await page.getByRole("heading", { name: "Page not found" }).waitFor();

  // The console may only report failed requests: pages of mistakes have the status 500.
  const others = complaints.filter((line) => !line.startsWith("Failed to load resource"));
  assert.deepEqual(others, []);
  console.log(`Chromium ${browser.version()}: saving, a mistake and its correction work as they should`);
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  const ended = new Promise((done) => server.on("exit", done));
  server.kill("SIGINT");
  assert.equal(await ended, 0);
  rmSync(root, { recursive: true });
}
