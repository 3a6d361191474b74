//! What a piece of evidence is: a document, a web address, a file, or words.

use super::resolve;
use crate::references::{canonical, is_symbol};
use crate::source::CONTENT;

/// What a piece of evidence is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence<'a> {
    /// A document, by its canonical symbol.
    Document(String),
    /// A web address.
    Address(&'a str),
    /// A file of the site.
    File {
        /// Its path from the site's root.
        path: String,
        /// A place in it, such as `page=3`.
        anchor: Option<&'a str>,
    },
    /// Anything else: the minutes of a meeting, a letter.
    Words,
}

impl<'a> Evidence<'a> {
    /// Reads what an author typed in a report's folder.
    pub fn of(text: &'a str, folder: &str) -> Self {
        if is_symbol(text) {
            return Self::Document(canonical(text));
        }
        let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
        if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") {
            return Self::Address(text);
        }
        // A `#` before the ending belongs to the name: `no. #2.pdf`.
        let place = text.match_indices('#').find(|(at, _)| is_file(&text[..*at]));
        let (file, anchor) =
            place.map_or((text, None), |(at, _)| (&text[..at], Some(&text[at + 1..])));
        let from = format!("{CONTENT}{folder}/x");
        match is_file(file).then(|| resolve(&from, file)) {
            Some(Some(path)) => Self::File { path, anchor },
            _ => Self::Words,
        }
    }
}

/// A piece of evidence as its document and the place in it: `A/79/100` and `, para. 6`. The second is
/// empty where there is none, or where the first is not a document. `is_registered` tells whether the
/// register has a document of a name.
pub fn document_and_place(typed: &str, is_registered: impl Fn(&str) -> bool) -> (&str, &str) {
    let is_document = |name: &str| is_symbol(name) || is_registered(name);
    if is_document(typed) {
        return (typed, "");
    }
    let ends = typed.match_indices([',', ' ', '(', ';', ':']).map(|(at, _)| at);
    // A registered name may have its own spaces and commas: the longest one is meant.
    let symbol = ends.clone().find(|at| is_symbol(&typed[..*at]));
    let name = ends.filter(|at| is_registered(typed[..*at].trim_end())).last();
    typed.split_at(symbol.or(name).unwrap_or(typed.len()))
}

/// Whether a name ends as those of files do that are evidence.
fn is_file(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    FILES.contains(&ending.as_str()) && !name.contains(", ")
}

/// Endings of files that are evidence. Without the list, "B. Smith" would be a missing file.
const FILES: [&str; 24] = [
    "csv", "doc", "docx", "eml", "gif", "jpeg", "jpg", "json", "md", "msg", "ods", "odt", "pdf",
    "png", "ppt", "pptx", "rtf", "svg", "tif", "txt", "webp", "xls", "xlsx", "zip",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_document_is_told_from_it() {
        for (text, parts) in [
            ("Clean Rivers Plan, p. 4", ("Clean Rivers Plan", ", p. 4")),
            ("A/79/100", ("A/79/100", "")),
            ("A/79/100, para. 6", ("A/79/100", ", para. 6")),
            ("A/RES/70/1 (annex)", ("A/RES/70/1", " (annex)")),
            ("Minutes, para. 6", ("Minutes, para. 6", "")),
            ("annex.pdf", ("annex.pdf", "")),
        ] {
            assert_eq!(document_and_place(text, |name| name == "Clean Rivers Plan"), parts);
        }
    }

    #[test]
    fn evidence_is_told_apart() {
        let file = |path: &str| Evidence::File { path: path.to_owned(), anchor: None };
        for (text, evidence) in [
            ("A/RES/70/1", Evidence::Document("A/RES/70/1".to_owned())),
            ("https://example.org/a.pdf", Evidence::Address("https://example.org/a.pdf")),
            ("annex.pdf", file("content/audit/annex.pdf")),
            ("../other/annex 1.xlsx", file("content/other/annex 1.xlsx")),
            (
                "annex.pdf#page=3",
                Evidence::File { path: "content/audit/annex.pdf".into(), anchor: Some("page=3") },
            ),
            (
                "Annex #2.pdf#page=3",
                Evidence::File {
                    path: "content/audit/Annex #2.pdf".into(),
                    anchor: Some("page=3"),
                },
            ),
            ("Annex #2.pdf", file("content/audit/Annex #2.pdf")),
            ("HTTPS://EXAMPLE.ORG", Evidence::Address("HTTPS://EXAMPLE.ORG")),
            ("Report, prepared by B.Smith", Evidence::Words),
            ("a.pdf, b.pdf", Evidence::Words),
            ("example.org", Evidence::Words),
            ("Minutes of the meeting of 3 May.", Evidence::Words),
            ("Letter of 3.5.2020", Evidence::Words),
            ("www.example.org", Evidence::Words),
        ] {
            assert_eq!(Evidence::of(text, "audit"), evidence, "{text}");
        }
    }
}
