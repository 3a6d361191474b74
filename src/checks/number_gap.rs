//! Numbers go up by one.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "number-gap",
    summary: "a number that is skipped in a report whose numbers are 1, 2, 3 …",
    explanation: "Perhaps a recommendation was forgotten, or is still a draft. A report may have \
                  its reasons to skip a number.",
    wrong: &["number: 1\n# content/audit/3.md\nnumber: 3"],
    right: &[
        "number: 1\n# content/audit/2.md\nnumber: 2",
        "number: 1\n# content/audit/II.3.md\nnumber: II.3",
    ],
    follows: Follows::Folder,
    ..Rule::NOTE
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for report in &context.site.reports {
        let mut own: Vec<_> =
            context.site.recommendations[report.recommendations.clone()].iter().collect();
        own.sort_by(|a, b| a.label.cmp(&b.label));
        let numbers: Option<Vec<u64>> =
            own.iter().map(|one| one.label.0.parse::<u64>().ok()).collect();
        // Numbers such as `II.3` do not go up by one.
        let Some(numbers) = numbers else { continue };
        // Numbers of paragraphs skip more than they count.
        let last = numbers.last().copied().unwrap_or(0);
        if last > 2 * numbers.len() as u64 + 1 {
            continue;
        }
        let mut before = 0;
        for (recommendation, number) in own.iter().zip(numbers) {
            let missing = number.saturating_sub(before).saturating_sub(1);
            if let (1.., Some(typed)) = (missing, &recommendation.front.number) {
                let message = match missing {
                    1 => format!("there is no recommendation `{}`", number - 1),
                    _ => {
                        format!("there are no recommendations `{}` to `{}`", before + 1, number - 1)
                    }
                };
                diagnostics.push(
                    Diagnostic::of(&RULE, typed.span, message)
                        .help("was one forgotten, or is it a draft?"),
                );
            }
            before = number;
        }
    }
}
