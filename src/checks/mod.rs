//! CHECKS: what can be wrong with a site that can be read. A file per check, with its
//! documentation inside.
//!
//! What the stages before report for themselves is documented here too, so that every code has
//! its page.

mod accepted_without_action_or_progress;
mod actions_done_but_open;
mod broken_anchor;
mod closed_but_open_actions;
mod date_order;
mod deadline_moved_without_reason;
mod empty_section;
mod evidence_missing;
mod facts_contradict_status;
mod heading_order;
mod image_without_alt;
mod implemented_after_as_at;
mod implemented_without_date;
mod invisible_character;
mod linking;
mod missing_deadline;
mod missing_responsible;
mod missing_section;
mod missing_translation;
mod number_gap;
mod orphan_file;
mod outline;
mod overdue;
pub mod placeholder;
mod reading;
mod referring;
mod related_not_mutual;
mod response_without_reason;
mod stale_progress;
mod status_contradicts_progress;
mod superseded_without_successor;
mod title_too_long;
mod undefined_abbreviation;
mod unknown_unit;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::config::Levels;
use crate::diagnostics::{Diagnostic, Level, Rule, Severity, nearest};
use crate::model::{Recommendation, Section, SectionKind, Site, Text, Texts};
use crate::source::{FileId, Input, Spanned};

pub use outline::anchors;

/// One thing that can be wrong with a site.
pub struct Check {
    /// What it means.
    pub rule: Rule,
    /// What it judges by.
    pub basis: Basis,
    /// Finds every place where it is wrong.
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// What a check judges by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// What is written in a place, which is wrong whatever stands around it.
    Place,
    /// What is missing, or follows from the facts. In a file that could not be read in full it may
    /// be there, and only could not be read: one mistake is not to be reported twice.
    Whole,
}

/// What a check looks at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The finished site.
    pub site: &'a Site,
}

impl<'a> Context<'a> {
    /// Every text of the site in every language: reports, recommendations, pages.
    fn texts(self) -> impl Iterator<Item = &'a Text> {
        self.all().flat_map(Texts::all)
    }

    /// Every text of the site as it was written first.
    fn originals(self) -> impl Iterator<Item = &'a Text> {
        self.all().map(|texts| &*texts.original)
    }

    fn all(self) -> impl Iterator<Item = &'a Texts> {
        let reports = self.site.reports.iter().map(|report| &report.texts);
        let recommendations = self.site.recommendations.iter().map(|one| &one.texts);
        reports.chain(recommendations).chain(self.site.pages.iter().map(|page| &page.texts))
    }
}

/// Every check.
pub const CHECKS: &[Check] = &[
    // Contradictions
    status_contradicts_progress::CHECK,
    facts_contradict_status::CHECK,
    implemented_without_date::CHECK,
    implemented_after_as_at::CHECK,
    date_order::CHECK,
    closed_but_open_actions::CHECK,
    actions_done_but_open::CHECK,
    response_without_reason::CHECK,
    accepted_without_action_or_progress::CHECK,
    deadline_moved_without_reason::CHECK,
    superseded_without_successor::CHECK,
    related_not_mutual::CHECK,
    // Gaps
    missing_section::CHECK,
    empty_section::CHECK,
    placeholder::CHECK,
    missing_responsible::CHECK,
    unknown_unit::CHECK,
    missing_deadline::CHECK,
    overdue::CHECK,
    stale_progress::CHECK,
    evidence_missing::CHECK,
    number_gap::CHECK,
    missing_translation::CHECK,
    image_without_alt::CHECK,
    heading_order::CHECK,
    title_too_long::CHECK,
    // Links and files
    broken_anchor::CHECK,
    orphan_file::CHECK,
    // Language
    undefined_abbreviation::CHECK,
    invisible_character::CHECK,
];

/// The documentation of every code there is, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&Rule> = every_rule().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// The documentation of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    every_rule().find(|rule| rule.code == code)
}

fn every_rule() -> impl Iterator<Item = &'static Rule> {
    let elsewhere = reading::RULES.iter().chain(linking::RULES).chain(referring::RULES);
    CHECKS.iter().map(|check| &check.rule).chain(elsewhere)
}

/// Runs every check, in parallel.
pub fn run(context: &Context<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // A broken link hides nothing; what could not be read does.
    let hides = |code: &str| {
        code == "unclosed-comment" || reading::RULES.iter().any(|rule| rule.code == code)
    };
    let unread = diagnostics.iter().filter(|diagnostic| hides(diagnostic.code));
    let broken: BTreeSet<FileId> = unread.filter_map(|error| Some(error.span?.file)).collect();
    let is_unread =
        |diagnostic: &Diagnostic| diagnostic.span.is_some_and(|span| broken.contains(&span.file));
    let found: Vec<Vec<Diagnostic>> = CHECKS
        .par_iter()
        .map(|check| {
            let mut found = Vec::new();
            (check.run)(context, &mut found);
            if check.basis == Basis::Whole {
                found.retain(|diagnostic| !is_unread(diagnostic));
            }
            found
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
}

/// Leaves out what follows from another mistake. A file that cannot be read makes nothing, but what
/// others say of it is true all the same: its number is not missing, and it may cite a document
/// that nobody else does. Of two files with one number, one has taken another's place.
pub fn without_consequences(site: &Site, input: &Input, diagnostics: &mut Vec<Diagnostic>) {
    let path = |diagnostic: &Diagnostic| {
        let file = diagnostic.span?.file;
        Some(input.file(file).path.as_str())
    };
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let lost: BTreeSet<String> = errors
        .filter_map(|error| Some((error.code, path(error)?)))
        .filter(|(code, path)| {
            let is_read = !path.ends_with(".md") || site.addresses.contains_key(*path);
            !is_read || *code == "duplicate-number"
        })
        .filter_map(|(_, path)| folder(path))
        .collect();
    // A line that is no heading of a section is one mistake, whatever else is wrong with it.
    let disguised: BTreeSet<(FileId, u32)> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == "section-heading")
        .filter_map(|diagnostic| diagnostic.span.map(|span| (span.file, span.start)))
        .collect();
    diagnostics.retain(|diagnostic| match diagnostic.code {
        "unused-document" | "unused-term" => lost.is_empty(),
        "number-gap" | "broken-recommendation-link" => {
            let own = path(diagnostic).and_then(folder);
            !own.is_some_and(|own| lost.contains(&own))
        }
        "heading-order" => {
            !diagnostic.span.is_some_and(|span| disguised.contains(&(span.file, span.start)))
        }
        _ => true,
    });
}

/// Gives everything the level that was asked for: in `site.yaml`, or on the command line, which has
/// the last word. An error by nature stays one.
pub fn judge(asked: &Levels, typed: &[(String, Level)], diagnostics: &mut Vec<Diagnostic>) {
    let level = |code: &str| {
        let typed = typed.iter().rev().find(|(of, _)| of == code).map(|(_, level)| *level);
        let asked = || asked.0.iter().find(|(of, _)| of.value == code).map(|(_, level)| *level);
        typed.or_else(asked)
    };
    diagnostics.retain_mut(|diagnostic| match level(diagnostic.code) {
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
            Some(Diagnostic::error("unknown-code", code.span, message).help(help))
        }
        Some(rule) if rule.is_error_by_nature() && *level < Level::Deny => {
            let message = format!("`{}` is an error by nature, and stays one", rule.code);
            let help = "remove this line, and mend what is reported";
            Some(Diagnostic::error("lowered-error", code.span, message).help(help))
        }
        Some(_) => None,
    };
    asked.0.iter().filter_map(mistake).collect()
}

/// Whether a text has a section, and something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Written {
    /// There is none.
    No,
    /// There is a heading, with nothing under it.
    HeadingOnly,
    /// There is a text.
    WithText,
}

/// How much is written of the sections of a kind.
fn written(text: &Text, is_meant: impl Fn(&SectionKind) -> bool) -> Written {
    let sections = text.sections.iter().filter(|section| is_meant(&section.kind));
    let how_much = sections.map(|section| match is_empty(text, section) {
        true => Written::HeadingOnly,
        false => Written::WithText,
    });
    how_much.max().unwrap_or(Written::No)
}

/// Whether nothing of a section is published: it may hold notes to other authors.
fn is_empty(text: &Text, section: &Section) -> bool {
    let has_notes = text.comments.iter().any(|comment| section.body.contains(*comment));
    match has_notes {
        true => text.published(section).is_empty(),
        false => text.slice(section.body).trim().is_empty(),
    }
}

/// What is said where a site is built as at an earlier day than its texts are of.
const AS_THEY_ARE: &str = "`--as-at` shows texts and statuses as they are: for an earlier state, build \
                           the files as they were then";

/// The day that was asked for in the place of the one that the report of a recommendation is about.
fn day_asked_for(site: &Site, recommendation: &Recommendation) -> Option<NaiveDate> {
    let own = as_at_of(site, recommendation).map_or(site.today, |as_at| as_at.value);
    Some(site.report(recommendation.report).as_at).filter(|day| *day != own)
}

/// The day that the report of a recommendation says it is about, whatever day is asked for; that
/// of a report above it, where it says none.
fn as_at_of<'a>(site: &'a Site, recommendation: &Recommendation) -> Option<&'a Spanned<NaiveDate>> {
    let own = site.report(recommendation.report);
    let above = |report: &&'a crate::model::Report| report.parent.map(|id| site.report(id));
    let reports = std::iter::successors(Some(own), above);
    reports.into_iter().find_map(|report| report.front.as_at.as_ref())
}
