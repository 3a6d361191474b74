//! FORMATS: data and feeds. PDFs, and files that are copied, are planned elsewhere.

mod csv;
mod details;
mod feed;
pub mod json;
mod robots;
mod sitemap;

use rayon::prelude::*;

use crate::model::{Download, DownloadOf, Recommendation, Report, Site};

/// A kind of file that is made from the site and is not a page.
pub enum Format {
    /// Recommendations as data.
    Data(DataFormat),
    /// Files about the whole site, for other programs.
    Whole(WholeFormat),
}

/// Data to download: for each report a file of its recommendations in its folder, and for the site one
/// with the facts of all. Texts are only in those of the reports, so that no site has them twice. What
/// recommendations consist of, their actions, say, has a file for the whole site.
pub struct DataFormat {
    /// What `recto export` calls it.
    pub name: &'static str,
    /// The download that pages offer.
    pub download: Download,
    /// Whether a site has anything for it.
    has_rows: fn(&Site) -> bool,
    rows: Rows,
}

/// Files about the whole site.
pub struct WholeFormat {
    /// The addresses of the files: often one, or none.
    pub files: fn(&Site) -> Vec<String>,
    /// The bytes of a file, by its place among them.
    pub render: fn(&Site, usize) -> Vec<u8>,
}

/// How to make a file of rows.
struct Rows {
    /// The rows of some recommendations in the file of a set, separated from each other.
    of: fn(&Site, Set, &[Recommendation]) -> Vec<u8>,
    /// What separates the rows.
    between: &'static [u8],
    /// What comes before the first and after the last.
    around: fn(&Site, Set) -> [Vec<u8>; 2],
}

/// Every format.
pub const FORMATS: &[Format] = &[
    csv::FORMAT,
    json::FORMAT,
    details::ACTIONS,
    details::PARTS,
    details::RESPONDERS,
    feed::FORMAT,
    sitemap::FORMAT,
    robots::FORMAT,
];

/// What a site offers for download.
pub fn downloads(site: &Site) -> Vec<Download> {
    data_formats().filter(|of| (of.has_rows)(site)).map(|of| of.download).collect()
}

/// Every format of data.
pub fn data_formats() -> impl Iterator<Item = &'static DataFormat> {
    FORMATS.iter().filter_map(|format| match format {
        Format::Data(data) => Some(data),
        Format::Whole(_) => None,
    })
}

impl DataFormat {
    /// Every file of it: its address, and what it is about.
    pub fn files(&self, site: &Site) -> impl Iterator<Item = (String, Set)> {
        // What a recommendation consists of is in the data of its report, within its row.
        let reports = match self.download.of {
            DownloadOf::Recommendations(_) => site.reports.len(),
            DownloadOf::Details(_) => 0,
        };
        let sets = [Set::Facts].into_iter().chain((0..reports).map(Set::Report));
        let has_rows = (self.has_rows)(site);
        sets.filter(move |_| has_rows).map(|set| (self.address(site, set), set))
    }

    /// The address of the file of a set.
    pub fn address(&self, site: &Site, set: Set) -> String {
        let file = self.download.file;
        set.report(site).map_or(file.to_owned(), |report| format!("{}/{file}", report.place))
    }

    /// The bytes of a file. Its rows are made on all processors.
    pub fn render(&self, site: &Site, set: Set) -> Vec<u8> {
        let rows = &self.rows;
        let [before, after] = (rows.around)(site, set);
        let pieces = set.recommendations(site).par_chunks(32);
        let pieces: Vec<Vec<u8>> = pieces.map(|piece| (rows.of)(site, set, piece)).collect();
        let mut bytes = Vec::with_capacity(set.room(site));
        bytes.extend(before);
        let start = bytes.len();
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            if bytes.len() > start {
                bytes.extend(rows.between);
            }
            bytes.extend(piece);
        }
        bytes.extend(after);
        bytes
    }
}

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// All recommendations with their texts: what `recto export` writes.
    Site,
    /// All recommendations without their texts.
    Facts,
    /// One report, by its index in [`Site::reports`].
    Report(usize),
}

impl Set {
    /// The report, if it is about one.
    pub fn report(self, site: &Site) -> Option<&Report> {
        match self {
            Self::Site | Self::Facts => None,
            Self::Report(index) => Some(&site.reports[index]),
        }
    }

    /// Its recommendations, in order.
    pub fn recommendations(self, site: &Site) -> &[Recommendation] {
        let all = site.recommendations.as_slice();
        self.report(site).map_or(all, |report| &all[report.recommendations.clone()])
    }

    /// Enough room for the whole file, so that one of many megabytes is not moved while it grows.
    /// Unused room costs nothing, because no byte of it is touched.
    fn room(self, site: &Site) -> usize {
        let texts = self.recommendations(site).iter().map(|of| match self {
            Self::Facts => 0,
            Self::Site | Self::Report(_) => of.texts.original.source.len(),
        });
        texts.map(|length| 2 * length + 4096).sum()
    }
}
