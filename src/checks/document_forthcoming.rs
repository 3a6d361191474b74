//! A forthcoming document is worth another look.

use std::collections::BTreeMap;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Said, Target};
use crate::source::Span;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "document-forthcoming",
    summary: "a document that is announced, but not issued yet",
    explanation: "This is a reminder to look again. When the document is issued, write its `date` \
                  in `content/documents.yaml`, and remove `forthcoming`.",
    wrong: &["\n## Recommendation\n\nSee A/RES/70/1.\n\
              # content/documents.yaml\n- { symbol: A/RES/70/1, forthcoming: true }"],
    right: &["\n## Recommendation\n\nSee A/RES/70/1.\n\
              # content/documents.yaml\n- { symbol: A/RES/70/1, date: 2015-09-25 }"],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let places = said_places(context);
    for document in context.site.documents.iter().filter(|document| document.forthcoming) {
        let symbol = &document.symbol;
        let marked = document.entry.as_ref().filter(|entry| entry.forthcoming);
        let (place, message, help) = match (marked, places.get(symbol.as_str())) {
            (Some(entry), _) => (
                entry.symbol.span,
                format!("`{symbol}` is marked as forthcoming"),
                "when it is issued, remove `forthcoming` and write its `date`",
            ),
            (None, Some(place)) => (
                *place,
                format!("the text says that `{symbol}` is forthcoming"),
                "when it is issued, register it in `content/documents.yaml` with its `date`",
            ),
            (None, None) => continue,
        };
        diagnostics.push(Diagnostic::of(&RULE, place, message).help(help));
    }
}

/// The first place where a text says that a document is forthcoming, by its symbol.
fn said_places<'a>(context: &Context<'a>) -> BTreeMap<&'a str, Span> {
    let mut places = BTreeMap::new();
    for text in context.texts() {
        for said in &text.said {
            let Said::Forthcoming(index) = said else { continue };
            let found = &text.found[*index];
            if let Some(Target::Document(document)) = context.site.target_of(found) {
                places.entry(document.symbol.as_str()).or_insert(found.span);
            }
        }
    }
    places
}
