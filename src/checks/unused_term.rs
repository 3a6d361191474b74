//! What the glossary explains is used.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "unused-term",
    summary: "a term of the glossary that no text uses",
    explanation: "Perhaps texts write it in another form: give that under `forms`. Otherwise take \
                  it out.",
    wrong: &["# content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    right: &["\n## Recommendation\n\nHold a first NPD.\n\
              # content/glossary.yaml\n- { term: NPD, expansion: National Policy Dialogue }"],
    follows: Follows::Site,
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for term in context.site.terms.iter().filter(|term| term.used_in.is_empty()) {
        let message = format!("no text uses `{}`", term.entry.term.value);
        let help = "use it, give its other `forms`, or take it out of the glossary";
        diagnostics.push(Diagnostic::of(&RULE, term.entry.term.span, message).help(help));
    }
}
