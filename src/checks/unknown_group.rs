//! A group that the report does not list.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Edit, Rule, nearest};
use crate::vocabulary::fold;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "unknown-group",
    summary: "a group that is not among the `groups` of its report",
    explanation: "A report that lists its groups shows them in that order. A name that is not in the \
                  list makes a group at the end: perhaps it is misspelled.",
    wrong: &[
        "group: Saftey\n# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\ngroups: [Safety, Money]\n---\n",
    ],
    right: &[
        "group: Safety\n# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\ngroups: [Safety, Money]\n---\n",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let report = context.site.report(recommendation.report);
        let Some(group) = &recommendation.front.group else { continue };
        let known = report.front.groups.iter().map(|group| group.name.as_str());
        if report.front.groups.is_empty() || known.clone().any(|name| fold(name) == fold(group)) {
            continue;
        }
        let message = format!("`{}` is not among the groups of this report", group.value);
        let diagnostic = Diagnostic::of(&RULE, group.span, message).edit(Edit::of_slip(
            group,
            known.clone(),
            group.span,
        ));
        diagnostics.push(match nearest(group, known) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("add it to `groups` in `report.md`"),
        });
    }
}
