//! Two parts with one label.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::Label;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "duplicate-part",
    summary: "two parts of a recommendation with the same label",
    explanation: "The label is the address of a part, and how others refer to it: `[[12(a)]]`.",
    wrong: &["parts:\n  - { label: a, text: Publish it }\n  - { label: (a), text: Print it }"],
    right: &["parts:\n  - { label: a, text: Publish it }\n  - { label: b, text: Print it }"],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let parts = &recommendation.front.parts;
        for (index, part) in parts.iter().enumerate() {
            let mut before = parts[..index].iter();
            let Some(first) =
                before.find(|of| Label::bare(&of.label.0) == Label::bare(&part.label.0))
            else {
                continue;
            };
            let message = format!("two parts have the label `{}`", part.label.value);
            diagnostics.push(
                Diagnostic::of(&RULE, part.label.span, message)
                    .label(first.label.span, "first given here")
                    .help("give one of them another label"),
            );
        }
    }
}
