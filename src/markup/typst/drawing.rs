//! One walk over the Markdown of a text, which writes its code.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::links::{Destination, Scope};
use super::notes::{Notes, Place, until, words};
use super::term_label;
use super::texts::{TextIndex, Texts, escape, literal};
use crate::assemble::{FileTarget, Target, file_target, target};
use crate::content::layout::FOLDER;
use crate::content::markdown::without_comments;
use crate::markup::pointers;
use crate::model::{Found, Link, LinkKind, Text};
use crate::source::Span;

/// Endings of the pictures that Typst shows.
const PICTURES: [&str; 6] = ["gif", "jpeg", "jpg", "png", "svg", "webp"];

/// How deep quotations, lists and tables may lie in each other. What lies deeper is drawn at this
/// depth: Typst sets its input by recursion, and refuses what is deeper than about a
/// dozen.
const DEEPEST: usize = 10;

/// How deep footnotes may lie in each other. A note that is referred to from deeper down is drawn at
/// the end of its text: Typst loses it.
const DEEPEST_NOTES: usize = 2;

/// An element that is open.
pub(super) enum Open {
    /// Closed by these characters.
    Plain(&'static str),
    /// A link, closed by these characters; in it nothing else is linked.
    Link(&'static str),
    /// A list, with the place in the code that says whether it is tight.
    List { tight_at: usize, is_loose: bool },
    /// A definition list.
    Terms(Terms),
    /// A table.
    Table,
    /// A row of a table, closed by these characters.
    Row(&'static str),
    /// Something too deep to be drawn as what it is: only what stands in it is drawn.
    Flat,
}

/// How far an entry of a definition list is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Terms {
    /// Between entries.
    Between,
    /// Its term is open.
    Term,
    /// Its definition is open.
    Definition,
}

pub(super) struct Drawing<'a> {
    text: &'a Text,
    scope: &'a Scope<'a>,
    texts: &'a mut Texts,
    pub(super) notes: Notes<'a>,
    pub(super) open: Vec<Open>,
    /// How many footnotes are open, each within the one before.
    open_notes: usize,
    /// The levels, as typed, of the headings that this one stands under.
    levels: Vec<usize>,
    /// The terms that this section has explained.
    pub(super) explained: BTreeSet<usize>,
    /// Where the code ends with a text that another may be joined to.
    last_text: Option<usize>,
}

/// Says whether a list is tight, in as many characters either way.
const TIGHT: &str = "true ";
const LOOSE: &str = "false";

impl<'a> Drawing<'a> {
    pub(super) fn new(text: &'a Text, scope: &'a Scope<'a>, texts: &'a mut Texts) -> Self {
        Self {
            text,
            scope,
            notes: Notes::of(&text.source[text.body.range()], texts),
            texts,
            open: Vec::new(),
            open_notes: 0,
            levels: Vec::new(),
            explained: BTreeSet::new(),
            last_text: None,
        }
    }

    /// Begins a section. Gives where it begins.
    pub(super) fn begin(&mut self) -> usize {
        self.explained.clear();
        self.levels.clear();
        let start = self.texts.code.len();
        self.put("{[];");
        start
    }

    /// Ends the section that began there: which of the texts it is; none when it is empty.
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
    fn literal(&mut self, text: &str) {
        literal(text, &mut self.texts.code);
    }

    /// Running text. The parser gives it in pieces; one literal is cheaper than many.
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

    pub(super) fn mark(&mut self, range: &Range<usize>) {
        let start = self.text.body.start as usize;
        let span = Span::new(self.text.body.file, start + range.start..start + range.end);
        self.texts.places.push((self.texts.code.len(), span));
    }

    /// Draws an event; those that belong to it are taken from the rest.
    pub(super) fn event(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        rest: &mut dyn Iterator<Item = Place<'a>>,
    ) {
        let range = &range;
        match event {
            // One that nothing refers to is shown where it stands.
            Event::Start(Tag::FootnoteDefinition(label)) => {
                match self.notes.reached.contains(&*label) {
                    true => drop(until(rest, TagEnd::FootnoteDefinition)),
                    false => self.say(&format!("{label}. ")),
                }
            }
            Event::End(TagEnd::FootnoteDefinition) => {}
            Event::Start(Tag::HtmlBlock) => {
                let start = self.text.body.start as usize;
                let block = &self.text.source[start + range.start..start + range.end];
                let visible = without_comments(block).unwrap_or_default();
                if !visible.trim().is_empty() {
                    self.mark(range);
                    self.put("par({");
                    self.literal(visible.trim());
                    self.put("});");
                }
            }
            // It was drawn with its beginning.
            Event::End(TagEnd::HtmlBlock) | Event::Html(_) => {}
            Event::Start(Tag::CodeBlock(_)) => {
                self.mark(range);
                let code = words(&until(rest, TagEnd::CodeBlock));
                self.put("raw(block: true, ");
                self.literal(code.trim_end_matches('\n'));
                self.put(");");
            }
            Event::Start(Tag::Image { .. }) => {
                let alternative = words(&until(rest, TagEnd::Image));
                self.image(&alternative, range);
            }
            Event::Start(Tag::Table(columns)) => self.table(columns, range, rest),
            Event::Start(tag) => self.start(&tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.running_text(&text, range),
            Event::Code(code) => {
                self.put("raw(");
                self.literal(&code);
                self.put(");");
            }
            Event::InlineHtml(html) => self.say(&without_comments(&html).unwrap_or_default()),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.put("linebreak();"),
            Event::Rule => self.put("line(length: 100%);"),
            Event::TaskListMarker(done) => self.say(if done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(label) => self.footnote(&label, range),
            // Not enabled.
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    pub(super) fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        if let Tag::Paragraph = tag {
            let list = self.open.iter_mut().rev().find(|open| !matches!(open, Open::Plain("},")));
            if let Some(Open::List { is_loose, .. }) = list {
                *is_loose = true;
            }
        }
        if self.is_flat(tag) {
            self.put("parbreak();");
            self.open.push(Open::Flat);
            return;
        }
        let open = match tag {
            Tag::Paragraph => {
                self.mark(range);
                self.put("par({[];");
                Open::Plain("});")
            }
            Tag::Heading { level, .. } => {
                let depth = self.heading_depth(*level as usize);
                self.mark(range);
                self.put(&format!("heading(depth: {depth}, {{[];"));
                Open::Plain("});")
            }
            Tag::BlockQuote(_) => {
                self.put("quote(block: true, {[];");
                Open::Plain("});")
            }
            Tag::List(first) => {
                match first {
                    Some(first) => self.put(&format!("enum(start: {first}, tight: ")),
                    None => self.put("list(tight: "),
                }
                let tight_at = self.texts.code.len();
                self.put(TIGHT);
                self.put(",");
                Open::List { tight_at, is_loose: false }
            }
            Tag::Item => {
                self.mark(range);
                self.put("{[];");
                Open::Plain("},")
            }
            Tag::DefinitionList => {
                self.put("terms(tight: false,");
                Open::Terms(Terms::Between)
            }
            Tag::DefinitionListTitle => return self.term(range),
            Tag::DefinitionListDefinition => return self.definition(range),
            Tag::Table(alignments) => {
                let columns = alignments.len();
                let align: String = alignments.iter().map(|a| alignment(*a)).collect();
                self.mark(range);
                self.put(&format!("table(columns: {columns}, align: ({align}),"));
                Open::Table
            }
            Tag::TableHead => {
                self.put("table.header(");
                Open::Row("),")
            }
            Tag::TableRow => Open::Row(""),
            Tag::TableCell => {
                self.mark(range);
                self.put("{[];");
                Open::Plain("},")
            }
            Tag::Emphasis => self.call("emph"),
            Tag::Strong => self.call("strong"),
            Tag::Strikethrough => self.call("strike"),
            Tag::Superscript => self.call("super"),
            Tag::Subscript => self.call("sub"),
            Tag::Link { .. } => {
                self.mark(range);
                match self.link_at(range).and_then(|link| self.scope.link(link)) {
                    Some(destination) => {
                        self.open_link(&destination);
                        Open::Link("});")
                    }
                    None => Open::Link(""),
                }
            }
            Tag::FootnoteDefinition(_)
            | Tag::HtmlBlock
            | Tag::CodeBlock(_)
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => Open::Plain(""),
        };
        self.open.push(open);
    }

    /// Whether an element lies too deep, or in one that does.
    fn is_flat(&self, tag: &Tag<'_>) -> bool {
        let parent = self.open.last();
        match tag {
            Tag::Item => !matches!(parent, Some(Open::List { .. })),
            Tag::TableHead | Tag::TableRow => !matches!(parent, Some(Open::Table)),
            Tag::TableCell => !matches!(parent, Some(Open::Row(_))),
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {
                !matches!(parent, Some(Open::Terms(_)))
            }
            // Nothing lies deeper in it but emphasis.
            Tag::Link { .. } => false,
            _ => self.is_deep(),
        }
    }

    /// Whether nothing may be opened any more.
    pub(super) fn is_deep(&self) -> bool {
        self.open.len() >= DEEPEST
    }

    /// Opens a call with a body.
    fn call(&mut self, function: &str) -> Open {
        self.put(function);
        self.put("({[];");
        Open::Plain("});")
    }

    pub(super) fn end(&mut self, end: TagEnd) {
        let is_part = matches!(end, TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition);
        // An entry of a definition list goes on until the next one.
        if is_part && matches!(self.open.last(), Some(Open::Terms(_))) {
            return;
        }
        match self.open.pop() {
            Some(Open::Plain(close) | Open::Link(close) | Open::Row(close)) => self.put(close),
            Some(Open::List { tight_at, is_loose }) => {
                if is_loose {
                    self.texts.code.replace_range(tight_at..tight_at + TIGHT.len(), LOOSE);
                }
                self.put(");");
            }
            Some(Open::Terms(terms)) => {
                self.close_entry(terms);
                self.put(");");
            }
            Some(Open::Table) => self.put(");"),
            Some(Open::Flat) | None => {}
        }
    }

    /// The level of a heading below that of the text. Of levels that were left out none is missing:
    /// PDF/UA-1 (7.4.2) allows no gap, and authors choose levels by their size.
    fn heading_depth(&mut self, level: usize) -> usize {
        while self.levels.last().is_some_and(|above| *above >= level) {
            self.levels.pop();
        }
        self.levels.push(level);
        self.levels.len()
    }

    /// The element that ends with the next entry; a definition list has one open part at most.
    fn part(&mut self, part: Terms) {
        if let Some(open) = self.open.last_mut() {
            *open = Open::Terms(part);
        }
    }

    fn terms(&self) -> Terms {
        match self.open.last() {
            Some(Open::Terms(terms)) => *terms,
            _ => Terms::Between,
        }
    }

    fn term(&mut self, range: &Range<usize>) {
        self.mark(range);
        match self.terms() {
            Terms::Term => self.put("linebreak();"),
            terms => {
                self.close_entry(terms);
                self.put("terms.item({[];");
            }
        }
        self.part(Terms::Term);
    }

    fn definition(&mut self, range: &Range<usize>) {
        self.mark(range);
        self.put(match self.terms() {
            Terms::Between => "terms.item([], {[];",
            Terms::Term => "}, {[];",
            Terms::Definition => "parbreak();",
        });
        self.part(Terms::Definition);
    }

    fn close_entry(&mut self, terms: Terms) {
        self.put(match terms {
            Terms::Between => "",
            Terms::Term => "}, []),",
            Terms::Definition => "}),",
        });
    }

    /// A picture of the site; any other is a link to it.
    fn image(&mut self, alternative: &str, range: &Range<usize>) {
        self.mark(range);
        let link = self.link_at(range);
        match link.and_then(|link| self.picture(link)) {
            Some(path) => {
                let path = self.texts.picture(path);
                // A picture without words is an ornament.
                let is_ornament = alternative.trim().is_empty();
                self.put("{let picture(width) = ");
                self.put(if is_ornament { "pdf.artifact(image(" } else { "image(" });
                self.literal(&format!("/{path}"));
                if !is_ornament {
                    self.put(", alt: ");
                    self.literal(alternative);
                }
                self.put(if is_ornament { ", width: width));" } else { ", width: width);" });
                self.put(FITTED);
            }
            None => {
                let destination = link.and_then(|link| self.scope.link(link));
                let is_link = destination.filter(|_| !self.in_link());
                if let Some(destination) = &is_link {
                    self.open_link(destination);
                }
                self.say(alternative);
                if is_link.is_some() {
                    self.put("});");
                }
            }
        }
    }

    /// The path of a picture of the site, of a kind that Typst shows.
    fn picture(&self, link: &Link) -> Option<String> {
        let LinkKind::File { path, .. } = &link.kind else { return None };
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let is_file = matches!(file_target(self.scope.site, path), Some(FileTarget::File(_)));
        (is_file && path.starts_with(FOLDER) && PICTURES.contains(&ending.as_str()))
            .then(|| path.clone())
    }

    /// A note at the foot of the page; the second reference to it leads to the same.
    fn footnote(&mut self, label: &str, range: &Range<usize>) {
        let name = self.notes.name(label);
        self.mark(range);
        let is_far_down = self.open.len() >= DEEPEST || self.open_notes >= DEEPEST_NOTES;
        if self.notes.listed.contains(label) || is_far_down && !self.notes.drawn.contains(label) {
            self.notes.listed.insert(label.to_owned());
            self.put("super(");
            self.literal(label);
            self.put(");");
        } else if self.notes.drawn.contains(label) {
            self.put(&format!("footnote(label(\"{name}\"));"));
        } else {
            self.put("[#footnote({[];");
            self.note(label);
            self.put(&format!("}})<{name}>];"));
        }
    }

    /// The text of a note.
    fn note(&mut self, label: &str) {
        self.notes.drawn.insert(label.to_owned());
        let mut events = self.notes.definitions.get(label).cloned().unwrap_or_default();
        // The text of a note goes on where its number stands.
        if matches!(events.first(), Some((Event::Start(Tag::Paragraph), _))) {
            let is_end = |(event, _): &Place<'_>| *event == Event::End(TagEnd::Paragraph);
            let end = events.iter().position(is_end).unwrap_or(events.len() - 1);
            events.remove(end);
            events.remove(0);
        }
        self.open.push(Open::Flat);
        self.open_notes += 1;
        let mut events = events.into_iter();
        while let Some((event, range)) = events.next() {
            self.event(event, range, &mut events);
        }
        self.open_notes -= 1;
        self.open.pop();
    }

    /// The notes that lay too deep in each other.
    pub(super) fn remaining_notes(&mut self) {
        // A note that is listed may refer to one that was not yet.
        while let Some(label) = self.notes.listed.difference(&self.notes.drawn).next().cloned() {
            self.put("parbreak();");
            self.say(&format!("{label}. "));
            self.note(&label);
        }
    }

    fn in_link(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Open::Link(_)))
    }

    fn link_at(&self, range: &Range<usize>) -> Option<&'_ Link> {
        let start = self.text.body.start as usize + range.start;
        let links = &self.text.links;
        let index = links.partition_point(|link| (link.span.start as usize) < start);
        links.get(index).filter(|link| link.span.start as usize == start)
    }

    fn open_link(&mut self, destination: &Destination) {
        self.put("link(");
        match destination {
            Destination::Address(address) => self.literal(address),
            Destination::Label(label) => self.put(&format!("label(\"{label}\")")),
        }
        self.put(", {[];");
    }

    /// Running text, with links put around what it points at.
    fn running_text(&mut self, text: &str, range: &Range<usize>) {
        let base = self.text.body.start as usize;
        let place = base + range.start..base + range.end;
        let is_linkable = !self.in_link();
        let mut done = 0;
        for (index, Range { start, end }) in pointers(&self.text.found, text, place) {
            let start = start.max(done);
            // A range implies documents that have no characters of their own.
            if !is_linkable || start >= end {
                continue;
            }
            let (Some(before), Some(inside)) = (text.get(done..start), text.get(start..end)) else {
                continue;
            };
            let Some(destination) = self.destination(&self.text.found[index]) else { continue };
            if !before.is_empty() {
                self.say(before);
            }
            self.open_link(&destination);
            self.say(inside);
            self.put("});");
            done = end;
        }
        if done < text.len() {
            self.say(&text[done..]);
        }
    }

    /// Where something leads that running text points at.
    fn destination(&mut self, found: &Found) -> Option<Destination> {
        match target(self.scope.site, found)? {
            Target::Document(document) => Some(self.scope.document(document)),
            Target::Goal(sdg, _) => Some(Destination::Address(sdg.url())),
            Target::Term(index) => self.explained.insert(index).then(|| {
                self.texts.terms.insert(index);
                Destination::Label(term_label(index))
            }),
            Target::Outside(address) => Some(Destination::Address(address.to_owned())),
        }
    }
}

/// A picture in the room that it has. One that is lower than a page needs no more than a line may be
/// as wide as the column; one that is higher would lie over what follows, so it is made smaller.
const FITTED: &str = "context {\
     let natural = measure(picture(auto));\
     let most = 45% * calc.min(page.width, page.height);\
     if natural.height <= most { box(picture(auto)) } else {\
     box(width: 100%, layout(room => picture(\
     calc.min(natural.width, room.width, most * (natural.width / natural.height)))))}}};";

/// How a column of a table is set.
fn alignment(alignment: Alignment) -> &'static str {
    match alignment {
        Alignment::None => "auto,",
        Alignment::Left => "left,",
        Alignment::Center => "center,",
        Alignment::Right => "right,",
    }
}
