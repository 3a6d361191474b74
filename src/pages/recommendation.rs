//! A recommendation: facts, text, actions, history, what it cites.

use serde::Serialize;

use super::head::Title;
use super::inline::{
    DateView, EvidenceView, Html, LinkView, LinkedText, StatusMark, TextView, TimelinessView,
};
use super::sections::{ShownSection, sections};
use super::tasks::TasksView;
use super::views::DocumentLink;
use super::{Here, PagePlace, PageType, View};
use crate::markup::html::{About, TextPlace};
use crate::model::{Column, Date, Deadline, Distinct, Recommendation, RecommendationId, Report};
use crate::vocabulary::{AxisValue, Worded};
use crate::wording::{FACTS, FactOnPage, FactPart, class};

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "recommendation",
    count: |site| site.recommendations.len(),
    address: |site, index| site.recommendations[index].address.clone(),
    source: |site, index| site.recommendations[index].front.number.as_ref().map(|n| n.span),
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct RecommendationView {
    /// A link to its group in the table of its report.
    group: Option<LinkView>,
    /// What it has become in later reports.
    taken_further: Option<Html>,
    /// What it was in earlier ones, the newest first.
    earlier: Vec<EarlierView>,
    earlier_caption: String,
    heading: String,
    title: String,
    lang: Option<String>,
    not_translated: Option<String>,
    text: Vec<SectionView>,
    /// A heading for a text whose author gave it none.
    text_heading: Option<String>,
    response: Option<FactView>,
    /// The response as it was typed.
    typed_response: Option<String>,
    /// From what the response follows, where nobody typed one.
    response_follows: Option<String>,
    status: Option<StatusMark>,
    status_word: Option<String>,
    /// From what the status follows, where nobody typed one.
    status_follows: Option<String>,
    timeliness: Option<TimelinessView>,
    timeliness_words: Option<String>,
    timeliness_reason: String,
    responsible: Option<Html>,
    responders: Option<TasksView>,
    deadline: Option<DateView>,
    extended: Option<String>,
    implemented: Option<DateView>,
    closed: Option<DateView>,
    responded: Option<DateView>,
    made_by: Option<Html>,
    original: Option<Html>,
    priority: Option<FactView>,
    verification: Option<String>,
    made: Option<DateView>,
    topics: Option<Html>,
    further: Vec<ListedFact>,
    /// Whether the text has a section for the response.
    has_response: bool,
    /// Whether it has one for progress.
    has_progress: bool,
    /// What follows the text of the recommendation, as its author put it.
    body: Vec<SectionView>,
    parts: Option<TasksView>,
    actions: Option<TasksView>,
    history_caption: String,
    history: Vec<DeadlineView>,
    evidence: Option<Html>,
    documents: Vec<DocumentLink>,
    goals: Vec<LinkView>,
    related: Vec<LinkView>,
    mentioned_in: Vec<LinkView>,
    superseded_by: Option<LinkView>,
    previous: Option<NeighbourView>,
    next: Option<NeighbourView>,
    edit: Option<String>,
}

/// A section of the text under its author's heading.
#[derive(Serialize)]
struct SectionView {
    /// Whether it is the recommendation itself.
    is_quoted: bool,
    /// The language of the section, where it is not the page's.
    lang: Option<String>,
    heading: Option<String>,
    anchor: String,
    html: String,
}

#[derive(Serialize)]
struct FactView {
    label: String,
    class: String,
}

/// A fact that the template has no markup for.
#[derive(Serialize)]
struct ListedFact {
    name: String,
    /// The language of the name, where it is not the page's.
    lang: Option<String>,
    value: Option<Html>,
}

/// The recommendation before or after.
#[derive(Serialize)]
struct NeighbourView {
    href: String,
    text: Html,
}

/// A recommendation as an earlier report has it.
#[derive(Serialize)]
struct EarlierView {
    link: LinkView,
    as_at: DateView,
    response: Option<String>,
    status: Option<StatusMark>,
    deadline: Option<DateView>,
}

#[derive(Serialize)]
struct DeadlineView {
    set: Option<DateView>,
    deadline: DateView,
    reason: Option<LinkedText>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let site = here.site;
    let recommendation = &site.recommendations[index];
    let state = &recommendation.state;
    let report = site.report(recommendation.report);
    let words = here.words;
    let text = recommendation.texts.in_language(here.language());
    let lang = here.other_language(&text.language);
    let wording = here.wording();
    let number = recommendation.label.to_string();
    let parts = PageParts::shown(here, recommendation, report);
    let mut title =
        Title::of(format!("{} {}", wording.prefix(&recommendation.label), text.title.value))
            .in_report(report);
    title.trail = here.above(&report.folder);
    title.trail.push(here.step(report));
    title.is_draft |= recommendation.front.draft;
    title.cited = Some(here.recommendation_link(RecommendationId(index)).text());
    let head = here.head(title);
    let page = RecommendationView {
        not_translated: lang.as_ref().map(|tag| not_translated(here, tag)),
        group: recommendation.group.map(|index| here.group_link(report, &report.groups[index])),
        taken_further: Html::listed(
            recommendation.continued_by.iter().map(|id| in_report(here, *id)),
        ),
        earlier: earlier(here, recommendation),
        earlier_caption: words.fill("series.earlier_reports_caption", &[("number", &number)]),
        heading: wording.heading(&recommendation.label),
        title: text.title.value.clone(),
        lang,
        // Before a text with a heading, one without is its introduction.
        text_heading: (parts.text.iter().filter(|of| of.is_quoted).count() == 1)
            .then(|| words.text("recommendation.text").to_owned()),
        text: parts.text,
        response: state.response.map(|response| fact(here, response)),
        typed_response: recommendation
            .front
            .response
            .as_ref()
            .map(|response| wording.label(response.value)),
        response_follows: wording.response_follows(recommendation),
        status_word: wording.status_of(recommendation).map(|status| status.label),
        status: wording.status_of(recommendation).map(StatusMark),
        status_follows: wording.status_follows(recommendation),
        timeliness: here.timeliness(report, state),
        timeliness_words: wording.timeliness_in_report(report, state),
        timeliness_reason: wording.timeliness_reason(report, recommendation),
        responsible: Html::listed(here.unit_links(&recommendation.units)),
        responders: here.table_of_tasks(
            "recommendation.responders_caption",
            wording.responders(recommendation),
            recommendation,
        ),
        deadline: state.deadline.as_ref().map(|deadline| here.deadline(deadline, recommendation)),
        extended: wording.extended(recommendation),
        implemented: state.done_on().map(|date| here.date(date)),
        closed: state.closed.map(|date| here.date(date)),
        responded: state.responded.map(|date| here.date(date)),
        made_by: made_by(here, recommendation),
        original: Html::listed(
            wording
                .original(recommendation)
                .into_iter()
                .map(|part| part_of_fact(here, part, report)),
        ),
        priority: recommendation.front.priority.as_ref().map(|p| fact(here, p.value)),
        verification: recommendation.verification.map(|of| wording.label(of)),
        made: recommendation.front.made.as_ref().map(|date| here.date(date.value)),
        topics: topics(here, recommendation),
        further: further(here, recommendation, report),
        has_response: parts.has_response,
        has_progress: parts.has_progress,
        body: parts.body,
        parts: here.table_of_tasks(
            "recommendation.parts_caption",
            wording.parts(recommendation),
            recommendation,
        ),
        actions: here.table_of_tasks(
            "recommendation.actions_caption",
            wording.actions(recommendation),
            recommendation,
        ),
        history_caption: words.fill("recommendation.history_caption", &[("number", &number)]),
        history: history(here, recommendation),
        evidence: here.evidence(&recommendation.front.evidence.0, report),
        documents: here.document_links(&recommendation.documents),
        related: recommendation.related.iter().map(|id| here.recommendation_link(*id)).collect(),
        goals: recommendation.goals.iter().map(|i| here.goal_link(&site.goals[*i])).collect(),
        mentioned_in: recommendation
            .mentioned_in
            .iter()
            .map(|source| here.named_source_link(*source))
            .collect(),
        superseded_by: recommendation
            .superseded_by
            .map(|id| here.recommendation_link(site.newest(id))),
        previous: neighbour(here, report, index.checked_sub(1)),
        next: neighbour(here, report, index.checked_add(1)),
        edit: here.edit(text),
    };
    View::new(&head, &page).about(parts.about)
}

/// The sections of a text by their place on the page. They stay in their author's order, but for
/// progress, of which the newest is first.
struct PageParts {
    /// Up to the end of the recommendation.
    text: Vec<SectionView>,
    /// What follows it.
    body: Vec<SectionView>,
    has_response: bool,
    has_progress: bool,
    about: About,
}

impl PageParts {
    fn shown(here: &Here<'_>, recommendation: &Recommendation, report: &Report) -> Self {
        let (shown, about) = sections(here, recommendation, report, TextPlace::Own);
        let mut anchors = Distinct::default();
        let mut text = Vec::new();
        let mut body: Vec<(Option<chrono::NaiveDate>, SectionView)> = Vec::new();
        let mut kinds = Vec::new();
        for ShownSection { section, html, lang } in shown {
            // A heading with nothing under it is left out, unless it gives a date or status itself.
            if html.trim().is_empty() && !section.kind.says_something() {
                continue;
            }
            let column = section.kind.column();
            let view = SectionView {
                is_quoted: column == Some(Column::Recommendation),
                lang,
                heading: section.heading.as_ref().map(|heading| heading.value.clone()),
                anchor: anchors.name(&section.anchor),
                html,
            };
            match section.column == Column::Recommendation && body.is_empty() {
                true => text.push(view),
                false => body.push((section.newness(), view)),
            }
            kinds.push(column);
        }
        let first = body.iter().position(|(newness, _)| newness.is_some()).unwrap_or(0);
        let (mut progress, mut others): (Vec<_>, Vec<_>) =
            body.into_iter().partition(|(newness, _)| newness.is_some());
        progress.sort_by_key(|(newness, _)| std::cmp::Reverse(*newness));
        others.splice(first..first, progress);
        Self {
            text,
            body: others.into_iter().map(|(_, view)| view).collect(),
            has_response: kinds.contains(&Some(Column::Response)),
            has_progress: kinds.contains(&Some(Column::Progress)),
            about,
        }
    }
}

fn fact<T: AxisValue>(here: &Here<'_>, value: Worded<T>) -> FactView {
    FactView { label: here.wording().label(value), class: class(value.name()) }
}

fn not_translated(here: &Here<'_>, tag: &str) -> String {
    here.words.fill("page.not_translated", &[("language", &here.wording().language_name(tag))])
}

fn topics(here: &Here<'_>, recommendation: &Recommendation) -> Option<Html> {
    let tags = recommendation.tags.iter().map(|index| &here.site.tags[*index]);
    Html::listed(tags.map(|tag| here.tag_link(tag)))
}

fn made_by(here: &Here<'_>, recommendation: &Recommendation) -> Option<Html> {
    let lang = here.other_language(&recommendation.texts.original.language);
    let names = recommendation.front.made_by.0.iter();
    Html::listed(names.map(|name| TextView { text: name.value.clone(), lang: lang.clone() }))
}

fn part_of_fact(here: &Here<'_>, part: FactPart<'_>, report: &Report) -> EvidenceView {
    match part {
        FactPart::Words(text) => {
            EvidenceView { text, after: String::new(), href: None, lang: None }
        }
        FactPart::Authored(text, after) => EvidenceView {
            text: text.to_owned(),
            after,
            href: None,
            lang: here.other_language(&report.texts.original.language),
        },
        FactPart::Evidence(evidence) => here.piece(evidence, report),
        FactPart::Recommendation(id) => EvidenceView::of(here.recommendation_link(id)),
        FactPart::Goal(goal) => EvidenceView::of(here.goal_link(goal)),
    }
}

/// The facts that the template has no markup for.
fn further(here: &Here<'_>, recommendation: &Recommendation, report: &Report) -> Vec<ListedFact> {
    let part = |part| part_of_fact(here, part, report);
    let facts = FACTS.iter().filter(|fact| fact.on_page == FactOnPage::Listed).map(|fact| {
        let value = (fact.value)(&here.wording(), recommendation);
        let value = Html::listed(value.into_iter().map(part));
        ListedFact { name: here.words.text(fact.name).to_owned(), lang: None, value }
    });
    let own = here.wording().own_facts(recommendation).into_iter().map(|fact| {
        let name = here.localized(fact.label);
        let value = fact.values.into_iter().map(|value| here.own_value(value, report));
        ListedFact { name: name.text, lang: name.lang, value: Html::listed(value) }
    });
    facts.filter(|fact| fact.value.is_some()).chain(own).collect()
}

/// A link to a recommendation, with its report.
fn in_report(here: &Here<'_>, id: RecommendationId) -> LinkView {
    let recommendation = here.site.recommendation(id);
    let report = here.site.report(recommendation.report);
    let heading = here.wording().heading(&recommendation.label);
    let label = format!("{}, {heading}", report.short_title(here.language()));
    LinkView::new(label, here.href(&recommendation.address))
}

/// What a recommendation was in all reports before its own, the newest first.
fn earlier(here: &Here<'_>, recommendation: &Recommendation) -> Vec<EarlierView> {
    let site = here.site;
    let mut ids: Vec<RecommendationId> = Vec::new();
    let mut next = recommendation.continues.clone();
    while let Some(id) = next.pop() {
        if !ids.contains(&id) {
            ids.push(id);
            next.extend(&site.recommendation(id).continues);
        }
    }
    let as_at = |id: &RecommendationId| site.report(site.recommendation(*id).report).as_at;
    ids.sort_by_key(|id| (std::cmp::Reverse(as_at(id)), *id));
    let view = |id: &RecommendationId| {
        let of = site.recommendation(*id);
        EarlierView {
            link: in_report(here, *id),
            as_at: here.date(Date::Day(as_at(id))),
            response: of.state.response.map(|response| here.wording().label(response)),
            status: here.wording().status_of(of).map(StatusMark),
            deadline: of.state.deadline.as_ref().map(|deadline| here.deadline(deadline, of)),
        }
    };
    ids.iter().map(view).collect()
}

/// Every deadline that was set. One that never moved has no history.
fn history(here: &Here<'_>, recommendation: &Recommendation) -> Vec<DeadlineView> {
    let front = &recommendation.front;
    let mut history: Vec<DeadlineView> = front
        .deadlines
        .iter()
        .map(|change| DeadlineView {
            set: change.set.as_ref().map(|date| here.date(date.value)),
            deadline: here.deadline(&change.deadline, recommendation),
            reason: change.reason.as_ref().map(|reason| {
                let language = &recommendation.texts.original.language;
                here.linked(reason, language, recommendation)
            }),
        })
        .collect();
    let last = front.deadlines.last().map(|change| &change.deadline.value);
    let current = front.deadline.as_ref().map(|deadline| &deadline.value);
    if let (Some(last), Some(current)) = (last, current)
        && last != current
        && *current != Deadline::NONE
    {
        let deadline = here.deadline(current, recommendation);
        history.push(DeadlineView { set: None, deadline, reason: None });
    }
    history
}

fn neighbour(here: &Here<'_>, report: &Report, index: Option<usize>) -> Option<NeighbourView> {
    let index = index.filter(|index| report.recommendations.contains(index))?;
    let link = here.recommendation_link(RecommendationId(index));
    Some(NeighbourView { text: link.text(), href: link.href })
}
