//! Walks a page and says where each text goes.

use std::collections::{HashMap, HashSet};

use crate::import::document::{
    ForeignBlock, ForeignDocument, ForeignPlace, LeftOutKind, LeftOutText, ShownLabel, paragraphs,
};
use crate::import::error::{FileLimit, MAX_BYTES, ReadError};
use crate::import::symbols::bullet;

use super::css::{CssWord, Rules};
use super::dom::{Dom, MAX_DEPTH, NodeData};
use super::flow::HtmlFlow;
use super::list::Counter;
use super::look::HtmlLook;

/// What is known while a page is read.
pub(super) struct HtmlReader<'d> {
    pub(super) dom: &'d Dom,
    pub(super) rules: Rules,
    pub(super) document: ForeignDocument,
    pub(super) place: ForeignPlace,
    pub(super) tables: usize,
    pub(super) cells: usize,
    /// How many tables and notes are around.
    pub(super) inner: usize,
    depth: usize,
    /// How long the addresses of all links are together.
    link_bytes: usize,
    /// The lists that are open, the innermost last.
    lists: Vec<Counter>,
    /// The notes of Word (`<div id=ftn1>`), by their identifiers.
    notes: HashMap<&'d str, usize>,
    /// The notes that stand where their marks are.
    placed: HashSet<usize>,
}

impl<'d> HtmlReader<'d> {
    /// A reader at the start of a page.
    pub(super) fn new(dom: &'d Dom) -> Self {
        let mut rules = Rules::default();
        for (node, _) in dom.all().filter(|(node, _)| dom.name(*node) == "style") {
            rules.add(&dom.text(node));
        }
        let is_note = |id: &&str| id.starts_with("ftn") || id.starts_with("edn");
        let notes = dom
            .all()
            .filter_map(|(node, _)| Some((dom.attribute(node, "id").filter(is_note)?, node)));
        Self {
            dom,
            rules,
            document: ForeignDocument::default(),
            place: ForeignPlace::default(),
            tables: 0,
            cells: 0,
            inner: 0,
            depth: 0,
            link_bytes: 0,
            lists: Vec::new(),
            notes: notes.collect(),
            placed: HashSet::new(),
        }
    }

    /// Reads the page.
    pub(super) fn page(&mut self) -> Result<Vec<ForeignBlock>, ReadError> {
        let mut flow = HtmlFlow::default();
        self.children(0, &HtmlLook::default(), &mut flow)?;
        flow.end();
        Ok(flow.blocks)
    }

    /// Leaves text out.
    pub(super) fn leave_out(&mut self, kind: LeftOutKind, text: &str) {
        if !text.trim().is_empty() || kind == LeftOutKind::Drawing {
            let (place, text) = (self.place.clone(), text.to_owned());
            self.document.left_out.push(LeftOutText { place, kind, text, by: None });
        }
    }

    /// Reads what is within a node.
    pub(super) fn children(
        &mut self,
        node: usize,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        let dom = self.dom;
        self.depth += 1;
        if self.depth > MAX_DEPTH + 2 {
            return Err(ReadError::TooLarge(FileLimit::Depth));
        }
        for child in dom.children(node) {
            self.node(*child, look, flow)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Reads a node.
    pub(super) fn node(
        &mut self,
        node: usize,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        let dom = self.dom;
        match dom.data(node) {
            NodeData::Nothing => self.children(node, look, flow),
            NodeData::Comment(text) => {
                self.leave_out(LeftOutKind::Markup, text);
                Ok(())
            }
            NodeData::Text(text) if look.hidden => {
                self.leave_out(LeftOutKind::Hidden, text);
                Ok(())
            }
            NodeData::Text(text) => {
                self.link_bytes += look.link.as_deref().map_or(0, str::len);
                if self.link_bytes > MAX_BYTES {
                    return Err(ReadError::TooLarge(FileLimit::Unpacked));
                }
                flow.text(text, look);
                Ok(())
            }
            NodeData::Element(name, _) => {
                let look = look.within(dom, node, &self.rules);
                self.element(node, name, &look, flow)
            }
        }
    }

    fn element(
        &mut self,
        node: usize,
        name: &str,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        match name {
            "title" if super::is_title(self.dom, node) => {}
            "script" | "style" | "noscript" | "template" => {
                self.leave_out(LeftOutKind::Markup, &self.dom.text(node))
            }
            "svg" | "iframe" | "object" | "canvas" | "video" | "audio" => {
                self.leave_out(LeftOutKind::Drawing, &self.dom.text(node));
            }
            "img" => self.leave_out(LeftOutKind::Drawing, ""),
            "br" if !look.hidden => flow.break_line(),
            "table" => {
                flow.end();
                self.table(node, look, flow)?;
            }
            "ol" | "ul" | "menu" | "dir" => self.list(node, name, look, flow)?,
            "li" => self.item(node, look, flow)?,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.start(flow);
                flow.heading = name.get(1..).and_then(|level| level.parse().ok());
                self.children(node, look, flow)?;
                flow.end();
                flow.heading = None;
            }
            "a" if self.note_of(node).is_some() => self.note(node, look, flow)?,
            _ if self.placed.contains(&node) => {}
            _ if is_block(name) => {
                // A note that stands before its mark stays where it is.
                if self.dom.attribute(node, "id").is_some_and(|id| self.notes.contains_key(id)) {
                    self.placed.insert(node);
                }
                self.start(flow);
                self.children(node, look, flow)?;
                flow.end();
            }
            _ => match look.word {
                Some(CssWord::Number) => self.number(node, look, flow)?,
                Some(CssWord::Space) => self.space(node, look, flow)?,
                None => self.children(node, look, flow)?,
            },
        }
        Ok(())
    }

    /// Begins a block.
    fn start(&mut self, flow: &mut HtmlFlow) {
        flow.end();
        flow.paragraphs += 1;
        if self.inner == 0 {
            self.place.paragraph = Some(flow.paragraphs);
        }
    }

    fn list(
        &mut self,
        node: usize,
        name: &str,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        let dom = self.dom;
        flow.end_item();
        let items = || dom.children(node).iter().filter(|child| dom.name(**child) == "li").count();
        let is_reversed = dom.attribute(node, "reversed").is_some();
        let start = dom.attribute(node, "start").and_then(|start| start.trim().parse().ok());
        let first = start
            .unwrap_or_else(|| if is_reversed { i64::try_from(items()).unwrap_or(1) } else { 1 });
        let level = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        self.lists.push(Counter::new(first, if is_reversed { -1 } else { 1 }, level, name == "ol"));
        self.children(node, look, flow)?;
        self.lists.pop();
        flow.end_item();
        Ok(())
    }

    fn item(&mut self, node: usize, look: &HtmlLook, flow: &mut HtmlFlow) -> Result<(), ReadError> {
        self.start(flow);
        let value = self.dom.attribute(node, "value").and_then(|value| value.trim().parse().ok());
        let label = match self.lists.last_mut() {
            Some(_) if look.hidden => None,
            Some(list) => list.label(value, look.list.as_deref()),
            // An item outside any list still has its bullet.
            None => Counter::new(1, 1, 0, false).label(None, look.list.as_deref()),
        };
        flow.label = label;
        self.children(node, look, flow)?;
        flow.end_item();
        Ok(())
    }

    /// Reads the number that Word wrote as text before a paragraph.
    fn number(
        &mut self,
        node: usize,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        let text = self.dom.text(node).trim().to_owned();
        if look.hidden || flow.label.is_some() || text.is_empty() || flow.number().is_some() {
            return self.children(node, look, flow);
        }
        self.label(text, look, flow);
        Ok(())
    }

    /// Reads the space that Word puts after a number: what stands before it is the number.
    fn space(
        &mut self,
        node: usize,
        look: &HtmlLook,
        flow: &mut HtmlFlow,
    ) -> Result<(), ReadError> {
        let is_space = self.dom.text(node).trim().is_empty();
        match flow.number().filter(|_| is_space && flow.label.is_none() && !look.hidden) {
            Some(number) => {
                self.label(number, look, flow);
                Ok(())
            }
            None => self.children(node, look, flow),
        }
    }

    /// Makes text the label of the paragraph. As text it is left out, because the account counts it.
    fn label(&mut self, text: String, look: &HtmlLook, flow: &mut HtmlFlow) {
        let shown = bullet(look.symbols.as_deref(), &text);
        // Word writes the bullets of its symbol font as `·`, and those of Courier as `o`.
        let shown = if shown == "·" { "•".to_owned() } else { shown };
        let is_number = shown.contains(char::is_alphanumeric) && shown != "o";
        self.leave_out(LeftOutKind::Markup, &text);
        flow.take_number(ShownLabel { text: shown, level: 0, is_number });
    }

    /// The note that a link is the mark of (`<a href="#_ftn1" name="_ftnref1">`).
    fn note_of(&self, node: usize) -> Option<usize> {
        let target = self.dom.attribute(node, "href")?.strip_prefix("#_")?;
        let is_mark = self
            .dom
            .attribute(node, "name")
            .is_some_and(|name| name.starts_with("_ftnref") || name.starts_with("_ednref"));
        self.notes.get(target).copied().filter(|note| is_mark && !self.placed.contains(note))
    }

    fn note(&mut self, node: usize, look: &HtmlLook, flow: &mut HtmlFlow) -> Result<(), ReadError> {
        let Some(note) = self.note_of(node).filter(|_| !look.hidden) else {
            return self.children(node, look, flow);
        };
        self.leave_out(LeftOutKind::Markup, &self.dom.text(node));
        self.placed.insert(note);
        let lists = std::mem::take(&mut self.lists);
        self.inner += 1;
        let mut inside = HtmlFlow::default();
        let mut open: Vec<usize> = self.dom.children(note).to_vec();
        // The mark within the note leads back.
        let back =
            self.dom.attribute(node, "name").map(|name| format!("#{name}")).unwrap_or_default();
        let mark = descendant(self.dom, note, |inner| {
            self.dom.attribute(inner, "href") == Some(back.as_str())
        });
        if let Some(mark) = mark {
            self.leave_out(LeftOutKind::Markup, &self.dom.text(mark));
            self.placed.insert(mark);
        }
        open.reverse();
        while let Some(child) = open.pop() {
            self.node(child, &HtmlLook::default(), &mut inside)?;
        }
        inside.end();
        self.inner -= 1;
        self.lists = lists;
        flow.note(paragraphs(inside.blocks));
        Ok(())
    }
}

/// The first node within that is wanted.
fn descendant(dom: &Dom, node: usize, is_wanted: impl Fn(usize) -> bool) -> Option<usize> {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if is_wanted(node) {
            return Some(node);
        }
        open.extend(dom.children(node).iter().rev());
    }
    None
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "p"
            | "div"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "address"
            | "figure"
            | "figcaption"
            | "form"
            | "fieldset"
            | "legend"
            | "center"
            | "details"
            | "summary"
            | "hr"
            | "hgroup"
            | "search"
            | "dialog"
            | "option"
            | "optgroup"
            | "caption"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
    )
}
