//! The registers: `documents.yaml`, `glossary.yaml`, `units.yaml`.

use std::collections::BTreeMap;

use crate::config::not_a_web_address;
use crate::diagnostics::Diagnostic;
use crate::model::{DocumentEntry, TermEntry, UnitEntry};
use crate::references::{Known, Terms};
use crate::source::{Content, Input, Span, Spanned};
use crate::vocabulary::{Vocabulary, fold};
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
        let mut registers = Self {
            documents: register(input, "content/documents.yaml", &mut reader),
            terms: register(input, "content/glossary.yaml", &mut reader),
            units: register(input, "content/units.yaml", &mut reader),
        };
        let forms = registers.terms.iter().flat_map(TermEntry::all_forms);
        once(forms, str::to_owned, "duplicate-term", diagnostics);
        once(registers.units.iter().map(|unit| &unit.name), fold, "duplicate-unit", diagnostics);
        for entry in &mut registers.documents {
            // An address that is none is not shown either: a reader could follow it.
            if let Some(diagnostic) = entry.url.as_ref().and_then(not_a_web_address) {
                diagnostics.push(diagnostic);
                entry.url = None;
            }
        }
        registers
    }

    /// What texts can point at.
    pub fn known(&self) -> Known {
        let forms = self.terms.iter().flat_map(TermEntry::all_forms);
        Known { terms: Terms::new(forms.map(|form| form.value.clone())) }
    }
}

fn register<T: FromYaml>(input: &Input, path: &str, reader: &mut Reader<'_>) -> Vec<T> {
    let Some(id) = input.find(path) else {
        return Vec::new();
    };
    let file = input.file(id);
    if !matches!(file.content, Content::Text(_)) {
        return Vec::new();
    }
    let value = yaml::parse(file.text(), id, 0, yaml::YAML_FILE, reader.diagnostics);
    value.and_then(|value| Vec::from_yaml(&value, reader)).unwrap_or_default()
}

/// Reports what a register names twice, by its key; the first one counts.
fn once<'a>(
    names: impl Iterator<Item = &'a Spanned<String>>,
    key: fn(&str) -> String,
    code: &'static str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for name in names {
        match seen.get(&key(name)) {
            Some(first) => {
                let message = format!("`{}` is given twice", name.value);
                let diagnostic = Diagnostic::error(code, name.span, message);
                diagnostics.push(diagnostic.label(*first, "first given here"));
            }
            None => {
                seen.insert(key(name), name.span);
            }
        }
    }
}
