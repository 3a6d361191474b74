//! FORMATS: data and feeds. PDFs, and files that are copied, are planned elsewhere.

mod csv;
mod feed;
pub mod json;
mod robots;
mod sitemap;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::{Download, Recommendation, Report, Site};

/// A kind of file that is made from the site and is not a page.
pub enum Format {
    /// Recommendations as data.
    Data(DataFormat),
    /// Files about the whole site, for other programs.
    Whole(WholeFormat),
}

/// Recommendations as data to download: a file for the site, and one for each report in its folder.
pub struct DataFormat {
    /// What `recto export` calls it.
    pub name: &'static str,
    /// The download that pages offer.
    pub download: Download,
    rows: Rows,
}

/// Files about the whole site.
pub struct WholeFormat {
    /// The addresses of the files: often one, or none.
    pub files: fn(&Site) -> Vec<String>,
    /// The bytes of a file, by its place among them.
    pub render: fn(&Site, usize) -> Vec<u8>,
}

/// How to make a file that has a row for each recommendation. The row is the same in the file of
/// the report and in that of the site.
struct Rows {
    /// The rows of some recommendations, separated from each other.
    of: fn(&Site, &[Recommendation]) -> Vec<u8>,
    /// What separates the rows.
    between: &'static [u8],
    /// What comes before the first and after the last.
    around: fn(&Site, Set) -> [Vec<u8>; 2],
}

/// Every format.
pub const FORMATS: &[Format] =
    &[csv::FORMAT, json::FORMAT, feed::FORMAT, sitemap::FORMAT, robots::FORMAT];

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
        let reports = (0..site.reports.len()).map(Set::Report);
        [Set::Site].into_iter().chain(reports).map(|set| (self.address(site, set), set))
    }

    /// The address of the file of a set.
    pub fn address(&self, site: &Site, set: Set) -> String {
        let file = self.download.file;
        set.report(site).map_or(file.to_owned(), |report| format!("{}/{file}", report.place))
    }

    /// The bytes of a file.
    pub fn render(&self, site: &Site, set: Set) -> Vec<u8> {
        self.rows.file(site, set).filled(site, set).end()
    }

    /// Makes the files of some sets, and hands each one over. The row of a recommendation is made
    /// once, although two files have it.
    ///
    /// # Errors
    ///
    /// What `take` fails with.
    pub fn render_each<E>(
        &self,
        site: &Site,
        sets: &BTreeSet<Set>,
        mut take: impl FnMut(Set, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let rows = &self.rows;
        if !sets.contains(&Set::Site) {
            return sets.iter().try_for_each(|set| take(*set, self.render(site, *set)));
        }
        let mut whole = rows.file(site, Set::Site);
        for report in (0..site.reports.len()).map(Set::Report) {
            let file = rows.file(site, report).filled(site, report);
            whole.push(file.rows());
            if sets.contains(&report) {
                take(report, file.end())?;
            }
        }
        take(Set::Site, whole.end())
    }
}

impl Rows {
    /// A file of a set, without a row yet.
    fn file(&self, site: &Site, set: Set) -> RowsFile<'_> {
        let [before, after] = (self.around)(site, set);
        let mut bytes = Vec::with_capacity(set.room(site));
        bytes.extend(before);
        RowsFile { of: self, before: bytes.len(), bytes, after }
    }
}

/// A file of rows while it is made.
struct RowsFile<'a> {
    of: &'a Rows,
    bytes: Vec<u8>,
    /// How many bytes come before the first row.
    before: usize,
    after: Vec<u8>,
}

impl RowsFile<'_> {
    /// The file with the rows of a set, made on all processors.
    fn filled(mut self, site: &Site, set: Set) -> Self {
        let pieces = set.recommendations(site).par_chunks(32);
        let pieces: Vec<Vec<u8>> = pieces.map(|piece| (self.of.of)(site, piece)).collect();
        pieces.iter().for_each(|rows| self.push(rows));
        self
    }

    fn rows(&self) -> &[u8] {
        &self.bytes[self.before..]
    }

    fn push(&mut self, rows: &[u8]) {
        if !rows.is_empty() && !self.rows().is_empty() {
            self.bytes.extend(self.of.between);
        }
        self.bytes.extend(rows);
    }

    fn end(mut self) -> Vec<u8> {
        self.bytes.extend(self.after);
        self.bytes
    }
}

/// What a file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// The site.
    Site,
    /// One report, by its index in [`Site::reports`].
    Report(usize),
}

impl Set {
    /// The report, if it is about one.
    pub fn report(self, site: &Site) -> Option<&Report> {
        match self {
            Self::Site => None,
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
        let texts = self.recommendations(site).iter().map(|of| of.texts.original.source.len());
        texts.map(|length| 2 * length + 4096).sum()
    }
}
