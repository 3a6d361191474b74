//! The blocks of a text as code.

use super::links::PdfScope;
use super::notes::Notes;
use super::texts::{PdfTexts, TextIndex, escape, literal};
use crate::source::{Span, shows_something};
use crate::tree::{Block, Definition, Inline, Item};

/// How deep quotations, lists and tables may be nested. What is deeper is drawn at this depth:
/// Typst works by recursion, and refuses more than about a dozen levels.
const DEEPEST: usize = 10;

pub(super) struct TypstDrawing<'a> {
    pub(super) scope: &'a PdfScope<'a>,
    pub(super) texts: &'a mut PdfTexts,
    pub(super) notes: Notes<'a>,
    /// The number of this text among those with footnotes.
    pub(super) annotated: usize,
    /// How many elements are open.
    depth: usize,
    /// How many links are open: inside one, nothing else is linked.
    pub(super) links: usize,
    /// The levels, as typed, of the headings above this one.
    levels: Vec<usize>,
    /// Where the code ends in a text that more may be added to.
    last_text: Option<usize>,
}

impl<'a> TypstDrawing<'a> {
    pub(super) fn new(scope: &'a PdfScope<'a>, texts: &'a mut PdfTexts, notes: Notes<'a>) -> Self {
        let annotated = texts.annotated;
        texts.annotated += usize::from(!notes.is_empty());
        Self {
            scope,
            texts,
            notes,
            annotated,
            depth: 0,
            links: 0,
            levels: Vec::new(),
            last_text: None,
        }
    }

    /// Begins a section, and gives its place.
    pub(super) fn begin(&mut self) -> usize {
        self.levels.clear();
        let start = self.texts.code.len();
        self.put("{[];");
        start
    }

    /// Ends the section that began there, and gives its index among the texts; none when it is
    /// empty.
    pub(super) fn finish(&mut self, start: usize) -> Option<TextIndex> {
        if self.texts.code.len() == start + "{[];".len() {
            self.texts.code.truncate(start);
            return None;
        }
        self.put("},\n");
        self.texts.count += 1;
        Some(self.texts.count - 1)
    }

    pub(super) fn put(&mut self, code: &str) {
        self.texts.code.push_str(code);
    }

    /// A literal within a call.
    pub(super) fn literal(&mut self, text: &str) {
        literal(text, &mut self.texts.code);
    }

    /// Running text. The tree has it in pieces; one literal is cheaper than many.
    pub(super) fn say(&mut self, text: &str) {
        if self.last_text == Some(self.texts.code.len()) {
            self.texts.code.truncate(self.texts.code.len() - "\";".len());
            escape(text, &mut self.texts.code);
        } else {
            self.put("\"");
            escape(text, &mut self.texts.code);
        }
        self.put("\";");
        self.last_text = Some(self.texts.code.len());
    }

    /// Notes the place in the Markdown that the next code comes from.
    pub(super) fn mark(&mut self, span: Span) {
        self.texts.places.push((self.texts.code.len(), span));
    }

    /// Whether the greatest depth is reached.
    pub(super) fn is_deep(&self) -> bool {
        self.depth >= DEEPEST
    }

    /// Draws what is in an element.
    pub(super) fn deeper(&mut self, draw: impl FnOnce(&mut Self)) {
        self.depth += 1;
        draw(self);
        self.depth -= 1;
    }

    /// A function call with a body. Where it would be too deep, only the body is drawn.
    fn call(&mut self, open: &str, body: impl FnOnce(&mut Self)) {
        if self.is_deep() {
            self.put("parbreak();");
            return body(self);
        }
        self.put(open);
        self.deeper(body);
        self.put("});");
    }

    pub(super) fn blocks(&mut self, blocks: &'a [Block<'a>]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &'a Block<'a>) {
        match block {
            Block::Heading { level, content, span, .. } => {
                self.mark(*span);
                self.heading(*level, content);
            }
            Block::Paragraph { content, span } => {
                self.mark(*span);
                self.call("par({[];", |drawing| drawing.inlines(content));
            }
            Block::Plain(content) => self.inlines(content),
            Block::List { first, items } => self.list(*first, items),
            Block::Table(table) => self.table(table),
            Block::Quotation(content) => {
                self.call("quote(block: true, {[];", |drawing| drawing.blocks(content));
            }
            Block::Alert(alert, content) => {
                let title = self.scope.words().text(alert.title()).to_owned();
                self.call("quote(block: true, {[];", |drawing| {
                    drawing.put("strong({[];");
                    drawing.say(&title);
                    drawing.put("});parbreak();");
                    drawing.blocks(content);
                });
            }
            Block::Code { code, span, .. } => {
                self.mark(*span);
                self.put("raw(block: true, ");
                self.literal(code.trim_end_matches('\n'));
                self.put(");");
            }
            Block::Rule => self.put("line(length: 100%);"),
            Block::Definitions(parts) => self.definitions(parts),
        }
    }

    /// A heading. In a note, which the PDF has elsewhere than in the order of the text, and where it
    /// would be too deep, it is only strong words: PDF/UA-1 (7.4.2) wants the levels in order.
    fn heading(&mut self, level: usize, content: &'a [Inline<'a>]) {
        if self.is_deep() || self.notes.is_open() || !has_words(content) {
            return self.call("par({[];", |drawing| {
                drawing.put("strong({[];");
                drawing.inlines(content);
                drawing.put("});");
            });
        }
        let depth = self.heading_depth(level);
        let open = format!("heading(depth: {depth}, {{[];");
        self.call(&open, |drawing| drawing.inlines(content));
    }

    /// The level of a heading below that of the text, without the levels that its author skipped:
    /// PDF/UA-1 (7.4.2) allows no gap, and authors choose levels by their size.
    fn heading_depth(&mut self, level: usize) -> usize {
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        self.levels.len()
    }

    fn list(&mut self, first: Option<u64>, items: &'a [Item<'a>]) {
        if self.is_deep() {
            for item in items {
                self.put("parbreak();");
                self.blocks(&item.content);
            }
            return;
        }
        let is_paragraph = |block: &Block<'_>| matches!(block, Block::Paragraph { .. });
        let is_tight = !items.iter().any(|item| item.content.iter().any(is_paragraph));
        match first {
            Some(first) => self.put(&format!("enum(start: {first}, tight: {is_tight},")),
            None => self.put(&format!("list(tight: {is_tight},")),
        }
        for item in items {
            self.mark(item.span);
            match item.number {
                Some(number) => self.put(&format!("enum.item({number}, {{[];")),
                None => self.put("{[];"),
            }
            self.deeper(|drawing| drawing.deeper(|drawing| drawing.blocks(&item.content)));
            self.put(if item.number.is_some() { "})," } else { "}," });
        }
        self.put(");");
    }

    /// A definition list. Each entry has the terms before its meanings.
    fn definitions(&mut self, parts: &'a [Definition<'a>]) {
        if self.is_deep() {
            for part in parts {
                self.put("parbreak();");
                self.part(part);
            }
            return;
        }
        self.put("terms(tight: false,");
        let mut before: Option<&Definition<'_>> = None;
        for part in parts {
            self.mark(match part {
                Definition::Term(_, span) | Definition::Meaning(_, span) => *span,
            });
            self.put(match (before, part) {
                (None, Definition::Term(..)) => "terms.item({[];",
                (None, Definition::Meaning(..)) => "terms.item([], {[];",
                (Some(Definition::Term(..)), Definition::Term(..)) => "linebreak();",
                (Some(Definition::Term(..)), Definition::Meaning(..)) => "}, {[];",
                (Some(Definition::Meaning(..)), Definition::Term(..)) => "}),terms.item({[];",
                (Some(Definition::Meaning(..)), Definition::Meaning(..)) => "parbreak();",
            });
            self.deeper(|drawing| drawing.part(part));
            before = Some(part);
        }
        self.put(match before {
            None => ");",
            Some(Definition::Term(..)) => "}, []),);",
            Some(Definition::Meaning(..)) => "}),);",
        });
    }

    fn part(&mut self, part: &'a Definition<'a>) {
        match part {
            Definition::Term(content, _) => self.inlines(content),
            Definition::Meaning(content, _) => self.blocks(content),
        }
    }

    pub(super) fn inlines(&mut self, content: &'a [Inline<'a>]) {
        content.iter().for_each(|inline| self.inline(inline));
    }
}

/// Whether some running text has words that can be the title of a heading. A picture has none.
fn has_words(content: &[Inline<'_>]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(text, _) | Inline::Code(text, _) => shows_something(text),
        Inline::Marked(_, content) => has_words(content),
        Inline::Link(link) => has_words(&link.content),
        Inline::Reference(reference) => has_words(&reference.content),
        Inline::SoftBreak(_) | Inline::HardBreak(_) => false,
        Inline::Picture(_) | Inline::NoteMark(_) => false,
    })
}
