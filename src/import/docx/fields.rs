//! Fields: a code, and what Word last showed for it, split over runs.

use std::collections::HashSet;
use std::rc::Rc;

use crate::import::xml::{Element, Namespace};

/// How deep fields may be nested: each text is looked up among all that are open.
const MAX_NESTED: usize = 100;

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct WordField {
    /// Its code so far.
    pub(super) code: String,
    pub(super) phase: Phase,
    /// Where what it shows links.
    pub(super) link: Option<Rc<str>>,
}

/// Which part of a field is being read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The code, which is not shown.
    #[default]
    Code,
    /// What it shows.
    Result,
}

/// The `w:fldChar` that belong to no complete field. A field without its end would swallow the rest of
/// the document, so Word and this reader both take no notice of it.
pub(super) fn unmatched(root: Element<'_>) -> HashSet<usize> {
    let mut unmatched = HashSet::new();
    // A field cannot leave the cell, box or note where it begins.
    let mut scopes: Vec<(usize, Vec<[Option<usize>; 2]>)> = vec![(root.end(), Vec::new())];
    for element in root.descendants() {
        while scopes.len() > 1 && scopes.last().is_some_and(|(end, _)| *end <= element.index()) {
            let open = scopes.pop().map(|(_, open)| open).unwrap_or_default();
            unmatched.extend(open.into_iter().flatten().flatten());
        }
        let Some((_, open)) = scopes.last_mut() else { break };
        match element.key() {
            (Namespace::W, "tc" | "txbxContent" | "footnote" | "endnote" | "comment") => {
                scopes.push((element.end(), Vec::new()));
            }
            (Namespace::W, "fldChar") => {
                let is_matched = match element.attribute(Namespace::W, "fldCharType") {
                    Some("begin") => {
                        open.push([Some(element.index()), None]);
                        true
                    }
                    Some("separate") => match open.last_mut() {
                        Some([_, separator @ None]) => {
                            *separator = Some(element.index());
                            true
                        }
                        _ => false,
                    },
                    Some("end") => match open.pop() {
                        Some(field) if open.len() >= MAX_NESTED => {
                            unmatched.extend(field.into_iter().flatten());
                            false
                        }
                        field => field.is_some(),
                    },
                    _ => false,
                };
                if !is_matched {
                    unmatched.insert(element.index());
                }
            }
            _ => {}
        }
    }
    unmatched.extend(scopes.into_iter().flat_map(|(_, open)| open).flatten().flatten());
    unmatched
}

/// Where a field with this code links: an address, or `#name` for a place in the document. What only
/// repeats another place (`REF`) is text, even where Word lets readers go there.
pub(super) fn link(code: &str) -> Option<String> {
    let mut words = words(code).into_iter();
    let name = words.next()?.text.to_uppercase();
    match name.as_str() {
        "HYPERLINK" => {
            let mut address = String::new();
            let mut place = None;
            while let Some(word) = words.next() {
                match (word.quotes, word.text.to_lowercase().as_str()) {
                    (Quotes::Without, "\\l") => place = words.next().map(|word| word.text),
                    (Quotes::Without, "\\o" | "\\t") => drop(words.next()),
                    (Quotes::Without, text) if text.starts_with('\\') => {}
                    _ if address.is_empty() => address = word.text,
                    _ => {}
                }
            }
            joined(&address, place.as_deref())
        }
        _ => None,
    }
}

/// An address with a place on its page.
pub(super) fn joined(address: &str, place: Option<&str>) -> Option<String> {
    match (address, place.filter(|place| !place.is_empty())) {
        ("", None) => None,
        (address, None) => Some(address.to_owned()),
        (address, Some(place)) => Some(format!("{address}#{place}")),
    }
}

struct FieldWord {
    text: String,
    quotes: Quotes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    Within,
    Without,
}

/// The words of a code: white space parts them unless it is between quotes; within, `\` makes the next
/// character plain.
fn words(code: &str) -> Vec<FieldWord> {
    let is_quote = |character: char| matches!(character, '"' | '“' | '”');
    let mut words = Vec::new();
    let mut characters = code.chars().peekable();
    while let Some(first) = characters.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut text = String::new();
        if is_quote(first) {
            while let Some(character) = characters.next().filter(|next| !is_quote(*next)) {
                let is_escape = character == '\\'
                    && characters.peek().is_some_and(|next| *next == '\\' || is_quote(*next));
                text.extend(if is_escape { characters.next() } else { Some(character) });
            }
            words.push(FieldWord { text, quotes: Quotes::Within });
        } else {
            text.push(first);
            while let Some(character) =
                characters.next_if(|next| !next.is_whitespace() && !is_quote(*next))
            {
                text.push(character);
            }
            words.push(FieldWord { text, quotes: Quotes::Without });
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_link_where_word_would_go() {
        for (code, expected) in [
            (r#" HYPERLINK "https://a.example/?x=1&y=2" "#, Some("https://a.example/?x=1&y=2")),
            (r#"HYPERLINK \l "_Toc1""#, Some("#_Toc1")),
            (
                r#"hyperlink "https://a.example/" \l "part" \o "a tip" \t "_blank""#,
                Some("https://a.example/#part"),
            ),
            ("HYPERLINK https://a.example/", Some("https://a.example/")),
            (r#"HYPERLINK "\\\\server\\share""#, Some(r"\\server\share")),
            (r" REF _Ref1 \h ", None),
            (" PAGE ", None),
            ("HYPERLINK", None),
            ("", None),
        ] {
            assert_eq!(link(code).as_deref(), expected, "{code}");
        }
    }
}
