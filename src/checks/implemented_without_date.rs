//! What is implemented has a date.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "implemented-without-date",
    summary: "a recommendation that is implemented, without a date of implementation",
    explanation: "Without the date there is no telling whether it was done on time. Add \
                  `implemented: DATE`, as precise as you know it. The date in a heading `## \
                  Progress at DATE: implemented` says when it was reported, not when it was done.",
    wrong: &[
        "status: implemented",
        "status: implemented\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 1 March 2021: implemented\n\nDone.",
    ],
    right: &["status: implemented\nimplemented: 2020-12"],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let state = &recommendation.state;
        let is_own = recommendation.followed.status.is_none();
        let place = recommendation.status_span().filter(|_| is_own && state.is_done());
        if let (None, Some(place)) = (state.implemented, place) {
            let message = "it is implemented, but nothing says when";
            diagnostics.push(Diagnostic::of(&RULE, place, message).help(
                "add a line `implemented: 2020-12-31`, or as precise as you know it: `2020`",
            ));
        }
    }
}
