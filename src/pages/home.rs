//! The home page: all reports, what is overdue, the latest updates.

use serde::Serialize;

use super::changes::ReportChanges;
use super::head::Title;
use super::inline::{DateView, LinkView, StatusMark};
use super::overdue::{DueRow, overdue};
use super::views::ReportsView;
use super::{Here, PagePlace, PageType, View, no_source, one, overdue, years};
use crate::markup::html::{TextPlace, draw_whole};
use crate::model::{Choice, Facet, FacetKind, Totals, Update};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "home",
    count: one,
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Linked,
    view,
};

pub(super) const ADDRESS: &str = "index.html";

/// How many updates are shown; all of them are in the feed.
const LATEST: usize = 10;

/// How much of what is overdue is shown; all of it is on its own page.
const LONGEST: usize = 20;

#[derive(Serialize)]
struct HomeView {
    introduction: Option<String>,
    lang: Option<String>,
    summary: String,
    /// Whether reports follow one another, so that their numbers add up to more.
    has_series: bool,
    reports: Vec<ReportsView>,
    /// Whether recommendations are shown as marks, which needs a word.
    has_marks: bool,
    /// Whether anything has a deadline: only then can it be said that nothing is overdue.
    has_deadlines: bool,
    /// What is overdue longest.
    overdue: Vec<DueRow>,
    /// A link to everything that is, where there is more.
    all_overdue: Option<LinkView>,
    /// A link to what is due next.
    due_next: Option<LinkView>,
    /// How far what was answered is, response by response, where there are several.
    responses: Vec<ResponseRow>,
    changes: Vec<ReportChanges>,
    /// The page of all years, where there are several.
    years: Option<String>,
    latest: Vec<UpdateView>,
}

/// The recommendations of a response, and how far they are.
#[derive(Serialize)]
struct ResponseRow {
    /// A link to the list of them.
    link: LinkView,
    recommendations: String,
    bar: String,
    summary: String,
}

#[derive(Serialize)]
struct UpdateView {
    date: DateView,
    status: Option<StatusMark>,
    recommendation: LinkView,
    report: LinkView,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let site = here.site;
    let own = site.pages.iter().find(|page| page.address == ADDRESS);
    let text = own.map(|page| page.texts.in_language(here.language()));
    let head = match text {
        Some(text) => Title::of(text.title.value.clone()),
        None => {
            Title::of(site.config.title.as_ref().map_or("", |title| title.get(here.language())))
        }
    };
    let scope = here.scope(None, TextPlace::Own);
    let mut overdue = overdue(here);
    let all = overdue.len();
    overdue.truncate(LONGEST);
    let (introduction, about) = text.map(|text| draw_whole(text, &scope)).unzip();
    // The page of all years has all of the changes.
    let has_years = site.years.are_several();
    let shown = if has_years { LATEST } else { usize::MAX };
    let reports = here.reports_by_collection(&site.reports_in_order, None);
    let page = HomeView {
        has_marks: reports.iter().any(ReportsView::has_marks),
        introduction,
        lang: text.and_then(|text| here.other_language(&text.language)),
        summary: summary(here, &site.totals),
        has_series: site.reports.iter().any(|report| report.follows.is_some()),
        reports,
        has_deadlines: site.totals.have_deadlines() || !overdue.is_empty(),
        all_overdue: (all > LONGEST).then(|| {
            let label = here.words.count("home.all_overdue", all);
            LinkView::new(label, here.href(overdue::ADDRESS))
        }),
        due_next: overdue::link_to_next(here),
        overdue,
        responses: responses(here),
        changes: ReportChanges::of_newest(here).take(shown).collect(),
        years: has_years.then(|| here.href(years::ADDRESS)),
        latest: latest(here),
    };
    View::new(&here.head(head), &page).about(about.unwrap_or_default())
}

fn summary(here: &Here<'_>, totals: &Totals) -> String {
    match totals.recommendations {
        0 => String::new(),
        _ => here.wording().summary(totals),
    }
}

/// A row for each response that has a list.
fn responses(here: &Here<'_>) -> Vec<ResponseRow> {
    let of_all = here.site.lists.all.len();
    let facets = here.site.lists.facets.iter();
    let choices = facets.filter(|facet| facet.kind == FacetKind::Response);
    let choices = choices.flat_map(|facet| facet.choices.iter().map(move |of| (facet, of)));
    let row = |(facet, choice): (&Facet, &Choice)| {
        let ids = choice.recommendations.iter();
        let totals = Totals::of(ids.map(|id| here.site.recommendation(*id)));
        let label = here.choice_text(facet.kind, choice);
        ResponseRow {
            link: LinkView {
                lang: label.lang,
                ..LinkView::new(label.text, here.href(choice.page.place()))
            },
            recommendations: here.words.number(totals.recommendations),
            bar: here.status_bar_of(&totals, of_all),
            summary: here.wording().statuses(&totals),
        }
    };
    choices.map(row).collect()
}

fn latest(here: &Here<'_>) -> Vec<UpdateView> {
    let is_newest = |update: &&Update| here.site.recommendation(update.recommendation).is_newest();
    let updates = here.site.updates.iter().filter(is_newest).take(LATEST).map(|update| {
        let recommendation = here.site.recommendation(update.recommendation);
        let report = here.site.report(recommendation.report);
        let anchor = &recommendation.texts.original.sections[update.section].anchor;
        let mut link = here.recommendation_link(update.recommendation);
        // A translation may divide its text differently.
        let shown = recommendation.texts.in_language(here.language());
        if shown.sections.iter().any(|section| section.anchor == *anchor) {
            link.href = format!("{}#{anchor}", link.href);
        }
        UpdateView {
            date: here.date(update.date),
            status: update.status.map(|status| StatusMark(here.wording().status(status))),
            recommendation: link,
            report: here.report_link(report),
        }
    });
    updates.collect()
}
