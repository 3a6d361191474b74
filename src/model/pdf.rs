//! What authors may choose for the PDF of a report.

use serde_json::json;

use crate::yaml::{FromYaml, Reader, Schema, Value};

/// Whether a report has a PDF, and how it is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PdfChoice(pub Option<Layout>);

/// How a PDF is laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// The official table, landscape: a row for each recommendation.
    #[default]
    Table,
    /// Upright pages, with a chapter for each recommendation.
    Document,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 2] = [Self::Table, Self::Document];

    /// The word that authors type, and the name of its template.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Document => "document",
        }
    }

    /// The layout of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }
}

impl FromYaml for PdfChoice {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        match value.as_text() {
            Some("true") => Some(Self(Some(Layout::default()))),
            Some("false") => Some(Self(None)),
            other => {
                let layout = other.and_then(Layout::of_name);
                if layout.is_none() {
                    reader.expected("`true`, `false`, `table` or `document`", value);
                }
                layout.map(|layout| Self(Some(layout)))
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(Self(Some(Layout::default())))
    }

    fn schema() -> Schema {
        let mut choices = vec![json!(true), json!(false)];
        choices.extend(Layout::ALL.map(|layout| json!(layout.name())));
        json!({ "enum": choices })
    }
}
