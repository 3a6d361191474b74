//! FACTS: what is said about a recommendation besides its texts.

use super::Wording;
use crate::config::{FactKind, Localized, OwnFact};
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
        match of.state.response {
            Some(response) => words(wording.label(response)),
            None => words(wording.words.text("recommendation.no_response").to_owned()),
        }
    }),
    by_template("recommendation.deadline", FactInTable::Shown, |wording, of| {
        let Some(deadline) = &of.state.deadline else { return Vec::new() };
        let extended = wording.extended(of).map(|extended| format!(" ({extended})"));
        let extended = extended.unwrap_or_default();
        match deadline.words.as_deref() {
            Some(authored) => vec![FactPart::Authored(authored, extended)],
            None => words(wording.due(deadline.kind) + &extended),
        }
    }),
    by_template("recommendation.implemented", FactInTable::Shown, |wording, of| {
        date(wording, of.state.done_on())
    }),
    by_template("recommendation.closed", FactInTable::Listed, |wording, of| {
        date(wording, of.state.closed)
    }),
    by_template("recommendation.responded", FactInTable::Listed, |wording, of| {
        date(wording, of.front.responded.as_ref().map(|date| date.value))
    }),
    by_template("recommendation.responsible", FactInTable::Shown, |wording, of| {
        let units = of.units.iter().map(|id| wording.unit_name(wording.site.unit(*id)));
        list(wording, units)
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
    by_template("recommendation.made_by", FactInTable::Listed, |wording, of| {
        list(wording, of.front.made_by.0.iter().map(|name| name.as_str()))
    }),
    listed("recommendation.last_updated", |wording, of| {
        date(wording, of.front.last_updated.as_ref().map(|date| date.value))
    }),
    listed("recommendation.next_update", |wording, of| {
        date(wording, of.front.next_update.as_ref().map(|date| date.value))
    }),
    by_template("recommendation.original", FactInTable::Listed, |wording, of| wording.original(of)),
    by_template("recommendation.evidence", FactInTable::Listed, |_, of| {
        of.front.evidence.0.iter().map(FactPart::Evidence).collect()
    }),
    by_template("recommendation.superseded_by", FactInTable::Listed, |wording, of| {
        // What took its place may have been taken further itself.
        of.superseded_by
            .map(|id| wording.site.newest(id))
            .into_iter()
            .map(FactPart::Recommendation)
            .collect()
    }),
    by_template("series.taken_further", FactInTable::Listed, |_, of| {
        of.continued_by.iter().copied().map(FactPart::Recommendation).collect()
    }),
    by_template("series.earlier_reports", FactInTable::Listed, |_, of| {
        of.continues.iter().copied().map(FactPart::Recommendation).collect()
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

/// A fact that the organisation declares itself, in words.
pub struct OwnFactWords<'a> {
    /// What it is called.
    pub label: &'a Localized,
    /// Its values.
    pub values: Vec<OwnValue<'a>>,
    /// Whether the official table has a column for it.
    pub has_column: bool,
}

/// A value of an own fact.
pub enum OwnValue<'a> {
    /// Words that pages show in their language: a number, a date, the label of a choice.
    InLanguage(String),
    /// As its author typed it.
    Typed(&'a Spanned<String>),
    /// A document.
    Document(&'a Spanned<String>),
}

impl<'a> Wording<'a> {
    /// The facts of a recommendation that the organisation declares itself.
    pub fn own_facts(&self, of: &'a Recommendation) -> Vec<OwnFactWords<'a>> {
        let Some(declared) = &self.site.config.facts else { return Vec::new() };
        let facts = of.facts.iter().map(|fact| {
            let (_, declared) = &declared.0[fact.fact];
            let value = |typed: &'a Spanned<String>| self.own_value(declared, typed);
            OwnFactWords {
                label: &declared.label,
                values: fact.values.iter().map(value).collect(),
                has_column: declared.column,
            }
        });
        facts.collect()
    }

    fn own_value(&self, fact: &'a OwnFact, typed: &'a Spanned<String>) -> OwnValue<'a> {
        match fact.kind() {
            FactKind::Document => OwnValue::Document(typed),
            FactKind::Text => OwnValue::Typed(typed),
            FactKind::Choice => match fact.choice(typed).and_then(|of| of.label.as_ref()) {
                Some(label) => OwnValue::InLanguage(label.get(&self.words.tag).to_owned()),
                None => OwnValue::Typed(typed),
            },
            FactKind::Number => {
                let (whole, decimals) = typed.split_once('.').unwrap_or((typed, ""));
                let sign = if whole.starts_with('-') { "\u{2212}" } else { "" };
                let number = match whole.trim_start_matches('-').parse::<usize>() {
                    Ok(whole) if decimals.is_empty() => {
                        format!("{sign}{}", self.words.number(whole))
                    }
                    Ok(whole) => {
                        let point = self.words.text("number.decimal");
                        format!("{sign}{}{point}{decimals}", self.words.number(whole))
                    }
                    Err(_) => typed.value.clone(),
                };
                let with_unit = |unit: &String| format!("{number} {unit}");
                OwnValue::InLanguage(fact.unit.as_ref().map_or_else(|| number.clone(), with_unit))
            }
            FactKind::Date => {
                // Words such as "Spring 2024" say more than the days that they stand for.
                let is_written_out = typed.contains(char::is_alphabetic);
                let date = Date::parse(typed, &self.site.vocabulary).filter(|_| !is_written_out);
                let words = date.map(|date| date.in_words(self.words));
                words.map_or(OwnValue::Typed(typed), OwnValue::InLanguage)
            }
        }
    }

    /// Where a recommendation stands in its original document: "ECE/EX/2019/L.8, paragraph 45".
    pub fn original(&self, of: &'a Recommendation) -> Vec<FactPart<'a>> {
        let Some(original) = &of.front.source else { return Vec::new() };
        let place = |key: &str, typed: &Option<Spanned<String>>| {
            let number = typed.as_ref()?.as_str();
            Some(FactPart::Words(self.words.fill(key, &[("number", number)])))
        };
        let document = original.document.as_ref().map(FactPart::Evidence);
        let paragraph = place("recommendation.paragraph", &original.paragraph);
        let page = place("recommendation.page", &original.page);
        let url = original.url.as_ref().map(FactPart::Evidence);
        [document, paragraph, page, url].into_iter().flatten().collect()
    }
}

const fn listed(
    name: &'static str,
    value: for<'a> fn(&Wording<'a>, &'a Recommendation) -> Vec<FactPart<'a>>,
) -> Fact {
    Fact { name, on_page: FactOnPage::Listed, in_table: FactInTable::Listed, value }
}

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
