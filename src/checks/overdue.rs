//! What is open is not overdue.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::Timeliness;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "overdue",
    summary: "an open recommendation whose deadline has passed, with the number of days",
    explanation: "The date that counts is the report’s `as_at`. Report what was done, or move the \
                  deadline: put the old one under `deadlines`, and give the reason.",
    wrong: &["deadline: 2020-12-31\nstatus: in progress"],
    right: &[
        "deadline: 2021-03-31\nstatus: in progress",
        "deadline: 2020-12-31\nstatus: implemented\nimplemented: 2021-02-01",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in context.newest() {
        let Some(Timeliness::Overdue { days }) = recommendation.state.timeliness else { continue };
        let front = &recommendation.front;
        let typed = front.deadline.as_ref();
        let last = || front.deadlines.last().map(|change| &change.deadline);
        let Some(deadline) = typed.or_else(last) else { continue };
        let plural = if days == 1 { "" } else { "s" };
        let as_at = context.site.report(recommendation.report).assessed_at;
        let message = format!("{days} day{plural} overdue as at {as_at}");
        diagnostics.push(Diagnostic::of(&RULE, deadline.span, message).help(
            "report what was done, or move the deadline and give the reason under `deadlines`",
        ));
    }
}
