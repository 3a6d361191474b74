//! A report cannot know what came after it.

use super::{Check, Context, as_at_of};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::LaterKind;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "implemented-after-as-at",
    summary: "a date of implementation, closing or answer after the report's as-at date",
    explanation: "A report as at 31 December 2020 cannot know what was done in March 2021: pages show \
                  what was so by then. Either the date is wrong, or `as_at` in `report.md` has to \
                  change.",
    wrong: &["status: implemented\nimplemented: 2021-06-30"],
    right: &[
        "status: implemented\nimplemented: 2021-02-28",
        "status: implemented\nimplemented: 2021",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        let as_at = as_at_of(context.site, recommendation);
        // Where an earlier day was asked for, what came later is rightly left out.
        let day = as_at.map_or(context.site.today, |as_at| as_at.value);
        let later = recommendation.later.iter().filter(|fact| fact.date.first_day() > day);
        for fact in later {
            let LaterKind::Key(key) = fact.kind else { continue };
            let which = if as_at.is_some() { "the report’s as-at date" } else { "today" };
            let message = format!(
                "{key}: {} is after {which}, {day}; it is left out, with what it dates",
                fact.date.iso()
            );
            let diagnostic = Diagnostic::of(&RULE, fact.span, message);
            diagnostics.push(match as_at {
                Some(as_at) => diagnostic
                    .label(as_at.span, "the as-at date")
                    .help("correct the date, or change `as_at` in `report.md`"),
                None => diagnostic.help("correct the date"),
            });
        }
    }
}
