//! Several sites on one page: how many recommendations each has, and how far they are.

use serde::Serialize;

use super::head::Title;
use super::inline::{Html, LinkView, TextView};
use super::{Here, PagePlace, PageType, View, no_source};
use crate::model::{Date, PortfolioCounts, PortfolioSite, PortfolioTitle, Site};

pub(super) const ADDRESS: &str = "portfolio.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "portfolio",
    count: |site| usize::from(is_shown(site)),
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Navigation { word: "portfolio.title", is_shown },
    view,
};

fn is_shown(site: &Site) -> bool {
    !site.portfolio.is_empty()
}

#[derive(Serialize)]
struct PortfolioView {
    sentence: String,
    rows: Vec<PortfolioRow>,
    /// The sums, where there are several sites.
    total: Option<Total>,
    /// Whether any row has something in the columns that most sites do not need.
    shows: Shows,
}

/// Which columns there are besides those that are always there.
#[derive(Serialize)]
struct Shows {
    closed: bool,
    not_stated: bool,
}

/// A site.
#[derive(Serialize)]
struct PortfolioRow {
    title: Html,
    /// Who publishes it, where that is not its title.
    organisation: Option<Html>,
    leaves_site: Option<String>,
    reports: String,
    counted: Counted,
    as_at: String,
}

/// The sums of all rows.
#[derive(Serialize)]
struct Total {
    reports: String,
    counted: Counted,
}

/// The numbers of a row.
#[derive(Serialize)]
struct Counted {
    recommendations: String,
    implemented: String,
    open: String,
    overdue: String,
    closed: String,
    not_stated: String,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let (sites, words) = (&here.site.portfolio, here.words);
    let mut total = PortfolioCounts::default();
    sites.iter().for_each(|site| total.add(site.counts));
    let sentence = words.fill(
        "portfolio.sentence",
        &[
            ("sites", &words.count("portfolio.sites", sites.len())),
            ("recommendations", &words.count("summary.recommendations", total.recommendations)),
            ("implemented", &words.count("counted_status.implemented", total.implemented)),
            ("open", &words.count("portfolio.open", total.open)),
            ("overdue", &words.count("portfolio.overdue", total.overdue)),
        ],
    );
    let mut title = Title::of(words.text("portfolio.title"));
    title.description = Some(sentence.clone());
    let page = PortfolioView {
        sentence,
        rows: sites.iter().map(|site| row(here, site)).collect(),
        total: (sites.len() > 1).then(|| Total {
            reports: words.number(sites.iter().map(|site| site.reports).sum()),
            counted: counted(here, total),
        }),
        shows: Shows { closed: total.closed > 0, not_stated: total.not_stated > 0 },
    };
    View::new(&here.head(title), &page)
}

fn row(here: &Here<'_>, site: &PortfolioSite) -> PortfolioRow {
    let theirs = site.language.as_ref().and_then(|tag| here.other_language(tag));
    let title = match &site.title {
        PortfolioTitle::Ours(title) => here.localized(title),
        PortfolioTitle::Theirs(title) => TextView { text: title.clone(), lang: theirs.clone() },
    };
    let organisation = site.organisation.clone().filter(|of| *of != title.text);
    let organisation = organisation.map(|text| Html::of(&TextView { text, lang: theirs }));
    let day = |day| Date::Day(day).in_words(here.words);
    PortfolioRow {
        organisation,
        leaves_site: site.url.as_ref().map(|url| here.leaves_site(url)),
        title: match &site.url {
            Some(url) => Html::of(&LinkView {
                prefix: None,
                label: title.text,
                href: url.clone(),
                lang: title.lang,
            }),
            None => Html::of(&title),
        },
        reports: here.words.number(site.reports),
        counted: counted(here, site.counts),
        as_at: match site.as_at {
            None => String::new(),
            Some([first, last]) if first == last => day(last),
            Some([first, last]) => here
                .words
                .fill("portfolio.between", &[("first", &day(first)), ("last", &day(last))]),
        },
    }
}

fn counted(here: &Here<'_>, counts: PortfolioCounts) -> Counted {
    let number = |n| here.words.number(n);
    Counted {
        recommendations: number(counts.recommendations),
        implemented: number(counts.implemented),
        open: number(counts.open),
        overdue: number(counts.overdue),
        closed: number(counts.closed),
        not_stated: number(counts.not_stated),
    }
}
