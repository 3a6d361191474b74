//! Small readers that several schemes share. Each reads a bounded piece of text from a place
//! onwards, and says where it ended.

use unicode_normalization::char::is_combining_mark;

/// Whether a character makes one word with its neighbours. Those of scripts without spaces between
/// words (Chinese, Japanese, Thai …) do not: in 见A/70/1号 the symbol is a word by itself. Nor do
/// raised digits, which are the numbers of footnotes.
#[inline]
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let sets_no_spaces = matches!(
        u32::from(c),
        0xb2 | 0xb3 | 0xb9 | 0x2070..=0x209f | 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x9fff | 0xf900..=0xfaff
            | 0xff00..=0xffef | 0x20000..=0x3ffff
    );
    c.is_alphanumeric() && !sets_no_spaces
}

/// The character before a place.
#[inline]
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character at a place.
#[inline]
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Whether a word ends before a place. The accent of a letter may be a character after it.
#[inline]
pub(super) fn is_end(text: &str, at: usize) -> bool {
    let goes_on = |c: char| is_word(c) || c == '_' || (!c.is_ascii() && is_combining_mark(c));
    !after(text, at).is_some_and(goes_on)
}

/// Whether a word begins at a place.
#[inline]
pub(super) fn is_start(text: &str, at: usize) -> bool {
    !before(text, at).is_some_and(|c| is_word(c) || matches!(c, '_' | '@'))
}

/// The most spaces that are accepted between two words; justified text has two or three.
const MOST_SPACES: usize = 4;

/// Whether a character is a space, non-breaking ones included.
#[inline]
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}' | '\n' | '\r' | '\t')
}

/// Whether a character cannot be seen and separates nothing: marks where a word may break, and marks
/// of direction. Text copied from web pages is full of them.
#[inline]
pub(super) fn is_invisible(c: char) -> bool {
    // U+FFFC takes the place of what no reference reaches across.
    crate::source::is_invisible(c) && c != '\u{fffc}' && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// Where the invisible characters at a place end.
#[inline]
pub(super) fn invisible(text: &str, at: usize) -> usize {
    if text.as_bytes().get(at).is_none_or(u8::is_ascii) {
        return at;
    }
    let hidden = text[at..].chars().take(MOST_SPACES).take_while(|c| is_invisible(*c));
    at + hidden.map(char::len_utf8).sum::<usize>()
}

/// Where the spaces at a place end.
#[inline]
pub(super) fn spaces(text: &str, at: usize) -> usize {
    // Most often there is none.
    if text.as_bytes().get(at).is_none_or(u8::is_ascii_graphic) {
        return at;
    }
    // And where there is, it is a single one.
    let bytes = text.as_bytes();
    if matches!(bytes[at], b' ' | b'\n') && bytes.get(at + 1).is_none_or(u8::is_ascii_graphic) {
        return at + 1;
    }
    let spaces = text[at..].chars().take(MOST_SPACES).take_while(|c| is_space(*c));
    at + spaces.map(char::len_utf8).sum::<usize>()
}

/// Where the text before a place ends, without the spaces at its end.
pub(super) fn spaces_before(text: &str, at: usize) -> usize {
    let spaces = text[..at].chars().rev().take(MOST_SPACES).take_while(|c| is_space(*c));
    at - spaces.map(char::len_utf8).sum::<usize>()
}

/// Where the first of these words that is found at a place ends, after skipping spaces. None when
/// there is another word, or only part of one.
pub(super) fn any_word(text: &str, at: usize, words: &[&str]) -> Option<usize> {
    let start = spaces(text, at);
    let rest = &text[start..];
    let first = rest.as_bytes().first()?;
    let mut words = words.iter().filter(|word| word.as_bytes().first() == Some(first));
    words.find_map(|word| {
        let end = start + word.len();
        (rest.starts_with(word) && is_end(text, end)).then_some(end)
    })
}

/// A hyphen or dash, by its length in bytes.
#[inline]
pub(super) fn dash(text: &str, at: usize) -> Option<usize> {
    if text.as_bytes().get(at).is_none_or(|b| b.is_ascii() && *b != b'-') {
        return None;
    }
    let dash = after(text, at)?;
    let is_dash = matches!(dash, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    is_dash.then(|| at + dash.len_utf8())
}

/// What joins the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joiner {
    /// "and", "&", a comma …
    Next,
    /// "to", or a dash: everything between two items is meant as well.
    Through,
}

/// In the languages of the built-in words; `&amp;` is what HTML makes of `&`.
const NEXT: &[&str] = &["and", "&amp;", "&", "or", "as well as", "et", "ou", "и", "или"];
const THROUGH: &[&str] = &["to", "through", "à", "по"];

/// Reads what joins two items of a list: ", ", " and ", ", and ", " to ", "–".
pub(super) fn joiner(text: &str, at: usize) -> Option<(Joiner, usize)> {
    let start = spaces(text, at);
    match text.as_bytes().get(start)? {
        b',' => {
            let end = start + 1;
            let end = any_word(text, end, NEXT).unwrap_or(end);
            Some((Joiner::Next, spaces(text, end)))
        }
        // A quick answer for what nearly always follows.
        b'.' | b';' | b')' | b':' | b'A'..=b'Z' | b'0'..=b'9' => None,
        _ => {
            if let Some(end) = dash(text, start) {
                return Some((Joiner::Through, spaces(text, end)));
            }
            if let Some(end) = any_word(text, start, NEXT) {
                return Some((Joiner::Next, spaces(text, end)));
            }
            any_word(text, start, THROUGH).map(|end| (Joiner::Through, spaces(text, end)))
        }
    }
}

/// Where the digits at a place end.
#[inline]
pub(super) fn digits(text: &str, at: usize) -> Option<usize> {
    let count = text.as_bytes()[at..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
    (count > 0).then_some(at + count)
}

/// A number of at most nine digits, and where it ends.
#[inline]
pub(super) fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let end = digits(text, at)?;
    Some((text[at..end].parse().ok()?, end))
}

/// Whether a text is a number in capital Roman digits, below 90: no session or volume has more.
pub(super) fn is_roman(text: &str) -> bool {
    let twice = ["IIII", "VV", "XXXX", "LL"];
    !text.is_empty()
        && text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
        && !twice.iter().any(|twice| text.contains(twice))
}

/// The word that ends at a place: letters only.
pub(super) fn last_word(text: &str, end: usize) -> &str {
    let letters = text[..end].chars().rev().take(40).take_while(|c| c.is_alphabetic());
    &text[end - letters.map(char::len_utf8).sum::<usize>()..end]
}

/// Where a date such as " of 22 November 1967" that follows at a place ends; the place itself
/// when none does.
pub(super) fn date(text: &str, at: usize) -> usize {
    let read = || {
        let at = any_word(text, at, &["of", "du", "от", "de"])?;
        let at = digits(text, spaces(text, at))?;
        let month = spaces(text, at);
        let length: usize =
            text[month..].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        (length > 0).then(|| digits(text, spaces(text, month + length)))?
    };
    read().unwrap_or(at)
}
