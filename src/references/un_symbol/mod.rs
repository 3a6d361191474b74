//! United Nations document symbols: `ECE/CP.TEIA/38/Add.1`.
//!
//! The shape of a symbol follows the UN's editorial manual (<https://www.un.org/dgacm/en/content/editorial-manual>)
//! and the lists of series symbols of the Dag Hammarskjöld Library: a prefix from a closed list,
//! parts after slashes, a qualifier in brackets. A following "and Add.1" cites more documents,
//! each with its own characters and its own symbol.

mod co_citation;
mod grammar;
mod part;
mod qualifier;
mod suffix;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use super::scan::{before, is_invisible, is_word};
use super::{Doubt, LeadsTo, Scheme, SchemeId, Search};
use crate::source::composed;
use grammar::{Symbol, SymbolOutcome};

pub(super) const SCHEME: Scheme = Scheme {
    id: SchemeId::UnSymbol,
    leads_to: LeadsTo::Document,
    triggers: |_| {
        let dotted = words::CONVENTIONS.iter().map(|convention| format!("{convention}."));
        [String::from("/")].into_iter().chain(dotted).collect()
    },
    read,
};

fn read(reading: &mut Search<'_, '_>, hit: Range<usize>) {
    let text = reading.text;
    let slash = hit.start;
    if slash < *reading.done {
        return;
    }
    if hit.len() > 1 {
        return dots_for_slashes(reading, hit);
    }
    // Most slashes are those of "and/or": there is no capital before them.
    let is_prefix = |b: &u8| b.is_ascii_uppercase() || *b == b'.';
    let before = text.as_bytes()[*reading.done..slash].iter().rev();
    let length = before.take(words::LONGEST_PREFIX).take_while(|b| is_prefix(b)).count();
    let start = slash - length;
    if length == 0 {
        return in_other_letters(reading, slash);
    }
    // The other end of a range: "A/70/1-A/70/5".
    let ends_range =
        *reading.done > 0 && text[*reading.done..].starts_with('-') && *reading.done + 1 == start;
    if !words::is_prefix(&text[start..slash]) || !is_free(text, start) && !ends_range {
        return;
    }
    match grammar::read(text, start, slash) {
        SymbolOutcome::Symbol(symbol) => cite(reading, start, &symbol),
        SymbolOutcome::Doubtful(end, meant) => {
            reading.doubt(start..end, Doubt::SuspiciousSymbol { meant });
        }
        SymbolOutcome::Nothing => {}
    }
}

fn cite(reading: &mut Search<'_, '_>, start: usize, symbol: &Symbol) {
    let printed = &reading.text[start..symbol.end];
    let key = match symbol.is_plain {
        true => Cow::Borrowed(printed),
        false if symbol.closed_later => Cow::Owned(format!("{})", canonical(printed))),
        false => Cow::Owned(canonical(printed)),
    };
    if let Some(glued) = symbol.glued {
        return co_citation::glued(reading, &key, start, glued);
    }
    if !co_citation::may_follow(reading.text, symbol.end) {
        return reading.found(start..symbol.end, key);
    }
    if let Some((end, suffix)) = co_citation::separated(reading.text, symbol.end, &key) {
        // The document meant is the addendum, so the one before it would be a wrong link.
        let meant = Some(co_citation::on_both_halves(&key, &suffix));
        return reading.doubt(start..end, Doubt::SuspiciousSymbol { meant });
    }
    reading.found(start..symbol.end, key.clone());
    co_citation::read(reading, &key, symbol.end);
}

/// Whether nothing before it makes the symbol part of something longer.
fn is_free(text: &str, start: usize) -> bool {
    !before(text, start).is_some_and(|c| is_word(c) || "/.-_@&=#%".contains(c))
}

/// A symbol whose first letter was typed in another script, where it looks the same: `А/70/1` with
/// the Cyrillic А. The rest is in the Latin alphabet, or it would not be a symbol.
fn in_other_letters(reading: &mut Search<'_, '_>, slash: usize) {
    let text = reading.text;
    let Some(letter) = before(text, slash).filter(|c| !c.is_ascii()) else { return };
    let latin = match letter {
        'А' | 'Ａ' => 'A',
        'Е' | 'Ｅ' => 'E',
        'Ѕ' | 'Ｓ' => 'S',
        _ => return,
    };
    let start = slash - letter.len_utf8();
    if !is_free(text, start) {
        return;
    }
    let rest = &text[slash..crate::source::boundary(text, slash + 80)];
    let typed = format!("{latin}{rest}");
    if let SymbolOutcome::Symbol(Symbol { end, glued: None, .. }) = grammar::read(&typed, 0, 1) {
        let meant = Some(canonical(&typed[..end]));
        reading.doubt(start..slash + end - 1, Doubt::SuspiciousSymbol { meant });
    }
}

/// `CP.TEIA.2022.INF.4`: dots where slashes belong.
fn dots_for_slashes(reading: &mut Search<'_, '_>, hit: Range<usize>) {
    let text = reading.text;
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'.';
    let length = text.as_bytes()[hit.end..].iter().take(40).take_while(|b| is_part(b)).count();
    let rest = text[hit.end..hit.end + length].trim_end_matches('.');
    let end = hit.end + rest.len();
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    if !is_number || !is_free(text, hit.start) || text[end..].starts_with('/') {
        return;
    }
    // A dot after letters stays: `INF.4`.
    let mut meant = format!("ECE/{}/", &text[hit.start..hit.end - 1]);
    for part in rest.split_inclusive('.') {
        match part.strip_suffix('.') {
            Some(number) if number.bytes().all(|b| b.is_ascii_digit()) => {
                meant.push_str(number);
                meant.push('/');
            }
            _ => meant.push_str(part),
        }
    }
    reading.doubt(hit.start..end, Doubt::SuspiciousSymbol { meant: Some(meant) });
}

/// The canonical form, in which two spellings of one symbol are equal except for case: no spaces,
/// plain hyphens, no trailing `*`, `Add.` for `Adds.`, `RES` for `Res`.
pub fn canonical(symbol: &str) -> String {
    let plain: String = symbol
        .trim()
        .trim_end_matches('*')
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c })
        .collect();
    let mut canonical = String::with_capacity(plain.len());
    for (index, part) in plain.split('/').enumerate() {
        if index > 0 {
            canonical.push('/');
        }
        let word = part.split('.').next().unwrap_or(part);
        match (suffix::stem(word), words::name_in_capitals(part)) {
            (Some(stem), _) if word.len() < part.len() => {
                canonical.push_str(stem);
                canonical.push_str(&part[word.len()..]);
            }
            (_, Some(name)) => canonical.push_str(name),
            _ => match without_letter(part) {
                Some((serial, session)) if plain.contains("/RES/") => {
                    canonical.push_str(serial);
                    canonical.push_str(session);
                }
                _ => canonical.push_str(part),
            },
        }
    }
    canonical
}

/// A resolution's number and its session, of a part such as `2200A(XXI)`: before 1976 the letter
/// was not part of the symbol.
fn without_letter(part: &str) -> Option<(&str, &str)> {
    let (number, _) = part.split_once('(')?;
    let serial = number.strip_suffix(|c: char| c.is_ascii_uppercase())?;
    let is_serial = !serial.is_empty() && serial.bytes().all(|b| b.is_ascii_digit());
    is_serial.then_some((serial, &part[number.len()..]))
}

/// The two halves of a double symbol in its canonical form: `A/77/895-S/2023/363` is one document
/// with two symbols. Any other symbol has only the first.
pub fn halves(symbol: &str) -> (&str, Option<&str>) {
    let joins = |at: usize| {
        let other = &symbol[at + 1..];
        let prefix = other.split('/').next().unwrap_or("");
        let is_prefix = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.';
        prefix.len() < other.len()
            && other.starts_with(|c: char| c.is_ascii_uppercase())
            && prefix.bytes().all(is_prefix)
            && symbol[..at].ends_with(|c: char| c.is_ascii_digit() || c == ')')
    };
    match symbol.match_indices('-').map(|(at, _)| at).find(|at| joins(*at)) {
        Some(at) => (&symbol[..at], Some(&symbol[at + 1..])),
        None => (symbol, None),
    }
}

/// What a document is known by: the canonical form of a symbol, or any other name as it is.
pub fn document_key(name: &str) -> String {
    if is_symbol(name) { canonical(name) } else { composed(name.trim()).into_owned() }
}

/// Whether a text as a whole is one document symbol.
pub fn is_symbol(text: &str) -> bool {
    let Some((prefix, _)) = text.split_once('/').filter(|(prefix, _)| words::is_prefix(prefix))
    else {
        return false;
    };
    match grammar::read(text, 0, prefix.len()) {
        SymbolOutcome::Symbol(symbol) => symbol.end == text.len() && symbol.glued.is_none(),
        SymbolOutcome::Doubtful(..) | SymbolOutcome::Nothing => false,
    }
}

/// The address at which the United Nations publishes a document, in one of its six languages;
/// in English for any other. A double symbol is found under its first half.
pub fn document_url(symbol: &str, language: &str) -> String {
    let language = match language.split_once('-').map_or(language, |(tag, _)| tag) {
        tag @ ("ar" | "es" | "fr" | "ru" | "zh") => tag,
        _ => "en",
    };
    let (first, _) = halves(symbol);
    let symbol =
        percent_encoding::utf8_percent_encode(first, crate::source::PATH_CHARACTERS).to_string();
    format!("https://docs.un.org/{language}/{symbol}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_slashes_are_left_alone() {
        for text in [
            "and/or",
            "ECE/OECD",
            "ECE/FAO",
            "UNEP/OCHA",
            "HIV/AIDS",
            "technological/chemical",
            "https://docs.un.org/A/70/1",
            "xA/70/1",
            "A/",
            "/A/70",
            "24/7",
            "A/70/1_x",
            "A/4",
            "S/N 12",
            "E/CN.4",
            "A/CONF.151",
            "ECE/COVID-19",
            "ECE/TRANS/WP.30/AC.2/TIB",
        ] {
            assert!(!is_symbol(text), "{text}");
        }
    }

    #[test]
    fn addresses_speak_the_pages_language() {
        assert_eq!(document_url("A/79/6(Sect.12)", "fr"), "https://docs.un.org/fr/A/79/6(Sect.12)");
        assert_eq!(document_url("A/RES/70/1", "kk"), "https://docs.un.org/en/A/RES/70/1");
        let double = "ECE/MP.WH/18-EUPCR/1814149/1.2/2019/MOP-5/03";
        assert_eq!(document_url(double, "ru"), "https://docs.un.org/ru/ECE/MP.WH/18");
    }

    #[test]
    fn halves_of_double_symbols_are_told_apart() {
        for (symbol, first, second) in [
            ("A/77/895-S/2023/363", "A/77/895", Some("S/2023/363")),
            ("A/S-10/11-14", "A/S-10/11-14", None),
            ("A/RES/79/93A-B", "A/RES/79/93A-B", None),
            ("A/42/7(PartI)-S/12", "A/42/7(PartI)", Some("S/12")),
        ] {
            assert_eq!(halves(symbol), (first, second));
        }
    }
}
