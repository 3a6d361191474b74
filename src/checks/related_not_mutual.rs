//! A relation has two ends.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::RecommendationId;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "related-not-mutual",
    summary: "a recommendation that names another as related, but is not named by it",
    explanation: "Readers of the other one do not find this one. Add its number to `related` \
                  there, unless this is intended.",
    wrong: &["related: [2]\n# content/audit/2.md\nnumber: 2"],
    right: &["related: [2]\n# content/audit/2.md\nrelated: [1]"],
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    for (index, recommendation) in site.recommendations.iter().enumerate() {
        let report = site.report(recommendation.report);
        for to in &recommendation.front.related.0 {
            let other = site.recommendation_ids.find(Some(&report.folder), &to.value.0);
            let Some(other) = other else { continue };
            let id = RecommendationId(index);
            let other = site.recommendation(other);
            if other.related.contains(&id) || std::ptr::eq(other, recommendation) {
                continue;
            }
            let own = match other.report == recommendation.report {
                true => recommendation.label.to_string(),
                false => format!("{}/{}", report.folder, recommendation.label),
            };
            let message = format!("`{}` does not name this one as related", to.value.0);
            let number = other.front.number.as_ref().map(|number| number.span);
            let mut note = Diagnostic::of(&RULE, to.span, message)
                .help(format!("add `{own}` to `related` there, unless this is intended"));
            note.labels.extend(number.map(|span| (span, "the other one".to_owned())));
            diagnostics.push(note);
        }
    }
}
