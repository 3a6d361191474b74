//! CHECKS: what can be wrong with a site that can be read. A file per check, with its
//! documentation inside.
//!
//! The rules of every stage are documented in the same way, so that every code has its page.

mod accepted_without_action_or_progress;
mod action_overdue;
mod actions_done_but_open;
mod broken_anchor;
mod broken_link;
mod broken_picture;
mod broken_recommendation_link;
mod broken_series;
mod closed_but_open_actions;
mod consequences;
mod date_order;
mod deadline_after_rejection;
mod deadline_history;
mod deadline_moved_without_reason;
mod deadline_without_start;
mod document_forthcoming;
mod duplicate_part;
mod duplicate_responder;
mod empty_section;
mod evidence_missing;
mod example_left;
mod facts_contradict_status;
mod heading_order;
mod image_without_alt;
mod implemented_after_as_at;
mod implemented_without_date;
mod incomplete_translation;
mod invisible_character;
mod missing_deadline;
mod missing_responsible;
mod missing_section;
mod missing_translation;
mod not_taken_further;
mod number_gap;
mod orphan_file;
pub mod outside_address;
mod overdue;
mod part_without_text;
pub mod placeholder;
mod related_not_mutual;
mod required_key;
mod response_without_reason;
mod same_text;
mod similar_units;
mod stale_progress;
mod status_contradicts_progress;
mod superseded_without_successor;
mod surplus_action;
mod surplus_section;
mod tags_not_listed;
mod title_is_cut_text;
mod title_too_long;
mod undated_in_edition;
mod undefined_abbreviation;
mod unknown_group;
mod unknown_parent;
mod unknown_responder;
mod unknown_unit;
mod unused_document;
mod unused_term;
mod update_due;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::content::heading::UNKNOWN_SECTION;
use crate::content::markdown::SECTION_HEADING;
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::UNREADABLE_DATE;
use crate::model::{Recommendation, SectionKind, Site, Text, Texts};
use crate::source::{FileId, Input, Spanned};
use crate::yaml::UNKNOWN_VALUE;

pub use consequences::without_consequences;

/// One thing that can be wrong with a site.
pub struct Check {
    /// What it reports.
    pub rule: &'static Rule,
    /// Finds every place where it is wrong.
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// What a check looks at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The finished site.
    pub site: &'a Site,
    /// What it was made from.
    pub input: &'a Input,
    /// The texts whose headings were not all understood.
    unclear: &'a BTreeSet<FileId>,
}

impl<'a> Context<'a> {
    /// The recommendations that no later report takes further: of the others the work is reported
    /// there.
    fn newest(self) -> impl Iterator<Item = &'a Recommendation> {
        self.site.recommendations.iter().filter(|one| one.is_newest())
    }

    /// Every text of the site in every language: reports, recommendations, pages.
    fn texts(self) -> impl Iterator<Item = &'a Text> {
        self.all().flat_map(Texts::all)
    }

    /// The original of every text of the site.
    fn originals(self) -> impl Iterator<Item = &'a Text> {
        self.all().map(|texts| &*texts.original)
    }

    /// The recommendations' texts, each with a translation of it. Texts with a heading that was not
    /// understood are skipped: no section of theirs is missing or surplus for certain.
    fn translated(self) -> impl Iterator<Item = (&'a Text, &'a Text)> {
        let texts = self.site.recommendations.iter().map(|one| &one.texts);
        let clear = texts.filter(move |texts| !self.unclear.contains(&texts.original.file));
        clear.flat_map(|texts| {
            let translations = texts.translations.iter();
            translations.map(|translation| (&*texts.original, &*translation.text))
        })
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
    deadline_history::CHECK,
    deadline_moved_without_reason::CHECK,
    superseded_without_successor::CHECK,
    deadline_after_rejection::CHECK,
    deadline_without_start::CHECK,
    related_not_mutual::CHECK,
    // Gaps
    required_key::CHECK,
    missing_section::CHECK,
    part_without_text::CHECK,
    duplicate_part::CHECK,
    empty_section::CHECK,
    placeholder::CHECK,
    example_left::CHECK,
    missing_responsible::CHECK,
    unknown_unit::CHECK,
    unknown_responder::CHECK,
    duplicate_responder::CHECK,
    unknown_parent::CHECK,
    similar_units::CHECK,
    unknown_group::CHECK,
    missing_deadline::CHECK,
    overdue::CHECK,
    not_taken_further::CHECK,
    action_overdue::CHECK,
    stale_progress::CHECK,
    undated_in_edition::CHECK,
    update_due::CHECK,
    evidence_missing::CHECK,
    number_gap::CHECK,
    same_text::CHECK,
    tags_not_listed::CHECK,
    missing_translation::CHECK,
    image_without_alt::CHECK,
    heading_order::CHECK,
    title_too_long::CHECK,
    title_is_cut_text::CHECK,
    // Links and files
    broken_link::CHECK,
    broken_picture::CHECK,
    broken_recommendation_link::CHECK,
    broken_series::CHECK,
    broken_anchor::CHECK,
    orphan_file::CHECK,
    // Translations
    surplus_action::CHECK,
    surplus_section::CHECK,
    incomplete_translation::CHECK,
    // Registers
    document_forthcoming::CHECK,
    unused_document::CHECK,
    unused_term::CHECK,
    // Language
    undefined_abbreviation::CHECK,
    invisible_character::CHECK,
];

/// The rules that are not those of a check.
pub(crate) const RULES: &[&Rule] = &[&broken_link::MISSING_FILE, &broken_picture::UNSHOWN_PICTURE];

/// Runs every check. They know what was reported so far.
pub fn run(site: &Site, input: &Input, diagnostics: &mut Vec<Diagnostic>) {
    run_those(|_| true, site, input, diagnostics);
}

/// Runs the checks whose mistakes are errors whatever levels the site gives: those that say whether
/// it can be published.
pub fn run_for_errors(site: &Site, input: &Input, diagnostics: &mut Vec<Diagnostic>) {
    run_those(|check| check.rule.is_error_by_nature(), site, input, diagnostics);
}

/// Runs some checks, in parallel.
fn run_those(
    is_wanted: fn(&Check) -> bool,
    site: &Site,
    input: &Input,
    diagnostics: &mut Vec<Diagnostic>,
) {
    const OF_HEADINGS: [&Rule; 4] =
        [&UNKNOWN_SECTION, &SECTION_HEADING, &UNREADABLE_DATE, &UNKNOWN_VALUE];
    let unclear = diagnostics.iter().filter(|one| OF_HEADINGS.contains(&one.rule));
    let unclear = unclear.filter_map(|one| Some(one.span?.file)).collect();
    let context = &Context { site, input, unclear: &unclear };
    let found: Vec<Vec<Diagnostic>> = CHECKS
        .par_iter()
        .filter(|check| is_wanted(check))
        .map(|check| {
            let mut found = Vec::new();
            (check.run)(context, &mut found);
            found
        })
        .collect();
    diagnostics.extend(found.into_iter().flatten());
}

/// Whether a text has a section, and anything in it.
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
    let how_much = sections
        .map(|section| if section.has_words { Written::WithText } else { Written::HeadingOnly });
    how_much.max().unwrap_or(Written::No)
}

/// The as-at date that the report of a recommendation gives, or else a report above it, whatever
/// day is asked for.
fn as_at_of<'a>(site: &'a Site, recommendation: &Recommendation) -> Option<&'a Spanned<NaiveDate>> {
    let own = site.report(recommendation.report);
    let above = |report: &&'a crate::model::Report| report.parent.map(|id| site.report(id));
    let reports = std::iter::successors(Some(own), above);
    reports.into_iter().find_map(|report| report.front.as_at.as_ref())
}
