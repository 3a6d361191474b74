//! For people at a terminal: what would be said a hundred times is said ten times, and counted.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity};
use crate::source::Input;

/// How often one kind of mistake is shown in one folder before the rest is only counted.
const SHOWN: usize = 10;

/// Diagnostics as a terminal shows them.
#[derive(Debug)]
pub struct Folded {
    /// Those that are shown, in the order in which they are: errors last, where the eye is.
    pub shown: Vec<Diagnostic>,
    /// Those that are only counted, by severity, code and folder.
    pub more: Vec<More>,
}

/// Diagnostics of one kind in one folder that are only counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct More {
    /// What they are.
    pub severity: Severity,
    /// Their code.
    pub code: &'static str,
    /// The folder, from the site's root.
    pub folder: String,
    /// How many.
    pub count: usize,
}

/// Shows the first of each kind in each folder, and counts the others.
pub fn fold(input: &Input, diagnostics: &[Diagnostic]) -> Folded {
    let mut counts: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
    let mut more: Vec<More> = Vec::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let path = diagnostic.span.map_or("", |span| input.file(span.file).path.as_str());
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (severity, code) = (diagnostic.severity, diagnostic.code());
        let count = counts.entry((code, folder)).or_default();
        *count += 1;
        if *count <= SHOWN {
            shown.push(diagnostic.clone());
            continue;
        }
        let known = more.iter_mut().find(|of| of.code == code && of.folder == folder);
        match known {
            Some(known) => known.count += 1,
            None => more.push(More { severity, code, folder: folder.to_owned(), count: 1 }),
        }
    }
    shown.sort_by_key(|diagnostic| diagnostic.severity);
    more.sort_by_key(|more| more.severity);
    Folded { shown, more }
}

/// How many there are of each code, the most frequent first.
pub fn by_code(diagnostics: &[Diagnostic]) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    diagnostics.iter().for_each(|one| *counts.entry(one.code()).or_default() += 1);
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Rule;
    use crate::source::{Content, File, FileId, Span};

    #[test]
    fn what_is_said_often_is_counted() {
        let file = |path: &str| File { path: path.to_owned(), content: Content::Text("x".into()) };
        let files = vec![file("content/a/1.md"), file("content/b/1.md")];
        let input = Input::new(files, chrono::NaiveDate::default());
        let one = |file, rule| Diagnostic::of(rule, Span::top(FileId(file)), "x");
        let mut all: Vec<Diagnostic> = vec![one(0, &Rule::ERROR)];
        all.extend((0..25).map(|_| one(0, &Rule::NOTE)));
        all.extend((0..5).map(|_| one(1, &Rule::NOTE)));
        let Folded { shown, more } = fold(&input, &all);
        assert_eq!(shown.last().map(|one| one.severity), Some(Severity::Error));
        assert_eq!(shown.len() + more.iter().map(|of| of.count).sum::<usize>(), all.len());
        assert!(more.iter().all(|of| of.folder == "content/a"));
    }
}
