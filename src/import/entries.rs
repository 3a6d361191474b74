//! The rows of foreign tables in, recommendations out: values where a cell says exactly one, text for
//! everything else.

use std::collections::BTreeMap;

use super::columns::{ColumnField, ForeignColumn, ForeignColumns};
use super::document::{
    ForeignBlock, ForeignCell, ForeignPiece, ForeignPlace, Row, Script, TextPiece, character_count,
};
use super::gathering::{
    Gathered, GatheredCell, cell_characters, gather, gather_fields, keep_headings, labels,
};
use super::markdown::loses_link;
use super::tables::{FoundTable, Shape, cell_lines, cell_text, one_line, text_of};
use super::values::{self, ValueRead};
use crate::language::Words;
use crate::model::Date;
use crate::vocabulary::{Priority, Response, Status, Verification, Vocabulary};

pub use super::values::OmittedKind;

/// What reading tables needs to know of the site.
#[derive(Clone, Copy)]
pub(super) struct ImportWords<'a> {
    /// The words that authors may use.
    pub(super) vocabulary: &'a Vocabulary,
    /// The words of the site's first language, in which headings are written.
    pub(super) words: &'a Words,
    /// The reporting date, where it is known.
    pub(super) as_at: Option<Date>,
}

/// A recommendation of a foreign document.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignEntry<'d> {
    /// Where it is: its table and its first row.
    pub place: ForeignPlace,
    /// Its number.
    pub number: String,
    /// What its front matter says besides that, in the order of its keys.
    pub facts: Vec<ForeignFact>,
    /// Its sections, in their order.
    pub sections: Vec<ForeignSection<'d>>,
}

/// A line of front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignFact {
    /// The key.
    pub key: String,
    /// The value, or several.
    pub values: Vec<String>,
}

/// A section, and the cells that it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignSection<'d> {
    /// Its heading.
    pub heading: String,
    /// What is in it.
    pub blocks: Vec<&'d ForeignBlock>,
    /// What is to be said about it in the file, for whoever edits it.
    pub comments: Vec<String>,
}

/// Something that whoever imports should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub place: ForeignPlace,
    /// What.
    pub text: String,
}

/// Words that are in no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Omitted {
    /// Where.
    pub place: ForeignPlace,
    /// What kind of words.
    pub kind: OmittedKind,
    /// The words.
    pub text: String,
}

/// What tables give.
#[derive(Debug, Default)]
pub struct TablesRead<'d> {
    /// The recommendations, in the order of the tables.
    pub entries: Vec<ForeignEntry<'d>>,
    /// The chapters, in the order in which they come.
    pub groups: Vec<String>,
    /// What was read as what, and what was not.
    pub remarks: Vec<Remark>,
    /// What is in no file.
    pub omitted: Vec<Omitted>,
    /// How many characters are the headings of columns, titles over tables, and the names of chapters.
    pub in_headings: usize,
    /// How many are in front matter.
    pub in_facts: usize,
    /// How many are in sections.
    pub in_sections: usize,
}

/// Reads the recommendations of tables, each with its columns.
///
/// # Errors
///
/// When a number occurs twice.
pub(super) fn entries<'d>(
    tables: &[(&FoundTable<'d>, &ForeignColumns)],
    known: ImportWords<'_>,
) -> Result<TablesRead<'d>, String> {
    let mut reading = TablesRead::default();
    let several = tables.len() > 1;
    for (found, columns) in tables {
        let gathered = match found.shape {
            Shape::Rows { above, headings } => {
                let before = &found.table.rows[..above + headings];
                let (titles, heads) = before.split_at(above);
                for (index, row) in heads.iter().enumerate() {
                    keep_headings(&row.cells, found.number, above + index + 1, &mut reading);
                }
                for (index, row) in titles.iter().enumerate() {
                    leave_out(row, found.number, index + 1, OmittedKind::Above, &mut reading);
                }
                let group = found.heading.clone().filter(|_| several);
                gather(found, columns, group, &mut reading)?
            }
            Shape::Fields => vec![gather_fields(found, columns, &mut reading)],
            Shape::Other => Vec::new(),
        };
        for one in gathered {
            let number = number(&one, columns, found, known, &mut reading);
            let entry = entry(number, one, columns, known, &mut reading);
            reading.entries.push(entry);
        }
    }
    if reading.entries.is_empty() {
        return Err("below the headings there is no row with a recommendation".to_owned());
    }
    let mut seen: BTreeMap<&str, &ForeignPlace> = BTreeMap::new();
    for entry in &reading.entries {
        if let Some(before) = seen.insert(&entry.number, &entry.place) {
            return Err(format!(
                "number {} occurs twice, {} and {}; import the tables one by one into different \
                 reports with `--table`, or give them different numbers",
                entry.number, before, entry.place
            ));
        }
    }
    Ok(reading)
}

/// The number of a recommendation: that of its column, of the heading above a table that is one
/// recommendation, or its place in the table.
fn number(
    one: &Gathered<'_>,
    columns: &ForeignColumns,
    found: &FoundTable<'_>,
    known: ImportWords<'_>,
    reading: &mut TablesRead<'_>,
) -> String {
    let column = columns.0.iter().position(|column| column.field == ColumnField::Number);
    let cell = column.and_then(|column| one.cells.get(&column)?.first());
    if let Some(GatheredCell { place, cell, .. }) = cell {
        let text = plain_text(cell);
        let shown = match text.is_empty() {
            true => labels(cell).first().map_or(String::new(), |label| (*label).to_owned()),
            false => text.clone(),
        };
        let number = bare_number(&shown, known.vocabulary);
        let mut omit = |kind, text: String| {
            if !text.is_empty() {
                reading.omitted.push(Omitted { place: place.clone(), kind, text });
            }
        };
        omit(OmittedKind::BesideNumber, marked_text(cell));
        if !text.is_empty() && number.contains(char::is_alphanumeric) {
            omit(OmittedKind::Sign, one_line(&text.replacen(&number, " ", 1)));
            reading.in_facts += character_count(&number);
        } else {
            omit(OmittedKind::Nothing, text);
        }
        if number.contains(char::is_alphanumeric) {
            return number;
        }
    }
    let heading = found.heading.as_deref().filter(|_| found.shape == Shape::Fields);
    if let Some(heading) = heading
        && let Some(("recommendation", rest)) =
            known.vocabulary.prefix(crate::vocabulary::Axis::Section, heading)
        && let Some(number) = rest.split_whitespace().next()
        && number.contains(|c: char| c.is_ascii_digit())
    {
        return bare_number(number, known.vocabulary);
    }
    let number = reading.entries.len() + 1;
    let text = format!("no number is given; it was counted, and is {number}");
    reading.remarks.push(Remark { place: one.place.clone(), text });
    number.to_string()
}

/// The words of a cell that are neither raised, lowered nor struck out: a raised digit is the mark of a
/// note, not a part of a number.
fn plain_text(cell: &ForeignCell) -> String {
    text_where(cell, |text| text.script == Script::Normal && !text.struck)
}

/// The words of a cell that are.
fn marked_text(cell: &ForeignCell) -> String {
    text_where(cell, |text| text.script != Script::Normal || text.struck)
}

fn text_where(cell: &ForeignCell, is_wanted: fn(&TextPiece) -> bool) -> String {
    let mut all = String::new();
    for block in &cell.blocks {
        let ForeignBlock::Paragraph(paragraph) = block else { continue };
        for piece in &paragraph.pieces {
            match piece {
                ForeignPiece::Text(text) if is_wanted(text) => all.push_str(&text.text),
                ForeignPiece::LineBreak => all.push(' '),
                _ => {}
            }
        }
        all.push(' ');
    }
    one_line(&all)
}

/// A number without the word and the signs around it: "Recommendation 3." is 3.
fn bare_number(shown: &str, vocabulary: &Vocabulary) -> String {
    let rest = match vocabulary.prefix(crate::vocabulary::Axis::Section, shown) {
        Some(("recommendation", rest)) if rest.contains(char::is_alphanumeric) => rest,
        _ => shown,
    };
    rest.trim_matches(|c: char| c.is_whitespace() || ".:,".contains(c)).to_owned()
}

/// Lists the words of a row as left out.
pub(super) fn leave_out(
    row: &Row,
    table: usize,
    number: usize,
    kind: OmittedKind,
    reading: &mut TablesRead<'_>,
) {
    for cell in &row.cells {
        let place = ForeignPlace {
            table: Some(table),
            row: Some(number),
            column: Some(cell.column + 1),
            paragraph: None,
        };
        let texts = [cell_text(cell)].into_iter().chain(beside_text(cell));
        for text in texts.filter(|text| !text.is_empty()) {
            reading.omitted.push(Omitted { place: place.clone(), kind, text });
        }
    }
}

/// A recommendation, of what was gathered for it.
fn entry<'d>(
    number: String,
    one: Gathered<'d>,
    columns: &ForeignColumns,
    known: ImportWords<'_>,
    reading: &mut TablesRead<'d>,
) -> ForeignEntry<'d> {
    let mut entry =
        ForeignEntry { place: one.place, number, facts: Vec::new(), sections: Vec::new() };
    if let Some(group) = one.group {
        entry.facts.push(ForeignFact { key: "group".to_owned(), values: vec![group] });
    }
    // What a column says of a status goes before what another's text implies.
    let mut in_order: Vec<(usize, &ForeignColumn)> = columns.0.iter().enumerate().collect();
    in_order.sort_by_key(|(_, column)| column.field != ColumnField::Status);
    for (index, column) in in_order {
        let Some(cells) = one.cells.get(&index) else { continue };
        if column.field == ColumnField::Number {
            for (index, GatheredCell { place, cell, .. }) in cells.iter().enumerate() {
                // The text of the first was read as the number.
                let texts = std::iter::once(cell_text(cell)).filter(|_| index > 0);
                for text in texts.chain(beside_text(cell)).filter(|text| !text.is_empty()) {
                    let kind = OmittedKind::BesideNumber;
                    reading.omitted.push(Omitted { place: place.clone(), kind, text });
                }
            }
            continue;
        }
        // A column of progress may say nothing but how far it is.
        let lines: Vec<String> = cells.iter().flat_map(|one| cell_lines(one.cell)).collect();
        let is_status = column.field == ColumnField::Progress
            && !columns.has(&ColumnField::Status)
            && values::word::<Status>(&lines, known.vocabulary).is_some();
        let as_status =
            is_status.then(|| ForeignColumn { field: ColumnField::Status, ..column.clone() });
        column_of(&mut entry, as_status.as_ref().unwrap_or(column), cells, known, reading);
    }
    let order = |heading: &str| {
        let first = |key| {
            known.words.list(key).first().is_some_and(|text| heading.starts_with(text.as_str()))
        };
        let kinds = [
            "headings.recommendation",
            "headings.response",
            "headings.deadline",
            "headings.progress",
        ];
        kinds.into_iter().position(first).unwrap_or(kinds.len())
    };
    entry.sections.sort_by_key(|section| order(&section.heading));
    let keys = [
        "title",
        "group",
        "response",
        "responsible",
        "deadline",
        "status",
        "implemented",
        "priority",
        "verification",
    ];
    entry
        .facts
        .sort_by_key(|fact| keys.iter().position(|key| *key == fact.key).unwrap_or(keys.len()));
    entry
}

/// What the cells of one column give.
fn column_of<'d>(
    entry: &mut ForeignEntry<'d>,
    column: &ForeignColumn,
    cells: &[GatheredCell<'d>],
    known: ImportWords<'_>,
    reading: &mut TablesRead<'d>,
) {
    let Some(GatheredCell { place, .. }) = cells.first() else { return };
    let lines: Vec<String> = cells.iter().flat_map(|one| cell_lines(one.cell)).collect();
    let all: usize = cells.iter().map(|one| cell_characters(one.cell)).sum();
    let counted: usize = cells.iter().map(|one| one.characters).sum();
    // What is omitted is listed where it is counted.
    let is_counted = counted > 0;
    let vocabulary = known.vocabulary;
    if column.field == ColumnField::LeaveOut {
        let kind = OmittedKind::Column;
        let texts = cells
            .iter()
            .filter(|one| one.characters > 0)
            .flat_map(|one| [cell_text(one.cell)].into_iter().chain(beside_text(one.cell)));
        for text in texts.filter(|text| !text.is_empty()) {
            reading.omitted.push(Omitted { place: place.clone(), kind, text });
        }
        return;
    }
    let is_text = matches!(
        column.field,
        ColumnField::Recommendation | ColumnField::Progress | ColumnField::Section(_)
    );
    // "n/a" is a deadline: there is none.
    let is_nothing = match column.field {
        ColumnField::Deadline => values::is_dash(&lines),
        _ => values::is_dash(&lines) || values::is_not_applicable(&lines, vocabulary),
    };
    if !is_text && is_nothing {
        let (kind, text) = (OmittedKind::Nothing, lines.join(" "));
        reading.omitted.extend(is_counted.then(|| Omitted { place: place.clone(), kind, text }));
        return;
    }
    // Several rows may say the same.
    let (first, again) = lines.split_at(lines.len().min(1));
    let is_same = cells.len() > 1 && again.iter().all(|line| *line == first[0]);
    let mut read = value(
        column,
        if is_same && column.field != ColumnField::Responsible { first } else { &lines },
        vocabulary,
    );
    if let Some((_, read)) =
        read.as_mut().filter(|_| is_same && column.field != ColumnField::Responsible)
    {
        read.rest.extend(again.iter().map(|line| (OmittedKind::Repeated, line.clone())));
    }
    let has = |key: &str| entry.facts.iter().any(|fact| fact.key == key);
    if let Some((key, read)) = read.take().filter(|(key, _)| !has(key)) {
        let in_value: usize = read.typed.iter().map(|typed| character_count(typed)).sum();
        let in_rest: usize = read.rest.iter().map(|(_, text)| character_count(text)).sum();
        // What is not in one or the other would be lost: links and notes, say.
        let is_whole = counted == 0 || counted == all;
        if is_whole && in_value + in_rest == all && !cells.iter().any(|one| is_rich(one.cell)) {
            reading.in_facts += if is_counted { in_value } else { 0 };
            let rest = read.rest.into_iter().filter(|_| is_counted);
            reading.omitted.extend(rest.map(|(kind, text)| Omitted {
                place: place.clone(),
                kind,
                text,
            }));
            entry.facts.push(ForeignFact { key, values: read.typed });
            return;
        }
    }
    let mut section = ForeignSection {
        heading: heading(column, known),
        blocks: cells.iter().flat_map(|one| &one.cell.blocks).collect(),
        comments: Vec::new(),
    };
    // The words of several rows may contradict each other.
    if cells.len() == 1 {
        read_beside_text(entry, column, &lines, place, known, reading);
    }
    if let Some(what) = value_wanted(&column.field)
        && !entry.facts.iter().any(|fact| fact.key == column.field.name())
    {
        let text = format!("{what} was not read, and the words are kept as text");
        // A response is often a text; in other columns words that are not a value are unusual.
        if column.field != ColumnField::Response {
            let heading = &column.heading;
            section
                .comments
                .push(format!("imported: column “{heading}”, {place}: {what} was not read"));
        }
        reading.remarks.push(Remark { place: place.clone(), text });
    }
    if cells.iter().any(|one| has_piece(one.cell, loses_link)) {
        let text =
            "a link to a file or place of the document is left out; its words are kept".to_owned();
        reading.remarks.push(Remark { place: place.clone(), text });
    }
    if cells.iter().any(|one| has_piece(one.cell, |text| text.script != Script::Normal)) {
        let text = "raised and lowered characters are kept, but not their look".to_owned();
        reading.remarks.push(Remark { place: place.clone(), text });
    }
    reading.in_sections += counted;
    match entry.sections.iter_mut().find(|other| other.heading == section.heading) {
        Some(other) => {
            other.blocks.extend(section.blocks);
            other.comments.extend(section.comments);
        }
        None => entry.sections.push(section),
    }
}

/// The value of a column that is one, with its key.
fn value(
    column: &ForeignColumn,
    lines: &[String],
    vocabulary: &Vocabulary,
) -> Option<(String, ValueRead)> {
    let whole = || {
        let typed = vec![lines.join(" ")];
        Some(ValueRead { typed, rest: Vec::new() }).filter(|_| !lines.is_empty())
    };
    let read = match &column.field {
        ColumnField::Title | ColumnField::Group | ColumnField::Fact(_) => whole(),
        ColumnField::Response => values::word::<Response>(lines, vocabulary),
        ColumnField::Status => values::word::<Status>(lines, vocabulary),
        ColumnField::Priority => values::word::<Priority>(lines, vocabulary),
        ColumnField::Verification => values::word::<Verification>(lines, vocabulary),
        ColumnField::Deadline => values::deadline(lines, vocabulary),
        ColumnField::Implemented => values::date(lines, vocabulary),
        ColumnField::Responsible => {
            Some(values::names(lines)).filter(|read| !read.typed.is_empty())
        }
        ColumnField::Number | ColumnField::Recommendation | ColumnField::Progress => None,
        ColumnField::Section(_) | ColumnField::LeaveOut => None,
    };
    Some((column.field.name(), read?))
}

/// What a text says that is a value as well: its first line is the word of a response, or it says
/// "Implemented by 31 December 2020". The text stays.
fn read_beside_text(
    entry: &mut ForeignEntry<'_>,
    column: &ForeignColumn,
    lines: &[String],
    place: &ForeignPlace,
    known: ImportWords<'_>,
    reading: &mut TablesRead<'_>,
) {
    let mut add = |key: &str, value: String| {
        if entry.facts.iter().any(|fact| fact.key == key) {
            return;
        }
        let text = format!("“{}” gives `{key}: {value}`; the words are kept, too", lines[0]);
        reading.remarks.push(Remark { place: place.clone(), text });
        entry.facts.push(ForeignFact { key: key.to_owned(), values: vec![value] });
    };
    let vocabulary = known.vocabulary;
    match column.field {
        ColumnField::Response => {
            if let Some(value) = values::first_line::<Response>(lines, vocabulary) {
                add("response", value);
            }
        }
        ColumnField::Status => {
            if let Some(value) = values::first_line::<Status>(lines, vocabulary) {
                add("status", value);
            }
        }
        ColumnField::Deadline => {
            if let Some((status, date)) = values::status_and_deadline(lines, vocabulary) {
                add("deadline", date);
                add("status", status);
            }
        }
        _ => {}
    }
}

/// What a column was expected to give, for remarks.
fn value_wanted(field: &ColumnField) -> Option<&'static str> {
    match field {
        ColumnField::Response => Some("a response"),
        ColumnField::Status => Some("a status"),
        ColumnField::Deadline => Some("a deadline"),
        ColumnField::Implemented => Some("a date"),
        ColumnField::Priority => Some("a priority"),
        ColumnField::Verification => Some("a verification"),
        _ => None,
    }
}

/// The heading under which the text of a column is kept.
fn heading(column: &ForeignColumn, known: ImportWords<'_>) -> String {
    let usual = |key: &str| known.words.list(key).first().cloned().unwrap_or_default();
    match &column.field {
        ColumnField::Recommendation => usual("headings.recommendation"),
        ColumnField::Response => usual("headings.response"),
        ColumnField::Deadline => usual("headings.deadline"),
        ColumnField::Progress => {
            let at = known.words.list("typed.at").iter().find(|word| word.as_str() == "at");
            let at = at.or(known.words.list("typed.at").first());
            match (known.as_at, at) {
                (Some(day), Some(at)) => {
                    format!("{} {at} {}", usual("headings.progress"), day.in_words(known.words))
                }
                _ => usual("headings.progress"),
            }
        }
        ColumnField::Section(heading) => heading.clone(),
        _ => column.heading.clone(),
    }
}

/// Whether a cell has a piece of text of some kind.
fn has_piece(cell: &ForeignCell, is_wanted: fn(&TextPiece) -> bool) -> bool {
    cell.blocks.iter().any(|block| match block {
        ForeignBlock::Table(_) => false,
        ForeignBlock::Paragraph(paragraph) => paragraph
            .pieces
            .iter()
            .any(|piece| matches!(piece, ForeignPiece::Text(text) if is_wanted(text))),
    })
}

/// The texts of the notes and tables of a cell.
pub(super) fn beside_text(cell: &ForeignCell) -> Vec<String> {
    let mut texts = Vec::new();
    for block in &cell.blocks {
        match block {
            ForeignBlock::Paragraph(paragraph) => {
                let notes = paragraph.pieces.iter().filter_map(|piece| match piece {
                    ForeignPiece::Note(paragraphs) => Some(paragraphs),
                    _ => None,
                });
                texts.extend(notes.flatten().map(text_of));
            }
            ForeignBlock::Table(table) => {
                texts.extend(table.title.clone());
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    texts.push(cell_text(cell));
                    texts.extend(beside_text(cell));
                }
            }
        }
    }
    texts
}

/// Whether a cell has more than words: a link, a note, a picture, a nested table.
fn is_rich(cell: &ForeignCell) -> bool {
    cell.blocks.iter().any(|block| match block {
        ForeignBlock::Table(_) => true,
        ForeignBlock::Paragraph(paragraph) => paragraph.pieces.iter().any(|piece| match piece {
            ForeignPiece::Text(text) => {
                text.link.is_some() || text.struck || text.script != Script::Normal
            }
            ForeignPiece::LineBreak => false,
            ForeignPiece::Note(_) | ForeignPiece::Picture(_) => true,
        }),
    })
}
