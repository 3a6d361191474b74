// Choosing and searching in the list of all recommendations. src/find makes the data: scripts that
// call recto(), since a page on disk may load nothing else.

const finder = document.querySelector("[data-finder]");
// The words of the page.
const { dataset: say } = finder;
const all = (of, within = finder) => [...within.querySelectorAll(of)];
const one = (of) => finder.querySelector(of);
const make = (tag, of) => Object.assign(document.createElement(tag), of);
const [form, facets, more, order] = [".find", ".facets", ".more", "select"].map(one);
const [body, pattern, query] = [one("tbody"), one("template").content, form.elements.q];
const { lang } = document.documentElement;
const number = new Intl.NumberFormat(lang).format;

// How many rows are shown before the reader asks for more.
const AT_ONCE = 100;
let [shown, found, turn, typing] = [AT_ONCE, [], 0];

const data = { rows: [], words: [], texts: [] };
window.recto = (kind, file, of) => (data[kind][file] = of);
const table = () => data.rows[0];
const asked = {};
const load = (src) =>
  (asked[src] ??= new Promise((onload, fail) => {
    const onerror = () => {
      delete asked[src];
      fail();
    };
    document.head.append(make("script", { src, onload, onerror }));
  }));

// Ascending numbers, written as in src/find/gaps.rs.
const places = (text) => {
  const rows = [];
  let [next, gap, unit] = [0, 0, 1];
  for (const of of text) {
    const digit = of.charCodeAt() - 35 - (of > "\\");
    gap += unit * (digit % 45);
    unit *= 45;
    if (digit > 44) continue;
    rows.push((next += gap));
    next++;
    [gap, unit] = [0, 1];
  }
  return rows;
};

// Words as in src/find/words.rs.
const ALONE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}";
const WORD = new RegExp(`[${ALONE}]|(?:(?![${ALONE}])[\\p{Alphabetic}\\p{N}])+`, "gu");
const folded = (text) => {
  const words = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(WORD) ?? [];
  return words.map((word) => [...word].slice(0, 40).join(""));
};
const stem = (word) => {
  const isPlural = ([end]) => word.endsWith(end) && [...word].length - end.length > 1;
  const [end, instead] = table().plurals.find(isPlural) ?? ["", ""];
  return word.slice(0, word.length - end.length) + instead;
};
// Of more files of words, only those of the words that are typed are loaded.
const MOST = 8;
const fileOf = (word) => (word.charCodeAt(0) * 7 + (word.charCodeAt(1) | 0)) % table().words;

// Whether a stem is what is typed at a place. The last word may not be finished, and Arabic words
// begin with an article; both need all files of words.
const isMeant = (word, typed, at) => {
  if (word === stem(typed[at])) return true;
  if (table().words > MOST) return false;
  const isArabic = /\p{sc=Arab}/u.test(typed[at]);
  return isArabic ? word.includes(typed[at]) : !typed[at + 1] && word.startsWith(typed[at]);
};

// Which recommendations have all words of the query.
const search = async (typed) => {
  const { words, urgency } = table();
  const hits = new Uint8Array(urgency.length).fill(1);
  const own = new Set(typed.map((word) => fileOf(stem(word))));
  const files = words > MOST ? [...own] : [...Array(words).keys()];
  if (typed.length) await Promise.all(files.map((file) => load(`words/${file}.js`)));
  typed.forEach((_, index) => {
    const rows = new Uint8Array(hits.length);
    for (const file of files) {
      for (const [word, gaps] of data.words[file]) {
        if (isMeant(word, typed, index)) for (const row of places(gaps)) rows[row] = 1;
      }
    }
    for (let row = 0; row < hits.length; row++) hits[row] &= rows[row];
  });
  return hits;
};

// The words of HTML, without the sign of a status; of a date, the date.
const text = (innerHTML) => {
  const held = make("p", { innerHTML });
  held.querySelector(".mark")?.remove();
  const time = held.querySelector("time");
  return time?.dateTime || held.textContent.replaceAll("\u00a0", " ").trim();
};
const cell = (name, row) => {
  const { is, of } = table().columns[name];
  return is[of[row]];
};
const link = (row) => make("p", { innerHTML: cell("title", row) }).firstChild.href;

const tidy = (of) => of.trim().toUpperCase().replace(/\s+/g, " ");
// The recommendations that a query names: `2`, `audit-2026/2`, `Recommendation 2`.
const named = () => {
  const { folder, columns } = table();
  const name = tidy(query.value).replace(new RegExp(`^(${say.numbers}) ?(?=.)`), "");
  const [labels, reports] = [columns.number.is.map((of) => tidy(text(of))), folder.is.map(tidy)];
  const isIt = (of, row) => [labels[of], `${reports[folder.of[row]]}/${labels[of]}`].includes(name);
  return columns.number.of.flatMap((of, row) => (isIt(of, row) ? row : []));
};
// The page to which a query leads: of a document, a goal, a target, or the only one that it names.
const page = () => {
  const goal = new RegExp(`^(${say.goals}) ?(?=\\d)`);
  const { pages } = table();
  const known = pages[tidy(query.value).replace(goal, "SDG ")];
  const rows = known ? [] : named();
  return known ?? (rows.length === 1 && link(rows[0]));
};

const boxes = all("details", facets).map((facet) =>
  all("li", facet).map((choice) => {
    const { dataset, firstElementChild: link, lastElementChild: count } = choice;
    const box = make("input", { type: "checkbox", value: dataset.key });
    const label = make("label");
    label.append(box, " ", ...link.childNodes);
    link.replaceWith(label);
    return Object.assign(box, { facet: facet.dataset.key, count });
  }),
);

// The address has the state, to be sent to others.
const read = () => {
  const state = new URLSearchParams(location.search);
  query.value = state.get("q") ?? "";
  order.value = state.get("order") ?? "";
  if (order.selectedIndex < 0) order.value = "";
  for (const box of boxes.flat()) box.checked = state.getAll(box.facet).includes(box.value);
  return state;
};
const write = () => {
  const chosen = boxes.flat().filter((box) => box.checked);
  const state = new URLSearchParams(chosen.map((box) => [box.facet, box.value]));
  if (query.value.trim()) state.set("q", query.value.trim());
  if (order.value) state.set("order", order.value);
  for (const to of document.querySelectorAll(".languages a")) to.search = state;
  history.replaceState(null, "", `?${state}`);
};

const show = async () => {
  const own = ++turn;
  await load("rows.js");
  const rows = table();
  const total = rows.urgency.length;
  const hits = await search(folded(query.value));
  // The reader went on.
  if (own < turn) return;
  const first = new Set(named());
  for (const row of first) hits[row] = 1;
  rows.sets ??= rows.choices.map((facet) => facet.map(places));
  // One choice of a facet is enough; several facets count together.
  const masks = boxes.map((facet, of) => {
    if (!facet.some((box) => box.checked)) return null;
    const mask = new Uint8Array(total);
    facet.forEach((box, at) => box.checked && rows.sets[of][at].forEach((row) => (mask[row] = 1)));
    return mask;
  });
  const left = (but) =>
    masks.reduce((is, mask, of) => (mask && of !== but ? is.map((row, at) => row & mask[at]) : is), hits);
  boxes.forEach((facet, of) => {
    const is = left(of);
    facet.forEach((box, at) => {
      box.count.textContent = number(rows.sets[of][at].reduce((sum, row) => sum + is[row], 0));
    });
    const chosen = facet.filter((box) => box.checked).length;
    all("summary .of", facets)[of].textContent = chosen ? `(${number(chosen)})` : "";
  });
  const is = left();
  found = [...is.keys()].filter((row) => is[row]);
  const key = rows[order.value] ?? rows.columns[order.value]?.of;
  if (key) found.sort((a, b) => key[a] - key[b]);
  found.sort((a, b) => first.has(b) - first.has(a));
  const said = { n: number(found.length), total: number(total) };
  const sentence = say.found.replace(/\{(\w+)\}/g, (_, of) => said[of]);
  const chosen = boxes.flat().flatMap((box) => (box.checked ? text(box.parentNode.innerHTML) : []));
  const typed = query.value.trim();
  const by = [...chosen, ...(typed ? [`“${typed}”`] : [])].join(", ");
  const none = found.length ? "" : ` ${say.none}`;
  one("[role=status]").textContent = (by ? `${sentence}: ${by}.` : sentence) + none;
  draw();
};

const draw = () => {
  const drawn = found.slice(0, shown).map((row) => {
    const line = pattern.cloneNode(true);
    for (const place of all("[data-cell]", line)) {
      place.innerHTML = cell(place.dataset.cell, row) || place.innerHTML;
    }
    return line;
  });
  body.replaceChildren(...drawn);
  one(".room").hidden = !found.length;
  more.hidden = found.length <= shown;
  one(".parts")?.remove();
  if (query.value.trim()) found.slice(0, shown).forEach(quote);
};

// The sentence with the words, below the title.
const quote = async (row, at) => {
  const line = body.rows[at];
  const typed = folded(query.value);
  const size = table().texts;
  const file = (row / size) | 0;
  await load(`texts/${file}.js`);
  // The first line is the title. A full stop before a figure or a small letter ends no sentence.
  const lines = data.texts[file][row % size].split("\n").slice(1);
  const sentences = lines.flatMap((of) => of.split(/(?<=[.;!?。؟])\s+(?![\p{Ll}\d])/u));
  const hits = (part) => {
    const words = folded(part).map(stem);
    return typed.filter((_, index) => words.some((word) => isMeant(word, typed, index))).length;
  };
  const sentence = sentences.reduce((best, of) => (hits(of) > hits(best) ? of : best), "");
  if (!sentence || !line.isConnected) return;
  const quoted = make("p", { className: "quoted", lang: line.querySelector("a").lang || lang });
  for (const part of sentence.split(/([\p{Alphabetic}\p{N}\p{M}]+)/u)) {
    quoted.append(hits(part) ? make("mark", { textContent: part }) : part);
  }
  line.querySelector("th").append(quoted);
};

// What is found as CSV. A cell that a spreadsheet would take for a formula gets a ' before it.
const download = () => {
  const cells = all("[data-cell]", pattern);
  const safe = (of) => (/^[=+\-@\t\r]/.test(of) && isNaN(of) ? `'${of}` : of);
  const rows = found.map((row) => [...cells.map((of) => text(cell(of.dataset.cell, row))), link(row)]);
  const lines = [[...cells.map((of) => of.dataset.name), "url"], ...rows];
  const csv = lines.map((line) => line.map((of) => `"${safe(of).replaceAll('"', '""')}"`).join(","));
  const href = URL.createObjectURL(new Blob(["\ufeff", csv.join("\r\n"), "\r\n"], { type: "text/csv" }));
  make("a", { href, download: "recommendations.csv" }).click();
};

const failed = () => (one("[role=status]").textContent = say.failed);
const change = () => {
  shown = AT_ONCE;
  write();
  show().catch(failed);
};
query.oninput = () => {
  clearTimeout(typing);
  typing = setTimeout(change, 150);
};
form.onsubmit = (event) => {
  event.preventDefault();
  const lead = () => {
    const to = page();
    if (to) location = to;
    else change();
  };
  load("rows.js").then(lead, failed);
};
facets.onchange = order.onchange = change;
one("[data-download]").onclick = () => show().then(download, failed);
more.onclick = () => {
  shown += AT_ONCE;
  draw();
};

// An open choice is closed by Escape, and when the reader goes elsewhere.
for (const type of ["click", "focusin"]) {
  document.addEventListener(type, ({ target }) => {
    for (const of of all("[open]", facets)) if (!of.contains(target)) of.open = false;
  });
}
facets.onkeydown = ({ key, target }) => {
  const facet = target.closest("[open]");
  if (key !== "Escape" || !facet) return;
  facet.open = false;
  facet.firstElementChild.focus();
};

const state = read();
if ([...state].length) {
  load("rows.js").then(() => {
    // The search in the head of another page leads to what it names; a reload stays here.
    const to = state.has("go") && page();
    if (to) location.replace(to);
    else change();
  }, failed);
}
