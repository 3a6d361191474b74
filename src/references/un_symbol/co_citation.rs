//! What follows a symbol and cites more documents by their suffixes alone: "and Add.1–3".

use std::ops::Range;

use super::super::scan::{Joiner, after, any_word, dash, is_end, joiner, number, spaces};
use super::super::{Doubt, Search};
use super::{halves, suffix};

/// The most documents that one range stands for. A longer range is a mistake.
const MOST_IN_RANGE: u32 = 100;

/// Suffixes on one root, as printed in a list.
struct CoCited {
    range: Range<usize>,
    /// The suffix in its canonical form: `Add.1/Corr.1`.
    suffix: String,
    /// The last one of a range: where its number is, and the number.
    to: Option<(Range<usize>, u32)>,
}

/// Whether what follows a symbol can cite more: a quick look that rules out nearly everything.
pub(super) fn may_follow(text: &str, end: usize) -> bool {
    let bytes = text.as_bytes();
    match bytes.get(end..).unwrap_or_default() {
        [] | [b'.' | b';' | b':' | b')', ..] => false,
        // "Add", "Amend", "Corr", "Rev"
        [b' ' | b'\n', b'A', next, ..] => matches!(next, b'd' | b'D' | b'm' | b'M'),
        [b' ' | b'\n', b'C' | b'R' | b'/', ..] => true,
        [b' ' | b'\n', b'A'..=b'Z' | b'0'..=b'9', ..] => false,
        _ => true,
    }
}

/// Reads all that follows a symbol, which is given in its canonical form, with the place where it
/// ends.
pub(super) fn read(reading: &mut Search<'_, '_>, head: &str, mut at: usize) {
    let text = reading.text;
    if joiner(text, at).is_none() {
        return;
    }
    // The suffix that a bare number repeats.
    let mut last = last_suffix(head);
    if last.is_none()
        && let Some(end) = serials(reading, head, at)
    {
        at = end;
    }
    // "…/Add.1 to Add.3": the head itself begins a range.
    if let Some(suffix) = &last {
        let item = with_range(text, at..at, suffix.clone());
        at = cite_rest(reading, head, &item);
    }
    while let Some((Joiner::Next, next)) = joiner(text, at) {
        let next = any_word(text, next, &["in"]).map_or(next, |end| spaces(text, end));
        if let Some(item) = item(text, next) {
            at = cite(reading, head, &item, None);
            last = Some(item.suffix);
        } else if let Some((value, end)) =
            number(text, next).filter(|(_, end)| stands_alone(text, *end))
        {
            let Some(previous) = last.as_deref().and_then(|last| repeated(last, value)) else {
                doubtful(reading, head, value, next..end);
                at = end;
                continue;
            };
            let item = with_range(text, next..end, previous);
            at = cite(reading, head, &item, None);
            last = Some(item.suffix);
        } else {
            return;
        }
    }
}

/// Reads a range that is glued to its symbol: `ST/SG/AC.10/48/Adds.1–3`. The first document's
/// link begins where the symbol does.
pub(super) fn glued(reading: &mut Search<'_, '_>, head: &str, start: usize, at: usize) {
    if let Some(item) = item(reading.text, at) {
        let end = cite(reading, head, &item, Some(start));
        read(reading, &suffix::with(head, &item.suffix), end);
    }
}

/// Adds the documents of an item, and says where it ends.
fn cite(reading: &mut Search<'_, '_>, head: &str, item: &CoCited, start: Option<usize>) -> usize {
    let start = start.unwrap_or(item.range.start);
    reading.found(start..item.range.end, on_both_halves(head, &item.suffix));
    cite_rest(reading, head, item)
}

/// Adds the documents of an item after its first, and says where it ends.
fn cite_rest(reading: &mut Search<'_, '_>, head: &str, item: &CoCited) -> usize {
    let Some((place, to)) = &item.to else { return item.range.end };
    let Some((stem, from)) = stem_and_number(&item.suffix) else { return item.range.end };
    for number in from + 1..*to {
        let key = on_both_halves(head, &format!("{stem}{number}"));
        // It has no characters: its place is between the two ends.
        reading.found(item.range.end..item.range.end, key);
    }
    reading.found(place.clone(), on_both_halves(head, &format!("{stem}{to}")));
    place.end
}

/// A suffix on a symbol, and on both halves of a double one.
pub(super) fn on_both_halves(head: &str, suffix: &str) -> String {
    match halves(head) {
        (_, None) => suffix::with(head, suffix),
        (first, Some(second)) => {
            format!("{}-{}", suffix::with(first, suffix), suffix::with(second, suffix))
        }
    }
}

/// Reads `Add.1`, `Add.1/Corr.1`, `Adds.1–3`, `Corr.1 to Corr.3`.
fn item(text: &str, at: usize) -> Option<CoCited> {
    let start = at + usize::from(text[at..].starts_with('/'));
    let (mut suffix, mut end) = one(text, start)?;
    // An addendum may have a revision, and that a corrigendum.
    for _ in 0..2 {
        let Some((next, next_end)) = text[end..].strip_prefix('/').and_then(|_| one(text, end + 1))
        else {
            break;
        };
        suffix = format!("{suffix}/{next}");
        end = next_end;
    }
    let item = with_range(text, at..end, suffix);
    is_end(text, item.to.as_ref().map_or(end, |(place, _)| place.end)).then_some(item)
}

/// An item with the range that follows it, if one does.
fn with_range(text: &str, range: Range<usize>, suffix: String) -> CoCited {
    let end = range.end;
    let to = || {
        let (stem, from) = stem_and_number(&suffix)?;
        let next = match dash(text, end) {
            Some(next) => next,
            None => match joiner(text, end)? {
                (Joiner::Through, next) => next,
                (Joiner::Next, _) => return None,
            },
        };
        // "Corr.1 to Corr.3" and "Add.1 to 3".
        let kind = stem.rsplit('/').next().unwrap_or(stem);
        let (place, to) = match one(text, next) {
            Some((again, again_end)) => {
                let (again_stem, to) = stem_and_number(&again)?;
                (again_stem == kind).then_some((next..again_end, to))?
            }
            None => {
                let (to, number_end) = number(text, next)?;
                ends_range(text, number_end).then_some((next..number_end, to))?
            }
        };
        (from < to && to - from < MOST_IN_RANGE && is_end(text, place.end)).then_some((place, to))
    };
    let to = to();
    CoCited { range, suffix, to }
}

/// Reads one suffix: `Add.1`, `Adds. 1`.
fn one(text: &str, at: usize) -> Option<(String, usize)> {
    let letters = text[at..].bytes().take(7).take_while(u8::is_ascii_alphabetic).count();
    let stem = suffix::stem(&text[at..at + letters])?;
    let dot = at + letters;
    text[dot..].starts_with('.').then_some(())?;
    let (value, end) = number(text, spaces(text, dot + 1))?;
    Some((format!("{stem}.{value}"), end))
}

/// `Add.1/Corr.2` as `Add.1/Corr.` and 2.
fn stem_and_number(suffix: &str) -> Option<(&str, u32)> {
    let (stem, number) = suffix.split_at(suffix.rfind('.')? + 1);
    Some((stem, number.parse().ok()?))
}

/// The suffixes at the end of a symbol.
fn last_suffix(head: &str) -> Option<String> {
    let (first, _) = halves(head);
    let suffixes = first[suffix::root(first).len()..].trim_start_matches('/');
    (!suffixes.is_empty()).then(|| suffixes.to_owned())
}

/// The suffix that a bare number stands for: after `Add.1`, "2" is `Add.2`. Smaller numbers are
/// something else, and so are much larger ones: "Add.1, 2020".
fn repeated(last: &str, value: u32) -> Option<String> {
    let (stem, from) = stem_and_number(last)?;
    (from < value && value - from < MOST_IN_RANGE).then(|| format!("{stem}{value}"))
}

/// Whether a number is the end of a range: not of pages or days, "1-2 pages", "1–3 June".
fn ends_range(text: &str, end: usize) -> bool {
    let next = &text[spaces(text, end)..];
    let is_day = next.starts_with(char::is_uppercase);
    is_end(text, end) && !is_day && !next.starts_with("pages")
}

/// A suffix that only a space or a hyphen separates from its symbol: "ECE/MP.WAT/63 Add.2". Gives
/// where it ends, and the suffix.
pub(super) fn separated(text: &str, end: usize, head: &str) -> Option<(usize, String)> {
    let mark = spaces(text, end);
    let is_mark = text[mark..].starts_with(['-', '/']);
    let begin = if is_mark { spaces(text, mark + 1) } else { mark };
    let (suffix, end) = one(text, begin).filter(|_| begin > end)?;
    // "Add.1-Add.3" is a range.
    let kind = |suffix: &str| suffix.split('.').next().map(str::to_owned);
    let is_range = last_suffix(head).is_some_and(|last| kind(&last) == kind(&suffix));
    (!is_range).then_some((end, suffix))
}

/// How many numbers of a list are looked at.
const MOST_IN_LIST: usize = 8;

/// Whether a number, with others of its list, counts nothing: not "2 members", "2 and 3 March",
/// "2.5".
fn stands_alone(text: &str, mut end: usize) -> bool {
    for _ in 0..MOST_IN_LIST {
        match joiner(text, end).map(|(_, next)| (next, number(text, next))) {
            Some((_, Some((_, next_end)))) => end = next_end,
            Some((next, None)) => return next > end,
            None => break,
        }
    }
    let rest = &text[end..];
    match after(text, end) {
        None => true,
        Some('.') => !rest[1..].starts_with(|c: char| c.is_ascii_digit()),
        Some(',' | ';' | ':' | ')' | ']') => true,
        Some(_) => {
            let next = &text[spaces(text, end)..];
            next.is_empty() || next.starts_with('(')
        }
    }
}

/// The documents of a range of serial numbers: "ECE/CP.TEIA/2020/2–4".
fn serials(reading: &mut Search<'_, '_>, head: &str, at: usize) -> Option<usize> {
    let (series, serial) = head.rsplit_once('/')?;
    let (start, from) = match serial.rsplit_once('.') {
        Some((kind, number)) => (format!("{series}/{kind}."), number.parse::<u32>().ok()?),
        None => (format!("{series}/"), serial.parse::<u32>().ok()?),
    };
    let next = dash(reading.text, at)?;
    let (to, end) = number(reading.text, next)?;
    if to <= from || to - from >= MOST_IN_RANGE || !ends_range(reading.text, end) {
        return None;
    }
    for number in from + 1..to {
        reading.found(at..at, format!("{start}{number}"));
    }
    reading.found(next..end, format!("{start}{to}"));
    Some(end)
}

/// A number after a symbol without a suffix: the next document of the series, or only a number.
fn doubtful(reading: &mut Search<'_, '_>, head: &str, value: u32, place: Range<usize>) {
    let Some((series, serial)) = head.rsplit_once('/') else { return };
    let Ok(serial) = serial.parse::<u32>() else { return };
    // Only a number near enough to be the next document is worth asking about.
    if serial < value && value - serial <= 20 {
        reading.doubt(place, Doubt::AmbiguousSymbol { maybe: format!("{series}/{value}") });
    }
}
