//! Recommendations in, content files out.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::document::{ForeignBlock, ForeignDocument, ForeignPicture, ForeignPiece};
use super::entries::{ForeignEntry, ForeignFact, TablesRead};
use super::markdown::Writer;
use crate::assemble::slug;
use crate::model::Label;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its path from the site's root.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// What a new report says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// Its title.
    pub title: String,
    /// Its reporting date, where it is known.
    pub as_at: Option<NaiveDate>,
}

/// The files of a report: `report.md` where it is new, a file for each recommendation, the pictures.
pub(super) fn new_files(
    folder: &str,
    report: Option<&NewReport>,
    document: &ForeignDocument,
    reading: &TablesRead<'_>,
) -> Vec<NewFile> {
    let mut files = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| {
        files.push(NewFile { path: format!("content/{folder}/{name}"), bytes });
    };
    if let Some(report) = report {
        add("report.md", report_file(report, &reading.groups).into_bytes());
    }
    let mut taken = BTreeSet::new();
    for entry in &reading.entries {
        add(&file_name(entry, &mut taken), file(entry, &document.pictures).into_bytes());
    }
    // A picture may be shown several times; what is outside the recommendations is not kept.
    let sections = reading.entries.iter().flat_map(|entry| &entry.sections);
    let mut shown = BTreeSet::new();
    sections.flat_map(|section| &section.blocks).for_each(|block| pictures(block, &mut shown));
    let pictures = shown.into_iter().filter_map(|index| document.pictures.get(index));
    for picture in pictures.filter(|picture| taken.insert(picture.name.to_lowercase())) {
        add(&picture.name, picture.bytes.clone());
    }
    files
}

fn report_file(report: &NewReport, groups: &[String]) -> String {
    let mut text = format!("---\ntitle: {}\n", scalar(&report.title));
    if let Some(day) = report.as_at {
        let _ = writeln!(text, "as_at: {day}");
    }
    if !groups.is_empty() {
        text.push_str("groups:\n");
        for group in groups {
            let _ = writeln!(text, "  - {}", scalar(group));
        }
    }
    text.push_str("---\n");
    text
}

/// The pictures that a block shows, by their places in the document.
fn pictures(block: &ForeignBlock, shown: &mut BTreeSet<usize>) {
    match block {
        ForeignBlock::Paragraph(paragraph) => {
            shown.extend(paragraph.pieces.iter().filter_map(|piece| match piece {
                ForeignPiece::Picture(index) => Some(*index),
                _ => None,
            }));
        }
        ForeignBlock::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.flat_map(|cell| &cell.blocks).for_each(|block| pictures(block, shown));
        }
    }
}

/// The most characters of a number in the name of a file.
const LONGEST: usize = 60;

/// The name of a recommendation's file: its number, and its title where it has one. No two names
/// differ only by case, which some systems do not tell apart, and none has a dot before its ending, which
/// would be taken for a language.
fn file_name(entry: &ForeignEntry<'_>, taken: &mut BTreeSet<String>) -> String {
    let label = match entry.number.parse::<u64>() {
        Ok(n) => format!("{n:02}"),
        Err(_) => Label(entry.number.clone()).slug().replace('.', "-"),
    };
    let label: String = label.chars().take(LONGEST).collect();
    let title = entry.facts.iter().find(|fact| fact.key == "title");
    let stem = match title.and_then(|fact| fact.values.first()) {
        Some(title) => format!("{label}-{}", slug(title)),
        None => label,
    };
    let numbered = (2..).map(|n| format!("{stem}-{n}.md"));
    let mut names = [format!("{stem}.md")].into_iter().chain(numbered);
    let name = names.find(|name| taken.insert(name.to_lowercase()) && name != "report.md");
    name.unwrap_or_default()
}

fn file(entry: &ForeignEntry<'_>, pictures: &[ForeignPicture]) -> String {
    let mut text = format!("---\nnumber: {}\n", scalar(&entry.number));
    for ForeignFact { key, values } in &entry.facts {
        let values: Vec<String> = values.iter().map(|value| scalar(value)).collect();
        let _ = match values.as_slice() {
            [only] => writeln!(text, "{key}: {only}"),
            several => writeln!(text, "{key}: [{}]", several.join(", ")),
        };
    }
    text.push_str("---\n");
    let mut writer = Writer::new(pictures);
    for section in &entry.sections {
        let _ = write!(text, "\n## {}\n", heading(&section.heading));
        let body = writer.section(&section.blocks);
        if !body.is_empty() {
            let _ = write!(text, "\n{body}\n");
        }
        for comment in &section.comments {
            let _ = write!(text, "\n<!-- {} -->\n", comment.replace("--", "–"));
        }
    }
    text
}

/// A heading, whose last `#` Markdown would take for a mark.
fn heading(text: &str) -> String {
    let escaped = super::markdown::escaped(text);
    let words = escaped.trim_end_matches('#');
    let signs = escaped.len() - words.len();
    format!("{words}{}", "\\#".repeat(signs))
}

/// A text as a value of YAML: as it is where that is plain, in quotes otherwise.
fn scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " .-/()’°%".contains(c);
    let is_word = text.starts_with(char::is_alphanumeric)
        && text.chars().all(is_plain)
        && !text.ends_with(' ')
        && !matches!(text.to_ascii_lowercase().as_str(), "null" | "true" | "false" | "yes" | "no");
    match is_word {
        true => text.to_owned(),
        // JSON is YAML.
        false => serde_json::to_string(text).unwrap_or_default(),
    }
}
