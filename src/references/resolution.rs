//! Resolutions by their organ and number: "General Assembly resolution 70/1", "Security Council
//! resolutions 1325 (2000) and 1820 (2008)".
//!
//! One organ governs a whole list. A resolution without an organ is taken for one of the report's
//! organ (`organ` in `report.md`), or else not for a reference: of bare numbers in real texts, 86
//! in 100 could be of several organs. Decisions of the General Assembly have no symbol.
//!
//! The key is the document symbol: `A/RES/70/1`, `S/RES/1325(2000)`, `A/RES/1514(XV)`.

use std::ops::Range;

use super::scan::{
    Joiner, any_word, date, digits, is_end, is_roman, is_start, joiner, last_word, spaces,
    spaces_before,
};
use super::{Doubt, LeadsTo, Organ, Scheme, SchemeId, Search};

pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::Resolution,
    leads_to: LeadsTo::Document,
    triggers: |_| WORDS.map(str::to_owned).into(),
    read,
};

/// What all forms of the word have in common, in English, French and Russian, and what the
/// Security Council's are called for short.
const WORDS: [&str; 4] = ["esolution", "ésolution", "езолюци", SHORT];
const SHORT: &str = "UNSCR";

/// Reads the resolutions after the word.
fn read(reading: &mut Search<'_, '_>, hit: Range<usize>) {
    let text = reading.text;
    if hit.start < *reading.done {
        return;
    }
    let is_short = hit.len() == SHORT.len();
    let first = text[..hit.start].chars().next_back().filter(|c| "rRрР".contains(*c));
    let start = hit.start - first.filter(|_| !is_short).map_or(0, char::len_utf8);
    let is_word = is_short || first.is_some();
    // "high-resolution"
    if !is_word || !is_start(text, start) || text[..start].ends_with('-') {
        return;
    }
    // "resolutions", "резолюциями"
    let ending = text[hit.end..].chars().take(4).take_while(|c| c.is_alphabetic());
    let end = hit.end + ending.map(char::len_utf8).sum::<usize>();
    let named = if is_short {
        NamedOrgan::Organs(vec![Organ::SecurityCouncil])
    } else {
        organ_before(text, start)
    };
    // "résolution de l’Assemblée générale 70/1"
    let (within, end) = organ_at(text, end)
        .map_or((NamedOrgan::Nobody, end), |(organ, end)| (NamedOrgan::Organs(vec![organ]), end));
    let end = any_word(text, end, &["No.", "Nos.", "no", "nos", "№"]).unwrap_or(end);
    let items = items(text, spaces(text, end));
    let Some(last) = items.last() else { return };
    // A known organ wins over an unknown name: "La résolution 70/1 du Conseil …".
    let named = match named {
        NamedOrgan::Organs(_) => named,
        other => within.or_else(|| organ_after(text, last.range.end)).or_else(|| other),
    };
    for item in items {
        let symbol = match &named {
            NamedOrgan::Other => continue,
            NamedOrgan::Organs(organs) => organs.iter().find_map(|organ| item.symbol(*organ)),
            // Only the Security Council numbers like this.
            NamedOrgan::Nobody if matches!(item.number, Number::Year { .. }) => {
                item.symbol(Organ::SecurityCouncil)
            }
            NamedOrgan::Nobody => reading.organ.and_then(|organ| item.symbol(organ)),
        };
        match (symbol, &named) {
            (Some(symbol), _) => reading.found(item.range, symbol),
            (None, NamedOrgan::Nobody) => reading.doubt(item.range, Doubt::AmbiguousResolution),
            // A number as another organ gives it: there is no such document.
            (None, _) => {}
        }
    }
}

/// A resolution's number as printed.
struct ResolutionItem<'t> {
    range: Range<usize>,
    number: Number<'t>,
}

enum Number<'t> {
    /// `70/1`, `56/225 B`, `S-26/3`, `2021/19`
    Session { session: &'t str, serial: &'t str, letter: Option<&'t str> },
    /// `1514 (XV)`, `2456 D (XXIII)`
    Roman { serial: &'t str, session: &'t str },
    /// `1325 (2000)`
    Year { serial: &'t str, year: &'t str },
}

impl ResolutionItem<'_> {
    /// The symbol of the resolution of an organ; none when the organ does not number so.
    fn symbol(&self, organ: Organ) -> Option<String> {
        let is_year = |text: &str| text.len() == 4 && !text.contains('-');
        match (&self.number, organ) {
            // Letters are part of the symbol only since 1976. It has numbered by session since the
            // thirty-first.
            (Number::Session { session, serial, letter }, Organ::GeneralAssembly)
                if session.contains('-') || matches!(session.parse(), Ok(31..=199)) =>
            {
                Some(format!("A/RES/{session}/{serial}{}", letter.unwrap_or("")))
            }
            (Number::Session { session, serial, .. }, Organ::HumanRightsCouncil)
                if !is_year(session) =>
            {
                Some(format!("A/HRC/RES/{session}/{serial}"))
            }
            (Number::Session { session, serial, .. }, Organ::EconomicAndSocialCouncil)
                if is_year(session) =>
            {
                Some(format!("E/RES/{session}/{serial}"))
            }
            (Number::Roman { serial, session }, Organ::GeneralAssembly) => {
                Some(format!("A/RES/{serial}({session})"))
            }
            (Number::Roman { serial, session }, Organ::EconomicAndSocialCouncil) => {
                Some(format!("E/RES/{serial}({session})"))
            }
            (Number::Year { serial, year }, Organ::SecurityCouncil) => {
                Some(format!("S/RES/{serial}({year})"))
            }
            _ => None,
        }
    }
}

/// The numbers of a list, each of which may be followed by its date.
fn items(text: &str, at: usize) -> Vec<ResolutionItem<'_>> {
    let mut items = Vec::new();
    let mut next = item(text, at);
    while let Some(item) = next.take() {
        let mut end = item.range.end;
        let number = match &item.number {
            Number::Session { session, serial, letter: Some(_) } => Some((*session, *serial)),
            _ => None,
        };
        items.push(item);
        // "75/290 A and B": the letters of one resolution.
        if let Some((session, serial)) = number
            && let Some(range) = letter_after(text, end)
        {
            end = range.end;
            let letter = Some(&text[range.clone()]);
            items.push(ResolutionItem {
                range,
                number: Number::Session { session, serial, letter },
            });
        }
        if let Some((_, start)) = joiner(text, annex(text, date(text, end))) {
            next = self::item(text, start);
        }
    }
    items
}

/// Where an annex that follows at a place ends: "66/288, annex, 67/226", "66/288 (annex)".
fn annex(text: &str, at: usize) -> usize {
    let read = || {
        let start = spaces(text, at);
        let is_bracket = text[start..].starts_with('(');
        let is_mark = is_bracket || text[start..].starts_with(',');
        let end = any_word(text, start + usize::from(is_mark), &["annex", "annexe", "приложение"])?;
        let end = digits_or_roman(text, spaces(text, end)).unwrap_or(end);
        match is_bracket {
            true => text[end..].starts_with(')').then_some(end + 1),
            false => is_mark.then_some(end),
        }
    };
    read().unwrap_or(at)
}

/// Where the number of an annex ends.
fn digits_or_roman(text: &str, at: usize) -> Option<usize> {
    let length = text[at..].bytes().take(5).take_while(u8::is_ascii_alphanumeric).count();
    let number = &text[at..at + length];
    (is_roman(number) || digits(text, at) == Some(at + length)).then_some(at + length)
}

fn letter_after(text: &str, end: usize) -> Option<Range<usize>> {
    let (_, start) = joiner(text, end).filter(|(joiner, _)| *joiner == Joiner::Next)?;
    let is_letter = text.as_bytes().get(start).is_some_and(|b| (b'A'..=b'H').contains(b));
    (is_letter && is_end(text, start + 1)).then_some(start..start + 1)
}

fn item(text: &str, start: usize) -> Option<ResolutionItem<'_>> {
    let special = ["S-", "ES-"].iter().find(|prefix| text[start..].starts_with(**prefix));
    let first_end = digits(text, start + special.map_or(0, |prefix| prefix.len()))?;
    let first = &text[start..first_end];
    if text[first_end..].starts_with('/') {
        let end = digits(text, first_end + 1)?;
        let serial = &text[first_end + 1..end];
        let letter = letter(text, end);
        let end_of_all = letter.as_ref().map_or(end, |range| range.end);
        let letter = letter.map(|range| &text[range]);
        let number = Number::Session { session: first, serial, letter };
        return ends(text, end_of_all)
            .then_some(ResolutionItem { range: start..end_of_all, number });
    }
    let after_letter = letter(text, first_end).map_or(first_end, |range| range.end);
    let open = spaces(text, after_letter);
    let inside = text[open..].strip_prefix('(')?;
    let length = inside.bytes().take(9).position(|b| b == b')')?;
    let value = &inside.get(..length)?;
    let range = start..open + length + 2;
    if is_roman(value.strip_prefix("S-").or(value.strip_prefix("ES-")).unwrap_or(value)) {
        return Some(ResolutionItem {
            range,
            number: Number::Roman { serial: first, session: value },
        });
    }
    let is_year = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
    let number = Number::Year { serial: first, year: value };
    (is_year && special.is_none()).then_some(ResolutionItem { range, number })
}

/// Whether a number ends at a place: `70/1/Rev.1` and `46/182-B` go on.
fn ends(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    let goes_on = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    is_end(text, at) && !rest.starts_with('/') && !goes_on
}

/// The letter of a part of a resolution: `225 B`, `225B`. "A" alone may be a word, so what follows
/// it must not be one; and any letter may begin a symbol.
pub(super) fn letter(text: &str, end: usize) -> Option<Range<usize>> {
    let start = spaces(text, end);
    let bytes = text.as_bytes();
    let letter = bytes.get(start).filter(|b| (b'A'..=b'H').contains(b))?;
    let after = bytes.get(start + 1..).unwrap_or_default();
    let goes_on = match after {
        [b'/' | b'-' | b'_', ..] => true,
        [b'.', next, ..] => next.is_ascii_alphanumeric(),
        _ => !is_end(text, start + 1),
    };
    let is_word = *letter == b'A' && is_followed_by_word(text, start + 1);
    (!goes_on && !is_word).then_some(start..start + 1)
}

fn is_followed_by_word(text: &str, end: usize) -> bool {
    let next = spaces(text, end);
    let is_listed = matches!(joiner(text, end), Some((Joiner::Next, _))) || date(text, end) > end;
    next > end && !is_listed && text[next..].starts_with(char::is_alphabetic)
}

/// The organ that a text names.
enum NamedOrgan {
    /// One organ, or two whose resolutions are in one list.
    Organs(Vec<Organ>),
    /// An organ whose resolutions are not known here, or no organ at all: "dispute resolution".
    Other,
    Nobody,
}

impl NamedOrgan {
    fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Nobody => other(),
            named => named,
        }
    }
}

/// The organs as they are written before "resolution".
const BEFORE: &[(&str, Organ)] = &[
    ("General Assembly", Organ::GeneralAssembly),
    ("General Assembly’s", Organ::GeneralAssembly),
    ("General Assembly's", Organ::GeneralAssembly),
    ("UNGA", Organ::GeneralAssembly),
    ("GA", Organ::GeneralAssembly),
    ("Security Council", Organ::SecurityCouncil),
    ("Security Council’s", Organ::SecurityCouncil),
    ("Security Council's", Organ::SecurityCouncil),
    ("UNSC", Organ::SecurityCouncil),
    ("Human Rights Council", Organ::HumanRightsCouncil),
    ("HRC", Organ::HumanRightsCouncil),
    ("Economic and Social Council", Organ::EconomicAndSocialCouncil),
    ("ECOSOC", Organ::EconomicAndSocialCouncil),
];

/// The organs as they are written after the numbers.
const AFTER: &[(&str, Organ)] = &[
    ("of the General Assembly", Organ::GeneralAssembly),
    ("of the Assembly", Organ::GeneralAssembly),
    ("of the United Nations General Assembly", Organ::GeneralAssembly),
    ("de l’Assemblée générale", Organ::GeneralAssembly),
    ("de l'Assemblée générale", Organ::GeneralAssembly),
    ("Генеральной Ассамблеи", Organ::GeneralAssembly),
    ("of the Security Council", Organ::SecurityCouncil),
    ("du Conseil de sécurité", Organ::SecurityCouncil),
    ("Совета Безопасности", Organ::SecurityCouncil),
    ("of the Human Rights Council", Organ::HumanRightsCouncil),
    ("du Conseil des droits de l’homme", Organ::HumanRightsCouncil),
    ("du Conseil des droits de l'homme", Organ::HumanRightsCouncil),
    ("Совета по правам человека", Organ::HumanRightsCouncil),
    ("of the Economic and Social Council", Organ::EconomicAndSocialCouncil),
    ("du Conseil économique et social", Organ::EconomicAndSocialCouncil),
    ("Экономического и Социального Совета", Organ::EconomicAndSocialCouncil),
];

/// Words with a capital that are not names.
const COMMON: [&str; 16] = [
    "In", "The", "Its", "By", "Under", "See", "And", "Draft", "La", "Les", "Sa", "Dans", "Par",
    "Selon", "В", "По",
];

/// Words between an organ and its resolution: "the Assembly, in its resolution".
const BETWEEN: [&str; 8] = ["its", "in", "by", "under", "the", "with", "to", "of"];

/// Things that have a resolution without an organ.
const THINGS: [&str; 8] =
    ["dispute", "conflict", "problem", "complaint", "image", "screen", "high", "spatial"];

fn organ_before(text: &str, start: usize) -> NamedOrgan {
    let mut end = spaces_before(text, start);
    let word = last_word(text, end);
    if THINGS.contains(&word) {
        return NamedOrgan::Other;
    }
    if let Some((organ, from)) = organ_that_ends(text, end) {
        // "General Assembly and Security Council resolutions"
        let other = text[..spaces_before(text, from)].strip_suffix("and").map(str::len);
        let other = other.and_then(|end| organ_that_ends(text, spaces_before(text, end)));
        return NamedOrgan::Organs(
            [organ].into_iter().chain(other.map(|(organ, _)| organ)).collect(),
        );
    }
    // A capital within a sentence is a name: "UNEP Governing Council resolution 27/2".
    let before = text[..end - word.len()].trim_end();
    let begins = before.is_empty() || before.ends_with(['.', ':', ';', '(', '“', '"', '\u{fffc}']);
    let is_common = COMMON.contains(&word);
    if word.starts_with(char::is_uppercase) && !begins && !is_common {
        return NamedOrgan::Other;
    }
    // "The General Assembly, in its resolution 70/1"
    let mut is_between = false;
    for _ in 0..4 {
        let word = last_word(text, end);
        if BETWEEN.contains(&word.to_lowercase().as_str()) {
            end = spaces_before(text, end - word.len());
        } else if text[..end].ends_with(',') {
            is_between = true;
            end = spaces_before(text, end - 1);
        } else {
            break;
        }
    }
    match organ_that_ends(text, end).filter(|_| is_between) {
        Some((organ, _)) => NamedOrgan::Organs(vec![organ]),
        None => NamedOrgan::Nobody,
    }
}

/// The organ whose name ends at a place, and where the name begins.
fn organ_that_ends(text: &str, end: usize) -> Option<(Organ, usize)> {
    let before = &text[..end];
    let begins = |name: &str| {
        let from = before.strip_suffix(name)?.len();
        is_start(text, from).then_some(from)
    };
    let named = BEFORE.iter().find_map(|(name, organ)| Some((*organ, begins(name)?)));
    // "Assembly" alone is the General Assembly, unless another name comes before it: the
    // Environment Assembly, the World Health Assembly. There are too many Councils to tell.
    named.or_else(|| {
        let from = begins("Assembly")?;
        let word = last_word(text, spaces_before(text, from));
        let is_named = word.starts_with(char::is_uppercase) && word != "The";
        (!is_named).then_some((Organ::GeneralAssembly, from))
    })
}

/// The organ that follows at a place, and where its name ends.
fn organ_at(text: &str, at: usize) -> Option<(Organ, usize)> {
    AFTER.iter().find_map(|(name, organ)| Some((*organ, any_word(text, at, &[*name])?)))
}

fn organ_after(text: &str, end: usize) -> NamedOrgan {
    let at = date(text, end);
    if let Some((organ, _)) = organ_at(text, at) {
        return NamedOrgan::Organs(vec![organ]);
    }
    // "of the Environment Assembly"
    let name = any_word(text, at, &["of the"]).map(|end| spaces(text, end));
    match name.is_some_and(|name| text[name..].starts_with(char::is_uppercase)) {
        true => NamedOrgan::Other,
        false => NamedOrgan::Nobody,
    }
}
