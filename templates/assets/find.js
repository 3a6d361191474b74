// Choosing and searching in the list of all recommendations. src/find makes the data: scripts that
// call recto(), since a page on disk may load nothing else.

const finder = document.querySelector("[data-finder]");
const all = (of, within = finder) => [...within.querySelectorAll(of)];
const one = (of) => finder.querySelector(of);
const make = (tag, of) => Object.assign(document.createElement(tag), of);
const [form, facets, tools, more, order] = [".find", ".facets", ".tools", ".more", "select"].map(one);
const [body, pattern, query] = [one("tbody"), one("template").content, form.elements.q];
const number = new Intl.NumberFormat(document.documentElement.lang).format;

const [AT_ONCE, QUOTED] = [100, 50]; // rows; those with a sentence
let [shown, found, turn, typing] = [AT_ONCE, [], 0];

const data = { rows: [], words: [], texts: [] };
window.recto = (kind, file, of) => (data[kind][file] = of);
const asked = {};
const load = (src) =>
  (asked[src] ??= new Promise((onload, onerror) =>
    document.head.append(make("script", { src, onload, onerror })),
  ));

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
const folded = (text) =>
  (text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(WORD) ?? []).map((word) => {
    word = [...word].slice(0, 40).join("");
    const isPlural = ([end]) => word.endsWith(end) && [...word].length - end.length > 1;
    const [end, instead] = data.rows[0].plurals.find(isPlural) ?? ["", ""];
    return word.slice(0, word.length - end.length) + instead;
  });
const fileOf = (word) => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % data.rows[0].words;
};
// The last word may not be finished. Arabic words begin with an article.
const isMeant = (word, typed, at) =>
  word === typed[at] ||
  (at === typed.length - 1 && word.startsWith(typed[at])) ||
  (/\p{sc=Arab}/u.test(typed[at]) && word.includes(typed[at]));

// Which recommendations have all words of the query.
const search = async (typed) => {
  const { words, urgency } = data.rows[0];
  const hits = new Uint8Array(urgency.length).fill(1);
  const files = words > 8 ? [...new Set(typed.map(fileOf))] : [...Array(words).keys()];
  if (typed.length) await Promise.all(files.map((file) => load(`words/${file}.js`)));
  typed.forEach((_, index) => {
    const own = new Uint8Array(hits.length);
    for (const file of files) {
      for (const [word, gaps] of data.words[file])
        if (isMeant(word, typed, index)) for (const row of places(gaps)) own[row] = 1;
    }
    for (let row = 0; row < hits.length; row++) hits[row] &= own[row];
  });
  return hits;
};

const cell = (name, row) => data.rows[0].columns[name].is[data.rows[0].columns[name].of[row]];
const link = (row) => make("p", { innerHTML: cell("title", row) }).firstChild.href;

// Where a query leads that names a page.
const page = () => {
  const { pages, folder, columns } = data.rows[0];
  const tidy = (of) => of.trim().toUpperCase().replace(/\s+/g, " ");
  const goal = new RegExp(`^(${finder.dataset.goals}) ?(?=\\d)`);
  const name = tidy(query.value).replace(goal, "SDG ");
  if (!name || pages[name]) return pages[name];
  const [, report, label] = name.match(/^(?:(.*)\/)?(.*)$/);
  const [labels, reports] = [columns.number.is.map(tidy), folder.is.map(tidy)];
  const isIt = (of, row) => labels[of] === label && (!report || reports[folder.of[row]] === report);
  const rows = columns.number.of.flatMap((of, row) => (isIt(of, row) ? row : []));
  return rows.length === 1 && link(rows[0]);
};

const boxes = all("details", facets).map((facet) =>
  all("li", facet).map((choice) => {
    const { dataset, firstElementChild: text, lastElementChild: count } = choice;
    const box = make("input", { type: "checkbox", value: dataset.key });
    const label = make("label");
    label.append(box, " ", ...text.childNodes);
    text.replaceWith(label);
    return Object.assign(box, { facet: facet.dataset.key, count });
  }),
);

// The address has the state; behind `#` where no more may change.
const read = () => {
  const state = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : location.search);
  query.value = state.get("q") ?? "";
  order.value = state.get("order") ?? "report";
  for (const box of boxes.flat()) box.checked = state.getAll(box.facet).includes(box.value);
  return [...state].length;
};
const write = () => {
  const chosen = boxes.flat().filter((box) => box.checked);
  const state = new URLSearchParams(chosen.map((box) => [box.facet, box.value]));
  if (query.value.trim()) state.set("q", query.value.trim());
  if (order.value !== "report") state.set("order", order.value);
  try {
    history.replaceState(null, "", `?${state}`);
  } catch {
    location.replace(`#${state}`);
  }
};

const show = async () => {
  const own = ++turn;
  await load("rows.js");
  const rows = data.rows[0];
  const total = rows.urgency.length;
  const hits = await search(folded(query.value));
  if (own < turn) return; // the reader went on
  rows.sets ??= rows.choices.map((facet) => facet.map(places));
  // One of a facet is enough.
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
  const key = rows[order.value] ?? rows.columns[order.value].of;
  if (order.value !== "report") found.sort((a, b) => key[a] - key[b]);
  const said = { n: number(found.length), total: number(total) };
  one("[role=status]").textContent = finder.dataset.found.replace(/\{(\w+)\}/g, (_, of) => said[of]);
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
  if (query.value.trim()) found.slice(0, QUOTED).forEach(quote);
};

// The sentence with the words, below the title.
const quote = async (row, at) => {
  const line = body.rows[at];
  const typed = folded(query.value);
  const size = data.rows[0].texts;
  const file = Math.trunc(row / size);
  await load(`texts/${file}.js`);
  const isHit = (part) => folded(part).some((word) => typed.some((_, index) => isMeant(word, typed, index)));
  // The first line is the title.
  const lines = data.texts[file][row % size].split("\n").slice(1);
  const sentence = lines.flatMap((of) => of.split(/(?<=[.;!?。؟])\s+/)).find(isHit);
  if (!sentence || !line.isConnected) return;
  const quoted = make("p", { className: "quoted" });
  for (const part of sentence.split(/([\p{Alphabetic}\p{N}\p{M}]+)/u)) {
    quoted.append(isHit(part) ? make("mark", { textContent: part }) : part);
  }
  line.querySelector("th").append(quoted);
};

// As CSV, in which no cell is a formula.
const download = () => {
  const cells = all("[data-cell]", pattern);
  const safe = (of) => (/^[=+\-@\t\r]/.test(of) && isNaN(of) ? `'${of}` : of);
  const text = (innerHTML) => make("p", { innerHTML }).textContent;
  const rows = found.map((row) => [...cells.map((of) => text(cell(of.dataset.cell, row))), link(row)]);
  const lines = [[...cells.map((of) => of.dataset.name), "url"], ...rows];
  const csv = lines.map((line) => line.map((of) => `"${safe(of).replaceAll('"', '""')}"`).join(","));
  const href = URL.createObjectURL(new Blob(["\ufeff", csv.join("\r\n"), "\r\n"], { type: "text/csv" }));
  make("a", { href, download: "recommendations.csv" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10000);
};

const change = () => {
  shown = AT_ONCE;
  write();
  show();
};
query.oninput = () => {
  clearTimeout(typing);
  typing = setTimeout(change, 150);
};
form.onsubmit = async (event) => {
  event.preventDefault();
  await load("rows.js");
  const to = page();
  if (to) location = to;
  else change();
};
facets.onchange = order.onchange = change;
one("[data-download]").onclick = () => show().then(download);
more.onclick = () => {
  shown += AT_ONCE;
  draw();
};

// An open choice is closed by Escape, and by a click elsewhere.
document.addEventListener("click", ({ target }) => {
  for (const of of all("[open]", facets)) if (!of.contains(target)) of.open = false;
});
facets.onkeydown = ({ key, target }) => {
  const facet = target.closest("[open]");
  if (key !== "Escape" || !facet) return;
  facet.open = false;
  facet.firstElementChild.focus();
};

form.hidden = tools.hidden = false;
if (read()) {
  load("rows.js").then(() => {
    const to = page();
    if (to) location.replace(to);
    else show();
  });
}
