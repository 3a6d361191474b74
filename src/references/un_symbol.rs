//! United Nations document symbols: `ECE/CP.TEIA/38/Add.1`.
//!
//! The shape of a symbol follows the UN's editorial manual (<https://www.un.org/dgacm/en/content/editorial-manual>)
//! and the lists of series symbols of the Dag Hammarskjöld Library: a prefix from a closed list,
//! segments parted by `/`, a qualifier in brackets. Each symbol is found for itself; a following
//! "and Add.1" is not expanded.

use super::{Known, Match, Scheme};

pub(super) const SCHEME: Scheme = Scheme { name: "un_symbol", find };

/// What a symbol can begin with: organs, bodies and agencies of the United Nations system, and
/// the regional commissions' bodies that stood without `ECE/` before 2004.
const PREFIXES: &[&str] = &[
    "A", "APLC", "BWC", "CAC", "CAT", "CCPR", "CCW", "CD", "CEB", "CED", "CEDAW", "CERD", "CLCS",
    "CMW", "CP.TEIA", "CRC", "CRPD", "CTOC", "DC", "DP", "E", "EB.AIR", "ECE", "ENERGY", "ENVWA",
    "ESCAP", "ESCWA", "FCCC", "GC", "HRI", "HSP", "ICCD", "ID", "IDB", "ISBA", "JIU", "MP.EIA",
    "MP.PP", "MP.WAT", "MP.WH", "NPT", "S", "SPLOS", "ST", "T", "TD", "TDB", "TIM", "TRADE",
    "TRANS", "UNEP", "UNW",
];

/// What marks a part as an addition to a document, which needs no digit of its own before it.
const SUFFIXES: &[&str] = &["Add.", "Corr.", "Rev.", "Amend.", "Summary", "Annex"];

fn find(text: &str, _: &Known, out: &mut Vec<Match>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    // Every symbol has a slash, and text has few: look for those first.
    while let Some(slash) = bytes[from..].iter().position(|b| *b == b'/').map(|n| from + n) {
        from = slash + 1;
        let done = out.last().map_or(0, |m| m.range.end);
        let prefix_length = bytes[done..slash].iter().rev().take_while(|b| is_segment(**b)).count();
        let start = slash - prefix_length;
        if PREFIXES.binary_search(&&text[start..slash]).is_err() || !is_free(text, start) {
            continue;
        }
        if let Some(end) = end_of_symbol(text, start) {
            out.push(Match { range: start..end, key: canonical(&text[start..end]) });
            from = end;
        }
    }
}

/// Whether nothing stands before that would make the symbol a part of something longer.
fn is_free(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    !before.is_some_and(|c| c.is_alphanumeric() || "/.-_@&=#%".contains(c))
}

fn is_segment(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-'
}

/// Where the symbol that begins at `start` ends; none if it is not one after all.
fn end_of_symbol(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = start;
    let mut at = start;
    let mut segments = 0;
    let mut has_number = false;
    loop {
        let length = bytes[at..].iter().take_while(|b| is_segment(**b)).count();
        let segment = text[at..at + length].trim_end_matches(['.', '-']);
        let is_whole = segment.len() == length || !bytes[at + length..].starts_with(b"/");
        if segment.is_empty() || !is_whole {
            break;
        }
        segments += 1;
        end = at + segment.len();
        let is_suffix = SUFFIXES.iter().any(|suffix| segment.starts_with(suffix));
        has_number = if is_suffix {
            has_number || segments > 1
        } else {
            segments > 1 && segment.bytes().any(|b| b.is_ascii_digit())
        };
        if let Some(length) = qualifier(&text[end..]) {
            end += length;
            has_number = true;
        }
        if bytes.get(end) != Some(&b'/') {
            break;
        }
        at = end + 1;
    }
    let after = text[end..].chars().next();
    let is_free = !after.is_some_and(|c| c.is_alphanumeric() || c == '_');
    (segments > 1 && has_number && is_free).then_some(end)
}

/// "Parts XXI and XXII" is longer than any qualifier printed so far.
const LONGEST_QUALIFIER: usize = 18;

/// The length of a qualifier with the space before it: ` (Sect. 20)`, `(2001)`, `(XXX)`.
fn qualifier(text: &str) -> Option<usize> {
    let inside = text.trim_start_matches([' ', '\u{a0}']).strip_prefix('(')?;
    // No further than the longest there is: a text of open brackets would be read over and over.
    let close = inside.bytes().take(LONGEST_QUALIFIER + 1).position(|b| b == b')')?;
    let inside = &inside[..close];
    let is_roman = |part: &str| !part.is_empty() && part.bytes().all(|b| b"IVXLC".contains(&b));
    let numbered = ["Sect.", "Vol.", "Part", "Parts", "Resumption"]
        .iter()
        .filter_map(|word| inside.strip_prefix(word))
        .any(|rest| {
            let rest = rest.trim();
            rest.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty()
                || rest.split(" and ").all(is_roman)
        });
    let year = inside.len() == 4 && inside.bytes().all(|b| b.is_ascii_digit());
    let session =
        is_roman(inside.strip_prefix("S-").or(inside.strip_prefix("ES-")).unwrap_or(inside));
    let before = text.len() - text.trim_start_matches([' ', '\u{a0}']).len();
    (numbered || year || session).then_some(before + 1 + close + 1)
}

/// The canonical form, in which two spellings of one symbol are equal but for case: no spaces,
/// plain hyphens, no trailing `*`.
pub fn canonical(symbol: &str) -> String {
    symbol
        .trim()
        .trim_end_matches('*')
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '\u{2010}' | '\u{2011}') { '-' } else { c })
        .collect()
}

/// What a document is known by: the canonical form of a symbol, or any other name as it is.
pub fn document_key(name: &str) -> String {
    if is_symbol(name) { canonical(name) } else { name.trim().to_owned() }
}

/// Whether a text as a whole is a document symbol.
pub fn is_symbol(text: &str) -> bool {
    let mut out = Vec::new();
    find(text, &Known::default(), &mut out);
    matches!(out.as_slice(), [only] if only.range == (0..text.len()))
}

/// The address at which the United Nations publishes a document, in one of its six languages;
/// in English for any other.
pub fn document_url(symbol: &str, language: &str) -> String {
    let language = match language.split_once('-').map_or(language, |(tag, _)| tag) {
        tag @ ("ar" | "es" | "fr" | "ru" | "zh") => tag,
        _ => "en",
    };
    let symbol =
        percent_encoding::utf8_percent_encode(symbol, crate::source::PATH_CHARACTERS).to_string();
    format!("https://docs.un.org/{language}/{symbol}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        find(text, &Known::default(), &mut out);
        out.into_iter().map(|m| m.key).collect()
    }

    #[test]
    fn prefixes_are_sorted() {
        assert!(PREFIXES.is_sorted());
    }

    #[test]
    fn symbols_are_found_whole() {
        for (text, expected) in [
            ("workplan 2019-2020 (ECE/CP.TEIA/38/Add.1), which", "ECE/CP.TEIA/38/Add.1"),
            ("(ECE/CP.TEIA/42, forthcoming).", "ECE/CP.TEIA/42"),
            ("see ECE/CP.TEIA/2020/L.3.", "ECE/CP.TEIA/2020/L.3"),
            ("in A/79/6 (Sect. 12), para. 7", "A/79/6(Sect.12)"),
            ("S/RES/1373 (2001)", "S/RES/1373(2001)"),
            ("A/RES/70/1", "A/RES/70/1"),
            ("A/S-30/1*", "A/S-30/1"),
            ("TRADE/WP.7/2000/1", "TRADE/WP.7/2000/1"),
        ] {
            assert_eq!(symbols(text), [expected], "{text}");
        }
    }

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
        ] {
            assert_eq!(symbols(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn addresses_speak_the_pages_language() {
        assert_eq!(document_url("A/79/6(Sect.12)", "fr"), "https://docs.un.org/fr/A/79/6(Sect.12)");
        assert_eq!(document_url("A/RES/70/1", "kk"), "https://docs.un.org/en/A/RES/70/1");
    }
}
