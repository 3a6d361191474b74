//! A closed recommendation has no open actions.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::vocabulary::AxisValue as _;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "closed-but-open-actions",
    summary: "an action that is still open in a recommendation that is closed",
    explanation: "Readers are told that it is done, and further down that it is not. Close the \
                  action, reopen the recommendation, or add `continuing: true` where it is done \
                  and the work goes on.",
    wrong: &[
        "status: implemented\nimplemented: 2020-12-31\nactions:\n  - { text: Draft it, status: in progress }",
    ],
    right: &[
        "status: implemented\nimplemented: 2020-12-31\nactions:\n  - { text: Draft it, status: implemented }",
        "status: implemented\nimplemented: 2020-12-31\ncontinuing: true\nactions:\n  - { text: Keep it up to date, status: in progress }",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let Some(closed) = front.status.as_ref().filter(|status| !status.is_open()) else {
            continue;
        };
        if front.continuing {
            continue;
        }
        let open = front.actions.iter().filter_map(|action| action.status.as_ref());
        for status in open.filter(|status| status.is_open()) {
            let (open, closed_word) = (status.value.name(), closed.value.name());
            let message =
                format!("this action is `{open}`, but the recommendation is `{closed_word}`");
            diagnostics.push(
                Diagnostic::of(&RULE, status.span, message)
                    .label(closed.span, "closed here")
                    .help("close the action, reopen the recommendation, or add `continuing: true`"),
            );
        }
    }
}
