//! Reports and pages.

use std::ops::Range;

use super::Options;
use super::order::{PageEntry, RecommendationEntry, ReportEntry};
use crate::model::{DocumentId, Page, Recommendation, Report, ReportId, Totals};

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
            address: entry.address(),
            folder: entry.folder,
            pdf: options.pdfs.layout(entry.front.pdf),
            front: entry.front,
            texts: entry.texts,
            as_at: entry.as_at,
            assessed_at: entry.assessed_at,
            totals: Totals::of(&all[recommendations.clone()]),
            recommendations,
            parent: entry.parent,
            documents,
        })
        .collect()
}

/// Makes the pages.
pub(super) fn pages(entries: Vec<PageEntry>) -> Vec<Page> {
    let page = |PageEntry { front, texts, address }| Page { front, texts, address };
    entries.into_iter().map(page).collect()
}
