//! Every picture has a text for those who cannot see it.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "image-without-alt",
    summary: "a picture without a text for those who cannot see it",
    explanation: "Say what the picture shows between the square brackets: `![Map of the five \
                  countries](map.png)`.",
    wrong: &["\n## Recommendation\n\n![](map.png)\n# content/audit/map.png\n"],
    right: &[
        "\n## Recommendation\n\n![Map of the five countries](map.png)\n# content/audit/map.png\n",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in context.texts() {
        for link in &text.links {
            let inside = text.slice(link.span).strip_prefix("![");
            let alternative = inside.and_then(|inside| inside.split(']').next());
            if alternative.is_some_and(|words| words.trim().is_empty()) {
                let message = "the picture has no text for those who cannot see it";
                diagnostics
                    .push(Diagnostic::of(&RULE, link.span, message).help(
                        "say what it shows between the square brackets: `![A map](map.png)`",
                    ));
            }
        }
    }
}
