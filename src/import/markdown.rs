//! The blocks of a cell as Markdown that says the same words: every character that would be a mark is
//! escaped.

use std::fmt::Write as _;

use super::document::{
    ForeignBlock, ForeignPicture, ForeignPiece, ForeignTable, Paragraph, ShownLabel, TextPiece,
};
use super::tables::one_line;

/// Writes blocks as Markdown, and collects the notes in them.
pub(super) struct Writer<'d> {
    pictures: &'d [ForeignPicture],
    /// How many notes the file has so far.
    notes: usize,
    /// The definitions of those of the blocks written last.
    definitions: Vec<String>,
}

impl<'d> Writer<'d> {
    /// A writer for a new file.
    pub(super) fn new(pictures: &'d [ForeignPicture]) -> Self {
        Self { pictures, notes: 0, definitions: Vec::new() }
    }

    /// Blocks as Markdown, with their notes at the end.
    pub(super) fn section(&mut self, blocks: &[&ForeignBlock]) -> String {
        let mut out = String::new();
        let mut in_list = false;
        for block in blocks {
            match block {
                ForeignBlock::Paragraph(paragraph) => {
                    let item = paragraph.label.as_ref().and_then(mark);
                    let text = self.paragraph(paragraph);
                    if text.is_empty() && paragraph.label.is_none() {
                        continue;
                    }
                    // The items of a list are lines one below the other.
                    let is_next = in_list && item.is_some();
                    if !out.is_empty() {
                        out.push_str(if is_next { "\n" } else { "\n\n" });
                    }
                    let (mark, indent) = item.clone().unwrap_or_default();
                    let below = format!("\n{}", " ".repeat(indent + mark.len()));
                    let _ =
                        write!(out, "{}{mark}{}", " ".repeat(indent), text.replace('\n', &below));
                    in_list = item.is_some();
                }
                ForeignBlock::Table(table) => {
                    let text = self.table(table);
                    if !text.is_empty() {
                        let gap = if out.is_empty() { "" } else { "\n\n" };
                        let _ = write!(out, "{gap}{text}");
                    }
                    in_list = false;
                }
            }
        }
        for definition in self.definitions.drain(..) {
            let _ = write!(out, "\n\n{definition}");
        }
        out
    }

    fn paragraph(&mut self, paragraph: &Paragraph) -> String {
        let mut text = String::new();
        // A label that is not that of a list in Markdown is words.
        if let Some(label) = paragraph.label.as_ref().filter(|label| mark(label).is_none()) {
            text.push_str(&escaped(label.text.trim()));
            text.push(' ');
        }
        text.push_str(&self.inline(&paragraph.pieces));
        at_start(text.trim())
    }

    fn inline(&mut self, pieces: &[ForeignPiece]) -> String {
        let mut out = String::new();
        let mut rest = pieces;
        while let Some((piece, after)) = rest.split_first() {
            match piece {
                ForeignPiece::LineBreak => {
                    out.truncate(out.trim_end().len());
                    // A break at the start or the end of a paragraph shows nothing.
                    if !out.is_empty() && after.iter().any(shows) {
                        out.push_str("\\\n");
                    }
                }
                ForeignPiece::Note(paragraphs) => {
                    self.notes += 1;
                    let number = self.notes;
                    let _ = write!(out, "[^{number}]");
                    let texts: Vec<String> =
                        paragraphs.iter().map(|one| self.paragraph(one)).collect();
                    let text = texts.join("\n\n").replace('\n', "\n    ");
                    self.definitions.push(format!("[^{number}]: {text}"));
                }
                ForeignPiece::Picture(index) => {
                    if let Some(picture) = self.pictures.get(*index) {
                        let alternative = picture.alternative.as_deref().unwrap_or_default();
                        let alternative = escaped(&one_line(alternative));
                        let _ = write!(out, "![{alternative}]({})", address(&picture.name));
                    }
                }
                ForeignPiece::Text(first) => {
                    // Text that links to one place and is marked alike is one piece.
                    let alike = |piece: &&ForeignPiece| matches!(piece, ForeignPiece::Text(text) if is_alike(text, first));
                    let count = 1 + after.iter().take_while(alike).count();
                    let text: String = rest[..count].iter().filter_map(words).collect();
                    marked(&mut out, &text, first);
                    rest = &rest[count..];
                    continue;
                }
            }
            rest = after;
        }
        out
    }

    /// A table within a cell. Its cells hold running text only.
    fn table(&mut self, table: &ForeignTable) -> String {
        let width = table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| cell.column + cell.columns.max(1));
        let width = width.max().unwrap_or(0);
        let mut lines = Vec::new();
        for row in &table.rows {
            let mut cells = vec![String::new(); width];
            for cell in &row.cells {
                let texts: Vec<String> =
                    cell.blocks.iter().map(|block| self.in_table(block)).collect();
                let texts: Vec<String> =
                    texts.into_iter().filter(|text| !text.is_empty()).collect();
                if let Some(place) = cells.get_mut(cell.column) {
                    *place = texts.join(" ");
                }
            }
            lines.push(format!("| {} |", cells.join(" | ")));
        }
        if lines.is_empty() || width == 0 {
            return String::new();
        }
        lines.insert(1, format!("|{}", " --- |".repeat(width)));
        lines.join("\n")
    }

    fn in_table(&mut self, block: &ForeignBlock) -> String {
        match block {
            ForeignBlock::Paragraph(paragraph) => {
                let label = paragraph.label.as_ref().map_or("", |label| label.text.trim());
                let text = self.inline(&paragraph.pieces).replace("\\\n", " ");
                format!("{} {}", escaped(label), text).trim().replace('|', "\\|")
            }
            ForeignBlock::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                let texts = cells.flat_map(|cell| &cell.blocks).map(|block| self.in_table(block));
                texts.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

/// The mark of an item of a list, and how far it is indented; none for a label that Markdown does not
/// have: "(a)".
pub(super) fn mark(label: &ShownLabel) -> Option<(String, usize)> {
    if !label.is_number {
        return Some(("- ".to_owned(), usize::from(label.level) * 2));
    }
    let number = label.text.trim().strip_suffix('.')?;
    let is_plain = (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    // Only the outermost: below an item of another kind, its number would belong to that.
    (is_plain && label.level == 0).then(|| (format!("{number}. "), 0))
}

fn shows(piece: &ForeignPiece) -> bool {
    match piece {
        ForeignPiece::Text(text) => !text.text.trim().is_empty(),
        ForeignPiece::LineBreak => false,
        ForeignPiece::Note(_) | ForeignPiece::Picture(_) => true,
    }
}

fn words(piece: &ForeignPiece) -> Option<&str> {
    match piece {
        ForeignPiece::Text(text) => Some(&text.text),
        _ => None,
    }
}

/// The look and link of text, as far as Markdown has them.
fn is_alike(one: &TextPiece, other: &TextPiece) -> bool {
    let look = |of: &TextPiece| (of.bold, of.italic, of.struck);
    look(one) == look(other) && kept_link(one) == kept_link(other)
}

/// Where a text links, if that is to be written: not to a place in the document, and not where its
/// words are the symbol of a document that the link leads to, since Recto links each symbol itself.
pub(super) fn kept_link(text: &TextPiece) -> Option<&str> {
    let link = text.link.as_deref().filter(|link| !link.starts_with('#') && !link.is_empty())?;
    let symbol = text.text.trim();
    let is_official = OFFICIAL.iter().any(|host| {
        let rest = link.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host));
        rest.is_some_and(|path| path.ends_with(symbol) && symbol.contains('/'))
    });
    (!is_official).then_some(link)
}

/// Where the documents of the United Nations are published by their symbols.
const OFFICIAL: [&str; 4] = [
    "undocs.org/",
    "www.undocs.org/",
    "docs.un.org/",
    "daccess-ods.un.org/access.nsf/Get?Open&DS=",
];

/// Adds text with its marks. Spaces at its ends stay outside them, where Markdown needs them.
fn marked(out: &mut String, text: &str, look: &TextPiece) {
    let inner = text.trim();
    if inner.is_empty() {
        out.push_str(text);
        return;
    }
    let start = text.len() - text.trim_start().len();
    let (before, after) = (&text[..start], &text[start + inner.len()..]);
    let mut marks = String::new();
    marks.push_str(if look.bold { "**" } else { "" });
    marks.push_str(if look.italic { "*" } else { "" });
    marks.push_str(if look.struck { "~~" } else { "" });
    let closing: String = {
        let mut closing = String::new();
        closing.push_str(if look.struck { "~~" } else { "" });
        closing.push_str(if look.italic { "*" } else { "" });
        closing.push_str(if look.bold { "**" } else { "" });
        closing
    };
    let link = kept_link(look);
    let words = match link {
        // The words of a link that are its address need no marks.
        Some(link) if link == inner => escaped(inner),
        Some(link) => format!("[{}]({})", escaped(inner), address(link)),
        None => escaped(inner),
    };
    let _ = write!(out, "{before}{marks}{words}{closing}{after}");
}

/// An address as a link has it: between `<` and `>` where it has brackets itself.
fn address(link: &str) -> String {
    let link = link.trim().replace('<', "%3C").replace('>', "%3E");
    let link = link.replace(char::is_whitespace, "%20");
    if link.contains(['(', ')', '\\']) { format!("<{link}>") } else { link }
}

/// A text in which no character is a mark.
pub(super) fn escaped(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (index, &c) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| characters[index]);
        let after = characters.get(index + 1).copied();
        let is_within_word =
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        let is_mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' | '$' | '^' => true,
            '_' => !is_within_word,
            '&' => after.is_some_and(|after| after.is_ascii_alphanumeric() || after == '#'),
            '!' => after == Some('['),
            _ => false,
        };
        if is_mark {
            out.push('\\');
        }
        // A tab is a space within running text.
        out.push(if c == '\t' || c == '\n' || c == '\r' { ' ' } else { c });
    }
    out
}

/// A paragraph whose first characters are not the mark of a heading, a list, a quotation or a line.
fn at_start(text: &str) -> String {
    let escape = |text: &str| -> String {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = (1..=9).contains(&digits) && text[digits..].starts_with(['.', ')']);
        let first = text.chars().next();
        match first {
            Some('#' | '>' | '-' | '+' | '=' | ':') => format!("\\{text}"),
            _ if is_number => format!("{}\\{}", &text[..digits], &text[digits..]),
            _ => text.to_owned(),
        }
    };
    // After a break, a line begins, too.
    text.split("\\\n").map(|line| escape(line.trim_start())).collect::<Vec<_>>().join("\\\n")
}
