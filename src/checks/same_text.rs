//! The same text twice in one report.

use std::collections::HashMap;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Column, Text};
use crate::source::Span;
use crate::vocabulary::fold;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "same-text",
    summary: "two recommendations of one report with the same words",
    explanation: "Perhaps a file was copied and not yet changed. Two bodies may also have \
                  recommended the same.",
    wrong: &[
        "\n## Recommendation\n\nThe list of all documents should be published at once.\n# content/audit/2.md\nnumber: 2\n\n## Recommendation\n\nThe list of all documents should be published at once.",
    ],
    right: &[
        "\n## Recommendation\n\nThe list of all documents should be published at once.\n# content/audit/2.md\nnumber: 2\n\n## Recommendation\n\nThe list of all documents should be printed.",
    ],
    follows: Follows::Folder,
    ..Rule::NOTE
};

/// The fewest characters that are not the same by chance: "Publish it." may be said twice.
const SHORTEST: usize = 40;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for report in &context.site.reports {
        let own = &context.site.recommendations[report.recommendations.clone()];
        let mut seen: HashMap<String, Span> = HashMap::new();
        for text in own.iter().map(|one| &*one.texts.original) {
            let Some((words, span)) = words(text) else { continue };
            match seen.get(&words) {
                Some(first) => {
                    let message = "another recommendation of this report has the same words";
                    diagnostics.push(
                        Diagnostic::of(&RULE, span, message)
                            .label(*first, "here")
                            .help("was it copied, and not changed yet?"),
                    );
                }
                None => {
                    seen.insert(words, span);
                }
            }
        }
    }
}

/// The words of a recommendation, and the first line of them.
fn words(text: &Text) -> Option<(String, Span)> {
    let own = text.sections.iter().filter(|of| of.kind.column() == Some(Column::Recommendation));
    let own: Vec<Span> = own.filter(|of| of.has_words).map(|of| of.body).collect();
    let words: String = own.iter().map(|span| text.slice(*span)).collect();
    let words = words.split_whitespace().map(fold).collect::<Vec<_>>().join(" ");
    let first = own.first()?;
    let body = text.slice(*first);
    let start = first.range().start + body.len() - body.trim_start().len();
    let line = body.trim_start().lines().next().unwrap_or_default().len();
    (words.chars().count() >= SHORTEST).then(|| (words, Span::new(text.file, start..start + line)))
}
