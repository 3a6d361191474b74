//! What changed in a report since each one before it.

use serde::Serialize;

use super::head::Title;
use super::inline::{DateView, Html, LinkView, StatusMark};
use super::{Here, PagePlace, PageType, View};
use crate::compare::{Interval, Since, SinceStep, states};
use crate::model::{Date, Recommendation, RecommendationId, Report, ReportId, SitePlace};
use crate::wording::capitalise;

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "changes",
    count: |site| Interval::all(site).count(),
    address: |site, index| {
        let interval = Interval::all(site).nth(index);
        interval.map_or_else(String::new, |interval| interval.address(site, "html"))
    },
    source: |_, _| None,
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct ChangesView {
    report: LinkView,
    /// The same as JSON.
    data: String,
    /// The changes since other dates, where there are several.
    since: Vec<SinceLink>,
    sentence: String,
    before: String,
    now: String,
    caption: String,
    /// How far the recommendations were as at each date.
    over_time: Vec<StateView>,
    over_time_sentence: String,
    rows: Vec<StepView>,
    new: Vec<LinkView>,
    /// What was open and is not taken further.
    dropped: Vec<LinkView>,
    /// "Unchanged: 2, 4, 11."
    unchanged: Option<Html>,
}

/// A link to the changes since a date.
#[derive(Serialize)]
struct SinceLink {
    text: String,
    href: String,
    /// Whether it is the page that shows it.
    is_here: bool,
}

/// How far the recommendations were as at a date.
#[derive(Serialize)]
struct StateView {
    as_at: DateView,
    total: String,
    /// The same as the summary, for those who see it. Its length is the number of recommendations.
    bar: String,
    summary: String,
    overdue: String,
}

/// How a recommendation went on.
#[derive(Serialize)]
struct StepView {
    number: String,
    /// What its number was, where it was another one, with the day where that is not the last report's.
    was: Option<String>,
    link: LinkView,
    /// The response, where it changed.
    response: Option<String>,
    before: Option<StatusMark>,
    now: Option<StatusMark>,
    /// Whether the status is another one.
    has_moved: bool,
    deadline_before: Option<DateView>,
    deadline: Option<DateView>,
    /// "by 92 days", where the deadline was moved.
    moved: Option<String>,
    reason: Option<String>,
    reason_lang: Option<String>,
    actions: Vec<ActionView>,
    updates: Vec<LinkView>,
    /// To the words before, where the recommendation is quoted with others now.
    former_text: Option<LinkView>,
    /// The language of what its author wrote, where it is not the page's.
    lang: Option<String>,
}

/// An action that is new, or has another status.
#[derive(Serialize)]
struct ActionView {
    text: String,
    status: Option<StatusMark>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let site = here.site;
    let words = here.words;
    let interval = Interval::all(site).nth(index);
    let interval = interval.unwrap_or(Interval { report: ReportId(0), back: 1 });
    let report = site.report(interval.report);
    let mut title = Title::of(words.text("changes.title")).in_report(report);
    title.trail = here.above(&report.folder);
    if report.edition.is_some() {
        title.trail.push(here.step_to_latest(report));
        title.latest = Some(format!("{}/changes.html", report.folder));
    }
    title.trail.push(here.step_to(report));
    let Some(since) = Since::of(site, here.earlier, interval) else {
        return View::new(&here.head(title), &());
    };
    title.description = Some(sentence(here, &since));
    let as_at = |day| Date::Day(day).in_words(words);
    let page = ChangesView {
        report: here.dated_link(report),
        data: here.href_to_file(&interval.address(site, "json")),
        since: since_links(here, interval),
        sentence: sentence(here, &since),
        before: as_at(since.day),
        now: as_at(report.as_at),
        caption: words.fill(
            "changes.caption",
            &[("before", &as_at(since.day)), ("now", &as_at(report.as_at))],
        ),
        over_time: over_time(here, report),
        over_time_sentence: here.wording().over_time(&states(here.site, here.earlier, report)),
        rows: since.changed.iter().map(|step| row(here, &since, step)).collect(),
        new: since.new.iter().map(|id| here.recommendation_link(*id)).collect(),
        dropped: since.dropped.iter().map(|id| here.recommendation_link(*id)).collect(),
        unchanged: Html::listed(since.unchanged.iter().map(|id| numbered(here, *id))),
    };
    View::new(&here.head(title), &page)
}

/// Links to the changes since each date before a report, where there are several.
fn since_links(here: &Here<'_>, shown: Interval) -> Vec<SinceLink> {
    let all: Vec<Interval> = Interval::all_of(here.site, shown.report).collect();
    if all.len() < 2 {
        return Vec::new();
    }
    let link = |interval: Interval| SinceLink {
        text: Date::Day(interval.day(here.site)).in_words(here.words),
        href: here.href(&interval.address(here.site, "html")),
        is_here: interval == shown,
    };
    all.into_iter().map(link).collect()
}

/// A link to a recommendation by its number.
fn numbered(here: &Here<'_>, id: RecommendationId) -> LinkView {
    let one = here.site.recommendation(id);
    LinkView::new(one.label.to_string(), here.href(&one.address))
}

/// "Since 31 December 2024: 4 of 12 were implemented, 2 deadlines were moved, by 275 days in all."
fn sentence(here: &Here<'_>, since: &Since<'_>) -> String {
    let words = here.words;
    let totals = since.totals(here.site);
    let all = words.number(totals.all);
    let of_all =
        |key: &str, n: usize| (n > 0).then(|| words.count_with(key, n, &[("total", &all)]));
    let days = words.count("changes.days", usize::try_from(totals.days).unwrap_or(0));
    let moved = (totals.moved > 0)
        .then(|| words.count_with("changes.moved", totals.moved, &[("days", &days)]));
    let counted = |key: &str, n: usize| (n > 0).then(|| words.count(key, n));
    let parts = [
        of_all("changes.implemented", totals.implemented),
        counted("changes.closed", totals.closed),
        counted("changes.rejected", totals.rejected),
        moved,
        counted("changes.sooner_ones", totals.sooner),
        counted("changes.reopened", totals.reopened),
        counted("changes.answered", totals.answered),
        counted("changes.reworded", totals.reworded),
        counted("changes.new", totals.new),
    ];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        parts.push(match since.changed.len() {
            0 => words.text("changes.nothing").to_owned(),
            n => words.count("changes.changed", n),
        });
    }
    let date = Date::Day(since.day).in_words(words);
    let facts = parts.join(words.text("list.comma"));
    capitalise(&words.fill("changes.since", &[("date", &date), ("facts", &facts)]))
}

fn row(here: &Here<'_>, since: &Since<'_>, step: &SinceStep) -> StepView {
    let site = here.site;
    let (was, is) = (since.before.recommendation(step.before), site.recommendation(step.now));
    let wording = here.wording();
    let text = &is.texts.original;
    let lang = here.other_language(&text.language);
    let deadline = |of: &Recommendation| of.state.deadline.as_ref().map(|it| here.deadline(it, of));
    let has_other_deadline = was.state.deadline != is.state.deadline;
    let days = step.days_moved(since.before, site).filter(|_| has_other_deadline);
    // A deadline may have been moved several times.
    let known: Vec<_> = was.front.deadlines.iter().map(|change| &change.deadline.value).collect();
    let new = is.front.deadlines.iter().filter(|change| !known.contains(&&change.deadline.value));
    let reasons = new.filter_map(|change| change.reason.as_ref()).map(|reason| reason.as_str());
    let reasons: Vec<&str> = reasons.filter(|_| has_other_deadline).collect();
    let update = |index: &usize| {
        let section = &text.sections[*index];
        let label = section.heading.as_ref().map_or("", |heading| heading.value.as_str());
        let href = here.href(SitePlace::at(&is.address, &section.anchor));
        LinkView { lang: lang.clone(), ..LinkView::new(label, href) }
    };
    StepView {
        number: is.label.to_string(),
        was: was_number(here, since, step),
        // Its number is beside it.
        link: LinkView { prefix: None, ..here.recommendation_link(step.now) },
        response: (was.state.response != is.state.response)
            .then(|| is.state.response.map(|response| wording.label(response)))
            .flatten(),
        before: wording.status_of(was).map(StatusMark),
        now: wording.status_of(is).map(StatusMark),
        has_moved: was.state.status != is.state.status,
        deadline_before: deadline(was).filter(|_| has_other_deadline),
        deadline: deadline(is),
        moved: days.and_then(|days| match days {
            0 => None,
            days => {
                let key = if days > 0 { "changes.later" } else { "changes.sooner" };
                Some(here.words.count(key, usize::try_from(days.abs()).unwrap_or(0)))
            }
        }),
        reason_lang: (!reasons.is_empty()).then(|| lang.clone()).flatten(),
        reason: (!reasons.is_empty()).then(|| reasons.join("; ")),
        actions: step.actions.iter().map(|index| action(here, is, *index)).collect(),
        updates: step.updates.iter().map(update).collect(),
        former_text: step.is_reworded.then(|| {
            let day = since.before.report(was.report).as_at;
            let as_at = here.wording().as_at(day);
            let label = here.words.fill("changes.former_text", &[("as_at", &as_at)]);
            LinkView::new(label, here.href(&was.address))
        }),
        lang,
    }
}

fn over_time(here: &Here<'_>, report: &Report) -> Vec<StateView> {
    let states = states(here.site, here.earlier, report);
    let most = states.iter().map(|of| of.totals.recommendations).max().unwrap_or(0);
    let view = |of: &&Report| StateView {
        as_at: here.date(Date::Day(of.as_at)),
        total: here.words.number(of.totals.recommendations),
        bar: here.status_bar_of(&of.totals, most),
        summary: here.wording().statuses(&of.totals),
        overdue: here.words.number(of.totals.overdue()),
    };
    states.iter().map(view).collect()
}

/// An action, with its status.
fn action(here: &Here<'_>, of: &Recommendation, index: usize) -> ActionView {
    let status = of.actions[index].state.status;
    ActionView {
        text: of.front.actions[index].text.value.clone(),
        status: status.map(|status| StatusMark(here.wording().status(status))),
    }
}

/// What the number of a recommendation was, where it was another one or in another report than the
/// last.
fn was_number(here: &Here<'_>, since: &Since<'_>, step: &SinceStep) -> Option<String> {
    let (was, is) = (since.before.recommendation(step.before), here.site.recommendation(step.now));
    let day = since.before.report(was.report).as_at;
    let number = here.words.fill("changes.was", &[("number", &was.label.to_string())]);
    match (day == since.day, was.label == is.label) {
        (true, true) => None,
        (true, false) => Some(number),
        (false, _) => Some(format!("{number}, {}", here.wording().as_at(day))),
    }
}

/// What changed in a report since the one before it, in a sentence.
#[derive(Serialize)]
pub(super) struct ReportChanges {
    report: LinkView,
    sentence: String,
    /// To the page of all changes.
    href: String,
    title: String,
    /// The report's title for those who hear only the link.
    of: String,
}

impl ReportChanges {
    /// Those in the newest report of each series, in the order of lists.
    pub(super) fn of_newest(here: &Here<'_>) -> impl Iterator<Item = Self> {
        let newest = here.site.reports_in_order.iter().copied();
        let newest = newest.filter(|id| here.site.report(*id).followed_by.is_empty());
        newest.filter_map(|id| Self::of(here, id))
    }

    /// None where nothing is before the report.
    pub(super) fn of(here: &Here<'_>, id: ReportId) -> Option<Self> {
        let report = here.site.report(id);
        let interval = Interval::with_last(here.site, id)?;
        let since = Since::of(here.site, here.earlier, interval)?;
        Some(Self {
            report: here.report_link(report),
            sentence: sentence(here, &since),
            href: here.href(&interval.address(here.site, "html")),
            title: here.words.text("changes.title").to_owned(),
            of: report.short_title(here.language()).to_owned(),
        })
    }
}
