//! A text in, its document tree out: the one place where links and references join the blocks of an
//! author's Markdown.
//!
//! `content` found the links, references and headings of a text by their places; here they are
//! resolved (`model::target`) and put where they belong among the text's blocks. To draw a text is a
//! `match` over its tree. A tree is made when it is needed, and never kept.

mod builder;
mod lists;
mod notes;
mod pieces;
mod running;

use std::borrow::Cow;

use pulldown_cmark::CowStr;

use crate::model::{NoteMark, Report, Site, Target, Text};
use crate::source::Span;

pub use builder::is_picture;
pub use notes::ShownNote;
pub use pulldown_cmark::Alignment;
pub use running::Running;

/// Where a text belongs, which decides where its links lead.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The site.
    pub site: &'a Site,
    /// The report whose numbers `[[2]]` means; none for the text of a page.
    pub report: Option<&'a Report>,
}

/// A text as a tree.
#[derive(Debug, Clone)]
pub struct Tree<'a> {
    /// The blocks of each section. The heading of a section is not among them; the marks of notes
    /// in it come before the first words of the section.
    pub sections: Vec<Vec<Block<'a>>>,
    /// The footnotes, in the order of [`Text::notes`]. They are in no section: whoever draws the
    /// text decides where readers find them.
    pub notes: Vec<NoteContent<'a>>,
}

/// The tree of a text.
pub fn tree<'a>(text: &'a Text, scope: Scope<'a>) -> Tree<'a> {
    builder::tree(text, scope)
}

/// A block.
#[derive(Debug, Clone)]
pub enum Block<'a> {
    /// A heading within a section.
    Heading {
        /// How many `#` it has: 1 to 6.
        level: usize,
        /// Its anchor on the page of the text, which no other heading or part of the page has.
        anchor: &'a str,
        /// Its words.
        content: Vec<Inline<'a>>,
        /// Where it is.
        span: Span,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        content: Vec<Inline<'a>>,
        /// Where it is.
        span: Span,
    },
    /// Running text that is not a paragraph: what an item of a tight list holds.
    Plain(Vec<Inline<'a>>),
    /// A list.
    List {
        /// The number of the first item; none for a list without numbers.
        first: Option<u64>,
        /// Its items.
        items: Vec<Item<'a>>,
    },
    /// A table.
    Table(Table<'a>),
    /// A quotation.
    Quotation(Vec<Block<'a>>),
    /// An alert, as GitHub draws it: `> [!WARNING]`.
    Alert(Alert, Vec<Block<'a>>),
    /// Code, as it is.
    Code {
        /// The language that its author named.
        language: Option<CowStr<'a>>,
        /// The code.
        code: Cow<'a, str>,
        /// Where it is.
        span: Span,
    },
    /// A line between two parts.
    Rule,
    /// A definition list.
    Definitions(Vec<Definition<'a>>),
}

/// What an alert is for
/// (<https://docs.github.com/get-started/writing-on-github/basic-writing-and-formatting-syntax#alerts>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Alert {
    /// Its name in classes and in the strings of languages: `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }

    /// The key of its title among the words of a language.
    pub fn title(self) -> &'static str {
        match self {
            Self::Note => "alerts.note",
            Self::Tip => "alerts.tip",
            Self::Important => "alerts.important",
            Self::Warning => "alerts.warning",
            Self::Caution => "alerts.caution",
        }
    }
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Its number, as it was typed where the numbers of the list grow; none in a list without.
    pub number: Option<u64>,
    /// What it holds.
    pub content: Vec<Block<'a>>,
    /// Where it is.
    pub span: Span,
}

/// A table.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    /// How each column is aligned.
    pub columns: Vec<Alignment>,
    /// The cells of its head.
    pub head: Vec<Cell<'a>>,
    /// The cells of each row.
    pub rows: Vec<Vec<Cell<'a>>>,
    /// Where it is.
    pub span: Span,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    /// Its words.
    pub content: Vec<Inline<'a>>,
    /// Where it is.
    pub span: Span,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct NoteContent<'a> {
    /// Its number within the text, from 1.
    pub number: usize,
    /// The section that its author wrote it in, by its place in [`Tree::sections`].
    pub section: usize,
    /// What it holds.
    pub content: Vec<Block<'a>>,
}

/// A part of a definition list.
#[derive(Debug, Clone)]
pub enum Definition<'a> {
    /// What is defined.
    Term(Vec<Inline<'a>>, Span),
    /// What it means.
    Meaning(Vec<Block<'a>>, Span),
}

/// A piece of running text.
#[derive(Debug, Clone)]
pub enum Inline<'a> {
    /// Words, and the characters of the file that they came from.
    Text(CowStr<'a>, Span),
    /// Code within a line, with the back quotes among the characters of the file.
    Code(CowStr<'a>, Span),
    /// The break of a line in the file, which is a space to readers.
    SoftBreak(Span),
    /// The break of a line that readers see.
    HardBreak(Span),
    /// Emphasis, strong words, words that are struck out.
    Marked(Mark, Vec<Inline<'a>>),
    /// A Markdown link.
    Link(Box<InlineLink<'a>>),
    /// A picture of the site.
    Picture(Box<Picture<'a>>),
    /// Words that point at something by themselves.
    Reference(Box<Reference<'a>>),
    /// The mark of a footnote.
    NoteMark(&'a NoteMark),
}

/// How words are set apart from those around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `*emphasis*`
    Emphasis,
    /// `**strong**`
    Strong,
    /// `~~struck out~~`
    Strikethrough,
}

/// A Markdown link.
#[derive(Debug, Clone)]
pub struct InlineLink<'a> {
    /// Where it leads; none where its address was refused or leads nowhere.
    pub to: Option<Target<'a>>,
    /// Whether it names a recommendation by its number: `[[2]]`.
    pub is_by_number: bool,
    /// Whether its words are its address.
    pub shows_address: bool,
    /// The title that its author gave it; empty for none.
    pub title: CowStr<'a>,
    /// Its words.
    pub content: Vec<Inline<'a>>,
    /// Where it is.
    pub span: Span,
}

/// A picture that is a file of the site. Anything else that is written as a picture is a link to
/// it.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// The file.
    pub to: Target<'a>,
    /// What it shows, for those who cannot see it; empty for an ornament.
    pub alternative: String,
    /// The title that its author gave it; empty for none.
    pub title: CowStr<'a>,
    /// Where it is.
    pub span: Span,
}

/// Words that point at something by themselves: a document symbol, a goal, a term.
#[derive(Debug, Clone)]
pub struct Reference<'a> {
    /// Its index in [`Text::found`].
    pub index: usize,
    /// What it points at.
    pub to: Target<'a>,
    /// The words; none for what a range only implies, such as the second of "Add.1–3".
    pub content: Vec<Inline<'a>>,
    /// Whether it is the first piece of the reference: emphasis within it makes several.
    pub is_first: bool,
}

/// A part of a tree, as [`walk`] comes to it.
#[derive(Debug, Clone, Copy)]
pub enum TreeNode<'t, 'a> {
    /// A block.
    Block(&'t Block<'a>),
    /// An item of a list, a cell of a table, a part of a definition list, by its place.
    Part(Span),
    /// A piece of running text.
    Inline(&'t Inline<'a>),
}

/// Visits blocks and all that is in them, in the order of the text. What is in a node is passed over
/// where `visit` gives `false`.
pub fn walk<'t, 'a>(blocks: &'t [Block<'a>], visit: &mut impl FnMut(TreeNode<'t, 'a>) -> bool) {
    for block in blocks {
        if !visit(TreeNode::Block(block)) {
            continue;
        }
        match block {
            Block::Heading { content, .. }
            | Block::Paragraph { content, .. }
            | Block::Plain(content) => walk_inlines(content, visit),
            Block::Quotation(content) | Block::Alert(_, content) => walk(content, visit),
            Block::List { items, .. } => {
                for item in items {
                    if visit(TreeNode::Part(item.span)) {
                        walk(&item.content, visit);
                    }
                }
            }
            Block::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    if visit(TreeNode::Part(cell.span)) {
                        walk_inlines(&cell.content, visit);
                    }
                }
            }
            Block::Definitions(parts) => {
                for part in parts {
                    match part {
                        Definition::Term(content, span) if visit(TreeNode::Part(*span)) => {
                            walk_inlines(content, visit);
                        }
                        Definition::Meaning(content, span) if visit(TreeNode::Part(*span)) => {
                            walk(content, visit);
                        }
                        Definition::Term(..) | Definition::Meaning(..) => {}
                    }
                }
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn walk_inlines<'t, 'a>(
    content: &'t [Inline<'a>],
    visit: &mut impl FnMut(TreeNode<'t, 'a>) -> bool,
) {
    for inline in content {
        let within: &[Inline<'_>] = match inline {
            Inline::Marked(_, content) => content,
            Inline::Link(link) => &link.content,
            Inline::Reference(reference) => &reference.content,
            _ => &[],
        };
        if visit(TreeNode::Inline(inline)) {
            walk_inlines(within, visit);
        }
    }
}

/// The words of some running text, without marks.
pub fn words(content: &[Inline<'_>]) -> String {
    let mut words = String::new();
    walk_inlines(content, &mut |node| {
        match node {
            TreeNode::Inline(Inline::Text(text, _) | Inline::Code(text, _)) => words.push_str(text),
            TreeNode::Inline(Inline::SoftBreak(_) | Inline::HardBreak(_)) => words.push(' '),
            TreeNode::Inline(Inline::Picture(picture)) => words.push_str(&picture.alternative),
            _ => {}
        }
        true
    });
    words
}
