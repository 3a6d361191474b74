//! The texts of one PDF, and the string literals that they are made of.

use std::collections::BTreeSet;

use crate::source::{FileId, Input, Span};

/// The texts of one PDF, added as they are drawn.
#[derive(Debug, Default)]
pub struct PdfTexts {
    /// An expression of Typst for each.
    pub code: String,
    /// How many there are.
    pub count: usize,
    /// Where the code comes from, in order: an offset in it, and the place in the Markdown.
    pub places: Vec<(usize, Span)>,
    /// The terms of the glossary that are linked, as indexes of [`Site::terms`].
    pub terms: BTreeSet<usize>,
    /// The paths, from the site's root, of the pictures that are shown.
    pictures: Vec<String>,
    /// How many texts had footnotes, so that each note has its own name.
    pub(super) annotated: usize,
}

impl PdfTexts {
    /// The pictures that are shown, by their paths in the code. The paths number the pictures of
    /// one PDF, and so recur: Typst remembers every path that it ever sees, and has room for
    /// 65,535.
    pub fn pictures(&self, input: &Input) -> Vec<(String, FileId)> {
        let pictures = self.pictures.iter().enumerate();
        pictures.filter_map(|(n, path)| Some((picture_path(n, path), input.find(path)?))).collect()
    }

    /// The path in the code of a picture.
    pub(super) fn picture(&mut self, path: String) -> String {
        let known = self.pictures.iter().position(|picture| *picture == path);
        let index = known.unwrap_or_else(|| {
            self.pictures.push(path.clone());
            self.pictures.len() - 1
        });
        picture_path(index, &path)
    }
}

fn picture_path(index: usize, path: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    format!("pictures/{index}.{ending}")
}

/// Which text: its index in [`PdfTexts`].
pub type TextIndex = usize;

/// A text as a string literal of Typst.
pub(super) fn literal(text: &str, out: &mut String) {
    out.push('"');
    escape(text, out);
    out.push('"');
}

/// A text escaped for a string literal of Typst.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, c) in text.match_indices(['"', '\\', '\n', '\r', '\0']) {
        out.push_str(&text[from..at]);
        match c {
            "\n" => out.push_str("\\n"),
            "\"" | "\\" => out.extend(["\\", c]),
            c => out.extend(c.chars().map(|c| format!("\\u{{{:x}}}", u32::from(c)))),
        }
        from = at + c.len();
    }
    out.push_str(&text[from..]);
}
