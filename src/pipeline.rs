//! The whole build: what we were given in, what we would publish out.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::assemble::{Options, assemble};
use crate::checks;
use crate::config::Config;
use crate::content::{self, Reading, Registers};
use crate::diagnostics::{self, Diagnostic, Level};
use crate::formats::{DataFormat, data_formats};
use crate::language::Languages;
use crate::model::{Download, Edition, Site};
use crate::pages::{Here, Size, redirect};
#[cfg(feature = "pdf")]
use crate::pdf;
use crate::plan::{Plan, Recipe, plan};
use crate::references::Finder;
use crate::rules;
use crate::source::{Digest, File, FileId, Input};
use crate::theme::Theme;
use crate::vocabulary::Vocabulary;

/// A site, ready to be rendered path by path.
pub struct Build {
    /// What it was made from.
    pub input: Input,
    settings: Settings,
    /// The finished site.
    pub site: Site,
    /// What its pages look like.
    pub theme: Theme,
    /// Every path and how to make it.
    pub plan: Plan,
    /// What is wrong with the content, in file order.
    pub diagnostics: Vec<Diagnostic>,
    /// The sizes of the data files, each known once it was made: pages say them.
    sizes: BTreeMap<String, OnceLock<Size>>,
    /// The fonts of the PDFs, read when the first is made.
    #[cfg(feature = "pdf")]
    fonts: OnceLock<pdf::Fonts>,
}

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// What a file of the site holds.
    Copy(FileId),
    /// A PDF. Its pictures are on disk, so it is made by whoever has the disk, and before the pages:
    /// these say how large it is.
    Pdf(Edition),
}

/// What every text of a site is read with.
pub struct Basis {
    /// The words of all languages.
    pub languages: Languages,
    /// The settings.
    pub config: Config,
    /// The words that authors may use.
    pub vocabulary: Vocabulary,
    /// What the registers say.
    pub registers: Registers,
    /// Finds what texts point at.
    pub finder: Finder,
}

impl Basis {
    /// Reads it from the files of a site.
    pub fn read(input: &Input, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let languages = Languages::read(input, diagnostics);
        let config = Config::read(input, &languages, diagnostics);
        let vocabulary = config.vocabulary(&languages);
        let registers = Registers::read(input, &vocabulary, diagnostics);
        let finder = registers.finder(&config, diagnostics);
        Self { languages, config, vocabulary, registers, finder }
    }

    /// What reading a text needs of it.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            config: &self.config,
            languages: &self.languages,
            vocabulary: &self.vocabulary,
            finder: &self.finder,
        }
    }
}

/// What a site is built with, whatever its files hold.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What the command line says about the content.
    pub options: Options,
    /// Where the site will stand, if not where `site.yaml` says.
    pub base_url: Option<String>,
    /// The levels that somebody typed for codes.
    pub levels: Vec<(String, Level)>,
}

/// Makes a site of what we were given. Never fails: what is wrong is in the diagnostics.
pub fn build(input: Input, options: Options, base_url: Option<&str>) -> Build {
    let base_url = base_url.map(str::to_owned);
    Workshop::new(Settings { options, base_url, levels: Vec::new() }).build(input)
}

/// Builds a site, and builds it again when files have changed. Of the files only those are read
/// again that did change; everything else is made anew each time, by the same steps, so that what
/// comes out depends on nothing but the input.
#[derive(Default)]
pub struct Workshop {
    settings: Settings,
    known: Option<Known>,
    memory: content::Memory,
}

/// The basis of the last build, and the files that it may have been made from.
struct Known {
    files: Vec<(FileId, File)>,
    basis: Basis,
    diagnostics: Vec<Diagnostic>,
}

impl Known {
    fn read(input: &Input, base_url: Option<&str>) -> Self {
        let mut diagnostics = Vec::new();
        let mut basis = Basis::read(input, &mut diagnostics);
        if let Some(url) = base_url {
            basis.config.set_base_url(url);
        }
        let files = Self::files(input).map(|(id, file)| (id, file.clone())).collect();
        Self { files, basis, diagnostics }
    }

    /// Whether a basis of these files would be the same. Places in it are those of numbered files.
    fn is_of(&self, input: &Input) -> bool {
        let known = self.files.iter().map(|(id, file)| (*id, file));
        known.eq(Self::files(input))
    }

    /// All that are no texts of the content: settings, registers, words, templates.
    fn files(input: &Input) -> impl Iterator<Item = (FileId, &File)> {
        input.files_with_id().filter(|(_, file)| !file.path.ends_with(".md"))
    }
}

impl Workshop {
    /// A workshop that has built nothing yet.
    pub fn new(settings: Settings) -> Self {
        Self { settings, ..Self::default() }
    }

    /// Builds the site from these files, and checks it.
    pub fn build(&mut self, input: Input) -> Build {
        let mut build = self.draft(input);
        let met = std::mem::take(&mut build.diagnostics);
        build.diagnostics = self.check(&build, met);
        build
    }

    /// Builds the site from these files: its pages can be shown. What is wrong is what was met on the
    /// way, as it came: errors among it are errors, but there may be more.
    pub fn draft(&mut self, input: Input) -> Build {
        let mut diagnostics = content::unread(&input);
        let known = self.known.take().filter(|known| known.is_of(&input));
        let known = known.unwrap_or_else(|| {
            // What was read with other settings is worth nothing.
            self.memory = content::Memory::default();
            Known::read(&input, self.settings.base_url.as_deref())
        });
        let known = self.known.insert(known);
        let is_to_be_kept = known.diagnostics.len() <= content::MANY;
        match is_to_be_kept {
            true => diagnostics.extend(known.diagnostics.iter().cloned()),
            false => diagnostics.append(&mut known.diagnostics),
        }
        let reading = known.basis.reading();
        let contents = content::read(&input, &reading, &mut self.memory, &mut diagnostics);
        let Basis { languages, config, registers, .. } = &known.basis;
        let (config, registers) = (config.clone(), registers.clone());
        let options = self.settings.options;
        let site =
            assemble(&input, config, languages, registers, contents, options, &mut diagnostics);
        self.known.take_if(|_| !is_to_be_kept);
        let theme = Theme::read(&input, &site.languages, &mut diagnostics);
        let plan = plan(&site, &theme, &mut diagnostics);
        Build::new(input, self.settings.clone(), site, theme, plan, diagnostics)
    }

    /// Checks a draft: all that is wrong with it, what was met on the way included, in the order of
    /// the files, at the levels that were asked for.
    pub fn check(&self, draft: &Build, met: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Build { input, site, .. } = draft;
        let mut diagnostics = met;
        #[cfg(feature = "pdf")]
        pdf::problems_of_all(input, site, &draft.theme, &mut diagnostics);
        checks::run(&checks::Context { site }, &mut diagnostics);
        checks::without_consequences(site, input, &mut diagnostics);
        let asked = site.config.checks.clone().unwrap_or_default();
        rules::judge(&asked, &self.settings.levels, &mut diagnostics);
        diagnostics.extend(rules::mistaken_levels(&asked));
        diagnostics::sort(&mut diagnostics);
        diagnostics::withdraw_unsafe(input, &mut diagnostics);
        diagnostics::limit(&mut diagnostics);
        diagnostics
    }
}

impl Build {
    fn new(
        input: Input,
        settings: Settings,
        site: Site,
        theme: Theme,
        plan: Plan,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let is_said = |recipe: &Recipe| matches!(recipe, Recipe::Data { .. } | Recipe::Pdf(_));
        let said = plan.recipes.iter().filter(|(_, recipe)| is_said(recipe));
        let sizes = said.map(|(path, _)| (path.clone(), OnceLock::new())).collect();
        Self {
            input,
            settings,
            site,
            theme,
            plan,
            diagnostics,
            sizes,
            #[cfg(feature = "pdf")]
            fonts: OnceLock::new(),
        }
    }

    /// Makes what stands at a path.
    ///
    /// # Errors
    ///
    /// When a template cannot show what it was given.
    pub fn render(&self, path: &str, recipe: &Recipe) -> Result<Output, Box<Diagnostic>> {
        let text = match recipe {
            Recipe::Copy(file) => return Ok(Output::Copy(*file)),
            Recipe::Pdf(edition) => return Ok(Output::Pdf(*edition)),
            Recipe::Text(text) => text.to_string(),
            Recipe::Data { of, set } => {
                let bytes = of.render(&self.site, *set);
                self.set_size(path, Size { bytes: bytes.len(), pages: None });
                return Ok(Output::Bytes(bytes));
            }
            Recipe::Whole { of, part } => {
                return Ok(Output::Bytes((of.render)(&self.site, *part)));
            }
            Recipe::Redirect { to, language } => {
                let words = &self.site.languages[*language];
                let mut view = tera::Context::new();
                view.insert("redirect", &redirect(words, path, to));
                self.theme.render("redirect.html", view, &words.tag, &self.input)?
            }
            Recipe::Page { of, index, language } => {
                let words = &self.site.languages[*language];
                let plain_address = (of.address)(&self.site, *index);
                let sizes = |path: &str| self.size(path);
                let downloads: Vec<Download> = data_formats().map(|of| of.download).collect();
                let here = Here {
                    site: &self.site,
                    words,
                    address: path,
                    plain_address: &plain_address,
                    downloads: &downloads,
                    sizes: &sizes,
                };
                let view = (of.view)(&here, *index);
                let template = format!("{}.html", of.name);
                self.theme.render(&template, view.0, &words.tag, &self.input)?
            }
        };
        Ok(Output::Bytes(text.into_bytes()))
    }

    /// The size of a data file or PDF, for the page that offers it.
    fn size(&self, path: &str) -> Option<Size> {
        let size = self.sizes.get(path)?;
        match self.plan.recipes.get(path)? {
            Recipe::Data { of, set } => Some(
                *size
                    .get_or_init(|| Size { bytes: of.render(&self.site, *set).len(), pages: None }),
            ),
            _ => size.get().copied(),
        }
    }

    /// Changes whenever a page or a data file would. What the files hold that are only copied along,
    /// and the PDFs made of them, are not part of it. Of the day it is what pages say of it, so that
    /// a site which says nothing of it is the same on every day.
    pub fn digest(&self) -> Digest {
        let Settings { options, base_url, .. } = &self.settings;
        let program = (env!("RECTO_SOURCES"), cfg!(feature = "pdf"));
        let days: Vec<NaiveDate> = self.site.reports.iter().map(|report| report.as_at).collect();
        let today = self.site.updates.is_empty().then_some(self.site.today);
        Digest::of(&(program, options, base_url, self.input.digest_of_files(), days, today))
    }

    /// Says how large the file at a path is. The first word counts.
    pub fn set_size(&self, path: &str, size: Size) {
        if let Some(known) = self.sizes.get(path) {
            known.get_or_init(|| size);
        }
    }

    /// Every PDF by its path.
    pub fn pdfs(&self) -> impl Iterator<Item = (&str, Edition)> {
        self.plan.recipes.iter().filter_map(|(path, recipe)| match recipe {
            Recipe::Pdf(edition) => Some((path.as_str(), *edition)),
            _ => None,
        })
    }

    /// What its PDFs are made with.
    #[cfg(feature = "pdf")]
    pub fn making(&self) -> pdf::Making<'_> {
        let fonts = self.fonts.get_or_init(|| pdf::Fonts::of(&self.input));
        pdf::Making { site: &self.site, theme: &self.theme, input: &self.input, fonts }
    }

    /// Renders every path but those of PDFs in parallel and hands each to `take`, which sees one at a
    /// time per thread: memory follows the site, not the output. Stops soon after the first failure.
    ///
    /// # Errors
    ///
    /// What `take` fails with, or what a template asks for in vain.
    pub fn render_all<E: Send>(
        &self,
        take: impl Fn(&str, Output) -> Result<(), E> + Sync,
    ) -> Result<(), RenderError<E>> {
        self.render_where(|_| Ok(true), take)
    }

    /// The same for those paths that are asked for.
    ///
    /// # Errors
    ///
    /// What `is_wanted` or `take` fails with, or what a template asks for in vain.
    pub fn render_where<E: Send>(
        &self,
        is_wanted: impl Fn(&str) -> Result<bool, E> + Sync,
        take: impl Fn(&str, Output) -> Result<(), E> + Sync,
    ) -> Result<(), RenderError<E>> {
        // The data files first: they are the largest, and pages say their sizes.
        let formats = data_formats().collect::<Vec<_>>().into_par_iter().with_max_len(1);
        let data = formats.try_for_each(|of| self.render_data(of, &is_wanted, &take));
        data.map_err(RenderError::Taken)?;
        let is_left = |recipe: &Recipe| !matches!(recipe, Recipe::Pdf(_) | Recipe::Data { .. });
        let recipes = self.plan.recipes.iter().filter(|(_, recipe)| is_left(recipe));
        // Page by page: some are a thousand times as long as others, and those stand side by side.
        let recipes = recipes.collect::<Vec<_>>().into_par_iter().with_max_len(1);
        recipes.try_for_each(|(path, recipe)| {
            if !is_wanted(path).map_err(RenderError::Taken)? {
                return Ok(());
            }
            let output = self.render(path, recipe).map_err(RenderError::Template)?;
            take(path, output).map_err(RenderError::Taken)
        })
    }

    /// Makes those files of a format that are asked for.
    fn render_data<E>(
        &self,
        of: &DataFormat,
        is_wanted: impl Fn(&str) -> Result<bool, E>,
        take: impl Fn(&str, Output) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut wanted = BTreeMap::new();
        for (path, recipe) in &self.plan.recipes {
            if let Recipe::Data { of: format, set } = recipe
                && format.name == of.name
                && is_wanted(path)?
            {
                wanted.insert(*set, path.as_str());
            }
        }
        let sets = wanted.keys().copied().collect();
        of.render_each(&self.site, &sets, |set, bytes| {
            let path = wanted[&set];
            self.set_size(path, Size { bytes: bytes.len(), pages: None });
            take(path, Output::Bytes(bytes))
        })
    }
}

/// Why rendering stopped.
#[derive(Debug)]
pub enum RenderError<E> {
    /// A template asks for what its page does not have.
    Template(Box<Diagnostic>),
    /// A PDF cannot be made of its texts.
    Pdf(Vec<Diagnostic>),
    /// The output could not be taken.
    Taken(E),
}
