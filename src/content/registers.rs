//! The registers: `documents.yaml`, `glossary.yaml`, `units.yaml`.

use crate::diagnostics::Diagnostic;
use crate::model::{DocumentEntry, TermEntry, UnitEntry};
use crate::references::{Known, Terms};
use crate::source::{Content, Input};
use crate::vocabulary::Vocabulary;
use crate::yaml::{self, FromYaml, Reader};

/// What the registers say.
#[derive(Debug, Default)]
pub struct Registers {
    /// Cited documents.
    pub documents: Vec<DocumentEntry>,
    /// Abbreviations and terms.
    pub terms: Vec<TermEntry>,
    /// Responsible units.
    pub units: Vec<UnitEntry>,
}

impl Registers {
    /// Reads them. None of them has to exist.
    pub fn read(input: &Input, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut reader = Reader { vocabulary, diagnostics };
        Self {
            documents: register(input, "content/documents.yaml", &mut reader),
            terms: register(input, "content/glossary.yaml", &mut reader),
            units: register(input, "content/units.yaml", &mut reader),
        }
    }

    /// What texts can point at.
    pub fn known(&self) -> Known {
        let forms = self.terms.iter().flat_map(|entry| {
            entry.forms.0.iter().map(|form| form.value.clone()).chain([entry.term.value.clone()])
        });
        Known { terms: Terms::new(forms) }
    }
}

fn register<T: FromYaml>(input: &Input, path: &str, reader: &mut Reader<'_>) -> Vec<T> {
    let Some(id) = input.find(path) else {
        return Vec::new();
    };
    let file = input.file(id);
    if let Content::NotUtf8(bytes) = &file.content {
        reader.diagnostics.push(super::not_utf8(id, bytes));
    }
    let value = yaml::parse(file.text(), id, 0, yaml::YAML_FILE, reader.diagnostics);
    value.and_then(|value| Vec::from_yaml(&value, reader)).unwrap_or_default()
}
