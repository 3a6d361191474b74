// Whether pages keep their layout, from the narrowest phone to a wide screen, on paper, in forced
// colours, and for those who hear them:
//
//   node tests/browser/layout.mjs target/release/recto [MEASUREMENT ...]
//
// It needs what `browser.mjs` needs. Its exit status is 0 when everything is as it should be.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { launch } from "./browser.mjs";
import * as measure from "./measure.mjs";
import { ENGLISH, PAGES, write } from "./site.mjs";

const [program, ...wanted] = process.argv.slice(2);

const LANGUAGES = ["en", "fr", "ru"];
const WIDTHS = [280, 320, 375, 660, 768, 820, 1000, 1024, 1280, 1920];
// What `system-ui` may be. The first is the widest, and measured at all widths.
const FONTS = {
  "DejaVu Sans": WIDTHS,
  "Liberation Sans": [320, 768, 1280],
  "Noto Sans": [320, 768, 1280],
};
// From this width on the official table has its columns.
const CARDS_UP_TO = 62 * 16;
// A sheet of A4 without its margins, in pixels of CSS.
const PORTRAIT = { width: 672 };
const LANDSCAPE = { width: 1016, height: 672.76 };
// How many pages are measured at once.
const AT_ONCE = 3;

const faults = [];
const leftOut = [];

const root = mkdtempSync(join(tmpdir(), "recto-layout-"));
const site = join(root, "public");
write(root);
const options = ["--no-pdf", "--today", "2021-03-01", "--root", root, "--out", site];
execFileSync(program, ["build", ...options], { stdio: "pipe" });

// The page for wrong addresses needs a server: its links begin at the top.
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url.split("?")[0]).slice(1);
  const file = join(site, path);
  if (!existsSync(file)) return response.writeHead(404).end();
  const types = {
    html: "text/html; charset=utf-8",
    css: "text/css",
    js: "text/javascript",
    svg: "image/svg+xml",
  };
  response.writeHead(200, {
    "Content-Type": types[path.split(".").pop()] ?? "application/octet-stream",
  });
  response.end(readFileSync(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const top = `http://127.0.0.1:${server.address().port}/`;

const addressOf = (language, page) => {
  const path = language === LANGUAGES[0] ? page : `${language}/${page}`;
  return existsSync(join(site, path)) ? `${top}${path}` : null;
};

/** Every page in every language; the page for wrong addresses is there only once. */
const pages = () =>
  LANGUAGES.flatMap((language) =>
    Object.entries(PAGES).flatMap(([name, page]) => {
      const address = addressOf(language, page);
      if (!address && name !== "not found")
        throw new Error(`there is no page ${language}: ${page}`);
      return address ? [{ address, name: `${name}, ${language}`, language }] : [];
    }),
  );

const note = (where, found) => faults.push(...found.map((fault) => `${where}: ${fault}`));

const setFont = (page, font) =>
  page.evaluate(
    (family) => document.documentElement.style.setProperty("--sans", family),
    font === "system-ui" ? font : `"${font}", sans-serif`,
  );

const resize = (page, width, height = 800) => page.setViewportSize({ width, height });

const measurements = {
  /** Every width, and every font that is installed. */
  async layout(page, { name }) {
    for (const [font, widths] of Object.entries(fonts)) {
      await setFont(page, font);
      for (const width of widths) {
        await resize(page, width);
        note(
          `${name}, ${width} px, ${font}`,
          await page.evaluate(measure.layout, { cardsUpTo: CARDS_UP_TO }),
        );
      }
    }
  },

  async targets(page, { name }) {
    await resize(page, 375);
    note(name, await page.evaluate(measure.targets));
  },

  /** 1280 × 1024 at 400 %, and a phone on its side. */
  async coverage(page, { name }) {
    for (const [width, height] of [
      [320, 256],
      [667, 375],
    ]) {
      await resize(page, width, height);
      note(`${name}, ${width} × ${height} px`, await page.evaluate(measure.coverage));
    }
  },

  /** A4 without its margins; the page of a report is landscape. */
  async paper(page, { name }) {
    await page.emulateMedia({ media: "print" });
    await resize(page, name.startsWith("report") ? LANDSCAPE.width : PORTRAIT.width);
    note(`${name}, paper`, await page.evaluate(measure.paper));
    note(`${name}, paper`, await page.evaluate(measure.layout, { cardsUpTo: 0 }));
    await page.emulateMedia({ media: null });
  },

  async languages(page, { name, language }) {
    if (language !== "en") note(name, await page.evaluate(measure.languages, ENGLISH));
  },

  async regions(page, { name }) {
    note(name, await page.evaluate(measure.regions));
  },

  async heard(page, { name }) {
    await resize(page, 375);
    note(name, await heard(page));
    note(name, await page.evaluate(measure.statuses));
  },

  async marks(page, { name }) {
    if (!name.startsWith("report with short numbers")) return;
    await page.emulateMedia({ forcedColors: "active" });
    note(name, await page.evaluate(measure.marks));
    await page.emulateMedia({ forcedColors: null });
  },

  /** The head of a table is on the sheet of its first row. */
  async sheets(page, { name }) {
    if (hasPdfToText && /^report.*, en/.test(name)) note(name, await sheets(page));
  },
};

/** The names of links and headings have no spaces that their words have not, and the label of a
    card is not heard in addition to the head of its column. */
const heard = async (page) => {
  const names = new Set(await page.evaluate(measure.names));
  const labels = new Set(
    await page.$$eval("[data-label]", (cells) => cells.map((cell) => cell.dataset.label)),
  );
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const isInCell = (node) => {
    const parent = byId.get(node.parentId);
    if (!parent || parent.role?.value === "columnheader") return false;
    return ["cell", "rowheader"].includes(parent.role?.value) || isInCell(parent);
  };
  const found = new Set();
  for (const node of nodes.filter((node) => !node.ignored)) {
    const text = (node.name?.value ?? "").trim().replace(/\s+/g, " ");
    const role = node.role?.value;
    if (["link", "heading"].includes(role) && !names.has(text)) found.add(`heard as: ${text}`);
    const isLabel = role === "StaticText" && labels.has(text);
    if (isLabel && isInCell(node)) found.add(`heard twice: ${text}`);
  }
  return [...found];
};

/** The words of each printed sheet. What is above the table is made so high that its head is at the
    foot of a sheet, with more and more room under it; its row has to be with it. */
const sheets = async (page) => {
  const found = [];
  await page.emulateMedia({ media: "print" });
  await resize(page, LANDSCAPE.width);
  const { heads, bottom } = await page.evaluate(measure.printedHead);
  const rest = LANDSCAPE.height - (bottom % LANDSCAPE.height);
  for (let room = 4; room <= 48; room += 4) {
    const padding = `${rest - room + LANDSCAPE.height}px`;
    await page.$eval("main", (main, padding) => (main.style.paddingBlockStart = padding), padding);
    const file = join(root, `sheets-${room}.pdf`);
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
    for (const sheet of text.split("\f")) {
      const lines = sheet.split("\n").map((line) => line.trim());
      const foot = lines.filter((line) => line && !/^\d+ ?\/ ?\d+$/.test(line)).at(-1) ?? "";
      const words = foot.split(/[\s/]+/);
      if (words.length > 1 && words.every((word) => heads.includes(word))) {
        found.push(`an orphaned head: ${foot}`);
      }
    }
  }
  await page.emulateMedia({ media: null });
  return [...new Set(found)];
};

const has = (command, ...args) => {
  try {
    return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return null;
  }
};

const hasPdfToText = has("pdftotext", "-v") !== null;
if (!hasPdfToText) leftOut.push("the heads of printed tables: pdftotext is not installed");

// A font that is missing would be another one.
const installed = (has("fc-list", ":", "family") ?? "").split(/[\n,]/);
const fonts = Object.fromEntries(
  Object.entries(FONTS).filter(([font]) => installed.includes(font)),
);
for (const font of Object.keys(FONTS)) {
  if (!fonts[font]) leftOut.push(`the font ${font}: it is not installed`);
}
// All widths are measured in any case, if need be in whatever font there is.
fonts[Object.keys(fonts)[0] ?? "system-ui"] = WIDTHS;

const browser = await launch();
try {
  const left = pages();
  const names = Object.keys(measurements).filter((name) => !wanted.length || wanted.includes(name));
  const measureNext = async () => {
    const page = await browser.newPage();
    for (let next = left.shift(); next; next = left.shift()) {
      await page.goto(next.address);
      await page.evaluate(measure.prepare);
      for (const name of names) await measurements[name](page, next);
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, measureNext));
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true });
}

for (const what of leftOut) console.log(`LEFT OUT: ${what}`);
for (const fault of faults.sort()) console.log(fault);
console.log(faults.length === 0 ? "Every page keeps its layout." : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
