//! XML parts as trees: flat in memory, limited in depth and size, without document types.

use std::collections::HashMap;

use quick_xml::events::attributes::Attribute as RawAttribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::PrefixDeclaration;
use quick_xml::{Reader, XmlVersion};

use super::error::{FileLimit, ReadError};

/// How deep elements may be nested. Each nested table takes three or four levels and a text box ten, so
/// 64 would refuse documents that Word makes; 256 still keeps a recursive reader within its stack.
pub(crate) const MAX_DEPTH: usize = 256;
/// How many elements and texts a part may have.
const MAX_NODES: usize = 4_000_000;
/// How many attributes an element may have.
const MAX_ATTRIBUTES: usize = 1_000;
/// How many prefixes may be in force; each name is looked up among them.
const MAX_PREFIXES: usize = 250;

/// The namespaces that readers know, whichever edition of the standard they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// No namespace at all.
    None,
    /// One that no reader asks for.
    Other,
    /// `xml:`.
    Xml,
    /// `w:` `WordprocessingML`.
    W,
    /// `r:` relationships within a part.
    R,
    /// `m:` mathematics.
    M,
    /// `a:` drawings.
    A,
    /// `wp:` where drawings are placed.
    Wp,
    /// `mc:` alternatives for older programs.
    Mc,
    /// `v:` older drawings.
    V,
    /// `x:` `SpreadsheetML`.
    X,
    /// `office:` `OpenDocument`.
    Office,
    /// `table:` `OpenDocument`.
    Table,
    /// `text:` `OpenDocument`.
    Text,
    /// `style:` `OpenDocument`.
    Style,
    /// `fo:` `OpenDocument`.
    Fo,
    /// `xlink:`.
    Xlink,
    /// Dublin Core: titles and languages.
    Dc,
}

impl Namespace {
    fn of(uri: &str) -> Self {
        match uri {
            "" => Self::None,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::W,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | "http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::R,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::M,
            "http://schemas.openxmlformats.org/drawingml/2006/main"
            | "http://purl.oclc.org/ooxml/drawingml/main" => Self::A,
            "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => Self::Wp,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Mc,
            "urn:schemas-microsoft-com:vml" => Self::V,
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            | "http://purl.oclc.org/ooxml/spreadsheetml/main" => Self::X,
            "urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Self::Office,
            "urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Self::Table,
            "urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Self::Text,
            "urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Self::Style,
            "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" => Self::Fo,
            "http://www.w3.org/1999/xlink" => Self::Xlink,
            "http://purl.org/dc/elements/1.1/" => Self::Dc,
            _ => Self::Other,
        }
    }
}

/// A parsed part. Nodes are in the order of the text; each knows where what it contains ends.
#[derive(Debug, Default)]
pub(crate) struct XmlTree {
    nodes: Vec<XmlNode>,
    attributes: Vec<Attribute>,
    names: Vec<Box<str>>,
}

#[derive(Debug)]
struct XmlNode {
    content: NodeContent,
    /// The index after the last node within this one.
    end: usize,
}

#[derive(Debug)]
enum NodeContent {
    Element { namespace: Namespace, name: u32, attributes: (u32, u32) },
    Text(Box<str>),
}

#[derive(Debug)]
struct Attribute {
    namespace: Namespace,
    name: u32,
    value: Box<str>,
}

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t XmlTree,
    index: usize,
}

impl XmlTree {
    /// Parses the text of a part.
    pub(crate) fn parse(part: &str, text: &str) -> Result<Self, ReadError> {
        let mut builder = XmlBuilder { part, ..XmlBuilder::default() };
        let mut reader = Reader::from_str(text);
        loop {
            let event =
                reader.read_event().map_err(|error| ReadError::broken(part, error.to_string()))?;
            match event {
                Event::Start(start) => builder.open(&start)?,
                Event::Empty(start) => {
                    builder.open(&start)?;
                    builder.close();
                }
                Event::End(_) => builder.close(),
                Event::Text(text) => builder.text(&text.xml10_content()),
                Event::CData(text) => builder.text(&text.xml10_content()),
                Event::GeneralRef(reference) => builder.text(&referenced(part, &reference)?),
                Event::DocType(_) => {
                    return Err(ReadError::broken(
                        part,
                        "it has a document type, which Office never writes",
                    ));
                }
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
            builder.end_text()?;
        }
        if !builder.open.is_empty() {
            return Err(ReadError::broken(part, "it ends in the middle"));
        }
        match builder.tree.nodes.first() {
            Some(XmlNode { content: NodeContent::Element { .. }, .. }) => Ok(builder.tree),
            _ => Err(ReadError::broken(part, "it has no element")),
        }
    }

    /// The outermost element.
    pub(crate) const fn root(&self) -> Element<'_> {
        Element { tree: self, index: 0 }
    }
}

/// What an entity says: only those that XML itself defines.
fn referenced(
    part: &str,
    reference: &quick_xml::events::BytesRef<'_>,
) -> Result<String, ReadError> {
    if let Some(character) =
        reference.resolve_char_ref().map_err(|error| ReadError::broken(part, error.to_string()))?
    {
        return Ok(character.to_string());
    }
    let name: &str = reference;
    quick_xml::escape::resolve_predefined_entity(name)
        .map(str::to_owned)
        .ok_or_else(|| ReadError::broken(part, format!("it names an entity, &{name};")))
}

#[derive(Default)]
struct XmlBuilder<'p> {
    part: &'p str,
    tree: XmlTree,
    names: HashMap<Box<str>, u32>,
    /// The open elements, and how many prefixes were in force before each.
    open: Vec<(usize, usize)>,
    prefixes: Vec<(Box<str>, Namespace)>,
    /// The text since the last tag: each entity is a separate event.
    pending: String,
}

impl XmlBuilder<'_> {
    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), ReadError> {
        self.flush_text();
        if self.open.len() >= MAX_DEPTH {
            return Err(ReadError::TooLarge(FileLimit::Depth));
        }
        if self.open.is_empty() && !self.tree.nodes.is_empty() {
            return Err(ReadError::broken(self.part, "it has two outermost elements"));
        }
        let before = self.prefixes.len();
        let mut found: Vec<RawAttribute<'_>> = Vec::new();
        // The check for doubled attributes is quadratic; a doubled one is harmless here, as the first counts.
        for attribute in start.attributes().with_checks(false) {
            let attribute =
                attribute.map_err(|error| ReadError::broken(self.part, error.to_string()))?;
            if let Some(declaration) = attribute.key.as_namespace_binding() {
                let prefix = match declaration {
                    PrefixDeclaration::Default => "",
                    PrefixDeclaration::Named(name) => name,
                };
                self.prefixes.push((prefix.into(), Namespace::of(&attribute.value)));
            } else {
                found.push(attribute);
            }
            if found.len() > MAX_ATTRIBUTES || self.prefixes.len() > MAX_PREFIXES {
                return Err(ReadError::broken(self.part, "an element has too many attributes"));
            }
        }
        let first = self.tree.attributes.len();
        for attribute in found {
            self.attribute(&attribute)?;
        }
        let (local, prefix) = start.name().decompose();
        let namespace = self.namespace(prefix.map_or("", |prefix| prefix.into_inner()));
        let name = self.name(local.into_inner());
        let attributes = (index32(first), index32(self.tree.attributes.len()));
        self.open.push((self.tree.nodes.len(), before));
        self.tree.nodes.push(XmlNode {
            content: NodeContent::Element { namespace, name, attributes },
            end: 0,
        });
        Ok(())
    }

    fn attribute(&mut self, raw: &RawAttribute<'_>) -> Result<(), ReadError> {
        let (local, prefix) = raw.key.decompose();
        // An attribute without a prefix is in no namespace, whatever the default is.
        let namespace =
            prefix.map_or(Namespace::None, |prefix| self.namespace(prefix.into_inner()));
        let local = local.into_inner();
        // What Word writes most and no reader asks for.
        if namespace == Namespace::Other || local.starts_with("rsid") {
            return Ok(());
        }
        let value = raw
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| ReadError::broken(self.part, error.to_string()))?;
        let name = self.name(local);
        self.tree.attributes.push(Attribute { namespace, name, value: value.as_ref().into() });
        Ok(())
    }

    fn close(&mut self) {
        self.flush_text();
        if let Some((index, prefixes)) = self.open.pop() {
            let end = self.tree.nodes.len();
            if let Some(node) = self.tree.nodes.get_mut(index) {
                node.end = end;
            }
            self.prefixes.truncate(prefixes);
        }
    }

    fn text(&mut self, text: &str) {
        if !self.open.is_empty() {
            self.pending.push_str(text);
        }
    }

    /// Checks the size after each event.
    fn end_text(&self) -> Result<(), ReadError> {
        if self.tree.nodes.len().max(self.tree.attributes.len() / 4) > MAX_NODES {
            return Err(ReadError::TooLarge(FileLimit::Elements));
        }
        Ok(())
    }

    fn flush_text(&mut self) {
        if !self.pending.is_empty() {
            let end = self.tree.nodes.len() + 1;
            self.tree
                .nodes
                .push(XmlNode { content: NodeContent::Text(self.pending.as_str().into()), end });
            self.pending.clear();
        }
    }

    fn namespace(&self, prefix: &str) -> Namespace {
        if prefix == "xml" {
            return Namespace::Xml;
        }
        let none = if prefix.is_empty() { Namespace::None } else { Namespace::Other };
        self.prefixes
            .iter()
            .rev()
            .find(|(known, _)| &**known == prefix)
            .map_or(none, |(_, namespace)| *namespace)
    }

    fn name(&mut self, name: &str) -> u32 {
        if let Some(index) = self.names.get(name) {
            return *index;
        }
        let index = index32(self.tree.names.len());
        self.tree.names.push(name.into());
        self.names.insert(name.into(), index);
        index
    }
}

/// Sizes are limited to far less than 32 bits.
fn index32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl<'t> Element<'t> {
    /// Its place in the order of the part: the same number for the same element.
    pub(crate) const fn index(self) -> usize {
        self.index
    }

    fn node(self) -> Option<&'t XmlNode> {
        self.tree.nodes.get(self.index)
    }

    /// Its namespace and name, to be matched together.
    pub(crate) fn key(self) -> (Namespace, &'t str) {
        match self.node().map(|node| &node.content) {
            Some(NodeContent::Element { namespace, name, .. }) => {
                (*namespace, self.tree.name(*name))
            }
            _ => (Namespace::None, ""),
        }
    }

    /// Whether it has this name.
    pub(crate) fn is(self, namespace: Namespace, name: &str) -> bool {
        self.key() == (namespace, name)
    }

    /// The elements directly within.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> + Clone {
        let end = self.end();
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            while next < end {
                let node = self.tree.nodes.get(next)?;
                let index = next;
                next = node.end.max(index + 1);
                if matches!(node.content, NodeContent::Element { .. }) {
                    return Some(Element { tree: self.tree, index });
                }
            }
            None
        })
    }

    /// All elements within, in the order of the part.
    pub(crate) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        (self.index + 1..self.end()).map(move |index| Element { tree: self.tree, index }).filter(
            |element| {
                element
                    .node()
                    .is_some_and(|node| matches!(node.content, NodeContent::Element { .. }))
            },
        )
    }

    /// The index after the last node within.
    pub(crate) fn end(self) -> usize {
        self.node().map_or(self.index, |node| node.end)
    }

    /// The first child of this name.
    pub(crate) fn child(self, namespace: Namespace, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.is(namespace, name))
    }

    /// The first child of this name in `WordprocessingML`.
    pub(crate) fn w(self, name: &str) -> Option<Element<'t>> {
        self.child(Namespace::W, name)
    }

    /// The value of an attribute.
    pub(crate) fn attribute(self, namespace: Namespace, name: &str) -> Option<&'t str> {
        let Some(NodeContent::Element { attributes: (first, end), .. }) =
            self.node().map(|node| &node.content)
        else {
            return None;
        };
        let attributes = self.tree.attributes.get(*first as usize..*end as usize)?;
        attributes
            .iter()
            .find(|attribute| {
                attribute.namespace == namespace && self.tree.name(attribute.name) == name
            })
            .map(|attribute| &*attribute.value)
    }

    /// The attribute `w:val`, which most elements of `WordprocessingML` have.
    pub(crate) fn val(self) -> Option<&'t str> {
        self.attribute(Namespace::W, "val")
    }

    /// The texts directly within.
    pub(crate) fn text(self) -> String {
        let mut text = String::new();
        let mut next = self.index + 1;
        while next < self.end() {
            let Some(node) = self.tree.nodes.get(next) else { break };
            if let NodeContent::Text(found) = &node.content {
                text.push_str(found);
            }
            next = node.end.max(next + 1);
        }
        text
    }

    /// The elements and texts directly within, in their order.
    pub(crate) fn contents(self) -> Vec<Inside<'t>> {
        let mut inside = Vec::new();
        let mut next = self.index + 1;
        while next < self.end() {
            let Some(node) = self.tree.nodes.get(next) else { break };
            inside.push(match &node.content {
                NodeContent::Text(text) => Inside::Text(text),
                NodeContent::Element { .. } => {
                    Inside::Element(Element { tree: self.tree, index: next })
                }
            });
            next = node.end.max(next + 1);
        }
        inside
    }
}

/// What is directly within an element.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Inside<'t> {
    /// Text.
    Text(&'t str),
    /// An element.
    Element(Element<'t>),
}

impl XmlTree {
    fn name(&self, index: u32) -> &str {
        self.names.get(index as usize).map_or("", |name| name)
    }
}

/// Whether an on/off value says on: `1`, `true`, `on`, or nothing.
pub(crate) fn is_on(value: Option<&str>) -> bool {
    !matches!(value, Some("0" | "false" | "off"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_type_is_refused() {
        let text = "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>";
        assert!(XmlTree::parse("p", text).unwrap_err().to_string().contains("document type"));
        assert!(XmlTree::parse("p", "<a>&x;</a>").unwrap_err().to_string().contains("&x;"));
    }

    #[test]
    fn depth_is_limited() {
        let deep = |n: usize| format!("{}{}", "<a>".repeat(n), "</a>".repeat(n));
        assert!(XmlTree::parse("p", &deep(MAX_DEPTH)).is_ok());
        assert_eq!(
            XmlTree::parse("p", &deep(MAX_DEPTH + 1)).unwrap_err(),
            ReadError::TooLarge(FileLimit::Depth)
        );
        assert!(XmlTree::parse("p", "<a><b></a>").is_err());
        assert!(XmlTree::parse("p", "<a>").is_err());
        assert!(XmlTree::parse("p", "").is_err());
    }

    #[test]
    fn texts_and_attributes_are_found() {
        let tree = XmlTree::parse("p", "<a x='1&amp;2'>b &lt;<c/>d&#x41;<e> f </e></a>").unwrap();
        let root = tree.root();
        assert_eq!(root.text(), "b <dA");
        assert_eq!(root.attribute(Namespace::None, "x"), Some("1&2"));
        assert_eq!(root.children().count(), 2);
        assert_eq!(root.child(Namespace::None, "e").unwrap().text(), " f ");
    }
}
