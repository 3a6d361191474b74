// A site that is hard to lay out: every type of page in three languages, long labels of the site's
// own, numbers of all lengths, long words and addresses, wide tables, many units, moved deadlines.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ADDRESS =
  "https://reports.example.org/archive/2023/follow-up/annexes/consolidated_list_of_outstanding_recommendations_final_v3.xlsx?language=en&version=12";
const FILE = "Consolidated_table_of_outstanding_recommendations_2019-2023_final_v3.xlsx";
const WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";

const UNITS = [
  "Secretariat to the Industrial Accidents Convention",
  "Bureau of the Conference of the Parties",
  "Working Group on Implementation",
  "Division for Telecommunications and Interinstitutional Representation",
  "IT",
  "Office of Internal Oversight Services, Inspection and Evaluation Division",
  WORD,
  "Human Resources",
  "Finance",
  "Procurement",
  "Legal Affairs",
  "Field Operations in Central Asia and the Caucasus",
];

const TABLE = `| Country | Visits | Administrationsverantwortung | Self-assessment | Action plan | Next step | Address | File |
|---|--:|---|---|---|---|---|---|
| Kazakhstan | 12 | Ministry of Emergency Situations | yes | submitted | review | <${ADDRESS}> | ${FILE} |
| Kyrgyzstan | 3 | Ministry of Natural Resources, Ecology and Technical Supervision | no | awaited | reminder | – | – |`;

const TEXT = {
  en: `The organisation should publish the list of all documents (ECE/CP.TEIA/38/Add.1, A/RES/70/1) that are cited in its reports, and contribute to SDG 9 and target 11.b. The OIOS agreed.`,
  fr: `L’organisation devrait publier la liste de tous les documents (ECE/CP.TEIA/38/Add.1, A/RES/70/1) cités dans ses rapports et contribuer à l’ODD 9 et à la cible 11.b.`,
  ru: `Организации следует опубликовать перечень всех документов (ECE/CP.TEIA/38/Add.1, A/RES/70/1), упоминаемых в её докладах, и содействовать достижению ЦУР 9.`,
};

const RESPONSE = {
  en: `Accepted. The ${WORD} is the basis. See ${ADDRESS} and \`${FILE}\`.`,
  fr: `Acceptée. Voir ${ADDRESS}.`,
  ru: `Принято. Основанием служит Rindfleischetikettierungsgesetz. См. ${ADDRESS}.`,
};

const PROGRESS = `The list was published in part (${FILE}).[^1]

${TABLE}

### What remains

- A list item with ${ADDRESS}
- and one with a table:

  | Step | Interinstitutional responsibilities |
  |---|---|
  | Publication | Office of Internal Oversight Services |

[^1]: A note with ${ADDRESS}.`;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const row = (cells) => `| ${cells.join(" | ")} |\n`;
const YEAR =
  row(MONTHS) + row(MONTHS.map(() => "--:")) + row(MONTHS.map((_, month) => 1000 + month));

// What differs between the recommendations, so that each state is somewhere.
const STATES = [
  { response: "accepted", status: "in progress", deadline: "2020-03-31" },
  {
    response: "partially accepted",
    status: "implemented",
    deadline: "2020-09-30",
    implemented: "2020-10-01",
  },
  {
    response: "accepted",
    status: "implemented",
    deadline: "2020-09-30",
    implemented: "2020-09-01",
  },
  { response: "not accepted", status: "not implemented" },
  { response: "pending", status: "not started", deadline: "ongoing" },
  { response: "accepted", status: "partially implemented", deadline: "2021-06-30" },
  { response: "noted", status: "superseded" },
];

const frontMatter = (facts) => {
  const given = Object.entries(facts).filter(([, value]) => value !== undefined);
  return `---\n${given.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join("\n")}\n---\n\n`;
};

const recommendation = (number, title, index) => {
  const is_full = index % 3 === 0;
  return (
    frontMatter({
      number,
      title,
      ...STATES[index % STATES.length],
      responsible: is_full ? UNITS.slice(0, 7) : [UNITS[index % UNITS.length]],
      priority: is_full ? "high" : undefined,
      evidence: is_full ? ["ECE/CP.TEIA/38/Add.1", ADDRESS, FILE] : undefined,
      tags: ["IT", "HR", "long-term support", "interinstitutional telecommunications"],
      deadlines: is_full
        ? [
            { set: "2019-01-15", deadline: "2019-06-30" },
            { set: "2019-07-01", deadline: "2019-12-31", reason: `Funding was late (${FILE}).` },
          ]
        : undefined,
      actions: is_full
        ? [
            {
              text: `Publish ${FILE} on ${ADDRESS}`,
              responsible: UNITS.slice(3, 7),
              deadline: "2020-12",
              status: "not implemented",
              evidence: [ADDRESS, FILE],
            },
            { text: "Translate it", status: "implemented", implemented: "2020-09-30" },
          ]
        : undefined,
    }) +
    `## Recommendation\n\n${TEXT.en}\n\n## Management response\n\n${RESPONSE.en}\n\n` +
    `## Progress at 30 September 2020\n\n${is_full ? PROGRESS : TEXT.en}\n`
  );
};

const HEADINGS = {
  fr: ["Recommandation", "Réponse de la direction", "Progrès au 30 septembre 2020"],
  ru: ["Рекомендация", "Ответ руководства", "Ход осуществления на 30 сентября 2020 года"],
};

const translation = (language, title) => {
  const [text, response, progress] = HEADINGS[language];
  return (
    frontMatter({ title }) +
    `## ${text}\n\n${TEXT[language]}\n\n## ${response}\n\n${RESPONSE[language]}\n\n` +
    `## ${progress}\n\n${TEXT[language]}\n`
  );
};

// The numbers of a report decide how wide the first column of its table is.
const REPORTS = {
  short: { title: "Audit of travel", numbers: ["8", "9", "10", "11", "12", "88"] },
  middling: {
    title:
      "Inspection of interinstitutional telecommunications and of documentation management in the field offices",
    short_title: "Interinstitutional telecommunications and documentation",
    numbers: ["1.1", "1.10", "R01", "004/23"],
  },
  long: { title: "Review", numbers: ["2014-0001", "25-E-05-040.01"] },
};

const files = () => {
  const all = {
    "site.yaml": JSON.stringify({
      title: {
        en: "Progress on recommendations",
        fr: "Suivi des recommandations du Bureau des services de contrôle interne et du Corps commun d’inspection",
        ru: "Ход выполнения рекомендаций",
      },
      organisation: "United Nations Economic Commission for Europe",
      languages: ["en", "fr", "ru"],
      base_url: "https://reports.example.org",
      repository: "https://github.com/example/reports",
      vocabulary: {
        status: {
          "not implemented": {
            label: {
              en: "Closed, not implemented, risk accepted by the board",
              fr: "Close sans suite, risque accepté par le conseil d’administration",
              ru: "Закрыто, не выполнено, риск принят советом",
            },
          },
        },
        response: {
          "partially accepted": "Agreed in principle, subject to the availability of funds",
        },
      },
    }),
    "index.md": `---\ntitle: Progress on recommendations\n---\n\nWhat was recommended, and what was done (${ADDRESS}).\n`,
    "about.md": `---\ntitle: About this site\n---\n\n${TEXT.en}\n\n## A wide table\n\n${TABLE}\n\n${YEAR}\n${WORD}\n\n    ${ADDRESS}\n`,
    "about.fr.md": `---\ntitle: À propos\n---\n\n${TEXT.fr}\n`,
    "units.yaml": JSON.stringify([
      {
        name: UNITS[0],
        contact: "https://unece.org/environment-policy/industrial-accidents-convention",
      },
      { name: UNITS[1], label: { en: UNITS[1], fr: "Bureau de la Conférence des Parties" } },
    ]),
    "documents.yaml": JSON.stringify([
      {
        symbol: "ECE/CP.TEIA/38/Add.1",
        title: { en: "Workplan and resources for the Convention for 2019–2020" },
        date: "2018-12-05",
        based_on: ["ECE/CP.TEIA/2018/7"],
      },
      { symbol: "ECE/CP.TEIA/2018/7", title: `Draft: ${FILE}`, forthcoming: true },
    ]),
    "glossary.yaml": JSON.stringify([
      { term: "OIOS", expansion: { en: "Office of Internal Oversight Services" } },
      { term: WORD, expansion: "A law on the labelling of beef", definition: `See ${ADDRESS}.` },
    ]),
  };
  for (const [folder, { numbers, ...report }] of Object.entries(REPORTS)) {
    const kind = "Final Progress Report";
    const front = {
      ...report,
      kind,
      as_at: "2020-09-30",
      organisation: "United Nations Economic Commission for Europe",
    };
    all[`${folder}/${FILE}`] = "";
    all[`${folder}/report.md`] = `${frontMatter(front)}${TEXT.en}\n`;
    numbers.forEach((number, index) => {
      const name = `${folder}/${String(index + 1).padStart(2, "0")}`;
      const title =
        index % 2
          ? "Publish the list of documents"
          : `Publish ${FILE} and the interinstitutional telecommunications directory`;
      all[`${name}.md`] = recommendation(number, title, index);
      if (index % 2) {
        all[`${name}.fr.md`] = translation("fr", "Publier la liste des documents");
        all[`${name}.ru.md`] = translation("ru", "Опубликовать перечень документов");
      }
    });
  }
  return all;
};

/** Writes the site's content into a folder. */
export const write = (root) => {
  for (const [name, text] of Object.entries(files())) {
    const path = join(root, "content", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
};

/** A page of each type, by its address without the language. */
export const PAGES = {
  home: "index.html",
  "report with short numbers": "short/index.html",
  "report with middling numbers": "middling/index.html",
  "report with long numbers": "long/index.html",
  recommendation: "short/8.html",
  "translated recommendation": "middling/1.10.html",
  "all recommendations": "recommendations/index.html",
  "chosen recommendations": "recommendations/status/in-progress.html",
  overdue: "overdue.html",
  documents: "documents/index.html",
  document: "documents/ECE_CP.TEIA_38_Add.1.html",
  goals: "goals/index.html",
  goal: "goals/9.html",
  units: "units/index.html",
  unit: "units/it.html",
  tags: "tags/index.html",
  tag: "tags/it.html",
  glossary: "glossary.html",
  page: "about.html",
  "not found": "404.html",
};

/** Words that are English on every page. */
export const ENGLISH = [
  ...UNITS.filter((name) => /^[A-Z][a-z]+ /.test(name) && !name.startsWith("Bureau")),
  "long-term support",
  "interinstitutional telecommunications",
  "Funding was late",
  "United Nations Economic Commission for Europe",
];
