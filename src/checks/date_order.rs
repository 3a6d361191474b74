//! Dates are in an order that is possible.

use super::{Check, Context, as_at_of};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Date, LaterKind, Recommendation, Site};
use crate::source::{Span, Spanned};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "date-order",
    summary: "dates in an order that is impossible",
    explanation: "A deadline before the recommendation was made, an implementation before it, an \
                  update after the report's as-at date, or a history of deadlines that goes back \
                  in time. One of the two dates is wrong.",
    wrong: &[
        "made: 2020-06\ndeadline: 2020-03-31",
        "made: 2020-06\nstatus: implemented\nimplemented: 2020-01-31",
        "made: 2020-06\ndeadline: 2021-06-30\ndeadlines:\n  - { set: 2020-07-01, deadline: 2020-03-31 }",
        "\n## Recommendation\n\nPublish it.\n\n## Management response\n\nAccepted.\n\n## Progress at 1 May 2021\n\nA draft.",
        "deadline: 2021-06-30\ndeadlines:\n  - { set: 2020-09-01, deadline: 2020-12-31 }\n  - { set: 2020-02-01, deadline: 2021-06-30, reason: no money }",
    ],
    right: &[
        "made: 2020-06\ndeadline: 2020",
        "deadline: 2021-06-30\ndeadlines:\n  - { set: 2020-02-01, deadline: 2020-12-31 }\n  - { set: 2020-09-01, deadline: 2021-06-30, reason: no money }",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for recommendation in &context.site.recommendations {
        before_it_was_made(context.site, recommendation, diagnostics);
        later_than_as_at(context.site, recommendation, diagnostics);
        let history = recommendation.front.deadlines.iter();
        let set: Vec<&Spanned<Date>> = history.filter_map(|change| change.set.as_ref()).collect();
        for pair in set.windows(2) {
            if pair[1].last_day() < pair[0].first_day() {
                let message =
                    format!("set on {}, but listed after one that was set later", pair[1].iso());
                let mut wrong = wrong(pair[1].span, message, pair[0].span, "listed before it");
                wrong.help = Some("put the deadlines in the order in which they were set".into());
                diagnostics.push(wrong);
            }
        }
    }
}

fn before_it_was_made(
    site: &Site,
    recommendation: &Recommendation,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let front = &recommendation.front;
    let evaluated = &site.report(recommendation.report).front.evaluation_date;
    let Some(made) = front.made.as_ref().or(evaluated.as_ref()) else { return };
    let history = front.deadlines.iter().map(|change| &change.deadline);
    let deadlines = history.chain(&front.deadline).filter_map(|deadline| {
        Some(("the deadline", Spanned { value: deadline.date()?, span: deadline.span }))
    });
    let implemented = front.implemented.clone().map(|date| ("implemented", date));
    for (what, date) in deadlines.chain(implemented) {
        if date.last_day() < made.first_day() {
            let (date_text, made_text) = (date.iso(), made.iso());
            let message =
                format!("{what} {date_text} is before the recommendation was made, {made_text}");
            diagnostics.push(wrong(date.span, message, made.span, "made on this date"));
        }
    }
}

fn later_than_as_at(
    site: &Site,
    recommendation: &Recommendation,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(as_at) = as_at_of(site, recommendation) else { return };
    let help = "change `as_at` in `report.md` to the date of the new report, and put the old one \
                under `earlier`; or correct the date";
    let made = recommendation.front.made.as_ref();
    if let Some(made) = made.filter(|made| made.first_day() > as_at.value) {
        let (day, as_at_day) = (made.iso(), as_at.value);
        let message = format!("made at {day}, after the report’s as-at date, {as_at_day}");
        diagnostics.push(wrong(made.span, message, as_at.span, "the as-at date").help(help));
    }
    let facts = recommendation.later.iter();
    for fact in facts.filter(|fact| fact.date.first_day() > as_at.value) {
        let what = match fact.kind {
            LaterKind::Progress => "progress",
            LaterKind::Deadline => "a deadline set",
            LaterKind::Key(_) => continue,
        };
        let message = format!(
            "{what} at {} is after the report’s as-at date, {}, and is left out",
            fact.date.iso(),
            as_at.value
        );
        diagnostics.push(wrong(fact.span, message, as_at.span, "the as-at date").help(help));
    }
}

fn wrong(at: Span, message: String, other: Span, label: &str) -> Diagnostic {
    Diagnostic::of(&RULE, at, message).label(other, label).help("correct the date that is wrong")
}
