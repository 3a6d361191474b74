//! One body that is responsible twice.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "duplicate-responder",
    summary: "a unit that is named twice as responsible for one recommendation",
    explanation: "It would be counted twice. A short name, a former name and another spelling in \
                  `units.yaml` are the same unit.",
    wrong: &[
        "responsible: [Coast Guard, Sea Patrol]\n# content/units.yaml\n- name: Coast Guard\n  former: [Sea Patrol]",
    ],
    right: &[
        "responsible: [Coast Guard, Navy]\n# content/units.yaml\n- name: Coast Guard\n- name: Navy",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let entries = &recommendation.front.responsible.0;
        for (index, responder) in recommendation.responders.iter().enumerate() {
            let before = &recommendation.responders[..index];
            let Some(first) = before.iter().position(|of| of.unit == responder.unit) else {
                continue;
            };
            let (Some(entry), Some(other)) = (entries.get(index), entries.get(first)) else {
                continue;
            };
            let name = &context.site.unit(responder.unit).name;
            diagnostics.push(
                Diagnostic::of(&RULE, entry.unit.span, format!("`{name}` is named twice"))
                    .label(other.unit.span, "first named here")
                    .help("remove one of the two"),
            );
        }
    }
}
