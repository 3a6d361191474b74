//! The text columns of the official table are filled.

use super::{Check, Context};
use super::{Written, written};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::SectionKind;
use crate::vocabulary::Response;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "missing-section",
    summary: "a recommendation without its own text, or an accepted one without a management response",
    explanation: "The official table has a column for each. Write them under `## Recommendation` \
                  and `## Management response`; if you use other headings, name them under \
                  `sections` in `content/site.yaml`.",
    wrong: &[
        "\n## Management response\n\nAccepted.\n\n## Progress\n\nA draft.",
        "\n## Recommendation\n\nPublish it.\n\n## Progress\n\nA draft.",
    ],
    right: &["response: pending\n\n## Recommendation\n\nPublish it."],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let text = &recommendation.texts.original;
        let mut missing = |kind: SectionKind, heading: &str| {
            if written(text, |own| *own == kind) == Written::No {
                let message = format!("there is no section `{heading}`");
                diagnostics.push(
                    Diagnostic::of(&RULE, text.title.span, message)
                        .help(format!("write it under a heading `## {heading}`")),
                );
            }
        };
        missing(SectionKind::Recommendation, "Recommendation");
        // For any other response, `response-without-reason` asks for more than a heading.
        if recommendation.response == Response::Accepted {
            missing(SectionKind::Response, "Management response");
        }
    }
}
