//! Every place that points at something, and what it points at.

use crate::model::{
    Citation, CitedGoal, Document, Found, Link, LinkKind, PageId, RecommendationId, Report,
    ReportId, Site, Source,
};
use crate::references::{OF_DOCUMENTS, OF_GOALS, OF_TERMS, Sdg, document_url, is_symbol};

use super::links::find_recommendation;

/// What a place in a text points at on this site.
pub(crate) enum Target<'s> {
    /// A document.
    Document(&'s Document),
    /// A Sustainable Development Goal, or a target or indicator of it.
    Goal(Sdg, &'s CitedGoal),
    /// A term of the glossary, as an index of [`Site::terms`].
    Term(usize),
    /// An address elsewhere.
    Outside(&'s str),
}

/// What something found in a text stands for; none when it is nothing here.
pub(crate) fn target<'s>(site: &'s Site, found: &'s Found) -> Option<Target<'s>> {
    match found.scheme.as_ref() {
        scheme if OF_DOCUMENTS.contains(&scheme) => {
            site.document_of(&found.key).map(|id| Target::Document(site.document(id)))
        }
        OF_GOALS => {
            let sdg: Sdg = found.key.parse().ok()?;
            let goals = &site.goals;
            let index = goals.binary_search_by_key(&sdg.number(), |goal| goal.number).ok()?;
            Some(Target::Goal(sdg, &goals[index]))
        }
        OF_TERMS => site.term_ids.get(&found.key).map(|id| Target::Term(*id)),
        // The key of a scheme of the site's own is the address.
        _ => Some(Target::Outside(&found.key)),
    }
}

/// Where a document can be read: as the register says, or where the United Nations publish it in a
/// language. None for one without a symbol whose address the register does not give.
pub(crate) fn where_to_read(document: &Document, language: &str) -> Option<String> {
    let registered = document.entry.as_ref().and_then(|entry| entry.url.as_ref());
    match registered {
        Some(url) => Some(url.value.clone()),
        None => is_symbol(&document.symbol).then(|| document_url(&document.symbol, language)),
    }
}

/// Where a document can be read by now. What is not issued yet stands at no address but one that
/// the register gives.
pub(crate) fn readable_at(document: &Document, language: &str) -> Option<String> {
    let is_registered = document.entry.as_ref().is_some_and(|entry| entry.url.is_some());
    where_to_read(document, language).filter(|_| !document.forthcoming || is_registered)
}

/// The recommendation that a Markdown link leads to, in the text of a report.
pub(crate) fn linked_recommendation(
    site: &Site,
    report: Option<&Report>,
    link: &Link,
) -> Option<RecommendationId> {
    match &link.kind {
        LinkKind::Recommendation(target) => match report {
            Some(report) => find_recommendation(site, report, target),
            None => site.recommendation_ids.get(target.as_str()).copied(),
        },
        LinkKind::File { path, .. } => site.recommendation_files.get(path).copied(),
        LinkKind::Outside(_) | LinkKind::Anchor(_) | LinkKind::Refused => None,
    }
}

/// Everything that has a text: recommendations, reports, pages.
pub(super) fn sources(site: &Site) -> impl Iterator<Item = Source> + use<> {
    let recommendations =
        (0..site.recommendations.len()).map(|i| Source::Recommendation(RecommendationId(i)));
    let reports = (0..site.reports.len()).map(|i| Source::Report(ReportId(i)));
    let pages = (0..site.pages.len()).map(|i| Source::Page(PageId(i)));
    recommendations.chain(reports).chain(pages)
}

/// Every place in a text of a source that points at something, the original's first.
pub(super) fn places(site: &Site, source: Source) -> impl Iterator<Item = (Citation, &Found)> {
    let texts = site.texts_of(source).all().enumerate();
    texts.flat_map(move |(text, of)| {
        let found = of.found.iter().enumerate();
        found.map(move |(index, found)| (Citation { source, text, found: Some(index) }, found))
    })
}
