//! The index of documents.

use serde::Serialize;

use super::head::Title;
use super::views::DocumentLink;
use super::{Here, PagePlace, PageType, View, no_source, one};
use crate::model::{DocumentId, RecommendationId, Source};

pub(super) const ADDRESS: &str = "documents/index.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "documents",
    count: one,
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Navigation {
        word: "documents.title",
        is_shown: |site| !site.documents.is_empty(),
    },
    view,
};

#[derive(Serialize)]
struct DocumentsView {
    rows: Vec<DocumentRow>,
}

#[derive(Serialize)]
struct DocumentRow {
    document: DocumentLink,
    cited_in: String,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let rows = here.site.documents.iter().enumerate().map(|(index, document)| {
        let mut citing: Vec<RecommendationId> = document
            .cited
            .iter()
            .filter_map(|citation| match citation.source {
                Source::Recommendation(id) => Some(id),
                Source::Report(_) | Source::Page(_) => None,
            })
            .collect();
        citing.dedup();
        DocumentRow {
            cited_in: match citing.len() {
                0 if document.cited.is_empty() => here.words.text("documents.not_cited").to_owned(),
                0 => here.words.text("documents.cited_elsewhere").to_owned(),
                n => here.words.count("documents.cited_count", n),
            },
            // One link for each document: the list has one.
            document: here.document_links(&[DocumentId(index)]).swap_remove(0),
        }
    });
    let page = DocumentsView { rows: rows.collect() };
    View::new(&here.head(Title::of(here.words.text("documents.title"))), &page)
}
