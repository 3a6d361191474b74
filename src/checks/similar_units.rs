//! Names that are probably one body.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::vocabulary::fold;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "similar-units",
    summary: "two units whose names differ so little that they are probably one body",
    explanation: "Each has its own page, and neither has all of its recommendations. Write one \
                  name everywhere, or list the others in `units.yaml` under `forms`, or under \
                  `former` where the body was renamed.",
    wrong: &["responsible: [Department of Transport, Department for Transport]"],
    right: &[
        "responsible: Department of Transport\n# content/units.yaml\n- name: Department for Transport\n  forms: [Department of Transport]",
        "responsible: [Regional Office A, Regional Office B]",
    ],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_words: BTreeMap<BTreeSet<String>, usize> = BTreeMap::new();
    for (index, unit) in context.site.units.iter().enumerate() {
        let words = words(&unit.name);
        if words.is_empty() {
            continue;
        }
        let Some(first) = by_words.get(&words) else {
            by_words.insert(words, index);
            continue;
        };
        let other = &context.site.units[*first];
        let message = format!("`{}` and `{}` are probably one unit", other.name, unit.name);
        diagnostics.push(
            Diagnostic::of(&RULE, unit.span.max(other.span), message)
                .label(unit.span.min(other.span), "the other name")
                .help("write one name, or list the other in `units.yaml` under `forms`"),
        );
    }
}

/// The words of a name that tell it from others, however they are ordered: short words in small
/// letters, such as "of" and "the", do not, and a plural does not.
fn words(name: &str) -> BTreeSet<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let tells = |word: &&str| word.chars().count() > 3 || !word.chars().all(char::is_lowercase);
    let plain = |word: &str| {
        let word = fold(word);
        let singular = word.strip_suffix('s').filter(|short| short.chars().count() > 3);
        singular.map_or_else(|| word.clone(), str::to_owned)
    };
    words.filter(tells).map(plain).collect()
}
