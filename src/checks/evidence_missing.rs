//! What is implemented has evidence.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::LinkKind;
use crate::vocabulary::Verification;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "evidence-missing",
    summary: "a recommendation that is implemented, without a document that shows it",
    explanation: "Name a document under `evidence`, cite one in the text, or link to one. A \
                  self-reported “implemented” may do without one, so this is a note.",
    wrong: &["status: implemented\nimplemented: 2020-12-31"],
    right: &[
        "status: implemented\nimplemented: 2020-12-31\nverification: validated",
        "status: implemented\nimplemented: 2020-12-31\nevidence: [A/RES/70/1]",
        "status: implemented\nimplemented: 2020-12-31\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress\n\nPublished as A/RES/70/1.",
    ],
    follows: Follows::File,
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let front = &recommendation.front;
        let Some(place) = recommendation.status_span() else { continue };
        // Then somebody else has seen that it is done.
        let is_vouched_for = recommendation
            .verification
            .is_some_and(|verification| verification.meaning == Verification::Validated);
        let names_any = front.all_evidence().next().is_some();
        let links_any = recommendation
            .texts
            .all()
            .flat_map(|text| &text.links)
            .any(|link| matches!(link.kind, LinkKind::Outside(_) | LinkKind::File { .. }));
        if recommendation.state.is_done()
            && recommendation.followed.status.is_none()
            && !is_vouched_for
            && recommendation.documents.is_empty()
            && !names_any
            && !links_any
        {
            let message = "it is implemented, but no document shows it";
            diagnostics.push(
                Diagnostic::of(&RULE, place, message)
                    .help("add a line `evidence: [SYMBOL]`, with a file or an address as well"),
            );
        }
    }
}
