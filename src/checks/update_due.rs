//! An update that was announced has come.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::Date;
use crate::source::Spanned;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "update-due",
    summary: "an expected update whose date has passed",
    explanation: "Readers are told to expect an update by a date that is over. Bring the text up to \
                  date, or say when the update will come.",
    wrong: &["next_update: 2021-01-31"],
    right: &["next_update: 2099-12"],
    ..Rule::WARNING
};

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let reports = context.site.reports.iter().filter(|report| report.followed_by.is_empty());
    let of_reports = reports.filter_map(|report| report.front.next_update.as_ref());
    let of_recommendations = context.newest().filter_map(|one| one.front.next_update.as_ref());
    let is_over = |next: &&Spanned<Date>| next.last_day() < context.site.today;
    diagnostics.extend(of_reports.chain(of_recommendations).filter(is_over).map(|next| {
        let message = format!("an update was expected {}, which has passed", next.iso());
        Diagnostic::of(&RULE, next.span, message)
            .help("bring the text up to date, or correct `next_update`")
    }));
}
