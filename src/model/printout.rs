//! Which PDF: a report in one of the languages that it is written in.

use super::{Layout, Report, Site};
use crate::language::Words;

/// A report in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printout {
    /// The report, as an index of [`Site::reports`].
    pub report: usize,
    /// The language, as an index of [`Site::languages`].
    pub language: usize,
    /// How it is laid out.
    pub layout: Layout,
    /// Of an earlier edition: which of the earlier sites of a build has the report.
    pub earlier: Option<usize>,
    /// Whether it has the address without a language.
    is_plain: bool,
}

impl Printout {
    /// Every printout of a site: each report that has a PDF, in each language it is written in.
    pub fn all(site: &Site) -> impl Iterator<Item = Self> {
        (0..site.reports.len()).flat_map(|report| Self::of(site, report))
    }

    /// The printouts of a report, the one of the site's first language, or else of the original,
    /// first.
    pub fn of(site: &Site, index: usize) -> Vec<Self> {
        match site.reports[index].pdf {
            Some(_) => Self::of_report(site, index),
            None => Vec::new(),
        }
    }

    /// The printouts that a report would have if it had a PDF.
    pub fn of_report(site: &Site, index: usize) -> Vec<Self> {
        let report = &site.reports[index];
        let layout = report.pdf.unwrap_or_default();
        let texts = report.texts.all().map(|text| text.language.as_str());
        let written: Vec<&str> = texts.collect();
        let languages = site.languages.iter().enumerate();
        let mut languages: Vec<usize> = languages
            .filter(|(_, words)| written.contains(&words.tag.as_str()))
            .map(|(language, _)| language)
            .collect();
        if languages.is_empty() {
            languages.push(0);
        }
        // The original's is the plain one, unless there is one in the site's first language.
        let original = site.languages.iter().position(|words| words.tag == written[0]);
        let plain = match languages.contains(&0) {
            true => 0,
            false => original.unwrap_or(languages[0]),
        };
        languages.sort_by_key(|language| *language != plain);
        let printout = |language| Self {
            report: index,
            language,
            layout,
            earlier: None,
            is_plain: language == plain,
        };
        languages.into_iter().map(printout).collect()
    }

    /// The printout that readers of a language are offered.
    pub fn for_readers(site: &Site, report: &Report, language: &str) -> Option<Self> {
        let index = site.reports.binary_search_by(|other| other.folder.cmp(&report.folder)).ok()?;
        let printouts = Self::of(site, index);
        let own = printouts.iter().find(|printout| printout.words(site).tag == language);
        own.or(printouts.first()).copied()
    }

    /// The same of an earlier site of a build.
    #[must_use]
    pub fn of_earlier(self, site: usize) -> Self {
        Self { earlier: Some(site), ..self }
    }

    /// The report.
    pub fn report(self, site: &Site) -> &Report {
        &site.reports[self.report]
    }

    /// The words of its language.
    pub fn words(self, site: &Site) -> &Words {
        &site.languages[self.language]
    }

    /// Its address: `central-asia/central-asia.pdf`.
    pub fn address(self, site: &Site) -> String {
        let Report { folder, place, .. } = self.report(site);
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let path = format!("{place}/{name}.pdf");
        match self.is_plain {
            true => path,
            false => site.in_language(&path, &self.words(site).tag),
        }
    }
}
