//! The status in the keys agrees with the status in the text.

use super::{Check, Context, as_at_of};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Date, SectionKind, Text};
use crate::source::Spanned;
use crate::vocabulary::{AxisValue as _, Status, Worded};
use chrono::NaiveDate;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "status-contradicts-progress",
    summary: "a `status` that the last dated progress heading contradicts",
    explanation: "Different people read the keys and the text, and one of the two is out of date. \
                  Change that one: the key `status`, or the heading `## Progress at DATE: STATUS`. \
                  A translation has to say the same.",
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
        // A day asked for on the command line does not count: it does not change what was written.
        let report = context.site.report(recommendation.report);
        let as_at = as_at_of(context.site, recommendation).map_or(report.as_at, |day| day.value);
        let original = &recommendation.texts.original;
        let stated = stated(original, as_at);
        // Where two have the same day, the lower one is the later one.
        if let Some((_, said, heading)) = stated.iter().max_by_key(|(day, _, _)| *day)
            && said.meaning != typed.meaning
        {
            let (said, typed_word) = (said.name(), typed.value.name());
            let message =
                format!("the status is `{typed_word}`, but the last heading says `{said}`");
            diagnostics.push(
                Diagnostic::of(&RULE, typed.span, message)
                    .label(heading.span, "the last progress")
                    .help("change whichever of the two is out of date"),
            );
        }
        for translation in &recommendation.texts.translations {
            for (day, said, heading) in self::stated(&translation.text, as_at) {
                let same = stated.iter().rev().find(|(of, _, _)| *of == day);
                let Some((_, meant, of_original)) =
                    same.filter(|(_, meant, _)| meant.meaning != said.meaning)
                else {
                    continue;
                };
                let (said, meant) = (said.name(), meant.name());
                let message =
                    format!("the translation says `{said}`, but the original says `{meant}`");
                diagnostics.push(
                    Diagnostic::of(&RULE, heading.span, message)
                        .label(of_original.span, "the original")
                        .help("change whichever of the two is wrong"),
                );
            }
        }
    }
}

/// The headings that give a status, with their days, in the order of the text.
fn stated(text: &Text, as_at: NaiveDate) -> Vec<(NaiveDate, Worded<Status>, &Spanned<String>)> {
    let of_whole = text.sections.iter().filter(|section| section.responder.is_none());
    let stated = of_whole.filter_map(|section| match &section.kind {
        SectionKind::Progress { date, status } => {
            Some((date.map_or(as_at, Date::last_day), (*status)?, section.heading.as_ref()?))
        }
        _ => None,
    });
    stated.collect()
}
