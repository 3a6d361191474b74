//! What is announced has to be looked at again.

use std::collections::BTreeMap;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Said, Target};
use crate::source::Span;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "document-forthcoming",
    summary: "a document that is announced, but not issued yet",
    explanation: "It reminds you to look again. When the document is issued, write its `date` into \
                  `content/documents.yaml`, and take the mark `forthcoming` away.",
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
                "when it is issued, take `forthcoming` away and write the `date` of issue",
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

/// The first place at which a text says of a document, by its symbol, that it is forthcoming.
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
