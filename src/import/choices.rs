//! What somebody said about the table of a report, kept beside it: next year's file needs no flags.

use std::fmt::Write as _;

use super::columns::{AskedColumns, ColumnField};
use crate::config::Config;
use crate::diagnostics::Diagnostic;
use crate::source::FileId;
use crate::yaml::{self, Kind, Value};

/// What was said about the tables of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The tables that are imported, from 1; all that have known columns where none is named.
    pub tables: Vec<usize>,
    /// What columns are.
    pub columns: AskedColumns,
}

impl Choices {
    /// Reads the file `import.yaml`.
    ///
    /// # Errors
    ///
    /// What is wrong with the file.
    pub fn read(text: &str, config: &Config) -> Result<Self, String> {
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let value = yaml::parse(text, FileId(0), 0, yaml::YAML_FILE, &mut diagnostics);
        if let Some(first) = diagnostics.first() {
            return Err(first.message.clone());
        }
        let mut choices = Self::default();
        let Some(Value { kind: Kind::Map(entries), .. }) = value else { return Ok(choices) };
        for (key, value) in entries {
            match (key.value.as_str(), value.kind) {
                ("tables", Kind::List(numbers)) => {
                    for number in numbers {
                        let number = number.as_text().and_then(|text| text.parse().ok());
                        choices.tables.push(number.ok_or("`tables` is a list of numbers")?);
                    }
                }
                ("columns", Kind::Map(columns)) => {
                    for (heading, field) in columns {
                        let typed = field.as_text().unwrap_or_default();
                        let field = ColumnField::of_name(typed, config)
                            .ok_or_else(|| format!("`{typed}` is not a field"))?;
                        choices.columns.add(&heading.value, field);
                    }
                }
                _ => return Err(format!("`{}` is not read here", key.value)),
            }
        }
        Ok(choices)
    }

    /// The file.
    pub fn file(&self) -> String {
        let mut text =
            "# What `recto import` was told about the tables of this report.\n".to_owned();
        if !self.tables.is_empty() {
            let numbers: Vec<String> = self.tables.iter().map(ToString::to_string).collect();
            let _ = writeln!(text, "tables: [{}]", numbers.join(", "));
        }
        if !self.columns.0.is_empty() {
            text.push_str("columns:\n");
            for (heading, field) in self.columns.0.values() {
                let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
                let _ = writeln!(text, "  {}: {}", quoted(heading), quoted(&field.name()));
            }
        }
        text
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.columns.0.is_empty()
    }
}
