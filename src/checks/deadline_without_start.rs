//! A time allowed begins on a day.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Deadline, DeadlineKind};
use crate::source::Spanned;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "deadline-without-start",
    summary: "a deadline such as `within 6 months`, and no day from which it counts",
    explanation: "Nobody can tell when it ends, so whether it is on time is “not assessed”. Give the \
                  day on which the recommendation was made, with `made`, or the `evaluation_date` of \
                  the report.",
    wrong: &["deadline: within 6 months"],
    right: &["deadline: within 6 months\nmade: 2021-02-01", "deadline: 2021-12-31"],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let parts = front.parts.iter().filter_map(|part| part.deadline.as_ref());
        let actions = front.actions.iter().filter_map(|action| action.deadline.as_ref());
        let responders = front.responsible.0.iter().filter_map(|of| of.deadline.as_ref());
        let history = front.deadlines.iter().map(|change| &change.deadline);
        let of_tasks = parts.chain(actions).chain(responders);
        let all = front.deadline.iter().chain(history).chain(of_tasks);
        let is_open = |of: &&Spanned<Deadline>| matches!(of.kind, DeadlineKind::Within(_));
        let without: Vec<&Spanned<Deadline>> = all.filter(is_open).collect();
        // One day is missing, however many deadlines count from it.
        let Some(first) = without.first() else { continue };
        let message = "nobody said from which day this time counts";
        diagnostics.push(Diagnostic::of(&RULE, first.span, message).help(
            "add a line `made: 2021-02-01` with the day on which the recommendation was made, or \
             `evaluation_date` to `report.md`",
        ));
    }
}
