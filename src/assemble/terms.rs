//! The terms of the glossary, and where each is used.

use std::collections::{BTreeMap, BTreeSet};

use super::names::slug;
use super::order::{Ordered, places};
use crate::model::{Distinct, Source, Term, TermEntry};
use crate::references::Key;
use crate::source::composed;
use crate::vocabulary::fold;

/// The terms of a site.
pub(super) struct Terms {
    pub(super) list: Vec<Term>,
    /// Which term a written form is.
    pub(super) ids: BTreeMap<String, usize>,
}

/// Makes the terms of a site from its glossary.
pub(super) fn terms(mut entries: Vec<TermEntry>, ordered: &Ordered) -> Terms {
    entries.sort_by_cached_key(|entry| (fold(&entry.term), entry.term.value.clone()));
    let mut ids = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        for form in entry.all_forms() {
            ids.entry(composed(form).into_owned()).or_insert(index);
        }
    }
    let mut anchors = Distinct::default();
    let used_in = used_in(&ids, entries.len(), ordered);
    let term = |(entry, used_in): (TermEntry, Vec<Source>)| Term {
        anchor: anchors.name(&slug(&entry.term)),
        entry,
        used_in,
    };
    Terms { list: entries.into_iter().zip(used_in).map(term).collect(), ids }
}

/// The sources whose texts use each term.
fn used_in(ids: &BTreeMap<String, usize>, count: usize, ordered: &Ordered) -> Vec<Vec<Source>> {
    let mut used_in: Vec<Vec<Source>> = vec![Vec::new(); count];
    if count == 0 {
        return used_in;
    }
    for (source, texts) in ordered.sources() {
        let terms: BTreeSet<usize> = places(source, texts)
            .map(|(_, found)| &found.key)
            .chain(texts.all().flat_map(|text| &text.in_facts).map(|found| &found.key))
            .filter_map(|key| match key {
                Key::Term(form) => ids.get(form.as_ref()).copied(),
                _ => None,
            })
            .collect();
        terms.into_iter().for_each(|term| used_in[term].push(source));
    }
    used_in
}
