//! The whole import: a document and what somebody said about it in, the files of a report out, with the
//! account of every character.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::account::{Account, placed};
use super::choices::Choices;
use super::columns::{AskedColumns, ColumnField, ForeignColumns, KnownHeadings, Why};
use super::dates::{self, DateWords};
use super::document::{ForeignDocument, character_count};
use super::entries::{ImportWords, TablesRead, entries};
use super::files::{NewFile, NewReport, new_files};
use super::gathering::cell_characters;
use super::tables::{FoundTable, first_heading, found};
use crate::assemble::{Options, Pdfs};
use crate::content::SiteSettings;
use crate::content::layout::IMPORT_CHOICES;
use crate::diagnostics::{Severity, nearest};
use crate::model::Date;
use crate::pipeline;
use crate::source::{Content, File, Input};
use crate::vocabulary::{Vocabulary, fold};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// The folder of the report below `content`.
    pub folder: &'a str,
    /// The name of the document's file, for a report that the document gives no title.
    pub name: &'a str,
    /// What was said about the tables.
    pub choices: &'a Choices,
    /// The reporting date, where it was given.
    pub as_at: Option<NaiveDate>,
}

/// What an import would write, and how it came to that.
#[derive(Debug)]
pub struct Import<'d> {
    /// The document.
    pub document: &'d ForeignDocument,
    /// Its tables.
    pub tables: Vec<FoundTable<'d>>,
    /// Which of them were asked for; none for all.
    pub tables_asked: Vec<usize>,
    /// The columns of those that are imported, by their places in `tables`.
    pub columns: Vec<(usize, ForeignColumns)>,
    /// What the tables give.
    pub reading: TablesRead<'d>,
    /// The report, where it is new.
    pub report: Option<NewReport>,
    /// The languages of headings that no language of the site knows.
    pub other_languages: Vec<String>,
    /// How many of the files lack a key that the site requires.
    pub incomplete: usize,
    /// What else `recto check` will find in the files.
    pub mistakes: Vec<String>,
    /// The files.
    pub files: Vec<NewFile>,
    /// Where every character went.
    pub account: Account,
}

/// Imports a document into a site. Nothing is written.
///
/// # Errors
///
/// When no table can be imported, or not every word would arrive.
pub fn import<'d>(
    document: &'d ForeignDocument,
    input: &Input,
    request: &Request<'_>,
) -> anyhow::Result<Import<'d>> {
    let site = SiteSettings::read(input, &mut Vec::new());
    // A heading is known in whatever language; values are read in those of the site.
    let mut headings = site.vocabulary.clone();
    let tags: Vec<String> = site.languages.tags().map(str::to_owned).collect();
    site.languages.teach(&tags, &mut headings);
    let headings = KnownHeadings { vocabulary: &headings, config: &site.config };
    let asked = &request.choices.columns;
    let is_known = |text: &str| headings.vocabulary.column(text).is_some() || asked.has(text);
    let tables = found(document, &is_known);
    let columns = chosen(&tables, request.choices, headings)?;
    let folder = request.folder;
    let as_at: Vec<String> = (tags.iter().filter_map(|tag| site.languages.get(tag)))
        .flat_map(|words| words.list("typed.as_at").iter().cloned())
        .collect();
    let date_words = DateWords { as_at: &as_at, vocabulary: &site.vocabulary };
    let as_at = request.as_at.map(Date::Day).or_else(|| dates::as_at(document, date_words));
    must_be_there(asked, &tables, &columns)?;
    let words = site.languages.get(&site.config.language_tags()[0]);
    let words = words.context("the site's first language has no words")?;
    let pairs: Vec<(&FoundTable<'_>, &ForeignColumns)> =
        columns.iter().map(|(index, columns)| (&tables[*index], columns)).collect();
    let above = pairs.first().and_then(|(found, _)| found.title_above());
    let as_at = as_at.or_else(|| dates::in_text(above.as_deref()?, date_words));
    let known = ImportWords { vocabulary: &site.vocabulary, words, as_at };
    let reading = entries(&pairs, known).map_err(anyhow::Error::msg)?;
    let is_new = input.find(&format!("content/{folder}/report.md")).is_none();
    let report = is_new.then(|| NewReport {
        title: above.unwrap_or_else(|| title(document, &tables, request.name)),
        as_at: match as_at {
            Some(Date::Day(day)) => Some(day),
            _ => None,
        },
    });
    let mut files = new_files(folder, report.as_ref(), document, &reading);
    if !request.choices.is_empty() {
        let path = format!("content/{folder}/{IMPORT_CHOICES}");
        files.push(NewFile { path, bytes: request.choices.file().into_bytes() });
    }
    let account = account(document, &pairs, &reading);
    let other_languages = other_languages(&columns, &site);
    let mut import = Import {
        document,
        account,
        columns,
        reading,
        report,
        other_languages,
        files,
        tables,
        incomplete: 0,
        mistakes: Vec::new(),
        tables_asked: request.choices.tables.clone(),
    };
    (import.incomplete, import.mistakes) = import.check(input, folder)?;
    Ok(import)
}

/// The tables that are imported, by their places, each with its columns.
fn chosen(
    tables: &[FoundTable<'_>],
    choices: &Choices,
    headings: KnownHeadings<'_>,
) -> anyhow::Result<Vec<(usize, ForeignColumns)>> {
    let is_there = |number: &&usize| (1..=tables.len()).contains(*number);
    if let Some(number) = choices.tables.iter().find(|number| !is_there(number)) {
        bail!("there is no table {number}; the document has {}", tables.len());
    }
    let mut chosen = Vec::new();
    for (index, found) in tables.iter().enumerate() {
        let is_asked = choices.tables.contains(&found.number);
        if !choices.tables.is_empty() && !is_asked {
            continue;
        }
        let columns =
            ForeignColumns::of(found, headings, &choices.columns).map_err(anyhow::Error::msg);
        let columns = columns.with_context(|| format!("table {}", found.number))?;
        // A table of something else may have a column of numbers or dates, too.
        if columns.has(&ColumnField::Recommendation) {
            chosen.push((index, columns));
        } else if is_asked {
            bail!(
                "table {} has no column of recommendations; say which it is, such as \
                 `--column \"What to do=recommendation\"`",
                found.number
            );
        }
    }
    if chosen.is_empty() {
        let headings = tables.iter().map(|found| {
            let first = found.table.rows.first();
            let cells = first.iter().flat_map(|row| &row.cells).map(super::tables::cell_text);
            format!("\n  table {}: {}", found.number, cells.collect::<Vec<_>>().join(" | "))
        });
        let headings: String = headings.collect();
        match tables.len() {
            0 => bail!("the document has no table"),
            _ => bail!(
                "no table has a column of recommendations; say which it is, such as `--table 1 \
                 --column \"What to do=recommendation\"`. The first rows are:{headings}"
            ),
        }
    }
    Ok(chosen)
}

/// An error when a heading that somebody named is not that of any column.
fn must_be_there(
    asked: &AskedColumns,
    tables: &[FoundTable<'_>],
    columns: &[(usize, ForeignColumns)],
) -> anyhow::Result<()> {
    let headings: Vec<&str> = columns
        .iter()
        .flat_map(|(_, columns)| columns.0.iter().map(|column| column.heading.as_str()))
        .collect();
    // Of a heading over several columns, only those below it are listed.
    let cells = tables.iter().flat_map(|found| &found.table.rows).flat_map(|row| &row.cells);
    let cells: Vec<String> = cells.map(super::tables::cell_text).collect();
    let is_there = |typed: &str| cells.iter().any(|text| fold(text) == fold(typed));
    let missing = asked.0.values().map(|(typed, _)| typed).find(|typed| !is_there(typed));
    let Some(typed) = missing else { return Ok(()) };
    match nearest(typed, headings.iter().copied()) {
        Some(near) => bail!("no column is called “{typed}”; did you mean “{near}”?"),
        None => bail!("no column is called “{typed}”; there are “{}”", headings.join("”, “")),
    }
}

/// The languages in which headings are known, where the site's languages do not know them: their values
/// are not read either.
fn other_languages(columns: &[(usize, ForeignColumns)], site: &SiteSettings) -> Vec<String> {
    let known = |column: &&super::columns::ForeignColumn| column.why != Why::Unknown;
    let unknown = columns.iter().flat_map(|(_, of)| &of.0).filter(known).filter(|column| {
        column.why != Why::Asked && site.vocabulary.column(&column.heading).is_none()
    });
    let unknown: Vec<&str> = unknown.map(|column| column.heading.as_str()).collect();
    let tags = site.languages.tags().filter(|tag| {
        let mut vocabulary = Vocabulary::default();
        if let Some(words) = site.languages.get(tag) {
            words.teach(&mut vocabulary);
        }
        unknown.iter().any(|heading| vocabulary.column(heading).is_some())
    });
    tags.map(str::to_owned).collect()
}

/// The title of a new report: what the document says above its only table, its first heading, or its
/// own title.
fn title(document: &ForeignDocument, tables: &[FoundTable<'_>], name: &str) -> String {
    let above = tables.first().and_then(|found| found.heading.clone());
    let above = above.filter(|_| tables.len() == 1);
    let title = above.or_else(|| first_heading(document)).or_else(|| document.title.clone());
    title.unwrap_or_else(|| name.to_owned())
}

/// Where all characters of the document went.
fn account(
    document: &ForeignDocument,
    chosen: &[(&FoundTable<'_>, &ForeignColumns)],
    reading: &TablesRead<'_>,
) -> Account {
    let rows = chosen.iter().flat_map(|(found, _)| &found.table.rows);
    let cells = rows.flat_map(|row| &row.cells);
    let in_cells: usize = cells.map(cell_characters).sum();
    let titles = chosen.iter().filter_map(|(found, _)| found.table.title.as_deref());
    let in_titles: usize = titles.map(character_count).sum();
    Account {
        all: document.characters,
        in_sections: reading.in_sections,
        in_facts: reading.in_facts,
        in_headings: reading.in_headings + in_titles,
        omitted: reading.omitted.iter().map(|omitted| character_count(&omitted.text)).sum(),
        left_out: document.left_out_characters(),
        elsewhere: document.placed() - in_cells - in_titles,
    }
}

/// The code of a key that the site requires and a file lacks.
const REQUIRED: &str = "required-key";

impl Import<'_> {
    /// Whether every word arrived: the characters add up, and the files, read as Recto reads any site,
    /// say what the tables say. Gives how many files lack a key that the site requires, and what else is
    /// wrong with their texts.
    fn check(&self, input: &Input, folder: &str) -> anyhow::Result<(usize, Vec<String>)> {
        if !self.account.is_complete() {
            bail!(
                "not every character would arrive ({:?}), so nothing is written; please report this as \
                 a mistake of Recto",
                self.account
            );
        }
        let new: BTreeSet<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        let others = input.files.iter().filter(|file| !new.contains(file.path.as_str()));
        let mut files: Vec<File> = others.cloned().collect();
        files.extend(self.files.iter().map(NewFile::as_read));
        let options = Options { pdfs: Pdfs::LeaveOut, ..Options::default() };
        let build = pipeline::build(Input::new(files, input.today), options, None);
        let path = |one: &crate::diagnostics::Diagnostic| {
            one.span.map(|span| build.input.file(span.file).path.as_str()).unwrap_or_default()
        };
        let differ = placed(&build, folder, self.document, &self.reading);
        let (looks, wrong): (Vec<_>, Vec<_>) = differ.into_iter().partition(|one| one.only_looks);
        if let Some(first) = wrong.first() {
            bail!(
                "{} of {} texts would not say the same as the table, so nothing is written; the first \
                 is recommendation {}, {}\n  table: {}\n  file:  {}",
                wrong.len(),
                self.reading.entries.iter().map(|entry| entry.sections.len()).sum::<usize>(),
                first.number,
                first.place,
                first.expected,
                first.found
            );
        }
        // What the texts have wrong, and what the site asks for, is for its authors to correct.
        let errors = build.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        let errors = errors.filter(|one| new.contains(path(one)));
        let (incomplete, others): (Vec<_>, Vec<_>) = errors.partition(|one| one.code() == REQUIRED);
        let incomplete: BTreeSet<&str> = incomplete.into_iter().map(path).collect();
        let mistakes = others.into_iter().map(|one| format!("{}: {}", path(one), one.message));
        let looks = looks.into_iter().map(|one| {
            let (number, place) = (one.number, one.place);
            format!("recommendation {number}, {place}: some bold or italic words are not marked")
        });
        Ok((incomplete.len(), mistakes.chain(looks).collect()))
    }

    /// The columns of a table, if it is imported.
    pub fn columns_of(&self, found: &FoundTable<'_>) -> Option<&ForeignColumns> {
        let mut columns = self.columns.iter();
        columns.find(|(index, _)| self.tables[*index].number == found.number).map(|(_, of)| of)
    }
}

impl NewFile {
    /// The file as Recto reads it.
    fn as_read(&self) -> File {
        let is_text = Path::new(&self.path).extension().is_some_and(|ending| ending == "md");
        let text = std::str::from_utf8(&self.bytes).ok().filter(|_| is_text);
        let content = text.map_or(Content::Asset, |text| Content::Text(text.into()));
        File { path: self.path.clone(), content }
    }
}
