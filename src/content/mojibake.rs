//! Text that was read in the wrong encoding and written again: "officeâ€™s" for "office’s".

use std::ops::Range;

use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::source::{FileId, Span, boundary};

pub(crate) const MOJIBAKE: Rule = Rule {
    code: "mojibake",
    summary: "letters such as `â€™` or `�` where another program read the text wrongly",
    explanation: "A program took the bytes of UTF-8 for those of Windows-1252, and saved what it \
                  saw. `recto check --fix` puts the right letters back. Where it saved `�`, the \
                  letter is lost: type it again.",
    wrong: &[
        "\n## Recommendation\n\nThe officeâ€™s list should be published.",
        "\n## Recommendation\n\nThe office�s list should be published.",
    ],
    right: &["\n## Recommendation\n\nThe office’s list should be published."],
    ..Rule::WARNING
};

/// The characters that Windows-1252 has at 0x80 to 0x9f; it leaves five out
/// (<https://encoding.spec.whatwg.org/#windows-1252>).
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte of a character in Windows-1252; none for ASCII, which is the same in both.
fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        0x80..=0xff => u8::try_from(u32::from(c)).ok(),
        _ => HIGH.iter().position(|high| *high == c).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

/// A place that is UTF-8 if its characters are taken for bytes of Windows-1252.
struct Misread {
    range: Range<usize>,
    meant: String,
    /// Whether nobody types such characters: "Ã”" may end a Portuguese quotation in capitals.
    is_certain: bool,
    /// How many Cyrillic letters it has. One alone says little.
    cyrillic: usize,
}

/// Reports each place of a file that was read in the wrong encoding.
pub(super) fn mojibake(file: FileId, text: &str) -> Vec<Diagnostic> {
    misread_places(file, text).into_iter().chain(lost(file, text)).collect()
}

/// Reports the first of the characters that a program puts where it cannot read what is there. A
/// file that has one often has hundreds.
fn lost(file: FileId, text: &str) -> Option<Diagnostic> {
    let mut places = memchr::memmem::find_iter(text.as_bytes(), "\u{fffd}");
    let first = places.next()?;
    let message = match places.count() {
        0 => "`�` is where another program could not read a character".to_owned(),
        more => format!(
            "`�` is where another program could not read a character, here and in {more} more \
             {} below",
            if more == 1 { "place" } else { "places" }
        ),
    };
    let span = Span::new(file, first..first + '\u{fffd}'.len_utf8());
    let help = "type the character again, as the source has it";
    Some(Diagnostic::of(&MOJIBAKE, span, message).help(help))
}

fn misread_places(file: FileId, text: &str) -> Vec<Diagnostic> {
    // All of it begins with one of these letters, and these with one byte. Few English texts have it.
    let is_possible = memchr::memchr(0xc3, text.as_bytes()).is_some();
    if !is_possible || !text.contains(['Â', 'Ã', 'â', 'Å', 'Ð', 'Ñ', 'ï']) {
        return Vec::new();
    }
    let mut found = misread(text);
    let cyrillic: usize = found.iter().map(|place| place.cyrillic).sum();
    let is_certain = found.iter().any(|place| place.is_certain) || cyrillic > 2;
    // A file may be named so.
    found.retain(|place| !is_in_address(text, &place.range));
    // What may be right is right, unless something else in the file is certainly wrong.
    found.retain(|place| is_certain && (place.cyrillic == 0 || cyrillic > 2));
    let diagnostics = found.into_iter().map(|Misread { range, meant, .. }| {
        let typed = &text[range.clone()];
        let span = Span::new(file, range);
        let message = format!("`{typed}` is most probably `{meant}`, read in the wrong encoding");
        let edit = Edit { span, instead_of: typed.to_owned(), replacement: meant };
        Diagnostic::of(&MOJIBAKE, span, message).edit(Some(edit))
    });
    diagnostics.collect()
}

/// The most bytes of an address or name on each side of a place in it.
const LONGEST: usize = 200;

/// Whether a place is in the address of a link, or in the name of a file.
fn is_in_address(text: &str, place: &Range<usize>) -> bool {
    let ends = |c: char| c.is_ascii_whitespace() || "<>()[]\"'".contains(c);
    // Names are shorter.
    let first = boundary(text, place.start.saturating_sub(LONGEST));
    let last = boundary(text, place.end + LONGEST);
    let before = text[first..place.start].rfind(ends).map_or(first, |at| first + at + 1);
    let after = text[place.end..last].find(ends).map_or(last, |at| place.end + at);
    let token = text[before..after].trim_end_matches(['.', ',', ';', ':']);
    let ending = token.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file =
        (2..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    is_file || token.contains("://") || text[..before].ends_with("](")
}

fn misread(text: &str) -> Vec<Misread> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let Some(first) = byte(c) else { continue };
        let mut bytes = vec![first];
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = rest.peek().copied()
            && let Some(byte) = byte(c)
        {
            bytes.push(byte);
            end = at + c.len_utf8();
            rest.next();
        }
        let Ok(meant) = std::str::from_utf8(&bytes) else { continue };
        let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{45f}');
        let is_probable = |c: char| {
            matches!(c, '\u{a0}'..='\u{ff}' | 'Œ' | 'œ' | '\u{2010}'..='\u{203a}' | '€' | '™' | '\u{feff}')
                || is_cyrillic(c)
        };
        if !meant.chars().all(is_probable) {
            continue;
        }
        let typed = &text[start..end];
        found.push(Misread {
            range: start..end,
            meant: meant.to_owned(),
            is_certain: typed.contains("â€") || typed.chars().all(|c| !ORDINARY.contains(c)),
            cyrillic: meant.chars().filter(|c| is_cyrillic(*c)).count(),
        });
    }
    found
}

/// Marks of punctuation that follow capital letters with accents in ordinary texts.
const ORDINARY: &str = "\u{a0}«»‘’“”„…–—•";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn fixed(text: &str) -> String {
        let mut fixed = text.to_owned();
        for diagnostic in mojibake(FileId(0), text).into_iter().rev() {
            let edit = diagnostic.edit.unwrap();
            fixed.replace_range(edit.span.range(), &edit.replacement);
        }
        fixed
    }

    #[test]
    fn what_was_misread_comes_back() {
        for text in [
            "The office’s “list” – café, naïve …",
            "Ещё не начато",
            "Œuvre\u{a0}: à la carte, été",
            "5 €",
        ] {
            let misread: String = text
                .bytes()
                .map(|b| match b {
                    0x80..=0x9f => HIGH[usize::from(b - 0x80)],
                    b => char::from(b),
                })
                .collect();
            assert_eq!(fixed(&misread), text, "{misread}");
        }
    }

    #[test]
    fn what_is_right_stays() {
        for text in [
            "QUALITÉ\u{a0}: «\u{a0}À\u{a0}»",
            "“AMANHÔ, AMANHÃ… „SÅ“",
            "Ñandú, São Tomé, Ærø",
            "Ещё «не» начато",
            "â",
        ] {
            assert_eq!(fixed(text), text);
        }
    }
}
