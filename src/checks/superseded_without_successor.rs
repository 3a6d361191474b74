//! What is superseded has a successor.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::vocabulary::Status;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "superseded-without-successor",
    summary: "a recommendation that is superseded, without the one that replaces it",
    explanation: "Readers want to follow the link. Add `superseded_by: 4`, or `superseded_by: \
                  FOLDER/4` for one of another report.",
    wrong: &["status: superseded"],
    right: &["status: superseded\nsuperseded_by: 2\n# content/audit/2.md\nnumber: 2"],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let status = recommendation.state.status.map(|status| status.meaning);
        let is_superseded = status == Some(Status::Superseded);
        if let (true, None, Some(status)) = (is_superseded, &front.superseded_by, &front.status) {
            let message = "it is superseded, but nothing says by which one";
            diagnostics.push(
                Diagnostic::of(&RULE, status.span, message)
                    .help("add a line `superseded_by: 4`, or `superseded_by: FOLDER/4`"),
            );
        }
    }
}
