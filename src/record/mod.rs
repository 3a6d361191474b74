//! What is published about a recommendation, and its columns.
//!
//! A record has no spans, so that records from two states of a site can be compared.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{
    Column, Date, Note, Recommendation, RecommendationId, Section, SectionKind, Site, Text,
};
use crate::source::Spanned;
use crate::vocabulary::AxisValue as _;

/// What is published about a recommendation: its facts, and its texts in one language. Its report
/// and number identify it. Dates are `2020-12-31`, `2020-12`, `2020-Q4`, `2020`,
/// `2020/2022` or `2020-03/2020-05`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Record<'a> {
    /// The report, by its id.
    pub report: &'a str,
    /// The number as the report prints it.
    pub number: String,
    /// The title.
    pub title: &'a str,
    /// The language of the texts.
    pub language: &'a str,
    /// Its page: a full address where the site's is known, or else a path.
    pub url: String,
    /// The day as at which this is reported.
    pub as_at: String,
    /// Was it accepted? accepted, partially accepted, not accepted, noted, pending.
    pub response: &'static str,
    /// Is it done? not started, in progress, partially implemented, implemented, not implemented,
    /// superseded, no longer applicable.
    pub status: &'static str,
    /// Whether the work goes on although it is done.
    pub continuing: bool,
    /// Is it on time? Computed: no deadline, not yet due, due soon, overdue, on time, late, not
    /// assessed.
    pub timeliness: &'static str,
    /// The days that belong to it: left, overdue, or late.
    pub timeliness_days: Option<i64>,
    /// Who says so? self-reported, evidence given, validated, could not be verified, disputed.
    pub verification: Option<&'static str>,
    /// critical, high, medium, low.
    pub priority: Option<&'static str>,
    /// Who is to do it.
    pub responsible: Vec<&'a str>,
    /// When the recommendation was made.
    pub made: Option<String>,
    /// By when it is to be done: a date, `ongoing`, `undecided` or `none`.
    pub deadline: String,
    /// The words that its author wrote, where they say more than that: "Spring 2025".
    pub deadline_words: Option<&'a str>,
    /// Every deadline that was set, the first one first.
    pub deadlines: Vec<DeadlineRecord<'a>>,
    /// How many times the deadline was moved to a later day.
    pub extended_times: usize,
    /// By how many days in all.
    pub extended_days: i64,
    /// When it was done.
    pub implemented: Option<String>,
    /// Topics.
    pub tags: Vec<&'a str>,
    /// Recommendations on the same thing, as `report/number`.
    pub related: Vec<String>,
    /// The recommendation that takes its place, as `report/number`.
    pub superseded_by: Option<String>,
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
    /// The steps of the work.
    pub actions: Vec<ActionRecord<'a>>,
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
    /// When it was done.
    pub implemented: Option<String>,
    /// Documents that show it is done, as typed.
    pub evidence: Vec<&'a str>,
}

/// A column of the table of recommendations.
pub struct RecordColumn {
    /// Its name, which is that of the record's field.
    pub name: &'static str,
    /// The text of its cell.
    pub cell: for<'r> fn(&'r Record<'_>) -> Cow<'r, str>,
}

/// What separates the items of a list within one cell.
const SEPARATOR: &str = "; ";

/// Every column, in the order of the table.
pub const COLUMNS: &[RecordColumn] = &[
    column("report", |of| of.report.into()),
    column("number", |of| of.number.as_str().into()),
    column("title", |of| of.title.into()),
    column("language", |of| of.language.into()),
    column("url", |of| of.url.as_str().into()),
    column("as_at", |of| of.as_at.as_str().into()),
    column("response", |of| of.response.into()),
    column("status", |of| of.status.into()),
    column("continuing", |of| of.continuing.to_string().into()),
    column("timeliness", |of| of.timeliness.into()),
    column("timeliness_days", |of| {
        of.timeliness_days.map_or_else(String::new, |days| days.to_string()).into()
    }),
    column("verification", |of| of.verification.unwrap_or_default().into()),
    column("priority", |of| of.priority.unwrap_or_default().into()),
    column("responsible", |of| of.responsible.join(SEPARATOR).into()),
    column("made", |of| of.made.as_deref().unwrap_or_default().into()),
    column("deadline", |of| of.deadline.as_str().into()),
    column("deadline_words", |of| of.deadline_words.unwrap_or_default().into()),
    column("deadlines", |of| {
        let deadlines = of.deadlines.iter();
        let all =
            deadlines.map(|of| with_facts(&of.deadline, of.reason.map(str::to_owned).into_iter()));
        all.collect::<Vec<_>>().join(SEPARATOR).into()
    }),
    column("extended_times", |of| of.extended_times.to_string().into()),
    column("extended_days", |of| of.extended_days.to_string().into()),
    column("implemented", |of| of.implemented.as_deref().unwrap_or_default().into()),
    column("tags", |of| of.tags.join(SEPARATOR).into()),
    column("related", |of| of.related.join(SEPARATOR).into()),
    column("superseded_by", |of| of.superseded_by.as_deref().unwrap_or_default().into()),
    column("evidence", |of| of.evidence.join(SEPARATOR).into()),
    column("documents", |of| of.documents.join(SEPARATOR).into()),
    column("recommendation", |of| (&*of.recommendation).into()),
    column("management_response", |of| (&*of.management_response).into()),
    column("target_date", |of| (&*of.target_date).into()),
    column("progress", |of| {
        let updates = of.progress.iter().map(|update| match update.status {
            Some(status) => format!("{}: {status}\n{}", update.date, update.text),
            None => format!("{}\n{}", update.date, update.text),
        });
        updates.collect::<Vec<_>>().join("\n\n").into()
    }),
    column("other", |of| {
        let sections = of.other.iter().map(|of| format!("{}\n{}", of.heading, of.text));
        sections.collect::<Vec<_>>().join("\n\n").into()
    }),
    column("actions", |of| {
        let actions = of.actions.iter().map(|action| {
            let facts = [
                Some(action.responsible.join(", ")),
                action.deadline.clone(),
                action.status.map(str::to_owned),
            ];
            let facts = facts.into_iter().flatten().filter(|fact| !fact.is_empty());
            with_facts(action.text, facts)
        });
        actions.collect::<Vec<_>>().join(SEPARATOR).into()
    }),
];

/// Words with facts in brackets after them: "Draft it (Registry, 2020-12, in progress)".
fn with_facts(words: &str, facts: impl Iterator<Item = String>) -> String {
    let facts: Vec<String> = facts.collect();
    match facts.is_empty() {
        true => words.to_owned(),
        false => format!("{words} ({})", facts.join(", ")),
    }
}

const fn column(
    name: &'static str,
    cell: for<'r> fn(&'r Record<'_>) -> Cow<'r, str>,
) -> RecordColumn {
    RecordColumn { name, cell }
}

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
    let front = &recommendation.front;
    let sections = |column| {
        let sections = text.sections.iter().enumerate();
        sections.filter(move |(_, of)| of.kind.column() == column)
    };
    let joined = |column| {
        let parts = sections(column).map(|(index, _)| published(index));
        let parts = parts.filter(|part| !part.is_empty());
        parts.reduce(|before, part| Cow::Owned([before, part].join("\n\n"))).unwrap_or_default()
    };
    let actions = front.actions.iter().enumerate().map(|(index, action)| ActionRecord {
        text: recommendation.action_in(index, &text.language).unwrap_or(&action.text),
        responsible: strings(&action.responsible.0),
        deadline: action.deadline.as_ref().map(|deadline| deadline.iso()),
        deadline_words: action.deadline.as_ref().and_then(|of| of.words.as_deref()),
        status: action.status.as_ref().map(|status| status.value.name()),
        implemented: action.implemented.as_ref().map(|date| date.iso()),
        evidence: strings(&action.evidence.0),
    });
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
        title: &text.title,
        language: &text.language,
        url: site.url(&recommendation.address),
        as_at: report.as_at.to_string(),
        response: recommendation.response.name(),
        status: recommendation.status.name(),
        continuing: front.continuing,
        timeliness: recommendation.timeliness.kind().name(),
        timeliness_days: recommendation.timeliness.days(),
        verification: recommendation.verification.map(|verification| verification.name()),
        priority: front.priority.as_ref().map(|priority| priority.value.name()),
        responsible: recommendation.units.iter().map(|id| site.unit(*id).name.as_str()).collect(),
        made: front.made.as_ref().map(|date| date.iso()),
        deadline: recommendation.deadline.iso(),
        deadline_words: recommendation.deadline.words.as_deref(),
        deadlines: deadlines.collect(),
        extended_times: recommendation.extension.map_or(0, |extension| extension.times),
        extended_days: recommendation.extension.map_or(0, |extension| extension.days),
        implemented: recommendation.implemented.map(Date::iso),
        tags: recommendation.tags.iter().map(|tag| site.tags[*tag].name.as_str()).collect(),
        related: recommendation.related.iter().map(|id| name(site, *id)).collect(),
        superseded_by: recommendation.superseded_by.map(|id| name(site, id)),
        evidence: strings(&front.evidence.0),
        documents: documents.collect(),
        recommendation: joined(Column::Recommendation),
        management_response: joined(Column::Response),
        target_date: joined(Column::Deadline),
        progress: sections(Column::Progress)
            .map(|(index, of)| progress(of, published(index), report.as_at))
            .collect(),
        other: sections(Column::Other)
            .filter_map(|(index, section)| {
                let heading = section.heading.as_ref()?.as_str();
                Some(SectionRecord { heading, text: published(index) })
            })
            .collect(),
        notes: notes(text),
        actions: actions.collect(),
    }
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

fn strings(items: &[Spanned<String>]) -> Vec<&str> {
    items.iter().map(|item| item.value.as_str()).collect()
}

fn progress<'a>(
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
        text,
    }
}
