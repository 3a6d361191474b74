//! Which column of a table is which field of a recommendation, and why.

use std::collections::BTreeMap;

use super::document::{ForeignCell, Merged, Row};
use super::tables::{FoundTable, Shape, cell_text};
use crate::config::Config;
use crate::vocabulary::{Vocabulary, fold};

/// The headings that are known.
#[derive(Clone, Copy)]
pub(super) struct KnownHeadings<'a> {
    /// Those of all languages.
    pub(super) vocabulary: &'a Vocabulary,
    /// The organisation's own facts, by their labels.
    pub(super) config: &'a Config,
}

/// What a column of a foreign table becomes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnField {
    /// The number of the recommendation.
    Number,
    /// Its title.
    Title,
    /// Its own words.
    Recommendation,
    /// Whether it was accepted, and why.
    Response,
    /// Who is to do it.
    Responsible,
    /// By when.
    Deadline,
    /// How far it is.
    Status,
    /// What was done.
    Progress,
    /// When it was done.
    Implemented,
    /// How urgent it is.
    Priority,
    /// Who says so.
    Verification,
    /// The chapter of the report.
    Group,
    /// A section with this heading.
    Section(String),
    /// A fact of the organisation's own, by its key.
    Fact(String),
    /// Nothing: it is left out.
    LeaveOut,
}

impl ColumnField {
    /// Every field with a fixed name.
    const NAMED: [(&'static str, Self); 13] = [
        ("number", Self::Number),
        ("title", Self::Title),
        ("recommendation", Self::Recommendation),
        ("response", Self::Response),
        ("responsible", Self::Responsible),
        ("deadline", Self::Deadline),
        ("status", Self::Status),
        ("progress", Self::Progress),
        ("implemented", Self::Implemented),
        ("priority", Self::Priority),
        ("verification", Self::Verification),
        ("group", Self::Group),
        ("leave out", Self::LeaveOut),
    ];

    /// The field that somebody typed: one of the names, the key of a fact of the site, or the heading
    /// of a section after `##`.
    pub fn of_name(typed: &str, config: &Config) -> Option<Self> {
        if let Some(heading) = typed.trim().strip_prefix("##") {
            return Some(Self::Section(heading.trim().to_owned()));
        }
        let name = fold(typed);
        let named = Self::NAMED.iter().find(|(known, _)| *known == name);
        let own = || {
            let keys = config.facts.iter().flat_map(|facts| facts.keys());
            keys.into_iter().find(|key| fold(key) == name).map(|key| Self::Fact(key.to_owned()))
        };
        named.map(|(_, field)| field.clone()).or_else(own)
    }

    /// The names that can be typed.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMED.iter().map(|(name, _)| *name)
    }

    /// What it is called in messages.
    pub fn name(&self) -> String {
        match self {
            Self::Section(heading) => format!("## {heading}"),
            Self::Fact(key) => key.clone(),
            other => {
                let named = Self::NAMED.iter().find(|(_, field)| field == other);
                named.map_or("", |(name, _)| name).to_owned()
            }
        }
    }
}

/// Why a column is a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Somebody said so.
    Asked,
    /// Its heading is known.
    Heading,
    /// The heading over it and others is known.
    HeadingAbove,
    /// Its heading is not known; its text is kept under it.
    Unknown,
}

impl Why {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Asked => "as asked",
            Self::Heading => "the heading is known",
            Self::HeadingAbove => "the heading above it is known",
            Self::Unknown => "the heading is not known, so the text is kept under it",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignColumn {
    /// Where it begins in the grid.
    pub start: usize,
    /// Its heading.
    pub heading: String,
    /// What it becomes.
    pub field: ColumnField,
    /// Why.
    pub why: Why,
}

/// What somebody asked for: the field of each column, by its heading in one spelling.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedColumns(pub BTreeMap<String, (String, ColumnField)>);

impl AskedColumns {
    /// Adds what somebody typed.
    pub fn add(&mut self, heading: &str, field: ColumnField) {
        self.0.insert(fold(heading), (heading.to_owned(), field));
    }

    /// Whether somebody said what the column with this heading is.
    pub(super) fn has(&self, heading: &str) -> bool {
        self.field(heading).is_some()
    }

    fn field(&self, heading: &str) -> Option<&ColumnField> {
        self.0.get(&fold(heading)).map(|(_, field)| field)
    }
}

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignColumns(pub Vec<ForeignColumn>);

impl ForeignColumns {
    /// The columns of a table, or what stands against it. A table of fields has the columns that its
    /// first column names.
    ///
    /// # Errors
    ///
    /// When two columns would be one field.
    pub(super) fn of(
        found: &FoundTable<'_>,
        known: KnownHeadings<'_>,
        asked: &AskedColumns,
    ) -> Result<Self, String> {
        let columns = match found.shape {
            Shape::Rows { above, headings } => {
                of_rows(&found.table.rows[above..above + headings], known, asked)
            }
            Shape::Fields => {
                let names = found.table.rows.iter().enumerate();
                let names = names.filter(|(_, row)| row.cells.len() > 1);
                let names = names.map(|(index, row)| (index, cell_text(&row.cells[0])));
                // A field without a name goes on with the one above it.
                let names = names.filter(|(_, name)| !name.is_empty());
                names.map(|(index, name)| column(index, &name, None, known, asked)).collect()
            }
            Shape::Other => Vec::new(),
        };
        for (index, one) in columns.iter().enumerate() {
            let before = columns[..index].iter().find(|other| other.field == one.field);
            let Some(before) = before else { continue };
            // Columns under one heading are the field together.
            let together = one.why == Why::HeadingAbove || before.why == Why::HeadingAbove;
            if !together && !matches!(one.field, ColumnField::LeaveOut | ColumnField::Section(_)) {
                return Err(format!(
                    "the columns “{}” and “{}” would both be `{}`; say what one of them is, such as \
                     `--column \"{}=## {}\"`",
                    before.heading,
                    one.heading,
                    one.field.name(),
                    one.heading,
                    one.heading
                ));
            }
        }
        Ok(Self(columns))
    }

    /// The column that a grid column belongs to.
    pub fn at(&self, grid: usize) -> Option<usize> {
        self.0.iter().rposition(|column| column.start <= grid)
    }

    /// Whether a field has a column.
    pub fn has(&self, field: &ColumnField) -> bool {
        self.0.iter().any(|column| column.field == *field)
    }
}

/// The columns below rows of headings: each has the lowest heading, and the one above it where that
/// spans several.
fn of_rows(rows: &[Row], known: KnownHeadings<'_>, asked: &AskedColumns) -> Vec<ForeignColumn> {
    let mut starts: Vec<usize> = rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.merged != Merged::Above)
        .map(|cell| cell.column)
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let covering = |row: &'_ Row, start: usize| -> Option<(String, bool)> {
        let cell = row.cells.iter().find(|cell: &&ForeignCell| {
            cell.column <= start && start < cell.column + cell.columns.max(1)
        })?;
        Some((cell_text(cell), cell.column == start)).filter(|(text, _)| !text.is_empty())
    };
    let columns = starts.into_iter().map(|start| {
        let mut heads = rows.iter().rev().filter_map(|row| covering(row, start));
        let (heading, _) = heads.next().unwrap_or_default();
        let above = heads.next().map(|(text, _)| text);
        column(start, &heading, above.as_deref(), known, asked)
    });
    columns.collect()
}

fn column(
    start: usize,
    heading: &str,
    above: Option<&str>,
    known: KnownHeadings<'_>,
    asked: &AskedColumns,
) -> ForeignColumn {
    let numbered = format!("Column {}", start + 1);
    let heading = if heading.is_empty() { numbered.as_str() } else { heading };
    let joined = above.map(|above| format!("{above}: {heading}"));
    let by_name = |text: &str| {
        let usual = known.vocabulary.column(text).and_then(|meaning| field_of(meaning, text));
        own_fact(text, known.config).or(usual)
    };
    let asked = asked.field(heading).or_else(|| asked.field(joined.as_deref()?)).cloned();
    let (field, why) = match (asked, by_name(heading), above.and_then(by_name)) {
        (Some(field), _, _) => (field, Why::Asked),
        (None, Some(field), _) => (field, Why::Heading),
        (None, None, Some(field)) => (field, Why::HeadingAbove),
        (None, None, None) => (ColumnField::Section(heading.to_owned()), Why::Unknown),
    };
    ForeignColumn { start, heading: heading.to_owned(), field, why }
}

/// The field of a heading's meaning.
fn field_of(meaning: &str, heading: &str) -> Option<ColumnField> {
    match meaning {
        "other" => Some(ColumnField::Section(heading.to_owned())),
        _ => {
            let named = ColumnField::NAMED.iter().find(|(name, _)| *name == meaning);
            named.map(|(_, field)| field.clone())
        }
    }
}

/// The organisation's own fact with this label or key.
fn own_fact(heading: &str, config: &Config) -> Option<ColumnField> {
    let name = fold(heading);
    let facts = config.facts.iter().flat_map(|facts| &facts.0);
    let mut facts = facts.filter(|(key, fact)| {
        let labels = [&fact.label.first].into_iter().chain(fact.label.by_language.values());
        fold(key) == name || labels.into_iter().any(|label| fold(label) == name)
    });
    facts.next().map(|(key, _)| ColumnField::Fact(key.value.clone()))
}
