//! The parts of a Word document that hold text, and those that say how it looks.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::import::error::ReadError;
use crate::import::package::{Package, PartTarget, Relationship};
use crate::import::xml::XmlTree;

use super::fields::unmatched;
use super::raw;
use super::styles::WordStyles;

/// All parts that the reader needs.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) main: WordPart,
    pub(super) footnotes: Option<WordPart>,
    pub(super) endnotes: Option<WordPart>,
    pub(super) comments: Option<WordPart>,
    /// Headers and footers.
    pub(super) furniture: Vec<WordPart>,
    pub(super) styles: WordStyles,
    pub(super) numbering: Option<XmlTree>,
    /// How many characters all of them hold, by the second reading.
    pub(super) characters: usize,
}

/// A part with text.
#[derive(Debug)]
pub(super) struct WordPart {
    pub(super) tree: XmlTree,
    /// Where its relationships lead, by their identifiers.
    pub(super) targets: HashMap<String, PartTarget>,
    /// The `w:fldChar` that count for nothing.
    pub(super) unmatched: HashSet<usize>,
}

impl Parts {
    /// Reads them all, starting from the name of the main part.
    pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Self, ReadError> {
        let mut characters = 0;
        let Some(main_part) = part(package, main, &mut characters)? else {
            return Err(ReadError::broken(main, "it is missing"));
        };
        let related = package.relationships(main)?;
        let names = |kind: &str| -> BTreeSet<String> {
            let of_kind = related.iter().filter(|relationship| relationship.kind == kind);
            let named = |relationship: &Relationship| match &relationship.target {
                PartTarget::Part(name) => Some(name.clone()),
                PartTarget::Outside(_) => None,
            };
            of_kind.filter_map(named).collect()
        };
        let mut first = |package: &mut Package<'_>, kind: &str| match names(kind).first() {
            Some(name) => part(package, name, &mut characters),
            None => Ok(None),
        };
        let footnotes = first(package, "footnotes")?;
        let endnotes = first(package, "endnotes")?;
        let comments = first(package, "comments")?;
        let mut furniture = Vec::new();
        for name in names("header").iter().chain(&names("footer")) {
            furniture.extend(part(package, name, &mut characters)?);
        }
        let tree = |package: &mut Package<'_>, kind: &str| match names(kind).first() {
            Some(name) => package.tree(name),
            None => Ok(None),
        };
        let styles =
            tree(package, "styles")?.map(|tree| WordStyles::read(&tree)).unwrap_or_default();
        let numbering = tree(package, "numbering")?;
        Ok(Self {
            main: main_part,
            footnotes,
            endnotes,
            comments,
            furniture,
            styles,
            numbering,
            characters,
        })
    }
}

fn part(
    package: &mut Package<'_>,
    name: &str,
    characters: &mut usize,
) -> Result<Option<WordPart>, ReadError> {
    let Some(text) = package.text(name)? else { return Ok(None) };
    let tree = XmlTree::parse(name, &text)?;
    *characters += raw::characters(name, &text)?;
    let related = package.relationships(name)?;
    let targets =
        related.into_iter().map(|relationship| (relationship.id, relationship.target)).collect();
    let unmatched = unmatched(tree.root());
    Ok(Some(WordPart { tree, targets, unmatched }))
}
