//! Links between the pages of the site, in both directions.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::order::Ordered;
use crate::model::{
    LinkKind, RecommendationId, RecommendationIds, RelatedTo, Source, TextPage, Texts, in_language,
};
use crate::source::Spanned;

/// The page of each Markdown file, by its path.
pub(super) fn text_pages(ordered: &Ordered, tags: &[String]) -> BTreeMap<String, TextPage> {
    let first_language = tags.first().map_or("", String::as_str);
    let pages_of = |source: Source, texts: &Texts, address: String| {
        let page = |(text, of): (usize, &crate::model::Text)| {
            // An original in another language than the site's has its page at the plain address.
            let address = match text {
                0 => address.clone(),
                _ => in_language(&address, &of.language, first_language),
            };
            (of.path.clone(), TextPage { source, text, address })
        };
        texts.all().enumerate().map(page).collect::<Vec<_>>()
    };
    let page = |(source, texts)| {
        let address = match source {
            Source::Recommendation(id) => ordered.recommendations[id.0].address.clone(),
            Source::Report(id) => format!("{}/index.html", ordered.reports[id.0].place()),
            Source::Page(id) => ordered.pages[id.0].address.clone(),
        };
        pages_of(source, texts, address)
    };
    ordered.sources().flat_map(page).collect()
}

/// Recommendations by the folder of their report and their number.
pub(super) fn recommendation_ids(ordered: &Ordered) -> RecommendationIds {
    let all = ordered.recommendations.iter().enumerate();
    let by_name = all.map(|(index, one)| {
        let folder = &ordered.reports[one.report.0].folder;
        (format!("{folder}/{}", one.label), RecommendationId(index))
    });
    RecommendationIds(by_name.collect())
}

/// The other recommendations that the front matter of one names.
pub(super) struct Related {
    pub(super) related: Vec<RecommendationId>,
    pub(super) superseded_by: Option<RecommendationId>,
}

/// What `related` and `superseded_by` of each recommendation lead to.
pub(super) fn related(ordered: &Ordered, ids: &RecommendationIds) -> Vec<Related> {
    let all = ordered.recommendations.par_iter();
    all.map(|one| {
        let folder = ordered.reports[one.report.0].folder.as_str();
        let find = |to: &Spanned<RelatedTo>| ids.find(Some(folder), &to.value.0);
        Related {
            related: one.front.related.0.iter().filter_map(find).collect(),
            superseded_by: one.front.superseded_by.as_ref().and_then(find),
        }
    })
    .collect()
}

/// The sources whose texts link to each recommendation.
pub(super) fn mentions(
    ordered: &Ordered,
    ids: &RecommendationIds,
    text_pages: &BTreeMap<String, TextPage>,
) -> Vec<Vec<Source>> {
    let mut mentioned_in = vec![Vec::new(); ordered.recommendations.len()];
    for (source, texts) in ordered.sources() {
        let folder = ordered.folder_of(source);
        let links = texts.all().flat_map(|text| &text.links);
        let linked = links.filter_map(|link| match &link.kind {
            LinkKind::Recommendation(number) => ids.find(folder, number),
            LinkKind::File { path, .. } => match text_pages.get(path)?.source {
                Source::Recommendation(id) => Some(id),
                Source::Report(_) | Source::Page(_) => None,
            },
            LinkKind::Outside(_) | LinkKind::Anchor(_) | LinkKind::Refused => None,
        });
        for id in linked.filter(|id| source != Source::Recommendation(*id)) {
            // They come source by source, so a repetition is always of the last.
            let mentioned_in: &mut Vec<Source> = &mut mentioned_in[id.0];
            if mentioned_in.last() != Some(&source) {
                mentioned_in.push(source);
            }
        }
    }
    mentioned_in
}
