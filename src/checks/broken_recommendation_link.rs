//! Every recommendation that is named exists.

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule, Suggestions};
use crate::model::{LinkKind, Recommendation, Report, Site, number_and_part};
use crate::source::Span;

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "broken-recommendation-link",
    summary: "a reference to a recommendation that does not exist",
    explanation: "`[[2]]`, `related: [2]` and `superseded_by: 2` mean number 2 of the same report; \
                  `central-asia/2` is number 2 of another report, given by its folder. `continues: \
                  2` means number 2 of the report that this one follows.",
    wrong: &["related: [7]", "\n## Recommendation\n\nSee [[7]]."],
    right: &["\n## Recommendation\n\nSee [[1]]."],
    follows: Follows::Folder,
    ..Rule::ERROR
};

/// The most numbers that are listed in a line of help.
const FEW: usize = 20;

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    let mut suggestions = Suggestions::of(site.recommendation_ids.0.keys().map(String::as_str));
    let mut check = |number: &str, report: Option<&Report>, place: Span| {
        let folder = report.map(|report| report.folder.as_str());
        let Some(id) = site.recommendation_ids.find(folder, number) else {
            if is_not_yet(site, folder, number) {
                return;
            }
            let message = format!("there is no recommendation `{number}`");
            let mut diagnostic = Diagnostic::of(&RULE, place, message);
            diagnostic.help = help(site, number, report, &mut suggestions);
            diagnostics.push(diagnostic);
            return;
        };
        diagnostics.extend(missing_part(site.recommendation(id), number, place));
    };
    for recommendation in &site.recommendations {
        let front = &recommendation.front;
        for to in front.related.0.iter().chain(&front.superseded_by) {
            check(&to.value.0, Some(site.report(recommendation.report)), to.span);
        }
        let own = site.report(recommendation.report);
        let followed = own.follows.map(|id| site.report(id));
        // Where the report that it follows is not there, that is what is wrong.
        let is_known = followed.is_some() || own.front.follows.is_none();
        for to in front.continues.0.iter().filter(|_| is_known) {
            check(&to.value.0, followed, to.span);
        }
    }
    for source in site.sources() {
        let report = site.report_of(source);
        for link in site.texts_of(source).all().flat_map(|text| &text.links) {
            if let LinkKind::Recommendation(number) = &link.kind {
                check(number, report, link.span);
            }
        }
    }
}

/// Whether a recommendation exists that did not on the day that is shown.
fn is_not_yet(site: &Site, folder: Option<&str>, number: &str) -> bool {
    let number = number.trim();
    let own = folder.map(|folder| format!("{folder}/{number}"));
    !site.not_yet.is_empty()
        && (site.not_yet.contains(number) || own.is_some_and(|own| site.not_yet.contains(&own)))
}

/// A part that a recommendation does not have: `12(z)`.
fn missing_part(named: &Recommendation, number: &str, place: Span) -> Option<Diagnostic> {
    // A number may have its own brackets.
    if number.trim_end().ends_with(&named.label.0) {
        return None;
    }
    let (_, part) = number_and_part(number.trim())?;
    if named.part(part).is_some() {
        return None;
    }
    let message = format!("recommendation `{}` has no part `{part}`", named.label);
    let labels: Vec<String> = named.parts.iter().map(|of| format!("`{}`", of.label)).collect();
    let help = match labels.is_empty() {
        true => "list its `parts` in its front matter".to_owned(),
        false => format!("its parts are {}", labels.join(", ")),
    };
    Some(Diagnostic::of(&RULE, place, message).help(help))
}

/// What to write instead of a number that is not there.
fn help(
    site: &Site,
    number: &str,
    report: Option<&Report>,
    suggestions: &mut Suggestions<'_>,
) -> Option<String> {
    let Some(report) = report.filter(|_| !number.contains('/')) else {
        return Some(match suggestions.nearest(number).filter(|_| report.is_some()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the report's folder and the number: `central-asia/2`".to_owned(),
        });
    };
    let own = &site.recommendations[report.recommendations.clone()];
    let numbers: Vec<String> = own.iter().take(FEW).map(|one| format!("`{}`", one.label)).collect();
    if number.contains([',', ' ']) {
        return Some("several are a list: `[4, 5]`".to_owned());
    }
    let folder = &report.folder;
    (!numbers.is_empty()).then(|| format!("`{folder}` has the numbers {}", numbers.join(", ")))
}
