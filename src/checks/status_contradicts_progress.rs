//! The status of the keys against the status of the text.

use super::{Check, Context, as_at_of};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Date, SectionKind, Text};
use crate::source::Spanned;
use crate::vocabulary::{AxisValue as _, Status};
use chrono::NaiveDate;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "status-contradicts-progress",
    summary: "a `status` that the last dated progress heading contradicts",
    explanation: "The keys and the text are read by different people, and one of the two is \
                  out of date. Change whichever is: the key `status`, or the heading `## \
                  Progress at DATE: STATUS`. A translation has to say the same.",
    wrong: &[
        "status: in progress\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 1 March 2021: implemented\n\nThe list is published.",
    ],
    right: &[
        "status: implemented\n\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 1 May 2020: in progress\n\nA draft.\n\n## Progress at 1 March 2021: implemented\n\nThe list is published.",
    ],
    follows: Follows::File,
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let Some(typed) = &recommendation.front.status else { continue };
        // Not the day that may be asked for on the command line: it does not move what was written.
        let report = context.site.report(recommendation.report);
        let as_at = as_at_of(context.site, recommendation).map_or(report.as_at, |day| day.value);
        let original = &recommendation.texts.original;
        let stated = stated(original, as_at);
        // Of two on one day the lower one is the later one.
        if let Some((_, said, heading)) = stated.iter().max_by_key(|(day, _, _)| *day)
            && *said != typed.value
        {
            let (said, typed_word) = (said.name(), typed.value.name());
            let message = format!("the status is `{typed_word}`, the last heading says `{said}`");
            diagnostics.push(
                Diagnostic::of(&RULE, typed.span, message)
                    .label(heading.span, "the last progress")
                    .help("change whichever of the two is out of date"),
            );
        }
        for translation in &recommendation.texts.translations {
            for (day, said, heading) in self::stated(&translation.text, as_at) {
                let same = stated.iter().rev().find(|(of, _, _)| *of == day);
                let Some((_, meant, of_original)) = same.filter(|(_, meant, _)| *meant != said)
                else {
                    continue;
                };
                let (said, meant) = (said.name(), meant.name());
                let message = format!("the translation says `{said}`, the original `{meant}`");
                diagnostics.push(
                    Diagnostic::of(&RULE, heading.span, message)
                        .label(of_original.span, "the original")
                        .help("change whichever of the two is wrong"),
                );
            }
        }
    }
}

/// The days whose headings say a status, in the order of the text.
fn stated(text: &Text, as_at: NaiveDate) -> Vec<(NaiveDate, Status, &Spanned<String>)> {
    let stated = text.sections.iter().filter_map(|section| match &section.kind {
        SectionKind::Progress { date, status } => {
            Some((date.map_or(as_at, Date::last_day), (*status)?, section.heading.as_ref()?))
        }
        _ => None,
    });
    stated.collect()
}
