//! The register of documents: what is cited, what is registered, and the way back.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostics::Diagnostic;
use crate::model::{
    Citation, Document, DocumentEntry, DocumentId, PageId, RecommendationId, ReportId, Site, Source,
};
use crate::references::document_key;

use super::evidence::Evidence;

/// Makes the documents of a site from its register and its citations.
pub(super) fn build(
    site: &mut Site,
    entries: Vec<DocumentEntry>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut documents: BTreeMap<String, Document> = BTreeMap::new();
    for entry in entries {
        let symbol = document_key(&entry.symbol);
        if let Some(first) = documents.get(&symbol.to_uppercase()).and_then(|d| d.entry.as_ref()) {
            let message = format!("`{symbol}` is registered twice");
            diagnostics.push(
                Diagnostic::error("duplicate-document", entry.symbol.span, message)
                    .label(first.symbol.span, "first registered here"),
            );
            continue;
        }
        for other in entry.based_on.0.iter().chain(&entry.supersedes.0) {
            let key = document_key(other);
            documents.entry(key.to_uppercase()).or_insert_with(|| document(key));
        }
        documents.entry(symbol.to_uppercase()).or_insert_with(|| document(symbol)).entry =
            Some(entry);
    }
    let registered = documents.keys().cloned().collect();
    for (citation, symbol) in citations(site, &registered) {
        let document = documents.entry(symbol.to_uppercase()).or_insert_with(|| document(symbol));
        document.cited.push(citation);
    }
    site.document_ids =
        documents.keys().enumerate().map(|(i, key)| (key.clone(), DocumentId(i))).collect();
    site.documents = documents.into_values().collect();
    relations(site);
    per_source(site);
}

fn document(symbol: String) -> Document {
    Document {
        address: format!("documents/{}.html", document_file_name(&symbol)),
        symbol,
        entry: None,
        cited: Vec::new(),
        based_on: Vec::new(),
        basis_of: Vec::new(),
        supersedes: Vec::new(),
        superseded_by: Vec::new(),
    }
}

/// A symbol as the name of a file, readable and never that of another symbol: `/` becomes `_`,
/// which no symbol holds, and anything unusual its code point.
pub fn document_file_name(symbol: &str) -> String {
    let mut name = String::with_capacity(symbol.len());
    for c in symbol.chars() {
        match c {
            '/' => name.push('_'),
            c if c.is_ascii_alphanumeric() || ".-()".contains(c) => name.push(c),
            c => name.push_str(&format!("~{:x}~", u32::from(c))),
        }
    }
    name
}

/// Every citation of a document, in the order of the recommendations, reports and pages.
fn citations(site: &Site, registered: &BTreeSet<String>) -> Vec<(Citation, String)> {
    let recommendations =
        (0..site.recommendations.len()).map(|i| Source::Recommendation(RecommendationId(i)));
    let reports = (0..site.reports.len()).map(|i| Source::Report(ReportId(i)));
    let pages = (0..site.pages.len()).map(|i| Source::Page(PageId(i)));
    let mut citations = Vec::new();
    for source in recommendations.chain(reports).chain(pages) {
        let found = site.texts_of(source).original.found.iter().enumerate();
        citations.extend(
            found
                .filter(|(_, found)| found.scheme == "un_symbol")
                .map(|(index, found)| (Citation { source, found: Some(index) }, found.key.clone())),
        );
        if let Source::Recommendation(id) = source {
            let front = &site.recommendation(id).front;
            let of_actions = front.actions.iter().flat_map(|action| &action.evidence.0);
            let folder = &site.report(site.recommendation(id).report).folder;
            for evidence in front.evidence.0.iter().chain(of_actions) {
                let registered = registered.contains(&document_key(evidence).to_uppercase());
                let symbol = match Evidence::of(evidence, folder) {
                    Evidence::Document(symbol) => symbol,
                    _ if registered => document_key(evidence),
                    _ => continue,
                };
                citations.push((Citation { source, found: None }, symbol));
            }
        }
    }
    citations
}

/// "Based on" and "supersedes", shown on both ends.
fn relations(site: &mut Site) {
    for index in 0..site.documents.len() {
        let Some(entry) = &site.documents[index].entry else {
            continue;
        };
        let ids = |symbols: &[crate::source::Spanned<String>]| -> Vec<DocumentId> {
            symbols.iter().filter_map(|symbol| site.document_of(&document_key(symbol))).collect()
        };
        let based_on = ids(&entry.based_on.0);
        let supersedes = ids(&entry.supersedes.0);
        for other in &based_on {
            site.documents[other.0].basis_of.push(DocumentId(index));
        }
        for other in &supersedes {
            site.documents[other.0].superseded_by.push(DocumentId(index));
        }
        site.documents[index].based_on = based_on;
        site.documents[index].supersedes = supersedes;
    }
}

/// Which documents each recommendation and report cites.
fn per_source(site: &mut Site) {
    let mut of_recommendation: Vec<Vec<(Option<usize>, DocumentId)>> =
        vec![Vec::new(); site.recommendations.len()];
    let mut of_report = vec![Vec::new(); site.reports.len()];
    for (index, document) in site.documents.iter().enumerate() {
        for citation in &document.cited {
            match citation.source {
                Source::Recommendation(id) => {
                    of_recommendation[id.0].push((citation.found, DocumentId(index)));
                    of_report[site.recommendation(id).report.0].push(DocumentId(index));
                }
                Source::Report(id) => of_report[id.0].push(DocumentId(index)),
                Source::Page(_) => {}
            }
        }
    }
    for (recommendation, mut cited) in site.recommendations.iter_mut().zip(of_recommendation) {
        // By first citation in the text; evidence after it.
        cited.sort_by_key(|(found, id)| (found.is_none(), *found, *id));
        for (_, id) in cited {
            if !recommendation.documents.contains(&id) {
                recommendation.documents.push(id);
            }
        }
    }
    for (report, mut cited) in site.reports.iter_mut().zip(of_report) {
        cited.sort_unstable();
        cited.dedup();
        report.documents = cited;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_readable_and_unique() {
        assert_eq!(document_file_name("ECE/CP.TEIA/38/Add.1"), "ECE_CP.TEIA_38_Add.1");
        assert_ne!(document_file_name("A/S-30/1"), document_file_name("A/S/30/1"));
        assert_eq!(document_file_name("../x"), ".._x");
    }
}
