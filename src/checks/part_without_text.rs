//! A part without words.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "part-without-text",
    summary: "a part of a recommendation without words",
    explanation: "The words of a part are those of the item of the text that begins with its label, \
                  `- (a) Publish the list`, or those that the part has under `text`.",
    wrong: &["parts:\n  - { label: b }\n\n## Recommendation\n\n- (a) Publish it."],
    right: &[
        "parts:\n  - { label: a }\n\n## Recommendation\n\n- (a) Publish it.",
        "parts:\n  - { label: a, text: Publish it }",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let language = &recommendation.texts.original.language;
        for (index, part) in recommendation.front.parts.iter().enumerate() {
            if recommendation.part_in(index, language).is_none() {
                let label = part.label.0.trim_matches(['(', ')']);
                let message = format!("no item of the text begins with `({label})`");
                let help = format!(
                    "write the item as `- ({label}) Its words`, or add `text: …` to the part"
                );
                diagnostics.push(Diagnostic::of(&RULE, part.label.span, message).help(help));
            }
        }
    }
}
