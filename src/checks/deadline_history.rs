//! The history of deadlines begins with the first and ends with the current one.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "deadline-history",
    summary: "a history of deadlines that lacks the first, or goes on after the current one",
    explanation: "`deadlines` lists every deadline that was set, the first one first. Without the \
                  first, nobody can tell that a deadline was moved, nor what it was before. `deadline` \
                  is the current one: the last of the list, or a later one.",
    wrong: &[
        "deadline: 2021-06-30\ndeadlines:\n  - { set: 2020-11-01, deadline: 2021-06-30, reason: the trainer was ill }",
        "deadline: 2020-12-31\ndeadlines:\n  - { set: 2020-01-15, deadline: 2020-12-31 }\n  - { set: 2020-11-01, deadline: 2021-06-30, reason: the trainer was ill }",
    ],
    right: &[
        "deadline: 2021-06-30\ndeadlines:\n  - { set: 2020-01-15, deadline: 2020-12-31 }\n  - { set: 2020-11-01, deadline: 2021-06-30, reason: the trainer was ill }",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for one in &context.site.recommendations {
        let history = &one.front.deadlines;
        if let Some(reason) = history.first().and_then(|first| first.reason.as_ref()) {
            let message = "a deadline was moved, but the one before it is not in the list";
            diagnostics.push(Diagnostic::of(&RULE, reason.span, message).help(
                "put the first deadline before it: `- { set: 2020-01-15, deadline: 2020-12-31 }`",
            ));
        }
        let (Some(current), Some((last, before))) = (&one.front.deadline, history.split_last())
        else {
            continue;
        };
        let is_former = before.iter().any(|change| change.deadline.value == current.value);
        if is_former && last.deadline.value != current.value {
            let message = format!("`deadline` is {}, which was moved since", current.iso());
            diagnostics.push(
                Diagnostic::of(&RULE, current.span, message)
                    .label(last.deadline.span, "the last one that was set")
                    .help(format!(
                        "write `deadline: {}`, or leave the key out",
                        last.deadline.iso()
                    )),
            );
        }
    }
}
