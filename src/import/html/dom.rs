//! The tree that a browser would build, flat in memory and limited in size and depth.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document};

use crate::import::error::{FileLimit, ReadError};

/// How deep elements may be nested; browsers stop at 512.
pub(super) const MAX_DEPTH: usize = 256;
/// How many nodes a page may have.
const MAX_NODES: usize = 2_000_000;
/// How much is parsed before size and depth are looked at again: deep nesting takes time squared.
const CHUNK: usize = 8 * 1024;

/// A page.
#[derive(Debug, Default)]
pub(super) struct Dom {
    nodes: Vec<HtmlNode>,
}

#[derive(Debug, Default)]
struct HtmlNode {
    parent: Option<usize>,
    children: Vec<usize>,
    depth: usize,
    data: NodeData,
}

/// What a node is.
#[derive(Debug, Default)]
pub(super) enum NodeData {
    /// The document, or something that shows nothing.
    #[default]
    Nothing,
    /// An element, with its attributes.
    Element(String, Vec<(String, String)>),
    /// Text.
    Text(String),
    /// A comment.
    Comment(String),
}

impl Dom {
    /// Builds the tree.
    pub(super) fn parse(text: &str) -> Result<Self, ReadError> {
        let mut parser = parse_document(Sink::new(), ParseOpts::default());
        let mut rest = text;
        while !rest.is_empty() {
            let (chunk, remaining) = rest.split_at(rest.floor_char_boundary(CHUNK.min(rest.len())));
            parser.process(StrTendril::from_slice(chunk));
            rest = remaining;
            let sink = &parser.tokenizer.sink.sink;
            if sink.deepest.get() > MAX_DEPTH {
                return Err(ReadError::TooLarge(FileLimit::Depth));
            }
            if sink.dom.borrow().nodes.len() > MAX_NODES {
                return Err(ReadError::TooLarge(FileLimit::Elements));
            }
        }
        Ok(parser.finish())
    }

    /// What a node is.
    pub(super) fn data(&self, node: usize) -> &NodeData {
        self.nodes.get(node).map_or(&NodeData::Nothing, |node| &node.data)
    }

    /// The nodes directly within.
    pub(super) fn children(&self, node: usize) -> &[usize] {
        self.nodes.get(node).map_or(&[], |node| &node.children)
    }

    /// The node that this one is directly within.
    pub(super) fn parent(&self, node: usize) -> Option<usize> {
        self.nodes.get(node).and_then(|node| node.parent)
    }

    /// All nodes, in the order in which the parser made them. The first is the document.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &NodeData)> {
        self.nodes.iter().map(|node| &node.data).enumerate()
    }

    /// The name of an element; empty for other nodes.
    pub(super) fn name(&self, node: usize) -> &str {
        if let NodeData::Element(name, _) = self.data(node) { name } else { "" }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, node: usize, name: &str) -> Option<&str> {
        let NodeData::Element(_, attributes) = self.data(node) else { return None };
        attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All text within, comments too.
    pub(super) fn text(&self, node: usize) -> String {
        let mut text = String::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if let NodeData::Text(inner) | NodeData::Comment(inner) = self.data(node) {
                text.push_str(inner);
            }
            open.extend(self.children(node).iter().rev());
        }
        text
    }

    fn push(&mut self, data: NodeData) -> usize {
        self.nodes.push(HtmlNode { data, ..HtmlNode::default() });
        self.nodes.len() - 1
    }

    fn detach(&mut self, node: usize) {
        let Some(parent) = self.nodes.get_mut(node).and_then(|node| node.parent.take()) else {
            return;
        };
        // The parser moves what it made last.
        if let Some(parent) = self.nodes.get_mut(parent)
            && let Some(at) = parent.children.iter().rposition(|child| *child == node)
        {
            parent.children.remove(at);
        }
    }

    /// Puts a node or text into a parent, at a place among its children; gives the depth.
    fn insert(&mut self, parent: usize, at: usize, child: NodeOrText<usize>) -> usize {
        let depth = self.nodes.get(parent).map_or(0, |node| node.depth) + 1;
        let node = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node);
                node
            }
            NodeOrText::AppendText(text) => {
                let before =
                    at.checked_sub(1).and_then(|at| self.children(parent).get(at)).copied();
                if let Some(HtmlNode { data: NodeData::Text(last), .. }) =
                    before.and_then(|node| self.nodes.get_mut(node))
                {
                    last.push_str(&text);
                    return depth;
                }
                self.push(NodeData::Text(text.to_string()))
            }
        };
        if let Some(inserted) = self.nodes.get_mut(node) {
            inserted.parent = Some(parent);
            inserted.depth = depth;
        }
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.insert(at.min(parent.children.len()), node);
        }
        depth
    }
}

/// What the parser builds into.
struct Sink {
    dom: RefCell<Dom>,
    names: RefCell<Names>,
    deepest: Cell<usize>,
}

/// The names of elements, as the parser wants them back.
struct Names {
    none: QualName,
    by_node: Vec<Option<QualName>>,
}

impl Sink {
    fn new() -> Self {
        let mut dom = Dom::default();
        dom.push(NodeData::Nothing);
        let none = QualName::new(None, ns!(), local_name!(""));
        Self {
            dom: RefCell::new(dom),
            names: RefCell::new(Names { none, by_node: Vec::new() }),
            deepest: Cell::new(0),
        }
    }

    fn insert(&self, parent: usize, at: usize, child: NodeOrText<usize>) {
        let depth = self.dom.borrow_mut().insert(parent, at, child);
        self.deepest.set(self.deepest.get().max(depth));
    }
}

fn attributes(attributes: Vec<Attribute>) -> Vec<(String, String)> {
    attributes
        .into_iter()
        .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
        .collect()
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Dom;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Dom {
        self.dom.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.names.borrow(), |names| {
            names.by_node.get(*target).and_then(Option::as_ref).unwrap_or(&names.none)
        })
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> usize {
        let node = self
            .dom
            .borrow_mut()
            .push(NodeData::Element(name.local.to_string(), attributes(attrs)));
        let mut names = self.names.borrow_mut();
        names.by_node.resize(node, None);
        names.by_node.push(Some(name));
        node
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        self.dom.borrow_mut().push(NodeData::Comment(text.to_string()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.dom.borrow_mut().push(NodeData::Nothing)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let at = self.dom.borrow().children(*parent).len();
        self.insert(*parent, at, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        let has_parent = self.dom.borrow().parent(*element).is_some();
        if has_parent {
            self.append_before_sibling(element, child)
        } else {
            self.append(previous, child)
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // What a template holds is not shown, so it need not be kept apart.
    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.dom.borrow_mut().detach(*node);
        }
        let place = {
            let dom = self.dom.borrow();
            let parent = dom.parent(*sibling);
            parent.and_then(|parent| {
                Some((parent, dom.children(parent).iter().rposition(|child| child == sibling)?))
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attrs: Vec<Attribute>) {
        if let Some(HtmlNode { data: NodeData::Element(_, known), .. }) =
            self.dom.borrow_mut().nodes.get_mut(*target)
        {
            for (name, value) in attributes(attrs) {
                if known.iter().all(|(known, _)| *known != name) {
                    known.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.dom.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut dom = self.dom.borrow_mut();
        let children = dom
            .nodes
            .get_mut(*node)
            .map(|node| std::mem::take(&mut node.children))
            .unwrap_or_default();
        for child in &children {
            if let Some(child) = dom.nodes.get_mut(*child) {
                child.parent = Some(*new_parent);
            }
        }
        if let Some(parent) = dom.nodes.get_mut(*new_parent) {
            parent.children.extend(children);
        }
    }
}
