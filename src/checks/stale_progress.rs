//! Open recommendations have news at each reporting date.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Date, Recommendation, Report, SectionKind, Site};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "stale-progress",
    summary: "an open recommendation without news since the previous reporting date",
    explanation: "The previous date is the latest one before the report’s `as_at` at which other \
                  recommendations of the report have progress; if there is none, a year before. \
                  Add `## Progress at DATE`, even if it says that nothing happened.",
    wrong: &[
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 30 June 2019\n\nA draft.",
    ],
    right: &[
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 1 March 2021\n\nNothing happened.",
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 31 December 2020\n\nA draft.",
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress\n\nA draft.",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for report in &context.site.reports {
        let own = &context.site.recommendations[report.recommendations.clone()];
        // How many recommendations have progress at each date before the report's.
        let mut told: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for recommendation in own {
            let mut days = days(recommendation, report);
            days.sort_unstable();
            days.dedup();
            days.into_iter().for_each(|day| *told.entry(day).or_default() += 1);
        }
        for recommendation in own.iter().filter(|one| one.status.is_open()) {
            diagnostics.extend(stale(context.site, recommendation, report, &told));
        }
    }
}

/// The last days of its progress sections; one without a date has the report's.
fn days(recommendation: &Recommendation, report: &Report) -> Vec<NaiveDate> {
    let sections = recommendation.texts.original.sections.iter();
    let days = sections.filter_map(|section| match section.kind {
        SectionKind::Progress { date, .. } => Some(date.map_or(report.as_at, Date::last_day)),
        _ => None,
    });
    days.collect()
}

fn stale(
    site: &Site,
    recommendation: &Recommendation,
    report: &Report,
    told: &BTreeMap<NaiveDate, usize>,
) -> Option<Diagnostic> {
    // Today is not a reporting date: tomorrow it would be another.
    super::as_at_of(site, recommendation)?;
    let days = days(recommendation, report);
    let newest = *days.iter().max()?;
    if newest >= report.as_at {
        return None;
    }
    // Its own date is the previous one only if others share it.
    let by_others = |(day, count): (&NaiveDate, &usize)| {
        (*count > usize::from(days.contains(day))).then_some(*day)
    };
    let previous = told
        .range(..report.as_at)
        .rev()
        .find_map(by_others)
        .or_else(|| report.as_at.checked_sub_days(Days::new(365)))?;
    if newest > previous {
        return None;
    }
    let sections = recommendation.texts.original.sections.iter().rev();
    let mut headings = sections.filter_map(|section| match section.kind {
        SectionKind::Progress { date: Some(date), .. } if date.last_day() == newest => {
            section.heading.as_ref()
        }
        _ => None,
    });
    let message = format!("nothing new since {newest}; the report is as at {}", report.as_at);
    Some(Diagnostic::of(&RULE, headings.next()?.span, message).help(format!(
        "add a section `## Progress at {}`, even if it says that nothing happened",
        report.as_at
    )))
}
