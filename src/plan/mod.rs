//! Every path of the output, and how to make its bytes.

mod path;

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostics::Diagnostic;
use crate::formats::{FORMATS, Format, Set};
use crate::model::Site;
use crate::pages::{PAGE_TYPES, PageType};
use crate::source::{FileId, Span, Spanned};
use crate::theme::{Asset, Theme};

pub use path::MANIFEST;

/// The file that tells GitHub Pages to publish the folder as it is.
const NO_JEKYLL: &str = ".nojekyll";

/// All that would be published. Making it renders nothing.
#[derive(Default)]
pub struct Plan {
    /// What stands at each path, sorted by path.
    pub recipes: BTreeMap<String, Recipe>,
}

/// How to make the bytes of a path.
#[derive(Clone)]
pub enum Recipe {
    /// A page.
    Page {
        /// The page type.
        of: &'static PageType,
        /// Which page of it.
        index: usize,
        /// The language, as an index of [`Site::languages`].
        language: usize,
    },
    /// A data file.
    Data {
        /// The format.
        of: &'static Format,
        /// What it is about.
        set: Set,
    },
    /// A former address.
    Redirect {
        /// The present one.
        to: String,
    },
    /// These bytes.
    Text(std::sync::Arc<str>),
    /// A file of the site.
    Copy(FileId),
}

/// Plans a site. Two things at one path, or a path that leaves the output, are reported; of two
/// the first one stays.
pub fn plan(site: &Site, theme: &Theme, diagnostics: &mut Vec<Diagnostic>) -> Plan {
    let mut planner = Planner {
        taken: BTreeMap::new(),
        plan: Plan::default(),
        diagnostics,
    };
    for of in PAGE_TYPES {
        for index in 0..(of.count)(site) {
            let address = (of.address)(site, index);
            let source = (of.source)(site, index);
            for (language, words) in site.languages.iter().enumerate() {
                // The page for addresses that do not exist is one for all languages.
                if language > 0 && of.name == "not_found" {
                    continue;
                }
                let path = site.in_language(&address, &words.tag);
                planner.add(
                    path,
                    source,
                    Recipe::Page {
                        of,
                        index,
                        language,
                    },
                );
            }
        }
    }
    for of in FORMATS {
        for (path, set) in (of.files)(site) {
            planner.add(path, None, Recipe::Data { of, set });
        }
    }
    for (path, asset) in &theme.assets {
        let recipe = match asset {
            Asset::Text(text) => Recipe::Text(text.clone()),
            Asset::File(file) => Recipe::Copy(*file),
        };
        planner.add(path.clone(), None, recipe);
    }
    for (path, file) in &site.assets {
        planner.add(path.clone(), Some(Span::top(*file)), Recipe::Copy(*file));
    }
    for (alias, to) in aliases(site) {
        match path::of_alias(alias) {
            Ok(path) => planner.add(
                path,
                Some(alias.span),
                Recipe::Redirect { to: to.to_owned() },
            ),
            Err(problem) => planner.diagnostics.push(problem),
        }
    }
    planner
        .plan
        .recipes
        .insert(NO_JEKYLL.to_owned(), Recipe::Text("".into()));
    planner.plan
}

/// Every alias with the address that it leads to.
fn aliases(site: &Site) -> impl Iterator<Item = (&Spanned<String>, &str)> {
    let reports = site
        .reports
        .iter()
        .map(|r| (&r.front.aliases.0, r.address.as_str()));
    let recommendations = site
        .recommendations
        .iter()
        .map(|r| (&r.front.aliases.0, r.address.as_str()));
    let pages = site
        .pages
        .iter()
        .map(|p| (&p.front.aliases.0, p.address.as_str()));
    let all = reports.chain(recommendations).chain(pages);
    all.flat_map(|(aliases, address)| aliases.iter().map(move |alias| (alias, address)))
}

struct Planner<'a> {
    /// The paths taken, as a file system sees them that does not tell cases or the ways to write
    /// an accent apart, with their places.
    taken: BTreeMap<String, (String, Option<Span>)>,
    plan: Plan,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Planner<'_> {
    fn add(&mut self, path: String, source: Option<Span>, recipe: Recipe) {
        if let Err(reason) = path::check(&path) {
            let message = format!("the address `{path}` cannot be published: {reason}");
            self.report(
                "unsafe-path",
                source,
                message,
                "give the file, folder or number another name",
            );
            return;
        }
        let as_taken: String = path.nfc().flat_map(char::to_lowercase).collect();
        if let Some((first, first_source)) = self.taken.get(&as_taken).cloned() {
            let message = match first == path {
                true => format!("two things have the address `{path}`"),
                false => {
                    format!("the addresses `{first}` and `{path}` differ by case or accents alone")
                }
            };
            let (at, other) = match (source, first_source) {
                (Some(a), Some(b)) => (Some(a.max(b)), Some(a.min(b))),
                (a, b) => (a.or(b), None),
            };
            let mut diagnostic = Diagnostic::site_error("address-collision", message)
                .help("give one of them another name, number or alias");
            diagnostic.span = at;
            if let Some(other) = other {
                diagnostic = diagnostic.label(other, "the other one");
            }
            self.diagnostics.push(diagnostic);
            return;
        }
        self.taken.insert(as_taken, (path.clone(), source));
        self.plan.recipes.insert(path, recipe);
    }

    fn report(&mut self, code: &'static str, source: Option<Span>, message: String, help: &str) {
        let mut diagnostic = Diagnostic::site_error(code, message).help(help);
        diagnostic.span = source;
        self.diagnostics.push(diagnostic);
    }
}
