//! SCHEMES: the ways in which a text points at something.
//!
//! A scheme finds candidates in running text and gives each a canonical key. What the key stands
//! for is resolved by `assemble`, how it looks is for `markup`: finding needs no HTML.

mod abbreviation;
mod un_symbol;

use std::ops::Range;

pub use abbreviation::Terms;
pub use un_symbol::{canonical, document_key, document_url, is_symbol};

/// One way in which a text points at something.
pub struct Scheme {
    /// Its name in exports and in [`Found::scheme`](crate::model::Found::scheme).
    pub name: &'static str,
    /// Finds all candidates in a text, in order and without overlaps.
    pub find: fn(&str, &Known, &mut Vec<Match>),
}

/// Every scheme. Where two find the same characters, the first in this list has them: "CAC" in a
/// document symbol is not the glossary's.
pub const SCHEMES: &[Scheme] = &[un_symbol::SCHEME, abbreviation::SCHEME];

/// What the schemes need to know about the site.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The terms of the glossary.
    pub terms: Terms,
}

/// Something that a scheme found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// The canonical form of what they point at.
    pub key: String,
}

/// Everything that a text points at, in order and without overlaps, with the name of its scheme.
pub fn find(text: &str, known: &Known) -> Vec<(&'static str, Match)> {
    let mut all: Vec<(&'static str, Match)> = Vec::new();
    let mut of_one = Vec::new();
    for scheme in SCHEMES {
        (scheme.find)(text, known, &mut of_one);
        // Both lists are sorted, so one walk merges them.
        let mut merged = Vec::with_capacity(all.len() + of_one.len());
        let mut earlier = all.into_iter().peekable();
        for found in of_one.drain(..) {
            while let Some(before) = earlier.next_if(|(_, m)| m.range.end <= found.range.start) {
                merged.push(before);
            }
            if earlier.peek().is_none_or(|(_, m)| found.range.end <= m.range.start) {
                merged.push((scheme.name, found));
            }
        }
        merged.extend(earlier);
        all = merged;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let terms = ["CAC", "CIS", "CIS ICIS", "NPD", "NPDs"].map(str::to_owned);
        Known { terms: Terms::new(terms) }
    }

    #[test]
    fn a_symbol_is_not_an_abbreviation() {
        let found = find("The CAC cite CAC/COSP/2019/17 and NPDs.", &known());
        let found: Vec<_> = found.iter().map(|(scheme, m)| (*scheme, m.key.as_str())).collect();
        let expected =
            [("abbreviation", "CAC"), ("un_symbol", "CAC/COSP/2019/17"), ("abbreviation", "NPDs")];
        assert_eq!(found, expected);
    }

    proptest::proptest! {
        #[test]
        fn matches_never_overlap_and_cut_at_characters(text in "(\\PC|CAC|NPD|A/RES/70/1|ECE/|[ /.()]){0,12}") {
            let mut end = 0;
            for (_, found) in find(&text, &known()) {
                proptest::prop_assert!(end <= found.range.start && found.range.start < found.range.end);
                proptest::prop_assert!(text.get(found.range.clone()).is_some());
                end = found.range.end;
            }
        }
    }
}
