//! Pages, those of Word too: blocks, tables and lists as a browser shows them.

mod css;
mod dom;
mod flow;
mod list;
mod look;
mod reader;
mod table;

use super::document::{ForeignDocument, character_count};
use super::error::ReadError;

use dom::{Dom, NodeData};
use reader::HtmlReader;

/// Reads a page.
pub(super) fn read(text: &str) -> Result<ForeignDocument, ReadError> {
    let dom = Dom::parse(text)?;
    let mut reader = HtmlReader::new(&dom);
    let blocks = reader.page()?;
    let mut document = ForeignDocument { blocks, ..reader.document };
    document.characters = characters(&dom);
    let all = || dom.all().map(|(node, _)| node);
    document.title = all()
        .find(|node| is_title(&dom, *node))
        .map(|node| dom.text(node).split_whitespace().collect::<Vec<_>>().join(" "));
    document.title.take_if(|title| title.is_empty());
    let language = |node: usize| {
        dom.attribute(node, "lang").filter(|language| !language.is_empty()).map(str::to_owned)
    };
    document.language =
        all().filter(|node| matches!(dom.name(*node), "html" | "body")).filter_map(language).last();
    Ok(document)
}

/// Whether a node is the title of the page, which describes it and is not in it.
fn is_title(dom: &Dom, node: usize) -> bool {
    dom.name(node) == "title" && dom.parent(node).is_some_and(|parent| dom.name(parent) == "head")
}

/// The account: every text and comment of the page, wherever it is.
fn characters(dom: &Dom) -> usize {
    let of = |(node, data): (usize, &NodeData)| match data {
        NodeData::Text(_) if dom.parent(node).is_some_and(|parent| is_title(dom, parent)) => 0,
        NodeData::Text(text) | NodeData::Comment(text) => character_count(text),
        NodeData::Element(..) | NodeData::Nothing => 0,
    };
    dom.all().map(of).sum()
}
