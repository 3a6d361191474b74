//! CSV (RFC 4180): a row for each recommendation, the columns of the JSON that fit in a table.

use super::{Format, Render, Rows, Set};
use crate::model::{CSV_FILE, Recommendation, Site};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    files: |site| Set::each(site, CSV_FILE),
    render: Render::Rows(Rows {
        of: rows,
        between: b"",
        around: |_, _| [written(|writer| writer.write_record(COLUMNS)), Vec::new()],
    }),
};

/// What parts the items of a list within one cell.
const SEPARATOR: &str = "; ";

const COLUMNS: [&str; 29] = [
    "report",
    "number",
    "title",
    "url",
    "as_at",
    "response",
    "status",
    "continuing",
    "timeliness",
    "timeliness_days",
    "verification",
    "priority",
    "responsible",
    "made",
    "deadline",
    "extended_times",
    "extended_days",
    "implemented",
    "tags",
    "related",
    "superseded_by",
    "evidence",
    "documents",
    "recommendation",
    "management_response",
    "target_date",
    "progress",
    "other",
    "actions",
];

/// What is written.
fn written(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has as many cells as there are columns.
    let _ = write(&mut writer);
    writer.into_inner().unwrap_or_default()
}

fn rows(site: &Site, recommendations: &[Recommendation]) -> Vec<u8> {
    written(|writer| recommendations.iter().try_for_each(|of| write_row(writer, site, of)))
}

fn write_row(
    writer: &mut csv::Writer<Vec<u8>>,
    site: &Site,
    recommendation: &Recommendation,
) -> csv::Result<()> {
    let row = super::json::without_citations(site, recommendation);
    let progress: Vec<String> = row
        .progress
        .iter()
        .map(|update| match update.status {
            Some(status) => format!("{}: {status}\n{}", update.date, update.text),
            None => format!("{}\n{}", update.date, update.text),
        })
        .collect();
    let other: Vec<String> =
        row.other.iter().map(|s| format!("{}\n{}", s.heading, s.text)).collect();
    let actions: Vec<&str> = row.actions.iter().map(|action| action.text.as_str()).collect();
    let days = row.timeliness_days.map_or(String::new(), |days| days.to_string());
    let cells: [&str; COLUMNS.len()] = [
        &row.report,
        &row.number,
        &row.title,
        &row.url,
        &row.as_at,
        row.response,
        row.status,
        if row.continuing { "true" } else { "false" },
        row.timeliness,
        &days,
        row.verification,
        row.priority.unwrap_or_default(),
        &row.responsible.join(SEPARATOR),
        row.made.as_deref().unwrap_or_default(),
        &row.deadline,
        &row.extended_times.to_string(),
        &row.extended_days.to_string(),
        row.implemented.as_deref().unwrap_or_default(),
        &row.tags.join(SEPARATOR),
        &row.related.join(SEPARATOR),
        row.superseded_by.as_deref().unwrap_or_default(),
        &row.evidence.join(SEPARATOR),
        &row.documents.join(SEPARATOR),
        &row.recommendation,
        &row.management_response,
        &row.target_date,
        &progress.join("\n\n"),
        &other.join("\n\n"),
        &actions.join(SEPARATOR),
    ];
    writer.write_record(cells)
}
