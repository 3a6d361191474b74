//! The blocks of a text, built from the parser's events.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, BrokenLink, BrokenLinkCallback, CodeBlockKind, CowStr, Event, OffsetIter,
    Options, Parser, Tag, TagEnd,
};

use super::lists::{number, typed_number};
use super::pieces::{piece, pointers, unfinished};
use super::{
    Alert, Block, Cell, Definition, Inline, InlineLink, Item, Mark, NoteContent, Picture,
    Reference, Scope, Table, Tree, words,
};
use crate::content::markdown::{options, without_comments};
use crate::model::{Found, Target, Text};
use crate::source::{Span, shows_something};

/// How deep blocks and marks may be nested. What is deeper is kept at this depth: readers cannot
/// tell, and code may walk over a tree by recursion.
const DEEPEST: usize = 100;

/// The blocks of each section, and the notes.
pub(super) fn tree<'a>(text: &'a Text, scope: Scope<'a>) -> Tree<'a> {
    let events = Parser::new_ext(text.slice(text.body), options()).into_offset_iter();
    let mut builder = TreeBuilder::new(text, scope, text.body.start as usize, events);
    let mut sections = vec![Vec::new(); text.sections.len()];
    let mut marks_of_headings = Vec::new();
    while let Some((event, range)) = builder.events.next() {
        let start = builder.base + range.start;
        while text.sections.get(builder.section + 1).is_some_and(|s| s.body.start as usize <= start)
        {
            builder.section += 1;
            builder.explained.clear();
            builder.last_reference = None;
        }
        let is_in_section = text.sections.get(builder.section).is_some_and(|section| {
            // The parser's range of a block may reach into the heading after it.
            section.body.range().contains(&start)
        });
        match event {
            // The caller shows the heading of a section.
            Event::Start(tag) if !is_in_section => {
                let marks = builder.marks_in(tag.to_end());
                marks_of_headings.push((builder.section + 1, marks));
            }
            Event::Start(tag) => {
                let block = builder.block(tag, range);
                sections[builder.section].extend(block);
            }
            Event::Rule if is_in_section => sections[builder.section].push(Block::Rule),
            _ => {}
        }
    }
    for (section, marks) in marks_of_headings {
        if let Some(blocks) = sections.get_mut(section) {
            put_before(marks, blocks);
        }
    }
    let mut notes = builder.notes;
    // A note that is too deep in other blocks to be one has no words.
    notes.resize(text.notes.len(), None);
    let notes = notes.into_iter().zip(&text.notes).map(|(note, of)| {
        note.unwrap_or(NoteContent { number: of.number, section: 0, content: Vec::new() })
    });
    Tree { sections, notes: notes.collect() }
}

/// Puts the marks of notes before the first words of some blocks.
fn put_before<'a>(marks: Vec<Inline<'a>>, blocks: &mut Vec<Block<'a>>) {
    if marks.is_empty() {
        return;
    }
    match blocks.first_mut() {
        Some(Block::Paragraph { content, .. }) => _ = content.splice(..0, marks),
        _ => blocks.insert(0, Block::Plain(marks)),
    }
}

/// The blocks of one part of a text, parsed by itself.
pub(super) fn part<'a>(text: &'a Text, span: Span, scope: Scope<'a>) -> Vec<Block<'a>> {
    // The note of a mark is elsewhere in the text.
    let options = options() | Options::ENABLE_OLD_FOOTNOTES;
    let base = span.start as usize;
    // So are the addresses of links. Only what is a link in the whole text is one here: `[sic]` is
    // not.
    let known = |link: BrokenLink<'_>| {
        let start = base + link.span.start;
        let of_text = text.links.binary_search_by_key(&start, |link| link.span.start as usize);
        of_text.is_ok().then_some((CowStr::Borrowed("elsewhere"), CowStr::Borrowed("")))
    };
    let events = Parser::new_with_broken_link_callback(text.slice(span), options, Some(known));
    let mut builder = TreeBuilder::new(text, scope, base, events.into_offset_iter());
    builder.blocks(None)
}

struct TreeBuilder<'a, F> {
    text: &'a Text,
    scope: Scope<'a>,
    /// Where in the file the parser's offsets begin.
    base: usize,
    events: OffsetIter<'a, F>,
    /// How many elements are open.
    depth: usize,
    /// How many links and pictures are open.
    links: usize,
    /// The section, by its place in [`Text::sections`].
    section: usize,
    /// The notes that have been met, by their places in [`Text::notes`].
    notes: Vec<Option<NoteContent<'a>>>,
    /// The terms already explained in this section, as indexes of
    /// [`Site::terms`](crate::model::Site).
    explained: BTreeSet<usize>,
    /// The last reference that was met in this section.
    last_reference: Option<usize>,
}

impl<'a, F: BrokenLinkCallback<'a>> TreeBuilder<'a, F> {
    fn new(text: &'a Text, scope: Scope<'a>, base: usize, events: OffsetIter<'a, F>) -> Self {
        Self {
            text,
            scope,
            base,
            events,
            depth: 0,
            links: 0,
            section: 0,
            notes: Vec::new(),
            explained: BTreeSet::new(),
            last_reference: None,
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.text.file, self.base + range.start..self.base + range.end)
    }

    /// Skips an element that has begun.
    fn skip(&mut self, end: TagEnd) {
        let mut open = 1;
        while open > 0 {
            match self.events.next() {
                Some((Event::Start(tag), _)) if tag.to_end() == end => open += 1,
                Some((Event::End(tag), _)) if tag == end => open -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    /// The blocks up to the end of an element, or up to the end of the text where there is none.
    fn blocks(&mut self, end: Option<TagEnd>) -> Vec<Block<'a>> {
        let mut blocks = Vec::new();
        let mut plain = Vec::new();
        // How many open elements are too deep to be kept as such.
        let mut flat = 0;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) if flat > 0 => {
                    flat -= 1;
                    flush(&mut plain, &mut blocks);
                }
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(tag) if is_block(&tag) => {
                    flush(&mut plain, &mut blocks);
                    match self.depth < DEEPEST || is_leaf(&tag) {
                        true => blocks.extend(self.block(tag, range)),
                        false => flat += 1,
                    }
                }
                Event::Rule => {
                    flush(&mut plain, &mut blocks);
                    blocks.push(Block::Rule);
                }
                event => self.inline(event, range, &mut plain),
            }
        }
        flush(&mut plain, &mut blocks);
        blocks
    }

    /// The content of an element, one level deeper.
    fn within<T>(&mut self, content: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let content = content(self);
        self.depth -= 1;
        content
    }

    fn content(&mut self, end: TagEnd) -> Vec<Block<'a>> {
        self.within(|it| it.blocks(Some(end)))
    }

    /// A block that has begun; none for one that is not shown.
    fn block(&mut self, tag: Tag<'a>, range: Range<usize>) -> Option<Block<'a>> {
        let end = tag.to_end();
        let span = self.span(&range);
        Some(match tag {
            Tag::Paragraph => Block::Paragraph { content: self.inlines(end), span },
            Tag::Heading { level, .. } => {
                let headings = &self.text.headings;
                let known = headings.binary_search_by_key(&span.start, |h| h.span.start);
                let content = self.inlines(end);
                match known {
                    Ok(index) => Block::Heading {
                        level: level as usize,
                        anchor: &headings[index].anchor,
                        content,
                        span,
                    },
                    // It shows nothing but the mark of a note, if that.
                    Err(_) if content.is_empty() => return None,
                    Err(_) => Block::Paragraph { content, span },
                }
            }
            Tag::BlockQuote(None) => Block::Quotation(self.content(end)),
            Tag::BlockQuote(Some(kind)) => {
                let alert = match kind {
                    BlockQuoteKind::Note => Alert::Note,
                    BlockQuoteKind::Tip => Alert::Tip,
                    BlockQuoteKind::Important => Alert::Important,
                    BlockQuoteKind::Warning => Alert::Warning,
                    BlockQuoteKind::Caution => Alert::Caution,
                };
                Block::Alert(alert, self.content(end))
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) if !language.is_empty() => Some(language),
                    CodeBlockKind::Fenced(_) | CodeBlockKind::Indented => None,
                };
                Block::Code { language, code: self.code(end), span }
            }
            Tag::HtmlBlock => {
                self.skip(end);
                // It is shown as plain text, without notes to other authors.
                let visible = without_comments(self.text.slice(span)).unwrap_or_default();
                let visible = visible.trim();
                if visible.is_empty() {
                    return None;
                }
                let text = Inline::Text(visible.to_owned().into(), span);
                Block::Paragraph { content: vec![text], span }
            }
            Tag::List(first) => {
                let mut items = self.within(|it| it.items(end));
                number(first, &mut items);
                Block::List { first, items }
            }
            Tag::FootnoteDefinition(_) => {
                let content = self.content(end);
                self.note(span, content);
                return None;
            }
            Tag::DefinitionList => Block::Definitions(self.within(|it| it.definitions(end))),
            Tag::Table(columns) => Block::Table(self.within(|it| it.table(columns, span))),
            // No other block begins outside those above.
            _ => {
                self.skip(end);
                return None;
            }
        })
    }

    fn items(&mut self, end: TagEnd) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let span = self.span(&range);
                    let number = typed_number(self.text.slice(span));
                    items.push(Item { number, content: self.content(TagEnd::Item), span });
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        items
    }

    fn definitions(&mut self, end: TagEnd) -> Vec<Definition<'a>> {
        let mut parts = Vec::new();
        while let Some((event, range)) = self.events.next() {
            let span = self.span(&range);
            match event {
                Event::Start(tag @ Tag::DefinitionListTitle) => {
                    parts.push(Definition::Term(self.inlines(tag.to_end()), span));
                }
                Event::Start(tag @ Tag::DefinitionListDefinition) => {
                    parts.push(Definition::Meaning(self.content(tag.to_end()), span));
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        parts
    }

    fn table(&mut self, columns: Vec<pulldown_cmark::Alignment>, span: Span) -> Table<'a> {
        let mut table = Table { columns, head: Vec::new(), rows: Vec::new(), span };
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => table.head = self.cells(TagEnd::TableHead),
                Event::Start(Tag::TableRow) => table.rows.push(self.cells(TagEnd::TableRow)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        table
    }

    fn cells(&mut self, end: TagEnd) -> Vec<Cell<'a>> {
        let mut cells = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let span = self.span(&range);
                    cells.push(Cell { content: self.inlines(TagEnd::TableCell), span });
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        cells
    }

    fn code(&mut self, end: TagEnd) -> Cow<'a, str> {
        let mut code = Cow::Borrowed("");
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(CowStr::Borrowed(text)) if code.is_empty() => code = text.into(),
                Event::Text(text) => code.to_mut().push_str(&text),
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        code
    }

    /// The running text up to the end of an element.
    fn inlines(&mut self, end: TagEnd) -> Vec<Inline<'a>> {
        let mut content = Vec::new();
        let mut flat = 0;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) if flat > 0 => flat -= 1,
                Event::End(tag) if tag == end => break,
                Event::Start(_) if self.depth >= DEEPEST => flat += 1,
                event => self.inline(event, range, &mut content),
            }
        }
        content
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>, out: &mut Vec<Inline<'a>>) {
        let span = self.span(&range);
        match event {
            Event::Text(text) => self.running_text(text, span, out),
            Event::Code(code) => out.push(Inline::Code(code, span)),
            // It is shown as plain text, without notes to other authors.
            Event::InlineHtml(html) => {
                let visible = without_comments(&html).unwrap_or_default();
                if *visible == *html {
                    self.plain_text(html, span, out);
                } else if !visible.is_empty() {
                    out.push(Inline::Text(visible.into(), span));
                }
            }
            Event::SoftBreak => out.push(Inline::SoftBreak(span)),
            Event::HardBreak => out.push(Inline::HardBreak(span)),
            // A box that cannot be ticked is only a picture of one.
            Event::TaskListMarker(done) => {
                out.push(Inline::Text(if done { "☑ " } else { "☐ " }.into(), span));
            }
            Event::FootnoteReference(_) => out.extend(self.mark_at(span)),
            Event::Start(Tag::Link { title, dest_url, .. }) => {
                out.push(self.link(title, dest_url, span));
            }
            Event::Start(Tag::Image { title, dest_url, .. }) => {
                out.push(self.picture(title, dest_url, span));
            }
            Event::Start(tag) => {
                let end = tag.to_end();
                let content = self.within(|it| it.inlines(end));
                match mark(end) {
                    Some(mark) => out.push(Inline::Marked(mark, content)),
                    None => out.extend(content),
                }
            }
            // Ends belong to what began; the others are not switched on.
            Event::End(_)
            | Event::Html(_)
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn linked(&mut self, end: TagEnd) -> Vec<Inline<'a>> {
        self.links += 1;
        let mut content = self.within(|it| it.inlines(end));
        self.links -= 1;
        // Most have one piece of text, and a text may have a hundred thousand links.
        content.shrink_to_fit();
        content
    }

    fn link_at(&self, span: Span) -> Option<&'a crate::model::Link> {
        let links = &self.text.links;
        let index = links.partition_point(|link| link.span.start < span.start);
        links.get(index).filter(|link| link.span.start == span.start)
    }

    fn target(&self, link: Option<&'a crate::model::Link>) -> Option<Target<'a>> {
        self.scope.site.target_of_link(link?, self.text, self.scope.report)
    }

    fn link(&mut self, title: CowStr<'a>, address: CowStr<'a>, span: Span) -> Inline<'a> {
        let link = self.link_at(span);
        let to = self.target(link);
        // `<https://unece.org>`, `[https://unece.org](https://unece.org)`
        let shown = self.text.source.get(span.start as usize + 1..).unwrap_or("");
        let shown = shown.split(['>', ']']).next().unwrap_or("");
        Inline::Link(Box::new(InlineLink {
            is_by_number: link.is_some_and(crate::model::Link::is_by_number),
            shows_address: to.as_ref().is_some_and(|to| to.is_shown_as(shown)),
            to,
            title,
            content: or_address(self.linked(TagEnd::Link), address, span),
            span,
        }))
    }

    fn picture(&mut self, title: CowStr<'a>, address: CowStr<'a>, span: Span) -> Inline<'a> {
        let link = self.link_at(span);
        let to = self.target(link);
        let content = self.linked(TagEnd::Image);
        match to {
            Some(to @ Target::File { address, .. }) if is_picture(address) => {
                Inline::Picture(Picture { to, alternative: words(&content), title, span }.into())
            }
            // What is not a picture of this site becomes a link, but not within another link; of
            // what is refused, only the words are left.
            to => Inline::Link(Box::new(InlineLink {
                to: to.filter(|_| self.links == 0),
                is_by_number: false,
                shows_address: false,
                title: "".into(),
                content: or_address(content, address, span),
                span,
            })),
        }
    }

    /// Keeps a note of the text. A part of a text that is parsed by itself has none.
    fn note(&mut self, span: Span, content: Vec<Block<'a>>) {
        let notes = &self.text.notes;
        let Ok(index) = notes.binary_search_by_key(&span.start, |note| note.span.start) else {
            return;
        };
        if self.notes.len() <= index {
            self.notes.resize(index + 1, None);
        }
        let note = NoteContent { number: notes[index].number, section: self.section, content };
        self.notes[index] = Some(note);
    }

    fn mark_at(&self, span: Span) -> Option<Inline<'a>> {
        let marks = &self.text.note_marks;
        let index = marks.binary_search_by_key(&span.start, |mark| mark.span.start).ok()?;
        Some(Inline::NoteMark(&marks[index]))
    }

    /// The marks of notes in an element that has begun, whose words are shown elsewhere.
    fn marks_in(&mut self, end: TagEnd) -> Vec<Inline<'a>> {
        let mut marks = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::FootnoteReference(_) => marks.extend(self.mark_at(self.span(&range))),
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        marks
    }

    /// Running text, with references separated out.
    fn running_text(&mut self, text: CowStr<'a>, span: Span, out: &mut Vec<Inline<'a>>) {
        let found = &self.text.found;
        let mut pieces = pointers(found, &text, span).peekable();
        if pieces.peek().is_none() {
            return self.plain_text(text, span, out);
        }
        let mut done = 0;
        for (index, Range { start, end }) in pieces {
            let start = start.max(done);
            let Some(shown) = text.get(start..end) else { continue };
            let before = piece(&text, done..start, span);
            let shown = (!shown.is_empty()).then(|| piece(&text, start..end, span)).flatten();
            // A line break or an entity within a reference ends a piece of it, not the reference.
            if let (None, Some(reference)) = (&before, unfinished(out, index)) {
                reference.extend(shown);
                done = end;
                continue;
            }
            let Some(to) = self.referred_to(&found[index]) else { continue };
            out.extend(before);
            let is_first = self.last_reference.replace(index) != Some(index);
            let content = shown.into_iter().collect();
            out.push(Inline::Reference(Reference { index, to, content, is_first }.into()));
            done = end;
        }
        out.extend(piece(&text, done..text.len(), span));
    }

    /// Text that points at nothing. The parser ends a piece at each bracket; pieces that adjoin in
    /// the file become one here.
    fn plain_text(&self, text: CowStr<'a>, span: Span, out: &mut Vec<Inline<'a>>) {
        if let Some(Inline::Text(before, place)) = out.last_mut()
            && place.end == span.start
            && before.len() == place.range().len()
            && text.len() == span.range().len()
        {
            place.end = span.end;
            *before = CowStr::Borrowed(self.text.slice(*place));
            return;
        }
        out.push(Inline::Text(text, span));
    }

    /// What some words point at here; none where they are only words.
    fn referred_to(&mut self, found: &'a Found) -> Option<Target<'a>> {
        let to = self.scope.site.target_of(found)?;
        match to {
            // A link leads where its author says.
            Target::Term(_) | Target::Outside(_) if self.links > 0 => None,
            // A term is explained once in a section.
            Target::Term(term) if !self.explained.insert(term) => None,
            to => Some(to),
        }
    }
}

/// What a link shows: its words, or where its author gave none, its address.
fn or_address<'a>(content: Vec<Inline<'a>>, address: CowStr<'a>, span: Span) -> Vec<Inline<'a>> {
    let is_blank = |inline: &Inline<'_>| match inline {
        Inline::Text(text, _) => !shows_something(text),
        Inline::SoftBreak(_) | Inline::HardBreak(_) => true,
        _ => false,
    };
    match content.iter().all(is_blank) {
        true => vec![Inline::Text(address, span)],
        false => content,
    }
}

/// Adds the running text so far to the blocks.
fn flush<'a>(plain: &mut Vec<Inline<'a>>, blocks: &mut Vec<Block<'a>>) {
    if !plain.is_empty() {
        blocks.push(Block::Plain(std::mem::take(plain)));
    }
}

/// Whether an element ends the running text before it.
fn is_block(tag: &Tag<'_>) -> bool {
    let is_link = matches!(tag, Tag::Link { .. } | Tag::Image { .. });
    !is_link && mark(tag.to_end()).is_none()
}

/// Whether an element holds no other block.
fn is_leaf(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock)
}

fn mark(end: TagEnd) -> Option<Mark> {
    match end {
        TagEnd::Emphasis => Some(Mark::Emphasis),
        TagEnd::Strong => Some(Mark::Strong),
        TagEnd::Strikethrough => Some(Mark::Strikethrough),
        _ => None,
    }
}

/// Endings of the pictures that browsers show.
const PICTURES: [&str; 10] =
    ["apng", "avif", "bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"];

/// Whether browsers show a file as a picture, by its ending
/// (<https://developer.mozilla.org/docs/Web/Media/Guides/Formats/Image_types>).
pub fn is_picture(address: &str) -> bool {
    let ending = address.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    PICTURES.contains(&ending.as_str())
}
