//! A key that the site or the report asks for.

use std::collections::BTreeSet;

use super::{Check, Context};
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::model::{Recommendation, State, Text};
use crate::source::{Span, Spanned};

pub(super) const CHECK: Check = Check { rule: &RULE, run };

const RULE: Rule = Rule {
    code: "required-key",
    summary: "a key that `required` in `site.yaml` or `report.md` asks for, and that is not there",
    explanation: "A recommendation needs only a number and a text. A site or a report may ask for \
                  more: `required: [response, status, responsible, deadline]`.",
    wrong: &[
        "# no status\n# content/site.yaml\ntitle: A site\nrequired: [status]",
        "status:\n# content/site.yaml\ntitle: A site\nrequired: [status]",
    ],
    right: &["status: not started\n# content/site.yaml\ntitle: A site\nrequired: [status]"],
    follows: Follows::File,
    ..Rule::ERROR
};

/// Whether a recommendation says what a key says.
type IsThere = fn(&Recommendation) -> bool;

/// The keys that can be asked for.
const KEYS: [(&str, IsThere); 12] = [
    ("title", |one| one.front.title.is_some()),
    ("group", |one| one.front.group.is_some()),
    ("response", |one| one.front.response.is_some() || every(one, |own| own.response.is_some())),
    ("responded", |one| one.front.responded.is_some()),
    ("responsible", |one| one.front.unit_names().next().is_some()),
    ("status", |one| {
        // What was not accepted needs no status.
        let is_told = |state: &State| state.status.is_some() || state.is_rejected();
        let parts = !one.parts.is_empty() && one.parts.iter().all(|of| is_told(&of.task.state));
        // The heading of progress may say it, too.
        let is_own = one.state.status.is_some() && one.followed.status.is_none();
        is_own || every(one, is_told) || parts
    }),
    ("deadline", |one| {
        one.front.deadline.is_some()
            || !one.front.deadlines.is_empty()
            || every(one, |own| own.deadline.is_some())
    }),
    ("verification", |one| one.front.verification.is_some()),
    ("priority", |one| one.front.priority.is_some()),
    ("made", |one| one.front.made.is_some()),
    ("made_by", |one| !one.front.made_by.0.is_empty()),
    ("source", |one| one.front.source.is_some()),
];

/// Whether there are responders, and all of them say something.
fn every(one: &Recommendation, says: fn(&State) -> bool) -> bool {
    !one.responders.is_empty() && one.responders.iter().all(|of| says(&of.own))
}

fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let site = context.site;
    let own: Vec<&str> = site.config.facts.iter().flat_map(|facts| facts.keys()).collect();
    let of_reports = site.reports.iter().flat_map(|report| &report.front.required.0);
    for asked in site.config.required.0.iter().chain(of_reports) {
        let known = KEYS.iter().map(|(key, _)| *key).chain(own.iter().copied());
        if !known.clone().any(|key| key == asked.value) {
            let message = format!("`{}` cannot be required", asked.value);
            diagnostics.push(
                Diagnostic::of(&crate::yaml::UNKNOWN_VALUE, asked.span, message)
                    .did_you_mean(asked, known),
            );
        }
    }
    // What was left out as later than the day that is shown is not missing.
    let whole = site.recommendations.iter().filter(|one| one.later.is_empty());
    for recommendation in whole {
        let report = site.report(recommendation.report);
        let mut seen = BTreeSet::new();
        for asked in report.front.required.0.iter().chain(&site.config.required.0) {
            if seen.insert(asked.as_str()) && !has(recommendation, asked, &own) {
                diagnostics.extend(missing(recommendation, asked));
            }
        }
    }
}

fn has(recommendation: &Recommendation, key: &str, own: &[&str]) -> bool {
    let builtin = KEYS.iter().find(|(known, _)| *known == key);
    let index = own.iter().position(|known| *known == key);
    match (builtin, index) {
        (Some((_, is_there)), _) => is_there(recommendation),
        (None, Some(index)) => recommendation.facts.iter().any(|fact| fact.fact == index),
        // Reported where it is asked for.
        (None, None) => true,
    }
}

fn missing(recommendation: &Recommendation, asked: &Spanned<String>) -> Option<Diagnostic> {
    let key = &asked.value;
    let unfilled = unfilled(&recommendation.texts.original, key);
    let place = unfilled.or_else(|| Some(recommendation.front.number.as_ref()?.span))?;
    let (message, help) = match unfilled {
        Some(_) => (format!("`{key}` has no value"), "fill it in"),
        None => (format!("`{key}` is missing"), &*format!("add a line `{key}: …`")),
    };
    Some(
        Diagnostic::of(&RULE, place, message)
            .label(asked.span, "asked for here")
            .help(format!("{help}, or take it out of `required`")),
    )
}

/// The key in the front matter of a text, where it is there without a value.
fn unfilled(text: &Text, key: &str) -> Option<Span> {
    let mut start = 0;
    for (index, line) in text.source.split_inclusive('\n').enumerate() {
        if index > 0 && line.trim_end() == "---" {
            return None;
        }
        let is_key = line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'));
        if is_key {
            return Some(Span::new(text.file, start..start + key.len()));
        }
        start += line.len();
    }
    None
}
