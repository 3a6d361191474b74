//! The documentation of what is reported in texts, links, translations and addresses.

use crate::diagnostics::{Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    // Texts
    Rule {
        code: "not-a-link",
        severity: Severity::Warning,
        summary: "what looks like a Markdown link and is none",
        explanation: "An address in round brackets has no spaces, unless angle brackets stand \
                      around it: `[the annex](<my annex.pdf>)`.",
        wrong: &["\n## Recommendation\n\nSee [the annex](my annex.pdf)."],
        right: &["\n## Recommendation\n\nSee [the report](report.md)."],
    },
    Rule {
        code: "missing-note",
        severity: Severity::Warning,
        summary: "a footnote mark without the note",
        explanation: "The mark and its note have the same name, which may be a number or a word; \
                      readers see numbers in the order of the marks.",
        wrong: &["\n## Recommendation\n\nPublish the list.[^1]"],
        right: &["\n## Recommendation\n\nPublish the list.[^1]\n\n[^1]: Each quarter."],
    },
    Rule {
        code: "unknown-section",
        severity: Severity::Warning,
        summary: "a heading with two `#` in a recommendation that is no section Recto knows",
        explanation: "What stands under `## Managment response` would be missing from the column of \
                      responses. Correct the heading, or name it under `sections` in \
                      `content/site.yaml`.",
        wrong: &["\n## Recomendation\n\nThe list should be published."],
        right: &["\n## Recommendation\n\nThe list should be published."],
    },
    Rule {
        code: "section-heading",
        severity: Severity::Warning,
        summary: "a line that looks like the heading of a section but is none",
        explanation: "A section begins with two `#` and a space. Under any other heading, or a bold \
                      line, its text would stand in the column of the section before.",
        wrong: &[
            "\n## Recommendation\n\nThe list should be published.\n\n**Management response**\n\nAccepted.",
        ],
        right: &[
            "\n## Recommendation\n\nThe list should be published.\n\n## Management response\n\nAccepted.",
        ],
    },
    Rule {
        code: "unclosed-comment",
        severity: Severity::Error,
        summary: "a comment that begins with `<!--` and is never closed",
        explanation: "A comment is a note to other authors. Without the closing `-->` either the \
                      rest of the text is hidden, or the note is published.",
        wrong: &["\n## Recommendation\n\n<!-- ask the Registry\n\nThe list should be published."],
        right: &[
            "\n## Recommendation\n\n<!-- ask the Registry -->\n\nThe list should be published.",
        ],
    },
    Rule {
        code: "raw-html",
        severity: Severity::Warning,
        summary: "HTML in a text, which readers would see as it is typed",
        explanation: "Nothing in a text can run in a reader's browser, so no HTML is let through. \
                      Write it as Markdown: `**bold**`, `[words](https://example.org)`. For a `<` \
                      that is meant as such, write `&lt;`.",
        wrong: &["\n## Recommendation\n\nThe list <b>should</b> be published."],
        right: &[
            "\n## Recommendation\n\nThe list **should** be published.",
            "\n## Recommendation\n\nIf the share is &lt; 5 per cent, publish the list.",
        ],
    },
    // Links
    Rule {
        code: "unsafe-address",
        severity: Severity::Error,
        summary: "an address that could run something, or whose scheme is missing",
        explanation: "A link begins with `https://`, `http://`, `mailto:` or `tel:`, or is the name \
                      of a file.",
        wrong: &[
            "\n## Recommendation\n\n[The list](javascript:alert(1))",
            "\n## Recommendation\n\n[The list](//example.org)",
        ],
        right: &["\n## Recommendation\n\n[The list](https://example.org)"],
    },
    Rule {
        code: "file-outside-site",
        severity: Severity::Error,
        summary: "a link to a file outside of the folder `content`",
        explanation: "Only what lies in `content` is published. Copy the file beside the text, or \
                      link to a web address.",
        wrong: &["\n## Recommendation\n\n[The list](../../../list.pdf)"],
        right: &["\n## Recommendation\n\n[The list](https://example.org/list.pdf)"],
    },
    Rule {
        code: "outside-image",
        severity: Severity::Warning,
        summary: "a picture that lies on another site",
        explanation: "Each reader's browser would ask that site for it. Put the file beside the \
                      text; until then the page shows a link.",
        wrong: &["\n## Recommendation\n\n![A map](https://example.org/map.png)"],
        right: &["\n## Recommendation\n\n[A map](https://example.org/map.png)"],
    },
    Rule {
        code: "broken-link",
        severity: Severity::Error,
        summary: "a link to a text that is not there, or to nothing",
        explanation: "A link to another text is the way to its file, from the file in which the link \
                      stands: `02-train-the-staff.md`, `../audit/report.md`.",
        wrong: &[
            "\n## Recommendation\n\nSee [the second](2.md).",
            "\n## Recommendation\n\nSee [the second]().",
        ],
        right: &["\n## Recommendation\n\nSee [the report](report.md)."],
    },
    Rule {
        code: "missing-file",
        severity: Severity::Error,
        summary: "a link or a piece of evidence that names a file which is not there",
        explanation: "A name is relative to the file in which it stands. Large and small letters \
                      differ.",
        wrong: &["evidence: [list.pdf]", "\n## Recommendation\n\n[The list](list.pdf)"],
        right: &["evidence: [the minutes of 3 May 2020]"],
    },
    Rule {
        code: "broken-recommendation-link",
        severity: Severity::Error,
        summary: "a reference to a recommendation that does not exist",
        explanation: "`[[2]]`, `related: [2]` and `superseded_by: 2` mean the number 2 of the same \
                      report; `central-asia/2` is one of another report, by its folder.",
        wrong: &["related: [7]", "\n## Recommendation\n\nSee [[7]]."],
        right: &["\n## Recommendation\n\nSee [[1]]."],
    },
    // Translations
    Rule {
        code: "surplus-section",
        severity: Severity::Warning,
        summary: "a dated update in a translation that the original does not have",
        explanation: "An update is a fact: write it in the original first.",
        wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Progrès au 2 mai 2020\n\nFait."],
        right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Progrès\n\nFait."],
    },
    Rule {
        code: "incomplete-translation",
        severity: Severity::Warning,
        summary: "a section of the original that a translation lacks",
        explanation: "Until it is translated, pages show the original's words in its place.",
        wrong: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Recommandation\n\nPublier."],
        right: &["# content/site.yaml\ntitle: A site\nlanguages: [en, fr]\n\
                  # content/audit/1.fr.md\n---\ntitle: Publier la liste\n---\n\n## Recommandation\n\nPublier.\n\n\
                  ## Réponse de l’administration\n\nAcceptée.\n\n## Progrès\n\nFait."],
    },
    // Addresses
    Rule {
        code: "address-collision",
        severity: Severity::Error,
        summary: "two things that would be published at one address",
        explanation: "Two files, or a file and a page that Recto makes itself, would stand at the \
                      same place; or their names differ by case or accents alone, which some \
                      systems do not tell apart. Give one of them another name or number.",
        wrong: &["# content/audit/2.md\nnumber: 2a\n# content/audit/3.md\nnumber: 2A"],
        right: &["# content/audit/2.md\nnumber: 2a\n# content/audit/3.md\nnumber: 2b"],
    },
    Rule {
        code: "alias-collision",
        severity: Severity::Error,
        summary: "a former address at which something else stands now",
        explanation: "A reader who follows an old link would land on something else. Remove the \
                      alias, or give the other thing another name.",
        wrong: &["aliases: [glossary.html]"],
        right: &["aliases: [old/glossary.html]"],
    },
    Rule {
        code: "unsafe-path",
        severity: Severity::Error,
        summary: "a name or alias that cannot be an address",
        explanation: "It would lie outside of the site, be hidden, or be a name that Windows keeps \
                      for itself.",
        wrong: &["aliases: [../../elsewhere]", "number: con"],
        right: &["aliases: [old/list.html]"],
    },
    // Other sites, which only `recto check --external` asks
    Rule {
        code: "broken-address",
        severity: Severity::Error,
        summary: "an address on another site that is gone: its host answers 404 or 410",
        explanation: "Only `recto check --external` asks. Find the new place of what was there, or a \
                      copy of it in a web archive.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "moved-address",
        severity: Severity::Note,
        summary: "an address on another site that has moved for good",
        explanation: "It still works today. Only `recto check --external` asks. Look at the new place \
                      before you write it in: hosts that close a page often redirect to their front \
                      page.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "blocked-address",
        severity: Severity::Note,
        summary: "an address on another site whose host will not talk to programs",
        explanation: "It answers 403, 429 or the like, which says nothing about the address. Only \
                      `recto check --external` asks. Open it in a browser.",
        wrong: &[],
        right: &[],
    },
    Rule {
        code: "unreachable-address",
        severity: Severity::Note,
        summary: "an address on another site of which no answer was to be had",
        explanation: "Its host is down, slow or unknown, or its answer makes no sense. Only \
                      `recto check --external` asks. Try again later, or open it in a browser.",
        wrong: &[],
        right: &[],
    },
];
