//! What is to be done has a deadline.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "missing-deadline",
    summary: "an accepted recommendation that is open and has no deadline",
    explanation: "Without one it can never be late. Add `deadline: DATE`, or `deadline: ongoing`, \
                  `tbc` or `none`.",
    wrong: &["# no deadline\nstatus: in progress"],
    right: &["deadline: ongoing", "# no deadline\nresponse: pending"],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let is_accepted = recommendation.response.is_accepted();
        let has_one = front.deadline.is_some() || !front.deadlines.is_empty();
        let Some(status) = front.status.as_ref().filter(|status| status.is_open()) else {
            continue;
        };
        if is_accepted && !has_one {
            let message = "it is accepted and open, but has no deadline";
            diagnostics.push(Diagnostic::of(&RULE, status.span, message).help(
                "add a line `deadline: 2027-12-31`, or `deadline: ongoing`, `tbc` or `none`",
            ));
        }
    }
}
