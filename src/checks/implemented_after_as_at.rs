//! A report cannot know what came after it.

use super::{AS_THEY_ARE, as_at_of, day_asked_for};
use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "implemented-after-as-at",
    summary: "a date of implementation after the report's as-at date",
    explanation: "A report as at 31 December 2020 cannot know what was done in March 2021. Either \
                  the date is wrong, or `as_at` in `report.md` has to change.",
    wrong: &["status: implemented\nimplemented: 2021-06-30"],
    right: &[
        "status: implemented\nimplemented: 2021-02-28",
        "status: implemented\nimplemented: 2021",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let Some(implemented) = &recommendation.front.implemented else { continue };
        let as_at = as_at_of(context.site, recommendation);
        let day = as_at.map_or(context.site.today, |as_at| as_at.value);
        let done = implemented.iso();
        let warning = |message: String| Diagnostic::of(&RULE, implemented.span, message);
        if let Some(asked) = day_asked_for(context.site, recommendation)
            && implemented.first_day() > asked
        {
            let message = format!("implemented: {done} is after the as-at date asked for, {asked}");
            diagnostics.push(warning(message).help(AS_THEY_ARE));
        }
        if implemented.first_day() <= day {
            continue;
        }
        let which = if as_at.is_some() { "the report’s as-at date" } else { "today" };
        let message = format!("implemented: {done} is after {which}, {day}");
        let diagnostic = warning(message);
        diagnostics.push(match as_at {
            Some(as_at) => diagnostic
                .label(as_at.span, "the as-at date")
                .help("correct the date, or change `as_at` in `report.md`"),
            None => diagnostic.help("correct the date"),
        });
    }
}
