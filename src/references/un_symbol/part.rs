//! What a part of a symbol is, judged by its letters and digits alone.

use super::super::scan::is_roman;
use super::suffix;
use super::words::{CONFERENCE, is_convention, is_name, is_organ, is_paper};

/// What a part of a symbol is.
pub(super) enum SymbolPart {
    /// A serial number, a year, a session: what makes it a document.
    Number,
    /// A paper with its number, which makes it a document too.
    Paper,
    /// A body with its number, which alone is not a document.
    Organ,
    /// Letters.
    Name,
    /// An addendum, corrigendum, revision or amendment.
    Suffix,
    /// Several of these: `Add.1-10`.
    Range,
    /// A mistake, with what was meant where that is clear.
    Mistake(Option<String>),
    /// Not part of any symbol.
    Foreign,
}

/// A word, a dot, and what follows it.
pub(super) fn dotted(part: &str, word: &str, rest: &str) -> SymbolPart {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = digits > 0 && digits == rest.len();
    let is_range = matches!(rest[digits..].strip_prefix('-'),
        Some(to) if digits > 0 && !to.is_empty() && to.bytes().all(|b| b.is_ascii_digit()));
    if let Some(stem) = suffix::stem(word) {
        return match suffix::number_meant(rest) {
            _ if is_number => SymbolPart::Suffix,
            _ if is_range => SymbolPart::Range,
            meant => SymbolPart::Mistake(meant.map(|number| format!("{stem}.{number}"))),
        };
    }
    let kind = match (is_organ(word), is_paper(word)) {
        (true, _) => SymbolPart::Organ,
        (_, true) => SymbolPart::Paper,
        _ => return unknown_dotted(part, word, is_number),
    };
    let has_letter = digits > 0 && digits + 1 == rest.len() && rest.ends_with(char::is_alphabetic);
    match rest.as_bytes() {
        _ if is_number || is_range || has_letter || is_roman(rest) => kind,
        // `C.3L.1383`: a slash is missing.
        [b'0'..=b'9', ..] => {
            let (number, next) = rest.split_at(digits);
            let word = next.split('.').next().unwrap_or("");
            let is_known = is_organ(word) || is_paper(word);
            SymbolPart::Mistake(is_known.then(|| {
                let before = &part[..part.len() - rest.len()];
                format!("{before}{number}/{next}")
            }))
        }
        [letter, ..] if letter.is_ascii_alphabetic() => match suffix::number_meant(rest) {
            Some(number) => SymbolPart::Mistake(Some(format!("{word}.{number}"))),
            None if rest.bytes().all(|b| b.is_ascii_alphabetic()) => SymbolPart::Name,
            None => SymbolPart::Foreign,
        },
        _ => SymbolPart::Foreign,
    }
}

/// A word before a dot that is not among the known ones.
fn unknown_dotted(part: &str, word: &str, is_number: bool) -> SymbolPart {
    let is_city = word.bytes().all(|b| b.is_ascii_uppercase()) && part.ends_with(CONFERENCE);
    if is_convention(part) || is_city {
        return SymbolPart::Name;
    }
    // `Ad.1`
    let near = ["Add", "Corr", "Rev", "Amend"].into_iter().find(|suffix| {
        word.len() > 1 && strsim::osa_distance(&word.to_lowercase(), &suffix.to_lowercase()) == 1
    });
    if let Some(suffix) = near.filter(|_| is_number) {
        return SymbolPart::Mistake(Some(format!("{suffix}.{}", &part[word.len() + 1..])));
    }
    // `SGAC.10`: a slash is missing.
    let cut = (1..word.len()).find(|at| is_name(&word[..*at]) && is_organ(&word[*at..]));
    match cut {
        Some(at) if is_number => {
            SymbolPart::Mistake(Some(format!("{}/{}", &part[..at], &part[at..])))
        }
        _ if !word.starts_with(|c: char| c.is_ascii_uppercase()) => SymbolPart::Foreign,
        _ if part.bytes().any(|b| b.is_ascii_digit()) => SymbolPart::Paper,
        _ => SymbolPart::Name,
    }
}

/// A word, a hyphen, and what follows it: a session, or a suffix with the wrong mark.
pub(super) fn session(word: &str, rest: &str) -> SymbolPart {
    let is_number = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    if let Some(stem) = suffix::stem(word) {
        return SymbolPart::Mistake(is_number.then(|| format!("{stem}.{rest}")));
    }
    let is_session = matches!(word, "S" | "ES" | "SS" | "EX" | "COP" | "MOP" | "CMP");
    match is_session && (is_number || is_roman(rest)) {
        true => SymbolPart::Paper,
        false => SymbolPart::Foreign,
    }
}

/// A word and a number with nothing between them: `WP30`, `PRST2009`.
pub(super) fn glued(word: &str, rest: &str) -> SymbolPart {
    if !rest.bytes().all(|b| b.is_ascii_digit()) {
        return SymbolPart::Foreign;
    }
    if let Some(stem) = suffix::stem(word) {
        return SymbolPart::Mistake(Some(format!("{stem}.{rest}")));
    }
    // With four digits it is neither a body nor a paper: `EX2020` was meant as `EX/2020`.
    if (is_organ(word) || is_paper(word)) && rest.len() < 4 {
        return SymbolPart::Mistake(Some(format!("{word}.{rest}")));
    }
    match is_name(word) {
        true => SymbolPart::Mistake(Some(format!("{word}/{rest}"))),
        false => SymbolPart::Foreign,
    }
}

/// `1984172` as `1984/172`.
pub(super) fn split_year(number: &str) -> Option<String> {
    let year = number.get(..4).filter(|year| ("1946".."2100").contains(year))?;
    Some(format!("{year}/{}", &number[4..]))
}
