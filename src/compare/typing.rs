//! Texts that were typed differently and say the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{ChangeGroup, ChangeItem, Changed, Comparison, DiffPiece};
use crate::model::Text;
use crate::source::{Content, Input};

impl Comparison<'_> {
    /// Notes the texts that differ in their files, and in nothing that the site says: keys in another
    /// order, lines wrapped elsewhere, other quotes.
    #[must_use]
    pub fn with_typing(mut self, before: &Input, now: &Input) -> Self {
        let before = texts(before);
        let differing = texts(now).into_iter().filter(|(path, text)| {
            // One that was read before is often the same in memory.
            let differs = |old: &&Arc<str>| !Arc::ptr_eq(old, text) && *old != text;
            before.get(path).as_ref().is_some_and(differs)
        });
        let meant = self.paths();
        self.typing =
            differing.map(|(path, _)| path).filter(|path| !meant.contains(path)).collect();
        self
    }

    /// The same as a group of the summary.
    pub(super) fn only_typed(&self) -> ChangeGroup {
        let items = self.typing.iter().map(|path| ChangeItem {
            of: path.clone(),
            path: path.clone(),
            address: None,
            says: vec![DiffPiece::Same("says the same as before".to_owned())],
        });
        ChangeGroup { heading: "Only typing", is_detail: true, items: items.collect() }
    }

    /// The files of what changed in meaning.
    fn paths(&self) -> BTreeSet<String> {
        let of_text = |text: &Text| text.path.clone();
        let recommendation = |of: &Changed| self.now.recommendation(of.now);
        let changed = self.changed.iter().map(recommendation);
        let changed = changed.flat_map(|of| of.texts.all()).map(of_text);
        let reports = self.reports.iter().filter_map(|of| of.now).map(|id| self.now.report(id));
        let reports = reports.flat_map(|of| of.texts.all()).map(of_text);
        let pages = self.pages.iter().map(|page| page.path.clone());
        changed.chain(reports).chain(pages).collect()
    }
}

fn texts(input: &Input) -> BTreeMap<String, Arc<str>> {
    let texts = input.files.iter().filter_map(|file| match &file.content {
        Content::Text(text) if file.path.ends_with(".md") => {
            Some((file.path.clone(), Arc::clone(text)))
        }
        _ => None,
    });
    texts.collect()
}
