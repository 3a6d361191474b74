//! Every heading has a text.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::SectionKind;
use crate::vocabulary::{Response, Status};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "empty-section",
    summary: "a heading with nothing under it",
    explanation: "Readers see an empty column. Write the text, or remove the heading. A \
                  response that is pending and progress that has not begun may be empty.",
    wrong: &[
        "\n## Recommendation\n\n## Management response\n\nAccepted.\n\n## Progress\n\nA draft.",
    ],
    right: &[
        "response: pending\nstatus: not started\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\n## Progress\n",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let state = &recommendation.state;
        let response = state.response.map(|response| response.meaning);
        let status = state.status.map(|status| status.meaning);
        for text in recommendation.texts.all() {
            for section in &text.sections {
                let Some(heading) = &section.heading else { continue };
                let may_be_empty = match section.kind {
                    // For any other response, `response-without-reason` asks for the text.
                    SectionKind::Response => {
                        response.is_some_and(|response| response != Response::Accepted)
                    }
                    SectionKind::Progress { .. } => {
                        section.kind.says_something() || status == Some(Status::NotStarted)
                    }
                    _ => false,
                };
                if !may_be_empty && !section.has_words {
                    let message = format!("there is nothing under `{}`", heading.value);
                    diagnostics.push(
                        Diagnostic::of(&RULE, heading.span, message)
                            .help("write the text, or remove the heading"),
                    );
                }
            }
        }
    }
}
