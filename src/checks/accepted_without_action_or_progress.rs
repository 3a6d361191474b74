//! Work that is under way is described.

use super::{Check, Context, Written, written};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::SectionKind;
use crate::vocabulary::{AxisValue as _, Status};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "accepted-without-action-or-progress",
    summary: "a recommendation that is accepted and under way, with neither an action nor a word on what is done",
    explanation: "Readers learn that something is being done, but not what. List `actions`, \
                  or write what was done under `## Management response` or `## Progress`.",
    wrong: &["status: in progress\n\n## Recommendation\n\nPublish it.\n"],
    right: &[
        "status: in progress\nactions:\n  - { text: Draft it, status: in progress }\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n",
        "status: not started\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let is_accepted = recommendation.state.is_accepted();
        let Some(status) = &front.status else { continue };
        // Work that has not begun may be described in the management response alone.
        let is_under_way = matches!(
            status.meaning,
            Status::InProgress | Status::PartiallyImplemented | Status::Implemented
        );
        let text = &recommendation.texts.original;
        let is_progress = |kind: &SectionKind| matches!(kind, SectionKind::Progress { .. });
        if is_accepted
            && is_under_way
            && front.actions.is_empty()
            && written(text, is_progress) != Written::WithText
            // A site's own section may describe it too.
            && written(text, |kind| *kind == SectionKind::Other) != Written::WithText
            // So may the response.
            && written(text, |kind| *kind == SectionKind::Response) != Written::WithText
        {
            let message =
                format!("it is `{}`, and nothing says what was done", status.value.name());
            diagnostics.push(
                Diagnostic::of(&RULE, status.span, message)
                    .help("list `actions`, or write it under a heading `## Progress`"),
            );
        }
    }
}
