//! What is to be done has a deadline.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::Recommendation;

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
    for report in &context.site.reports {
        let own = &context.site.recommendations[report.recommendations.clone()];
        let without = own.iter().filter(|one| one.state.is_accepted() && one.state.is_open());
        let without: Vec<&Recommendation> = without.filter(|one| !has_deadline(one)).collect();
        // Where nobody ever set one, that is said once.
        if own.len() > 1 && !own.iter().any(has_deadline) {
            let Some(first) = without.first().and_then(|one| one.status_span()) else { continue };
            let message = match without.len() {
                1 => {
                    "1 recommendation of this report is accepted and open, and none has a deadline"
                        .to_owned()
                }
                n => format!(
                    "{n} recommendations of this report are accepted and open, and none has a deadline"
                ),
            };
            let help = "add `deadline: 2027-12-31` to each, or write `missing-deadline: allow` \
                        under `checks` in `report.md` where there are none";
            diagnostics.push(Diagnostic::of(&RULE, first, message).help(help));
            continue;
        }
        for place in without.iter().filter_map(|one| one.status_span()) {
            let message = "it is accepted and open, but has no deadline";
            diagnostics.push(Diagnostic::of(&RULE, place, message).help(
                "add a line `deadline: 2027-12-31`, or `deadline: ongoing`, `tbc` or `none`",
            ));
        }
    }
}

/// Whether anything says by when it is to be done, or a part of it.
fn has_deadline(recommendation: &Recommendation) -> bool {
    let parts = recommendation.parts.iter().map(|part| &part.task.state);
    let actions = recommendation.actions.iter().map(|action| &action.state);
    let responders = recommendation.responders.iter().map(|responder| &responder.state);
    let mut all = [&recommendation.state].into_iter().chain(parts).chain(actions).chain(responders);
    all.any(|state| state.deadline.is_some())
}
