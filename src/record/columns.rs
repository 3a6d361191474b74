//! COLUMNS: a record as a row of a table.

use std::borrow::Cow;

use super::Record;

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
    column("url", |of| of.url.as_str().into()),
    column("as_at", |of| of.as_at.as_str().into()),
    column("response", |of| of.response.into()),
    column("status", |of| of.status.into()),
    column("continuing", |of| of.continuing.to_string().into()),
    column("timeliness", |of| of.timeliness.into()),
    column("timeliness_days", |of| {
        of.timeliness_days.map_or_else(String::new, |days| days.to_string()).into()
    }),
    column("verification", |of| of.verification.into()),
    column("priority", |of| of.priority.unwrap_or_default().into()),
    column("responsible", |of| of.responsible.join(SEPARATOR).into()),
    column("made", |of| of.made.as_deref().unwrap_or_default().into()),
    column("deadline", |of| of.deadline.as_str().into()),
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
        of.actions.iter().map(|action| action.text).collect::<Vec<_>>().join(SEPARATOR).into()
    }),
];

const fn column(
    name: &'static str,
    cell: for<'r> fn(&'r Record<'_>) -> Cow<'r, str>,
) -> RecordColumn {
    RecordColumn { name, cell }
}
