//! COLUMNS: a record as a row of a table.

use std::borrow::Cow;

use super::Record;
use crate::model::Site;

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
    column("group", |of| of.group.unwrap_or_default().into()),
    column("title", |of| of.title.unwrap_or_default().into()),
    column("language", |of| of.language.into()),
    column("url", |of| of.url.as_str().into()),
    column("as_at", |of| of.as_at.as_str().into()),
    column("response", |of| of.response.unwrap_or_default().into()),
    column("response_word", |of| of.response_word.unwrap_or_default().into()),
    column("response_worked_out", |of| of.response_worked_out.unwrap_or_default().into()),
    column("responded", |of| of.responded.as_deref().unwrap_or_default().into()),
    column("status", |of| of.status.unwrap_or_default().into()),
    column("status_word", |of| of.status_word.unwrap_or_default().into()),
    column("status_worked_out", |of| of.status_worked_out.unwrap_or_default().into()),
    column("continuing", |of| of.continuing.to_string().into()),
    column("timeliness", |of| of.timeliness.unwrap_or_default().into()),
    column("timeliness_days", |of| {
        of.timeliness_days.map_or_else(String::new, |days| days.to_string()).into()
    }),
    column("verification", |of| of.verification.unwrap_or_default().into()),
    column("verification_word", |of| of.verification_word.unwrap_or_default().into()),
    column("priority", |of| of.priority.unwrap_or_default().into()),
    column("priority_word", |of| of.priority_word.unwrap_or_default().into()),
    column("responsible", |of| of.responsible.join(SEPARATOR).into()),
    column("responders", |of| {
        let each = of.responders.iter().map(|responder| {
            let said = [
                responder.role.map(str::to_owned),
                worded(responder.response, responder.response_word),
                responder.responded.clone(),
                responder.deadline.clone(),
                worded(responder.status, responder.status_word),
                responder.implemented.clone(),
                responder.closed.clone(),
                responder.note.map(str::to_owned),
            ];
            with_facts(responder.unit, said.into_iter().flatten())
        });
        each.collect::<Vec<_>>().join(SEPARATOR).into()
    }),
    column("made", |of| of.made.as_deref().unwrap_or_default().into()),
    column("made_by", |of| of.made_by.join(SEPARATOR).into()),
    column("original", |of| {
        let parts = of.original.iter().flat_map(|of| [of.document, of.paragraph, of.page, of.url]);
        parts.flatten().collect::<Vec<_>>().join(", ").into()
    }),
    column("deadline", |of| of.deadline.as_deref().unwrap_or_default().into()),
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
    column("closed", |of| of.closed.as_deref().unwrap_or_default().into()),
    column("last_updated", |of| of.last_updated.as_deref().unwrap_or_default().into()),
    column("next_update", |of| of.next_update.as_deref().unwrap_or_default().into()),
    column("tags", |of| of.tags.join(SEPARATOR).into()),
    column("related", |of| of.related.join(SEPARATOR).into()),
    column("superseded_by", |of| of.superseded_by.as_deref().unwrap_or_default().into()),
    column("continues", |of| of.continues.join(SEPARATOR).into()),
    column("continued_by", |of| of.continued_by.join(SEPARATOR).into()),
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
    column("parts", |of| {
        let parts = of.parts.iter().map(|part| {
            let facts = [
                worded(part.response, part.response_word),
                listed(&part.responsible),
                part.deadline.clone(),
                worded(part.status, part.status_word),
                part.implemented.clone(),
                part.closed.clone(),
                listed(&part.evidence),
            ];
            let words = format!("{} {}", part.label, part.text.unwrap_or_default());
            with_facts(words.trim_end(), facts.into_iter().flatten())
        });
        parts.collect::<Vec<_>>().join(SEPARATOR).into()
    }),
    column("actions", |of| {
        let actions = of.actions.iter().map(|action| {
            let facts = [
                listed(&action.responsible),
                action.deadline.clone(),
                worded(action.status, action.status_word),
                action.implemented.clone(),
                listed(&action.evidence),
            ];
            with_facts(action.text, facts.into_iter().flatten())
        });
        actions.collect::<Vec<_>>().join(SEPARATOR).into()
    }),
];

/// A value as a cell shows it: the organisation's own word, or else the one that every site has.
fn worded(value: Option<&'static str>, own: Option<&str>) -> Option<String> {
    own.or(value).map(str::to_owned)
}

/// A list as one text; none if it is empty.
fn listed(items: &[&str]) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}

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

/// The columns of the organisation's own facts, after the others: their keys.
pub fn own_columns(site: &Site) -> impl Iterator<Item = &str> {
    site.config.facts.iter().flat_map(|facts| facts.keys())
}

/// The cell of an own fact.
pub fn own_cell(record: &Record<'_>, key: &str) -> String {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match record.facts.get(key) {
        Some(serde_json::Value::Array(values)) => {
            values.iter().map(text).collect::<Vec<_>>().join(SEPARATOR)
        }
        Some(value) => text(value),
        None => String::new(),
    }
}
