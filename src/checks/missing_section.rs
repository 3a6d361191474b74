//! The text columns of the official table are filled.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Column, SectionKind};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "missing-section",
    summary: "a recommendation without its own text",
    explanation: "Write it under `## Recommendation`; if you use another heading, name it under \
                  `sections` in `content/site.yaml`.",
    wrong: &["\n## Management response\n\nAccepted.\n\n## Progress\n\nA draft."],
    right: &["\n## Recommendation\n\nPublish it."],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let text = &recommendation.texts.original;
        // Parts may have all the words there are.
        let has_words = recommendation.front.parts.iter().any(|part| part.text.is_some());
        let is_own = |own: &SectionKind| own.column() == Some(Column::Recommendation);
        let is_written = text
            .sections
            .iter()
            .any(|of| is_own(&of.kind) && (of.has_words || of.heading.is_some()));
        if !has_words && !is_written {
            let typed = text.typed_title().map(|title| title.span);
            let number = recommendation.front.number.as_ref().map(|number| number.span);
            let Some(span) = typed.or(number) else { continue };
            let message = "there is no section `Recommendation`";
            diagnostics.push(
                Diagnostic::of(&RULE, span, message)
                    .help("write it under a heading `## Recommendation`"),
            );
        }
    }
}
