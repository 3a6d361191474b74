//! Where the links of a PDF lead.

use super::recommendation_label;
use crate::assemble::{FileTarget, file_target, linked_recommendation, readable_at};
use crate::model::{Document, Link, LinkKind, RecommendationId, Report, Site, relative};

/// Where a text is drawn.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The site.
    pub site: &'a Site,
    /// The report, whose recommendations are jumped to.
    pub report: &'a Report,
    /// The address of the PDF.
    pub address: &'a str,
    /// The tag of the language of the PDF.
    pub language: &'a str,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// An address.
    Address(String),
    /// A place in the PDF.
    Label(String),
}

impl Scope<'_> {
    /// The address of something of the site, by its path from the site's top: in full where the
    /// site's address is known, or else as seen from the PDF.
    pub fn address_of(&self, path: &str) -> String {
        match self.site.config.base_url() {
            Some(base) => format!("{base}/{}", relative("index.html", path)),
            None => relative(self.address, path),
        }
    }

    /// The same of a page, in the language of the PDF.
    pub fn address_of_page(&self, path: &str) -> String {
        self.address_of(&self.site.in_language(path, self.language))
    }

    fn recommendation(&self, id: RecommendationId) -> Destination {
        match self.report.recommendations.contains(&id.0) {
            true => Destination::Label(recommendation_label(self.report, id)),
            false => {
                Destination::Address(self.address_of_page(&self.site.recommendation(id).address))
            }
        }
    }

    pub(super) fn document(&self, document: &Document) -> Destination {
        match readable_at(document, self.language) {
            Some(address) => Destination::Address(address),
            None => Destination::Address(self.address_of_page(&document.address)),
        }
    }

    pub(super) fn link(&self, link: &Link) -> Option<Destination> {
        let site = self.site;
        match &link.kind {
            LinkKind::Refused => None,
            LinkKind::Outside(address) => Some(Destination::Address(address.clone())),
            // Headings have no labels: the page of the text has them.
            LinkKind::Anchor(_) => None,
            LinkKind::Recommendation(_) => linked_recommendation(site, Some(self.report), link)
                .map(|id| self.recommendation(id)),
            LinkKind::File { path, .. } if site.recommendation_files.contains_key(path) => {
                Some(self.recommendation(site.recommendation_files[path]))
            }
            LinkKind::File { path, anchor } => {
                let anchor = anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
                Some(Destination::Address(match file_target(site, path)? {
                    FileTarget::Page(address) => {
                        self.address_of_page(&format!("{address}{anchor}"))
                    }
                    FileTarget::File(address) => self.address_of(&format!("{address}{anchor}")),
                }))
            }
        }
    }
}
