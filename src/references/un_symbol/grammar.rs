//! How a document symbol is built: a prefix, parts after slashes, a qualifier in brackets.
//!
//! ```text
//! symbol    := prefix { "/" part [ qualifier ] } [ "*" ] [ "-" another symbol ]
//! part      := body (WP.30) | paper (L.3) | name (RES) | session (S-30) | serial (38, 52B, 11-14)
//!            | suffix (Add.1)
//! qualifier := (Sect. 20) (Vol. II) (Part I) (Parts I and II) (2001) (XXX) (S-VI) …
//! ```

use std::borrow::Cow;
use std::ops::Range;

use super::super::scan::{dash, invisible, is_end, is_space, spaces};
use super::canonical;
use super::part::{SymbolPart, dotted, glued, session, split_year};
use super::qualifier::{After, qualifier};
use super::suffix;
use super::words::{
    CONFERENCE, bodies, fewest_digits, is_convention, is_name, is_organ, is_paper,
    name_in_capitals, stood_alone,
};

/// What is found at a place that begins like a symbol.
pub(super) enum SymbolOutcome {
    /// A symbol.
    Symbol(Symbol),
    /// A symbol with a mistake, up to a place, and what was meant where that is clear.
    Doubtful(usize, Option<String>),
    /// Something else.
    Nothing,
}

/// A symbol as it is printed.
pub(super) struct Symbol {
    /// Where it ends.
    pub(super) end: usize,
    /// Whether the printed form is the canonical one.
    pub(super) is_plain: bool,
    /// Where a suffix that gives a range of documents begins: `/Adds.1–3`. Only these are cited,
    /// not the document before it.
    pub(super) glued: Option<usize>,
    /// Whether the canonical form ends with a bracket that is printed further on: the one in "(Vol.
    /// I and Vol. II)".
    pub(super) closed_later: bool,
}

/// The most parts that a symbol has, and the most bytes of one: they bound what is read at each
/// slash.
const MOST_PARTS: usize = 14;
const LONGEST_PART: usize = 40;

/// Reads the symbol whose prefix is between two places, the second of which is its first `/`.
pub(super) fn read(text: &str, start: usize, slash: usize) -> SymbolOutcome {
    let mut walk = SymbolWalk {
        text,
        prefix: &text[start..slash],
        end: slash,
        is_plain: true,
        has_number: false,
        ends_in_number: false,
        is_resolution: false,
        numbers: 0,
        is_qualified: false,
        has_session: false,
        latest_year: 0,
        last: Last::Name,
        parts: 0,
        mistakes: Vec::new(),
        glued: None,
        closed_later: false,
    };
    walk.parts();
    walk.outcome(start)
}

/// What the part before was, as far as the next one depends on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Name,
    Organ,
    Number,
}

struct SymbolWalk<'t> {
    text: &'t str,
    prefix: &'t str,
    /// Where the last whole part ends.
    end: usize,
    is_plain: bool,
    has_number: bool,
    /// Whether the last part that is not a suffix carries a number.
    ends_in_number: bool,
    is_resolution: bool,
    /// How many numbers come after `RES`: a session and a number, or one with its session or year
    /// in brackets.
    numbers: usize,
    is_qualified: bool,
    has_session: bool,
    latest_year: u32,
    /// What the last part was.
    last: Last,
    parts: usize,
    /// What is wrong, and what is right instead.
    mistakes: Vec<(Range<usize>, Option<String>)>,
    glued: Option<usize>,
    closed_later: bool,
}

impl SymbolWalk<'_> {
    fn parts(&mut self) {
        while self.parts < MOST_PARTS {
            let slash = invisible(self.text, self.end);
            if self.text.as_bytes().get(slash) != Some(&b'/') {
                return;
            }
            // Lines break after a slash, and the break becomes a space.
            let visible = invisible(self.text, slash + 1);
            let begin = spaces(self.text, visible);
            let end = part_end(self.text, begin);
            let part = &self.text[begin..end];
            let is_broken = begin > visible;
            if part.is_empty() || is_broken && !self.goes_on(part, end) {
                self.cut_short(slash);
                return;
            }
            // Anything in it that is not visible ASCII is a long hyphen, or the space of a broken
            // line.
            let is_plain = part.bytes().all(|b| b.is_ascii_graphic());
            let canonical = if is_plain { Cow::Borrowed(part) } else { canonical(part).into() };
            self.is_plain &= is_plain && begin == self.end + 1;
            match self.classify(&canonical) {
                SymbolPart::Number => self.number(&canonical),
                SymbolPart::Paper => {
                    self.has_session = true;
                    self.makes_document();
                }
                SymbolPart::Organ => {
                    self.ends_in_number = true;
                    self.last = Last::Organ;
                }
                SymbolPart::Name => {
                    self.last = Last::Name;
                    self.is_resolution |= canonical.eq_ignore_ascii_case("RES");
                    self.is_plain &= name_in_capitals(&canonical).is_none();
                    self.ends_in_number = false;
                }
                SymbolPart::Suffix => {
                    self.is_plain &= suffix::is_canonical(&canonical);
                    // `ECE/TRANS/Add.1` adds to nothing.
                    if self.parts == 0 {
                        return;
                    }
                }
                SymbolPart::Range => {
                    self.glued = Some(begin);
                    return;
                }
                SymbolPart::Mistake(meant) => {
                    self.makes_document_if_meant(&canonical, meant.as_deref());
                    self.mistakes.push((begin..end, meant));
                }
                SymbolPart::Foreign => {
                    // `A/70/1/foo` is not the document `A/70/1`.
                    if self.has_number && self.ends_in_number {
                        self.mistakes.push((slash..end, None));
                        self.end = end;
                    }
                    return;
                }
            }
            self.parts += 1;
            self.end = end;
            self.qualifier();
            if self.closed_later {
                return;
            }
        }
    }

    fn makes_document(&mut self) {
        self.last = Last::Number;
        self.has_number = true;
        self.ends_in_number = true;
    }

    /// A part with a mistake counts as what it was meant for.
    fn makes_document_if_meant(&mut self, part: &str, meant: Option<&str>) {
        if part.bytes().any(|b| b.is_ascii_digit()) {
            self.ends_in_number = true;
            let is_two_parts = meant.is_some_and(|meant| meant.contains('/'));
            self.has_number |= is_two_parts || part.starts_with(|c: char| c.is_ascii_digit());
        }
    }

    fn number(&mut self, part: &str) {
        self.makes_document();
        self.numbers += 1;
        if let (4, Ok(year)) = (part.len(), part.parse()) {
            self.latest_year = self.latest_year.max(year);
        }
    }

    /// Whether a part after a space still belongs to the symbol: only if it can be nothing else.
    fn goes_on(&self, part: &str, end: usize) -> bool {
        let word = part.split('.').next().unwrap_or(part);
        if part.starts_with(|c: char| c.is_ascii_digit()) {
            // "A/75/ 463, para. 2" goes on; "A/75/463/ 12 countries" does not.
            let after = self.text[end..].chars().next();
            return !self.ends_in_number || !after.is_some_and(is_space);
        }
        let is_known = is_organ(word) || is_paper(word) || suffix::stem(word).is_some();
        (part.len() > word.len() && is_known) || is_convention(part) || is_name(part)
    }

    /// Notes a slash that no part of a symbol follows: the rest is missing.
    fn cut_short(&mut self, slash: usize) {
        if self.has_number {
            self.mistakes.push((slash..slash + 1, None));
            self.end = slash + 1;
        }
    }

    /// What a part in its canonical form is.
    fn classify(&self, part: &str) -> SymbolPart {
        let letters = part.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, rest) = part.split_at(letters);
        match (word, rest.as_bytes().first()) {
            ("", _) => self.serial(part),
            (_, None) => self.name(word),
            (_, Some(b'.')) => match dotted(part, word, &rest[1..]) {
                // Under a body that has no such papers, `WP` is a working paper:
                // `A/CN.9/WG.III/WP.166`. In the Economic Commission for Europe it is a body.
                SymbolPart::Organ if matches!(word, "WP" | "HLS") && self.has_papers() => {
                    SymbolPart::Paper
                }
                part => part,
            },
            (_, Some(b'-')) => session(word, &rest[1..]),
            (_, Some(_)) => glued(word, rest),
        }
    }

    fn has_papers(&self) -> bool {
        self.last == Last::Organ && matches!(self.prefix, "A" | "TD" | "UNEP" | "HSP")
    }

    /// A part that begins with a digit.
    fn serial(&self, part: &str) -> SymbolPart {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let is_first = self.parts == 0 && self.prefix.len() == 1;
        match rest.as_bytes() {
            // No document has a number of six digits: a slash is missing in `1984172`.
            [] if digits > 5 => SymbolPart::Mistake(split_year(number)),
            // "A/4" is a size of paper.
            [] if is_first
                && digits < 2
                && self.text.as_bytes().get(self.end + 2) != Some(&b'/') =>
            {
                SymbolPart::Foreign
            }
            [] => SymbolPart::Number,
            [b'-', ..] if rest[1..].bytes().all(|b| b.is_ascii_digit()) => SymbolPart::Number,
            // Letters that look like digits: `7O`.
            [b'O' | b'o' | b'l' | b'I'] => SymbolPart::Mistake(suffix::number_meant(part)),
            [letter] if letter.is_ascii_alphabetic() && !is_first => SymbolPart::Number,
            [a, b'-', b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && !is_first => {
                SymbolPart::Number
            }
            // `63.Add.2`
            [b'.', letter, ..] if letter.is_ascii_alphabetic() => SymbolPart::Mistake(
                self.is_part(&rest[1..]).then(|| format!("{number}/{}", &rest[1..])),
            ),
            [letter, ..] if letter.is_ascii_alphabetic() && !is_first => SymbolPart::Mistake(None),
            _ => SymbolPart::Foreign,
        }
    }

    /// Whether a text is a part with nothing wrong.
    fn is_part(&self, part: &str) -> bool {
        matches!(
            self.classify(part),
            SymbolPart::Suffix | SymbolPart::Paper | SymbolPart::Organ | SymbolPart::Number
        )
    }

    /// A part of letters.
    fn name(&self, word: &str) -> SymbolPart {
        // A quick answer for what nearly all symbols hold.
        if matches!(word, "RES" | "TRANS" | "HRC") {
            return SymbolPart::Name;
        }
        let ends_here = {
            let after = self.end + 1 + word.len();
            self.text.as_bytes().get(after) != Some(&b'/')
        };
        // `44/Add`, `2022/INF`: the number is missing.
        let lacks_number = suffix::stem(word).is_some() || word == "Supp" || is_paper(word);
        if lacks_number && ends_here && self.has_number && word.len() > 1 {
            return SymbolPart::Mistake(None);
        }
        // `A/74/A/74`: the beginning is there twice.
        if word == self.prefix && self.ends_in_number && self.parts > 0 {
            return SymbolPart::Mistake(None);
        }
        if suffix::is_suffix(word) {
            return SymbolPart::Suffix;
        }
        if is_name(word) || name_in_capitals(word).is_some() || is_paper(word) {
            return SymbolPart::Name;
        }
        let is_placeholder = matches!(word, "NONE" | "NULL" | "TBC" | "TBD" | "YYYY")
            || word.len() > 1 && word.bytes().all(|b| b == b'X');
        if is_placeholder {
            return SymbolPart::Mistake(None);
        }
        // Views of the treaty bodies: `CCPR/C/120/D/2257/2013`.
        let is_letter = word.len() == 1 && self.parts > 0 && !ends_here;
        if is_letter && word.bytes().all(|b| b.is_ascii_uppercase()) {
            return SymbolPart::Name;
        }
        if word.len() < 2 || !word.bytes().all(|b| b.is_ascii_uppercase()) {
            return SymbolPart::Foreign;
        }
        match self.body_meant(word) {
            Some(meant) => SymbolPart::Mistake(Some(meant.to_owned())),
            // Under the principal organs and UN-Habitat the bodies are all known.
            None if self.parts == 0 && (self.prefix.len() == 1 || self.prefix == "HSP") => {
                SymbolPart::Foreign
            }
            None => SymbolPart::Name,
        }
    }

    /// The body that was meant by a word with one wrong letter. Short words are close to many
    /// others, so in them only two swapped letters count.
    fn body_meant(&self, word: &str) -> Option<&'static str> {
        if self.parts > 0 {
            return None;
        }
        let sorted = |word: &str| {
            let mut letters: Vec<u8> = word.bytes().collect();
            letters.sort_unstable();
            letters
        };
        let is_near = |body: &&&str| match word.len() {
            2 => body.len() == 2 && body.as_bytes()[0] == word.as_bytes()[0],
            3 => sorted(word) == sorted(body),
            _ => strsim::osa_distance(word, body) == 1,
        };
        bodies(self.prefix).iter().find(is_near).copied()
    }

    /// Reads a qualifier after the last part.
    fn qualifier(&mut self) {
        // Most often the next part follows.
        if self.text.as_bytes().get(self.end) == Some(&b'/') {
            return;
        }
        let open = spaces(self.text, self.end);
        if self.is_resolution && self.letter(open) {
            return self.qualifier();
        }
        if self.text.as_bytes().get(open) != Some(&b'(') {
            return;
        }
        let after = After {
            is_resolution: self.is_resolution,
            has_year: self.is_resolution && self.prefix == "S",
            has_number: self.has_number,
            is_name: open == self.end && self.last != Last::Number,
        };
        let Some(qualifier) = qualifier(self.text, open + 1, after) else {
            return;
        };
        self.is_plain &= qualifier.is_plain && open == self.end && !qualifier.closed_later;
        // A session drops the letter before it: `A/RES/217A(III)`.
        let has_letter = self.text[..self.end].ends_with(|c: char| c.is_ascii_uppercase());
        self.is_plain &= !(self.is_resolution && qualifier.is_session && has_letter);
        self.closed_later = qualifier.closed_later;
        self.is_qualified = true;
        self.has_number |= qualifier.is_session;
        self.ends_in_number |= qualifier.is_session;
        self.end = qualifier.end;
    }

    /// Reads the letter of a part of a resolution after a space: "A/RES/72/262 C".
    fn letter(&mut self, at: usize) -> bool {
        let letter = super::super::resolution::letter(self.text, at).filter(|_| at > self.end);
        if let Some(range) = &letter {
            self.end = range.end;
            self.is_plain = false;
        }
        letter.is_some()
    }

    fn outcome(mut self, start: usize) -> SymbolOutcome {
        let printed = &self.text[start..self.end];
        if let Some(glued) = self.glued {
            let is_symbol = self.has_number && self.mistakes.is_empty();
            return match is_symbol {
                true => SymbolOutcome::Symbol(self.symbol(Some(glued))),
                false => SymbolOutcome::Nothing,
            };
        }
        if !is_end(self.text, self.end) || !self.has_number {
            return SymbolOutcome::Nothing;
        }
        if !self.mistakes.is_empty() {
            return SymbolOutcome::Doubtful(self.end, self.meant(start));
        }
        if !self.ends_in_number {
            return SymbolOutcome::Nothing;
        }
        // The bodies of the Economic Commission for Europe have used its symbol since 2004; a few
        // finished their series later.
        if self.latest_year > 2006 && stood_alone(self.prefix) {
            return SymbolOutcome::Doubtful(self.end, Some(format!("ECE/{}", canonical(printed))));
        }
        // `A/RES/70-1`, `A/RES/70 /1`: a number is missing.
        let is_whole = self.numbers > 1 || self.is_qualified || self.has_session;
        if self.is_resolution && !is_whole {
            return SymbolOutcome::Doubtful(self.end, split_number(printed));
        }
        let fewest = fewest_digits(self.prefix);
        if self.parts == 1 && self.end - start < self.prefix.len() + 1 + fewest {
            return SymbolOutcome::Nothing;
        }
        if let Some(dash) = dash(self.text, self.end).filter(|_| !self.is_resolution)
            && let Some(end) = other_half(self.text, dash)
            && !is_next_of(printed, &self.text[dash..end])
        {
            self.is_plain &= self.text[self.end..end].bytes().all(|b| b.is_ascii_graphic());
            self.end = end;
        }
        if self.text[self.end..].starts_with('*') && is_end(self.text, self.end + 1) {
            self.is_plain = false;
            self.end += 1;
        }
        SymbolOutcome::Symbol(self.symbol(None))
    }

    fn symbol(&self, glued: Option<usize>) -> Symbol {
        Symbol { end: self.end, is_plain: self.is_plain, glued, closed_later: self.closed_later }
    }

    /// The symbol with its mistakes corrected, if all of them can be.
    fn meant(&self, start: usize) -> Option<String> {
        let mut meant = String::new();
        let mut done = start;
        for (place, right) in &self.mistakes {
            meant.push_str(&self.text[done..place.start]);
            meant.push_str(right.as_ref()?);
            done = place.end;
        }
        meant.push_str(&self.text[done..self.end]);
        Some(canonical(&meant))
    }
}

/// Where the part at a place ends, its last dot left outside.
fn part_end(text: &str, begin: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = begin;
    while let Some(byte) = bytes.get(at).filter(|_| at - begin < LONGEST_PART) {
        match byte {
            byte if byte.is_ascii_alphanumeric() => at += 1,
            b'.' => at = after_break(text, begin, at + 1).unwrap_or(at + 1),
            byte if !byte.is_ascii() && invisible(text, at) > at => {
                // Only between visible characters.
                let next = invisible(text, at);
                match bytes.get(next) {
                    Some(byte) if byte.is_ascii_alphanumeric() => at = next,
                    _ => break,
                }
            }
            _ => match hyphen(text, begin, at) {
                Some(next) => at = next,
                None => break,
            },
        }
    }
    at - text[begin..at].bytes().rev().take_while(|b| *b == b'.').count()
}

/// Where a part goes on after a dot at which its line was broken: "WP. 30", "BELGRADE. CONF".
fn after_break(text: &str, begin: usize, at: usize) -> Option<usize> {
    let next = spaces(text, at);
    if next == at {
        return None;
    }
    let word = &text[begin..at - 1];
    let rest = &text[next..];
    let is_known = is_organ(word) || is_paper(word) || suffix::stem(word).is_some();
    let is_number = is_known && rest.starts_with(|c: char| c.is_ascii_digit());
    let is_city = word.len() > 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let is_conference =
        is_city && rest.strip_prefix(CONFERENCE).is_some_and(|rest| rest.starts_with('/'));
    (is_number || is_conference).then_some(next)
}

/// Where a part goes on after a hyphen in it: `S-30`, `11-14`, `A-B`; none where the hyphen joins
/// two symbols, or ends the symbol: "A/70/1-based".
fn hyphen(text: &str, begin: usize, at: usize) -> Option<usize> {
    let next = dash(text, at)?;
    let rest = &text.as_bytes()[next..];
    let is_digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let before = &text.as_bytes()[begin..at];
    // A longer dash separates the ends of a range; the range of a suffix is read with the suffix.
    let is_hyphen = text[at..].starts_with(['-', '\u{2010}', '\u{2011}']);
    let in_range = is_digit(before.last()) && is_digit(rest.first());
    let is_suffix =
        before.first().is_some_and(u8::is_ascii_alphabetic) && begins_suffix(text, begin);
    let is_kept = is_hyphen || in_range && is_suffix;
    if !is_kept || !rest.first()?.is_ascii_alphanumeric() {
        return None;
    }
    let is_word = rest.iter().take_while(|b| b.is_ascii_lowercase()).count() > 1;
    let has_digit = before.iter().any(u8::is_ascii_digit);
    let joins = has_digit && (begins_half(text, next) || begins_suffix(text, next));
    (!is_word && !joins).then_some(next)
}

/// Whether the second half of a double symbol can begin at a place: capitals, then a slash.
fn begins_half(text: &str, at: usize) -> bool {
    let bytes = &text.as_bytes()[at..];
    let is_prefix = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'.';
    let length = bytes.iter().take(16).take_while(|b| is_prefix(b)).count();
    bytes.first().is_some_and(u8::is_ascii_uppercase) && bytes.get(length) == Some(&b'/')
}

/// `A/RES/70-1` as `A/RES/70/1`.
fn split_number(printed: &str) -> Option<String> {
    let (session, number) = printed.rsplit_once('-')?;
    Some(canonical(&format!("{session}/{number}")))
}

/// Whether a suffix begins at a place: after a hyphen it is the other end of a range.
fn begins_suffix(text: &str, at: usize) -> bool {
    let letters = text[at..].bytes().take(7).take_while(u8::is_ascii_alphabetic).count();
    suffix::stem(&text[at..at + letters]).is_some()
}

/// Whether two symbols that a dash joins are the ends of a range, not two symbols of one document:
/// they differ only in their last number.
fn is_next_of(first: &str, second: &str) -> bool {
    match (first.rsplit_once('/'), second.rsplit_once('/')) {
        (Some((a, _)), Some((b, _))) => a == b,
        _ => false,
    }
}

/// Where the second half of a double symbol ends. It may be the number of another agency, so
/// nothing in it is checked.
fn other_half(text: &str, at: usize) -> Option<usize> {
    if !begins_half(text, at) {
        return None;
    }
    let mut end = at + text[at..].find('/')?;
    let mut has_number = false;
    for _ in 0..MOST_PARTS {
        if !text[end..].starts_with('/') {
            break;
        }
        let begin = spaces(text, end + 1);
        let part_end = part_end(text, begin);
        let part = &text[begin..part_end];
        // After a line break only what can belong to it: in capitals, or a number.
        let is_broken = begin > end + 1;
        if part.is_empty() || is_broken && part.starts_with(|c: char| c.is_ascii_lowercase()) {
            break;
        }
        has_number |= part.bytes().any(|b| b.is_ascii_digit());
        end = part_end;
        let open = spaces(text, end);
        let after = After { is_resolution: false, has_year: false, has_number, is_name: false };
        if text[open..].starts_with('(')
            && let Some(qualifier) = qualifier(text, open + 1, after)
        {
            end = qualifier.end;
        }
    }
    (has_number && is_end(text, end)).then_some(end)
}
