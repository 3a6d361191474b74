//! The site's own schemes, from `references` in `site.yaml`: a name, a regular expression and an
//! address filled in from its groups.
//!
//! All patterns form one automaton, whose time is linear in the text whatever they are. Each search
//! sees a bounded piece, so that many matches do not make it quadratic either. The key is the
//! address.

use std::ops::Range;
use std::sync::Arc;

use percent_encoding::utf8_percent_encode;
use regex_automata::Input;
use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;

use super::{Key, Match, SchemeId};
use crate::source::{PATH_CHARACTERS, boundary};

/// A scheme that the site defines.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// What it finds, for people.
    pub name: String,
    /// The regular expression.
    pub pattern: String,
    /// The address, in which `{1}` is what the first group found, and `{0}` all of it.
    pub url: String,
}

/// The most bytes that one reference can have. A longer one is not found: its end would be cut off,
/// and its address would be wrong.
const LONGEST: usize = 512;

/// The site's own schemes, ready to find.
#[derive(Debug, Clone, Default)]
pub struct Patterns(Option<Arc<Compiled>>);

#[derive(Debug)]
struct Compiled {
    all: Regex,
    patterns: Vec<Pattern>,
}

impl Pattern {
    /// Checks that the pattern can be used, and says why if not.
    ///
    /// # Errors
    ///
    /// When it is not a regular expression, is too large, or matches the empty text.
    pub fn check(&self) -> Result<(), String> {
        let parsed = syntax::parse(&self.pattern).map_err(|error| last_line(&error))?;
        if parsed.properties().minimum_len().is_none_or(|length| length == 0) {
            return Err("it matches the empty text".to_owned());
        }
        let regex = Regex::new(&self.pattern).map_err(|error| last_line(&error))?;
        let groups = regex.group_info().group_len(regex_automata::PatternID::ZERO);
        let missing = places(&self.url).find(|(_, group)| *group >= groups);
        missing.map_or(Ok(()), |(_, group)| {
            Err(format!("the address has `{{{group}}}`, and the pattern has no such group"))
        })
    }
}

/// The last line of a parser's error, which comes after a drawing of the pattern.
fn last_line(error: &impl ToString) -> String {
    let text = error.to_string();
    let line = text.lines().last().unwrap_or("").trim();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// The places such as `{1}` of an address, each with the number of its group.
fn places(url: &str) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
    url.match_indices('{').filter_map(|(start, _)| {
        let length = url[start..].find('}')?;
        let group = url[start + 1..start + length].parse().ok()?;
        Some((start..start + length + 1, group))
    })
}

impl Patterns {
    /// The patterns, all of which passed [`Pattern::check`].
    ///
    /// # Errors
    ///
    /// When they are too large together.
    pub fn new(patterns: Vec<Pattern>) -> Result<Self, String> {
        if patterns.is_empty() {
            return Ok(Self::default());
        }
        let texts: Vec<&str> = patterns.iter().map(|p| p.pattern.as_str()).collect();
        let all = Regex::new_many(&texts).map_err(|error| last_line(&error))?;
        Ok(Self(Some(Arc::new(Compiled { all, patterns }))))
    }

    /// Finds all matches, except inside addresses.
    pub(super) fn find(&self, text: &str, addresses: &[Range<usize>]) -> Vec<Match<'static>> {
        let mut out = Vec::new();
        let Some(compiled) = &self.0 else { return out };
        let mut captures = compiled.all.create_captures();
        let mut from = 0;
        let mut addresses = addresses.iter().peekable();
        while from < text.len() {
            let to = boundary(text, from + 2 * LONGEST);
            let next = if to == text.len() { to } else { boundary(text, from + LONGEST) };
            compiled.all.search_captures(&Input::new(text).span(from..to), &mut captures);
            // A later match is left to the next search, which sees as much of the text after it.
            let found = captures.get_match().map(|m| m.range()).filter(|m| m.start < next);
            let (Some(range), Some(pattern)) = (found, captures.pattern()) else {
                from = next;
                continue;
            };
            from = range.end;
            // Both are in order, so an address that ended before this one is done with.
            while addresses.next_if(|address| address.end <= range.start).is_some() {}
            let in_address = addresses.peek().is_some_and(|address| address.start < range.end);
            if !in_address && range.len() <= LONGEST {
                let Pattern { name, url, .. } = &compiled.patterns[pattern.as_usize()];
                let key = Key::Address(filled(url, text, &captures).into());
                out.push(Match { scheme: SchemeId::Own(name.clone()), range, key });
            }
        }
        out
    }
}

/// An address with its places filled in from the groups.
fn filled(url: &str, text: &str, captures: &Captures) -> String {
    let mut address = String::with_capacity(url.len());
    let mut done = 0;
    for (place, group) in places(url) {
        address.push_str(&url[done..place.start]);
        let found = captures.get_group(group).map_or("", |span| &text[span.range()]);
        address.extend(utf8_percent_encode(found, PATH_CHARACTERS));
        done = place.end;
    }
    address.push_str(&url[done..]);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(pattern: &str, url: &str) -> Pattern {
        Pattern { name: "own".to_owned(), pattern: pattern.to_owned(), url: url.to_owned() }
    }

    fn found(patterns: &[(&str, &str)], text: &str) -> Vec<String> {
        let patterns = patterns.iter().map(|(p, url)| pattern(p, url)).collect();
        let found = Patterns::new(patterns).unwrap().find(text, &[]);
        found.into_iter().map(|m| m.key.to_string()).collect()
    }

    #[test]
    fn groups_stand_in_the_address() {
        let patterns = [
            (r"ILO Convention No\. (\d+)", "https://normlex.ilo.org/?p=:{1}"),
            (r"Regulation \(EU\) (\d{4}/\d+)", "https://eur-lex.europa.eu/{1}#{0}"),
        ];
        assert_eq!(
            found(
                &patterns,
                "ILO Convention No. 87, ILO Convention No. x, Regulation (EU) 2012/18"
            ),
            [
                "https://normlex.ilo.org/?p=:87",
                "https://eur-lex.europa.eu/2012/18#Regulation%20(EU)%202012/18",
            ]
        );
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        for (text, url, reason) in [
            ("(", "x", "unclosed group"),
            ("a*", "x", "it matches the empty text"),
            (r"\b", "x", "it matches the empty text"),
            ("(a)", "{2}", "the address has `{2}`, and the pattern has no such group"),
        ] {
            assert_eq!(pattern(text, url).check(), Err(reason.to_owned()), "{text}");
        }
        assert_eq!(pattern("a(b)", "{0}{1}{x}").check(), Ok(()));
    }

    #[test]
    fn a_search_past_a_window_finds_what_begins_in_the_next() {
        let text = format!("{}No. 87{}No. 98", "é".repeat(LONGEST + 3), "-".repeat(3 * LONGEST));
        assert_eq!(found(&[(r"No\. \d+", "{0}")], &text), ["No.%2087", "No.%2098"]);
    }
}
