//! What an import says: the tables, the columns and why, the values, what was left out, the account.

use std::fmt::Write as _;

use super::account::Account;
use super::document::{ForeignBlock, ForeignPlace};
use super::importing::Import;
use super::tables::{FoundTable, Shape, one_line, text_of};

/// The whole of it, as the terminal shows it.
pub fn told(import: &Import<'_>) -> String {
    let mut out = String::new();
    import.tables.iter().for_each(|found| table(&mut out, found, import));
    report(&mut out, import);
    recommendations(&mut out, import);
    left_out(&mut out, import);
    outside(&mut out, import);
    to_look_at(&mut out, import);
    let _ = writeln!(out, "\n{}", characters(&import.account));
    out
}

/// What a new report would say of itself.
fn report(out: &mut String, import: &Import<'_>) {
    let Some(report) = &import.report else { return };
    let _ = writeln!(out, "\nNew report: {}", report.title);
    let _ = match report.as_at {
        Some(day) => writeln!(out, "  as at {day}"),
        None => {
            writeln!(out, "  no date was found; say as at when it reports: `--as-at 2020-12-31`")
        }
    };
}

/// The texts that are in no table that is imported.
fn outside(out: &mut String, import: &Import<'_>) {
    let texts = import.document.blocks.iter().filter_map(|block| match block {
        ForeignBlock::Paragraph(paragraph) => Some(text_of(paragraph)),
        ForeignBlock::Table(_) => None,
    });
    // Headings over tables, and the title, are named above.
    let is_named = |text: &str| {
        import.report.as_ref().is_some_and(|report| report.title == text)
            || import.tables.iter().any(|found| found.heading.as_deref() == Some(text))
    };
    let texts: Vec<String> = texts.filter(|text| !text.is_empty() && !is_named(text)).collect();
    if texts.is_empty() {
        return;
    }
    out.push_str("\nOutside the tables, not imported\n");
    for text in texts {
        let _ = writeln!(out, "  {}", excerpt(&text));
    }
}

/// A number of things in words: "1 table", "2 tables".
pub fn plural(count: usize, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    }
}

fn table(out: &mut String, found: &FoundTable<'_>, import: &Import<'_>) {
    let rows = plural(found.table.rows.len(), "row");
    let columns = found.table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let columns = plural(columns, "column");
    let above = found.heading.as_deref().map_or(String::new(), |text| format!(", below “{text}”"));
    let _ = writeln!(out, "\nTable {}: {rows}, {columns}{above}", found.number);
    let Some(columns) = import.columns_of(found) else {
        let is_asked =
            import.tables_asked.is_empty() || import.tables_asked.contains(&found.number);
        out.push_str(match is_asked {
            true => "  not imported: it has no column of recommendations\n",
            false => "  not imported: another table was asked for\n",
        });
        return;
    };
    if found.shape == Shape::Fields {
        out.push_str("  one recommendation, its fields one below the other\n");
    }
    let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0).min(40);
    let headings = width(&mut columns.0.iter().map(|column| column.heading.chars().count()));
    let fields = width(&mut columns.0.iter().map(|column| column.field.name().chars().count()));
    for column in &columns.0 {
        let (heading, field, why) = (&column.heading, column.field.name(), column.why.words());
        let _ = writeln!(out, "  {heading:headings$}  →  {field:fields$}  ({why})");
    }
}

fn recommendations(out: &mut String, import: &Import<'_>) {
    let entries = &import.reading.entries;
    let _ = writeln!(out, "\n{}", plural(entries.len(), "recommendation"));
    for entry in entries {
        let facts = entry.facts.iter();
        let facts = facts.map(|fact| format!("{}: {}", fact.key, fact.values.join("; ")));
        let facts: Vec<String> = facts.collect();
        let line = format!("  {}  {}", entry.number, facts.join(" | "));
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// What whoever imports should look at.
fn to_look_at(out: &mut String, import: &Import<'_>) {
    let mut lines = Vec::new();
    if !import.other_languages.is_empty() {
        let tags = import.other_languages.join(", ");
        lines.push(format!(
            "the headings are in a language that the site does not have, so its words for responses, \
             statuses and dates are not read; add it to `languages` in `content/site.yaml`: {tags}"
        ));
    }
    if import.incomplete > 0 {
        let files = plural(import.incomplete, "recommendation");
        lines.push(format!(
            "{files} without a key that `required` in your settings asks for; `recto check` names them"
        ));
    }
    lines.extend(import.mistakes.iter().cloned());
    // What is said of several rows of a column is said once.
    let mut said: Vec<(&str, ForeignPlace, Vec<usize>)> = Vec::new();
    for remark in &import.reading.remarks {
        let place = ForeignPlace { row: None, ..remark.place.clone() };
        let row = remark.place.row.into_iter();
        match said.iter_mut().find(|(text, at, _)| *text == remark.text && *at == place) {
            Some((_, _, rows)) => rows.extend(row),
            None => said.push((&remark.text, place, row.collect())),
        }
    }
    lines
        .extend(said.iter().map(|(text, at, rows)| format!("{}: {text}", place(at, rows, import))));
    if !lines.is_empty() {
        out.push_str("\nTo look at\n");
        lines.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
}

/// A place in words: "table 1, rows 2 and 4, column “Response”".
fn place(at: &ForeignPlace, rows: &[usize], import: &Import<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(at.table.map(|table| format!("table {table}")));
    let numbers: Vec<String> = rows.iter().map(ToString::to_string).collect();
    match numbers.as_slice() {
        [] => {}
        [one] => parts.push(format!("row {one}")),
        [before @ .., last] => parts.push(format!("rows {} and {last}", before.join(", "))),
    }
    let found = at.table.and_then(|table| import.tables.get(table.checked_sub(1)?));
    let columns = found.and_then(|found| import.columns_of(found));
    let column = |column: usize| {
        let columns = columns?;
        let heading = &columns.0.get(columns.at(column.checked_sub(1)?)?)?.heading;
        (found?.shape != Shape::Fields && !heading.is_empty())
            .then(|| format!("column “{heading}”"))
    };
    let named = at.column.map(|number| column(number).unwrap_or(format!("column {number}")));
    parts.extend(named);
    parts.extend(at.paragraph.map(|paragraph| format!("paragraph {paragraph}")));
    parts.join(", ")
}

fn left_out(out: &mut String, import: &Import<'_>) {
    let (by_reader, omitted) = (&import.document.left_out, &import.reading.omitted);
    if by_reader.is_empty() && omitted.is_empty() {
        return;
    }
    out.push_str("\nLeft out\n");
    let mut line = |at: &ForeignPlace, kind: &str, text: &str| {
        let rows: Vec<usize> = at.row.into_iter().collect();
        let place = place(at, &rows, import);
        let place = if place.is_empty() { place } else { format!("{place}: ") };
        let _ = writeln!(out, "  {place}{kind}: {}", one_line(text));
    };
    for one in by_reader {
        let by = one.by.as_deref().map_or(String::new(), |by| format!(" by {by}"));
        line(&one.place, &format!("{}{by}", one.kind.name()), &one.text);
    }
    for one in omitted {
        line(&one.place, one.kind.name(), &one.text);
    }
}

/// How many characters are shown of a text that was left out.
const EXCERPT: usize = 80;

/// The beginning of a text, in one line.
fn excerpt(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn characters(account: &Account) -> String {
    let Account { all, in_sections, in_facts, in_headings, omitted, left_out, elsewhere } = account;
    let mut parts = vec![
        format!("{in_sections} in texts"),
        format!("{in_facts} in facts"),
        format!("{in_headings} in headings of columns and chapters"),
    ];
    let left_out = omitted + left_out;
    parts.extend((left_out > 0).then(|| format!("{left_out} left out")));
    parts.extend((*elsewhere > 0).then(|| format!("{elsewhere} outside these tables")));
    format!("{all} of {all} characters accounted for: {}", parts.join(", "))
}
