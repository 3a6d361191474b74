//! RULES: every kind of mistake that is reported, and the level that a site asks for.

use crate::checks::CHECKS;
use crate::config::Levels;
use crate::diagnostics::{Diagnostic, Level, Rule, Severity, nearest};
use crate::model::Site;
use crate::source::{CONTENT, Input, Spanned};
use crate::{
    assemble, checks, compare, config, content, language, model, pdf, plan, references, theme, yaml,
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
    compare::RULES,
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

/// The levels that were asked for in the files of a site.
pub struct AskedLevels<'a> {
    /// In `site.yaml`.
    pub of_site: Option<&'a Levels>,
    /// In the `report.md` of reports, with their folders below the content, the longest first.
    pub of_reports: Vec<(&'a str, &'a Levels)>,
}

impl<'a> AskedLevels<'a> {
    /// Those of a site.
    pub fn of(site: &'a Site) -> Self {
        let reports = site.reports.iter();
        let mut of_reports: Vec<(&str, &Levels)> = reports
            .filter_map(|report| Some((report.folder.as_str(), report.front.checks.as_ref()?)))
            .collect();
        of_reports.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        Self { of_site: site.config.checks.as_ref(), of_reports }
    }

    /// The level of a code in a file.
    fn level(&self, code: &str, path: Option<&str>) -> Option<Level> {
        let of = |levels: &Levels| {
            levels.0.iter().find(|(of, _)| of.value == code).map(|(_, level)| *level)
        };
        let is_in = |folder: &str| {
            let below = path.and_then(|path| path.strip_prefix(CONTENT)?.strip_prefix(folder));
            below.is_some_and(|rest| rest.starts_with('/'))
        };
        let reports = self.of_reports.iter().filter(|(folder, _)| is_in(folder));
        reports.map(|(_, levels)| *levels).chain(self.of_site).find_map(of)
    }

    /// Reports levels for codes that do not exist, or that would hide an error.
    pub fn mistakes(&self) -> Vec<Diagnostic> {
        let levels = self.of_reports.iter().map(|(_, levels)| *levels).chain(self.of_site);
        levels.flat_map(mistaken_levels).collect()
    }
}

/// Gives everything the level that was asked for: in `report.md`, in `site.yaml`, or on the command
/// line, which has the last word. What is always an error stays one.
pub fn judge(
    asked: &AskedLevels<'_>,
    typed: &[(String, Level)],
    input: &Input,
    diagnostics: &mut Vec<Diagnostic>,
) {
    diagnostics.retain_mut(|diagnostic| {
        let code = diagnostic.code();
        let typed = typed.iter().rev().find(|(of, _)| of == code).map(|(_, level)| *level);
        let path = diagnostic.span.map(|span| input.file(span.file).path.as_str());
        match typed.or_else(|| asked.level(code, path)) {
            Some(level) if diagnostic.severity != Severity::Error => {
                let severity = level.severity();
                severity.inspect(|severity| diagnostic.severity = *severity).is_some()
            }
            _ => true,
        }
    });
}

/// Reports levels for codes that do not exist, or that would hide an error.
fn mistaken_levels(asked: &Levels) -> Vec<Diagnostic> {
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
