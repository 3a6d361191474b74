//! The size of the sheets of PDFs.

use serde_json::json;

use crate::yaml::{FromYaml, Reader, Schema, Value};

/// The size of the sheets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 210 by 297 millimetres (ISO 216).
    #[default]
    A4,
    /// 8.5 by 11 inches (ANSI/ASME Y14.1).
    Letter,
}

impl Paper {
    /// Every size.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    /// The word that authors type.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }
}

impl FromYaml for Paper {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let typed = value.as_text().map(str::to_lowercase);
        let paper = Self::ALL.into_iter().find(|paper| typed.as_deref() == Some(paper.name()));
        if paper.is_none() {
            reader.expected("`a4` or `letter`", value);
        }
        paper
    }

    fn schema() -> Schema {
        json!({ "enum": Self::ALL.map(Self::name) })
    }
}
