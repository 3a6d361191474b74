//! The bytes of a path, and of all paths.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Build, Recipe};
use crate::compare::since_json;
use crate::diagnostics::Diagnostic;
use crate::find::{find_file, find_files};
use crate::formats::{DataFormat, data_formats, downloads};
use crate::language::Words;
use crate::model::{Printout, Site};
use crate::pages::{Here, LIST_ADDRESS, Size, redirect};
use crate::source::FileId;

/// What a path has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The content of a file of the site.
    Copy(FileId),
    /// A PDF. Its pictures are on disk, so the caller makes it, and before the pages, which show
    /// its size.
    Pdf(Printout),
}

/// Why rendering stopped.
#[derive(Debug)]
pub enum RenderError<E> {
    /// A template asks for something that its page does not have.
    Template(Box<Diagnostic>),
    /// A PDF cannot be made of its texts.
    Pdf(Vec<Diagnostic>),
    /// The caller could not take the output.
    Taken(E),
}

impl Recipe {
    /// The PDF that it makes, if it makes one.
    pub fn printout(&self) -> Option<Printout> {
        match self {
            Self::Pdf(printout) => Some(*printout),
            Self::Earlier { of, .. } => of.printout(),
            _ => None,
        }
    }

    /// Whether it makes a file that readers download.
    pub(super) fn is_offered(&self) -> bool {
        match self {
            Self::Data { .. } | Self::Pdf(_) => true,
            Self::Earlier { of, .. } => of.is_offered(),
            _ => false,
        }
    }
}

impl Build {
    /// Makes the output at a path.
    ///
    /// # Errors
    ///
    /// When a template cannot show what it was given.
    pub fn render(&self, path: &str, recipe: &Recipe) -> Result<Output, Box<Diagnostic>> {
        self.render_of(&self.site, path, recipe)
    }

    fn render_of(
        &self,
        site: &Site,
        path: &str,
        recipe: &Recipe,
    ) -> Result<Output, Box<Diagnostic>> {
        let text = match recipe {
            Recipe::Changes(interval) => {
                since_json(site, &self.earlier, *interval).unwrap_or_default()
            }
            Recipe::Earlier { site, of } => return self.render_of(&self.earlier[*site], path, of),
            Recipe::Copy(file) => return Ok(Output::Copy(*file)),
            Recipe::Pdf(printout) => return Ok(Output::Pdf(*printout)),
            Recipe::Text(text) => text.to_string(),
            Recipe::Data { of, set } => {
                let bytes = of.render(site, *set);
                self.set_size(path, Size { bytes: bytes.len(), pages: None });
                return Ok(Output::Bytes(bytes));
            }
            Recipe::Whole { of, part } => {
                return Ok(Output::Bytes((of.render)(site, *part)));
            }
            Recipe::Redirect { to, language } => {
                let words = &site.languages[*language];
                let mut view = tera::Context::new();
                view.insert("redirect", &redirect(words, path, to));
                self.theme.render("redirect.html", view, &words.tag, &self.input)?
            }
            Recipe::Find { file, language } => {
                let words = &site.languages[*language];
                let address = site.in_language(LIST_ADDRESS, &words.tag);
                return Ok(Output::Bytes(find_file(&self.list(&address, words), *file)));
            }
            Recipe::Page { of, index, language } => {
                let words = &site.languages[*language];
                let plain_address = (of.address)(site, *index);
                let sizes = |path: &str| self.size(path);
                let downloads = downloads(site);
                let here = Here {
                    site,
                    earlier: &self.earlier,
                    built_from: self.built_from.as_ref(),
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

    /// The list of all recommendations in a language.
    fn list<'a>(&'a self, address: &'a str, words: &'a Words) -> Here<'a> {
        Here {
            site: &self.site,
            earlier: &self.earlier,
            built_from: None,
            words,
            address,
            plain_address: LIST_ADDRESS,
            downloads: &[],
            sizes: &|_| None,
        }
    }

    /// Renders every path but those of PDFs in parallel and hands each to `take`, which sees one at
    /// a time per thread: memory use depends on the site, not on the output. Stops soon after the
    /// first failure.
    ///
    /// # Errors
    ///
    /// What `take` fails with, or an error in a template.
    pub fn render_all<E: Send>(
        &self,
        take: impl Fn(&str, Output) -> Result<(), E> + Sync,
    ) -> Result<(), RenderError<E>> {
        self.render_where(|_| Ok(true), take)
    }

    /// The same for the paths that are wanted.
    ///
    /// # Errors
    ///
    /// What `is_wanted` or `take` fails with, or an error in a template.
    pub fn render_where<E: Send>(
        &self,
        is_wanted: impl Fn(&str) -> Result<bool, E> + Sync,
        take: impl Fn(&str, Output) -> Result<(), E> + Sync,
    ) -> Result<(), RenderError<E>> {
        // The data files first: they are the largest, and pages say their sizes.
        let formats = data_formats().collect::<Vec<_>>().into_par_iter().with_max_len(1);
        let data = formats.try_for_each(|of| self.render_data(of, &is_wanted, &take));
        data.map_err(RenderError::Taken)?;
        for language in 0..self.site.languages.len() {
            self.render_find(language, &is_wanted, &take).map_err(RenderError::Taken)?;
        }
        let made = |recipe: &Recipe| {
            let is_done = recipe.printout().is_some()
                || matches!(recipe, Recipe::Data { .. } | Recipe::Find { .. });
            (!is_done).then_some(recipe.is_offered())
        };
        for is_offered in [true, false] {
            let recipes = self.plan.recipes.iter();
            let recipes = recipes.filter(|(_, recipe)| made(recipe) == Some(is_offered));
            // Page by page: some are a thousand times as long as others, and these come one after
            // another.
            let recipes = recipes.collect::<Vec<_>>().into_par_iter().with_max_len(1);
            recipes.try_for_each(|(path, recipe)| {
                if !is_wanted(path).map_err(RenderError::Taken)? {
                    return Ok(());
                }
                let output = self.render(path, recipe).map_err(RenderError::Template)?;
                take(path, output).map_err(RenderError::Taken)
            })?;
        }
        Ok(())
    }

    /// Makes the files of a language that the script of the list of all reads, as far as they are
    /// wanted: all of them together, since they are made of the same words.
    fn render_find<E: Send>(
        &self,
        language: usize,
        is_wanted: impl Fn(&str) -> Result<bool, E>,
        take: impl Fn(&str, Output) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let mut wanted = BTreeMap::new();
        for (path, recipe) in &self.plan.recipes {
            if let Recipe::Find { file, language: of } = recipe
                && *of == language
                && is_wanted(path)?
            {
                wanted.insert(*file, path.as_str());
            }
        }
        let files = wanted.keys().copied().collect();
        let words = &self.site.languages[language];
        let address = self.site.in_language(LIST_ADDRESS, &words.tag);
        find_files(&self.list(&address, words), &files, |file, bytes| {
            take(wanted[&file], Output::Bytes(bytes))
        })
    }

    /// Makes the files of a format that are wanted.
    fn render_data<E>(
        &self,
        of: &DataFormat,
        is_wanted: impl Fn(&str) -> Result<bool, E>,
        take: impl Fn(&str, Output) -> Result<(), E>,
    ) -> Result<(), E> {
        for (path, recipe) in &self.plan.recipes {
            if let Recipe::Data { of: format, set } = recipe
                && format.name == of.name
                && is_wanted(path)?
            {
                let bytes = of.render(&self.site, *set);
                self.set_size(path, Size { bytes: bytes.len(), pages: None });
                take(path, Output::Bytes(bytes))?;
            }
        }
        Ok(())
    }
}
