//! FACTS: what is said about a recommendation besides its texts.

use super::Wording;
use crate::model::{CitedGoal, Date, Recommendation, RecommendationId};
use crate::source::Spanned;

/// A fact about a recommendation, as its page and its PDF list it.
pub struct Fact {
    /// The key of its name in the files of words.
    pub name: &'static str,
    /// How the recommendation's page shows it.
    pub on_page: FactOnPage,
    /// How the official table in the PDF shows it.
    pub in_table: FactInTable,
    /// Its value; empty where a recommendation has none.
    pub value: for<'a> fn(&Wording<'a>, &'a Recommendation) -> Vec<FactPart<'a>>,
}

/// How a recommendation's page shows a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactOnPage {
    /// Its template has markup for it.
    ByTemplate,
    /// In the list, after those that the template has markup for.
    Listed,
}

/// How the official table shows a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactInTable {
    /// In one of its columns, or worked out from the texts in them.
    Shown,
    /// In a list below the progress.
    Listed,
}

/// A part of a fact's value. Pages and PDFs link it to different places.
pub enum FactPart<'a> {
    /// Plain words.
    Words(String),
    /// Words in the language of the recommendation's own text, and what follows them.
    Authored(&'a str, String),
    /// A piece of evidence.
    Evidence(&'a Spanned<String>),
    /// Another recommendation.
    Recommendation(RecommendationId),
    /// A Sustainable Development Goal.
    Goal(&'a CitedGoal),
}

/// Every fact, in the order of the lists.
pub const FACTS: &[Fact] = &[
    by_template("recommendation.response", FactInTable::Shown, |wording, of| {
        words(wording.label(of.response))
    }),
    by_template("recommendation.deadline", FactInTable::Shown, |wording, of| {
        let extended = wording.extended(of).map(|extended| format!(" ({extended})"));
        let extended = extended.unwrap_or_default();
        match of.deadline.words.as_deref() {
            Some(authored) => vec![FactPart::Authored(authored, extended)],
            None => words(wording.due(of.deadline.kind) + &extended),
        }
    }),
    by_template("recommendation.implemented", FactInTable::Shown, |wording, of| {
        date(wording, of.implemented)
    }),
    by_template("recommendation.responsible", FactInTable::Shown, |wording, of| {
        let units = of.units.iter().map(|id| wording.unit_name(wording.site.unit(*id)));
        match of.units.is_empty() {
            true => words(wording.words.text("recommendation.no_responsible").to_owned()),
            false => list(wording, units),
        }
    }),
    by_template("recommendation.verification", FactInTable::Listed, |wording, of| {
        of.verification.map_or_else(Vec::new, |of| words(wording.label(of)))
    }),
    by_template("recommendation.priority", FactInTable::Listed, |wording, of| {
        let priority = of.front.priority.as_ref();
        priority.map_or_else(Vec::new, |priority| words(wording.label(priority.value)))
    }),
    by_template("recommendation.made", FactInTable::Listed, |wording, of| {
        date(wording, of.front.made.as_ref().map(|date| date.value))
    }),
    by_template("recommendation.evidence", FactInTable::Listed, |_, of| {
        of.front.evidence.0.iter().map(FactPart::Evidence).collect()
    }),
    by_template("recommendation.superseded_by", FactInTable::Listed, |_, of| {
        of.superseded_by.into_iter().map(FactPart::Recommendation).collect()
    }),
    by_template("recommendation.related", FactInTable::Listed, |_, of| {
        of.related.iter().copied().map(FactPart::Recommendation).collect()
    }),
    by_template("recommendation.goals", FactInTable::Shown, |wording, of| {
        of.goals.iter().map(|goal| FactPart::Goal(&wording.site.goals[*goal])).collect()
    }),
    by_template("recommendation.topics", FactInTable::Listed, |wording, of| {
        list(wording, of.tags.iter().map(|tag| wording.site.tags[*tag].name.as_str()))
    }),
];

const fn by_template(
    name: &'static str,
    in_table: FactInTable,
    value: for<'a> fn(&Wording<'a>, &'a Recommendation) -> Vec<FactPart<'a>>,
) -> Fact {
    Fact { name, on_page: FactOnPage::ByTemplate, in_table, value }
}

fn words(words: String) -> Vec<FactPart<'static>> {
    vec![FactPart::Words(words)]
}

fn date(wording: &Wording<'_>, date: Option<Date>) -> Vec<FactPart<'static>> {
    date.map_or_else(Vec::new, |date| words(date.in_words(wording.words)))
}

fn list<'n>(wording: &Wording<'_>, names: impl Iterator<Item = &'n str>) -> Vec<FactPart<'static>> {
    let names: Vec<&str> = names.collect();
    match names.is_empty() {
        true => Vec::new(),
        false => words(names.join(wording.words.text("list.comma"))),
    }
}
