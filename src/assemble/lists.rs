//! The lists in which readers look for recommendations.

use std::collections::{BTreeMap, BTreeSet};

use super::names::slug;
use crate::config::{FactKind, OwnFact};
use crate::model::{
    Choice, ChoicePage, ChoiceValue, Facet, FacetKind, ListPage, Lists, RecommendationId, ReportId,
    Site, TablePage, UnitId,
};
use crate::source::Spanned;
use crate::vocabulary::{AxisValue, Worded, fold};

/// The folder of the lists.
const FOLDER: &str = "recommendations";

/// A facet with more choices than this helps nobody to choose.
const MOST_CHOICES: usize = 1000;

/// The lists of a site.
pub(super) fn lists(site: &Site) -> Lists {
    let in_order = site.reports_in_order.iter();
    let ids = in_order.flat_map(|id| site.report(*id).recommendations.clone());
    let ids = ids.map(RecommendationId).filter(|id| site.recommendation(*id).is_newest());
    let lister = Lister { site, all: ids.collect() };
    let of_report = |(index, report)| TablePage::of(ReportId(index), report);
    let table_pages = site.reports.iter().enumerate().flat_map(of_report).collect();
    if lister.all.is_empty() {
        return Lists { table_pages, ..Lists::default() };
    }
    let facets = lister.facets();
    let pages = ListPage::of(None, &format!("{FOLDER}/index.html"), lister.all.len());
    let own = facets.iter().enumerate().flat_map(|(facet, of)| {
        let choices = of.choices.iter().enumerate();
        choices.filter_map(move |(index, choice)| match &choice.page {
            ChoicePage::Own(first) => {
                Some(ListPage::of(Some((facet, index)), first, choice.recommendations.len()))
            }
            ChoicePage::Existing(_) | ChoicePage::Place(..) => None,
        })
    });
    let choice_pages = own.flatten().collect();
    Lists { choice_pages, all: lister.all, facets, pages, table_pages }
}

struct Lister<'a> {
    site: &'a Site,
    /// The recommendations that can be chosen, in the order of lists.
    all: Vec<RecommendationId>,
}

/// What is chosen, with the name and the page that it has.
struct Chosen {
    key: String,
    value: Option<ChoiceValue>,
    page: Option<ChoicePage>,
}

/// A value of an own fact: where it was first typed, and what has it.
struct Known {
    value: ChoiceValue,
    typed: String,
    of: Vec<RecommendationId>,
}

impl Lister<'_> {
    fn facets(&self) -> Vec<Facet> {
        let facts = self.site.config.facts.iter().flat_map(|facts| facts.0.iter().enumerate());
        let filters = facts.filter(|(_, (_, fact))| fact.filter);
        let own = filters.map(|(index, (key, fact))| self.facet_of_fact(index, key, fact));
        let facets = [
            self.of_worded(FacetKind::Status, |of| of.status, ChoiceValue::Status),
            self.timeliness(),
            self.of_worded(FacetKind::Response, |of| of.response, ChoiceValue::Response),
            self.reports(),
            self.groups(),
            self.units(),
            self.topics(),
            self.goals(),
            self.years(),
        ];
        let all = facets.into_iter().chain(own);
        all.filter(|facet| (2..=MOST_CHOICES).contains(&facet.choices.len())).collect()
    }

    /// A facet of which each recommendation has at most one choice, in the order of the values; what
    /// has none is one, too, where others have one.
    fn of_one<K: Ord + Copy>(
        &self,
        kind: FacetKind,
        value_of: impl Fn(RecommendationId) -> Option<K>,
        chosen: impl Fn(K) -> Chosen,
    ) -> Facet {
        let mut by_value: BTreeMap<K, Vec<RecommendationId>> = BTreeMap::new();
        let mut without = Vec::new();
        for id in &self.all {
            match value_of(*id) {
                Some(value) => by_value.entry(value).or_default().push(*id),
                None => without.push(*id),
            }
        }
        let not_stated = Chosen { key: "not-stated".to_owned(), value: None, page: None };
        let not_stated = (!without.is_empty()).then_some((not_stated, without));
        let stated = by_value.into_iter().map(|(value, ids)| (chosen(value), ids));
        facet(kind, kind.name().unwrap_or_default(), stated.chain(not_stated))
    }

    fn of_worded<T: AxisValue + Ord>(
        &self,
        kind: FacetKind,
        value_of: impl Fn(&crate::model::State) -> Option<Worded<T>>,
        value: impl Fn(Worded<T>) -> ChoiceValue,
    ) -> Facet {
        let of = |id| value_of(&self.site.recommendation(id).state);
        self.of_one(kind, of, |worded| {
            // An organisation may have several words for a meaning.
            let own = worded.own.filter(|own| *own > 0).map(|own| format!("-{}", own + 1));
            let key = slug(worded.meaning.name()) + &own.unwrap_or_default();
            Chosen { key, value: Some(value(worded)), page: None }
        })
    }

    fn timeliness(&self) -> Facet {
        let of = |id| self.site.recommendation(id).state.timeliness.map(|of| of.kind());
        self.of_one(FacetKind::Timeliness, of, |kind| Chosen {
            key: slug(kind.name()),
            value: Some(ChoiceValue::Timeliness(kind)),
            page: None,
        })
    }

    fn reports(&self) -> Facet {
        // By their place in lists.
        let places: BTreeMap<ReportId, usize> =
            self.site.reports_in_order.iter().copied().zip(0..).collect();
        let of = |id| places.get(&self.site.recommendation(id).report).copied();
        self.of_one(FacetKind::Report, of, |place| {
            let id = self.site.reports_in_order[place];
            let report = self.site.report(id);
            Chosen {
                key: report.folder.clone(),
                value: Some(ChoiceValue::Report(id)),
                page: Some(ChoicePage::Existing(report.address.clone())),
            }
        })
    }

    fn groups(&self) -> Facet {
        let groups = self.site.reports_in_order.iter().flat_map(|id| {
            let report = self.site.report(*id);
            report.groups.iter().enumerate().map(move |(index, group)| {
                let ids = group.recommendations.clone().map(RecommendationId);
                let newest = ids.filter(|id| self.site.recommendation(*id).is_newest());
                let chosen = Chosen {
                    key: format!("{}/{}", report.folder, group.anchor),
                    value: Some(ChoiceValue::Group(*id, index)),
                    page: Some(ChoicePage::Place(report.address.clone(), group.anchor.clone())),
                };
                (chosen, newest.collect())
            })
        });
        facet(FacetKind::Group, "group", groups)
    }

    fn units(&self) -> Facet {
        let units = self.site.units.iter().enumerate().map(|(index, unit)| {
            let page = &unit.address;
            (existing(page, ChoiceValue::Unit(UnitId(index))), unit.recommendations.clone())
        });
        facet(FacetKind::Responsible, "responsible", units)
    }

    fn topics(&self) -> Facet {
        let topics = self.site.tags.iter().enumerate().map(|(index, tag)| {
            (existing(&tag.address, ChoiceValue::Topic(index)), tag.recommendations.clone())
        });
        facet(FacetKind::Topic, "tags", topics)
    }

    fn goals(&self) -> Facet {
        let goals = self.site.goals.iter().enumerate().map(|(index, goal)| {
            let is_of =
                |id: &RecommendationId| self.site.recommendation(*id).goals.contains(&index);
            let ids = self.all.iter().copied().filter(is_of).collect();
            (existing(&goal.address, ChoiceValue::Goal(goal.number)), ids)
        });
        facet(FacetKind::Goal, "goals", goals)
    }

    fn years(&self) -> Facet {
        // The newest year first.
        let of = |id| self.site.year_made(id).map(std::cmp::Reverse);
        self.of_one(FacetKind::Year, of, |year| Chosen {
            key: year.0.to_string(),
            value: Some(ChoiceValue::Year(year.0)),
            page: None,
        })
    }

    fn facet_of_fact(&self, index: usize, key: &Spanned<String>, fact: &OwnFact) -> Facet {
        // Values that differ in case and accents are one.
        let mut known: BTreeMap<String, Known> = BTreeMap::new();
        for id in &self.all {
            let facts = self.site.recommendation(*id).facts.iter();
            let values = facts.filter(|of| of.fact == index).flat_map(|of| &of.values);
            for (place, typed) in values.enumerate() {
                let first = || Known {
                    value: ChoiceValue::Fact(*id, place),
                    typed: typed.value.clone(),
                    of: Vec::new(),
                };
                let value = known.entry(fold(typed)).or_insert_with(first);
                if value.of.last() != Some(id) {
                    value.of.push(*id);
                }
            }
        }
        let rank = |typed: &str| match fact.kind() {
            FactKind::Choice => {
                fact.values.0.iter().position(|of| fold(&of.0.value) == fold(typed))
            }
            _ => None,
        };
        let number = |typed: &str| match fact.kind() {
            FactKind::Number => typed.parse::<f64>().ok(),
            _ => None,
        };
        let mut values: Vec<(String, Known)> = known.into_iter().collect();
        values.sort_by(|(folded, one), (other_folded, other)| {
            let by_rank = rank(&one.typed).cmp(&rank(&other.typed));
            let by_number = number(&one.typed).partial_cmp(&number(&other.typed));
            let by_number = by_number.unwrap_or(std::cmp::Ordering::Equal);
            by_rank.then(by_number).then(folded.cmp(other_folded))
        });
        let choices = values.into_iter().map(|(_, known)| {
            let chosen = Chosen { key: slug(&known.typed), value: Some(known.value), page: None };
            (chosen, known.of)
        });
        facet(FacetKind::Fact(index), key, choices)
    }
}

/// A choice that has a page already; its name is that of the page.
fn existing(address: &str, value: ChoiceValue) -> Chosen {
    let file = address.rsplit('/').next().unwrap_or(address);
    Chosen {
        key: file.strip_suffix(".html").unwrap_or(file).to_owned(),
        value: Some(value),
        page: Some(ChoicePage::Existing(address.to_owned())),
    }
}

/// A facet of what can be chosen, with the recommendations of each. What nothing has is left out.
fn facet(
    kind: FacetKind,
    name: &str,
    choices: impl Iterator<Item = (Chosen, Vec<RecommendationId>)>,
) -> Facet {
    // The second part of a list called `index` would be beside the others.
    let mut taken = BTreeSet::from(["index".to_owned()]);
    let choices = choices.filter(|(_, ids)| !ids.is_empty()).map(|(chosen, recommendations)| {
        let mut key = chosen.key.clone();
        let mut next = 2;
        while !taken.insert(key.clone()) {
            key = format!("{}-{next}", chosen.key);
            next += 1;
        }
        let own = || ChoicePage::Own(format!("{FOLDER}/{name}/{key}.html"));
        Choice { page: chosen.page.unwrap_or_else(own), value: chosen.value, key, recommendations }
    });
    Facet { kind, choices: choices.collect() }
}
