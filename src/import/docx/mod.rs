//! Word documents: everything that Word shows, and an account of everything else.

mod body;
mod changes;
mod drawing;
mod fields;
mod math;
mod numbering;
mod paragraph;
mod parts;
mod plain;
mod raw;
mod reader;
mod styles;
mod table;

use std::collections::BTreeSet;

use super::document::{ForeignDocument, LeftOutKind};
use super::error::ReadError;
use super::package::Package;
use super::{ReadOptions, Resolve};

use parts::Parts;
use plain::plain_text_and_codes;
use reader::WordReader;

/// Reads the document whose main part has this name.
pub(super) fn read(
    package: &mut Package<'_>,
    main: &str,
    options: ReadOptions,
) -> Result<ForeignDocument, ReadError> {
    let parts = Parts::read(package, main)?;
    let mut reader = WordReader::new(package, &parts, options.changes.unwrap_or(Resolve::Accept));
    let blocks = reader.document()?;
    let mut document = ForeignDocument { blocks, ..reader.finish() };
    if options.changes.is_none() && !document.changes.is_empty() {
        let authors = document.changes.iter().filter_map(|change| change.author.clone());
        let authors = authors.collect::<BTreeSet<_>>().into_iter().collect();
        return Err(ReadError::TrackedChanges { authors, number: document.changes.len() });
    }
    for part in &parts.furniture {
        let (text, codes) = plain_text_and_codes(part.tree.root());
        document.leave_out(LeftOutKind::PageFurniture, text);
        document.leave_out(LeftOutKind::FieldCode, codes);
    }
    document.characters = parts.characters;
    let (title, language) = package.title_and_language()?;
    document.title = title;
    document.language = language.or(document.language);
    Ok(document)
}
