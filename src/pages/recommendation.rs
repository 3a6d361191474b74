//! A recommendation: facts, text, actions, history, what it cites.

use serde::Serialize;

use super::head::Title;
use super::sections::{ShownSection, sections};
use super::views::{DateView, DocumentLink, LinkView, TextView};
use super::{Here, PagePlace, PageType, View};
use crate::markup::html::{About, TextPlace};
use crate::model::{
    Column, Date, DeadlineKind, Distinct, Recommendation, RecommendationId, Report, Target,
    document_and_place, with_anchor,
};
use crate::source::Spanned;
use crate::vocabulary::AxisValue;
use crate::wording::{FACTS, FactOnPage, FactPart, StatusView, class, timeliness_class};

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
    heading: String,
    title: String,
    lang: Option<String>,
    not_translated: Option<String>,
    text: Vec<SectionView>,
    /// A heading for a text whose author gave it none.
    text_heading: Option<String>,
    response: FactView,
    status: StatusView,
    timeliness: String,
    timeliness_class: String,
    timeliness_reason: String,
    responsible: Vec<LinkView>,
    deadline: DateView,
    extended: Option<String>,
    implemented: Option<DateView>,
    priority: Option<FactView>,
    verification: Option<String>,
    made: Option<DateView>,
    topics: Vec<LinkView>,
    further: Vec<ListedFact>,
    management_response: Vec<SectionView>,
    deadline_text: Vec<SectionView>,
    progress: Vec<SectionView>,
    other: Vec<SectionView>,
    actions_caption: String,
    actions: Vec<ActionView>,
    history_caption: String,
    history: Vec<DeadlineView>,
    evidence: Vec<EvidenceView>,
    documents: Vec<DocumentLink>,
    goals: Vec<LinkView>,
    related: Vec<LinkView>,
    mentioned_in: Vec<LinkView>,
    superseded_by: Option<LinkView>,
    previous: Option<LinkView>,
    next: Option<LinkView>,
    edit: Option<String>,
    address: Option<String>,
}

/// A section of the text under its author's heading.
#[derive(Serialize)]
struct SectionView {
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
    value: Vec<EvidenceView>,
}

#[derive(Serialize)]
struct ActionView {
    text: String,
    lang: Option<String>,
    responsible: Vec<LinkView>,
    deadline: Option<DateView>,
    status: Option<StatusView>,
    implemented: Option<DateView>,
    evidence: Vec<EvidenceView>,
}

/// A piece of evidence, or a part of another fact, with a link where it can be looked at.
#[derive(Serialize)]
struct EvidenceView {
    text: String,
    /// What follows the link: the place in the document.
    after: String,
    href: Option<String>,
    /// The language of the words, where it is not the page's.
    lang: Option<String>,
}

#[derive(Serialize)]
struct DeadlineView {
    set: Option<DateView>,
    deadline: DateView,
    reason: Option<TextView>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let site = here.site;
    let recommendation = &site.recommendations[index];
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
    title.trail.push(here.step(report));
    title.is_draft |= recommendation.front.draft;
    let head = here.head(title);
    let page = RecommendationView {
        not_translated: lang.as_ref().map(|tag| not_translated(here, tag)),
        heading: wording.heading(&recommendation.label),
        title: text.title.value.clone(),
        lang,
        // Before a text with a heading, one without is its introduction.
        text_heading: (parts.text.len() == 1).then(|| words.text("recommendation.text").to_owned()),
        text: parts.text,
        response: fact(here, recommendation.response),
        status: wording.status_of(recommendation),
        timeliness: wording.timeliness_in_report(recommendation),
        timeliness_class: timeliness_class(recommendation.timeliness.kind()),
        timeliness_reason: wording.timeliness_reason(recommendation),
        responsible: here.unit_links(&recommendation.units),
        deadline: here.deadline(&recommendation.deadline, recommendation),
        extended: wording.extended(recommendation),
        implemented: recommendation.implemented.map(|date| here.date(date)),
        priority: recommendation.front.priority.as_ref().map(|p| fact(here, p.value)),
        verification: recommendation.verification.map(|of| wording.label(of)),
        made: recommendation.front.made.as_ref().map(|date| here.date(date.value)),
        topics: topics(here, recommendation),
        further: further(here, recommendation, report),
        management_response: parts.response,
        deadline_text: parts.deadline,
        progress: parts.progress,
        other: parts.other,
        actions_caption: words.fill("recommendation.actions_caption", &[("number", &number)]),
        actions: actions(here, recommendation),
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
        superseded_by: recommendation.superseded_by.map(|id| here.recommendation_link(id)),
        previous: neighbour(here, report, index.checked_sub(1)),
        next: neighbour(here, report, index.checked_add(1)),
        edit: here.edit(text),
        address: head.canonical.clone(),
    };
    View::new(&head, &page).about(parts.about)
}

/// The sections of a text, sorted by their place on the page.
struct PageParts {
    text: Vec<SectionView>,
    response: Vec<SectionView>,
    deadline: Vec<SectionView>,
    /// The newest first.
    progress: Vec<SectionView>,
    other: Vec<SectionView>,
    about: About,
}

impl PageParts {
    fn shown(here: &Here<'_>, recommendation: &Recommendation, report: &Report) -> Self {
        let (sections, about) = sections(here, recommendation, report, TextPlace::Own);
        let mut parts = Self {
            text: Vec::new(),
            response: Vec::new(),
            deadline: Vec::new(),
            progress: Vec::new(),
            other: Vec::new(),
            about,
        };
        let mut anchors = Distinct::default();
        let mut dated: Vec<(Option<chrono::NaiveDate>, SectionView)> = Vec::new();
        for ShownSection { section, html, lang } in sections {
            // A heading with nothing under it is left out, unless it gives a date or status itself.
            if html.trim().is_empty() && !section.kind.says_something() {
                continue;
            }
            let view = SectionView {
                lang,
                heading: section.heading.as_ref().map(|heading| heading.value.clone()),
                anchor: anchors.name(&section.anchor),
                html,
            };
            match section.kind.column() {
                Column::Recommendation => parts.text.push(view),
                Column::Response => parts.response.push(view),
                Column::Deadline => parts.deadline.push(view),
                Column::Progress => dated.push((section.kind.date().map(Date::last_day), view)),
                Column::Other => parts.other.push(view),
            }
        }
        // Progress without a date has the report's as-at date, so it is the newest.
        dated.sort_by_key(|(date, _)| std::cmp::Reverse(date.unwrap_or(chrono::NaiveDate::MAX)));
        parts.progress = dated.into_iter().map(|(_, view)| view).collect();
        parts
    }
}

fn fact<T: AxisValue>(here: &Here<'_>, value: T) -> FactView {
    FactView { label: here.wording().label(value), class: class(value.name()) }
}

fn not_translated(here: &Here<'_>, tag: &str) -> String {
    here.words.fill("page.not_translated", &[("language", &here.wording().language_name(tag))])
}

fn topics(here: &Here<'_>, recommendation: &Recommendation) -> Vec<LinkView> {
    let tags = recommendation.tags.iter().map(|index| &here.site.tags[*index]);
    tags.map(|tag| here.tag_link(tag)).collect()
}

/// The facts that the template has no markup for.
fn further(here: &Here<'_>, recommendation: &Recommendation, report: &Report) -> Vec<ListedFact> {
    let part = |part: FactPart<'_>| match part {
        FactPart::Words(text) => {
            EvidenceView { text, after: String::new(), href: None, lang: None }
        }
        FactPart::Authored(text, after) => EvidenceView {
            text: text.to_owned(),
            after,
            href: None,
            lang: here.other_language(&recommendation.texts.original.language),
        },
        FactPart::Evidence(evidence) => here.piece(evidence, report),
        FactPart::Recommendation(id) => EvidenceView::of(here.recommendation_link(id)),
        FactPart::Goal(goal) => EvidenceView::of(here.goal_link(goal)),
    };
    let facts = FACTS.iter().filter(|fact| fact.on_page == FactOnPage::Listed).map(|fact| {
        let value = (fact.value)(&here.wording(), recommendation).into_iter().map(part).collect();
        ListedFact { name: here.words.text(fact.name).to_owned(), value }
    });
    facts.filter(|fact| !fact.value.is_empty()).collect()
}

fn actions(here: &Here<'_>, recommendation: &Recommendation) -> Vec<ActionView> {
    let report = here.site.report(recommendation.report);
    let actions =
        recommendation.front.actions.iter().enumerate().map(|(index, action)| ActionView {
            text: recommendation
                .action_in(index, here.language())
                .unwrap_or(&action.text)
                .to_owned(),
            lang: match recommendation.action_in(index, here.language()) {
                Some(_) => None,
                None => here.other_language(&recommendation.texts.original.language),
            },
            responsible: here.unit_links(&recommendation.action_units[index]),
            deadline: action
                .deadline
                .as_ref()
                .map(|deadline| here.deadline(deadline, recommendation)),
            status: action.status.as_ref().map(|status| here.wording().status(status.value)),
            implemented: action.implemented.as_ref().map(|date| here.date(date.value)),
            evidence: here.evidence(&action.evidence.0, report),
        });
    actions.collect()
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
            reason: change.reason.as_ref().map(|reason| TextView {
                text: reason.value.clone(),
                lang: here.other_language(&recommendation.texts.original.language),
            }),
        })
        .collect();
    let last = front.deadlines.last().map(|change| change.deadline.kind);
    if last.is_some_and(|last| last != recommendation.deadline.kind)
        && recommendation.deadline.kind != DeadlineKind::None
    {
        let deadline = here.deadline(&recommendation.deadline, recommendation);
        history.push(DeadlineView { set: None, deadline, reason: None });
    }
    history
}

fn neighbour(here: &Here<'_>, report: &Report, index: Option<usize>) -> Option<LinkView> {
    let index = index.filter(|index| report.recommendations.contains(index))?;
    Some(here.recommendation_link(RecommendationId(index)))
}

impl EvidenceView {
    fn of(LinkView { prefix, label, href, lang }: LinkView) -> Self {
        // What comes before the label is in the page's language.
        let lang = lang.filter(|_| prefix.is_none());
        let text = prefix.into_iter().chain([label]).collect::<Vec<_>>().join(" ");
        Self { text, after: String::new(), href: Some(href), lang }
    }
}

impl Here<'_> {
    fn evidence(&self, evidence: &[Spanned<String>], report: &Report) -> Vec<EvidenceView> {
        evidence.iter().map(|piece| self.piece(piece, report)).collect()
    }

    /// A piece of evidence: a link to the page of a document, a web address or a file beside the
    /// report, and anything else as words.
    fn piece(&self, evidence: &Spanned<String>, report: &Report) -> EvidenceView {
        let text = evidence.value.as_str();
        let to = self.site.target_of_evidence(text, report);
        let is_document = matches!(to, Some(Target::Document(_)));
        let href = to.and_then(|to| match &to {
            Target::Document(document) => Some(self.href(&document.address)),
            Target::Page { address, .. } => {
                Some(self.href(&with_anchor(address, to.anchor_in(self.language()))))
            }
            Target::File { address, anchor, .. } => {
                Some(self.href_to_file(&with_anchor(address, *anchor)))
            }
            Target::Outside(address) => Some(address.to_string()),
            Target::Goal(..) | Target::Term(_) | Target::Anchor(_) => None,
        });
        // An address or a file name is in no language.
        let language = &report.texts.original.language;
        let lang = href.is_none().then(|| self.other_language(language)).flatten();
        let (text, after) = match is_document {
            true => document_and_place(text),
            false => (text, ""),
        };
        EvidenceView { text: text.to_owned(), after: after.to_owned(), href, lang }
    }
}
