//! Reports and pages.

use std::ops::Range;

use super::Options;
use super::names::slug;
use super::order::{PageEntry, RecommendationEntry, ReportEntry};
use crate::model::{
    Collection, Distinct, DocumentId, GroupEntry, IDS_OF_PAGES, Page, PageId, Recommendation,
    Report, ReportGroup, ReportId, Texts, Totals, is_below,
};

/// The recommendations of each report.
pub(super) fn ranges(
    reports: &[ReportEntry],
    recommendations: &[RecommendationEntry],
) -> Vec<Range<usize>> {
    let mut start = 0;
    let range = |(index, _)| {
        let own = recommendations[start..].iter();
        let end = start + own.take_while(|one| one.report == ReportId(index)).count();
        std::mem::replace(&mut start, end)..end
    };
    reports.iter().enumerate().map(range).collect()
}

/// Makes the reports.
pub(super) fn reports(
    entries: Vec<ReportEntry>,
    ranges: Vec<Range<usize>>,
    documents: Vec<Vec<DocumentId>>,
    all: &[Recommendation],
    options: Options,
) -> Vec<Report> {
    let parts = entries.into_iter().zip(ranges).zip(documents);
    parts
        .map(|((entry, recommendations), documents)| Report {
            address: format!("{}/index.html", entry.place()),
            place: entry.place(),
            folder: entry.folder,
            pdf: options.pdfs.layout(entry.front.pdf),
            front: entry.front,
            as_at: entry.as_at,
            assessed_at: entry.assessed_at,
            own_as_at: entry.own_as_at,
            edition: entry.edition,
            follows: None,
            followed_by: Vec::new(),
            totals: Totals::of(&all[recommendations.clone()]),
            groups: groups(entry.groups, &entry.texts, recommendations.clone(), all),
            recommendations,
            texts: entry.texts,
            parent: entry.parent,
            documents,
        })
        .collect()
}

/// Joins reports with those that they follow.
pub(super) fn in_series(mut reports: Vec<Report>, followed: &[Option<ReportId>]) -> Vec<Report> {
    for (index, before) in followed.iter().enumerate() {
        reports[index].follows = *before;
        if let Some(before) = before {
            reports[before.0].followed_by.push(ReportId(index));
        }
    }
    reports
}

/// Makes the pages.
pub(super) fn pages(entries: Vec<PageEntry>) -> Vec<Page> {
    let page = |PageEntry { front, texts, address }| Page { front, texts, address };
    entries.into_iter().map(page).collect()
}

/// The groups of a report that have recommendations, each with its own. They are sorted by group.
fn groups(
    entries: Vec<GroupEntry>,
    texts: &Texts,
    recommendations: Range<usize>,
    all: &[Recommendation],
) -> Vec<ReportGroup> {
    let taken = texts.all().flat_map(|text| text.anchors()).chain(IDS_OF_PAGES);
    let mut anchors = Distinct::without(taken);
    let mut start = recommendations.start;
    start += all[recommendations.clone()].iter().take_while(|one| one.group.is_none()).count();
    let mut groups = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let own = all[start..recommendations.end].iter();
        let end = start + own.take_while(|one| one.group == Some(index)).count();
        let recommendations = std::mem::replace(&mut start, end)..end;
        groups.push(ReportGroup {
            anchor: anchors.name(&slug(&entry.name)),
            totals: Totals::of(&all[recommendations.clone()]),
            recommendations,
            entry,
        });
    }
    groups
}

/// The reports in the order of lists: those with an `order` first, then the newest first; of one day,
/// by folder.
pub(super) fn in_order(reports: &[Report]) -> Vec<ReportId> {
    let mut ids: Vec<ReportId> = (0..reports.len()).map(ReportId).collect();
    ids.sort_by_key(|id| {
        let report = &reports[id.0];
        let order = report.front.order.unwrap_or(u32::MAX);
        (order, std::cmp::Reverse(report.own_as_at), id.0)
    });
    ids
}

/// The folders above reports whose `index.md` is a page.
pub(super) fn collections(
    pages: &[Page],
    reports: &[Report],
    order: &[ReportId],
    recommendations: &[Recommendation],
) -> Vec<Collection> {
    let mut collections: Vec<Collection> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let Some(folder) = page.address.strip_suffix("/index.html") else { continue };
        let below = |id: &&ReportId| is_below(&reports[id.0].folder, folder);
        let own: Vec<ReportId> = order.iter().filter(below).copied().collect();
        if own.is_empty() {
            continue;
        }
        let is_in = |report: &ReportId| own.contains(report);
        let all = own.iter().flat_map(|id| &recommendations[reports[id.0].recommendations.clone()]);
        // One that goes on in another report of the collection is counted there.
        let goes_on = |one: &Recommendation| {
            one.continued_by.iter().any(|id| is_in(&recommendations[id.0].report))
        };
        let totals = Totals::of(all.filter(|one| !goes_on(one)));
        let folder = folder.to_owned();
        collections.push(Collection { folder, page: PageId(index), reports: own, totals });
    }
    collections.sort_by(|a, b| a.folder.cmp(&b.folder));
    collections
}
