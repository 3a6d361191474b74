//! The organs of the United Nations whose resolutions' symbols follow from their numbers.

use crate::diagnostics::{Diagnostic, Rule};
use crate::yaml::{FromYaml, Reader, Schema, Value};

pub(crate) const UNKNOWN_ORGAN: Rule = Rule {
    code: "unknown-organ",
    summary: "an organ in `report.md` that Recto does not know",
    explanation: "It is the organ of all resolutions that name none. The help lists the organs \
                  that you can write.",
    wrong: &["# content/other/report.md\n---\ntitle: Other\norgan: Assembly of Bees\n---"],
    right: &["# content/other/report.md\n---\ntitle: Other\norgan: General Assembly\n---"],
    ..Rule::ERROR
};

/// An organ that adopts resolutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organ {
    /// `A/RES/70/1`
    GeneralAssembly,
    /// `S/RES/1325(2000)`
    SecurityCouncil,
    /// `E/RES/2021/19`
    EconomicAndSocialCouncil,
    /// `A/HRC/RES/50/5`
    HumanRightsCouncil,
}

const NAMES: [(&str, Organ); 4] = [
    ("General Assembly", Organ::GeneralAssembly),
    ("Security Council", Organ::SecurityCouncil),
    ("Economic and Social Council", Organ::EconomicAndSocialCouncil),
    ("Human Rights Council", Organ::HumanRightsCouncil),
];

impl Organ {
    /// The organ of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        let mut names = NAMES.iter();
        names.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, organ)| *organ)
    }
}

impl FromYaml for Organ {
    fn from_yaml(value: &Value, reader: &mut Reader<'_>) -> Option<Self> {
        let Some(text) = value.as_text().map(str::trim) else {
            reader.expected("the name of an organ", value);
            return None;
        };
        let organ = Self::of_name(text);
        if organ.is_none() {
            let message = format!("`{text}` is not an organ whose resolutions are known");
            let names = NAMES.iter().map(|(name, _)| *name);
            reader.diagnostics.push(
                Diagnostic::of(&UNKNOWN_ORGAN, value.span, message).did_you_mean(text, names),
            );
        }
        organ
    }

    fn schema() -> Schema {
        serde_json::json!({ "enum": NAMES.map(|(name, _)| name) })
    }
}
