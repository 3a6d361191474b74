//! Tables of values in text: separated by commas, semicolons or tabs.

use std::collections::BTreeMap;

use ::csv::ReaderBuilder;

use super::document::{
    ForeignBlock, ForeignCell, ForeignDocument, ForeignPiece, ForeignPlace, ForeignTable,
    LeftOutKind, LeftOutText, Paragraph, Row, TextPiece, character_count,
};
use super::error::{FileLimit, ReadError};
use super::reader::refused;

/// How many cells a table may have.
const MAX_CELLS: usize = 1_000_000;
/// How many rows are looked at to find what separates values.
const SAMPLE: usize = 200;
/// What Excel and others write between values.
const SEPARATORS: [u8; 3] = *b",;\t";

/// Reads a table.
pub(super) fn read(text: &str) -> Result<ForeignDocument, ReadError> {
    let (announced, body) = announced(text);
    let Some(separator) = announced.or_else(|| separator(body)) else {
        return Err(refused(
            "a text without columns",
            "copy its table into Word or Excel and save it as .docx or .xlsx",
        ));
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut cells = 0;
    for record in reader(body, separator).records() {
        let record = record.map_err(|error| ReadError::broken("", error.to_string()))?;
        cells += record.len();
        if cells > MAX_CELLS {
            return Err(ReadError::TooLarge(FileLimit::Cells));
        }
        rows.push(record.iter().map(str::to_owned).collect());
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns.saturating_mul(rows.len()) > MAX_CELLS {
        return Err(ReadError::TooLarge(FileLimit::Cells));
    }
    let rows = rows.into_iter().map(|mut values| {
        values.resize(columns, String::new());
        Row {
            is_header: false,
            cells: values.iter().enumerate().map(|(column, value)| cell(column, value)).collect(),
        }
    });
    let mut document = ForeignDocument {
        blocks: vec![ForeignBlock::Table(ForeignTable { title: None, rows: rows.collect() })],
        characters: characters(body, separator),
        ..ForeignDocument::default()
    };
    if let Some(line) = text.strip_suffix(body).filter(|line| !line.is_empty()) {
        document.characters += character_count(line);
        let text = line.trim().to_owned();
        document.left_out.push(LeftOutText {
            place: ForeignPlace::default(),
            kind: LeftOutKind::Markup,
            text,
            by: None,
        });
    }
    Ok(document)
}

/// The separator that a first line `sep=;` announces, and the text after that line.
fn announced(text: &str) -> (Option<u8>, &str) {
    let Some((first, rest)) = text.split_once('\n') else { return (None, text) };
    match first.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=").map(str::as_bytes) {
        Some([separator]) if separator.is_ascii() => (Some(*separator), rest),
        _ => (None, text),
    }
}

fn reader(text: &str, separator: u8) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The separator with which most rows have the same number of values, more than one.
fn separator(text: &str) -> Option<u8> {
    let agreement = |separator: u8| {
        let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
        for record in reader(text, separator).records().take(SAMPLE) {
            *lengths.entry(record.ok()?.len()).or_default() += 1;
        }
        let rows: usize = lengths.values().sum();
        let divided: usize = lengths.range(2..).map(|(_, rows)| rows).sum();
        let (columns, agreeing) = lengths
            .into_iter()
            .filter(|(columns, _)| *columns > 1)
            .max_by_key(|(_, rows)| *rows)?;
        // In a text, some lines have a comma and others none.
        (divided * 2 > rows).then_some((agreeing, columns, separator))
    };
    SEPARATORS
        .into_iter()
        .filter_map(agreement)
        .max_by_key(|(agreeing, columns, _)| (*agreeing, *columns))
        .map(|(_, _, s)| s)
}

fn cell(column: usize, value: &str) -> ForeignCell {
    let paragraph = |line: &str| {
        let text: String = line.chars().filter(|character| *character != '\u{ad}').collect();
        let pieces = vec![ForeignPiece::Text(TextPiece { text, ..TextPiece::default() })];
        ForeignBlock::Paragraph(Paragraph { pieces, ..Paragraph::default() })
    };
    let lines = value.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    ForeignCell {
        column,
        columns: 1,
        blocks: lines.map(paragraph).collect(),
        ..ForeignCell::default()
    }
}

/// The account: every character that neither separates values nor quotes them.
fn characters(text: &str, separator: u8) -> usize {
    let separator = char::from(separator);
    let mut total = 0;
    let mut is_quoted = false;
    let mut is_start = true;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                total += 1;
            }
            '"' if is_quoted => is_quoted = false,
            '"' if is_start => {
                is_quoted = true;
                is_start = false;
                continue;
            }
            _ if !is_quoted && character == separator => {
                is_start = true;
                continue;
            }
            _ => total += usize::from(!character.is_whitespace() && character != '\u{ad}'),
        }
        is_start = !is_quoted && matches!(character, '\n' | '\r');
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told() {
        assert_eq!(separator("a;b\n1,5;2,5\n"), Some(b';'));
        assert_eq!(separator("a,b\n\"x;y\",z\n"), Some(b','));
        assert_eq!(separator("a\tb, c\n1\t2\n"), Some(b'\t'));
        assert_eq!(separator("Dear all,\nthank you.\nYours\n"), None);
        assert_eq!(announced("sep=;\na;b"), (Some(b';'), "a;b"));
    }

    #[test]
    fn the_account_counts_what_is_shown() {
        assert_eq!(characters("a,\"b \"\"c\"\"\nd\",e\n", b','), 7);
        assert_eq!(characters("a,b \"c\"\n", b','), 5);
    }
}
