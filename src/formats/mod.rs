//! FORMATS: everything that is not a page.

mod csv;
mod feed;
pub mod json;
mod robots;
mod sitemap;

use crate::model::{Recommendation, Site};

/// A kind of file made from the site.
pub struct Format {
    /// Its name, as `recto export` calls it.
    pub name: &'static str,
    /// Every file of it: its address, and what it is about.
    pub files: fn(&Site) -> Vec<(String, Set)>,
    /// The bytes of one.
    pub render: fn(&Site, Set) -> Vec<u8>,
}

/// Every format.
pub const FORMATS: &[Format] =
    &[csv::FORMAT, json::FORMAT, feed::FORMAT, sitemap::FORMAT, robots::FORMAT];

/// The recommendations that a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// All of the site.
    Site,
    /// Those of one report, by its index in [`Site::reports`].
    Report(usize),
}

impl Set {
    /// Its recommendations, in order.
    pub fn recommendations(self, site: &Site) -> &[Recommendation] {
        match self {
            Self::Site => &site.recommendations,
            Self::Report(index) => {
                &site.recommendations[site.reports[index].recommendations.clone()]
            }
        }
    }

    /// Room for all of it with everything around the texts, so that a file of many megabytes is not
    /// moved while it grows. What is not used costs nothing: no byte of it is touched.
    fn room(self, site: &Site) -> usize {
        let texts = self.recommendations(site).iter().map(|of| of.texts.original.source.len());
        texts.map(|length| 2 * length + 4096).sum()
    }

    /// A data file for the site, and one for each report in its folder.
    fn each(site: &Site, file: &str) -> Vec<(String, Self)> {
        let reports = site.reports.iter().enumerate();
        let reports = reports.map(|(i, r)| (format!("{}/{file}", r.folder), Self::Report(i)));
        [(file.to_owned(), Self::Site)].into_iter().chain(reports).collect()
    }
}

/// The full address of a page where the site's is known, or else its path.
fn url(site: &Site, address: &str) -> String {
    let path = crate::model::relative("index.html", address);
    match site.config.base_url() {
        Some(base) => format!("{base}/{path}"),
        None => path,
    }
}
