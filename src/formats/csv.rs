//! CSV (RFC 4180): a row for each recommendation, the columns of the JSON that fit in a table.

use super::{DataFormat, Format, Rows};
use crate::model::{Download, Recommendation, Site};
use crate::record::{COLUMNS, record};

pub(super) const FORMAT: Format = Format::Data(DataFormat {
    name: "csv",
    download: Download { label: "CSV", file: "recommendations.csv" },
    rows: Rows {
        of: rows,
        between: b"",
        around: |_, _| {
            let names = COLUMNS.iter().map(|column| column.name);
            [written(|writer| writer.write_record(names)), Vec::new()]
        },
    },
});

/// The bytes that are written.
fn written(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has as many cells as there are columns.
    let _ = write(&mut writer);
    writer.into_inner().unwrap_or_default()
}

fn rows(site: &Site, recommendations: &[Recommendation]) -> Vec<u8> {
    written(|writer| {
        recommendations.iter().try_for_each(|of| {
            let record = record(site, of, &of.texts.original);
            let cells: Vec<_> = COLUMNS.iter().map(|column| (column.cell)(&record)).collect();
            writer.write_record(cells.iter().map(|cell| cell.as_bytes()))
        })
    })
}
