//! RULES: every kind of mistake that is reported, and the level that a site asks for.

use crate::checks::CHECKS;
use crate::config::Levels;
use crate::diagnostics::{Diagnostic, Level, Rule, Severity, nearest};
use crate::source::Spanned;
use crate::{
    assemble, checks, config, content, language, model, pdf, plan, references, theme, yaml,
};

pub(crate) const UNKNOWN_CODE: Rule = Rule {
    code: "unknown-code",
    summary: "a level in `site.yaml` for a code that does not exist",
    explanation: "`recto explain` lists all codes. The code of a mistake is in square brackets in \
                  its first line.",
    wrong: &["# content/site.yaml\ntitle: A site\nchecks:\n  overdu: note"],
    right: &["# content/site.yaml\ntitle: A site\nchecks:\n  overdue: note"],
    ..Rule::UNREAD
};

pub(crate) const LOWERED_ERROR: Rule = Rule {
    code: "lowered-error",
    summary: "a level in `site.yaml` that would hide an error",
    explanation: "What cannot be published cannot be allowed. Remove the line, and fix what is \
                  reported.",
    wrong: &["# content/site.yaml\ntitle: A site\nchecks:\n  unknown-key: warn"],
    right: &["# content/site.yaml\ntitle: A site\nchecks:\n  unknown-key: deny"],
    ..Rule::UNREAD
};

/// The rules of each module that has some, in the order of the modules.
const OF_MODULES: &[&[&Rule]] = &[
    yaml::RULES,
    language::RULES,
    references::RULES,
    config::RULES,
    model::RULES,
    content::RULES,
    assemble::RULES,
    checks::RULES,
    checks::outside_address::RULES,
    theme::RULES,
    pdf::RULES,
    plan::RULES,
    &[&UNKNOWN_CODE, &LOWERED_ERROR],
];

/// Every rule, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&Rule> = every_rule().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    every_rule().find(|rule| rule.code == code)
}

fn every_rule() -> impl Iterator<Item = &'static Rule> {
    let of_modules = OF_MODULES.iter().flat_map(|rules| rules.iter().copied());
    CHECKS.iter().map(|check| check.rule).chain(of_modules)
}

/// Gives everything the level that was asked for: in `site.yaml`, or on the command line, which has
/// the last word. What is always an error stays one.
pub fn judge(asked: &Levels, typed: &[(String, Level)], diagnostics: &mut Vec<Diagnostic>) {
    let level = |code: &str| {
        let typed = typed.iter().rev().find(|(of, _)| of == code).map(|(_, level)| *level);
        let asked = || asked.0.iter().find(|(of, _)| of.value == code).map(|(_, level)| *level);
        typed.or_else(asked)
    };
    diagnostics.retain_mut(|diagnostic| match level(diagnostic.code()) {
        Some(level) if diagnostic.severity != Severity::Error => {
            let severity = level.severity();
            severity.inspect(|severity| diagnostic.severity = *severity).is_some()
        }
        _ => true,
    });
}

/// Reports levels in `site.yaml` for codes that do not exist, or that would hide an error.
pub fn mistaken_levels(asked: &Levels) -> Vec<Diagnostic> {
    let mistake = |(code, level): &(Spanned<String>, Level)| match rule(code) {
        None => {
            let message = format!("there is no code `{}`", code.value);
            let help = match nearest(code, rules().iter().map(|rule| rule.code)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`recto explain` lists all codes".to_owned(),
            };
            Some(Diagnostic::of(&crate::rules::UNKNOWN_CODE, code.span, message).help(help))
        }
        Some(rule) if rule.is_error_by_nature() && *level < Level::Deny => {
            let message = format!("`{}` is always an error", rule.code);
            let help = "remove this line, and fix what is reported";
            Some(Diagnostic::of(&crate::rules::LOWERED_ERROR, code.span, message).help(help))
        }
        Some(_) => None,
    };
    asked.0.iter().filter_map(mistake).collect()
}
