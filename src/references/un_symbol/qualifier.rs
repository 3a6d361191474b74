//! What stands in brackets after a part of a symbol: `(Sect. 20)`, `(Vol. II)`, `(2001)`, `(XXX)`.

use super::super::scan::{is_roman, joiner, spaces};

/// A qualifier.
pub(super) struct Qualifier {
    /// Where it ends.
    pub(super) end: usize,
    /// Whether it is printed in its canonical form.
    pub(super) is_plain: bool,
    /// Whether it is a session, which makes a document of what has no other number.
    pub(super) is_session: bool,
    /// Whether only its first value is read, and its bracket is closed further on.
    pub(super) closed_later: bool,
}

/// The words before the number of a qualifier.
const QUALIFIERS: &[&str] =
    &["Sect.", "Vol.", "Vols.", "Parts", "Part", "Prog.", "Resumption", "Resumed", "SUPP", "Supp."];

/// Reads a qualifier after its bracket.
pub(super) fn qualifier(text: &str, inside: usize, is_resolution: bool) -> Option<Qualifier> {
    let rest = &text[inside..];
    let word = QUALIFIERS.iter().find(|word| rest.starts_with(**word));
    if let Some(word) = word {
        return numbered_qualifier(text, inside + word.len());
    }
    let length = rest.bytes().take(10).position(|b| b == b')')?;
    let value = rest.get(..length)?;
    let roman = value.strip_prefix("S-").or(value.strip_prefix("ES-")).unwrap_or(value);
    let is_session = is_roman(roman);
    // A year belongs to resolutions; after any other symbol it says when.
    let is_year = is_resolution && length == 4 && value.bytes().all(|b| b.is_ascii_digit());
    (is_session || is_year).then_some(Qualifier {
        end: inside + length + 1,
        is_plain: true,
        is_session,
        closed_later: false,
    })
}

/// Reads the numbers of a qualifier: " 20)", " I)", " I and II)", " I-III)".
fn numbered_qualifier(text: &str, at: usize) -> Option<Qualifier> {
    let value = |at: usize| {
        let start = spaces(text, at);
        let is_value = |b: &u8| b.is_ascii_digit() || b"IVXLC".contains(b);
        let length = text[start..].bytes().take(6).take_while(is_value).count();
        (length > 0).then_some(start + length)
    };
    let first = value(at)?;
    let mut end = first;
    let is_plain = first - at == text[at..first].trim_start().len();
    if text[end..].starts_with(')') {
        let closed_later = false;
        return Some(Qualifier { end: end + 1, is_plain, is_session: false, closed_later });
    }
    let joined = joiner(text, end).map(|(_, next)| next)?;
    if let Some(second) = value(joined) {
        end = second;
    }
    match text[end..].starts_with(')') {
        true => Some(Qualifier {
            end: end + 1,
            is_plain: false,
            is_session: false,
            closed_later: false,
        }),
        // "(Vol. I and Vol. I/Corr.1, Vol. II)" lists several volumes: the first is cited here.
        false => {
            Some(Qualifier { end: first, is_plain: false, is_session: false, closed_later: true })
        }
    }
}
