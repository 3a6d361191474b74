//! The files of the corpus give exactly what a person sees in them.

use std::path::{Path, PathBuf};

use recto::import::{ForeignDocument, ReadOptions, Resolve, read};
use serde_json::Value;

use super::show::{Run, runs, tables};

pub(crate) const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/corpus");
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import");

/// Every file that is to be read.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in [CORPUS, CASES] {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        let is_document = |path: &PathBuf| {
            path.extension().is_some_and(|e| {
                matches!(e.to_str(), Some("docx" | "xlsx" | "csv" | "html" | "ods" | "xls"))
            })
        };
        files.extend(entries.map(|entry| entry.unwrap().path()).filter(is_document));
    }
    files.sort();
    files
}

/// What is read from a file of the corpus, with its changes accepted.
pub(crate) fn accepted(name: &str) -> ForeignDocument {
    let bytes = std::fs::read(Path::new(CORPUS).join(name)).unwrap();
    read(&bytes, ReadOptions { changes: Some(Resolve::Accept) }).unwrap()
}

/// The expected cells of the sample, row by row.
fn expected() -> Rows {
    let text =
        std::fs::read_to_string(Path::new(CORPUS).join("sample_report.expected.json")).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    let run = |run: &Value| {
        (
            run[0].as_str().unwrap().to_owned(),
            run[1].as_bool().unwrap(),
            run[2].as_str().map(str::to_owned),
        )
    };
    let list = |value: &Value| value.as_array().unwrap().clone();
    let cell =
        |cell: &Value| list(cell).iter().map(|p| list(p).iter().map(run).collect()).collect();
    list(&value["rows"]).iter().map(|row| list(&row["cells"]).iter().map(cell).collect()).collect()
}

/// Rows of cells of paragraphs of runs.
type Rows = Vec<Vec<Vec<Vec<Run>>>>;

/// What is read: header row, numbers of the rows, cells of the rows.
fn cells(document: &ForeignDocument) -> (Vec<String>, Vec<String>, Rows) {
    let table = tables(&document.blocks)[0];
    let text =
        |runs: &[Vec<Run>]| runs.iter().flatten().map(|run| run.0.as_str()).collect::<String>();
    let all: Rows = table.rows.iter().map(|row| row.cells.iter().map(runs).collect()).collect();
    let header = all[0].iter().map(|cell| text(cell)).collect();
    let numbers = all[1..].iter().map(|row| text(&row[0])).collect();
    (header, numbers, all[1..].iter().map(|row| row[1..].to_vec()).collect())
}

const HEADER: [&str; 6] = [
    "#",
    "Recommendation",
    "Management response",
    "Responsibility",
    "Target date/deadline",
    "Date of implementation/comments",
];

/// The sample gives its cells exactly, whatever program it comes from.
#[test]
fn the_sample_of_word_is_exact() {
    let (header, numbers, rows) = cells(&accepted("sample_report.docx"));
    assert_eq!(
        (header.as_slice(), numbers.as_slice()),
        (
            HEADER.map(str::to_owned).as_slice(),
            ["1", "2", "3", "4", "5", "6"].map(str::to_owned).as_slice()
        )
    );
    assert_eq!(rows, expected());
}

/// A workbook keeps one link for each cell, so all text of the cell has it, as in Excel; text and bold
/// are exact.
#[test]
fn the_sample_of_excel_is_exact() {
    let document = accepted("sample_report.xlsx");
    let (header, numbers, rows) = cells(&document);
    assert_eq!(
        (header.as_slice(), numbers.as_slice()),
        (
            HEADER.map(str::to_owned).as_slice(),
            ["1", "2", "3", "4", "5", "6"].map(str::to_owned).as_slice()
        )
    );
    assert!(tables(&document.blocks)[0].rows[0].is_header);
    assert_eq!(without_links(rows.clone()), without_links(expected()));
    let links = [
        "https://undocs.org/ECE/CP.TEIA/38/Add.1",
        "https://example.org/link-3",
        "https://example.org/link-6",
    ];
    for (number, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let link = links.get(number).filter(|_| column == 4).map(|link| (*link).to_owned());
            assert!(cell.iter().flatten().all(|run| run.2 == link), "{cell:?}");
        }
    }
}

/// Text separated by commas has no looks and no links; the text is exact.
#[test]
fn the_sample_of_commas_is_exact() {
    let (header, numbers, rows) = cells(&accepted("sample_report.csv"));
    assert_eq!(
        (header.as_slice(), numbers.as_slice()),
        (
            HEADER.map(str::to_owned).as_slice(),
            ["1", "2", "3", "4", "5", "6"].map(str::to_owned).as_slice()
        )
    );
    let plain = without_links(expected())
        .into_iter()
        .map(|row| row.into_iter().map(|cell| cell.into_iter().map(plain).collect()).collect());
    assert_eq!(rows, plain.collect::<Rows>());
}

/// A web page gives text, bold and links exactly.
#[test]
fn the_sample_of_a_page_is_exact() {
    let document = accepted("sample_report.html");
    let (header, numbers, rows) = cells(&document);
    assert_eq!(
        (header.as_slice(), numbers.as_slice()),
        (
            HEADER.map(str::to_owned).as_slice(),
            ["1", "2", "3", "4", "5", "6"].map(str::to_owned).as_slice()
        )
    );
    assert_eq!(rows, expected());
    assert_eq!(tables(&document.blocks)[0].title.as_deref(), Some("Recommendations"));
    assert_eq!(
        (document.title.as_deref(), document.language.as_deref()),
        (Some("Final Progress Report as at 31 December 2020"), Some("en"))
    );
}

/// Runs without their links, joined where only a link divided them.
fn without_links(rows: Rows) -> Rows {
    let joined = |runs: Vec<Run>| {
        let mut joined: Vec<Run> = Vec::new();
        for (text, bold, _) in runs {
            match joined.last_mut() {
                Some(last) if last.1 == bold => last.0.push_str(&text),
                _ => joined.push((text, bold, None)),
            }
        }
        joined
    };
    let cell = |cell: Vec<Vec<Run>>| cell.into_iter().map(joined).collect();
    rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
}

/// A paragraph as one run without a look.
fn plain(runs: Vec<Run>) -> Vec<Run> {
    vec![(runs.iter().map(|run| run.0.as_str()).collect(), false, None)]
}

/// Nothing is lost, and nothing counted twice: what is placed and what is left out is all there is.
#[test]
fn every_character_is_accounted_for() {
    for path in files() {
        let bytes = std::fs::read(&path).unwrap();
        for resolve in [Resolve::Accept, Resolve::Reject] {
            let document = match read(&bytes, ReadOptions { changes: Some(resolve) }) {
                Ok(document) => document,
                Err(error) => panic!("{}: {error}", path.display()),
            };
            assert_eq!(
                document.placed() + document.left_out_characters(),
                document.characters,
                "{} {resolve:?}: {} placed, left out: {:?}",
                path.display(),
                document.placed(),
                document.left_out
            );
            assert!(document.placed() > 0, "{}", path.display());
        }
    }
}
