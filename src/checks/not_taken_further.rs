//! What is open goes on in the report that follows.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "not-taken-further",
    summary: "an open recommendation that the following report does not take further",
    explanation: "Readers would not learn what became of it. In the following report write \
                  `continues: 4` in the recommendation that takes it further, or close it here and \
                  say why.",
    wrong: &[
        "# content/audit-2022/report.md\n---\ntitle: Audit\nas_at: 2022-03-01\nfollows: audit\n---\n",
    ],
    right: &[
        "# content/audit-2022/report.md\n---\ntitle: Audit\nas_at: 2022-03-01\nfollows: audit\n\
         numbers: continue\n---\n# content/audit-2022/1.md\n---\nnumber: 1\ntitle: Publish the \
         list\nresponse: accepted\nresponsible: Registry\ndeadline: 2023\nstatus: in \
         progress\n---\n\n## Recommendation\n\nPublish the list.\n\n## Management \
         response\n\nAccepted.\n\n## Progress at 1 March 2022\n\nA draft is ready.\n",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    for one in context.newest().filter(|one| one.state.is_open()) {
        let report = site.report(one.report);
        let Some(next) = report.followed_by.first() else { continue };
        let next = site.report(*next);
        let message =
            format!("this is open, and `{}`, which follows, does not take it further", next.folder);
        let place = one.status_span();
        let mut diagnostic = Diagnostic::of_site(&RULE, message).help(format!(
            "write `continues: {}` in the recommendation of `{}` that takes it further, or say there \
             under `numbers: continue` that equal numbers are the same",
            one.label, next.folder
        ));
        diagnostic.span = place;
        diagnostics.push(diagnostic);
    }
}
