// What is measured within a page. Each function here is sent to the browser as it stands, and
// returns its faults as texts.

/** Prepares a page: what several measurements share is in `window.recto`. */
export const prepare = () => {
  const style = document.createElement("style");
  style.textContent =
    "[data-measured]::before { content: none !important; } * { transition: none !important; }";
  document.head.append(style);

  const words = (text) => text.trim().replace(/\s+/g, " ");
  const name = (element) => {
    const classes = [...element.classList].map((one) => `.${one}`).join("");
    const cell = element.closest("td, th");
    const column = cell ? ` in column ${cell.cellIndex + 1}` : "";
    return `${element.localName}${classes}${column}`;
  };

  const isInline = (element) => ["inline", "contents"].includes(getComputedStyle(element).display);
  // What only screen readers are told.
  const isClipped = (element) => getComputedStyle(element).clipPath === "inset(50%)";
  const ancestors = (element) => {
    const all = [];
    for (let one = element; one && one !== document.body; one = one.parentElement) all.push(one);
    return all;
  };

  /** The texts that are seen, each with the elements around it. */
  const texts = (within = document.body) => {
    const known = new Map();
    const around = (element) => {
      if (!known.has(element)) {
        const all = ancestors(element);
        const is_seen = element.checkVisibility() && !all.some(isClipped);
        known.set(element, is_seen ? all : null);
      }
      return known.get(element);
    };
    const found = [];
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || node.parentElement.closest("script, style, svg")) continue;
      const all = around(node.parentElement);
      if (all) found.push({ node, ancestors: all });
    }
    return found;
  };

  /** Where the characters of a text are, a box for each line. */
  const boxes = (node, from = 0, to = node.length) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  };

  /** The labels of cards are generated; here they become elements, which can be measured. */
  const labels = () => {
    const made = [];
    for (const cell of document.querySelectorAll("[data-label]")) {
      const generated = getComputedStyle(cell, "::before");
      if (["none", "normal"].includes(generated.content)) continue;
      const label = document.createElement("span");
      label.className = "label-of-card";
      for (const property of ["fontSize", "fontWeight", "hyphens", "overflowWrap", "gridColumn"]) {
        label.style[property] = generated[property];
      }
      label.textContent = cell.dataset.label;
      cell.setAttribute("data-measured", "");
      cell.prepend(label);
      made.push(() => {
        label.remove();
        cell.removeAttribute("data-measured");
      });
    }
    return () => made.forEach((undo) => undo());
  };

  window.recto = { words, name, isInline, texts, boxes, labels };
};

/** The layout at this width. */
export const layout = ({ cardsUpTo }) => {
  const { words, name, isInline, texts, boxes, labels } = window.recto;
  const faults = [];
  const root = document.documentElement;
  const restore = labels();
  const room = document.querySelector("main").clientWidth;

  // The page does not scroll sideways.
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
      const isCut = element.closest(".scroll, .visually-hidden") || !element.checkVisibility();
      return !isCut && element.getBoundingClientRect().right > root.clientWidth + 1;
    });
    const last = wide.length > 0 ? name(wide.at(-1)) : "something";
    faults.push(`sideways: ${root.scrollWidth - root.clientWidth} px too wide, ${last}`);
  }

  const HEADS =
    "th, h1, h2, h3, h4, dt, nav a, .site-title, .label-of-card, .number, .row-number, .count, time, .status, .timeliness";
  const COLUMN_HEADS = "thead th, dt, .label-of-card";
  for (const { node, ancestors } of texts()) {
    // Text stays within every box that it is in.
    const around = boxes(node);
    if (around.length === 0) continue;
    const left = Math.min(...around.map((box) => box.left));
    const right = Math.max(...around.map((box) => box.right));
    for (const element of ancestors) {
      const style = getComputedStyle(element);
      if (isInline(element)) continue;
      const box = element.getBoundingClientRect();
      if (style.overflowX === "visible" && (left < box.left - 1 || right > box.right + 1)) {
        faults.push(`outside its box: ${name(element)}: ${words(node.data).slice(0, 50)}`);
        break;
      }
      if (style.overflowX !== "visible") break;
    }

    // Words in heads and numbers are whole, wherever there is room for them.
    const head = node.parentElement.closest(HEADS);
    if (!head || node.parentElement.closest(".scroll")) continue;
    const isColumnHead = head.matches(COLUMN_HEADS);
    const block = ancestors.find((element) => !isInline(element));
    const style = getComputedStyle(block);
    const inside =
      block.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
    const limit = isColumnHead ? 0.45 * room : inside;
    for (const match of node.data.matchAll(/\S+/g)) {
      // Addresses and file names may break anywhere, other words at their hyphens and strokes.
      if (/:\/\/|_/.test(match[0])) continue;
      for (const word of match[0].matchAll(/[^/\-\u2010-\u2015]{2,}/g)) {
        const at = match.index + word.index;
        const parts = boxes(node, at, at + word[0].length);
        const lines = new Set(parts.map((box) => Math.round(box.top)));
        const width = parts.reduce((sum, box) => sum + box.width, 0);
        const isShort = word[0].length <= 4;
        if (lines.size > 1 && (width < limit || isShort)) {
          faults.push(`broken word: ${name(head)}: ${word[0]}`);
        }
      }
    }
  }

  // The number and title of a card have its whole width.
  if (innerWidth <= cardsUpTo) {
    for (const head of document.querySelectorAll(".official > tbody > tr > th")) {
      const missing = head.parentElement.clientWidth - head.getBoundingClientRect().width;
      if (missing > 1) faults.push(`narrow card head: ${words(head.textContent).slice(0, 30)}`);
    }
  }

  // What was done last, and the report it belongs to, are on two lines.
  for (const report of document.querySelectorAll(".updates .of")) {
    const link = report.parentElement.querySelector("a");
    if (report.getBoundingClientRect().top < link.getBoundingClientRect().bottom - 6) {
      faults.push("run together: an update and its report");
    }
  }

  restore();
  return [...new Set(faults)];
};

/** Links that are not within a sentence can be hit with a finger (WCAG 2.2, 2.5.8). */
export const targets = () => {
  const { words, texts, boxes } = window.recto;
  const SENTENCES =
    ".prose :is(p, li, td, th, dd), .cell :is(p, li, td, th), blockquote, .footnote-definition";
  const links = new Set(texts().map(({ node }) => node.parentElement.closest("a, summary")));
  links.delete(null);
  const small = [...links].filter((link) => {
    if (link.closest(SENTENCES)) return false;
    return [...link.getClientRects()].some((box) => box.width > 0 && box.height < 23.5);
  });
  return small.map((link) => `small target: ${words(link.textContent).slice(0, 40)}`);
};

/** A small window, as at 400 % zoom, is for the text. */
export const coverage = () => {
  const faults = [];
  const limit = innerHeight / 3;
  const head = document.querySelector("header.site").getBoundingClientRect().height;
  if (head > limit) faults.push(`the head has ${Math.round(head)} of ${innerHeight} px`);
  for (const element of document.querySelectorAll("body *")) {
    const { position } = getComputedStyle(element);
    const { height } = element.getBoundingClientRect();
    if (["fixed", "sticky"].includes(position) && height > limit && element.checkVisibility()) {
      faults.push(`${window.recto.name(element)} stays, and covers ${Math.round(height)} px`);
    }
  }
  return faults;
};

/** On paper there is nothing to scroll or to edit. */
export const paper = () => {
  const faults = [];
  for (const link of document.querySelectorAll(".edit, header.site nav, .menu")) {
    if (link.checkVisibility()) faults.push(`printed: ${window.recto.name(link)}`);
  }
  for (const region of document.querySelectorAll(".scroll")) {
    if (region.scrollWidth > region.clientWidth + 1) {
      faults.push(
        `cut off: a table is ${region.scrollWidth - region.clientWidth} px wider than the paper`,
      );
    }
  }
  return faults;
};

/** The words of the head of the official table, and where it ends on paper. */
export const printedHead = () => {
  document.querySelector("main").style.paddingBlockStart = "0";
  const head = document.querySelector(".official > thead");
  const heads = [...head.querySelectorAll("th")].flatMap((cell) =>
    cell.innerText.trim().split(/[\s/]+/),
  );
  return { heads, bottom: head.getBoundingClientRect().bottom };
};

/** Words in another language than the page's say so. */
export const languages = (texts) => {
  const faults = [];
  for (const { node } of window.recto.texts()) {
    const found = texts.find((text) => node.data.includes(text));
    const { lang } = node.parentElement.closest("[lang]");
    if (found && lang !== "en") faults.push(`lang="${lang}" around: ${found}`);
  }
  return [...new Set(faults)];
};

/** Regions that scroll can be reached with the keyboard, and each has a name that tells which. */
export const regions = () => {
  const faults = [];
  for (const region of document.querySelectorAll(".scroll")) {
    const label = region.getAttribute("aria-label") ?? "";
    if (region.tabIndex !== 0) faults.push("a region that scrolls cannot be reached");
    if (["", "Table", "Tableau", "Таблица"].includes(label))
      faults.push(`a region is called “${label}”`);
  }
  return faults;
};

/** The official table has the status under the target date, so it says that it is the status. */
export const statuses = () => {
  const states = [...document.querySelectorAll(".official :is(.status, .timeliness)")];
  const isSaid = (state) => state.previousElementSibling?.matches(".visually-hidden");
  return states.every(isSaid) ? [] : ["a status is heard as a target date"];
};

/** What overdue and on time look like, without their colours. */
export const marks = () => {
  const look = (element) => {
    if (!element) return null;
    const { borderTopWidth, borderTopStyle, textDecorationLine, fontStyle } =
      getComputedStyle(element);
    const { content } = getComputedStyle(element, "::before");
    return [borderTopWidth, borderTopStyle, textDecorationLine, fontStyle, content].join(" ");
  };
  const overdue = look(document.querySelector(".timeliness-overdue"));
  const onTime = look(document.querySelector(".timeliness-on-time"));
  if (!overdue || !onTime) return ["nothing is overdue, or nothing on time"];
  return overdue === onTime ? ["overdue looks like on time"] : [];
};

/** What links and headings are called. */
export const names = () => {
  const { words } = window.recto;
  const said = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[aria-hidden=true]").forEach((part) => part.remove());
    return words(copy.textContent);
  };
  return [...document.querySelectorAll("a, h1, h2, h3, h4")].map(said);
};
