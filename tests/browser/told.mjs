// What the foot of the window says about a link, in a real browser (WCAG 2.2, 1.4.13):
//
//   node tests/browser/told.mjs target/release/recto
//
// It needs what `browser.mjs` needs. Its exit status is 0 when everything is as it should be.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "./browser.mjs";

const [program] = process.argv.slice(2);
const site = mkdtempSync(join(tmpdir(), "recto-browser-"));
execFileSync(program, ["build", "--no-pdf", "--today", "2021-03-01", "--out", site], { stdio: "pipe" });

const browser = await launch();

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(String(pathToFileURL(join(site, "central-asia/1.html"))));
  const link = page.locator("[data-about]").first();
  const isTold = () =>
    link.evaluate((link) => getComputedStyle(link, "::after").content !== "none");
  const becomes = async (expected, when) => {
    const until = Date.now() + 10_000;
    while ((await isTold()) !== expected) {
      assert(Date.now() < until, `${when}: it is ${expected ? "not shown" : "still shown"}`);
      await page.waitForTimeout(20);
    }
  };

  assert.equal(await isTold(), false);
  await link.hover();
  await becomes(true, "pointed at");

  // The pointer reaches the foot of the window, and the text stays.
  await page.mouse.move(640, 400);
  await page.mouse.move(640, 795);
  await page.waitForTimeout(1500);
  assert.equal(await isTold(), true, "the text disappears under the pointer");
  const before = page.url();
  await page.mouse.click(640, 795);
  await page.waitForTimeout(300);
  assert.equal(page.url(), before, "a click on the text follows the link");
  await page.evaluate(() => document.activeElement.blur());

  await page.mouse.move(640, 300);
  await becomes(false, "the pointer has left");

  // Escape hides it, though the pointer stays; when the link is pointed at again, it is shown
  // again.
  await link.hover();
  await becomes(true, "pointed at again");
  await page.keyboard.press("Escape");
  await becomes(false, "Escape");
  await page.waitForTimeout(300);
  assert.equal(await isTold(), false, "it comes back by itself");
  await page.mouse.move(640, 300);
  await link.hover();
  await becomes(true, "pointed at after Escape");
  await page.mouse.move(640, 300);
  await becomes(false, "left");

  // The same with the keyboard.
  await page.keyboard.press("Tab");
  await link.focus();
  await becomes(true, "in focus");
  await page.keyboard.press("Escape");
  await becomes(false, "Escape in focus");
  assert.equal(await link.evaluate((link) => link === document.activeElement), true);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await becomes(true, "in focus again");

  // The link itself is followed, with the mouse as with the keyboard.
  for (const follow of [() => link.click(), () => link.press("Enter")]) {
    const from = page.url();
    await follow();
    await page.waitForURL((url) => String(url) !== from);
    await page.goBack();
  }
  console.log("The text about a link can be reached and hidden.");
} finally {
  await browser.close();
  rmSync(site, { recursive: true });
}
