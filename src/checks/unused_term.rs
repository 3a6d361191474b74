//! What the glossary explains is used.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "unused-term",
    summary: "a term of the glossary that no text uses",
    explanation: "Perhaps texts write it in another form: add that under `forms`. Otherwise remove \
                  it.",
    wrong: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    right: &["\n## Recommendation\n\nHold a first NPD.\n\
              # content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    follows: Follows::Site,
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for term in context.site.terms.iter().filter(|term| term.used_in.is_empty()) {
        let message = format!("no text uses `{}`", term.entry.term.value);
        let help = "use it, add its other `forms`, or remove it from the glossary";
        diagnostics.push(Diagnostic::of(&RULE, term.entry.term.span, message).help(help));
    }
}
