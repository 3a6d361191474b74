// A headless Chromium. CHROMIUM names it; playwright-core is in the folder that NODE_MODULES names,
// or where node looks by itself.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const modules = process.env.NODE_MODULES;
const require = createRequire(modules ? join(resolve(modules), "x.js") : import.meta.url);
const { chromium } = require("playwright-core");

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
