//! What a piece of evidence is: a document, a web address, a file, or words.

use crate::content::layout::FOLDER;
use crate::references::{canonical, is_symbol};

/// What a piece of evidence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence<'a> {
    /// A document, by its canonical symbol.
    Document(String),
    /// A web address.
    Address(&'a str),
    /// A file of the site, by its path from the site's root.
    File(String),
    /// Anything else: the minutes of a meeting, a letter.
    Words,
}

impl<'a> Evidence<'a> {
    /// Reads what an author typed in a report's folder. One word with an ending is a file.
    pub fn of(text: &'a str, folder: &str) -> Self {
        if is_symbol(text) {
            return Self::Document(canonical(text));
        }
        if text.starts_with("https://") || text.starts_with("http://") {
            return Self::Address(text);
        }
        let ending = text.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_ending = (2..=5).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && ending.bytes().any(|b| b.is_ascii_alphabetic());
        let is_file = is_ending && !text.contains("://") && !text.starts_with("www.");
        match is_file
            .then(|| crate::content::markdown::resolve(&format!("{FOLDER}{folder}/x"), text))
        {
            Some(Some(path)) => Self::File(path),
            _ => Self::Words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_told_apart() {
        let file = |path: &str| Evidence::File(path.to_owned());
        for (text, evidence) in [
            ("A/RES/70/1", Evidence::Document("A/RES/70/1".to_owned())),
            ("https://example.org/a.pdf", Evidence::Address("https://example.org/a.pdf")),
            ("annex.pdf", file("content/audit/annex.pdf")),
            ("../other/annex 1.xlsx", file("content/other/annex 1.xlsx")),
            ("Minutes of the meeting of 3 May.", Evidence::Words),
            ("Letter of 3.5.2020", Evidence::Words),
            ("www.example.org", Evidence::Words),
        ] {
            assert_eq!(Evidence::of(text, "audit"), evidence, "{text}");
        }
    }
}
