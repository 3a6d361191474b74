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
        // The open items of the list, from the outermost: level, indent of its text, number.
        let mut open: Vec<(u8, usize, Option<u64>)> = Vec::new();
        for block in blocks {
            match block {
                ForeignBlock::Paragraph(paragraph) => {
                    let item = paragraph.label.as_ref().and_then(|label| item(label, &mut open));
                    let text = self.paragraph(paragraph, item.is_some());
                    if text.is_empty() && paragraph.label.is_none() {
                        continue;
                    }
                    // The items of a list are lines one below the other.
                    if !out.is_empty() {
                        let is_next = item.as_ref().is_some_and(|item| item.is_next);
                        out.push_str(if is_next { "\n" } else { "\n\n" });
                    }
                    let MarkdownItem { mark, indent, .. } = item.unwrap_or_else(|| {
                        open.clear();
                        MarkdownItem::default()
                    });
                    let below = format!("\n{}", " ".repeat(indent + mark.len()));
                    let text = text.replace('\n', &below);
                    let _ = write!(out, "{}{mark}{text}", " ".repeat(indent));
                }
                ForeignBlock::Table(table) => {
                    let text = self.table(table);
                    if !text.is_empty() {
                        let gap = if out.is_empty() { "" } else { "\n\n" };
                        let _ = write!(out, "{gap}{text}");
                    }
                    open.clear();
                }
            }
        }
        for definition in self.definitions.drain(..) {
            let _ = write!(out, "\n\n{definition}");
        }
        out
    }

    /// The text of a paragraph; its label is words, unless it is an item of a list.
    fn paragraph(&mut self, paragraph: &Paragraph, is_item: bool) -> String {
        let mut text = String::new();
        if let Some(label) = paragraph.label.as_ref().filter(|_| !is_item) {
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
                        paragraphs.iter().map(|one| self.paragraph(one, false)).collect();
                    let text = texts.join("\n\n").replace('\n', "\n    ");
                    self.definitions.push(format!("[^{number}]: {text}"));
                }
                ForeignPiece::Picture(index) => {
                    if let Some(picture) = self.pictures.get(*index) {
                        let alternative = picture.alternative.as_deref().unwrap_or_default();
                        let alternative = escaped(&one_line(alternative));
                        let _ = write!(
                            out,
                            "![{alternative}]({})",
                            address(&picture.name.replace(' ', "%20"))
                        );
                    }
                }
                ForeignPiece::Text(first) => {
                    // Text that links to one place and is marked alike is one piece.
                    let alike = |piece: &&ForeignPiece| matches!(piece, ForeignPiece::Text(text) if is_alike(text, first));
                    let count = 1 + after.iter().take_while(alike).count();
                    let text: String = rest[..count].iter().filter_map(words).collect();
                    rest = &rest[count..];
                    let next = rest.first().and_then(words).and_then(|text| text.chars().next());
                    marked(&mut out, &text, first, next);
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
        let title = table.title.as_deref().map(|title| at_start(&escaped(title.trim())));
        let title = title.filter(|title| !title.is_empty());
        if lines.is_empty() || width == 0 {
            return title.unwrap_or_default();
        }
        lines.insert(1, format!("|{}", " --- |".repeat(width)));
        match title {
            Some(title) => format!("{title}\n\n{}", lines.join("\n")),
            None => lines.join("\n"),
        }
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

/// An item of a list in Markdown.
#[derive(Default)]
struct MarkdownItem {
    mark: String,
    /// How far it is indented.
    indent: usize,
    /// Whether the item before it belongs to the same list.
    is_next: bool,
}

/// The item that a label begins, below those that are open; none for a label that Markdown does not
/// have, such as "(a)", or a number that does not follow the one before it.
fn item(label: &ShownLabel, open: &mut Vec<(u8, usize, Option<u64>)>) -> Option<MarkdownItem> {
    let number = match label.is_number {
        true => Some(plain_number(label)?),
        false => None,
    };
    let is_next = !open.is_empty();
    let mut before = None;
    while let Some((level, _, of)) =
        open.last().copied().filter(|(level, ..)| *level >= label.level)
    {
        before = (level == label.level).then_some(of);
        open.pop();
    }
    let follows = match (before, number) {
        (Some(before), Some(number)) => before == number.checked_sub(1),
        (_, None) => true,
        // Below an item of another kind, or first: a number begins its list.
        (None, Some(_)) => label.level == 0 && open.is_empty() && !is_next,
    };
    if !follows {
        open.clear();
        return None;
    }
    let mark = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
    let indent = open.last().map_or(0, |(_, indent, _)| *indent);
    open.push((label.level, indent + mark.len(), number));
    Some(MarkdownItem { mark, indent, is_next })
}

/// The number of a label that Markdown has, too: "3.".
pub(super) fn plain_number(label: &ShownLabel) -> Option<u64> {
    let number = label.text.trim().strip_suffix('.')?;
    let is_plain = (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let is_bare = number == "0" || !number.starts_with('0');
    number.parse().ok().filter(|_| is_plain && is_bare)
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

/// Where a text links, if that is to be written: to a full address, and not where its words are the
/// symbol of a document that the link leads to, since Recto links each symbol itself.
pub(super) fn kept_link(text: &TextPiece) -> Option<String> {
    let link = text.link.as_deref()?.trim();
    let is_full =
        ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme));
    if !is_full {
        return None;
    }
    let symbol = text.text.trim();
    let is_official = OFFICIAL.iter().any(|host| {
        let rest = link.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host));
        rest.is_some_and(|path| path.ends_with(symbol) && symbol.contains('/'))
    });
    let link = link.replace('<', "%3C").replace('>', "%3E").replace(char::is_whitespace, "%20");
    (!is_official).then_some(link)
}

/// Whether the place to which a text links cannot be kept: a file beside the document, say.
pub(super) fn loses_link(text: &TextPiece) -> bool {
    let is_elsewhere =
        text.link.as_deref().is_some_and(|link| !link.trim().is_empty() && !link.starts_with('#'));
    let bare = TextPiece { text: String::new(), ..text.clone() };
    is_elsewhere && kept_link(&bare).is_none()
}

/// Where the documents of the United Nations are published by their symbols.
const OFFICIAL: [&str; 4] = [
    "undocs.org/",
    "www.undocs.org/",
    "docs.un.org/",
    "daccess-ods.un.org/access.nsf/Get?Open&DS=",
];

/// Adds text with its marks, before the character `next`. Spaces at its ends stay outside them, and
/// punctuation does where a letter is beside it, because Markdown would not take the marks for marks.
fn marked(out: &mut String, text: &str, look: &TextPiece, next: Option<char>) {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let has_marks = look.bold || look.italic || look.struck;
    let mut inner = text.trim();
    if has_marks && kept_link(look).is_none() {
        let is_sign = |c: char| !c.is_alphanumeric();
        if inner.len() == text.trim_start().len() && is_letter(next) {
            inner = inner.trim_end_matches(is_sign);
        }
        if text.starts_with(inner.chars().next().unwrap_or(' '))
            && is_letter(out.trim_end_matches(['*', '~']).chars().last())
        {
            inner = inner.trim_start_matches(is_sign);
        }
    }
    // Whether signs alone are bold can hardly be seen.
    let is_signs = !inner.contains(char::is_alphanumeric) && kept_link(look).is_none();
    if inner.is_empty() || is_signs {
        out.push_str(&escaped(text));
        return;
    }
    let start = text.find(inner).unwrap_or(0);
    let (before, after) = (escaped(&text[..start]), escaped(&text[start + inner.len()..]));
    // Marks that touch others would be taken for one longer mark: these words go without.
    let touches = before.is_empty() && out.ends_with(['*', '~']);
    let plain = TextPiece { bold: false, italic: false, struck: false, ..look.clone() };
    let look = if touches { &plain } else { look };
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
        Some(link) => format!("[{}]({})", escaped(inner), address(&link)),
        None => escaped(inner),
    };
    let _ = write!(out, "{before}{marks}{words}{closing}{after}");
}

/// An address as a link has it: between `<` and `>` where it has brackets itself.
fn address(link: &str) -> String {
    if link.contains(['(', ')', '\\']) { format!("<{link}>") } else { link.to_owned() }
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
