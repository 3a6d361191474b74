//! Text files: which encoding, and whether they are HTML or tables of values.

use super::document::ForeignDocument;
use super::error::ReadError;
use super::reader::refused;
use super::{csv, html};

/// How far the beginning of a file is looked through for what it says about itself.
const START: usize = 4096;
/// A longer text is not a report.
const MAX_BYTES: usize = 100 * 1024 * 1024;

/// Reads a text file.
pub(super) fn read(bytes: &[u8]) -> Result<ForeignDocument, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(super::error::FileLimit::Unpacked));
    }
    let (text, assumed_encoding) = decoded(bytes);
    if text.chars().take(START).any(|character| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\x0c')
    }) {
        return Err(refused(
            "a file of an unknown kind",
            "save the document as .docx, .xlsx, .csv or .html",
        ));
    }
    let start: String = text.chars().take(START).collect::<String>().to_lowercase();
    if start.contains("mime-version:") && start.contains("multipart/related") {
        return Err(refused("a web archive", "open it in Word and save it as .docx"));
    }
    let read =
        if ["<!doctype html", "<html", "<table", "<body"].iter().any(|tag| start.contains(tag)) {
            html::read(&text)?
        } else if start.trim_start().starts_with("<?xml") {
            return Err(refused(
                "an XML file",
                "open it in Word or Excel and save it as .docx or .xlsx",
            ));
        } else {
            csv::read(&text)?
        };
    Ok(ForeignDocument { assumed_encoding, ..read })
}

/// The text of a file, and the encoding where it had to be assumed: that of Windows in Western Europe,
/// which Excel writes where nothing else is asked for.
fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return (encoding.decode_with_bom_removal(bytes).0.into_owned(), None);
    }
    if let Some(encoding) = declared(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), None);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            Some("Windows-1252"),
        ),
    }
}

/// The encoding that HTML declares in its beginning: `<meta charset=…>`, `<meta … content="…; charset=…">`.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..START).unwrap_or(bytes)).to_lowercase();
    let tags = start.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let label = tags.filter_map(|tag| tag.split_once("charset")).find_map(|(_, rest)| {
        let value = rest
            .trim_start()
            .strip_prefix('=')?
            .trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
        let end = value
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/'))
            .unwrap_or(value.len());
        value.get(..end).map(str::to_owned)
    })?;
    encoding_rs::Encoding::for_label(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told() {
        assert_eq!(decoded("é".as_bytes()), ("é".to_owned(), None));
        assert_eq!(decoded(b"\xef\xbb\xbf\xc3\xa9"), ("é".to_owned(), None));
        assert_eq!(decoded(b"\xff\xfe\xe9\x00"), ("é".to_owned(), None));
        assert_eq!(decoded(b"\xe9 \x80"), ("é €".to_owned(), Some("Windows-1252")));
        let meta =
            b"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">\xc4";
        assert!(decoded(meta).0.ends_with('Д'));
    }
}
