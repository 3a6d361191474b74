//! A site, with the plan of its output.

#[cfg(feature = "pdf")]
use std::sync::OnceLock;

use chrono::NaiveDate;

use super::sizes::FileSizes;
use super::{Plan, SitePart};
use crate::assemble::Options;
use crate::diagnostics::Diagnostic;
use crate::model::{Printout, Site};
use crate::pages::BuiltFrom;
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::source::{Digest, Input};
use crate::theme::Theme;

/// A site, ready to be rendered path by path.
pub struct Build {
    /// What it was made from.
    pub input: Input,
    options: Options,
    /// The finished site.
    pub site: Site,
    /// The site as it stood on each day of which a report has an earlier edition, the first day first.
    pub earlier: Vec<Site>,
    /// What its pages look like.
    pub theme: Theme,
    /// Every path and how to make it.
    pub plan: Plan,
    /// What is wrong with the content, in file order.
    pub diagnostics: Vec<Diagnostic>,
    /// What the foot of each page says of the build; nothing unless it was asked for, so that the
    /// same content gives the same bytes.
    pub built_from: Option<BuiltFrom>,
    pub(super) sizes: FileSizes,
    /// The fonts of the PDFs, read when the first is made.
    #[cfg(feature = "pdf")]
    fonts: OnceLock<pdf::Fonts>,
}

impl Build {
    /// A site that was assembled with these options. Nothing is rendered yet.
    pub fn new(
        input: Input,
        options: Options,
        site: Site,
        earlier: Vec<Site>,
        theme: Theme,
        plan: Plan,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let sizes = FileSizes::of(&plan);
        Self {
            input,
            options,
            site,
            earlier,
            theme,
            plan,
            diagnostics,
            built_from: None,
            sizes,
            #[cfg(feature = "pdf")]
            fonts: OnceLock::new(),
        }
    }

    /// A digest that changes whenever a page or a data file would. The content of copied files, and
    /// the PDFs made from them, are not part of it. The day counts only as far as pages show it, so
    /// a site that does not show it has the same digest every day.
    pub fn digest(&self) -> Digest {
        let program = (env!("RECTO_SOURCES"), cfg!(feature = "pdf"));
        let days: Vec<NaiveDate> = self.site.reports.iter().map(|report| report.as_at).collect();
        let today = self.site.updates.is_empty().then_some(self.site.today);
        let files = self.input.digest_of_files();
        let base_url = self.site.config.base_url();
        Digest::of(&(program, self.options, base_url, &self.built_from, files, days, today))
    }

    /// Leaves out what is not in a part of the site.
    pub fn keep(&mut self, part: &SitePart) {
        self.plan.keep(part, &self.site);
    }

    /// Every PDF by its path.
    pub fn pdfs(&self) -> impl Iterator<Item = (&str, Printout)> {
        let recipes = self.plan.recipes.iter();
        recipes.filter_map(|(path, recipe)| Some((path.as_str(), recipe.printout()?)))
    }

    /// The site, or the earlier one, of which a PDF is.
    pub fn site_of(&self, printout: Printout) -> &Site {
        printout.earlier.map_or(&self.site, |index| &self.earlier[index])
    }

    /// What a PDF is made from.
    #[cfg(feature = "pdf")]
    pub fn making(&self, printout: Printout) -> pdf::Making<'_> {
        let fonts = self.fonts.get_or_init(|| pdf::Fonts::of(&self.input));
        pdf::Making {
            site: self.site_of(printout),
            earlier: &self.earlier,
            theme: &self.theme,
            input: &self.input,
            fonts,
        }
    }
}
