//! Every address on another site that a site links to.

use std::collections::BTreeMap;

use crate::model::{Evidence, LinkKind, Site};
use crate::references::{Key, SchemeId};
use crate::source::{Span, Spanned};

/// The web addresses that a site links to, without their `#…`, which is never sent to a host, each
/// with its places in the order of the files.
pub fn addresses(site: &Site) -> BTreeMap<String, Vec<Span>> {
    let mut addresses: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut add = |address: &str, place: Span| {
        let address = address.split('#').next().unwrap_or(address);
        let lower = address.to_ascii_lowercase();
        if lower.starts_with("https://") || lower.starts_with("http://") {
            addresses.entry(address.to_owned()).or_default().push(place);
        }
    };
    for text in site.sources().flat_map(|source| site.texts_of(source).all()) {
        for link in &text.links {
            if let LinkKind::Outside(address) = &link.kind {
                add(address, link.span);
            }
        }
        for found in text.found.iter().filter(|found| found.scheme == SchemeId::WebAddress) {
            if let Key::Address(address) = &found.key {
                add(address, found.span);
            }
        }
    }
    for recommendation in &site.recommendations {
        let folder = &site.report(recommendation.report).folder;
        for evidence in site.documents_typed_in(recommendation) {
            if let Evidence::Address(address) = Evidence::of(evidence, folder) {
                add(address, evidence.span);
            }
        }
    }
    let documents = site.documents.iter().filter_map(|one| one.entry.as_ref()?.url.as_ref());
    let units = site.units.iter().filter_map(|unit| unit.entry.as_ref()?.contact.as_ref());
    documents.chain(units).for_each(|Spanned { value, span }| add(value, *span));
    for places in addresses.values_mut() {
        places.sort_unstable();
        places.dedup();
    }
    addresses
}
