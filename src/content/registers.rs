//! The registers: `documents.yaml`, `glossary.yaml`, `units.yaml`.

use std::collections::BTreeMap;

use crate::config::{Config, ReferenceScheme, not_a_web_address};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{DocumentEntry, TermEntry, UnitEntry};
use crate::references::{
    Finder, KnownNames, Pattern, Patterns, RECOMMENDATION, SCHEMES, is_symbol,
};
use crate::source::{Content, Input, Span, Spanned};
use crate::vocabulary::{Vocabulary, fold};
use crate::yaml::{self, FromYaml, Reader};

pub(crate) const DUPLICATE_TERM: Rule = Rule {
    code: "duplicate-term",
    summary: "a term, or one of its forms, that is in the glossary twice",
    explanation: "Readers could be shown only one of the explanations.",
    wrong: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }\n\
              - { term: NPD, expansion: New product design }"],
    right: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    ..Rule::UNREAD
};

pub(crate) const DUPLICATE_UNIT: Rule = Rule {
    code: "duplicate-unit",
    summary: "a unit that is in `units.yaml` twice",
    explanation: "Capitals, hyphens and accents make no difference.",
    wrong: &["# content/units.yaml\n- name: Legal Office\n- name: legal-office"],
    right: &["# content/units.yaml\n- name: Legal Office\n- name: Registry"],
    ..Rule::UNREAD
};

pub(crate) const AMBIGUOUS_SHORT_NAME: Rule = Rule {
    code: "ambiguous-short-name",
    summary: "a short name of a unit that also means another unit",
    explanation: "Where a recommendation gives this name as responsible, the other unit is meant: a \
                  full name takes precedence over a short name, and an earlier short name over a \
                  later one.",
    wrong: &["# content/units.yaml\n- { name: Legal Office, short_name: LO }\n\
              - { name: Liaison Office, short_name: LO }"],
    right: &["# content/units.yaml\n- { name: Legal Office, short_name: LO }\n\
              - { name: Liaison Office, short_name: LiO }"],
    ..Rule::WARNING
};

pub(crate) const WRONG_PATTERN: Rule = Rule {
    code: "wrong-pattern",
    summary: "a pattern under `references` in `site.yaml` that cannot be used",
    explanation: "A pattern is a regular expression in single quotes, such as `'ILO Convention \
                  No\\. (\\d+)'`. In the address, `{1}` stands for what its first group finds.",
    wrong: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
              - { name: ILO, pattern: 'ILO (\\d+', url: 'https://example.org/{1}' }"],
    right: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
              - { name: ILO, pattern: 'ILO (\\d+)', url: 'https://example.org/{1}' }"],
    ..Rule::ERROR
};

pub(crate) const DUPLICATE_SCHEME: Rule = Rule {
    code: "duplicate-scheme",
    summary: "a name under `references` in `site.yaml` that is taken",
    explanation: "The name identifies the kind of reference in exports. Choose another.",
    wrong: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
              - { name: sdg, pattern: 'ILO (\\d+)', url: 'https://example.org/{1}' }"],
    right: &["# content/site.yaml\ntitle: A site\nreferences:\n  \
              - { name: ILO, pattern: 'ILO (\\d+)', url: 'https://example.org/{1}' }"],
    ..Rule::ERROR
};

/// What the registers say.
#[derive(Debug, Default, Clone)]
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
        let mut reader = Reader { vocabulary, own_keys: Vec::new(), diagnostics };
        let mut registers = Self {
            documents: register(input, "content/documents.yaml", &mut reader),
            terms: register(input, "content/glossary.yaml", &mut reader),
            units: register(input, "content/units.yaml", &mut reader),
        };
        let forms = registers.terms.iter().flat_map(TermEntry::all_forms);
        once(forms, str::to_owned, &DUPLICATE_TERM, diagnostics);
        once(registers.units.iter().map(|unit| &unit.name), fold, &DUPLICATE_UNIT, diagnostics);
        ambiguous_short_names(&registers.units, diagnostics);
        for entry in &mut registers.documents {
            // Something that is not an address is not shown either: a reader could follow it.
            if let Some(diagnostic) = entry.url.as_ref().and_then(not_a_web_address) {
                diagnostics.push(diagnostic);
                entry.url = None;
            }
        }
        registers
    }

    /// Finds what texts can point at.
    pub fn finder(&self, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Finder {
        let forms = self.terms.iter().flat_map(TermEntry::all_forms);
        let names = self.documents.iter().map(|entry| entry.symbol.value.trim());
        Finder::new(KnownNames {
            terms: forms.map(|form| form.value.clone()).collect(),
            documents: names.filter(|name| !is_symbol(name)).map(str::to_owned).collect(),
            patterns: patterns(&config.references, diagnostics),
        })
    }
}

/// The site's own schemes. One that cannot be used is reported, and left out.
fn patterns(schemes: &[ReferenceScheme], diagnostics: &mut Vec<Diagnostic>) -> Patterns {
    let mut usable: Vec<Pattern> = Vec::new();
    for scheme in schemes {
        let pattern = Pattern {
            name: scheme.name.value.clone(),
            pattern: scheme.pattern.value.clone(),
            url: scheme.url.value.clone(),
        };
        let is_taken = SCHEMES.iter().any(|known| known.id.to_string() == pattern.name)
            || pattern.name == RECOMMENDATION
            || usable.iter().any(|other| other.name == pattern.name);
        let problem = match pattern.check() {
            _ if is_taken => {
                let message = format!("there is another scheme `{}`", pattern.name);
                Diagnostic::of(&DUPLICATE_SCHEME, scheme.name.span, message)
                    .help("give it another name")
            }
            Err(reason) => {
                let message = format!("the pattern cannot be used: {reason}");
                Diagnostic::of(&WRONG_PATTERN, scheme.pattern.span, message).help(
                    "a pattern is a regular expression such as `ILO Convention No\\. (\\d+)`, and \
                     `{1}`, `{2}` in the address stand for its groups",
                )
            }
            Ok(()) => match not_a_web_address(&scheme.url) {
                Some(diagnostic) => diagnostic,
                None => {
                    usable.push(pattern);
                    continue;
                }
            },
        };
        diagnostics.push(problem);
    }
    let first = schemes.first().map(|scheme| scheme.pattern.span);
    Patterns::new(usable).unwrap_or_else(|reason| {
        let message = format!("the patterns cannot be used together: {reason}");
        diagnostics.extend(first.map(|span| Diagnostic::of(&WRONG_PATTERN, span, message)));
        Patterns::default()
    })
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

/// Reports short names that also mean another unit.
fn ambiguous_short_names(units: &[UnitEntry], diagnostics: &mut Vec<Diagnostic>) {
    let mut meant: BTreeMap<String, (&UnitEntry, Span)> = BTreeMap::new();
    for unit in units {
        meant.entry(fold(&unit.name)).or_insert((unit, unit.name.span));
    }
    for unit in units {
        let Some(short) = &unit.short_name else { continue };
        let (other, first) = *meant.entry(fold(short)).or_insert((unit, short.span));
        if fold(&other.name) != fold(&unit.name) {
            let message = format!(
                "`{}` means `{}`, so it cannot be short for `{}`",
                short.value, other.name.value, unit.name.value
            );
            diagnostics.push(
                Diagnostic::of(&AMBIGUOUS_SHORT_NAME, short.span, message)
                    .label(first, "the other unit is here")
                    .help("give this unit a different short name"),
            );
        }
    }
}

/// Reports what a register names twice, by its key; the first one counts.
fn once<'a>(
    names: impl Iterator<Item = &'a Spanned<String>>,
    key: fn(&str) -> String,
    rule: &'static Rule,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for name in names {
        match seen.get(&key(name)) {
            Some(first) => {
                let message = format!("`{}` is given twice", name.value);
                let diagnostic = Diagnostic::of(rule, name.span, message);
                diagnostics.push(diagnostic.label(*first, "first given here"));
            }
            None => {
                seen.insert(key(name), name.span);
            }
        }
    }
}
