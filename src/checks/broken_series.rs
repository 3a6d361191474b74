//! Reports follow earlier ones, and recommendations continue those of earlier ones.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "broken-series",
    summary: "a report that follows none, or one that is not earlier",
    explanation: "`follows: audit-2024` names the folder of the report before this one, whose `as_at` \
                  is earlier. A recommendation continues one of such a report. An `earlier` date is \
                  before the report's `as_at`.",
    wrong: &[
        "# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\nfollows: audit-2020\n---\n",
        "# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\nearlier: [2021-12-31]\n---\n",
    ],
    right: &[
        "# content/audit/report.md\n---\ntitle: Audit\nas_at: 2021-03-01\nearlier: [2020-12-31]\n---\n",
    ],
    ..Rule::ERROR
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    for report in &site.reports {
        for day in report.front.earlier.0.iter().filter(|day| day.value >= report.own_as_at) {
            let message = format!(
                "{} is not before the report’s as-at date, {}",
                day.value, report.own_as_at
            );
            diagnostics.push(
                Diagnostic::of(&RULE, day.span, message)
                    .help("list only the dates of earlier reports under `earlier`"),
            );
        }
        if let Some(numbers) =
            report.front.numbers.as_ref().filter(|_| report.front.follows.is_none())
        {
            let message = "this report follows none, so its numbers continue nothing";
            diagnostics.push(
                Diagnostic::of(&RULE, numbers.span, message)
                    .help("name the report before this one: `follows: audit-2024`"),
            );
        }
        let Some(typed) = report.front.follows.as_ref().filter(|_| report.follows.is_none()) else {
            continue;
        };
        let folder = typed.value.trim_matches('/');
        let named = site.reports.iter().find(|other| other.folder == folder);
        diagnostics.push(match named {
            // Built as at an earlier day, it may have followed nothing yet.
            Some(other) if other.own_as_at < report.own_as_at => continue,
            Some(other) if other.folder == report.folder => {
                Diagnostic::of(&RULE, typed.span, "a report cannot follow itself")
                    .help("name the report before this one")
            }
            Some(other) => {
                let message = format!(
                    "`{folder}` is as at {}, which is not before {}",
                    other.own_as_at, report.own_as_at
                );
                Diagnostic::of(&RULE, typed.span, message)
                    .help("name the report before this one, or correct the `as_at` of one of them")
            }
            None => {
                let known = site.reports.iter().map(|other| other.folder.as_str());
                Diagnostic::of(&RULE, typed.span, format!("there is no report `{folder}`"))
                    .did_you_mean(folder, known.filter(|other| *other != report.folder))
            }
        });
    }
    for one in &site.recommendations {
        let report = site.report(one.report);
        for to in &one.front.continues.0 {
            let followed = report.follows.map(|id| site.report(id).folder.as_str());
            let Some(id) = site.recommendation_ids.find(followed, &to.value.0) else { continue };
            let other = site.report(site.recommendation(id).report);
            if one.continues.contains(&id) {
                continue;
            }
            let message = format!(
                "`{}` is in a report as at {}, which is not before {}",
                to.value.0, other.own_as_at, report.own_as_at
            );
            let help = "name a recommendation of an earlier report";
            diagnostics.push(Diagnostic::of(&RULE, to.span, message).help(help));
        }
    }
}
