//! One mistake is reported once: what only follows from another is left out.

use std::collections::BTreeSet;

use crate::diagnostics::{Diagnostic, Follows, Hides, Severity};
use crate::model::Site;
use crate::source::{FileId, Input};

/// What the mistakes of a site make doubtful.
struct Doubtful<'a> {
    /// The files that may hold what was not read.
    files: BTreeSet<FileId>,
    /// The folders with a file that has no page, or whose page another file has taken.
    folders: BTreeSet<&'a str>,
    /// The places of all mistakes, each with its code.
    places: BTreeSet<(FileId, u32, &'static str)>,
}

/// Leaves out what follows from another mistake, as the rules say ([`Follows`]).
///
/// A file that cannot be read has no page, but what depends on it may still be right: its number is
/// not missing, and it may be the only one that cites a document.
pub fn without_consequences(site: &Site, input: &Input, diagnostics: &mut Vec<Diagnostic>) {
    let doubtful = doubtful(site, input, diagnostics);
    diagnostics.retain(|diagnostic| {
        let Some(span) = diagnostic.span else { return true };
        let is_consequence = match diagnostic.rule.follows {
            Follows::Nothing => false,
            Follows::File => doubtful.files.contains(&span.file),
            Follows::Folder => doubtful.folders.contains(folder(&input.file(span.file).path)),
            Follows::Site => !doubtful.folders.is_empty(),
            Follows::Place(rule) => doubtful.places.contains(&(span.file, span.start, rule.code)),
        };
        !is_consequence
    });
}

fn doubtful<'a>(site: &Site, input: &'a Input, diagnostics: &[Diagnostic]) -> Doubtful<'a> {
    let mut doubtful =
        Doubtful { files: BTreeSet::new(), folders: BTreeSet::new(), places: BTreeSet::new() };
    for diagnostic in diagnostics {
        let Some(span) = diagnostic.span else { continue };
        let path = input.file(span.file).path.as_str();
        let is_lost = path.ends_with(".md") && !site.text_pages.contains_key(path);
        doubtful.places.insert((span.file, span.start, diagnostic.code()));
        if diagnostic.rule.hides != Hides::Nothing {
            doubtful.files.insert(span.file);
        }
        if diagnostic.severity == Severity::Error
            && (is_lost || diagnostic.rule.hides == Hides::All)
        {
            doubtful.folders.insert(folder(path));
        }
    }
    doubtful
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
