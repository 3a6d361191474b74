//! Things that exist because they are named: units and topics.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::order::Ordered;
use crate::model::{
    Distinct, Recommendation, RecommendationId, Tag, Totals, Unit, UnitEntry, UnitId,
};
use crate::source::Spanned;
use crate::vocabulary::fold;

/// Names, each one once however it is spelled. The first spelling is shown.
#[derive(Debug)]
pub(super) struct Named {
    /// The names as shown, each with its first place, in the order of their folded forms.
    list: Vec<Spanned<String>>,
    /// Where in the list a folded name or short name is.
    ids: BTreeMap<String, usize>,
    /// Where in the list each spelling is: thousands of texts spell a name the same way.
    spelled: HashMap<String, usize>,
}

impl Named {
    /// The units that are registered or responsible for something.
    pub(super) fn units(register: &[UnitEntry], ordered: &Ordered) -> Self {
        let mut short: BTreeMap<String, String> = BTreeMap::new();
        let names: BTreeSet<String> = register.iter().map(|entry| fold(&entry.name)).collect();
        for entry in register {
            let others = entry.all_names().skip(1);
            // A name is the unit of that name, whatever other units are or were called.
            for other in others.map(|name| fold(name)).filter(|other| !names.contains(other)) {
                short.entry(other).or_insert_with(|| fold(&entry.name));
            }
        }
        let fronts = ordered.recommendations.iter().map(|one| &one.front);
        let responsible = fronts.flat_map(|front| front.unit_names());
        Self::new(register.iter().map(|entry| &entry.name).chain(responsible), short)
    }

    /// The topics of recommendations.
    pub(super) fn topics(ordered: &Ordered) -> Self {
        let recommendations = ordered.recommendations.iter();
        Self::new(recommendations.flat_map(|one| &one.front.tags.0), BTreeMap::new())
    }

    /// The names, where the folded forms `short` stand for others.
    fn new<'n>(
        names: impl Iterator<Item = &'n Spanned<String>>,
        short: BTreeMap<String, String>,
    ) -> Self {
        let mut folded_by_spelling: HashMap<&str, String> = HashMap::new();
        let mut shown: BTreeMap<String, &Spanned<String>> = BTreeMap::new();
        for name in names {
            if folded_by_spelling.contains_key(name.as_str()) {
                continue;
            }
            let folded = fold(name);
            if !short.contains_key(&folded) {
                shown.entry(folded.clone()).or_insert(name);
            }
            folded_by_spelling.insert(name, folded);
        }
        let list = shown.values().map(|name| (*name).clone()).collect();
        let mut ids: BTreeMap<String, usize> = shown.into_keys().zip(0..).collect();
        for (short, name) in short {
            if let Some(id) = ids.get(&name).copied() {
                ids.insert(short, id);
            }
        }
        let spelled = folded_by_spelling.into_iter();
        let spelled = spelled.filter_map(|(spelling, folded)| {
            Some((spelling.to_owned(), ids.get(&folded).copied()?))
        });
        Self { list, spelled: spelled.collect(), ids }
    }

    /// Where in the list a name is.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.spelled.get(name).or_else(|| self.ids.get(&fold(name))).copied()
    }

    /// Where in the list the names of a text are, each once.
    pub(super) fn find_all<'n>(
        &self,
        names: impl IntoIterator<Item = &'n Spanned<String>>,
    ) -> Vec<usize> {
        let mut found = Vec::new();
        for name in names {
            let known = self.spelled.get(name.as_str()).or_else(|| self.ids.get(&fold(name)));
            if let Some(id) = known.copied().filter(|id| !found.contains(id)) {
                found.push(id);
            }
        }
        found
    }

    /// Makes the units, each with the recommendations that it is to carry out, in whole or in part.
    pub(super) fn into_units(
        self,
        register: Vec<UnitEntry>,
        recommendations: &[Recommendation],
    ) -> Vec<Unit> {
        let parents: BTreeMap<String, String> = register
            .iter()
            .filter_map(|entry| Some((fold(&entry.name), entry.parent.as_ref()?.value.clone())))
            .collect();
        let mut own: Vec<Vec<RecommendationId>> = vec![Vec::new(); self.list.len()];
        let mut totals: Vec<Totals> = vec![Totals::default(); self.list.len()];
        let newest = || recommendations.iter().enumerate().filter(|(_, one)| one.is_newest());
        for (index, recommendation) in newest() {
            for unit in recommendation.all_units() {
                own[unit.0].push(RecommendationId(index));
                totals[unit.0].add_for(unit, recommendation);
            }
        }
        let parents: Vec<Option<UnitId>> = self
            .list
            .iter()
            .map(|name| {
                let registered = parents.get(&fold(name))?;
                let parent = UnitId(self.find(registered)?);
                // No unit is part of itself.
                (fold(&self.list[parent.0]) != fold(name)).then_some(parent)
            })
            .collect();
        let mut members: Vec<Vec<UnitId>> = vec![Vec::new(); self.list.len()];
        for (index, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent {
                members[parent.0].push(UnitId(index));
            }
        }
        let mut entries: BTreeMap<String, UnitEntry> =
            register.into_iter().map(|entry| (fold(&entry.name), entry)).collect();
        let mut addresses = beside_index();
        let related = parents.into_iter().zip(members);
        let mut units = Vec::with_capacity(self.list.len());
        let counted = own.into_iter().zip(totals).zip(related);
        for (name, ((recommendations, totals), (parent, members))) in
            self.list.into_iter().zip(counted)
        {
            units.push(Unit {
                parent,
                members,
                address: format!("units/{}.html", addresses.name(&slug(&name))),
                entry: entries.remove(&fold(&name)),
                span: name.span,
                name: name.value,
                recommendations,
                totals,
            });
        }
        units
    }

    /// Makes the topics, each with its recommendations.
    pub(super) fn into_tags(self, recommendations: &[Recommendation]) -> Vec<Tag> {
        let mut own: Vec<Vec<RecommendationId>> = vec![Vec::new(); self.list.len()];
        let newest = recommendations.iter().enumerate().filter(|(_, one)| one.is_newest());
        for (index, recommendation) in newest {
            for tag in &recommendation.tags {
                own[*tag].push(RecommendationId(index));
            }
        }
        let mut addresses = beside_index();
        let tag = |(name, recommendations): (Spanned<String>, _)| Tag {
            address: format!("tags/{}.html", addresses.name(&slug(&name))),
            span: name.span,
            name: name.value,
            recommendations,
        };
        self.list.into_iter().zip(own).map(tag).collect()
    }
}

/// The addresses of a folder whose index is at `index.html`.
fn beside_index() -> Distinct {
    Distinct::without(["index"])
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
    // File systems allow 255 bytes; readers need far fewer.
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
