//! Any response but "accepted" has a reason.

use super::{Check, Context};
use super::{Written, written};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::SectionKind;
use crate::vocabulary::{AxisValue as _, Response};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "response-without-reason",
    summary: "a recommendation that is rejected, in whole or in part, without a management response that says why",
    explanation: "Those who made the recommendation have a right to the reason. Write it under `## \
                  Management response`.",
    wrong: &[
        "response: not accepted\n\n## Recommendation\n\nPublish it.",
        "response: partially accepted\n\n## Recommendation\n\nPublish it.\n\n## Management response\n",
    ],
    right: &[
        "response: not accepted\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\nThe list holds personal data.",
        "response: noted\n\n## Recommendation\n\nPublish it.",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let Some(response) = &recommendation.front.response else { continue };
        let needs_reason =
            matches!(response.meaning, Response::PartiallyAccepted | Response::NotAccepted);
        let text = &recommendation.texts.original;
        if needs_reason && written(text, |kind| *kind == SectionKind::Response) != Written::WithText
        {
            let message = format!("it is `{}`, and nothing says why", response.value.name());
            diagnostics.push(
                Diagnostic::of(&RULE, response.span, message)
                    .help("give the reason under a heading `## Management response`"),
            );
        }
    }
}
