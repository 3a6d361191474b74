//! What is accepted has someone responsible for it.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::Recommendation;

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
    for report in &context.site.reports {
        let own = &context.site.recommendations[report.recommendations.clone()];
        let names_somebody = |one: &Recommendation| one.front.unit_names().next().is_some();
        // A report that names nobody at all is about something else.
        if own.len() > 1 && !own.iter().any(names_somebody) {
            continue;
        }
        let without = own.iter().filter(|one| one.state.is_accepted() && !names_somebody(one));
        for response in without.filter_map(|one| one.front.response.as_ref()) {
            let message = "it is accepted, but no unit is responsible";
            diagnostics.push(
                Diagnostic::of(&RULE, response.span, message)
                    .help("add a line `responsible: UNIT`, or one for each action"),
            );
        }
    }
}
