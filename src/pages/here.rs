//! Where a page is: its site, language and address.

use chrono::NaiveDate;

use super::inline::TextView;
use crate::config::Localized;
use crate::language::Words;
use crate::markup::html::{PageScope, TextPlace};
use crate::model::{Download, Report, Site, SitePlace, Text, relative};
use crate::wording::Wording;

/// The size of a file that the site will have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// In bytes.
    pub bytes: usize,
    /// In pages, for a PDF.
    pub pages: Option<usize>,
}

/// The sizes of files that the site will have, by address, as far as they are known.
pub type Sizes<'a> = dyn Fn(&str) -> Option<Size> + Sync + 'a;

/// When a site was built, and from what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BuiltFrom {
    /// The day of the build.
    pub day: NaiveDate,
    /// The revision of git: `abc1234`.
    pub revision: String,
    /// Whether files differ from it.
    pub is_changed: bool,
}

/// Where a page is. Everything that it says and links to is seen from here.
pub struct Here<'a> {
    /// The site.
    pub site: &'a Site,
    /// The site as it stood on the days of earlier editions.
    pub earlier: &'a [Site],
    /// What its foot says of the build, where that is asked for.
    pub built_from: Option<&'a BuiltFrom>,
    /// The words of its language.
    pub words: &'a Words,
    /// Its address: `fr/central-asia/1.html`.
    pub address: &'a str,
    /// Its address without the language: `central-asia/1.html`.
    pub plain_address: &'a str,
    /// The kinds of data that the site and each report offer.
    pub downloads: &'a [Download],
    /// The sizes of files to download.
    pub sizes: &'a Sizes<'a>,
}

impl<'a> Here<'a> {
    /// Facts in the page's language.
    pub fn wording(&self) -> Wording<'a> {
        Wording { site: self.site, words: self.words }
    }

    /// The tag of the page's language.
    pub fn language(&self) -> &'a str {
        &self.words.tag
    }

    /// A link to a place on a page, in this page's language.
    pub fn href<'p>(&self, to: impl Into<SitePlace<'p>>) -> String {
        let to = to.into();
        let path = &self.site.in_language(to.path, self.language());
        self.href_to_file(SitePlace { path, ..to })
    }

    /// A link to a file that is the same for all languages.
    pub fn href_to_file<'p>(&self, to: impl Into<SitePlace<'p>>) -> String {
        // The page for addresses that do not exist is shown at all of them, so its own links
        // begin at the top.
        if self.is_not_found() {
            return format!("{}{}", self.top(), relative("index.html", to));
        }
        relative(self.address, to)
    }

    /// Whether this is the page for addresses that do not exist.
    pub(super) fn is_not_found(&self) -> bool {
        self.plain_address == super::not_found::ADDRESS
    }

    /// The path of the site's top on its server: `/`, or `/project/`.
    fn top(&self) -> String {
        let path = self.site.config.base_url().and_then(|url| {
            let (_, rest) = url.split_once("://")?;
            rest.split_once('/').map(|(_, path)| path)
        });
        path.map_or("/".to_owned(), |path| format!("/{path}/"))
    }

    /// Where a text can be edited, where the site names its repository.
    pub fn edit(&self, text: &Text) -> Option<String> {
        self.site.config.edit_url(&text.path)
    }

    /// Where a text is drawn.
    pub fn scope(&'a self, report: Option<&'a Report>, place: TextPlace) -> PageScope<'a> {
        PageScope { site: self.site, page: self.address, words: self.words, report, place }
    }

    /// The note that a link leads to another site, and to which.
    pub fn leaves_site(&self, url: &str) -> String {
        let host = url.split_once("://").map_or(url, |(_, rest)| rest);
        let host = host.split('/').next().unwrap_or(host);
        self.words.fill("page.leaves_site", &[("host", host)])
    }

    /// A text that may differ by language. One without a language is in that of plain file names.
    pub(super) fn localized(&self, text: &Localized) -> TextView {
        let shown = text.get(self.language());
        let written =
            || text.by_language.iter().find(|(_, one)| *one == shown).map(|(tag, _)| &**tag);
        let tag = match text.by_language.contains_key(self.language()) {
            true => self.language(),
            false => written().unwrap_or(self.site.first_language()),
        };
        TextView { text: shown.to_owned(), lang: self.other_language(tag) }
    }

    /// The language of a text, where it is not the page's: the value of `lang` around it.
    pub fn other_language(&self, tag: &str) -> Option<String> {
        (tag != self.language()).then(|| tag.to_owned())
    }
}
