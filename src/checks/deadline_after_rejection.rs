//! A deadline for what was rejected.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "deadline-after-rejection",
    summary: "a deadline of a recommendation that was not accepted",
    explanation: "What nobody is going to do cannot be late, so its timeliness is not assessed. If \
                  part of it will be done, the response is `partially accepted`.",
    wrong: &["response: not accepted\ndeadline: 2021-12-31"],
    right: &["response: partially accepted\ndeadline: 2021-12-31"],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let Some(deadline) = &front.deadline else { continue };
        let Some(response) = &front.response else { continue };
        if recommendation.state.is_rejected() && deadline.date().is_some() {
            diagnostics.push(
                Diagnostic::of(&RULE, deadline.span, "it was not accepted, but has a deadline")
                    .label(response.span, "the response")
                    .help("remove the deadline, or change the response"),
            );
        }
    }
}
