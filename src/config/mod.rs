//! `site.yaml`: what the site is called, speaks and calls things.

mod facts;
mod levels;
mod localized;
mod paper;
mod words;

use percent_encoding::utf8_percent_encode;

use crate::diagnostics::{Diagnostic, Edit, Rule};
use crate::language::Languages;
use crate::source::{Content, FileId, Input, PATH_CHARACTERS, Span, Spanned};
use crate::vocabulary::Vocabulary;
use crate::yaml::{self, FromYaml as _, Kind, OneOrMany, Reader, Value, record};

pub use facts::{FactKind, OwnFact, OwnFacts};
pub use levels::Levels;
pub use localized::Localized;
pub use paper::Paper;
pub use words::{Headings, OwnWord, OwnWords};

pub(crate) const MISSING_SITE_YAML: Rule = Rule {
    code: "missing-site-yaml",
    summary: "a site without the file `content/site.yaml`",
    explanation: "The file gives the site's title and languages. One line is enough: `title: \
                  Progress on recommendations`. `recto init` starts a site that has the file.",
    right: &["# content/site.yaml\ntitle: Progress on recommendations"],
    ..Rule::UNREAD
};

/// The rules about settings.
pub(crate) const RULES: &[&Rule] = &[&MISSING_SITE_YAML, &words::AMBIGUOUS_WORD];

/// Where the file is, from the site's root.
pub const PATH: &str = "content/site.yaml";

record! {
    /// The settings of a site.
    pub struct Config {
        /// The site's title.
        pub title: Option<Localized>,
        /// Who publishes it.
        pub organisation: Option<Localized>,
        /// One sentence for search engines.
        pub description: Option<Localized>,
        /// The languages, the one of plain file names first. English when none is given.
        pub languages: OneOrMany<Spanned<String>>,
        /// Where the site will be published: needed only for the feed and the site map.
        pub base_url: Option<Spanned<String>>,
        /// The address of the repository on GitHub or GitLab, for "edit this page".
        pub repository: Option<Spanned<String>>,
        /// The branch to edit; `main` when none is given.
        pub branch: Option<String>,
        /// The folder of the site within the repository, when it is not the top folder.
        pub directory: Option<String>,
        /// What of git is published, a branch or a tag: `main`. In a repository, `recto check` warns
        /// of what differs from it without a dated update.
        pub published: Option<Spanned<String>>,
        /// The size of the sheets of PDFs: `a4` or `letter`; `a4` when none is given.
        pub paper: Option<Paper>,
        /// How many days before a deadline "due soon" begins; 30 when none is given.
        pub due_soon_days: Option<u32>,
        /// The organisation's own words for responses, statuses, verifications and priorities.
        pub vocabulary: Option<OwnWords>,
        /// Headings of sections in addition to the usual ones.
        pub sections: Option<Headings>,
        /// How mistakes are reported, by their codes: `overdue: note`.
        pub checks: Option<Levels>,
        /// The keys that every recommendation needs besides `number`: `[response, status]`.
        pub required: OneOrMany<Spanned<String>>,
        /// Facts of the organisation's own, by the keys that recommendations write.
        pub facts: Option<OwnFacts>,
        /// What texts refer to besides documents, goals and recommendations.
        pub references: Vec<ReferenceScheme>,
        /// Other sites whose totals the page `portfolio.html` has, in the order of the page.
        pub portfolio: Vec<PortfolioEntry>,
    }
}

record! {
    /// Another site, by the data that it publishes.
    pub struct PortfolioEntry {
        /// Its `recommendations.json`, or a folder that holds it, below `portfolio/`:
        /// `portfolio/unece.json`. Nothing is fetched: put a copy there.
        pub data: Spanned<String>,
        /// What it is called, if not as it calls itself.
        pub title: Option<Localized>,
        /// Its address, if not the one that its data give.
        pub url: Option<Spanned<String>>,
    }
}

record! {
    /// A kind of reference that the site defines itself.
    pub struct ReferenceScheme {
        /// What it is called in exports: `ILO convention`.
        pub name: Spanned<String>,
        /// A regular expression that finds it: `ILO Convention No\. (\d+)`.
        pub pattern: Spanned<String>,
        /// Where it leads; `{1}` is what the first group of the expression found.
        pub url: Spanned<String>,
    }
}

/// How many days before its deadline a recommendation is due soon, unless the site says otherwise.
const DUE_SOON_DAYS: u32 = 30;

impl Config {
    /// Reads `site.yaml`. A site without one is reported, and gets the settings of an empty one.
    pub fn read(input: &Input, languages: &Languages, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let file = input.find(PATH);
        let value = match file {
            Some(id) if !matches!(input.file(id).content, Content::Text(_)) => None,
            Some(id) => yaml::parse(input.file(id).text(), id, 0, yaml::YAML_FILE, diagnostics),
            None => {
                let message = format!("`{PATH}` is missing");
                let help = "write one with a line `title: …`, or start a site with `recto init`";
                diagnostics.push(Diagnostic::of_site(&MISSING_SITE_YAML, message).help(help));
                None
            }
        };
        let is_read =
            value.as_ref().is_some_and(|value| matches!(value.kind, Kind::Map(_) | Kind::Null));
        let nothing = Value { span: Span::top(file.unwrap_or(FileId(0))), kind: Kind::Null };
        let value = value.unwrap_or(nothing);
        // The site's own words are read before the words of its languages are known, which they do
        // not need.
        let vocabulary = Vocabulary::default();
        let mut reader = Reader { vocabulary: &vocabulary, own_keys: Vec::new(), diagnostics };
        let mut config =
            Self::from_yaml(&value, &mut reader).unwrap_or_else(|| Self::empty(value.span));
        if config.title.is_none() && is_read {
            let message = "`title` is missing";
            let help = "add a line `title: …`: it is shown at the top of every page";
            diagnostics
                .push(Diagnostic::of(&crate::yaml::MISSING_KEY, value.span, message).help(help));
        }
        let mut seen = Vec::new();
        config.languages.0.retain(|tag| {
            if seen.contains(&tag.value) {
                return false;
            }
            seen.push(tag.value.clone());
            let known = languages.get(tag).is_some();
            if !known {
                let message = format!("no words for the language `{}`", tag.value);
                let help = format!(
                    "add `templates/strings/{}.yaml`, or use one of {}",
                    tag.value,
                    languages.tags().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ")
                );
                diagnostics.push(
                    Diagnostic::of(&crate::language::UNKNOWN_LANGUAGE, tag.span, message)
                        .help(help),
                );
            }
            known
        });
        let of_portfolio = config.portfolio.iter().filter_map(|entry| entry.url.as_ref());
        let addresses = [&config.base_url, &config.repository].into_iter().flatten();
        let addresses = addresses.chain(of_portfolio);
        diagnostics.extend(addresses.filter_map(not_a_web_address));
        config
    }

    /// The settings of a site whose `site.yaml` is empty.
    pub fn of_empty_site() -> Self {
        Self::empty(Span::top(FileId(0)))
    }

    fn empty(span: Span) -> Self {
        Self {
            title: None,
            organisation: None,
            description: None,
            languages: OneOrMany::default(),
            base_url: None,
            repository: None,
            branch: None,
            directory: None,
            published: None,
            paper: None,
            due_soon_days: None,
            vocabulary: None,
            sections: None,
            checks: None,
            required: OneOrMany::default(),
            facts: None,
            references: Vec::new(),
            portfolio: Vec::new(),
            span,
        }
    }

    /// The tags of the site's languages, the first one the language of plain file names.
    pub fn language_tags(&self) -> Vec<String> {
        match self.languages.0.as_slice() {
            [] => vec!["en".to_owned()],
            tags => tags.iter().map(|tag| tag.value.clone()).collect(),
        }
    }

    /// Every word that authors may use: the site's own first, then those of its languages.
    pub fn vocabulary(&self, languages: &Languages) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        self.vocabulary.iter().for_each(|words| words.teach(&mut vocabulary));
        self.sections.iter().for_each(|headings| headings.teach(&mut vocabulary));
        languages.teach(&self.language_tags(), &mut vocabulary);
        vocabulary
    }

    /// How many days before its deadline a recommendation is due soon.
    pub fn due_soon_days(&self) -> u32 {
        self.due_soon_days.unwrap_or(DUE_SOON_DAYS)
    }

    /// The address without a slash at the end.
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_ref().map(|url| url.trim_end_matches('/'))
    }

    /// Sets where the site will be published, whatever the file says.
    pub fn set_base_url(&mut self, url: &str) {
        self.base_url = Some(Spanned { value: url.to_owned(), span: self.span });
    }

    /// Where a file of the site can be edited; `path` is relative to the site's root.
    pub fn edit_url(&self, path: &str) -> Option<String> {
        let repository = self.repository.as_ref()?.trim_end_matches('/');
        let branch = self.branch.as_deref().unwrap_or("main");
        let folder = self.directory.as_deref().unwrap_or("").trim_matches('/');
        let slash = if folder.is_empty() { "" } else { "/" };
        // GitLab has its pages under `/-/`.
        let edit = if repository.contains("gitlab") { "-/edit" } else { "edit" };
        let path = utf8_percent_encode(path, PATH_CHARACTERS);
        Some(format!("{repository}/{edit}/{branch}/{folder}{slash}{path}"))
    }
}

/// A diagnostic for a text that is not a web address; none if it is one.
pub(crate) fn not_a_web_address(address: &Spanned<String>) -> Option<Diagnostic> {
    let rest = address.strip_prefix("https://").or(address.strip_prefix("http://"));
    let is_wrong = |c: char| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c);
    rest.is_none_or(|host| host.is_empty() || host.contains(is_wrong)).then(|| {
        let message = format!("`{}` is not a web address", address.value);
        // An address that begins like this was copied from a browser that hides the scheme.
        let edit = (address.starts_with("www.") && !address.contains(is_wrong)).then(|| Edit {
            span: address.span,
            instead_of: address.value.clone(),
            replacement: format!("https://{}", address.value),
        });
        Diagnostic::of(&crate::yaml::WRONG_VALUE, address.span, message)
            .help("write it with its scheme: `https://example.org/reports`")
            .edit(edit)
    })
}
