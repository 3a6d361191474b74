//! What the authors wrote, in the order of the site.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::Options;
use crate::config::{FactKind, OwnFacts};
use crate::content::{Entry, EntryKind, report_days};
use crate::model::{
    Citation, FactValue, Found, GroupEntry, Label, LaterFact, PageFront, PageId,
    RecommendationFront, RecommendationId, ReportFront, ReportId, Source, Texts, Translation,
};
use crate::source::FileId;
use crate::vocabulary::fold;
use crate::yaml::FromName as _;

/// The entries of a site. The place of each in its list is its id.
pub(super) struct Ordered {
    /// By folder.
    pub(super) reports: Vec<ReportEntry>,
    /// Report by report, by group and number within each.
    pub(super) recommendations: Vec<RecommendationEntry>,
    /// By path, the text of the home page first.
    pub(super) pages: Vec<PageEntry>,
}

pub(super) struct ReportEntry {
    pub(super) folder: String,
    pub(super) front: Arc<ReportFront>,
    pub(super) texts: Texts,
    /// The report whose folder contains its folder.
    pub(super) parent: Option<ReportId>,
    /// The day as at which it is shown.
    pub(super) as_at: NaiveDate,
    /// The day for which it is worked out what is overdue.
    pub(super) assessed_at: NaiveDate,
    /// The day as at which it reports, whatever day is shown.
    pub(super) own_as_at: NaiveDate,
    /// The day of which this is the edition, where it is not the latest.
    pub(super) edition: Option<NaiveDate>,
    /// The groups of its recommendations.
    pub(super) groups: Vec<GroupEntry>,
}

pub(super) struct RecommendationEntry {
    pub(super) report: ReportId,
    pub(super) label: Label,
    pub(super) front: Arc<RecommendationFront>,
    pub(super) facts: Arc<[FactValue]>,
    pub(super) later: Arc<[LaterFact]>,
    /// Its group, as an index of [`ReportEntry::groups`].
    pub(super) group: Option<usize>,
    pub(super) texts: Texts,
    pub(super) address: String,
}

pub(super) struct PageEntry {
    pub(super) front: Arc<PageFront>,
    pub(super) texts: Texts,
    pub(super) address: String,
}

impl RecommendationEntry {
    /// What its front matter gives as documents: evidence, the original, facts of the organisation's
    /// own that are documents.
    pub(super) fn typed_documents<'a>(
        &'a self,
        facts: Option<&'a OwnFacts>,
    ) -> impl Iterator<Item = &'a str> {
        let front = &self.front;
        let original = front.source.iter().filter_map(|source| source.document.as_ref());
        let is_document = move |fact: &&FactValue| {
            facts.is_some_and(|facts| facts.0[fact.fact].1.kind() == FactKind::Document)
        };
        let own = self.facts.iter().filter(is_document).flat_map(|fact| &fact.values);
        front.all_evidence().chain(original).chain(own).map(|typed| typed.as_str())
    }
}

impl ReportEntry {
    /// The folder of its page, PDF and data: its own, or in it that of an earlier edition.
    pub(super) fn place(&self) -> String {
        match self.edition {
            Some(day) => format!("{}/{day}", self.folder),
            None => self.folder.clone(),
        }
    }
}

impl Ordered {
    pub(super) fn of(entries: Vec<Entry>, today: NaiveDate, options: Options) -> Self {
        let days = report_days(&entries, today);
        let mut reports = Vec::new();
        let mut by_folder: BTreeMap<String, Vec<_>> = BTreeMap::new();
        let mut pages = Vec::new();
        for (kind, texts) in with_translations(entries) {
            match kind {
                EntryKind::Report { folder, front } => reports.push((folder, front, texts)),
                EntryKind::Recommendation { folder, front, facts, later } => {
                    let read = ReadRecommendation { front, facts, later, texts };
                    by_folder.entry(folder).or_default().push(read);
                }
                EntryKind::Page { path, front } => {
                    let address = format!("{path}.html");
                    pages.push(PageEntry { address, front, texts });
                }
                EntryKind::Translation { .. } => {}
            }
        }
        reports.sort_by(|a, b| a.0.cmp(&b.0));
        let mut reports = placed(reports, &days, today, options);
        let mut recommendations = Vec::new();
        for (index, report) in reports.iter_mut().enumerate() {
            let own = by_folder.remove(&report.folder).unwrap_or_default();
            let mut own = numbered(own, ReportId(index), report);
            report.groups = grouped(&mut own, &report.front);
            recommendations.append(&mut own);
        }
        pages.sort_by_key(|page| page.address != "index.html");
        Self { reports, recommendations, pages }
    }

    /// Everything that has a text: recommendations, reports, pages.
    pub(super) fn sources(&self) -> impl Iterator<Item = (Source, &Texts)> {
        let recommendations = self.recommendations.iter().enumerate();
        let recommendations = recommendations
            .map(|(index, one)| (Source::Recommendation(RecommendationId(index)), &one.texts));
        let reports = self.reports.iter().enumerate();
        let reports = reports.map(|(index, one)| (Source::Report(ReportId(index)), &one.texts));
        let pages = self.pages.iter().enumerate();
        let pages = pages.map(|(index, one)| (Source::Page(PageId(index)), &one.texts));
        recommendations.chain(reports).chain(pages)
    }

    /// The folder of the report whose recommendations a text means when it gives only their
    /// numbers.
    pub(super) fn folder_of(&self, source: Source) -> Option<&str> {
        let report = match source {
            Source::Recommendation(id) => self.recommendations[id.0].report,
            Source::Report(id) => id,
            Source::Page(_) => return None,
        };
        Some(&self.reports[report.0].folder)
    }
}

/// Every place in a text of a source that points at something, the original's first.
pub(super) fn places(source: Source, texts: &Texts) -> impl Iterator<Item = (Citation, &Found)> {
    texts.all().enumerate().flat_map(move |(text, of)| {
        let found = of.found.iter().enumerate();
        found.map(move |(index, found)| (Citation { source, text, found: Some(index) }, found))
    })
}

/// The originals, each with its translations.
fn with_translations(entries: Vec<Entry>) -> impl Iterator<Item = (EntryKind, Texts)> {
    let mut translations: BTreeMap<FileId, Vec<Translation>> = BTreeMap::new();
    let mut originals = Vec::new();
    for Entry { file, kind, text } in entries {
        match kind {
            EntryKind::Translation { of, front } => {
                translations.entry(of).or_default().push(Translation { front, text });
            }
            kind => originals.push((file, kind, text)),
        }
    }
    originals.into_iter().map(move |(file, kind, original)| {
        let translations = translations.remove(&file).unwrap_or_default();
        (kind, Texts { original, translations })
    })
}

/// Reports, each with the report above it and the day as at which it reports.
fn placed(
    sorted: Vec<(String, Arc<ReportFront>, Texts)>,
    days: &BTreeMap<String, NaiveDate>,
    today: NaiveDate,
    options: Options,
) -> Vec<ReportEntry> {
    let mut reports: Vec<ReportEntry> = Vec::with_capacity(sorted.len());
    for (folder, front, texts) in sorted {
        let above = |path: &str| path.rsplit_once('/').map(|(above, _)| above.to_owned());
        let parent = std::iter::successors(above(&folder), |path| above(path)).find_map(|path| {
            reports.binary_search_by(|known| known.folder.cmp(&path)).ok().map(ReportId)
        });
        let own_as_at = days.get(&folder).copied().unwrap_or(today);
        let assessed_at = options.as_at.unwrap_or(own_as_at);
        // Of a later day nothing was reported.
        let as_at = assessed_at.min(own_as_at);
        let is_edition = |day: &NaiveDate| front.earlier.0.iter().any(|of| of.value == *day);
        let edition = options.edition.filter(is_edition);
        let groups = Vec::new();
        reports.push(ReportEntry {
            folder,
            front,
            texts,
            parent,
            as_at,
            assessed_at,
            own_as_at,
            edition,
            groups,
        });
    }
    reports
}

/// A recommendation as it was read.
struct ReadRecommendation {
    front: Arc<RecommendationFront>,
    facts: Arc<[FactValue]>,
    later: Arc<[LaterFact]>,
    texts: Texts,
}

/// The recommendations of a report in the order of their numbers. One without a number, which has
/// been reported, has no address.
fn numbered(
    entries: Vec<ReadRecommendation>,
    id: ReportId,
    report: &ReportEntry,
) -> Vec<RecommendationEntry> {
    let with_number = |read: ReadRecommendation| {
        let ReadRecommendation { front, facts, later, texts } = read;
        let label = front.number.as_ref()?.value.clone();
        let address = format!("{}/{}.html", report.folder, label.slug());
        let (report, group) = (id, None);
        Some(RecommendationEntry { report, label, front, facts, later, group, texts, address })
    };
    let mut numbered: Vec<_> = entries.into_iter().filter_map(with_number).collect();
    numbered.sort_by(|a, b| a.label.cmp(&b.label));
    numbered
}

/// Sorts the recommendations of a report, which are in the order of their numbers, by their groups,
/// and gives the groups: those that the report lists, then others in the order of their first
/// recommendations. What has no group comes first.
fn grouped(own: &mut [RecommendationEntry], report: &ReportFront) -> Vec<GroupEntry> {
    let mut groups: Vec<GroupEntry> = report.groups.iter().map(|group| group.0.clone()).collect();
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        ids.entry(fold(&group.name)).or_insert(index);
    }
    for one in &mut *own {
        let Some(name) = &one.front.group else { continue };
        one.group = Some(*ids.entry(fold(name)).or_insert_with(|| {
            groups.push(GroupEntry::from_name(name.clone()));
            groups.len() - 1
        }));
    }
    own.sort_by_key(|one| one.group);
    groups
}
