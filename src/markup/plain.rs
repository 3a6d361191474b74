//! A text as plain words, for tables that people open in a spreadsheet: no marks of Markdown, and
//! nothing of what it says left out.

use crate::language::Words;
use crate::model::{Report, Site, Target, Text};
use crate::tree::{self, Block, Definition, Inline, Tree, tree};

/// The sections of a text in plain words, in the author's order, each with its notes.
pub fn sections(text: &Text, site: &Site, report: &Report, words: &Words) -> Vec<String> {
    let tree = tree(text, tree::Scope { site, report: Some(report) });
    let notes = tree.notes_after_sections(|_| true);
    let all = tree.sections.iter().zip(notes);
    let plain = all.map(|(blocks, notes)| {
        let mut drawing = PlainDrawing { tree: &tree, text, words, out: String::new() };
        drawing.blocks(blocks, "");
        for note in notes {
            let note = &drawing.tree.notes[note.note];
            drawing.paragraph(&format!("[{}] ", note.number));
            drawing.blocks_after(&note.content, "");
        }
        drawing.out.trim().to_owned()
    });
    plain.collect()
}

struct PlainDrawing<'t, 'a> {
    tree: &'t Tree<'a>,
    text: &'t Text,
    words: &'t Words,
    out: String,
}

impl PlainDrawing<'_, '_> {
    /// Begins a paragraph, with an empty line before it.
    fn paragraph(&mut self, begin: &str) {
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        if end > 0 {
            self.out.push_str("\n\n");
        }
        self.out.push_str(begin);
    }

    /// Begins a line.
    fn line(&mut self, begin: &str) {
        let end = self.out.trim_end().len();
        self.out.truncate(end);
        if end > 0 {
            self.out.push('\n');
        }
        self.out.push_str(begin);
    }

    fn blocks(&mut self, blocks: &[Block<'_>], indent: &str) {
        for block in blocks {
            self.paragraph(indent);
            self.block(block, indent);
        }
    }

    /// Blocks of which the first goes on in the line that has begun.
    fn blocks_after(&mut self, blocks: &[Block<'_>], indent: &str) {
        let Some((first, rest)) = blocks.split_first() else { return };
        self.block(first, indent);
        for block in rest {
            self.line(indent);
            self.block(block, indent);
        }
    }

    fn block(&mut self, block: &Block<'_>, indent: &str) {
        match block {
            Block::Heading { content, .. }
            | Block::Paragraph { content, .. }
            | Block::Plain(content) => self.inlines(content),
            Block::Quotation(content) => self.blocks_after(content, indent),
            Block::Alert(alert, content) => {
                self.out.push_str(self.words.text(alert.title()));
                self.out.push_str(": ");
                self.blocks_after(content, indent);
            }
            Block::List { items, .. } => {
                let deeper = format!("{indent}  ");
                for (index, item) in items.iter().enumerate() {
                    // A `-` would make a formula of it.
                    let mark = match item.number {
                        Some(number) => format!("{number}. "),
                        None => "• ".to_owned(),
                    };
                    match index {
                        0 => self.out.push_str(&mark),
                        _ => self.line(&format!("{indent}{mark}")),
                    }
                    self.blocks_after(&item.content, &deeper);
                }
            }
            Block::Table(table) => {
                for (index, row) in [&table.head].into_iter().chain(&table.rows).enumerate() {
                    if index > 0 {
                        self.line(indent);
                    }
                    for (column, cell) in row.iter().enumerate() {
                        self.out.push_str(if column == 0 { "" } else { " | " });
                        self.inlines(&cell.content);
                    }
                }
            }
            Block::Code { code, .. } => self.out.push_str(code.trim_end()),
            Block::Rule => self.out.push('—'),
            Block::Definitions(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        self.line(indent);
                    }
                    match part {
                        Definition::Term(content, _) => {
                            self.inlines(content);
                            self.out.push(':');
                        }
                        Definition::Meaning(content, _) => self.blocks_after(content, indent),
                    }
                }
            }
        }
    }

    fn inlines(&mut self, content: &[Inline<'_>]) {
        for inline in content {
            match inline {
                Inline::Text(text, _) | Inline::Code(text, _) => self.out.push_str(text),
                Inline::SoftBreak(_) => self.out.push(' '),
                Inline::HardBreak(_) => self.out.push('\n'),
                Inline::Marked(_, content) => self.inlines(content),
                Inline::Reference(reference) => self.inlines(&reference.content),
                Inline::Picture(picture) => self.out.push_str(&picture.alternative),
                Inline::NoteMark(mark) => {
                    let number = self.text.notes[mark.note].number;
                    self.out.push_str(&format!("[{number}]"));
                }
                Inline::Link(link) => {
                    self.inlines(&link.content);
                    if let Some(Target::Outside(address)) = &link.to
                        && !link.shows_address
                        && tree::words(&link.content) != *address
                    {
                        self.out.push_str(&format!(" ({address})"));
                    }
                }
            }
        }
    }
}
