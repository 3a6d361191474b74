//! A document of another program, as its reader shows it: blocks, tables, cells, and what was left out.

use std::fmt;

/// A document of another program.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForeignDocument {
    /// What the document calls itself, from its properties; none where it says nothing.
    pub title: Option<String>,
    /// The language tag of most of its text (`en-GB`), where the document says.
    pub language: Option<String>,
    /// The encoding that was assumed for a text file that does not say it; none where nothing was assumed.
    /// Letters with accents may be wrong.
    pub assumed_encoding: Option<&'static str>,
    /// Paragraphs and tables, in their order. A workbook has for each sheet a heading with the
    /// sheet's name (level 1) and a table.
    pub blocks: Vec<ForeignBlock>,
    /// What is in the file and not in `blocks`, in the order of the document.
    pub left_out: Vec<LeftOutText>,
    /// The tracked changes, before any was accepted or rejected.
    pub changes: Vec<TrackedChange>,
    /// The pictures, which `ForeignPiece::Picture` names.
    pub pictures: Vec<ForeignPicture>,
    /// How many characters the file holds (see `character_count`), counted in its raw text by a second,
    /// simpler reading. It equals `placed` and `left_out_characters` together; a difference is a mistake
    /// of the reader. What is generated (labels of lists) and what describes the file (its title) is not
    /// counted; what an element shows as a character (a no-break hyphen, a symbol) is.
    pub characters: usize,
}

impl ForeignDocument {
    /// How many characters are in the blocks: texts, notes and titles of tables, without labels.
    #[must_use]
    pub fn placed(&self) -> usize {
        self.blocks.iter().map(block_characters).sum()
    }

    /// How many characters are in what was left out.
    #[must_use]
    pub fn left_out_characters(&self) -> usize {
        self.left_out.iter().map(|left_out| character_count(&left_out.text)).sum()
    }
}

/// How many characters a text has for the account: neither white space nor soft hyphens, which readers
/// drop because they show only where a line ends.
#[must_use]
pub fn character_count(text: &str) -> usize {
    text.chars().filter(|&character| !character.is_whitespace() && character != '\u{ad}').count()
}

/// How many characters a block has: texts, notes and titles of tables, without labels.
#[must_use]
pub fn block_characters(block: &ForeignBlock) -> usize {
    match block {
        ForeignBlock::Paragraph(paragraph) => paragraph_characters(paragraph),
        ForeignBlock::Table(table) => {
            let title = table.title.as_deref().map_or(0, character_count);
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            title + cells.flat_map(|cell| &cell.blocks).map(block_characters).sum::<usize>()
        }
    }
}

fn paragraph_characters(paragraph: &Paragraph) -> usize {
    let piece = |piece: &ForeignPiece| match piece {
        ForeignPiece::Text(text) => character_count(&text.text),
        ForeignPiece::Note(paragraphs) => paragraphs.iter().map(paragraph_characters).sum(),
        ForeignPiece::LineBreak | ForeignPiece::Picture(_) => 0,
    };
    paragraph.pieces.iter().map(piece).sum()
}

/// A paragraph or a table.
#[derive(Debug, Clone, PartialEq)]
pub enum ForeignBlock {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(ForeignTable),
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    /// The level of a heading, 1 to 9; none for other text.
    pub heading: Option<u8>,
    /// The number or bullet that the program shows before it; none where it shows none.
    pub label: Option<ShownLabel>,
    /// Its text.
    pub pieces: Vec<ForeignPiece>,
}

impl Paragraph {
    /// Its text without looks, links, notes and pictures; line breaks are `\n`.
    #[must_use]
    pub fn text(&self) -> String {
        let text = |piece: &ForeignPiece| match piece {
            ForeignPiece::Text(piece) => piece.text.clone(),
            ForeignPiece::LineBreak => "\n".to_owned(),
            ForeignPiece::Note(_) | ForeignPiece::Picture(_) => String::new(),
        };
        self.pieces.iter().map(text).collect()
    }
}

/// The paragraphs of blocks, those in tables too, for places that have no room for tables.
pub(crate) fn paragraphs(blocks: Vec<ForeignBlock>) -> Vec<Paragraph> {
    let titled = |title: String| Paragraph {
        pieces: vec![ForeignPiece::Text(TextPiece { text: title, ..TextPiece::default() })],
        ..Paragraph::default()
    };
    let of = |block| match block {
        ForeignBlock::Paragraph(paragraph) => vec![paragraph],
        ForeignBlock::Table(table) => {
            let cells = table.rows.into_iter().flat_map(|row| row.cells);
            let inside = cells.flat_map(|cell| paragraphs(cell.blocks));
            table.title.map(titled).into_iter().chain(inside).collect()
        }
    };
    blocks.into_iter().flat_map(of).collect()
}

/// What stands before a paragraph of a list, or a numbered paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownLabel {
    /// What is shown: `3.`, `(b)`, `•`.
    pub text: String,
    /// How deep the list is, 0 for the outermost.
    pub level: u8,
    /// Whether it counts, or is a bullet.
    pub is_number: bool,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub enum ForeignPiece {
    /// Text that looks and links the same throughout.
    Text(TextPiece),
    /// A line break within the paragraph.
    LineBreak,
    /// The mark of a footnote or endnote: its text stands here, once.
    Note(Vec<Paragraph>),
    /// A picture, by its index in `ForeignDocument::pictures`.
    Picture(usize),
}

/// Text that looks and links the same throughout.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextPiece {
    /// The characters.
    pub text: String,
    /// Bold, as shown: through all styles, and switched off where it is.
    pub bold: bool,
    /// Italic, as shown.
    pub italic: bool,
    /// Struck through, as shown (not a tracked deletion).
    pub struck: bool,
    /// Raised or lowered characters.
    pub script: Script,
    /// Where it links; `#name` for a place in the document.
    pub link: Option<String>,
}

/// Whether characters are raised or lowered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Script {
    /// On the line.
    #[default]
    Normal,
    /// Raised.
    Super,
    /// Lowered.
    Sub,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForeignTable {
    /// The title that the document gives to the table itself (`w:tblCaption`, `caption`).
    pub title: Option<String>,
    /// The rows, with the same number of columns each once spans are counted.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Whether the document marks it as one of column headings (`w:tblHeader`, `thead`, `th` throughout).
    pub is_header: bool,
    /// The cells, in the order of their columns. A cell merged over rows is in the first of them; in
    /// the others it stands as `Merged::Above`.
    pub cells: Vec<ForeignCell>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ForeignCell {
    /// The grid column where it begins, from 0: empty grid columns before a row are counted.
    pub column: usize,
    /// How many columns it takes; at least 1.
    pub columns: usize,
    /// How it is merged with others above or below.
    pub merged: Merged,
    /// What is in it.
    pub blocks: Vec<ForeignBlock>,
    /// The value behind what is shown, where the program has types (sheets).
    pub value: Option<CellValue>,
}

/// How a cell is merged with those above and below.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merged {
    /// It is not.
    #[default]
    No,
    /// It is the first of several, one above the other.
    First,
    /// It continues the cell above.
    Above,
}

/// A value with a type.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue {
    /// A number.
    Number(f64),
    /// A day: `2020-12-31`.
    Date(chrono::NaiveDate),
    /// A day with a time.
    DateTime(chrono::NaiveDateTime),
    /// Yes or no.
    Bool(bool),
}

/// Something in the file that is not in the blocks.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOutText {
    /// Where it was.
    pub place: ForeignPlace,
    /// What kind of thing it is.
    pub kind: LeftOutKind,
    /// Its text, empty where it has none.
    pub text: String,
    /// Who wrote it and when, where the file says: `Maria, 2020-12-01`.
    pub by: Option<String>,
}

/// Where something is in a document. Everything counts from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForeignPlace {
    /// Which table; none outside tables.
    pub table: Option<usize>,
    /// Which row of the table.
    pub row: Option<usize>,
    /// Which column of the table's grid.
    pub column: Option<usize>,
    /// Which paragraph of the cell, or of the document where it is outside tables.
    pub paragraph: Option<usize>,
}

impl fmt::Display for ForeignPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("table", self.table),
            ("row", self.row),
            ("column", self.column),
            ("paragraph", self.paragraph),
        ];
        let mut between = "";
        for (name, number) in parts {
            if let Some(number) = number {
                write!(f, "{between}{name} {number}")?;
                between = ", ";
            }
        }
        Ok(())
    }
}

/// What kind of thing is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutKind {
    /// A comment of a reviewer.
    Comment,
    /// A tracked deletion, or an insertion that was rejected.
    Change,
    /// Text that is formatted as hidden, or a hidden sheet, row or column.
    Hidden,
    /// A picture that cannot be kept (a drawing, a chart, an embedded object).
    Drawing,
    /// The code of a field, behind what it shows.
    FieldCode,
    /// The same text again: the fallback of a text box, a cached copy.
    Repetition,
    /// A header or a footer of the page.
    PageFurniture,
    /// A style, a script or a comment of HTML, or the number or mark that Word wrote there as text and
    /// that stands as a label or a note.
    Markup,
    /// A formula behind a shown value.
    Formula,
}

impl LeftOutKind {
    /// What it is called in messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Change => "tracked change",
            Self::Hidden => "hidden text",
            Self::Drawing => "drawing",
            Self::FieldCode => "code of a field",
            Self::Repetition => "the same text again",
            Self::PageFurniture => "header or footer of the page",
            Self::Markup => "style or script",
            Self::Formula => "formula",
        }
    }
}

/// A tracked change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedChange {
    /// What was done.
    pub kind: ChangeKind,
    /// Who did it, as the file says.
    pub author: Option<String>,
    /// Where.
    pub place: ForeignPlace,
}

/// What a tracked change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Text, a row or a paragraph mark was added.
    Insertion,
    /// Text, a row or a paragraph mark was removed.
    Deletion,
    /// Text was moved from here, or to here.
    Move,
    /// Only its look was changed.
    Formatting,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignPicture {
    /// The file name in the document: `image1.png`.
    pub name: String,
    /// Its alternative text, where the document has one.
    pub alternative: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
