//! Headings are the way through a text.

use super::{Check, Context};
use crate::content::markdown::SECTION_HEADING;
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::source::Span;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "heading-order",
    summary: "a heading that skips a level, or has the level of the page’s title",
    explanation: "Readers who listen to a page find their way by its headings. Below `##` comes \
                  `###`; the only heading with one `#` is the title, which Recto adds itself.",
    wrong: &[
        "\n## Recommendation\n\nPublish it.\n\n#### Where\n\nHere.",
        "# content/about.md\n---\ntitle: About\n---\n\n# About\n\nA page.",
    ],
    right: &["\n## Recommendation\n\nPublish it.\n\n### Where\n\nHere."],
    follows: Follows::Place(&SECTION_HEADING),
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in context.texts().filter(|text| !text.headings.is_empty()) {
        let of_sections = text.sections.iter().filter_map(|section| section.heading.as_ref());
        let of_sections = of_sections.map(|heading| (heading.span, 2));
        let others = text.headings.iter().map(|heading| (heading.span, heading.level));
        let mut headings: Vec<(Span, usize)> = of_sections.chain(others).collect();
        headings.sort_unstable();
        let mut before = 1;
        for (span, level) in headings {
            let last = std::mem::replace(&mut before, level);
            let (message, right) = match level {
                1 => ("a heading has the level of the page’s title".to_owned(), 2),
                level if level > last + 1 => {
                    (format!("a heading of level {level} follows one of level {last}"), last + 1)
                }
                _ => continue,
            };
            let help = format!("write it with {}", "#".repeat(right));
            diagnostics.push(Diagnostic::of(&RULE, span, message).help(help));
        }
    }
}
