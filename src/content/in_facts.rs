//! What the words of a front matter point at: symbols, goals and terms in the texts of actions and
//! parts, in reasons, notes and titles.

use super::EntryKind;
use crate::model::{FoundInFact, RecommendationFront, TranslationFront};
use crate::references::{Finder, Organ};
use crate::source::Spanned;

/// Everything that the words of a front matter point at.
pub(super) fn in_facts(
    kind: &EntryKind,
    finder: &Finder,
    organ: Option<Organ>,
) -> Vec<FoundInFact> {
    let words: Vec<&Spanned<String>> = match kind {
        EntryKind::Recommendation { front, .. } => of_recommendation(front).collect(),
        EntryKind::Translation { front, .. } => of_translation(front).collect(),
        EntryKind::Report { .. } | EntryKind::Page { .. } => Vec::new(),
    };
    let mut found = Vec::new();
    for words in words {
        // What is doubtful in a text is reported; here it is left as it is.
        for one in finder.find(words, organ).matches {
            found.push(FoundInFact {
                value: words.span,
                range: one.range,
                key: one.key.into_owned(),
            });
        }
    }
    found
}

fn of_recommendation(front: &RecommendationFront) -> impl Iterator<Item = &Spanned<String>> {
    let actions = front.actions.iter().map(|action| &action.text);
    let parts = front.parts.iter().filter_map(|part| part.text.as_ref());
    let reasons = front.deadlines.iter().filter_map(|change| change.reason.as_ref());
    let notes = front.responsible.0.iter().filter_map(|responder| responder.note.as_ref());
    front.title.iter().chain(parts).chain(actions).chain(reasons).chain(notes)
}

fn of_translation(front: &TranslationFront) -> impl Iterator<Item = &Spanned<String>> {
    front.title.iter().chain(&front.parts).chain(&front.actions)
}
