//! A recommendation is not open when all of its actions are done.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::vocabulary::AxisValue as _;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "actions-done-but-open",
    summary: "a recommendation that is open although all of its actions are done",
    explanation: "Perhaps the status was forgotten. If more is to be done, add an action for it.",
    wrong: &["status: in progress\nactions:\n  - { text: Draft it, status: implemented }"],
    right: &[
        "status: in progress\nactions:\n  - { text: Draft it, status: implemented }\n  - { text: Publish it, status: not started }",
    ],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let Some(open) = front.status.as_ref().filter(|status| status.is_open()) else {
            continue;
        };
        let all_done = recommendation.actions.iter().all(|action| action.state.is_done());
        if all_done && !front.actions.is_empty() {
            let word = open.value.name();
            let message =
                format!("every action is implemented, but the recommendation is `{word}`");
            diagnostics.push(
                Diagnostic::of(&RULE, open.span, message)
                    .help("change the status, or add the action that is still to be done"),
            );
        }
    }
}
