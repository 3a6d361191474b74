//! The head of every page: titles, navigation, languages.

use serde::Serialize;

use super::inline::{Html, LinkView, TextView};
use super::{Here, PAGE_TYPES, PagePlace, recommendations};
use crate::config::Localized;
use crate::model::{Date, DownloadOf, FEED_FILE, Report};

/// Everything that templates show around the page itself.
#[derive(Debug, Serialize)]
pub struct Head {
    /// The tag of the page's language.
    pub language: String,
    /// The direction of its script.
    pub direction: &'static str,
    /// The title of the page alone.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// The title in the browser's tab: page, report, site.
    pub full_title: String,
    /// One sentence for search engines.
    pub description: String,
    /// The title of the site.
    pub site_title: String,
    /// The language of the site's title, where it is not the page's.
    pub site_title_lang: Option<String>,
    /// Who publishes it.
    pub organisation: Option<String>,
    /// The language of that name, where it is not the page's.
    pub organisation_lang: Option<String>,
    /// A link to the home page.
    pub home: String,
    /// A link to the stylesheet.
    pub stylesheet: String,
    /// A link to the script.
    pub script: String,
    /// A link to the icon.
    pub icon: String,
    /// The title as a string of CSS, for the head of printed pages.
    pub printed_title: String,
    /// Whether the page is one of a draft, which is published only when drafts are.
    pub draft: bool,
    /// The report that the page belongs to.
    pub report: Option<ReportHead>,
    /// The pages on the way from the home page to this one.
    pub trail: Vec<NavLink>,
    /// The main parts of the site.
    pub navigation: Vec<NavLink>,
    /// The same page in other languages, and in this one.
    pub languages: Vec<LanguageLink>,
    /// Whether it is of an earlier edition, which search engines leave out.
    pub is_earlier: bool,
    /// The page's full address, where the site's is known.
    pub canonical: Option<String>,
    /// The page on which readers search, where there is anything to find.
    pub search: Option<String>,
    /// How to cite the page, before its full address; none where that is not known.
    pub cite: Option<CiteView>,
    /// The feed of updates, where there is one.
    pub feed: Option<String>,
    /// Links to the data of the whole site.
    pub data: Vec<NavLink>,
    /// "Built on 3 March 2026 from revision abc1234", where that is asked for.
    pub built: Option<String>,
}

/// How to cite a page.
#[derive(Debug, Serialize)]
pub struct CiteView {
    /// Who published it, what it is called, and as at when it is.
    text: Html,
    /// Its full address.
    url: String,
}

/// The report that a page belongs to.
#[derive(Debug, Serialize)]
pub struct ReportHead {
    /// The short title.
    pub title: String,
    /// The language of the title, where it is not the page's.
    pub lang: Option<String>,
    /// A link to its page.
    pub href: String,
    /// "as at 31 December 2020"
    pub as_at: String,
}

/// A link of the navigation.
#[derive(Debug, Serialize)]
pub struct NavLink {
    /// The text.
    pub label: String,
    /// The language of the text, where it is not the page's.
    pub lang: Option<String>,
    /// The address.
    pub href: String,
    /// Whether it is this page, or the part that this page belongs to.
    pub current: bool,
}

/// The same page in a language.
#[derive(Debug, Serialize)]
pub struct LanguageLink {
    /// The tag.
    pub tag: String,
    /// The language's own name.
    pub name: String,
    /// The address.
    pub href: String,
    /// The full address, where the site's is known.
    pub url: Option<String>,
    /// Whether it is this page.
    pub current: bool,
}

/// A page that others are below.
pub(super) struct Step {
    pub(super) label: String,
    /// The language of the label, where it is not the page's.
    pub(super) lang: Option<String>,
    pub(super) address: String,
}

/// What a page says about itself.
pub(super) struct Title<'a> {
    pub(super) title: String,
    /// The language of the title, where it is not the page's.
    pub(super) lang: Option<String>,
    pub(super) is_draft: bool,
    pub(super) report: Option<&'a Report>,
    pub(super) trail: Vec<Step>,
    /// The address of the latest edition, where the page is of an earlier one.
    pub(super) latest: Option<String>,
    /// The title as it is cited, where a part of it is in another language.
    pub(super) cited: Option<Html>,
    pub(super) description: Option<String>,
}

impl<'a> Title<'a> {
    pub(super) fn of(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            lang: None,
            is_draft: false,
            report: None,
            trail: Vec::new(),
            latest: None,
            cited: None,
            description: None,
        }
    }

    /// The part of the site that the page belongs to, by its title in the page's language and its
    /// address.
    #[must_use]
    pub(super) fn below(mut self, title: &str, address: &str) -> Self {
        self.trail.push(Step { label: title.to_owned(), lang: None, address: address.to_owned() });
        self
    }

    #[must_use]
    pub(super) fn in_report(mut self, report: &'a Report) -> Self {
        self.report = Some(report);
        self.is_draft |= report.front.draft;
        self
    }
}

/// A text as a string of CSS (CSS Syntax 3, 4.3.7): anything but a letter, digit or space is
/// written as its code point, so that nothing in it can end the string or the style element.
fn css_string(text: &str) -> String {
    let mut string = String::from("\"");
    for c in text.chars() {
        match c {
            c if c.is_alphanumeric() || c == ' ' => string.push(c),
            c => string.push_str(&format!("\\{:x} ", u32::from(c))),
        }
    }
    string.push('"');
    string
}

impl Here<'_> {
    pub(super) fn head(&self, title: Title<'_>) -> Head {
        let config = &self.site.config;
        let words = self.words;
        let localized = |text: &Option<Localized>| {
            text.as_ref().map(|text| text.get(self.language()).to_owned())
        };
        let site_title =
            localized(&config.title).unwrap_or_else(|| words.text("page.home").to_owned());
        let language_of =
            |text: &Option<Localized>| text.as_ref().and_then(|text| self.localized(text).lang);
        let report = title.report.map(|report| ReportHead {
            title: report.short_title(self.language()).to_owned(),
            lang: self.other_language(&report.texts.in_language(self.language()).language),
            href: self.href(&report.address),
            as_at: self.wording().as_at(report.as_at),
        });
        let mut full_title = vec![title.title.clone()];
        full_title.extend(report.as_ref().map(|report| report.title.clone()));
        full_title.push(site_title.clone());
        full_title.dedup();
        let home = NavLink {
            label: words.text("page.home").to_owned(),
            lang: None,
            href: self.href("index.html"),
            current: false,
        };
        let is_home = self.plain_address == "index.html";
        let cite = config.base_url().filter(|_| !self.is_not_found()).map(|_| {
            let of_report = report
                .as_ref()
                .map(|of| TextView { text: of.title.clone(), lang: of.lang.clone() });
            let who = config.organisation.as_ref().map(|name| self.localized(name));
            let site = config.title.as_ref().map(|title| self.localized(title));
            let within = of_report.into_iter().chain(site).collect();
            CiteView { text: self.cited_as(who, &title, within), url: self.site.url(self.address) }
        });
        let trail = title.trail.iter().map(|step| NavLink {
            label: step.label.clone(),
            lang: step.lang.clone(),
            href: self.href(&step.address),
            current: false,
        });
        let url = |address: &str| config.base_url().map(|_| self.site.url(address));
        Head {
            language: self.language().to_owned(),
            direction: words.direction().html(),
            full_title: full_title.join(" – "),
            description: title
                .description
                .or_else(|| localized(&config.description))
                .unwrap_or_else(|| title.title.clone()),
            title: title.title,
            lang: title.lang,
            organisation: localized(&config.organisation),
            cite,
            organisation_lang: language_of(&config.organisation),
            home: home.href.clone(),
            stylesheet: self.href_to_file("assets/recto.css"),
            script: self.href_to_file("assets/recto.js"),
            icon: self.href_to_file("assets/icon.svg"),
            draft: title.is_draft,
            printed_title: css_string(&full_title.join(" – ")),
            report,
            navigation: self.navigation(&title.trail),
            trail: if is_home { Vec::new() } else { [home].into_iter().chain(trail).collect() },
            languages: self.languages(&url),
            is_earlier: title.latest.is_some(),
            canonical: match &title.latest {
                Some(latest) => url(&self.site.in_language(latest, self.language())),
                None => url(self.address).filter(|_| !self.is_not_found()),
            },
            search: (!self.site.lists.all.is_empty()).then(|| self.href(recommendations::ADDRESS)),
            feed: config.base_url().map(|_| self.href_to_file(FEED_FILE)),
            data: self
                .downloads
                .iter()
                .map(|download| NavLink {
                    label: match download.of {
                        DownloadOf::Recommendations(format) => format.to_owned(),
                        DownloadOf::Details(key) => self.words.text(key).to_owned(),
                    },
                    lang: None,
                    href: self.href_to_file(download.file),
                    current: false,
                })
                .collect(),
            built: self.built_from.map(|built| {
                let day = Date::Day(built.day).in_words(self.words);
                let key = if built.is_changed { "page.built_changed" } else { "page.built" };
                self.words.fill(key, &[("date", &day), ("revision", &built.revision)])
            }),
            site_title_lang: language_of(&config.title),
            site_title,
        }
    }

    /// "UNECE, “Recommendation 2: List of members”, Central Asia, as at 31 December 2020": who, the title,
    /// then what it is part of.
    fn cited_as(&self, who: Option<TextView>, title: &Title<'_>, within: Vec<TextView>) -> Html {
        let whole = || TextView { text: title.title.clone(), lang: title.lang.clone() }.to_string();
        let quoted = title.cited.as_ref().map_or_else(whole, ToString::to_string);
        let quoted = self.words.fill("page.quoted", &[("title", &quoted)]);
        let as_at = title.report.map(|report| self.wording().as_at(report.as_at));
        let within = within.into_iter().filter(|of| of.text != title.title);
        let parts = who.iter().map(ToString::to_string).chain([quoted]);
        let parts = parts.chain(within.map(|of| of.to_string())).chain(as_at);
        Html::listed(parts).unwrap_or_default()
    }

    /// The latest edition of a report as a step on the way to an earlier one.
    pub(super) fn step_to_latest(&self, report: &Report) -> Step {
        Step { address: report.latest_address(), ..self.step(report) }
    }

    /// A report, or an earlier edition of it, as a step on the way to a page.
    pub(super) fn step_to(&self, report: &Report) -> Step {
        match report.edition {
            Some(day) => Step {
                label: self.wording().as_at(day),
                lang: None,
                address: report.address.clone(),
            },
            None => self.step(report),
        }
    }

    /// A report as a step on the way to a page.
    pub(super) fn step(&self, report: &Report) -> Step {
        Step {
            label: report.short_title(self.language()).to_owned(),
            lang: self.other_language(&report.texts.in_language(self.language()).language),
            address: report.address.clone(),
        }
    }

    /// The collections and reports that a folder is in, the outermost first.
    pub(super) fn above(&self, folder: &str) -> Vec<Step> {
        let collections = self.site.collections_above(folder).map(|of| {
            let LinkView { label, lang, .. } = self.collection_link(of);
            let address = self.site.pages[of.page.0].address.clone();
            (of.folder.len(), Step { label, lang, address })
        });
        let reports = self.site.reports_above(folder);
        let reports = reports.map(|report| (report.folder.len(), self.step(report)));
        let mut steps: Vec<(usize, Step)> = collections.chain(reports).collect();
        steps.sort_by_key(|(length, _)| *length);
        steps.into_iter().map(|(_, step)| step).collect()
    }

    fn navigation(&self, trail: &[Step]) -> Vec<NavLink> {
        let site = self.site;
        let parts = PAGE_TYPES.iter().filter_map(|of| match of.place {
            PagePlace::Navigation { word, is_shown } if is_shown(site) => Some(Step {
                label: self.words.text(word).to_owned(),
                lang: None,
                address: (of.address)(site, 0),
            }),
            _ => None,
        });
        // Pages at the top are parts of the site; those in folders are reached from other texts.
        let pages = site
            .pages
            .iter()
            .filter(|page| !page.address.contains('/') && page.address != "index.html");
        let pages = pages.map(|page| {
            let text = page.texts.in_language(self.language());
            Step {
                label: text.title.value.clone(),
                lang: self.other_language(&text.language),
                address: page.address.clone(),
            }
        });
        parts
            .chain(pages)
            .map(|Step { label, lang, address }| NavLink {
                current: self.plain_address == address
                    || trail.iter().any(|step| step.address == address),
                href: self.href(&address),
                label,
                lang,
            })
            .collect()
    }

    fn languages(&self, url: &impl Fn(&str) -> Option<String>) -> Vec<LanguageLink> {
        if self.site.languages.len() < 2 {
            return Vec::new();
        }
        // The page for addresses that do not exist is the same for all languages: its links lead
        // home.
        let here = match self.is_not_found() {
            true => super::home::ADDRESS,
            false => self.plain_address,
        };
        let links = self.site.languages.iter().map(|words| {
            let address = self.site.in_language(here, &words.tag);
            LanguageLink {
                tag: words.tag.clone(),
                name: words.text("language_name").to_owned(),
                url: url(&address),
                current: words.tag == self.language(),
                href: self.href_to_file(&address),
            }
        });
        links.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::css_string;

    #[test]
    fn no_title_leaves_its_string() {
        assert_eq!(css_string("A – é"), "\"A \\2013  é\"");
        assert_eq!(css_string("\"</style>\\\n"), "\"\\22 \\3c \\2f style\\3e \\5c \\a \"");
    }
}
