//! The whole build on one screen: what we were given in, what we would publish out.

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::assemble::{Options, assemble};
use crate::checks;
use crate::content::ContentReader;
use crate::diagnostics::{self, Diagnostic, Level, Severity};
use crate::model::Site;
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::plan::{Build, plan};
use crate::rules;
use crate::source::Input;
use crate::theme::Theme;

/// How a site is built, apart from its files.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The options of the command line.
    pub options: Options,
    /// Where the site will be published, if not where `site.yaml` says.
    pub base_url: Option<String>,
    /// The levels that were typed for codes.
    pub levels: Vec<(String, Level)>,
}

/// Makes a site from what we were given. This never fails: what is wrong is in the diagnostics.
pub fn build(input: Input, options: Options, base_url: Option<&str>) -> Build {
    let base_url = base_url.map(str::to_owned);
    Builder::new(Settings { options, base_url, levels: Vec::new() }).build(input)
}

/// Builds a site, and builds it again when files have changed. Only the files that changed are read
/// again; everything else is made again each time, by the same steps, so that the result depends
/// only on the input.
#[derive(Default)]
pub struct Builder {
    options: Options,
    levels: Vec<(String, Level)>,
    reader: ContentReader,
}

impl Builder {
    /// A builder that has built nothing yet.
    pub fn new(Settings { options, base_url, levels }: Settings) -> Self {
        Self { options, levels, reader: ContentReader::new(base_url) }
    }

    /// How many texts the last build had to read; the others were known.
    pub fn texts_read(&self) -> usize {
        self.reader.texts_read()
    }

    /// Builds the site from these files, and checks it.
    pub fn build(&mut self, input: Input) -> Build {
        let mut build = self.draft(input);
        let met = std::mem::take(&mut build.diagnostics);
        build.diagnostics = self.check(&build, met);
        build
    }

    /// Builds the site from these files: its pages can be shown. The diagnostics are those met on
    /// the way, in no order: what is an error stays one, but there may be more.
    pub fn draft(&mut self, input: Input) -> Build {
        self.draft_as_at(self.options.as_at, input)
    }

    /// The same on another day than that of the options: as at the reporting date of each report, if
    /// none is given.
    pub fn draft_as_at(&mut self, as_at: Option<NaiveDate>, input: Input) -> Build {
        let options = Options { as_at, ..self.options };
        let mut diagnostics = Vec::new();
        let read = self.reader.read(&input, options.drafts, &mut diagnostics);
        let contents = read.on(as_at);
        let site = assemble(&input, read.settings, contents, options, &mut diagnostics);
        // What is wrong in an earlier edition is wrong in the latest, too.
        let past = |day| {
            let options = Options { as_at: Some(day), edition: Some(day), ..options };
            assemble(&input, read.settings, read.editions_of(day), options, &mut Vec::new())
        };
        let days: Vec<NaiveDate> = site.earlier_days().into_iter().collect();
        let past: Vec<Site> = days.into_par_iter().map(past).collect();
        let theme = Theme::read(&input, &site.languages, &mut diagnostics);
        let plan = plan(&site, &past, &theme, &mut diagnostics);
        Build::new(input, options, site, past, theme, plan, diagnostics)
    }

    /// Checks a draft: gives everything that is wrong with it, including what was met on the way,
    /// in the order of the files and at the levels that were asked for.
    pub fn check(&self, draft: &Build, met: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Build { input, site, .. } = draft;
        let mut diagnostics = met;
        #[cfg(feature = "pdf")]
        pdf::problems_of_all(input, site, &draft.theme, &mut diagnostics);
        checks::run(site, input, &mut diagnostics);
        checks::without_consequences(site, input, &mut diagnostics);
        let asked = rules::AskedLevels::of(site);
        rules::judge(&asked, &self.levels, input, &mut diagnostics);
        diagnostics.extend(asked.mistakes());
        diagnostics::sort(&mut diagnostics);
        diagnostics::withdraw_unsafe(input, &mut diagnostics);
        diagnostics::limit(&mut diagnostics);
        diagnostics
    }
}

/// The errors of a draft, whatever levels its site gives to codes, in no order.
pub fn errors(draft: &Build) -> Vec<Diagnostic> {
    let mut diagnostics = draft.diagnostics.clone();
    checks::run_for_errors(&draft.site, &draft.input, &mut diagnostics);
    checks::without_consequences(&draft.site, &draft.input, &mut diagnostics);
    diagnostics.retain(|one| one.severity == Severity::Error);
    diagnostics
}
