//! What recommendations consist of, as CSV: a row for each action, part or responder of the site. The
//! columns are the fields that the JSON has for them.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::csv::{UTF8_MARK, no_formula, written};
use super::{DataFormat, Format, Rows};
use crate::model::{Download, DownloadOf, Recommendation, Site};
use crate::record::{ActionRecord, PartRecord, ResponderRecord, actions, parts, responders};

pub(super) const ACTIONS: Format = Format::Data(DataFormat {
    name: "actions",
    download: Download { of: DownloadOf::Details("page.data_actions"), file: "actions.csv" },
    has_rows: |site| site.recommendations.iter().any(|of| !of.actions.is_empty()),
    rows: Rows {
        of: |site, _, of| rows(site, of, actions),
        between: b"",
        around: |_, _| around::<ActionRecord<'_>>(),
    },
});

pub(super) const PARTS: Format = Format::Data(DataFormat {
    name: "parts",
    download: Download { of: DownloadOf::Details("page.data_parts"), file: "parts.csv" },
    has_rows: |site| site.recommendations.iter().any(|of| !of.parts.is_empty()),
    rows: Rows {
        of: |site, _, of| rows(site, of, parts),
        between: b"",
        around: |_, _| around::<PartRecord<'_>>(),
    },
});

pub(super) const RESPONDERS: Format = Format::Data(DataFormat {
    name: "responders",
    download: Download { of: DownloadOf::Details("page.data_responders"), file: "responders.csv" },
    has_rows: |site| site.recommendations.iter().any(Recommendation::has_described_responders),
    rows: Rows {
        of: |site, _, of| rows(site, of, |site, of, _| responders(site, of)),
        between: b"",
        around: |_, _| around::<ResponderRecord<'_>>(),
    },
});

/// The columns before those of the fields: which recommendation, and which item of it, from 1.
const WHICH: [&str; 3] = ["report", "number", "item"];

/// The row of column names.
fn around<T: schemars::JsonSchema>() -> [Vec<u8>; 2] {
    let schema = schemars::schema_for!(T);
    let fields = schema.get("properties").and_then(Value::as_object);
    let names =
        WHICH.into_iter().chain(fields.into_iter().flat_map(|of| of.keys().map(String::as_str)));
    let mut head = UTF8_MARK.to_vec();
    head.extend(written(|writer| writer.write_record(names)));
    [head, Vec::new()]
}

/// A row for each of the items that recommendations have, in the language of their original texts.
fn rows<'a, T: Serialize>(
    site: &'a Site,
    recommendations: &'a [Recommendation],
    items: fn(&'a Site, &'a Recommendation, &str) -> Vec<T>,
) -> Vec<u8> {
    written(|writer| {
        for of in recommendations {
            let report = site.report(of.report).folder.as_str();
            let items = items(site, of, &of.texts.original.language);
            for (index, item) in items.iter().enumerate() {
                let which = [report.to_owned(), of.label.to_string(), (index + 1).to_string()];
                let fields = serde_json::to_value(item).unwrap_or_default();
                let fields = fields.as_object().into_iter().flat_map(|of| of.values()).map(cell);
                let cells = which.into_iter().chain(fields).map(|cell| no_formula(cell.into()));
                let cells: Vec<Cow<'_, str>> = cells.collect();
                writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
            }
        }
        Ok(())
    })
}

/// A value as the text of a cell.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
