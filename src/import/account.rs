//! Whether everything arrived: the files that were made are read as Recto reads any site, and
//! compared with the cells that they were made from, word by word, with their looks and links.

use super::document::{ForeignBlock, ForeignDocument, ForeignPiece, Paragraph, TextPiece};
use super::entries::{ForeignEntry, TablesRead};
use super::markdown::kept_link;
use super::tables::one_line;
use crate::model::Target;
use crate::plan::Build;
use crate::tree::{self, Inline, Mark, Tree};

/// Where the characters of a document went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// All characters of the document, other than white space.
    pub all: usize,
    /// In sections of recommendations.
    pub in_sections: usize,
    /// In front matter.
    pub in_facts: usize,
    /// In headings of columns and names of chapters.
    pub in_headings: usize,
    /// In the list of what was left out of the tables.
    pub omitted: usize,
    /// What the reader of the document left out: hidden text, comments, deletions.
    pub left_out: usize,
    /// In text and tables that were not imported.
    pub elsewhere: usize,
}

impl Account {
    /// Whether every character is somewhere.
    pub fn is_complete(&self) -> bool {
        self.all
            == self.in_sections
                + self.in_facts
                + self.in_headings
                + self.omitted
                + self.left_out
                + self.elsewhere
    }
}

/// A text that did not arrive as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The recommendation.
    pub number: String,
    /// The heading of the section, or the key.
    pub place: String,
    /// The words in the document.
    pub expected: String,
    /// The words in the file.
    pub found: String,
    /// Whether the words and links are the same, and only bold or italics differ: Markdown cannot say
    /// all of them where marks meet within a word.
    pub only_looks: bool,
}

/// Compares each recommendation of a site with what it was made from, and gives what differs.
pub(super) fn placed(
    build: &Build,
    folder: &str,
    document: &ForeignDocument,
    reading: &TablesRead<'_>,
) -> Vec<Placed> {
    let site = &build.site;
    let mut wrong = Vec::new();
    for entry in &reading.entries {
        let of_report =
            site.recommendations.iter().filter(|one| site.report(one.report).folder == folder);
        let found = of_report.into_iter().find(|one| one.label.0 == entry.number);
        let Some(found) = found else {
            wrong.push(Placed {
                number: entry.number.clone(),
                place: "number".to_owned(),
                expected: entry.number.clone(),
                found: String::new(),
                only_looks: false,
            });
            continue;
        };
        let text = &found.texts.original;
        let scope = tree::Scope { site, report: Some(site.report(found.report)) };
        compare(entry, &tree::tree(text, scope), text, document, &mut wrong);
    }
    wrong
}

fn compare(
    entry: &ForeignEntry<'_>,
    tree: &Tree<'_>,
    text: &crate::model::Text,
    document: &ForeignDocument,
    wrong: &mut Vec<Placed>,
) {
    let sections = text.sections.iter().zip(&tree.sections);
    let mut typed = sections.filter(|(section, _)| section.heading.is_some());
    for expected in &entry.sections {
        let shown = ShownText::of_blocks(&expected.blocks, document);
        let found = typed.next().map(|(section, blocks)| {
            let heading = section.heading.as_ref().map(|heading| heading.value.clone());
            (heading.unwrap_or_default(), ShownText::of_tree(blocks, tree))
        });
        let (heading, found) = found.unwrap_or_default();
        let is_heading = one_line(&heading) == one_line(&expected.heading);
        if !is_heading || found != shown {
            wrong.push(Placed {
                only_looks: is_heading && found.without_looks() == shown.without_looks(),
                number: entry.number.clone(),
                place: format!("## {}", expected.heading),
                expected: shown.words(),
                found: found.words(),
            });
        }
    }
}

/// A text as readers see it.
#[derive(Debug, Default, PartialEq, Eq)]
struct ShownText(Vec<(char, ShownLook)>);

/// How a character looks, and where it links.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct ShownLook {
    bold: bool,
    italic: bool,
    struck: bool,
    link: Option<String>,
}

impl ShownText {
    /// The same, each character with its link alone.
    fn without_looks(&self) -> Vec<(char, Option<&str>)> {
        self.0.iter().map(|(c, look)| (*c, look.link.as_deref())).collect()
    }

    fn words(&self) -> String {
        self.0.iter().map(|(c, _)| c).collect()
    }

    /// Adds text; of white space one space is kept, without a look.
    fn push(&mut self, text: &str, look: &ShownLook) {
        for c in text.chars().filter(|c| *c != '\u{ad}') {
            match c.is_whitespace() {
                true => self.space(),
                // Whether a sign is bold can hardly be seen, and Markdown cannot always say it.
                false if c.is_alphanumeric() => self.0.push((c, look.clone())),
                false => {
                    let link = look.link.clone();
                    self.0.push((c, ShownLook { link, ..ShownLook::default() }));
                }
            }
        }
    }

    fn space(&mut self) {
        if self.0.last().is_some_and(|(last, _)| *last != ' ') {
            self.0.push((' ', ShownLook::default()));
        }
    }

    fn finished(mut self) -> Self {
        if self.0.last().is_some_and(|(last, _)| *last == ' ') {
            self.0.pop();
        }
        self
    }

    fn of_blocks(blocks: &[&ForeignBlock], document: &ForeignDocument) -> Self {
        let mut shown = Self::default();
        let mut notes = Vec::new();
        blocks.iter().for_each(|block| shown.block(block, document, &mut notes));
        shown.notes(&notes, document);
        shown.finished()
    }

    fn notes(&mut self, notes: &[&[Paragraph]], document: &ForeignDocument) {
        for paragraphs in notes {
            // A note within a note is not known of any program.
            paragraphs.iter().for_each(|one| self.paragraph(one, document, &mut Vec::new()));
        }
    }

    fn block<'d>(
        &mut self,
        block: &'d ForeignBlock,
        document: &ForeignDocument,
        notes: &mut Vec<&'d [Paragraph]>,
    ) {
        match block {
            ForeignBlock::Paragraph(paragraph) => self.paragraph(paragraph, document, notes),
            ForeignBlock::Table(table) => {
                self.space();
                self.push(table.title.as_deref().unwrap_or_default().trim(), &ShownLook::default());
                self.space();
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    for block in &cell.blocks {
                        if let ForeignBlock::Paragraph(paragraph) = block
                            && let Some(label) = &paragraph.label
                        {
                            self.push(&label.text, &ShownLook::default());
                            self.space();
                            let bare = Paragraph { label: None, ..paragraph.clone() };
                            self.pieces(&bare, document);
                            continue;
                        }
                        self.block(block, document, notes);
                    }
                    self.space();
                }
            }
        }
    }

    /// The text of a paragraph that has no notes.
    fn pieces(&mut self, paragraph: &Paragraph, document: &ForeignDocument) {
        self.space();
        for piece in &paragraph.pieces {
            self.piece(piece, document);
        }
        self.space();
    }

    fn piece(&mut self, piece: &ForeignPiece, document: &ForeignDocument) {
        match piece {
            ForeignPiece::Text(text) => self.push(&text.text, &ShownLook::of(text)),
            ForeignPiece::LineBreak => self.space(),
            ForeignPiece::Note(_) => {}
            ForeignPiece::Picture(index) => {
                let picture = document.pictures.get(*index);
                let alternative = picture.and_then(|picture| picture.alternative.as_deref());
                self.push(&one_line(alternative.unwrap_or_default()), &ShownLook::default());
            }
        }
    }

    fn paragraph<'d>(
        &mut self,
        paragraph: &'d Paragraph,
        document: &ForeignDocument,
        notes: &mut Vec<&'d [Paragraph]>,
    ) {
        self.space();
        // Bullets are drawn, numbers are said.
        if let Some(label) = paragraph.label.as_ref().filter(|label| label.is_number) {
            self.push(label.text.trim(), &ShownLook::default());
            self.space();
        }
        for piece in &paragraph.pieces {
            if let ForeignPiece::Note(paragraphs) = piece {
                notes.push(paragraphs);
            }
            self.piece(piece, document);
        }
        self.space();
    }

    fn of_tree(blocks: &[tree::Block<'_>], tree: &Tree<'_>) -> Self {
        let mut shown = Self::default();
        let mut notes = Vec::new();
        shown.tree_blocks(blocks, &mut notes);
        for note in notes {
            let text = tree.notes.get(note).map_or(&[][..], |note| note.content.as_slice());
            shown.tree_blocks(text, &mut Vec::new());
        }
        shown.finished()
    }

    fn tree_blocks(&mut self, blocks: &[tree::Block<'_>], notes: &mut Vec<usize>) {
        use tree::Block;
        for block in blocks {
            self.space();
            match block {
                Block::Heading { content, .. }
                | Block::Paragraph { content, .. }
                | Block::Plain(content) => self.inlines(content, &ShownLook::default(), notes),
                Block::List { items, .. } => {
                    for item in items {
                        self.space();
                        if let Some(number) = item.number {
                            self.push(&format!("{number}. "), &ShownLook::default());
                        }
                        self.tree_blocks(&item.content, notes);
                    }
                }
                Block::Table(table) => {
                    for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                        self.space();
                        self.inlines(&cell.content, &ShownLook::default(), notes);
                    }
                }
                Block::Quotation(content) | Block::Alert(_, content) => {
                    self.tree_blocks(content, notes);
                }
                Block::Code { code, .. } => self.push(code, &ShownLook::default()),
                Block::Rule | Block::Definitions(_) => {}
            }
            self.space();
        }
    }

    fn inlines(&mut self, content: &[Inline<'_>], look: &ShownLook, notes: &mut Vec<usize>) {
        for inline in content {
            match inline {
                Inline::Text(text, _) | Inline::Code(text, _) => self.push(text, look),
                Inline::SoftBreak(_) | Inline::HardBreak(_) => self.space(),
                Inline::Marked(mark, content) => {
                    let mut look = look.clone();
                    match mark {
                        Mark::Emphasis => look.italic = true,
                        Mark::Strong => look.bold = true,
                        Mark::Strikethrough => look.struck = true,
                    }
                    self.inlines(content, &look, notes);
                }
                Inline::Link(link) => {
                    let to = match &link.to {
                        Some(Target::Outside(address)) => Some(address.to_string()),
                        _ => None,
                    };
                    self.inlines(&link.content, &ShownLook { link: to, ..look.clone() }, notes);
                }
                Inline::Reference(reference) => self.inlines(&reference.content, look, notes),
                Inline::Picture(picture) => self.push(&picture.alternative, &ShownLook::default()),
                Inline::NoteMark(mark) => notes.push(mark.note),
            }
        }
    }
}

impl ShownLook {
    fn of(text: &TextPiece) -> Self {
        let (bold, italic, struck) = (text.bold, text.italic, text.struck);
        Self { bold, italic, struck, link: kept_link(text) }
    }
}
