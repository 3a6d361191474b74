//! Facts that only a closed recommendation has.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::vocabulary::{AxisValue as _, Status};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "facts-contradict-status",
    summary: "a date of implementation or a successor that the status contradicts",
    explanation: "`implemented` is the date on which a recommendation was done, so its status is \
                  `implemented`, or at least `partially implemented`. One with `superseded_by` is \
                  `superseded`. Change whichever is out of date.",
    wrong: &[
        "status: not started\nimplemented: 2020-12-01",
        "status: in progress\nsuperseded_by: 2\n# content/audit/2.md\nnumber: 2",
    ],
    right: &[
        "status: implemented\nimplemented: 2020-12-01",
        "status: superseded\nsuperseded_by: 2\n# content/audit/2.md\nnumber: 2",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let Some(status) = &front.status else { continue };
        let word = status.value.name();
        let is_undone = matches!(
            status.meaning,
            Status::NotStarted | Status::InProgress | Status::NotImplemented
        );
        if let Some(implemented) = front.implemented.as_ref().filter(|_| is_undone) {
            let message = format!("there is a date of implementation, but the status is `{word}`");
            diagnostics.push(
                Diagnostic::of(&RULE, implemented.span, message)
                    .label(status.span, "the status")
                    .help("change the status, or remove the date"),
            );
        }
        if let Some(closed) = front.closed.as_ref().filter(|_| status.is_open()) {
            let message = format!("there is a date of closing, but the status is `{word}`");
            diagnostics.push(
                Diagnostic::of(&RULE, closed.span, message)
                    .label(status.span, "the status")
                    .help("change the status, or remove the date"),
            );
        }
        let is_superseded = status.meaning == Status::Superseded;
        if let Some(successor) = front.superseded_by.as_ref().filter(|_| !is_superseded) {
            let message = format!("a successor, but the status is `{word}`");
            diagnostics.push(
                Diagnostic::of(&RULE, successor.span, message)
                    .label(status.span, "the status")
                    .help("write `status: superseded`, or name it under `related`"),
            );
        }
    }
}
