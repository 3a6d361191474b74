//! A group that the report does not list.

use std::collections::BTreeSet;

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
    for report in context.site.reports.iter().filter(|report| !report.front.groups.is_empty()) {
        let listed = report.front.groups.iter().map(|group| group.name.as_str());
        let known: BTreeSet<String> = listed.clone().map(fold).collect();
        let own = &context.site.recommendations[report.recommendations.clone()];
        for group in own.iter().filter_map(|one| one.front.group.as_ref()) {
            if known.contains(&fold(group)) {
                continue;
            }
            let message = format!("`{}` is not among the groups of this report", group.value);
            let diagnostic = Diagnostic::of(&RULE, group.span, message).edit(Edit::of_slip(
                group,
                listed.clone(),
                group.span,
            ));
            diagnostics.push(match nearest(group, listed.clone()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("add it to `groups` in `report.md`"),
            });
        }
    }
}
