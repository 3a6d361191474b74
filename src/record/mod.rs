//! What is published about a recommendation, and its columns.
//!
//! A record has no spans, so that records from two states of a site can be compared.

mod columns;
mod parts_of;

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::FactKind;
use crate::model::{
    Column, Date, Note, Recommendation, RecommendationId, Section, SectionKind, Site, Text,
    Timeliness, UnitId,
};
use crate::source::Spanned;
use crate::vocabulary::{AxisValue, Worded};

pub use columns::{COLUMNS, RecordColumn, own_cell, own_columns};
pub use parts_of::{actions, parts, responders};

/// What is published about a recommendation: its facts, and its texts in one language. Its report
/// and number identify it. Dates are `2020-12-31`, `2020-12`, `2020-Q4`, `2020`,
/// `2020/2022` or `2020-03/2020-05`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Record<'a> {
    /// The report, by its id.
    pub report: &'a str,
    /// The number as the report prints it.
    pub number: String,
    /// The group of the report that it belongs to.
    pub group: Option<&'a str>,
    /// The title, where it has one.
    pub title: Option<&'a str>,
    /// The language of the texts.
    pub language: &'a str,
    /// Its page: a full address where the site's is known, or else a path.
    pub url: String,
    /// The day as at which this is reported.
    pub as_at: String,
    /// Was it accepted? accepted, partially accepted, not accepted, noted, pending.
    pub response: Option<&'static str>,
    /// The organisation's own word for the response, where it has one.
    pub response_word: Option<&'a str>,
    /// What follows from the responses of its responders or parts, where it has no response itself.
    /// Computed.
    pub response_worked_out: Option<&'static str>,
    /// When it was answered.
    pub responded: Option<String>,
    /// Is it done? not started, in progress, partially implemented, implemented, not implemented,
    /// superseded, no longer applicable.
    pub status: Option<&'static str>,
    /// The organisation's own word for the status, where it has one.
    pub status_word: Option<&'a str>,
    /// What follows from the statuses of its responders or parts, where it has no status itself.
    /// Computed.
    pub status_worked_out: Option<&'static str>,
    /// Whether the work goes on although it is done.
    pub continuing: bool,
    /// Is it on time? Computed: no deadline, not yet due, due soon, overdue, on time, late, not
    /// assessed.
    pub timeliness: Option<&'static str>,
    /// The days that belong to it: left, overdue, or late. Computed.
    pub timeliness_days: Option<i64>,
    /// When what is said of it was last brought up to date.
    pub last_updated: Option<String>,
    /// When the next update is expected.
    pub next_update: Option<String>,
    /// Who says so? self-reported, evidence given, validated, could not be verified, disputed.
    pub verification: Option<&'static str>,
    /// The organisation's own word for the verification, where it has one.
    pub verification_word: Option<&'a str>,
    /// critical, high, medium, low.
    pub priority: Option<&'static str>,
    /// The organisation's own word for the priority, where it has one.
    pub priority_word: Option<&'a str>,
    /// Who is to do it.
    pub responsible: Vec<&'a str>,
    /// What each of them said and did, where one of them answers for itself.
    pub responders: Vec<ResponderRecord<'a>>,
    /// When the recommendation was made.
    pub made: Option<String>,
    /// Who made it.
    pub made_by: Vec<&'a str>,
    /// Where it stands in the original document.
    pub original: Option<OriginalRecord<'a>>,
    /// By when it is to be done: a date, `ongoing`, `undecided` or `none`.
    pub deadline: Option<String>,
    /// The words that its author wrote, where they say more than that: "Spring 2025".
    pub deadline_words: Option<&'a str>,
    /// Every deadline that was set, the first one first.
    pub deadlines: Vec<DeadlineRecord<'a>>,
    /// How many times the deadline was moved to a later day. Computed.
    pub extended_times: usize,
    /// By how many days in all. Computed.
    pub extended_days: i64,
    /// When it was done.
    pub implemented: Option<String>,
    /// When it was closed without being done.
    pub closed: Option<String>,
    /// Topics.
    pub tags: Vec<&'a str>,
    /// Recommendations on the same thing, as `report/number`.
    pub related: Vec<String>,
    /// The recommendation that takes its place, as `report/number`.
    pub superseded_by: Option<String>,
    /// The recommendations of earlier reports that this one is, as `report/number`. Where the numbers
    /// of a report continue, they are computed.
    pub continues: Vec<String>,
    /// The recommendations of later reports that it has become, as `report/number`. Computed.
    pub continued_by: Vec<String>,
    /// Facts of the organisation's own, by their keys, as typed: a text, a number, or a list of them.
    pub facts: BTreeMap<&'a str, serde_json::Value>,
    /// Documents that show it is done, as typed.
    pub evidence: Vec<&'a str>,
    /// The symbols of all documents that it cites, in the order of first citation: in its text and
    /// evidence, then those that only its translations cite.
    pub documents: Vec<&'a str>,
    /// The recommendation itself, in Markdown.
    pub recommendation: Cow<'a, str>,
    /// The management response, in Markdown.
    pub management_response: Cow<'a, str>,
    /// The target date in the report's own words, in Markdown.
    pub target_date: Cow<'a, str>,
    /// What was done, in the order of the text.
    pub progress: Vec<ProgressRecord<'a>>,
    /// Sections that the official table has no column for, in the order of the text.
    pub other: Vec<SectionRecord<'a>>,
    /// The footnotes of the text, in the order of their numbers. Their Markdown is in the sections,
    /// too, where it was written; a mark may lead to one in another section.
    pub notes: Vec<NoteRecord<'a>>,
    /// The recommendations that it consists of.
    pub parts: Vec<PartRecord<'a>>,
    /// The steps of the work.
    pub actions: Vec<ActionRecord<'a>>,
}

/// What one of several responders answered and did; what it did not say itself is null.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ResponderRecord<'a> {
    /// The unit.
    pub unit: &'a str,
    /// What it does in this.
    pub role: Option<&'a str>,
    /// Did it accept the recommendation?
    pub response: Option<&'static str>,
    /// The organisation's own word for the response, where it has one.
    pub response_word: Option<&'a str>,
    /// When it answered.
    pub responded: Option<String>,
    /// Has it done its part?
    pub status: Option<&'static str>,
    /// The organisation's own word for the status, where it has one.
    pub status_word: Option<&'a str>,
    /// By when it is to do its part.
    pub deadline: Option<String>,
    /// The words that its author wrote, where they say more than that.
    pub deadline_words: Option<&'a str>,
    /// When it did its part.
    pub implemented: Option<String>,
    /// When it closed its part without doing it.
    pub closed: Option<String>,
    /// Is it on time? Computed.
    pub timeliness: Option<&'static str>,
    /// The days that belong to it. Computed.
    pub timeliness_days: Option<i64>,
    /// What else it said.
    pub note: Option<&'a str>,
}

/// Where a recommendation stands in the original document.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct OriginalRecord<'a> {
    /// The document.
    pub document: Option<&'a str>,
    /// The number of the paragraph.
    pub paragraph: Option<&'a str>,
    /// The number of the page.
    pub page: Option<&'a str>,
    /// A web address.
    pub url: Option<&'a str>,
}

/// One of the recommendations that a recommendation consists of.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PartRecord<'a> {
    /// What it is called.
    pub label: &'a str,
    /// Its place: a full address where the site's is known, or else a path.
    pub url: String,
    /// What is to be done.
    pub text: Option<&'a str>,
    /// Was it accepted?
    pub response: Option<&'static str>,
    /// The organisation's own word for the response, where it has one.
    pub response_word: Option<&'a str>,
    /// Who is to do it.
    pub responsible: Vec<&'a str>,
    /// By when.
    pub deadline: Option<String>,
    /// The words that its author wrote, where they say more than that.
    pub deadline_words: Option<&'a str>,
    /// Is it done?
    pub status: Option<&'static str>,
    /// The organisation's own word for the status, where it has one.
    pub status_word: Option<&'a str>,
    /// When it was done.
    pub implemented: Option<String>,
    /// When it was closed without being done.
    pub closed: Option<String>,
    /// Is it on time? Computed.
    pub timeliness: Option<&'static str>,
    /// The days that belong to it. Computed.
    pub timeliness_days: Option<i64>,
    /// Documents that show it is done, as typed.
    pub evidence: Vec<&'a str>,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NoteRecord<'a> {
    /// Its number on the page, from 1.
    pub number: usize,
    /// What its marks are called in Markdown: `[^label]`.
    pub label: &'a str,
    /// Its text, in Markdown.
    pub text: Cow<'a, str>,
}

/// A deadline in the history of deadlines.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DeadlineRecord<'a> {
    /// When it was set.
    pub set: Option<String>,
    /// The deadline.
    pub deadline: String,
    /// The words that its author wrote, where they say more than that.
    pub deadline_words: Option<&'a str>,
    /// Why it was moved.
    pub reason: Option<&'a str>,
}

/// A report of progress.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ProgressRecord<'a> {
    /// As at when.
    pub date: String,
    /// The status then.
    pub status: Option<&'static str>,
    /// The organisation's own word for it, where it has one.
    pub status_word: Option<&'a str>,
    /// The text, in Markdown.
    pub text: Cow<'a, str>,
}

/// A section that the official table has no column for.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SectionRecord<'a> {
    /// Its heading.
    pub heading: &'a str,
    /// Its text, in Markdown.
    pub text: Cow<'a, str>,
}

/// One step of the work.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ActionRecord<'a> {
    /// What is to be done.
    pub text: &'a str,
    /// Who is to do it.
    pub responsible: Vec<&'a str>,
    /// By when.
    pub deadline: Option<String>,
    /// The words that its author wrote, where they say more than that.
    pub deadline_words: Option<&'a str>,
    /// Is it done?
    pub status: Option<&'static str>,
    /// The organisation's own word for the status, where it has one.
    pub status_word: Option<&'a str>,
    /// When it was done.
    pub implemented: Option<String>,
    /// Is it on time? Computed.
    pub timeliness: Option<&'static str>,
    /// The days that belong to it. Computed.
    pub timeliness_days: Option<i64>,
    /// Documents that show it is done, as typed.
    pub evidence: Vec<&'a str>,
}

/// The fields of a record that hold nothing but texts. The data of a whole site leave them out.
pub const TEXT_FIELDS: [&str; 6] =
    ["recommendation", "management_response", "target_date", "progress", "other", "notes"];

/// What is published about a recommendation, with one of its texts. Each of
/// [`Texts::all`](crate::model::Texts::all) gives a record.
pub fn record<'a>(
    site: &'a Site,
    recommendation: &'a Recommendation,
    text: &'a Text,
) -> Record<'a> {
    record_in(site, recommendation, text, &|index| text.published(&text.sections[index]))
}

/// The same with the texts in another notation: `published` gives the words of a section, by its
/// place among the [`Text::sections`].
pub fn record_in<'a>(
    site: &'a Site,
    recommendation: &'a Recommendation,
    text: &'a Text,
    published: &dyn Fn(usize) -> Cow<'a, str>,
) -> Record<'a> {
    let report = site.report(recommendation.report);
    let (front, state) = (&recommendation.front, &recommendation.state);
    let last = front.deadlines.last().map(|change| &change.deadline);
    let deadline = front.deadline.as_ref().or(last);
    // A status may stand in the heading of the latest progress alone.
    let status = state.status.filter(|_| recommendation.followed.status.is_none());
    let sections = |column| {
        let sections = text.sections.iter().enumerate();
        sections.filter(move |(_, of)| of.kind.column() == column)
    };
    let joined = |column| {
        let parts = sections(column).map(|(index, _)| published(index));
        let parts = parts.filter(|part| !part.is_empty());
        parts.reduce(|before, part| Cow::Owned([before, part].join("\n\n"))).unwrap_or_default()
    };
    let deadlines = front.deadlines.iter().map(|change| DeadlineRecord {
        set: change.set.as_ref().map(|date| date.iso()),
        deadline: change.deadline.iso(),
        deadline_words: change.deadline.words.as_deref(),
        reason: change.reason.as_ref().map(|reason| reason.as_str()),
    });
    let documents = recommendation.documents.iter().map(|id| site.document(*id).symbol.as_str());
    Record {
        report: &report.folder,
        number: recommendation.label.to_string(),
        group: recommendation.group.map(|index| report.groups[index].entry.name.as_str()),
        title: text.typed_title().map(|title| title.as_str()),
        language: &text.language,
        url: site.url(&recommendation.address),
        as_at: report.as_at.to_string(),
        response: name_of(&front.response),
        response_word: own_word(site, &front.response),
        response_worked_out: recommendation
            .followed
            .response
            .and(state.response)
            .map(|of| of.name()),
        responded: iso(&front.responded),
        status: status.map(|status| status.name()),
        status_word: status.and_then(|status| own_label(site, status)),
        status_worked_out: recommendation.followed.status.and(state.status).map(|of| of.name()),
        continuing: front.continuing,
        timeliness: state.timeliness.map(|timeliness| timeliness.kind().name()),
        timeliness_days: state.timeliness.and_then(Timeliness::days),
        last_updated: iso(&front.last_updated),
        next_update: iso(&front.next_update),
        verification: name_of(&front.verification),
        verification_word: own_word(site, &front.verification),
        priority: name_of(&front.priority),
        priority_word: own_word(site, &front.priority),
        responsible: unit_names(site, &recommendation.units),
        responders: parts_of::responders(site, recommendation),
        made: iso(&front.made),
        made_by: strings(&front.made_by.0),
        original: front.source.as_ref().map(parts_of::original),
        deadline: deadline.map(|deadline| deadline.iso()),
        deadline_words: deadline.and_then(|deadline| deadline.words.as_deref()),
        deadlines: deadlines.collect(),
        extended_times: recommendation.extension.map_or(0, |extension| extension.times),
        extended_days: recommendation.extension.map_or(0, |extension| extension.days),
        implemented: iso(&front.implemented),
        closed: iso(&front.closed),
        tags: recommendation.tags.iter().map(|tag| site.tags[*tag].name.as_str()).collect(),
        related: recommendation.related.iter().map(|id| name(site, *id)).collect(),
        superseded_by: recommendation.superseded_by.map(|id| name(site, id)),
        continues: recommendation.continues.iter().map(|id| name(site, *id)).collect(),
        continued_by: recommendation.continued_by.iter().map(|id| name(site, *id)).collect(),
        facts: facts(site, recommendation),
        evidence: strings(&front.evidence.0),
        documents: documents.collect(),
        recommendation: joined(Some(Column::Recommendation)),
        management_response: joined(Some(Column::Response)),
        target_date: joined(Some(Column::Deadline)),
        progress: sections(Some(Column::Progress))
            .map(|(index, of)| progress(site, of, published(index), report.as_at))
            .collect(),
        other: sections(None)
            .filter_map(|(index, section)| {
                let heading = section.heading.as_ref()?.as_str();
                Some(SectionRecord { heading, text: published(index) })
            })
            .collect(),
        notes: notes(text),
        parts: parts_of::parts(site, recommendation, &text.language),
        actions: parts_of::actions(site, recommendation, &text.language),
    }
}

/// The facts that the organisation declares itself, by their keys.
fn facts<'a>(
    site: &'a Site,
    recommendation: &'a Recommendation,
) -> BTreeMap<&'a str, serde_json::Value> {
    let Some(own) = &site.config.facts else { return BTreeMap::new() };
    let facts = recommendation.facts.iter().map(|fact| {
        let (key, declared) = &own.0[fact.fact];
        let number = |typed: &str| match declared.kind() {
            FactKind::Number => serde_json::from_str(typed).ok(),
            _ => None,
        };
        let value = |typed: &Spanned<String>| {
            // A choice may be spelled in several ways.
            let choice = declared.choice(typed).map(|choice| choice.value.as_str());
            let text = choice.unwrap_or(typed);
            number(typed).unwrap_or_else(|| serde_json::Value::from(text))
        };
        let mut values: Vec<serde_json::Value> = fact.values.iter().map(value).collect();
        let only = if values.len() == 1 { values.pop() } else { None };
        (key.as_str(), only.unwrap_or_else(|| values.into()))
    });
    facts.collect()
}

fn notes<'a>(text: &'a Text) -> Vec<NoteRecord<'a>> {
    let note = |note: &'a Note| NoteRecord {
        number: note.number,
        label: &note.label,
        text: text.published_note(note),
    };
    let mut notes: Vec<NoteRecord<'_>> = text.notes.iter().map(note).collect();
    notes.sort_unstable_by_key(|note| note.number);
    notes
}

/// A recommendation by its report's folder and its number: `audit/2`.
pub fn name(site: &Site, id: RecommendationId) -> String {
    let recommendation = site.recommendation(id);
    format!("{}/{}", site.report(recommendation.report).folder, recommendation.label)
}

/// The name of a typed value.
fn name_of<T: AxisValue>(typed: &Option<Spanned<Worded<T>>>) -> Option<&'static str> {
    typed.as_ref().map(|value| value.value.name())
}

/// The organisation's own word for a typed value, in the site's first language.
fn own_word<'a, T: AxisValue>(
    site: &'a Site,
    typed: &Option<Spanned<Worded<T>>>,
) -> Option<&'a str> {
    own_label(site, typed.as_ref()?.value)
}

/// The organisation's own word for a value, in the site's first language.
fn own_label<T: AxisValue>(site: &Site, value: Worded<T>) -> Option<&str> {
    let words = site.config.vocabulary.as_ref()?;
    Some(words.label(value)?.get(site.first_language()))
}

fn iso(typed: &Option<Spanned<Date>>) -> Option<String> {
    typed.as_ref().map(|date| date.iso())
}

fn unit_names<'a>(site: &'a Site, units: &[UnitId]) -> Vec<&'a str> {
    units.iter().map(|id| site.unit(*id).name.as_str()).collect()
}

fn strings(items: &[Spanned<String>]) -> Vec<&str> {
    items.iter().map(|item| item.value.as_str()).collect()
}

fn progress<'a>(
    site: &'a Site,
    section: &Section,
    text: Cow<'a, str>,
    as_at: chrono::NaiveDate,
) -> ProgressRecord<'a> {
    let status = match section.kind {
        SectionKind::Progress { status, .. } => status,
        _ => None,
    };
    ProgressRecord {
        date: section.kind.date().unwrap_or(Date::Day(as_at)).iso(),
        status: status.map(|status| status.name()),
        status_word: status.and_then(|status| own_label(site, status)),
        text,
    }
}
