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
execFileSync(program, ["build", "--no-pdf", "--today", "2021-03-01", "--out", site], {
  stdio: "pipe",
});

const address = String(pathToFileURL(join(site, "central-asia/1.html")));
const browser = await launch();

const isShown = (link) => getComputedStyle(link, "::after").content !== "none";
const until = async (page, link, expected, when) => {
  const end = Date.now() + 10_000;
  while ((await link.evaluate(isShown)) !== expected) {
    assert(Date.now() < end, `${when}: it is ${expected ? "not shown" : "still shown"}`);
    await page.waitForTimeout(20);
  }
};

/** A finger that rests on a link is told, and one that taps it follows it. */
const fingers = async () => {
  const context = await browser.newContext({
    hasTouch: true,
    viewport: { width: 375, height: 667 },
  });
  const page = await context.newPage();
  await page.goto(address);
  const link = page.locator("[data-about]").first();
  await link.scrollIntoViewIfNeeded();
  const box = await link.boundingBox();
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const session = await context.newCDPSession(page);
  const touch = (type, points) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [point]);
  await until(page, link, true, "a finger rests on it");
  await touch("touchEnd", []);
  await page.waitForTimeout(300);
  assert.equal(page.url(), address, "a finger that rests on a link follows it");
  assert.equal(await link.evaluate(isShown), true, "it goes with the finger");
  const text = await link.evaluate((link) => getComputedStyle(link, "::after").top);
  await page.touchscreen.tap(187, parseFloat(text) + 5);
  await until(page, link, false, "a tap on the text");
  assert.equal(page.url(), address, "a tap on the text follows the link");
  await page.evaluate(() => scrollTo(0, 0));
  await link.tap();
  await page.waitForURL((url) => String(url) !== address);
  await context.close();
};

/** Whether a line of a link is in the window, and not under the text about it. */
const isBesideText = (link) => {
  const { height, top } = getComputedStyle(link, "::after");
  const from = parseFloat(top);
  const isFree = (box) => box.bottom <= from || box.top >= from + parseFloat(height);
  const isSeen = (box) => box.top >= 0 && box.bottom <= innerHeight;
  return [...link.getClientRects()].some((box) => isSeen(box) && isFree(box));
};

/** At a zoom of 400 % the text leaves the link in sight. */
const smallWindow = async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 256 } });
  await page.goto(address);
  await page.keyboard.press("Tab");
  const links = await page.locator("main [data-about]").all();
  for (const link of links.slice(0, 12)) {
    await link.focus();
    await until(page, link, true, "in focus in a small window");
    await page.waitForFunction(isBesideText, await link.elementHandle(), { timeout: 5000 });
  }
  await page.close();
};

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  const link = page.locator("[data-about]").first();
  const isTold = () => link.evaluate(isShown);
  const becomes = (expected, when) => until(page, link, expected, when);

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

  await fingers();
  await smallWindow();
  console.log("The text about a link can be reached and hidden.");
} finally {
  await browser.close();
  rmSync(site, { recursive: true });
}
