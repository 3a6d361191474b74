//! An action, a part or a responder whose deadline has passed.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Deadline, State, Timeliness};
use crate::source::Spanned;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "action-overdue",
    summary: "an open action, part or answer whose own deadline has passed, with the number of days",
    explanation: "The date that counts is the report’s `as_at`. Say what was done, or set a new \
                  deadline.",
    wrong: &[
        "status: in progress\nactions:\n  - { text: Draft it, deadline: 2020-12-31, status: not started }",
    ],
    right: &[
        "status: in progress\nactions:\n  - { text: Draft it, deadline: 2020-12-31, status: implemented }\n  - { text: Publish it, status: in progress }",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in context.newest() {
        let as_at = context.site.report(recommendation.report).assessed_at;
        let mut report = |what: &str, deadline: &Option<Spanned<Deadline>>, state: &State| {
            let (Some(deadline), Some(Timeliness::Overdue { days })) = (deadline, state.timeliness)
            else {
                return;
            };
            let plural = if days == 1 { "" } else { "s" };
            let message = format!("{what} is {days} day{plural} overdue as at {as_at}");
            diagnostics.push(
                Diagnostic::of(&RULE, deadline.span, message)
                    .help("say what was done, or set a new deadline"),
            );
        };
        let front = &recommendation.front;
        for (entry, action) in front.actions.iter().zip(&recommendation.actions) {
            report("this action", &entry.deadline, &action.state);
        }
        for (entry, part) in front.parts.iter().zip(&recommendation.parts) {
            report(&format!("part `{}`", part.label), &entry.deadline, &part.task.state);
        }
        for (entry, responder) in front.responsible.0.iter().zip(&recommendation.responders) {
            report(
                &format!("what `{}` has to do", entry.unit.value),
                &entry.deadline,
                &responder.state,
            );
        }
    }
}
