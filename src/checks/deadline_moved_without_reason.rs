//! A deadline that moves has a reason.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Date, Deadline, DeadlineChange};
use crate::source::Spanned;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "deadline-moved-without-reason",
    summary: "a deadline that was moved to a later day, or removed, without a reason",
    explanation: "A deadline that moves without explanation is the first thing that a governing \
                  body asks about. Add `reason: …` to the entry of `deadlines`.",
    wrong: &[
        "deadline: 2021-06-30\ndeadlines:\n  - { set: 2020-01-15, deadline: 2020-12-31 }\n  - { set: 2020-11-01, deadline: 2021-06-30 }",
        "deadline: 2021-06-30\ndeadlines:\n  - { set: 2020-01-15, deadline: 2020-12-31 }",
    ],
    right: &[
        "deadline: 2021-06-30\ndeadlines:\n  - { set: 2020-01-15, deadline: 2020-12-31 }\n  - { set: 2020-11-01, deadline: 2021-06-30, reason: the trainer was ill }",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        for pair in front.deadlines.windows(2) {
            let DeadlineChange { deadline, reason, .. } = &pair[1];
            if reason.is_none() {
                diagnostics.extend(moved(
                    &pair[0].deadline,
                    deadline,
                    "add `reason: …` to this line",
                ));
            }
        }
        // Or later than it was in the report before.
        if let Some(current) = front.deadline.as_ref().filter(|_| front.deadlines.is_empty()) {
            let before = recommendation.continues.iter().map(|id| context.site.recommendation(*id));
            let typed = before.filter_map(|one| {
                let last = one.front.deadlines.last().map(|change| &change.deadline);
                one.front.deadline.as_ref().or(last)
            });
            let help = "list both under `deadlines`, the second with the reason for moving it";
            diagnostics.extend(typed.filter_map(|from| moved(from, current, help)));
        }
        // The current deadline may be later than the last one of its history.
        if let (Some(last), Some(current)) = (front.deadlines.last(), &front.deadline) {
            let help = "add this deadline to `deadlines`, with the reason for moving it";
            diagnostics.extend(moved(&last.deadline, current, help));
        }
    }
}

/// Reports a deadline that is later than the one before it. An earlier one needs no reason.
fn moved(from: &Spanned<Deadline>, to: &Spanned<Deadline>, help: &str) -> Option<Diagnostic> {
    let last_day = |deadline: &Spanned<Deadline>| deadline.date().map(Date::last_day);
    // Having no day counts as later than any day.
    let is_later = match (last_day(from)?, last_day(to)) {
        (from, Some(to)) => from < to,
        (_, None) => true,
    };
    is_later.then(|| {
        let (from_text, to_text) = (from.iso(), to.iso());
        let message = format!("the deadline moved from {from_text} to {to_text} without a reason");
        Diagnostic::of(&RULE, to.span, message).label(from.span, "the deadline before").help(help)
    })
}
