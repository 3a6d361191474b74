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
    /// The terms of the glossary that are linked, as indexes of
    /// [`Site::terms`](crate::model::Site::terms).
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
        pictures.filter_map(|(n, path)| Some((picture_path(n), input.find(path)?))).collect()
    }

    /// The path in the code of a picture.
    pub(super) fn picture(&mut self, path: String) -> String {
        let known = self.pictures.iter().position(|picture| *picture == path);
        let index = known.unwrap_or_else(|| {
            self.pictures.push(path.clone());
            self.pictures.len() - 1
        });
        picture_path(index)
    }
}

/// Without the ending of its name: Typst then looks at the bytes for the format.
fn picture_path(index: usize) -> String {
    format!("pictures/{index}")
}

/// Which text: its index in [`PdfTexts`].
pub type TextIndex = usize;

/// A text as a string literal of Typst.
pub(super) fn literal(text: &str, out: &mut String) {
    out.push('"');
    escape(text, out);
    out.push('"');
}

/// A text escaped for a string literal of Typst, without characters that no PDF can have.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    let is_special = |c: char| matches!(c, '"' | '\\' | '\n') || printed(c) != Some(c);
    for (at, c) in text.char_indices().filter(|(_, c)| is_special(*c)) {
        out.push_str(&text[from..at]);
        match c {
            '\n' => out.push_str("\\n"),
            '"' | '\\' => out.extend(['\\', c]),
            c => out.extend(printed(c)),
        }
        from = at + c.len_utf8();
    }
    out.push_str(&text[from..]);
}

/// What a PDF has for a character of a text: a space for a separator of lines; nothing for a control,
/// or a character that stands for no other. PDF/UA-1 (7.21.8) wants a glyph for each character, and
/// PDF/A-2a (6.2.11.7) forbids some of these.
pub fn printed(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Some(' '),
        '\u{feff}' | '\u{fff0}'..='\u{fffc}' => None,
        // These show words in another order than they are written.
        '\u{202a}'..='\u{202e}' => None,
        // Typst finds by itself where words may be broken, and fails on a link that ends with this.
        '\u{ad}' => None,
        // U+FFFE and its like are no characters.
        c if u32::from(c) & 0xfffe == 0xfffe => None,
        c => (!c.is_control()).then_some(c),
    }
}
