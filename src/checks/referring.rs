//! The documentation of what is reported about references: what texts point at, or seem to.

use crate::diagnostics::{Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "suspicious-symbol",
        severity: Severity::Warning,
        summary: "what is not quite a document symbol, and so becomes no link",
        explanation: "A letter, a stroke or a number is wrong or missing, so that nobody finds the \
                      document. Where the help names a symbol, compare it with the document; \
                      otherwise look it up at https://docs.un.org.",
        wrong: &["\n## Recommendation\n\nSee A/C3/39/4 and ECE/TRAN/2022/6."],
        right: &["\n## Recommendation\n\nSee A/C.3/39/4 and ECE/TRANS/2022/6."],
    },
    Rule {
        code: "ambiguous-symbol",
        severity: Severity::Warning,
        summary: "a number after a document symbol that may be a second document, or only a number",
        explanation: "Write the second symbol in full if it is one.",
        wrong: &["\n## Recommendation\n\nSee A/S-10/AC.1/10 and 11."],
        right: &["\n## Recommendation\n\nSee A/S-10/AC.1/10 and A/S-10/AC.1/11."],
    },
    Rule {
        code: "ambiguous-resolution",
        severity: Severity::Note,
        summary: "a resolution of which nobody says whose it is",
        explanation: "Name the organ before it. If all resolutions of a report are of one organ, \
                      write `organ: General Assembly` into `report.md`.",
        wrong: &["\n## Recommendation\n\nSee resolution 1/4."],
        right: &["\n## Recommendation\n\nSee General Assembly resolution 70/1."],
    },
    Rule {
        code: "unknown-organ",
        severity: Severity::Error,
        summary: "an organ in `report.md` that Recto does not know",
        explanation: "The organ says whose the resolutions are that name none. The help lists those \
                      that can be written.",
        wrong: &["# content/other/report.md\n---\ntitle: Other\norgan: Assembly of Bees\n---"],
        right: &["# content/other/report.md\n---\ntitle: Other\norgan: General Assembly\n---"],
    },
    Rule {
        code: "unknown-sdg-target",
        severity: Severity::Error,
        summary: "a target or goal that the Sustainable Development Goals do not have",
        explanation: "There are 17 goals, and the help lists the targets of the one that is named.",
        wrong: &["\n## Recommendation\n\nThis serves SDG target 13.9."],
        right: &["\n## Recommendation\n\nThis serves SDG target 13.1."],
    },
    Rule {
        code: "document-forthcoming",
        severity: Severity::Note,
        summary: "a document that is announced, but not issued yet",
        explanation: "It reminds you to look again. When the document is issued, write its `date` into \
                      `content/documents.yaml`, and take the mark `forthcoming` away.",
        wrong: &["\n## Recommendation\n\nSee A/RES/70/1.\n\
                  # content/documents.yaml\n- { symbol: A/RES/70/1, forthcoming: true }"],
        right: &["\n## Recommendation\n\nSee A/RES/70/1.\n\
                  # content/documents.yaml\n- { symbol: A/RES/70/1, date: 2015-09-25 }"],
    },
    Rule {
        code: "unused-document",
        severity: Severity::Note,
        summary: "a document in `documents.yaml` that no text cites",
        explanation: "Perhaps its symbol is misspelt here or there. Cite it, or take it out.",
        wrong: &["# content/documents.yaml\n- symbol: A/RES/70/1"],
        right: &[
            "\n## Recommendation\n\nSee A/RES/70/1.\n# content/documents.yaml\n- symbol: A/RES/70/1",
        ],
    },
    Rule {
        code: "unused-term",
        severity: Severity::Note,
        summary: "a term of the glossary that no text uses",
        explanation: "Perhaps texts write it in another form: give that under `forms`. Otherwise take \
                      it out.",
        wrong: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
        right: &["\n## Recommendation\n\nHold a first NPD.\n\
                  # content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    },
    Rule {
        code: "wrong-pattern",
        severity: Severity::Error,
        summary: "a pattern under `references` in `site.yaml` that cannot be used",
        explanation: "A pattern is a regular expression in single quotes, such as \
                      `'ILO Convention No\\. (\\d+)'`. What its first group finds stands in the \
                      address as `{1}`.",
        wrong: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
                  - { name: ILO, pattern: 'ILO (\\d+', url: 'https://example.org/{1}' }"],
        right: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
                  - { name: ILO, pattern: 'ILO (\\d+)', url: 'https://example.org/{1}' }"],
    },
    Rule {
        code: "duplicate-scheme",
        severity: Severity::Error,
        summary: "a name under `references` in `site.yaml` that is taken",
        explanation: "The name tells exports and programs which way of referring it is. Choose another.",
        wrong: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
                  - { name: sdg, pattern: 'ILO (\\d+)', url: 'https://example.org/{1}' }"],
        right: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
                  - { name: ILO, pattern: 'ILO (\\d+)', url: 'https://example.org/{1}' }"],
    },
];
