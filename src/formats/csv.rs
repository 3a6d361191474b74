//! CSV (RFC 4180): a row for each recommendation, the columns of the JSON that fit in a table. That of
//! the whole site leaves out the texts.
//!
//! It is for people who open it in a spreadsheet: the texts are plain words, Excel is told that they
//! are UTF-8, and no cell is taken for a formula.

use std::borrow::Cow;

use super::{DataFormat, Format, Rows, Set};
use crate::markup::plain;
use crate::model::{Download, DownloadOf, Recommendation, Site};
use crate::record::{COLUMNS, RecordColumn, TEXT_FIELDS, own_cell, own_columns, record_in};

pub(super) const FORMAT: Format = Format::Data(DataFormat {
    name: "csv",
    download: Download { of: DownloadOf::Recommendations("CSV"), file: "recommendations.csv" },
    has_rows: |_| true,
    rows: Rows {
        of: rows,
        between: b"",
        around: |site, set| {
            let names = columns(set).map(|column| column.name).chain(own_columns(site));
            let mut head = UTF8_MARK.to_vec();
            head.extend(written(|writer| writer.write_record(names)));
            [head, Vec::new()]
        },
    },
});

/// Without it, Excel takes a CSV for text of the computer's own encoding.
pub(super) const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes that are written.
pub(super) fn written(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has as many cells as there are columns.
    let _ = write(&mut writer);
    writer.into_inner().unwrap_or_default()
}

/// The columns of the file of a set.
fn columns(set: Set) -> impl Iterator<Item = &'static RecordColumn> {
    COLUMNS.iter().filter(move |column| set != Set::Facts || !TEXT_FIELDS.contains(&column.name))
}

fn rows(site: &Site, set: Set, recommendations: &[Recommendation]) -> Vec<u8> {
    written(|writer| {
        recommendations.iter().try_for_each(|of| {
            let text = &of.texts.original;
            let words = site.words(&text.language);
            let plain = match set {
                Set::Facts => vec![String::new(); text.sections.len()],
                _ => plain::sections(text, site, site.report(of.report), words),
            };
            let record = record_in(site, of, text, &|index| Cow::Owned(plain[index].clone()));
            let own = own_columns(site).map(|key| no_formula(own_cell(&record, key).into()));
            let cells = columns(set).map(|column| no_formula((column.cell)(&record)));
            let cells: Vec<Cow<'_, str>> = cells.chain(own).collect();
            writer.write_record(cells.iter().map(|cell| cell.as_bytes()))
        })
    })
}

/// A cell that no spreadsheet takes for a formula: one that begins like one has a `'` before it
/// (OWASP, CSV Injection). A number is not one.
pub(super) fn no_formula(cell: Cow<'_, str>) -> Cow<'_, str> {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match is_formula && cell.parse::<f64>().is_err() {
        true => format!("'{cell}").into(),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::no_formula;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, safe) in [
            ("=1+1", "'=1+1"),
            ("- a list", "'- a list"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5", "-5"),
            ("5 - 3", "5 - 3"),
        ] {
            assert_eq!(no_formula(cell.into()), safe);
        }
    }
}
