//! The register of documents: what is cited, what is registered, and the way back.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::citations::{places, sources};
use super::evidence::Evidence;
use crate::content::markdown::Anchors;
use crate::diagnostics::{Diagnostic, Follows, Hides, Rule};
use crate::model::{Citation, Document, DocumentEntry, DocumentId, Said, Site, Source};
use crate::references::{OF_DOCUMENTS, document_key, halves, is_symbol};
use crate::source::{Span, Spanned};

pub(crate) const DUPLICATE_DOCUMENT: Rule = Rule {
    code: "duplicate-document",
    summary: "a document that stands in `documents.yaml` twice",
    explanation: "Large and small letters make no difference in a symbol.",
    wrong: &["# content/documents.yaml\n- symbol: A/RES/70/1\n- symbol: a/res/70/1"],
    right: &["# content/documents.yaml\n- symbol: A/RES/70/1\n- symbol: A/RES/70/2"],
    hides: Hides::Part,
    ..Rule::ERROR
};

pub(crate) const DOCUMENT_FORTHCOMING: Rule = Rule {
    code: "document-forthcoming",
    summary: "a document that is announced, but not issued yet",
    explanation: "It reminds you to look again. When the document is issued, write its `date` into \
                  `content/documents.yaml`, and take the mark `forthcoming` away.",
    wrong: &["\n## Recommendation\n\nSee A/RES/70/1.\n\
              # content/documents.yaml\n- { symbol: A/RES/70/1, forthcoming: true }"],
    right: &["\n## Recommendation\n\nSee A/RES/70/1.\n\
              # content/documents.yaml\n- { symbol: A/RES/70/1, date: 2015-09-25 }"],
    ..Rule::NOTE
};

pub(crate) const UNUSED_DOCUMENT: Rule = Rule {
    code: "unused-document",
    summary: "a document in `documents.yaml` that no text cites",
    explanation: "Perhaps its symbol is misspelt here or there. Cite it, or take it out.",
    wrong: &["# content/documents.yaml\n- symbol: A/RES/70/1"],
    right: &[
        "\n## Recommendation\n\nSee A/RES/70/1.\n# content/documents.yaml\n- symbol: A/RES/70/1",
    ],
    follows: Follows::Site,
    ..Rule::NOTE
};

/// Makes the documents of a site from its register and its citations.
pub(super) fn build(
    site: &mut Site,
    entries: Vec<DocumentEntry>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let registered = entries.iter().map(|entry| document_key(&entry.symbol).to_uppercase());
    let citations = citations(site, &registered.collect());
    let mut documents = Documents::default();
    documents.know_doubles(entries.iter().map(|entry| document_key(&entry.symbol)));
    documents.know_doubles(citations.iter().map(|(symbol, _)| symbol.to_string()));
    for entry in entries {
        let document = documents.of(document_key(&entry.symbol));
        if let Some(first) = document.entry.as_ref() {
            let message = format!("`{}` is registered twice", entry.symbol.value);
            diagnostics.push(
                Diagnostic::of(&DUPLICATE_DOCUMENT, entry.symbol.span, message)
                    .label(first.symbol.span, "first registered here"),
            );
            continue;
        }
        let related: Vec<String> =
            entry.based_on.0.iter().chain(&entry.supersedes.0).map(|s| document_key(s)).collect();
        document.entry = Some(entry);
        for symbol in related {
            documents.of(symbol);
        }
    }
    for (symbol, cited) in citations {
        documents.of(symbol.into_owned()).cited.extend(cited);
    }
    // Of one document there may be several spellings. Evidence comes after the text.
    for document in documents.by_symbol.values_mut() {
        document.cited.sort_by_key(|c| (c.source, c.found.is_none(), c.text, c.found));
    }
    documents.finish(site);
    relations(site);
    announcements(site, diagnostics);
    per_source(site);
    unused(site, diagnostics);
}

/// Documents by their symbols. The halves of a double symbol are one document.
#[derive(Default)]
struct Documents {
    /// By the canonical symbol in capitals.
    by_symbol: BTreeMap<String, Document>,
    /// Which double symbol a half, in capitals, belongs to.
    doubles: BTreeMap<String, String>,
}

impl Documents {
    fn know_doubles(&mut self, symbols: impl Iterator<Item = String>) {
        for symbol in symbols {
            if let (first, Some(second)) = halves(&symbol) {
                for half in [first, second] {
                    self.doubles.entry(half.to_uppercase()).or_insert_with(|| symbol.clone());
                }
            }
        }
    }

    /// The document of a symbol, made when it is the first time.
    fn of(&mut self, symbol: String) -> &mut Document {
        let double = self.doubles.get(&symbol.to_uppercase()).cloned();
        let symbol = double.unwrap_or(symbol);
        self.by_symbol.entry(symbol.to_uppercase()).or_insert_with(|| document(symbol))
    }

    fn finish(self, site: &mut Site) {
        let by_symbol = self.by_symbol;
        let mut ids: BTreeMap<String, DocumentId> =
            by_symbol.keys().enumerate().map(|(i, key)| (key.clone(), DocumentId(i))).collect();
        for (half, double) in self.doubles {
            if let Some(id) = ids.get(&double.to_uppercase()).copied() {
                ids.entry(half).or_insert(id);
            }
        }
        site.document_ids = ids;
        site.documents = by_symbol.into_values().collect();
        let mut names = Anchors::default();
        for document in &mut site.documents {
            let name = names.unique(&document_file_name(&document.symbol));
            document.address = format!("documents/{name}.html");
        }
    }
}

fn document(symbol: String) -> Document {
    Document {
        address: String::new(),
        symbol,
        entry: None,
        cited: Vec::new(),
        forthcoming: false,
        based_on: Vec::new(),
        basis_of: Vec::new(),
        supersedes: Vec::new(),
        superseded_by: Vec::new(),
    }
}

/// A symbol as the name of a file, readable and never that of another symbol: `/` becomes `_`,
/// which no symbol holds, and anything unusual its code point. What is no symbol is a name like
/// any other.
pub fn document_file_name(symbol: &str) -> String {
    if !is_symbol(symbol) {
        return super::names::slug(symbol);
    }
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

/// Every symbol that is cited, in the order of first citation, with its places in the order of the
/// recommendations, reports and pages.
fn citations<'s>(
    site: &'s Site,
    registered: &BTreeSet<String>,
) -> Vec<(Cow<'s, str>, Vec<Citation>)> {
    let mut all: Vec<(Cow<'s, str>, Vec<Citation>)> = Vec::new();
    let mut indexes: HashMap<Cow<'s, str>, usize> = HashMap::new();
    let of_source = |source: &Source| -> Vec<(Cow<'s, str>, Citation)> {
        let source = *source;
        let found = places(site, source);
        let found = found.filter(|(_, found)| OF_DOCUMENTS.contains(&found.scheme.as_ref()));
        let mut cited: Vec<_> =
            found.map(|(citation, found)| (found.key.as_str().into(), citation)).collect();
        let Source::Recommendation(id) = source else { return cited };
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
            cited.push((symbol.into(), Citation { source, text: 0, found: None }));
        }
        cited
    };
    let sources: Vec<Source> = sources(site).collect();
    let cited: Vec<Vec<(Cow<'s, str>, Citation)>> = sources.par_iter().map(of_source).collect();
    for (symbol, citation) in cited.into_iter().flatten() {
        let index = *indexes.entry(symbol).or_insert_with_key(|symbol| {
            all.push((symbol.clone(), Vec::new()));
            all.len() - 1
        });
        all[index].1.push(citation);
    }
    all
}

/// "Based on" and "supersedes", from the register and from the texts, shown on both ends.
fn relations(site: &mut Site) {
    let mut based_on: BTreeSet<(DocumentId, DocumentId)> = said_to_be_based_on(site);
    let mut supersedes = BTreeSet::new();
    for (index, document) in site.documents.iter().enumerate() {
        let Some(entry) = &document.entry else { continue };
        let pairs = |symbols: &[Spanned<String>]| -> Vec<(DocumentId, DocumentId)> {
            let others = symbols.iter().filter_map(|s| site.document_of(&document_key(s)));
            // A document is not based on itself, whatever the register says.
            let others = others.filter(|other| *other != DocumentId(index));
            others.map(|other| (DocumentId(index), other)).collect()
        };
        based_on.extend(pairs(&entry.based_on.0));
        supersedes.extend(pairs(&entry.supersedes.0));
    }
    for (document, other) in based_on {
        site.documents[document.0].based_on.push(other);
        site.documents[other.0].basis_of.push(document);
    }
    for (document, other) in supersedes {
        site.documents[document.0].supersedes.push(other);
        site.documents[other.0].superseded_by.push(document);
    }
}

/// What texts say between two documents: "X, forthcoming, based on in-session document Y".
fn said_to_be_based_on(site: &Site) -> BTreeSet<(DocumentId, DocumentId)> {
    let mut pairs = BTreeSet::new();
    for text in sources(site).flat_map(|source| site.texts_of(source).all()) {
        for said in &text.said {
            let Said::BasedOn(first, second) = said else { continue };
            let document = |found: &usize| site.document_of(&text.found[*found].key);
            if let (Some(first), Some(second)) = (document(first), document(second))
                && first != second
            {
                pairs.insert((first, second));
            }
        }
    }
    pairs
}

/// The first place at which a text says of a document that it is forthcoming.
fn said_to_be_forthcoming(site: &Site) -> BTreeMap<DocumentId, Span> {
    let mut places = BTreeMap::new();
    for text in sources(site).flat_map(|source| site.texts_of(source).all()) {
        for said in &text.said {
            let Said::Forthcoming(index) = said else { continue };
            let found = &text.found[*index];
            if let Some(document) = site.document_of(&found.key) {
                places.entry(document).or_insert(found.span);
            }
        }
    }
    places
}

/// Marks what is announced but not issued yet: the register says so, or a text does, of a
/// document whose date of issue or address the register does not know.
fn announcements(site: &mut Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut announced = Vec::new();
    let places = said_to_be_forthcoming(site);
    for (index, document) in site.documents.iter().enumerate() {
        let entry = document.entry.as_ref();
        if let Some(entry) = entry.filter(|entry| entry.forthcoming) {
            let message = format!("`{}` is marked as forthcoming", document.symbol);
            let help = "when it is issued, take `forthcoming` away and write the `date` of issue";
            let at = entry.symbol.span;
            diagnostics.push(Diagnostic::of(&DOCUMENT_FORTHCOMING, at, message).help(help));
            announced.push(index);
            continue;
        }
        if entry.is_some_and(|entry| entry.date.is_some() || entry.url.is_some()) {
            continue;
        }
        let place = places.get(&DocumentId(index)).copied();
        if let Some(place) = place {
            let message = format!("the text says that `{}` is forthcoming", document.symbol);
            let help = "when it is issued, register it in `content/documents.yaml` with its `date`";
            diagnostics.push(Diagnostic::of(&DOCUMENT_FORTHCOMING, place, message).help(help));
            announced.push(index);
        }
    }
    for index in announced {
        site.documents[index].forthcoming = true;
    }
}

/// Says which registered documents nothing points at.
fn unused(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    for document in &site.documents {
        let Some(entry) = &document.entry else { continue };
        let relations =
            [&document.based_on, &document.basis_of, &document.supersedes, &document.superseded_by];
        let is_related = relations.iter().any(|related| !related.is_empty());
        let is_report = || {
            let symbols = site.reports.iter().filter_map(|report| report.front.symbol.as_ref());
            symbols.map(|symbol| document_key(symbol)).any(|symbol| symbol == document.symbol)
        };
        if document.cited.is_empty() && !is_related && !is_report() {
            let message = format!("no text cites `{}`", document.symbol);
            let help = "cite it, or take it out of the register";
            diagnostics
                .push(Diagnostic::of(&UNUSED_DOCUMENT, entry.symbol.span, message).help(help));
        }
    }
}

/// Which documents each recommendation and report cites.
fn per_source(site: &mut Site) {
    let mut of_recommendation: Vec<Vec<((usize, usize), DocumentId)>> =
        vec![Vec::new(); site.recommendations.len()];
    let mut of_report = vec![Vec::new(); site.reports.len()];
    for (index, document) in site.documents.iter().enumerate() {
        for citation in &document.cited {
            // By first citation in the text; evidence after it.
            let place = (citation.text, citation.found.unwrap_or(usize::MAX));
            match citation.source {
                Source::Recommendation(id) => {
                    of_recommendation[id.0].push((place, DocumentId(index)));
                    of_report[site.recommendation(id).report.0].push(DocumentId(index));
                }
                Source::Report(id) => of_report[id.0].push(DocumentId(index)),
                Source::Page(_) => {}
            }
        }
    }
    for (recommendation, mut cited) in site.recommendations.iter_mut().zip(of_recommendation) {
        cited.sort_unstable();
        let mut seen = BTreeSet::new();
        cited.retain(|(_, id)| seen.insert(*id));
        recommendation.documents = cited.into_iter().map(|(_, id)| id).collect();
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
        assert_ne!(document_file_name("A/S-30/1"), document_file_name("A/S-30-1"));
        assert_eq!(document_file_name("../x"), "x");
        let name = document_file_name(
            "Стратегия развития до 2050 года и план действий по ее осуществлению",
        );
        assert!(name.starts_with("стратегия-развития") && name.len() <= 80);
    }
}
