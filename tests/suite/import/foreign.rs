//! The invented reports of `cases/`: what was read is what their expectations say Word shows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use recto::import::document::{
    ForeignBlock, ForeignCell, ForeignPiece, ForeignTable, LeftOutKind, Merged, Paragraph,
};
use recto::import::{ForeignDocument, ReadOptions, Resolve, read};
use serde_json::{Value, json};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import");

/// The expectations of all cases.
fn cases() -> Vec<(PathBuf, Value)> {
    let Ok(entries) = std::fs::read_dir(CASES) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".expected.json"))
        .collect();
    paths.sort();
    let value =
        |path: &PathBuf| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    paths.into_iter().map(|path| (path.clone(), value(&path))).collect()
}

fn kind(kind: LeftOutKind) -> &'static str {
    match kind {
        LeftOutKind::Comment => "comment",
        LeftOutKind::Change => "change",
        LeftOutKind::Hidden => "hidden",
        LeftOutKind::Drawing => "drawing",
        LeftOutKind::FieldCode => "field_code",
        LeftOutKind::Repetition => "repetition",
        LeftOutKind::PageFurniture => "page_furniture",
        LeftOutKind::Markup => "markup",
        LeftOutKind::Formula => "formula",
    }
}

fn paragraph(document: &ForeignDocument, paragraph: &Paragraph) -> Value {
    let mut runs: Vec<Value> = Vec::new();
    let mut add = |text: &str, bold: bool, link: &Option<String>| match runs.last_mut() {
        Some(Value::Array(last)) if last[1] == json!(bold) && last[2] == json!(link) => {
            last[0] = json!(format!("{}{text}", last[0].as_str().unwrap()));
        }
        _ => runs.push(json!([text, bold, link])),
    };
    let mut others = Vec::new();
    for piece in &paragraph.pieces {
        match piece {
            ForeignPiece::Text(piece) => add(&piece.text, piece.bold, &piece.link),
            ForeignPiece::LineBreak => add("\n", false, &None),
            ForeignPiece::Note(notes) => {
                others.push(json!({ "note": notes.iter().map(|note| self::paragraph(document, note)).collect::<Vec<_>>() }));
            }
            ForeignPiece::Picture(index) => others.push(json!({ "picture": document.pictures[*index].alternative.clone().unwrap_or_default() })),
        }
    }
    runs.extend(others);
    json!({ "label": paragraph.label.as_ref().map(|label| &label.text), "runs": runs })
}

fn cell(document: &ForeignDocument, cell: &ForeignCell) -> Value {
    let merged = match cell.merged {
        Merged::No => "no",
        Merged::First => "first",
        Merged::Above => "above",
    };
    let blocks = cell.blocks.iter().map(|block| match block {
        ForeignBlock::Paragraph(inner) => paragraph(document, inner),
        ForeignBlock::Table(inner) => json!({ "table": table(document, inner) }),
    });
    json!({ "column": cell.column, "columns": cell.columns, "merged": merged, "paragraphs": normal(&Value::Array(blocks.collect())) })
}

fn table(document: &ForeignDocument, table: &ForeignTable) -> Value {
    let rows = table.rows.iter().map(|row| {
        json!({ "is_header": row.is_header, "cells": row.cells.iter().map(|inner| cell(document, inner)).collect::<Vec<_>>() })
    });
    json!({ "title": table.title, "rows": rows.collect::<Vec<_>>() })
}

/// Paragraphs in the form that both sides are compared in: boxes opened, breaks in the look of what stands
/// before them, ends trimmed, empty ones gone, notes and pictures last.
fn normal(paragraphs: &Value) -> Value {
    let mut normal_paragraphs = Vec::new();
    for paragraph in paragraphs.as_array().unwrap() {
        if let Some(inner) = paragraph.get("text_box") {
            normal_paragraphs.extend(normal(inner).as_array().unwrap().clone());
            continue;
        }
        if let Some(inner) = paragraph.get("table") {
            normal_paragraphs.push(json!({ "table": normal_table(inner) }));
            continue;
        }
        let (mut runs, mut others): (Vec<(String, Value, Value)>, Vec<Value>) = Default::default();
        for run in paragraph["runs"].as_array().unwrap() {
            match (run.get("note"), run.as_array()) {
                (Some(note), _) => others.push(json!({ "note": normal(note) })),
                (None, Some(run)) => {
                    let text = run[0].as_str().unwrap().replace('☑', "☒").replace('\u{2011}', "-");
                    let is_space = text.trim().is_empty();
                    match runs.last_mut() {
                        // How white space looks cannot be seen.
                        Some(last)
                            if (last.1 == run[1] || is_space)
                                && (last.2 == run[2]
                                    || (is_space && run[2].is_null() && last.2.is_null())) =>
                        {
                            last.0.push_str(&text)
                        }
                        _ => runs.push((text, run[1].clone(), run[2].clone())),
                    }
                }
                (None, None) => others.push(run.clone()),
            }
        }
        while let Some(last) = runs.last_mut() {
            last.0.truncate(last.0.trim_end().len());
            if !last.0.is_empty() {
                break;
            }
            runs.pop();
        }
        if let Some(first) = runs.first_mut() {
            first.0 = first.0.trim_start().to_owned();
        }
        runs.retain(|run| !run.0.is_empty());
        if runs.is_empty() && others.is_empty() && paragraph["label"].is_null() {
            continue;
        }
        let runs =
            runs.into_iter().map(|(text, bold, link)| json!([text, bold, link])).chain(others);
        normal_paragraphs
            .push(json!({ "label": paragraph["label"], "runs": runs.collect::<Vec<_>>() }));
    }
    Value::Array(normal_paragraphs)
}

fn normal_table(table: &Value) -> Value {
    let cell = |cell: &Value| json!({ "column": cell["column"], "columns": cell["columns"], "merged": cell["merged"], "paragraphs": normal(&cell["paragraphs"]) });
    let list = |value: &Value| value.as_array().unwrap().clone();
    let rows = list(&table["rows"]).into_iter().map(|row| {
        json!({ "is_header": row["is_header"], "cells": list(&row["cells"]).iter().map(cell).collect::<Vec<_>>() })
    });
    json!({ "title": table["title"], "rows": rows.collect::<Vec<_>>() })
}

/// The last heading before each table.
fn tables(document: &ForeignDocument) -> Vec<(Option<String>, Value)> {
    let mut heading = None;
    let mut tables = Vec::new();
    for block in &document.blocks {
        match block {
            ForeignBlock::Paragraph(found) if found.heading.is_some() => {
                let text = |piece: &ForeignPiece| {
                    if let ForeignPiece::Text(piece) = piece {
                        piece.text.clone()
                    } else {
                        String::new()
                    }
                };
                heading = Some(found.pieces.iter().map(text).collect::<String>());
            }
            ForeignBlock::Paragraph(_) => {}
            ForeignBlock::Table(found) => {
                tables.push((heading.clone(), normal_table(&table(document, found))))
            }
        }
    }
    tables
}

/// What is left out, by kind, its characters in order.
fn characters(left_out: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    let mut by_kind: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for (kind, text) in left_out {
        by_kind.entry(kind).or_default().extend(text.chars().filter(|c| !c.is_whitespace()));
    }
    let sorted = |(kind, mut characters): (String, Vec<char>)| {
        characters.sort_unstable();
        (kind, characters.into_iter().collect::<String>())
    };
    by_kind.into_iter().map(sorted).filter(|(_, text)| !text.is_empty()).collect()
}

/// The expectation of a sheet in the form that sheets are read in: lines are paragraphs, and days are in
/// figures.
fn of_sheet(mut table: Value) -> Value {
    for cell in table["rows"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .flat_map(|row| row["cells"].as_array_mut().unwrap())
    {
        let day = cell["value"]
            .as_str()
            .map(|day| day.replace('T', " ").trim_end_matches(":00").to_owned());
        let mut lines = Vec::new();
        for paragraph in cell["paragraphs"].as_array().unwrap() {
            let runs = paragraph["runs"].as_array().unwrap();
            assert_eq!(runs.len(), 1);
            let text = day.as_deref().or(runs[0][0].as_str()).unwrap();
            lines
                .extend(text.split('\n').map(
                    |line| json!({ "label": null, "runs": [[line, runs[0][1], runs[0][2]]] }),
                ));
        }
        cell["paragraphs"] = Value::Array(lines);
    }
    table
}

fn differences(path: &Path, expected: &Value) -> Vec<String> {
    let name = path.file_name().unwrap().to_string_lossy().replace(".expected.json", ".docx");
    let file = expected["file"].as_str().unwrap_or(&name);
    let changes = match expected["changes"].as_str() {
        Some("accept") => Some(Resolve::Accept),
        Some("reject") => Some(Resolve::Reject),
        _ => None,
    };
    let document =
        match read(&std::fs::read(path.with_file_name(file)).unwrap(), ReadOptions { changes }) {
            Ok(document) => document,
            Err(error) => return vec![format!("{file}: {error}")],
        };
    let found = tables(&document);
    let wanted = expected["tables"].as_array().unwrap();
    let mut differences = Vec::new();
    if found.len() != wanted.len() {
        differences.push(format!("{file}: {} tables for {}", found.len(), wanted.len()));
    }
    for (number, ((heading, table), wanted)) in found.iter().zip(wanted).enumerate() {
        if json!(heading) != wanted["heading_above"] {
            differences.push(format!(
                "{file} table {number}: heading {heading:?} for {}",
                wanted["heading_above"]
            ));
        }
        let is_sheet = file.ends_with(".xlsx") || file.ends_with(".csv");
        let wanted =
            normal_table(&if is_sheet { of_sheet(wanted.clone()) } else { wanted.clone() });
        if table["title"] != wanted["title"] {
            differences.push(format!(
                "{file} table {number}: title {} for {}",
                table["title"], wanted["title"]
            ));
        }
        let (rows, wanted_rows) =
            (table["rows"].as_array().unwrap(), wanted["rows"].as_array().unwrap());
        if rows.len() != wanted_rows.len() {
            differences.push(format!(
                "{file} table {number}: {} rows for {}",
                rows.len(),
                wanted_rows.len()
            ));
        }
        for (at, (row, wanted)) in rows.iter().zip(wanted_rows).enumerate() {
            if row["is_header"] != wanted["is_header"] {
                differences.push(format!(
                    "{file} table {number} row {at}: header {} for {}",
                    row["is_header"], wanted["is_header"]
                ));
            }
            let (cells, wanted) =
                (row["cells"].as_array().unwrap(), wanted["cells"].as_array().unwrap());
            if cells.len() != wanted.len() {
                differences.push(format!(
                    "{file} table {number} row {at}: {} cells for {}",
                    cells.len(),
                    wanted.len()
                ));
            }
            for (column, (cell, wanted)) in cells.iter().zip(wanted).enumerate() {
                if cell != wanted {
                    differences.push(format!("{file} table {number} row {at} cell {column}:\n   read   {cell}\n   wanted {wanted}"));
                }
            }
        }
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let wanted = expected["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|left_out| (text(&left_out["kind"]), text(&left_out["text"])));
    let wanted = characters(wanted);
    let left_out = characters(
        document
            .left_out
            .iter()
            .map(|left_out| (kind(left_out.kind).to_owned(), left_out.text.clone())),
    );
    if left_out != wanted {
        differences.push(format!(
            "{file} left out:\n   read   {left_out:?}\n   wanted {wanted:?}\n   {:?}",
            document.left_out
        ));
    }
    differences
}

#[test]
fn every_case_is_what_word_shows() {
    let differences: Vec<String> =
        cases().iter().flat_map(|(path, expected)| differences(path, expected)).collect();
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}
