//! What an earlier edition of a report shows has a date.

use chrono::NaiveDate;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{Recommendation, SectionKind};
use crate::source::Span;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "undated-in-edition",
    summary: "something without a date in a report with earlier editions",
    explanation: "An earlier edition shows what was so then, by the dates in the files; what has none \
                  is shown as it is today. So each heading of progress needs its date and status, and \
                  a recommendation that was made later needs `made`.",
    wrong: &[
        "# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\nearlier: [2020-06-30]\n---\n",
        "# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\nearlier: [2020-06-30]\n---\n# \
         content/audit/1.md\n---\nnumber: 1\ntitle: Publish the list\nresponse: \
         accepted\nresponded: 2020-09-30\nresponsible: Registry\ndeadline: 2021-03-31\nstatus: in \
         progress\n---\n\n## Recommendation\n\nPublish the list.\n\n## Management \
         response\n\nAccepted.\n\n## Progress at 1 March 2021: in progress\n\nA draft is ready.\n",
    ],
    right: &[
        "# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\nearlier: [2020-06-30]\n---\n# \
         content/audit/1.md\n---\nnumber: 1\ntitle: Publish the list\nmade: 2020-07-15\nresponse: \
         accepted\nresponded: 2020-09-30\nresponsible: Registry\ndeadline: 2021-03-31\nstatus: in \
         progress\n---\n\n## Recommendation\n\nPublish the list.\n\n## Management \
         response\n\nAccepted.\n\n## Progress at 1 March 2021: in progress\n\nA draft is ready.\n",
    ],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    for report in &site.reports {
        // The newest first.
        let days = report.earlier_days();
        let (Some(last), Some(first)) = (days.first(), days.last()) else { continue };
        for one in &site.recommendations[report.recommendations.clone()] {
            for section in &one.texts.original.sections {
                let SectionKind::Progress { date: None, .. } = section.kind else { continue };
                let Some(heading) = &section.heading else { continue };
                let message =
                    format!("this progress has no date, so the edition of {last} shows it, too");
                diagnostics.push(Diagnostic::of(&RULE, heading.span, message).help(format!(
                    "write its date and status: `## Progress at {last}: in progress`"
                )));
            }
            if let Some(place) = came_later(one, *first) {
                let message = format!(
                    "nothing dates this before {first}, and yet the edition of that day shows it"
                );
                diagnostics.push(
                    Diagnostic::of(&RULE, place, message)
                        .help("if it was made later, write when: `made: 2021-05-31`"),
                );
            }
        }
    }
}

/// The number of a recommendation all of whose dates are after a day, and which does not say when it
/// was made.
fn came_later(one: &Recommendation, day: NaiveDate) -> Option<Span> {
    let front = &one.front;
    let sections = one.texts.original.sections.iter().filter_map(|section| section.kind.date());
    let typed = [&front.responded, &front.implemented, &front.closed].into_iter();
    let typed = typed.flatten().map(|date| date.value);
    let set = front.deadlines.iter().filter_map(|change| Some(change.set.as_ref()?.value));
    let dates: Vec<_> = sections.chain(typed).chain(set).collect();
    let is_later = !dates.is_empty() && dates.iter().all(|date| date.first_day() > day);
    let number = front.number.as_ref()?;
    (front.made.is_none() && is_later).then_some(number.span)
}
