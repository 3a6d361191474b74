//! How mistakes are reported, by their codes.

use serde_json::json;

use crate::diagnostics::{Diagnostic, Edit, Level};
use crate::source::Spanned;
use crate::yaml::{FromYaml, Kind, Reader, Schema, Value};

/// The levels that a site gives to codes:
///
/// ```yaml
/// checks:
///   overdue: note
///   number-gap: allow
/// ```
///
/// The codes themselves are not known here; they are checked where the levels are used.
#[derive(Debug, Clone, Default)]
pub struct Levels(pub Vec<(Spanned<String>, Level)>);

impl FromYaml for Levels {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Kind::Map(entries) = &value.kind else {
            reader.expected("codes with their levels, such as `overdue: note`", value);
            return None;
        };
        let level = |(code, value): &(Spanned<String>, Value)| {
            Some((code.clone(), Level::from_yaml(value, reader)?))
        };
        Some(Self(entries.iter().filter_map(level).collect()))
    }

    fn schema() -> Schema {
        json!({ "type": "object", "additionalProperties": Level::schema() })
    }
}

impl FromYaml for Level {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.as_text() else {
            reader.expected("a level", value);
            return None;
        };
        let found = Self::ALL.into_iter().find(|level| level.word() == text);
        if found.is_none() {
            let words = Self::ALL.map(Self::word);
            reader.diagnostics.push(
                Diagnostic::of(
                    &crate::yaml::UNKNOWN_VALUE,
                    value.span,
                    format!("`{text}` is not a level"),
                )
                .did_you_mean(text, words)
                .edit(Edit::of_slip(text, words, value.span)),
            );
        }
        found
    }

    fn schema() -> Schema {
        json!({ "enum": Self::ALL.map(Self::word) })
    }
}
