//! What texts say about the documents that they cite: that one is forthcoming, or based on another.

use crate::model::{Found, Said};
use crate::references::Key;

/// Reads it between and after the citations of a text.
pub(super) fn said(source: &str, found: &[Found]) -> Vec<Said> {
    let mut said = Vec::new();
    let documents = found.iter().enumerate();
    let mut documents =
        documents.filter(|(_, found)| matches!(found.key, Key::Document(_))).peekable();
    while let Some((index, document)) = documents.next() {
        if is_announced(source, document) {
            said.push(Said::Forthcoming(index));
        }
        let Some((other, next)) = documents.peek() else { continue };
        let between = document.span.range().end..next.span.range().start;
        if document.block == next.block && source.get(between).is_some_and(says_based_on) {
            said.push(Said::BasedOn(index, *other));
        }
    }
    said
}

/// How the languages of the built-in words say that a document is announced.
const FORTHCOMING: [&str; 5] =
    ["forthcoming", "à paraître", "готовится к изданию", "будет издан", "готовится к публикации"];

/// Whether the words between two symbols say that the first document is based on the second: ",
/// forthcoming, based on in-session document". Only a few words for the kind of document may come
/// between: "and decided that its work would be based on" is about something else.
fn says_based_on(words: &str) -> bool {
    const BASED_ON: [&str; 4] = ["based on", "fondé sur", "fondée sur", "на основе"];
    let words = words.trim_start_matches([',', '(', ' ', '\n']);
    let announced = FORTHCOMING.iter().find_map(|word| words.strip_prefix(word));
    let words = announced.unwrap_or(words).trim_start_matches([',', ')', ' ', '\n']);
    let kind = BASED_ON.iter().find_map(|phrase| words.strip_prefix(phrase));
    kind.is_some_and(|kind| {
        kind.split_whitespace().count() < 6 && !kind.contains([',', ';', '(', '!', '?', '.'])
    })
}

/// Whether a text goes on with ", forthcoming" after a citation, and nothing more: "forthcoming
/// sessions" is about something else.
fn is_announced(source: &str, found: &Found) -> bool {
    let rest = source.get(found.span.range().end..).unwrap_or("");
    let rest = rest.strip_prefix(',').or(rest.trim_start().strip_prefix('(')).unwrap_or("");
    let after = FORTHCOMING.iter().find_map(|word| rest.trim_start().strip_prefix(word));
    after.is_some_and(|after| after.is_empty() || after.starts_with([',', ';', '.', ')', '\n']))
}
