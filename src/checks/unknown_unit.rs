//! Units have one name each.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::source::Spanned;
use crate::vocabulary::fold;
use std::collections::BTreeSet;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "unknown-unit",
    summary: "a responsible unit that is not in `units.yaml`",
    explanation: "Most probably its name is misspelt, and its recommendations are counted under \
                  two names. Sites without a `units.yaml` may use any names.",
    wrong: &["responsible: Registri Office\n# content/units.yaml\n- name: Registry Office"],
    right: &[
        "responsible: Registry Office\n# content/units.yaml\n- name: Registry Office",
        "responsible: Whoever",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let registered = context.site.units.iter().filter_map(|unit| unit.entry.as_ref());
    let names: Vec<&str> =
        registered.flat_map(|entry| entry.all_names().map(|name| name.value.as_str())).collect();
    if names.is_empty() {
        return;
    }
    let known: BTreeSet<String> = names.iter().map(|name| fold(name)).collect();
    for recommendation in &context.site.recommendations {
        for unit in recommendation.front.unit_names() {
            if !known.contains(&fold(unit)) {
                diagnostics.push(unknown(unit, &names));
            }
        }
    }
}

/// The most units with which an unknown one is compared.
const MOST_COMPARED: usize = 500;

/// The fewest letters of a name in which one wrong letter leaves no doubt: `Unit A` and `Unit B`
/// are different.
const LONG_NAME: usize = 10;

fn unknown(unit: &Spanned<String>, names: &[&str]) -> Diagnostic {
    let message = format!("`{}` is not in `units.yaml`", unit.value);
    // Comparing each of thousands with each of thousands would take minutes.
    let few = names.len() <= MOST_COMPARED;
    let near = few.then(|| crate::diagnostics::nearest(unit, names.iter().copied())).flatten();
    let parts: Vec<&str> =
        unit.split([';', ',', '&']).flat_map(|part| part.split(" and ")).collect();
    let are_units = parts.len() > 1
        && parts.iter().all(|part| names.iter().any(|name| fold(name) == fold(part.trim())));
    let help = match near {
        _ if are_units => {
            let parts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
            format!("write several in brackets: `[{}]`", parts.join(", "))
        }
        Some(near) => format!("did you mean `{near}`? If not, add it to `content/units.yaml`"),
        None => "add it to `content/units.yaml`, or correct its name".to_owned(),
    };
    let is_long = unit.chars().filter(|c| c.is_alphabetic()).count() >= LONG_NAME;
    let edit = Edit::of_slip(unit, names.iter().copied(), unit.span).filter(|_| is_long && few);
    Diagnostic::of(&RULE, unit.span, message).help(help).edit(edit)
}
