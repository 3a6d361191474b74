//! The register of documents: what is cited or registered, and where each is cited.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::names::slug;
use super::order::{Ordered, places};
use crate::config::OwnFacts;
use crate::diagnostics::{Diagnostic, Rule};
use crate::model::{
    Citation, Distinct, Document, DocumentEntry, DocumentId, DocumentIds, Evidence, Said, Source,
    Texts, document_and_place,
};
use crate::references::{Key, document_key, halves, is_symbol};
use crate::source::Spanned;

pub(crate) const DUPLICATE_DOCUMENT: Rule = Rule {
    code: "duplicate-document",
    summary: "a document that is in `documents.yaml` twice",
    explanation: "Capitals make no difference in a symbol.",
    wrong: &["# content/documents.yaml\n- symbol: A/RES/70/1\n- symbol: a/res/70/1"],
    right: &["# content/documents.yaml\n- symbol: A/RES/70/1\n- symbol: A/RES/70/2"],
    ..Rule::UNREAD
};

/// The documents of a site.
pub(super) struct Documents {
    pub(super) list: Vec<Document>,
    /// Which document a canonical symbol in capitals is.
    pub(super) ids: DocumentIds,
    /// The documents that each recommendation cites.
    pub(super) of_recommendations: Vec<Vec<DocumentId>>,
    /// The documents that each report cites.
    pub(super) of_reports: Vec<Vec<DocumentId>>,
}

/// Makes the documents of a site from its register and its citations.
pub(super) fn documents(
    ordered: &Ordered,
    register: Vec<DocumentEntry>,
    facts: Option<&OwnFacts>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Documents {
    let named = named(ordered, register, facts, diagnostics);
    let ids = named.ids();
    let find = |symbol: &str| ids.get(symbol);
    let said = Announced::of(ordered, find);
    let based_on = Pairs::of(&named, find, |entry| &entry.based_on.0, said.based_on);
    let supersedes = Pairs::of(&named, find, |entry| &entry.supersedes.0, BTreeSet::new());
    let mut names = Distinct::default();
    let document =
        |(index, (symbol, entry, cited)): (usize, (String, Option<DocumentEntry>, _))| {
            let id = DocumentId(index);
            // The register knows better than a text whether it has been issued.
            let is_issued = entry.as_ref().is_some_and(|it| it.date.is_some() || it.url.is_some());
            let is_marked = entry.as_ref().is_some_and(|entry| entry.forthcoming);
            Document {
                address: format!("documents/{}.html", names.name(&document_file_name(&symbol))),
                symbol,
                entry,
                cited,
                forthcoming: is_marked || !is_issued && said.forthcoming.contains(&id),
                based_on: based_on.from(id),
                basis_of: based_on.to(id),
                supersedes: supersedes.from(id),
                superseded_by: supersedes.to(id),
            }
        };
    let named = named.by_symbol.into_values().map(|it| (it.symbol, it.entry, it.cited));
    let list: Vec<Document> = named.enumerate().map(document).collect();
    let (of_recommendations, of_reports) = per_source(ordered, &list);
    Documents { list, ids, of_recommendations, of_reports }
}

/// Documents by their symbols. The halves of a double symbol are one document.
#[derive(Default)]
struct BySymbol {
    /// By the canonical symbol in capitals.
    by_symbol: BTreeMap<String, NamedDocument>,
    /// Which double symbol a half, in capitals, belongs to.
    doubles: BTreeMap<String, String>,
}

/// A document that is named somewhere.
struct NamedDocument {
    symbol: String,
    entry: Option<DocumentEntry>,
    cited: Vec<Citation>,
}

impl BySymbol {
    fn know_doubles(&mut self, symbols: impl Iterator<Item = String>) {
        for symbol in symbols {
            if let (first, Some(second)) = halves(&symbol) {
                for half in [first, second] {
                    self.doubles.entry(half.to_uppercase()).or_insert_with(|| symbol.clone());
                }
            }
        }
    }

    /// The document of a symbol, made if it is new.
    fn of(&mut self, symbol: String) -> &mut NamedDocument {
        let double = self.doubles.get(&symbol.to_uppercase()).cloned();
        let symbol = double.unwrap_or(symbol);
        let key = symbol.to_uppercase();
        let new = || NamedDocument { symbol, entry: None, cited: Vec::new() };
        self.by_symbol.entry(key).or_insert_with(new)
    }

    /// Which document each symbol means, halves of double symbols too.
    fn ids(&self) -> DocumentIds {
        let mut ids = DocumentIds::default();
        for (index, key) in self.by_symbol.keys().enumerate() {
            ids.add(key, DocumentId(index));
        }
        for (half, double) in &self.doubles {
            if let Some(id) = ids.get(double) {
                ids.add(half, id);
            }
        }
        ids
    }
}

/// Every document that the register, a text or a piece of evidence names.
fn named(
    ordered: &Ordered,
    register: Vec<DocumentEntry>,
    facts: Option<&OwnFacts>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BySymbol {
    let registered = register.iter().map(|entry| document_key(&entry.symbol).to_uppercase());
    let citations = citations(ordered, &registered.collect(), facts);
    let mut named = BySymbol::default();
    named.know_doubles(register.iter().map(|entry| document_key(&entry.symbol)));
    named.know_doubles(citations.iter().map(|(symbol, _)| symbol.to_string()));
    named.know_doubles(register.iter().flat_map(related));
    for entry in register {
        let document = named.of(document_key(&entry.symbol));
        if let Some(first) = document.entry.as_ref() {
            let message = format!("`{}` is registered twice", entry.symbol.value);
            diagnostics.push(
                Diagnostic::of(&DUPLICATE_DOCUMENT, entry.symbol.span, message)
                    .label(first.symbol.span, "first registered here"),
            );
            continue;
        }
        let related: Vec<String> = related(&entry).collect();
        document.entry = Some(entry);
        for symbol in related {
            named.of(symbol);
        }
    }
    for (symbol, cited) in citations {
        named.of(symbol.into_owned()).cited.extend(cited);
    }
    // One document may have several spellings. Evidence comes after the text.
    for document in named.by_symbol.values_mut() {
        document.cited.sort_by_key(|c| (c.source, c.found.is_none(), c.text, c.found));
    }
    named
}

/// The symbols of the documents that a document builds on or replaces.
fn related(entry: &DocumentEntry) -> impl Iterator<Item = String> {
    entry.based_on.0.iter().chain(&entry.supersedes.0).map(|symbol| document_key(symbol))
}

/// Every symbol that is cited, in the order of first citation, with its places in the order of the
/// recommendations, reports and pages.
fn citations<'s>(
    ordered: &'s Ordered,
    registered: &BTreeSet<String>,
    facts: Option<&OwnFacts>,
) -> Vec<(Cow<'s, str>, Vec<Citation>)> {
    let mut all: Vec<(Cow<'s, str>, Vec<Citation>)> = Vec::new();
    let mut indexes: HashMap<Cow<'s, str>, usize> = HashMap::new();
    let of_source = |(source, texts): &(Source, &'s Texts)| -> Vec<(Cow<'s, str>, Citation)> {
        let source = *source;
        let mut cited: Vec<_> = places(source, texts)
            .filter_map(|(citation, found)| match &found.key {
                Key::Document(symbol) => Some((Cow::Borrowed(symbol.as_ref()), citation)),
                _ => None,
            })
            .collect();
        for (text, of) in texts.all().enumerate() {
            let named = of.in_facts.iter().filter_map(|found| match &found.key {
                Key::Document(symbol) => Some(Cow::Borrowed(symbol.as_ref())),
                _ => None,
            });
            let citation = Citation { source, text, found: None };
            cited.extend(named.map(|symbol| (symbol, citation)));
        }
        let Source::Recommendation(id) = source else { return cited };
        let one = &ordered.recommendations[id.0];
        let folder = &ordered.reports[one.report.0].folder;
        let is_registered = |name: &str| registered.contains(&document_key(name).to_uppercase());
        for typed in one.typed_documents(facts) {
            let (document, _) = document_and_place(typed, is_registered);
            let symbol = match Evidence::of(document, folder) {
                Evidence::Document(symbol) => symbol,
                _ if is_registered(document) => document_key(document),
                _ => continue,
            };
            cited.push((symbol.into(), Citation { source, text: 0, found: None }));
        }
        cited
    };
    let sources: Vec<(Source, &Texts)> = ordered.sources().collect();
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

/// What texts say about documents that they cite.
struct Announced {
    /// The documents that a text calls forthcoming.
    forthcoming: BTreeSet<DocumentId>,
    /// "X, forthcoming, based on in-session document Y", both by their ids.
    based_on: BTreeSet<(DocumentId, DocumentId)>,
}

impl Announced {
    fn of(ordered: &Ordered, find: impl Fn(&str) -> Option<DocumentId>) -> Self {
        let mut announced = Self { forthcoming: BTreeSet::new(), based_on: BTreeSet::new() };
        for text in ordered.sources().flat_map(|(_, texts)| texts.all()) {
            let document = |found: usize| match &text.found[found].key {
                Key::Document(symbol) => find(symbol),
                _ => None,
            };
            for said in &text.said {
                match *said {
                    Said::Forthcoming(of) => announced.forthcoming.extend(document(of)),
                    Said::BasedOn(first, second) => {
                        announced.based_on.extend(document(first).zip(document(second)));
                    }
                }
            }
        }
        announced
    }
}

/// A relation between documents, from both ends.
struct Pairs {
    forwards: BTreeSet<(DocumentId, DocumentId)>,
    backwards: BTreeSet<(DocumentId, DocumentId)>,
}

impl Pairs {
    /// The pairs of the register and of the texts.
    fn of(
        named: &BySymbol,
        find: impl Fn(&str) -> Option<DocumentId>,
        others: impl Fn(&DocumentEntry) -> &[Spanned<String>],
        said: BTreeSet<(DocumentId, DocumentId)>,
    ) -> Self {
        let entries = named.by_symbol.values().map(|document| document.entry.as_ref()).enumerate();
        let registered = entries.flat_map(|(index, entry)| {
            let others = entry.map(&others).unwrap_or_default().iter();
            let found = others.filter_map(|symbol| find(&document_key(symbol)));
            found.map(move |other| (DocumentId(index), other)).collect::<Vec<_>>()
        });
        // A document is not based on itself, whatever a text says.
        let forwards: BTreeSet<_> =
            registered.chain(said).filter(|(document, other)| document != other).collect();
        let backwards = forwards.iter().map(|(document, other)| (*other, *document)).collect();
        Self { forwards, backwards }
    }

    fn from(&self, id: DocumentId) -> Vec<DocumentId> {
        others(&self.forwards, id)
    }

    fn to(&self, id: DocumentId) -> Vec<DocumentId> {
        others(&self.backwards, id)
    }
}

fn others(pairs: &BTreeSet<(DocumentId, DocumentId)>, id: DocumentId) -> Vec<DocumentId> {
    let own = pairs.range((id, DocumentId(0))..=(id, DocumentId(usize::MAX)));
    own.map(|(_, other)| *other).collect()
}

/// Which documents each recommendation and each report cites.
fn per_source(
    ordered: &Ordered,
    documents: &[Document],
) -> (Vec<Vec<DocumentId>>, Vec<Vec<DocumentId>>) {
    let mut of_recommendations: Vec<Vec<((usize, usize), DocumentId)>> =
        vec![Vec::new(); ordered.recommendations.len()];
    let mut of_reports: Vec<BTreeSet<DocumentId>> = vec![BTreeSet::new(); ordered.reports.len()];
    for (index, document) in documents.iter().enumerate() {
        for citation in &document.cited {
            // By first citation in the text; evidence after it.
            let place = (citation.text, citation.found.unwrap_or(usize::MAX));
            match citation.source {
                Source::Recommendation(id) => {
                    of_recommendations[id.0].push((place, DocumentId(index)));
                    of_reports[ordered.recommendations[id.0].report.0].insert(DocumentId(index));
                }
                Source::Report(id) => {
                    of_reports[id.0].insert(DocumentId(index));
                }
                Source::Page(_) => {}
            }
        }
    }
    let in_order = |mut cited: Vec<((usize, usize), DocumentId)>| {
        cited.sort_unstable();
        let mut seen = BTreeSet::new();
        cited.retain(|(_, id)| seen.insert(*id));
        cited.into_iter().map(|(_, id)| id).collect()
    };
    let of_recommendations = of_recommendations.into_iter().map(in_order).collect();
    let of_reports = of_reports.into_iter().map(|cited| cited.into_iter().collect()).collect();
    (of_recommendations, of_reports)
}

/// A symbol as the name of a file, readable and unique: `/` becomes `_`, which no symbol contains,
/// and anything unusual becomes its code point. The same goes for names that are not symbols.
pub fn document_file_name(symbol: &str) -> String {
    if !is_symbol(symbol) {
        return slug(symbol);
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
