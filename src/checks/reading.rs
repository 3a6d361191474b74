//! The documentation of what is reported while files, front matter and registers are read.

use crate::diagnostics::{Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    // Files
    Rule {
        code: "missing-site-yaml",
        severity: Severity::Error,
        summary: "a site without the file `content/site.yaml`",
        explanation: "The file says what the site is called, and in which languages it is. One line \
                      is enough: `title: Progress on recommendations`. `recto init` starts a site \
                      that has it.",
        wrong: &[],
        right: &["# content/site.yaml\ntitle: Progress on recommendations"],
    },
    Rule {
        code: "not-utf8",
        severity: Severity::Error,
        summary: "a file that is no text in the encoding UTF-8",
        explanation: "Either it is a text in an older encoding, in which letters such as `é` or `ж` \
                      would come out wrong: open it in an editor and save it again as UTF-8. Or it \
                      is the file of a word processor with the ending `.md`: copy its text into a \
                      new text file.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "git-conflict",
        severity: Severity::Error,
        summary: "two versions of a text that git could not merge",
        explanation: "Between `<<<<<<<` and `=======` stands one version, from there to `>>>>>>>` \
                      the other. Keep what is right, and remove these three lines.",
        wrong: &[
            "\n## Recommendation\n\n<<<<<<< HEAD\nPublish it.\n=======\nPublish the list.\n>>>>>>> branch",
        ],
        right: &["\n## Recommendation\n\nPublish the list."],
    },
    Rule {
        code: "symbolic-link",
        severity: Severity::Error,
        summary: "a file that is a link to another place on the disk",
        explanation: "What it leads to may lie outside of the site, where nobody meant it to be \
                      published. Put the file itself in its place.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "folder-name",
        severity: Severity::Error,
        summary: "a folder whose name ends with `.md`, as the name of a text does",
        explanation: "Most probably the text lies inside of it, under another name. Move it out, or \
                      rename the folder.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "file-too-large",
        severity: Severity::Error,
        summary: "a text of more than 1 MiB, or a register or template of more than 16 MiB",
        explanation: "A text of 1 MiB has 170,000 words, so this is most probably a picture or a \
                      table with the wrong ending. Give it its own ending, such as \
                      `.pdf` or `.csv`, and it is copied along.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "wrong-ending",
        severity: Severity::Error,
        summary: "a file that Recto would read if its name ended differently",
        explanation: "Texts end with `.md`, settings and registers with `.yaml`, in small letters. \
                      Otherwise the file would be copied along unread.",
        wrong: &["# content/glossary.yml\n- { term: NPD, expansion: National Policy Dialogue }"],
        right: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    },
    Rule {
        code: "active-file",
        severity: Severity::Error,
        summary: "a file that can run scripts in a reader's browser",
        explanation: "Pages, scripts, and pictures with scripts in them could act in the name of \
                      your site. Publish the content as PDF or as a plain picture, or link to it on \
                      another site.",
        wrong: &["# content/audit/drawing.svg\n<svg><script>alert(1)</script></svg>"],
        right: &["# content/audit/drawing.svg\n<svg><path d='M0 0h9'/></svg>"],
    },
    Rule {
        code: "report-name",
        severity: Severity::Error,
        summary: "a file `Report.md`, which makes no report",
        explanation: "The name is `report.md`, in small letters: some systems tell the two apart, \
                      and the report would be there on one computer and not on another.",
        wrong: &["# content/other/Report.md\n---\ntitle: Another report\n---"],
        right: &["# content/other/report.md\n---\ntitle: Another report\n---"],
    },
    Rule {
        code: "translation-without-original",
        severity: Severity::Error,
        summary: "a translation whose original is not there",
        explanation: "`2.fr.md` is the French of `2.md`. Without the original the facts are \
                      missing. Rename one of the two so that they differ by the language alone.",
        wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/2.fr.md\n---\ntitle: Publier la liste\n---"],
        right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---"],
    },
    Rule {
        code: "unknown-language",
        severity: Severity::Error,
        summary: "a language that the site does not have",
        explanation: "The site's languages stand in `content/site.yaml`, as tags such as `en` or \
                      `pt-BR`. English, French and Russian are built in; \
                      `templates/strings/de.yaml` adds German.",
        wrong: &[
            "# content/site.yaml\ntitle: A site\nlanguages: [en, xx]",
            "# content/audit/1.de.md\n---\ntitle: Die Liste\n---",
        ],
        right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]"],
    },
    Rule {
        code: "recommendation-outside-report",
        severity: Severity::Error,
        summary: "a recommendation in a folder that is no report",
        explanation: "A folder is a report when it holds a file `report.md`. Move the \
                      recommendation into one, or begin one with `recto new report NAME`.",
        wrong: &[
            "# content/loose.md\n---\nnumber: 1\ntitle: Publish the list\nstatus: in progress\n---",
        ],
        right: &["number: 1"],
    },
    Rule {
        code: "duplicate-number",
        severity: Severity::Error,
        summary: "two recommendations of one report with the same number",
        explanation: "The number is the address of a recommendation, and how others refer to it. \
                      Give one of them another.",
        wrong: &["# content/audit/1-again.md\nnumber: 1"],
        right: &["# content/audit/1-again.md\nnumber: 1a"],
    },
    Rule {
        code: "template-error",
        severity: Severity::Error,
        summary: "a template of your own that cannot be read",
        explanation: "The files in `templates/` are laid over the built-in ones. This one has a \
                      mistake of syntax, or asks for what its page does not have.",
        wrong: &["# templates/home.html\n{% if %}"],
        right: &["# templates/home.html\n{% if true %}{% endif %}"],
    },
    Rule {
        code: "missing-glyph",
        severity: Severity::Error,
        summary: "characters that no font of the PDF has",
        explanation: "The fonts in the program cover Latin, Greek and Cyrillic. For other scripts, \
                      and for pictures such as emoji, put a font that has them into the folder \
                      `fonts` beside `content`: those of the Noto family may be published by \
                      anybody. A report with `pdf: false` in its report.md has no PDF, and needs \
                      no fonts.",
        wrong: &["\n## Recommendation\n\nThe list (清单) should be published."],
        right: &["\n## Recommendation\n\nThe list (список) should be published."],
    },
    Rule {
        code: "unreadable-font",
        severity: Severity::Warning,
        summary: "a file in the folder `fonts` that gives no font",
        explanation: "PDFs are set in OpenType fonts: files that end with `.ttf`, `.otf`, `.ttc` or \
                      `.otc`, and have at most 64 MiB. Fonts for the web, such as `.woff2`, are not \
                      read: get the font as one of these. Licences may lie beside the fonts.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "pdf-error",
        severity: Severity::Error,
        summary: "a text of which no PDF can be made",
        explanation: "Such as a picture that is damaged. The message says what Typst, which makes \
                      the PDF, found at this place. A report with `pdf: false` in its report.md \
                      has no PDF.",
        wrong: &[],
        right: &[],
    },
    // Front matter and YAML
    Rule {
        code: "empty-file",
        severity: Severity::Error,
        summary: "a text with nothing in it",
        explanation: "Remove the file, or write it: the keys between two lines `---`, and then the \
                      text.",
        wrong: &["# content/about.md\n"],
        right: &["# content/about.md\n---\ntitle: About this site\n---"],
    },
    Rule {
        code: "no-front-matter",
        severity: Severity::Error,
        summary: "a text that does not begin with a line `---` and its keys",
        explanation: "The keys say what the text is about. Nothing may stand before the first \
                      `---`, not even a blank line.\n\nA `README.md` without keys is for those who \
                      look at the folder, and no part of the site.",
        wrong: &[
            "# content/about.md\nAbout this site.",
            "# content/about.md\n\n---\ntitle: About this site\n---",
        ],
        right: &["# content/about.md\n---\ntitle: About this site\n---"],
    },
    Rule {
        code: "unclosed-front-matter",
        severity: Severity::Error,
        summary: "keys that are never closed by a second line `---`",
        explanation: "Without it nobody can tell where the keys end and the text begins.",
        wrong: &["# content/about.md\n---\ntitle: About this site\n\nThe text."],
        right: &["# content/about.md\n---\ntitle: About this site\n---\n\nThe text."],
    },
    Rule {
        code: "yaml-syntax",
        severity: Severity::Error,
        summary: "what is not YAML",
        explanation: "Nearly always it is one of four things: a text that holds `: ` or begins with \
                      a quote, a bracket or a `*` and needs straight quotes around it; a colon \
                      without a space after it; a tab where spaces should be; a quote or bracket \
                      that is never closed. Nothing else of these keys is read until it is mended.",
        wrong: &["title: Phase I: launch", "title: [a list", "tags:\n\t- governance"],
        right: &["title: \"Phase I: launch\"", "tags:\n  - governance"],
    },
    Rule {
        code: "yaml-anchor",
        severity: Severity::Error,
        summary: "the marks `&` and `*`, with which YAML repeats things",
        explanation: "They are not used here, because few people know them and a few lines of them \
                      can stand for gigabytes. A text that begins with one goes in straight quotes.",
        wrong: &["title: *Emphasis"],
        right: &["title: \"*Emphasis\""],
    },
    Rule {
        code: "yaml-too-deep",
        severity: Severity::Error,
        summary: "lists and keys inside one another, more than 16 deep",
        explanation: "Nothing in the format is as deep, so a bracket or an indentation is wrong.",
        wrong: &["tags: [[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]"],
        right: &["tags: [a]"],
    },
    Rule {
        code: "yaml-too-long",
        severity: Severity::Error,
        summary: "front matter of more than 64 KiB, or a YAML file of more than 16 MiB",
        explanation: "Most probably the line `---` that ends the keys is missing, so that the text \
                      counts among them.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "duplicate-key",
        severity: Severity::Error,
        summary: "a key that is given twice",
        explanation: "Only one of the two values can be meant. The first one was read.",
        wrong: &["status: in progress\nstatus: implemented"],
        right: &["status: in progress"],
    },
    Rule {
        code: "unknown-key",
        severity: Severity::Error,
        summary: "a key that Recto does not know",
        explanation: "Were it passed over, a deadline under `dedline` would be lost without a word. \
                      Keys are written in small letters, with `_` between words.",
        wrong: &["dedline: 2020-12-31", "Title: Publish the list"],
        right: &["deadline: 2020-12-31"],
    },
    Rule {
        code: "missing-key",
        severity: Severity::Error,
        summary: "a key without which nothing can be published",
        explanation: "A recommendation needs `number`, `title`, `response` and `status`; a report, a \
                      page, a translation and the site need `title`; an entry of a register needs \
                      what it is about.",
        wrong: &["# no status", "title:"],
        right: &["status: not started"],
    },
    Rule {
        code: "wrong-value",
        severity: Severity::Error,
        summary: "a value that its key does not take",
        explanation: "The message says what the key takes: a text, a list, `true` or `false`, a web \
                      address with its `https://`.",
        wrong: &["continuing: perhaps", "title: [a, list]"],
        right: &["continuing: true"],
    },
    Rule {
        code: "unknown-value",
        severity: Severity::Error,
        summary: "a word that is no status, response, verification, priority or level",
        explanation: "Words are those of the site's languages, and those that `vocabulary` in \
                      `content/site.yaml` adds; large and small letters, hyphens and accents make no \
                      difference.",
        wrong: &["status: done", "response: acepted"],
        right: &["status: implemented", "response: Partially-Accepted"],
    },
    Rule {
        code: "unreadable-date",
        severity: Severity::Error,
        summary: "what is no date, or a day that does not exist",
        explanation: "A date is as precise as you know it: `2020-12-31`, `2020-12`, `2020-Q4`, \
                      `2020`, `2020–2022`, or in words, `31 December 2020`. Dates with slashes are \
                      not read, because 04/05/2020 is two days, one on each side of the Atlantic.",
        wrong: &["deadline: 31 February 2020", "deadline: 31/12/2020"],
        right: &["deadline: 2020-12-31", "deadline: December 2020"],
    },
    Rule {
        code: "fact-in-translation",
        severity: Severity::Error,
        summary: "a fact in a translation, such as a status",
        explanation: "Facts stand in the original only, so that the languages cannot contradict one \
                      another. Remove the key here.",
        wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\nstatus: appliquée\n---"],
        right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---"],
    },
    Rule {
        code: "surplus-action",
        severity: Severity::Error,
        summary: "a translated action that the original does not have",
        explanation: "The actions of a translation are texts in the order of the original's, one for \
                      each.",
        wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\nactions: [Rédiger]\n---"],
        right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.md\nactions: [{ text: Draft it, status: in progress }]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\nactions: [Rédiger]\n---"],
    },
    // Settings and registers
    Rule {
        code: "ambiguous-word",
        severity: Severity::Error,
        summary: "a word of your own that is already the name of something else",
        explanation: "Were `closed` called `implemented`, nobody could tell the two apart. Choose a \
                      word that means nothing else.",
        wrong: &[
            "# content/site.yaml\ntitle: A site\nvocabulary:\n  status:\n    in progress: Implemented",
        ],
        right: &[
            "# content/site.yaml\ntitle: A site\nvocabulary:\n  status:\n    in progress: Open",
        ],
    },
    Rule {
        code: "duplicate-term",
        severity: Severity::Error,
        summary: "a term or one of its forms that stands in the glossary twice",
        explanation: "Readers could be shown only one of the explanations.",
        wrong: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }\n\
                  - { term: NPD, expansion: New product design }"],
        right: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    },
    Rule {
        code: "duplicate-unit",
        severity: Severity::Error,
        summary: "a unit that stands in `units.yaml` twice",
        explanation: "Large and small letters, hyphens and accents make no difference.",
        wrong: &["# content/units.yaml\n- name: Legal Office\n- name: legal-office"],
        right: &["# content/units.yaml\n- name: Legal Office\n- name: Registry"],
    },
    Rule {
        code: "duplicate-document",
        severity: Severity::Error,
        summary: "a document that stands in `documents.yaml` twice",
        explanation: "Large and small letters make no difference in a symbol.",
        wrong: &["# content/documents.yaml\n- symbol: A/RES/70/1\n- symbol: a/res/70/1"],
        right: &["# content/documents.yaml\n- symbol: A/RES/70/1\n- symbol: A/RES/70/2"],
    },
    Rule {
        code: "unknown-code",
        severity: Severity::Error,
        summary: "a level in `site.yaml` for a code that does not exist",
        explanation: "`recto explain` lists all codes. The code of a mistake stands in square \
                      brackets in its first line.",
        wrong: &["# content/site.yaml\ntitle: A site\nchecks:\n  overdu: note"],
        right: &["# content/site.yaml\ntitle: A site\nchecks:\n  overdue: note"],
    },
    Rule {
        code: "lowered-error",
        severity: Severity::Error,
        summary: "a level in `site.yaml` that would hide an error",
        explanation: "What cannot be published cannot be allowed. Remove the line, and mend what is \
                      reported.",
        wrong: &["# content/site.yaml\ntitle: A site\nchecks:\n  unknown-key: warn"],
        right: &["# content/site.yaml\ntitle: A site\nchecks:\n  unknown-key: deny"],
    },
];
