//! SCHEMES: the ways in which a text points at something.
//!
//! A scheme finds candidates in running text and gives each a canonical key. `model::target` resolves
//! what the key stands for, and `markup` decides how it looks: finding needs no HTML.
//!
//! Finding is one pass over the text, however many schemes there are: each names the pieces of
//! text at which it wants to be asked (`Scheme::triggers`), one automaton looks for all of them
//! at once, and a scheme that is asked reads a bounded piece around the place.

mod abbreviation;
mod custom;
mod document;
mod doubt;
mod key;
mod organ;
mod phrase;
mod resolution;
mod scan;
mod sdg;
mod un_symbol;
mod web_address;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::diagnostics::Rule;

pub use custom::{Pattern, Patterns};
pub use doubt::{Doubt, Uncertain};
pub use key::{Key, LeadsTo, SchemeId};
pub use organ::Organ;
pub use sdg::{GOALS, Goal, Sdg};
pub use un_symbol::{canonical, document_key, document_url, halves, is_symbol};

/// The rules about references.
pub(crate) const RULES: &[&Rule] = &[
    &doubt::SUSPICIOUS_SYMBOL,
    &doubt::AMBIGUOUS_SYMBOL,
    &doubt::AMBIGUOUS_RESOLUTION,
    &doubt::UNKNOWN_SDG_TARGET,
    &organ::UNKNOWN_ORGAN,
];

/// One way in which a text points at something.
pub struct Scheme {
    /// Its identity.
    pub id: SchemeId,
    /// What its keys stand for.
    pub leads_to: LeadsTo,
    /// The pieces of text at which it is asked.
    triggers: fn(&KnownNames) -> Vec<String>,
    /// Reads the text around a trigger.
    read: fn(&mut Search<'_, '_>, Range<usize>),
}

/// Every scheme but the site's own. Where two find the same characters, the first in this list
/// wins: "CAC" in a document symbol is not the glossary's. The site's own come before those of its
/// registers.
pub const SCHEMES: &[Scheme] = &[
    web_address::SCHEME,
    un_symbol::SCHEME,
    resolution::SCHEME,
    sdg::SCHEME,
    document::SCHEME,
    abbreviation::SCHEME,
];

/// How exports name the links to recommendations, which Markdown finds itself: `[[2]]`,
/// `[[central-asia/2|the second one]]`, and links to the file of one.
pub const RECOMMENDATION: &str = "recommendation";

/// What the schemes need to know about the site.
#[derive(Debug, Clone, Default)]
pub struct KnownNames {
    /// The written forms of the glossary.
    pub terms: Vec<String>,
    /// The names of registered documents that are not symbols.
    pub documents: Vec<String>,
    /// The site's own schemes.
    pub patterns: Patterns,
}

/// Something that a scheme found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'t> {
    /// The scheme.
    pub scheme: SchemeId,
    /// The bytes of the text. Empty for what a range only implies: the second addendum of "Add.1–3"
    /// has no characters.
    pub range: Range<usize>,
    /// What they point at.
    pub key: Key<'t>,
}

/// What a text points at.
#[derive(Debug, Default)]
pub struct Findings<'t> {
    /// In order and without overlaps.
    pub matches: Vec<Match<'t>>,
    /// What looks like a reference, but cannot be followed as it is.
    pub uncertain: Vec<Uncertain>,
}

/// Finds what the texts of a site point at. Made once and used for all of them.
#[derive(Debug)]
pub struct Finder {
    /// None when there are more triggers than an automaton can hold: gigabytes of them.
    triggers: Option<AhoCorasick>,
    /// For each trigger its scheme, as an index of [`SCHEMES`].
    schemes: Vec<u8>,
    patterns: Patterns,
}

impl Finder {
    /// A finder for a site.
    pub fn new(known: KnownNames) -> Self {
        let mut schemes = Vec::new();
        let mut triggers = Vec::new();
        for (index, scheme) in (0..).zip(SCHEMES) {
            for trigger in (scheme.triggers)(&known) {
                triggers.push(trigger);
                schemes.push(index);
            }
        }
        // The quicker automaton takes a thousand times the memory of its words.
        let kind = match triggers.iter().map(String::len).sum::<usize>() {
            0..=32_768 => AhoCorasickKind::DFA,
            _ => AhoCorasickKind::ContiguousNFA,
        };
        let triggers = AhoCorasick::builder().kind(Some(kind)).build(&triggers).ok();
        Self { triggers, schemes, patterns: known.patterns }
    }

    /// Everything that a text points at. A resolution without an organ is one of `organ`.
    pub fn find<'t>(&self, text: &'t str, organ: Option<Organ>) -> Findings<'t> {
        let mut of_schemes: [Vec<Match<'t>>; SCHEMES.len()] = Default::default();
        let mut done = [0; SCHEMES.len()];
        let mut uncertain = Vec::new();
        let mut addresses = Vec::new();
        let mut end_of_address = 0;
        let names_goals = OnceCell::new();
        let Some(triggers) = &self.triggers else { return Findings::default() };
        for hit in triggers.find_overlapping_iter(text) {
            if hit.start() < end_of_address {
                continue;
            }
            let index = usize::from(self.schemes[hit.pattern().as_usize()]);
            if SCHEMES[index].id == SchemeId::WebAddress {
                let address = web_address::around(text, hit.range());
                end_of_address = address.end;
                addresses.push(address);
            }
            // Most slashes of a symbol have been read with its first one.
            if hit.end() < done[index] {
                continue;
            }
            let mut reading = Search {
                text,
                organ,
                scheme: &SCHEMES[index],
                names_goals: &names_goals,
                done: &mut done[index],
                matches: &mut of_schemes[index],
                uncertain: &mut uncertain,
            };
            (SCHEMES[index].read)(&mut reading, hit.range());
        }
        let own = self.patterns.find(text, &addresses);
        let [addresses, symbols, resolutions, goals, registers @ ..] = of_schemes;
        let before = [addresses, symbols, resolutions, goals, own];
        Findings { matches: merge(before.into_iter().chain(registers)), uncertain }
    }
}

/// What the schemes found, in order; where two overlap, the one of the earlier scheme.
fn merge<'t>(of_schemes: impl Iterator<Item = Vec<Match<'t>>>) -> Vec<Match<'t>> {
    let mut all: Vec<Match<'_>> = Vec::new();
    for of_one in of_schemes {
        if all.is_empty() {
            all = of_one;
            continue;
        }
        if of_one.is_empty() {
            continue;
        }
        // Both lists are sorted, so one walk merges them.
        let mut merged = Vec::with_capacity(all.len() + of_one.len());
        let mut earlier = all.into_iter().peekable();
        for found in of_one {
            while let Some(before) = earlier.next_if(|m| m.range.end <= found.range.start) {
                merged.push(before);
            }
            if earlier.peek().is_none_or(|m| found.range.end <= m.range.start) {
                merged.push(found);
            }
        }
        merged.extend(earlier);
        all = merged;
    }
    all
}

/// What a scheme is handed at a trigger, and where it puts what it finds.
struct Search<'t, 'o> {
    text: &'t str,
    /// The organ of resolutions that name none.
    organ: Option<Organ>,
    scheme: &'static Scheme,
    /// Whether the text names the Sustainable Development Goals at all; looked for once.
    names_goals: &'o OnceCell<bool>,
    /// How far this scheme has read: what begins before it has been seen.
    done: &'o mut usize,
    matches: &'o mut Vec<Match<'t>>,
    uncertain: &'o mut Vec<Uncertain>,
}

impl<'t> Search<'t, '_> {
    /// Records the text of a range as a reference.
    fn found(&mut self, range: Range<usize>, key: impl Into<Cow<'t, str>>) {
        self.found_key(range, self.scheme.leads_to.key(key.into()));
    }

    fn found_key(&mut self, range: Range<usize>, key: Key<'t>) {
        *self.done = (*self.done).max(range.end);
        self.matches.push(Match { scheme: self.scheme.id.clone(), range, key });
    }

    /// Records that the text of a range cannot be followed as it is.
    fn doubt(&mut self, range: Range<usize>, doubt: Doubt) {
        *self.done = (*self.done).max(range.end);
        self.uncertain.push(Uncertain { range, doubt });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> Finder {
        let terms = ["CAC", "CIS", "CIS ICIS", "ICIS", "NPD", "NPDs", "COP", "COP-11", "tbc"];
        let known = KnownNames {
            terms: terms.map(str::to_owned).to_vec(),
            documents: vec!["Joint Communiqué".to_owned()],
            patterns: Patterns::default(),
        };
        Finder::new(known)
    }

    fn found(text: &str) -> Vec<(String, String)> {
        let matches = finder().find(text, None).matches.into_iter();
        matches.map(|m| (m.scheme.to_string(), m.key.to_string())).collect()
    }

    #[test]
    fn a_symbol_is_not_an_abbreviation() {
        let expected = [
            ("abbreviation", "CAC"),
            ("un_symbol", "CAC/COSP/2019/17"),
            ("document", "Joint Communiqué"),
            ("abbreviation", "NPDs"),
        ];
        assert_eq!(
            found("The CAC cite CAC/COSP/2019/17, the Joint Communiqué and NPDs."),
            expected.map(|(scheme, key)| (scheme.to_owned(), key.to_owned()))
        );
    }

    #[test]
    fn names_are_found_however_their_accents_are_written() {
        let names = |text: &str| -> Vec<String> {
            let known = ["re", "résumé", "e\u{301}tat"].map(str::to_owned);
            let known = KnownNames { terms: known.to_vec(), ..KnownNames::default() };
            let found = Finder::new(known).find(text, None).matches.into_iter();
            found.map(|one| one.key.to_string()).collect()
        };
        assert_eq!(names("re re\u{301}sume\u{301}, résumé"), ["re", "résumé", "résumé"]);
        assert_eq!(names("état e\u{301}tat re\u{301}"), ["état", "état"]);
    }

    #[test]
    fn nothing_else_is_looked_for_in_addresses() {
        let text = "https://docs.un.org/en/A/70/1?x=CAC www.example.org/CAC a@CAC.org A/70/1";
        let keys: Vec<String> = found(text).into_iter().map(|(_, key)| key).collect();
        let addresses =
            ["https://docs.un.org/en/A/70/1?x=CAC", "http://www.example.org/CAC", "A/70/1"];
        assert_eq!(keys, addresses);
    }

    #[test]
    fn the_longest_whole_word_wins() {
        let text = "The CIS ICIS, the CIS, COP-11 and COP-110, copy, TBC, tbc.";
        let keys: Vec<String> = found(text).into_iter().map(|(_, key)| key).collect();
        assert_eq!(keys, ["CIS ICIS", "CIS", "COP-11", "COP", "tbc"]);
    }

    const PIECES: &str = "(\\PC|CAC|NPD|A/RES/70/1|ECE/|/Add\\.1| and Add\\.2|–3|resolution|\
        General Assembly |SDGs? |Goals? |target |1\\.2| \\(XX\\)|:// |[0-9]{1,3}|[ /.,()-]){0,16}";

    proptest::proptest! {
        #[test]
        fn matches_never_overlap_and_cut_at_characters(text in PIECES) {
            let found = finder().find(&text, Some(Organ::GeneralAssembly));
            let mut end = 0;
            for found in &found.matches {
                proptest::prop_assert!(end <= found.range.start && found.range.start <= found.range.end);
                proptest::prop_assert!(text.get(found.range.clone()).is_some());
                end = found.range.end;
            }
            for uncertain in &found.uncertain {
                proptest::prop_assert!(text.get(uncertain.range.clone()).is_some());
            }
        }
    }
}
