//! Things that exist because somebody names them: units and topics.

use std::collections::{BTreeMap, HashMap};

use crate::content::markdown::Anchors;
use crate::model::{Tag, Totals, Unit, UnitEntry, UnitId};
use crate::source::Spanned;
use crate::vocabulary::fold;

/// Names, each once, however it is spelled. The first spelling stays.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The folded name to the name as shown, and where it stands first.
    names: BTreeMap<String, Spanned<String>>,
    /// Folded short names to the folded name.
    other: BTreeMap<String, String>,
    /// Each spelling that was met to its folded form: thousands of texts spell a name the same way.
    spelled: HashMap<String, String>,
}

impl Names {
    /// The names of the register of units.
    pub(super) fn units(entries: &[UnitEntry]) -> Self {
        let mut names = Self::default();
        for entry in entries {
            names.add(&entry.name);
            if let Some(short) = &entry.short_name {
                names.other.entry(fold(short)).or_insert_with(|| fold(&entry.name));
            }
        }
        names
    }

    pub(super) fn add(&mut self, name: &Spanned<String>) {
        if self.spelled.contains_key(name.as_str()) {
            return;
        }
        let folded = fold(name);
        self.spelled.insert(name.value.clone(), folded.clone());
        if !self.other.contains_key(&folded) {
            self.names.entry(folded).or_insert_with(|| name.clone());
        }
    }

    pub(super) fn into_units(self, entries: Vec<UnitEntry>) -> Units {
        let mut entries: BTreeMap<String, UnitEntry> =
            entries.into_iter().map(|entry| (fold(&entry.name), entry)).collect();
        let mut addresses = addresses();
        let mut ids = BTreeMap::new();
        let mut list = Vec::new();
        for (folded, name) in self.names {
            ids.insert(folded.clone(), UnitId(list.len()));
            list.push(Unit {
                address: format!("units/{}.html", addresses.unique(&slug(&name))),
                entry: entries.remove(&folded),
                span: name.span,
                name: name.value,
                recommendations: Vec::new(),
                totals: Totals::default(),
            });
        }
        for (short, name) in self.other {
            if let Some(id) = ids.get(&name).copied() {
                ids.insert(short, id);
            }
        }
        let spelled = spelled(self.spelled, &ids);
        Units { list, ids, spelled }
    }

    pub(super) fn into_tags(self) -> Tags {
        let mut addresses = addresses();
        let mut ids = BTreeMap::new();
        let mut list = Vec::new();
        for (folded, name) in self.names {
            ids.insert(folded, list.len());
            list.push(Tag {
                address: format!("tags/{}.html", addresses.unique(&slug(&name))),
                span: name.span,
                name: name.value,
                recommendations: Vec::new(),
            });
        }
        let spelled = spelled(self.spelled, &ids);
        Tags { list, spelled }
    }
}

/// What each spelling names.
fn spelled<T: Copy>(
    spelled: HashMap<String, String>,
    ids: &BTreeMap<String, T>,
) -> HashMap<String, T> {
    let named = spelled.into_iter();
    named.filter_map(|(spelling, folded)| Some((spelling, *ids.get(&folded)?))).collect()
}

/// The addresses of a folder whose index stands at `index.html`.
fn addresses() -> Anchors {
    let mut addresses = Anchors::default();
    addresses.unique("index");
    addresses
}

/// All units, and the way to them by name.
pub(super) struct Units {
    pub(super) list: Vec<Unit>,
    ids: BTreeMap<String, UnitId>,
    spelled: HashMap<String, UnitId>,
}

impl Units {
    /// The unit of a name or short name.
    pub(super) fn find(&self, name: &str) -> Option<UnitId> {
        let known = self.spelled.get(name).or_else(|| self.ids.get(&fold(name)));
        known.copied()
    }
}

/// All topics, and the way to them by name.
pub(super) struct Tags {
    pub(super) list: Vec<Tag>,
    spelled: HashMap<String, usize>,
}

impl Tags {
    /// The topic of a name that a text has, by its index.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.spelled.get(name).copied()
    }
}

/// A name as part of an address: lower case, letters and digits, `-` between words. Never empty.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in fold(name).chars() {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    // File systems take 255 bytes, and no reader needs so many.
    while slug.len() > 80 {
        slug.pop();
    }
    if slug.is_empty() { "unnamed".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        assert_eq!(slug("Secretariat to the “Convention”"), "secretariat-to-the-convention");
        assert_eq!(slug("Секретариат (ЕЭК)"), "секретариат-еэк");
        assert_eq!(slug("../.."), "unnamed");
    }
}
