//! The unit that another one is part of.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule, nearest};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "unknown-parent",
    summary: "a `parent` in `units.yaml` that is not another unit of the register",
    explanation: "The page of a unit links to the unit that it is part of.",
    wrong: &[
        "# content/units.yaml\n- name: Hospital Board\n  parent: Ministry of Helth\n- name: Ministry of Health",
    ],
    right: &[
        "# content/units.yaml\n- name: Hospital Board\n  parent: Ministry of Health\n- name: Ministry of Health",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let units = &context.site.units;
    let names = || units.iter().filter_map(|unit| unit.entry.as_ref()).map(|of| of.name.as_str());
    for unit in units {
        let Some(parent) = unit.entry.as_ref().and_then(|entry| entry.parent.as_ref()) else {
            continue;
        };
        if unit.parent.is_some() {
            continue;
        }
        let message = format!("`{}` is not another unit of this register", parent.value);
        let help = match nearest(parent, names()) {
            Some(near) if near != unit.name => format!("did you mean `{near}`?"),
            _ => "write the `name` of an entry".to_owned(),
        };
        diagnostics.push(Diagnostic::of(&RULE, parent.span, message).help(help));
    }
}
