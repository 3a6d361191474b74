//! What comes in brackets after a part of a symbol: `(Sect. 20)`, `(Vol. II)`, `(2001)`, `(XXX)`.

use super::super::scan::{is_roman, joiner, spaces};

/// A qualifier.
pub(super) struct Qualifier {
    /// Where it ends.
    pub(super) end: usize,
    /// Whether it is printed in its canonical form.
    pub(super) is_plain: bool,
    /// Whether it is a session, which makes a symbol without other numbers a document.
    pub(super) is_session: bool,
    /// Whether only its first value is read, and its bracket is closed further on.
    pub(super) closed_later: bool,
}

/// The words before the number of a qualifier.
const NUMBERED: [&str; 8] =
    ["Sect.", "Income sect.", "Vol.", "Parts", "Part", "Prog.", "Resumption", "Supp."];

/// Qualifiers without a number.
const NAMED: [&str; 5] = ["Introduction", "Foreword", "Plan outline", "Resumed", "SUPP"];

/// What comes before a qualifier, which decides what it can be.
#[derive(Clone, Copy)]
pub(super) struct After {
    /// Whether it is a resolution.
    pub(super) is_resolution: bool,
    /// Whether it is one with a year: the Security Council's.
    pub(super) has_year: bool,
    /// Whether the symbol has a number already.
    pub(super) has_number: bool,
    /// Whether letters come right before the bracket: `COP(14)`.
    pub(super) is_name: bool,
}

/// Reads a qualifier after its bracket.
pub(super) fn qualifier(text: &str, inside: usize, after: After) -> Option<Qualifier> {
    let rest = &text[inside..];
    if let Some(word) = NUMBERED.iter().find(|word| rest.starts_with(**word)) {
        return numbered(text, inside + word.len());
    }
    let closes = |name: &&&str| rest.strip_prefix(**name).is_some_and(|rest| rest.starts_with(')'));
    if let Some(name) = NAMED.iter().find(closes) {
        let is_plain = !name.contains(' ');
        return Some(Qualifier { is_plain, ..Qualifier::to(inside + name.len() + 1) });
    }
    let length = rest.bytes().take(10).position(|b| b == b')')?;
    let value = rest.get(..length)?;
    let is_number = value.bytes().all(|b| b.is_ascii_digit());
    let roman = value.strip_prefix("S-").or(value.strip_prefix("ES-")).unwrap_or(value);
    // After a number an "(I)" is a point of a list.
    let is_session = is_roman(roman) && (after.is_resolution || !after.has_number)
        || is_number && (1..4).contains(&length) && after.is_name;
    // A year belongs to resolutions; after any other symbol it says when.
    let is_year = after.has_year && length == 4 && is_number;
    let end = inside + length + 1;
    (is_session || is_year).then_some(Qualifier { is_session, ..Qualifier::to(end) })
}

/// Reads the numbers of a qualifier: " 20)", " 29A)", " I)", " I and II)", " I-III)".
fn numbered(text: &str, at: usize) -> Option<Qualifier> {
    let value = |at: usize| {
        let start = spaces(text, at);
        let is_value = |b: &u8| b.is_ascii_digit() || b"IVXL".contains(b);
        let length = text[start..].bytes().take(6).take_while(is_value).count();
        let letter = text[start + length..].starts_with(|c: char| c.is_ascii_uppercase());
        (length > 0).then_some(start + length + usize::from(letter))
    };
    let first = value(at)?;
    if text[first..].starts_with(')') {
        let is_plain = text[at..first].bytes().all(|b| b.is_ascii_graphic());
        return Some(Qualifier { is_plain, ..Qualifier::to(first + 1) });
    }
    let (_, second) = joiner(text, first)?;
    match value(second).filter(|end| text[*end..].starts_with(')')) {
        Some(end) => Some(Qualifier { is_plain: false, ..Qualifier::to(end + 1) }),
        // "(Vol. I and Vol. I/Corr.1, Vol. II)" lists several volumes: the first is cited here.
        None => Some(Qualifier { closed_later: true, ..Qualifier::to(first) }),
    }
}

impl Qualifier {
    /// A qualifier that ends at a place, and is printed as in the canonical form.
    fn to(end: usize) -> Self {
        Self { end, is_plain: true, is_session: false, closed_later: false }
    }
}
