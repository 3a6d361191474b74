//! Every path of the output, and how to make its bytes.

mod build;
mod path;
mod render;
mod sizes;

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use crate::assemble::DUPLICATE_NUMBER;
use crate::compare::Interval;
use crate::diagnostics::{Diagnostic, Follows, Rule};
use crate::find::FindFile;
use crate::formats::{DataFormat, FORMATS, Format, Set, WholeFormat, data_formats};
use crate::model::{Printout, Report, Site, is_below};
use crate::pages::{CHANGES_PAGE, PAGE_TYPES, PagePlace, PageType, REPORT_PAGE, TABLE_PAGE};
use crate::source::{FileId, Span, Spanned};
use crate::theme::{Asset, Theme};

pub use build::Build;
pub use path::{MANIFEST, is_publishable};
pub use render::{Output, RenderError};

pub(crate) const ADDRESS_COLLISION: Rule = Rule {
    code: "address-collision",
    summary: "two things that would be published at one address",
    explanation: "Two files, or a file and a page that Recto makes itself, would have the same \
                  address; or their names differ only by case or accents, which some systems do \
                  not tell apart. Give one of them another name or number.",
    wrong: &["# content/audit/2.md\nnumber: 2a\n# content/audit/3.md\nnumber: 2A"],
    right: &["# content/audit/2.md\nnumber: 2a\n# content/audit/3.md\nnumber: 2b"],
    follows: Follows::Place(&DUPLICATE_NUMBER),
    ..Rule::ERROR
};

pub(crate) const ALIAS_COLLISION: Rule = Rule {
    code: "alias-collision",
    summary: "a former address that something else has now",
    explanation: "Readers who follow an old link would land on something else. Remove the alias, \
                  or give the other thing another name.",
    wrong: &["aliases: [glossary.html]"],
    right: &["aliases: [old/glossary.html]"],
    ..Rule::ERROR
};

/// The file that tells GitHub Pages to publish the folder as it is.
pub(crate) const NO_JEKYLL: &str = ".nojekyll";

/// The rules that are checked while the paths are planned.
pub(crate) const RULES: &[&Rule] = &[&ADDRESS_COLLISION, &ALIAS_COLLISION, &path::UNSAFE_PATH];

/// Everything that would be published. Nothing is rendered yet.
#[derive(Default)]
pub struct Plan {
    /// How to make each path, sorted by path.
    pub recipes: BTreeMap<String, Recipe>,
}

/// A part of a site that is written alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SitePart {
    /// What is in the folder of a collection.
    Collection(String),
    /// What is in none.
    Rest,
}

impl SitePart {
    /// The part that somebody typed: the folder of a collection, or `.` for the rest. None where the
    /// site has no such collection.
    pub fn of(typed: &str, site: &Site) -> Option<Self> {
        let folder = typed.trim_end_matches('/');
        let is_known = site.collections.iter().any(|collection| collection.folder == folder);
        match folder {
            "." => Some(Self::Rest),
            _ => is_known.then(|| Self::Collection(folder.to_owned())),
        }
    }

    /// Whether a path belongs to it.
    fn has(&self, site: &Site, path: &str) -> bool {
        let mut languages = site.languages.iter().skip(1);
        let plain = languages.find_map(|words| path.strip_prefix(&words.tag)?.strip_prefix('/'));
        let plain = plain.unwrap_or(path);
        match self {
            Self::Collection(folder) => is_below(plain, folder),
            Self::Rest => !site.collections.iter().any(|of| is_below(plain, &of.folder)),
        }
    }
}

impl Plan {
    /// Leaves out what is not in a part of the site.
    pub fn keep(&mut self, part: &SitePart, site: &Site) {
        self.recipes.retain(|path, _| part.has(site, path));
    }
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
        of: &'static DataFormat,
        /// What it is about.
        set: Set,
    },
    /// A file about the whole site.
    Whole {
        /// The format.
        of: &'static WholeFormat,
        /// Which of its files.
        part: usize,
    },
    /// What the script of the list of all recommendations reads.
    Find {
        /// Which of its files.
        file: FindFile,
        /// The language, as an index of [`Site::languages`].
        language: usize,
    },
    /// The PDF of a report.
    Pdf(Printout),
    /// What changed in a report since one before it, as JSON.
    Changes(Interval),
    /// The same of the site as it stood on an earlier day.
    Earlier {
        /// Which of [`Build::earlier`].
        site: usize,
        /// How to make it of that site.
        of: Box<Recipe>,
    },
    /// A former address.
    Redirect {
        /// The present one.
        to: String,
        /// The language, as an index of [`Site::languages`].
        language: usize,
    },
    /// These bytes.
    Text(std::sync::Arc<str>),
    /// A file of the site.
    Copy(FileId),
}

/// Plans a site. Two things at one path, or a path that leaves the output, are reported; of two
/// things the first is kept.
/// Of the `earlier` sites only the editions of reports are planned.
pub fn plan(
    site: &Site,
    earlier: &[Site],
    theme: &Theme,
    diagnostics: &mut Vec<Diagnostic>,
) -> Plan {
    let mut planner = Planner {
        taken: HashMap::new(),
        folders: HashMap::new(),
        last_folder: String::new(),
        plan: Plan::default(),
        reported: HashSet::new(),
        diagnostics,
    };
    for of in PAGE_TYPES {
        for index in 0..(of.count)(site) {
            let address = (of.address)(site, index);
            let source = (of.source)(site, index);
            for (language, words) in site.languages.iter().enumerate() {
                if language > 0 && matches!(of.place, PagePlace::Nowhere) {
                    continue;
                }
                let path = site.in_language(&address, &words.tag);
                planner.add(path, source, Recipe::Page { of, index, language });
            }
        }
    }
    for of in FORMATS {
        match of {
            Format::Data(of) => {
                for (path, set) in of.files(site) {
                    let source = set.report(site).map(|of| Span::top(of.texts.original.file));
                    planner.add(path, source, Recipe::Data { of, set });
                }
            }
            Format::Whole(of) => {
                for (part, path) in (of.files)(site).into_iter().enumerate() {
                    planner.add(path, None, Recipe::Whole { of, part });
                }
            }
        }
    }
    for file in FindFile::all(site) {
        for (language, words) in site.languages.iter().enumerate() {
            let path = site.in_language(&file.address(), &words.tag);
            planner.add(path, None, Recipe::Find { file, language });
        }
    }
    for printout in Printout::all(site) {
        let source = Span::top(printout.report(site).texts.original.file);
        planner.add(printout.address(site), Some(source), Recipe::Pdf(printout));
    }
    for interval in Interval::all(site) {
        let source = Span::top(site.report(interval.report).texts.original.file);
        planner.add(interval.address(site, "json"), Some(source), Recipe::Changes(interval));
    }
    for (index, site) in earlier.iter().enumerate() {
        planner.add_editions(index, site);
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
            Ok(path) => {
                for (language, words) in site.languages.iter().enumerate() {
                    let to = site.in_language(to, &words.tag);
                    let path = site.in_language(&path, &words.tag);
                    planner.add(path, Some(alias.span), Recipe::Redirect { to, language });
                }
            }
            Err(problem) => planner.report(*problem),
        }
    }
    planner.plan.recipes.insert(NO_JEKYLL.to_owned(), Recipe::Text("".into()));
    planner.plan
}

/// Every alias with the address that it leads to.
fn aliases(site: &Site) -> impl Iterator<Item = (&Spanned<String>, &str)> {
    let reports = site.reports.iter().map(|r| (&r.front.aliases.0, r.address.as_str()));
    let recommendations =
        site.recommendations.iter().map(|r| (&r.front.aliases.0, r.address.as_str()));
    let pages = site.pages.iter().map(|p| (&p.front.aliases.0, p.address.as_str()));
    let all = reports.chain(recommendations).chain(pages);
    all.flat_map(|(aliases, address)| aliases.iter().map(move |alias| (alias, address)))
}

/// A path as seen by a file system that ignores case and the ways to encode accents.
pub fn case_folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().flat_map(char::to_lowercase).collect()
}

struct Planner<'a> {
    /// The paths taken, folded, with their places.
    taken: HashMap<String, (String, Option<Span>)>,
    /// The folders of the paths taken, folded, each with one of the paths in it.
    folders: HashMap<String, (String, Option<Span>)>,
    /// The folder of the last path, folded: all of its folders are among them.
    last_folder: String,
    plan: Plan,
    /// The places of the mistakes reported so far, each with its code.
    reported: HashSet<(Span, &'static str)>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Planner<'_> {
    /// Adds the pages, data and PDFs of the reports that have an edition of a day, and what had
    /// changed by then.
    fn add_editions(&mut self, index: usize, site: &Site) {
        let mut add = |path, report: &Report, of| {
            let source = Span::top(report.texts.original.file);
            self.add(path, Some(source), Recipe::Earlier { site: index, of: Box::new(of) });
        };
        let editions = || site.reports.iter().enumerate().filter(|(_, of)| of.edition.is_some());
        for (report_index, report) in editions() {
            for (language, words) in site.languages.iter().enumerate() {
                let path = site.in_language(&report.address, &words.tag);
                add(path, report, Recipe::Page { of: REPORT_PAGE, index: report_index, language });
            }
            for of in data_formats() {
                let set = Set::Report(report_index);
                add(of.address(site, set), report, Recipe::Data { of, set });
            }
            for printout in Printout::of(site, report_index) {
                add(printout.address(site), report, Recipe::Pdf(printout.of_earlier(index)));
            }
        }
        let tables = site.lists.table_pages.iter().enumerate();
        for (index, page) in tables.filter(|(_, of)| site.report(of.report).edition.is_some()) {
            let report = site.report(page.report);
            for (language, words) in site.languages.iter().enumerate() {
                let path = site.in_language(&page.address, &words.tag);
                add(path, report, Recipe::Page { of: TABLE_PAGE, index, language });
            }
        }
        for (interval_index, interval) in Interval::of_editions(site) {
            let report = site.report(interval.report);
            for (language, words) in site.languages.iter().enumerate() {
                let path = site.in_language(&interval.address(site, "html"), &words.tag);
                let (of, index) = (CHANGES_PAGE, interval_index);
                add(path, report, Recipe::Page { of, index, language });
            }
            add(interval.address(site, "json"), report, Recipe::Changes(interval));
        }
    }

    fn add(&mut self, path: String, source: Option<Span>, recipe: Recipe) {
        if let Err(reason) = path::check(&path) {
            let message = format!("the address `{path}` cannot be published: {reason}");
            let mut diagnostic = Diagnostic::of_site(&path::UNSAFE_PATH, message)
                .help("give the file, folder or number another name");
            diagnostic.span = source;
            self.report(diagnostic);
            return;
        }
        let as_taken = case_folded(&path);
        let taken = (path.clone(), source);
        if let Some((first, first_source)) = self.taken.get(&as_taken) {
            let rule = rule_of(&recipe);
            let diagnostic = collision(rule, first, *first_source, &path, source);
            self.report(diagnostic);
            return;
        }
        // A file and a folder cannot both be called `documents`.
        let parent = as_taken.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Paths come in order, so what was found for the last path's folder holds for the same
        // folder here.
        let is_known = parent == self.last_folder;
        let parents = as_taken.match_indices('/').map(|(at, _)| &as_taken[..at]);
        let folder_taken = self.folders.get(&as_taken).cloned();
        let file_taken = match is_known {
            true => None,
            false => parents.clone().find_map(|parent| self.taken.get(parent)).cloned(),
        };
        if let Some((other, of_other)) = folder_taken.or(file_taken) {
            let message =
                format!("`{path}` and `{other}`: one is a file where the other needs a folder");
            let mut diagnostic = Diagnostic::of_site(rule_of(&recipe), message)
                .help("give one of them another name");
            diagnostic.span = source.or(of_other);
            self.report(diagnostic);
            return;
        }
        if !is_known {
            for parent in parents {
                self.folders.entry(parent.to_owned()).or_insert_with(|| taken.clone());
            }
            parent.clone_into(&mut self.last_folder);
        }
        self.taken.insert(as_taken, taken);
        self.plan.recipes.insert(path, recipe);
    }

    /// Reports a mistake, unless it was reported at that place: a folder with a bad name spoils
    /// every path in it.
    fn report(&mut self, diagnostic: Diagnostic) {
        let place = diagnostic.span.map(|span| (span, diagnostic.code()));
        if place.is_none_or(|place| self.reported.insert(place)) {
            self.diagnostics.push(diagnostic);
        }
    }
}

/// The rule that a second thing at one address breaks. Aliases are planned last, so an alias is
/// always the second.
fn rule_of(recipe: &Recipe) -> &'static Rule {
    match recipe {
        Recipe::Redirect { .. } => &ALIAS_COLLISION,
        _ => &ADDRESS_COLLISION,
    }
}

/// The diagnostic for two things at one address, at the later place, where it is fixed.
fn collision(
    rule: &'static Rule,
    first: &str,
    of_first: Option<Span>,
    path: &str,
    source: Option<Span>,
) -> Diagnostic {
    let message = match first == path {
        true if of_first.is_none() => {
            format!("`{path}` is the address of a page that Recto makes itself")
        }
        true => format!("two things have the address `{path}`"),
        false => {
            format!("the addresses `{first}` and `{path}` differ only by case or accents")
        }
    };
    let (at, other) = match (source, of_first) {
        (Some(a), Some(b)) => (Some(a.max(b)), Some(a.min(b))),
        (a, b) => (a.or(b), None),
    };
    let mut diagnostic =
        Diagnostic::of_site(rule, message).help("give one of them another name, number or alias");
    diagnostic.span = at;
    match other {
        Some(other) => diagnostic.label(other, "the other one"),
        None => diagnostic,
    }
}
