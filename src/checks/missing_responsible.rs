//! What is accepted has someone responsible for it.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "missing-responsible",
    summary: "an accepted recommendation without a responsible unit",
    explanation: "What is everyone's task is done by no one. Add `responsible: UNIT`, for the \
                  whole or for each action.",
    wrong: &["# no responsible\nresponse: accepted"],
    right: &["responsible: [Registry, Legal Office]", "# no responsible\nresponse: not accepted"],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let is_accepted = recommendation.state.is_accepted();
        let nobody = front.unit_names().next().is_none();
        if let (true, true, Some(response)) = (is_accepted, nobody, &front.response) {
            let message = "it is accepted, but no unit is responsible";
            diagnostics.push(
                Diagnostic::of(&RULE, response.span, message)
                    .help("add a line `responsible: UNIT`, or one for each action"),
            );
        }
    }
}
