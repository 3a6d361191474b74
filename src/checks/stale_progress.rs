//! Open recommendations have news at each reporting date.

use super::{Check, Context, as_at_of};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Date, Recommendation, Report, SectionKind};
use chrono::NaiveDate;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "stale-progress",
    summary: "an open recommendation without news for more than half a year before its report’s `as_at`",
    explanation: "Readers cannot tell whether nothing happened or nobody asked. Add `## Progress at \
                  DATE`, even if it says that nothing happened.",
    wrong: &[
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 30 June 2020\n\nA draft.",
    ],
    right: &[
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 1 March 2021\n\nNothing happened.",
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 30 September 2020\n\nA draft.",
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress\n\nA draft.",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

/// Half a year. Where each recommendation is reported on in a month of its own, nearly all have no
/// news since some date of the others.
const DAYS: i64 = 184;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in context.newest() {
        // Today is not a reporting date: tomorrow it would be another.
        if as_at_of(context.site, recommendation).is_some() && recommendation.state.is_open() {
            let report = context.site.report(recommendation.report);
            diagnostics.extend(stale(recommendation, report));
        }
    }
}

fn stale(recommendation: &Recommendation, report: &Report) -> Option<Diagnostic> {
    let sections = recommendation.texts.original.sections.iter();
    let dated = sections.filter_map(|section| match section.kind {
        SectionKind::Progress { date, .. } => {
            Some((date.map_or(report.as_at, Date::last_day), section.heading.as_ref()?))
        }
        _ => None,
    });
    let (newest, heading): (NaiveDate, _) = dated.max_by_key(|(day, _)| *day)?;
    if (report.as_at - newest).num_days() <= DAYS {
        return None;
    }
    let message = format!("nothing new since {newest}; the report is as at {}", report.as_at);
    Some(Diagnostic::of(&RULE, heading.span, message).help(format!(
        "add a section `## Progress at {}`, even if it says that nothing happened",
        report.as_at
    )))
}
