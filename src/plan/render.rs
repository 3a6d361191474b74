//! The bytes of a path, and of all paths.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Build, Recipe};
use crate::diagnostics::Diagnostic;
use crate::formats::{DataFormat, data_formats};
use crate::model::{Download, Edition};
use crate::pages::{Here, Size, redirect};
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
    Pdf(Edition),
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

impl Build {
    /// Makes the output at a path.
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
        let is_left = |recipe: &Recipe| !matches!(recipe, Recipe::Pdf(_) | Recipe::Data { .. });
        let recipes = self.plan.recipes.iter().filter(|(_, recipe)| is_left(recipe));
        // Page by page: some are a thousand times as long as others, and these come one after
        // another.
        let recipes = recipes.collect::<Vec<_>>().into_par_iter().with_max_len(1);
        recipes.try_for_each(|(path, recipe)| {
            if !is_wanted(path).map_err(RenderError::Taken)? {
                return Ok(());
            }
            let output = self.render(path, recipe).map_err(RenderError::Template)?;
            take(path, output).map_err(RenderError::Taken)
        })
    }

    /// Makes the files of a format that are wanted.
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
