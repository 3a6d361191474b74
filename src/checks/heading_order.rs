//! Headings are the way through a text.

use super::outline;
use super::{Check, Context};
use crate::content::markdown::SECTION_HEADING;
use crate::diagnostics::{Diagnostic, Follows, Rule};
use rayon::prelude::*;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "heading-order",
    summary: "a heading that skips a level, or stands on the level of the page’s title",
    explanation: "Readers who listen to a page find their way by its headings. Below `##` \
                  comes `###`; the only heading with one `#` is the title, which Recto \
                  writes itself.",
    wrong: &[
        "\n## Recommendation\n\nPublish it.\n\n#### Where\n\nHere.",
        "# content/about.md\n---\ntitle: About\n---\n\n# About\n\nA page.",
    ],
    right: &["\n## Recommendation\n\nPublish it.\n\n### Where\n\nHere."],
    follows: Follows::Place(&SECTION_HEADING),
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let texts: Vec<_> = context.texts().filter(|text| outline::may_have_headings(text)).collect();
    let found = texts.into_par_iter().flat_map_iter(|text| {
        let mut before = 1;
        outline::headings(text).into_iter().filter_map(move |heading| {
            let (level, last) = (heading.level, std::mem::replace(&mut before, heading.level));
            let (message, right) = match level {
                1 => ("a heading on the level of the page’s title".to_owned(), 2),
                level if level > last + 1 => {
                    (format!("after level {last} comes a heading of level {level}"), last + 1)
                }
                _ => return None,
            };
            let help = format!("write it with {}", "#".repeat(right));
            Some(Diagnostic::of(&RULE, heading.span, message).help(help))
        })
    });
    diagnostics.par_extend(found);
}
