//! Where the links of a PDF lead.

use super::recommendation_label;
use crate::language::Words;
use crate::model::{RecommendationId, Report, Site, SitePlace, Target, relative};

/// Where a text is drawn.
#[derive(Clone, Copy)]
pub struct PdfScope<'a> {
    /// The site.
    pub site: &'a Site,
    /// The report, whose recommendations are linked within the PDF.
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

impl PdfScope<'_> {
    /// The words of the language of the PDF.
    pub(super) fn words(&self) -> &Words {
        self.site.words(self.language)
    }

    /// The address of a place on the site: in full where the site's address is known, or else as seen
    /// from the PDF.
    pub fn address_of<'p>(&self, to: impl Into<SitePlace<'p>>) -> String {
        match self.site.config.base_url() {
            Some(base) => format!("{base}/{}", relative("index.html", to)),
            None => relative(self.address, to),
        }
    }

    /// The same for a page, in the language of the PDF.
    pub fn address_of_page<'p>(&self, to: impl Into<SitePlace<'p>>) -> String {
        let to = to.into();
        let path = &self.site.in_language(to.path, self.language);
        self.address_of(SitePlace { path, ..to })
    }

    fn recommendation(&self, id: RecommendationId) -> Destination {
        match self.report.recommendations.contains(&id.0) {
            true => Destination::Label(recommendation_label(self.report, id)),
            false => {
                Destination::Address(self.address_of_page(&self.site.recommendation(id).address))
            }
        }
    }

    /// Where something leads, from the PDF; none for a heading, which has no label there.
    /// Abbreviations lead to the list of them.
    pub(super) fn destination(&self, to: &Target<'_>) -> Option<Destination> {
        match to.recommendation() {
            Some(id) => Some(self.recommendation(id)),
            None => self.address(to).map(Destination::Address),
        }
    }

    /// The address of something; none for a heading or an abbreviation.
    pub fn address(&self, to: &Target<'_>) -> Option<String> {
        Some(match to {
            Target::Document(document) => match document.readable_at(self.language) {
                Some(address) => address,
                None => self.address_of_page(&document.address),
            },
            Target::Goal(sdg, _) => sdg.url(),
            Target::Page { address, .. } => self
                .address_of_page(SitePlace { path: address, anchor: to.anchor_in(self.language) }),
            Target::File { address, anchor, .. } => {
                self.address_of(SitePlace { path: address, anchor: *anchor })
            }
            Target::Outside(address) => address.to_string(),
            Target::Anchor(_) | Target::Term(_) => return None,
        })
    }
}
