//! A title that repeats the beginning of the text.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Column, Text};
use crate::vocabulary::fold;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "title-is-cut-text",
    summary: "a title that is the beginning of the recommendation, cut off",
    explanation: "Where a source has no titles, leave `title` out: pages then show the beginning of \
                  the recommendation’s own words, cut at a word and marked as cut.",
    wrong: &[
        "title: The list of all documents should be…\n\n## Recommendation\n\nThe list of all documents should be published at once.",
    ],
    right: &[
        "# no title\n\n## Recommendation\n\nThe list of all documents should be published at once.",
        "title: The list of all documents\n\n## Recommendation\n\nThe list of all documents should be published at once.",
    ],
    ..Rule::NOTE
};

/// The fewest words that are not the same by chance.
const FEWEST: usize = 4;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in context.site.recommendations.iter().map(|one| &*one.texts.original) {
        let Some(title) = text.typed_title() else { continue };
        let cut = title.trim_end_matches(['…', '.', ' ']);
        let is_marked = title.ends_with('…') || title.ends_with("...");
        let words: Vec<String> = cut.split_whitespace().map(fold).collect();
        // Without a mark it may be a good title that happens to begin the text.
        if !is_marked || words.len() < FEWEST || !begins_with(text, &words) {
            continue;
        }
        diagnostics.push(
            Diagnostic::of(&RULE, title.span, "the title is the beginning of the text, cut off")
                .help("remove the line `title: …`, or write a short title"),
        );
    }
}

/// Whether the words of a recommendation begin with these; the last one may be cut.
fn begins_with(text: &Text, words: &[String]) -> bool {
    let own = text.sections.iter().filter(|of| of.column == Column::Recommendation);
    let mut own = own.filter(|of| of.has_words).map(|of| text.slice(of.body));
    let Some(body) = own.next() else { return false };
    let mut spoken = body.split_whitespace().map(fold);
    let (last, others) = words.split_last().map_or(("", words), |(last, rest)| (&**last, rest));
    others.iter().all(|word| spoken.next().as_deref() == Some(word))
        && spoken.next().is_some_and(|word| word.starts_with(last))
}
