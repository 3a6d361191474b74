//! What recommendations can be chosen by, and the lists of what is chosen.

use std::ops::Range;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::inline::{DateView, Html, LinkView, StatusMark, TextView};
use super::views::{RowView, Urgency};
use super::{Here, LIST_ADDRESS};
use crate::model::{
    Choice, ChoiceValue, Date, Facet, FacetKind, ListPage, RecommendationId, SitePlace,
};
use crate::source::Spanned;
use crate::wording::{OwnValue, capitalise};

/// A recommendation in the list of all.
#[derive(Debug, Serialize)]
pub(crate) struct ListRow {
    #[serde(flatten)]
    pub(super) row: RowView,
    as_at: DateView,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<Html>,
    /// Who is to do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    units: Option<Html>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<DateView>,
}

/// What recommendations can be chosen by.
#[derive(Serialize)]
pub(super) struct FacetView {
    /// Its name in addresses.
    key: String,
    label: TextView,
    choices: Vec<ChoiceView>,
}

/// What can be chosen.
#[derive(Serialize)]
struct ChoiceView {
    key: String,
    href: String,
    label: Html,
    count: String,
}

/// The way to the other parts of a list.
#[derive(Serialize)]
pub(super) struct PartsView {
    /// "1–200 of 2,192"
    range: String,
    previous: Option<String>,
    next: Option<String>,
}

impl PartsView {
    /// The way from some rows of a list to those before and after them; none where they are all.
    pub(super) fn of(
        here: &Here<'_>,
        rows: Range<usize>,
        length: usize,
        [previous, next]: [Option<String>; 2],
    ) -> Option<Self> {
        let number = |n| here.words.number(n);
        let places = [
            ("first", number(rows.start + 1)),
            ("last", number(rows.end)),
            ("total", number(length)),
        ];
        let places = places.each_ref().map(|(place, text)| (*place, text.as_str()));
        let range = here.words.fill("lists.range", &places);
        (rows.len() < length).then_some(Self { range, previous, next })
    }
}

impl ListRow {
    /// How urgent it is, as a number: the least comes first.
    pub(crate) fn urgency(&self) -> i64 {
        // More days than any deadline is away.
        const FAR: i64 = 1 << 40;
        match self.row.urgency {
            Urgency::Overdue(days) => -days.0,
            Urgency::Due(days) => days,
            Urgency::Open => FAR,
            Urgency::Other => FAR + 1,
        }
    }
}

impl Here<'_> {
    /// A recommendation in the list of all.
    pub(crate) fn list_row(&self, id: RecommendationId) -> ListRow {
        let of = self.site.recommendation(id);
        let report = self.site.report(of.report);
        ListRow {
            row: self.row(id),
            as_at: self.date(Date::Day(report.as_at)),
            response: of.state.response.map(|response| {
                Html::of(&TextView { text: self.wording().label(response), lang: None })
            }),
            units: Html::listed(self.unit_links(&of.units_first())),
            deadline: of.state.deadline.as_ref().map(|deadline| self.deadline(deadline, of)),
        }
    }

    pub(super) fn facets(&self) -> Vec<FacetView> {
        let facets = self.site.lists.facets.iter().map(|facet| FacetView {
            key: self.facet_key(facet.kind),
            label: self.facet_label(facet.kind),
            choices: facet.choices.iter().map(|choice| self.choice(facet, choice)).collect(),
        });
        facets.collect()
    }

    fn choice(&self, facet: &Facet, choice: &Choice) -> ChoiceView {
        let place: SitePlace<'_> = choice.page.place();
        ChoiceView {
            key: choice.key.clone(),
            href: self.href(place),
            label: self.choice_label(facet.kind, choice),
            count: self.words.number(choice.recommendations.len()),
        }
    }

    /// The name of a facet in addresses and data.
    fn facet_key(&self, kind: FacetKind) -> String {
        let own = |index: usize| {
            let facts = self.site.config.facts.as_ref();
            facts.map_or_else(String::new, |facts| facts.0[index].0.value.clone())
        };
        match kind {
            FacetKind::Fact(index) => own(index),
            kind => kind.name().unwrap_or_default().to_owned(),
        }
    }

    fn facet_label(&self, kind: FacetKind) -> TextView {
        let words = |key: &str| TextView { text: self.words.text(key).to_owned(), lang: None };
        match kind {
            FacetKind::Status => words("recommendation.status"),
            FacetKind::Timeliness => words("recommendation.timeliness"),
            FacetKind::Response => words("recommendation.response"),
            FacetKind::Report => words("report.report"),
            FacetKind::Group => words("lists.group"),
            FacetKind::Responsible => words("recommendation.responsible"),
            FacetKind::Topic => words("recommendation.topics"),
            FacetKind::Goal => words("goals.short_title"),
            FacetKind::Year => words("lists.year"),
            FacetKind::Fact(index) => {
                let facts = self.site.config.facts.as_ref();
                let label = facts.map(|facts| self.localized(&facts.0[index].1.label));
                label.unwrap_or(TextView { text: String::new(), lang: None })
            }
        }
    }

    fn choice_label(&self, kind: FacetKind, choice: &Choice) -> Html {
        match &choice.value {
            Some(ChoiceValue::Status(status)) => {
                Html::of(&StatusMark(self.wording().status(*status)))
            }
            _ => Html::of(&self.choice_text(kind, choice)),
        }
    }

    /// What is chosen, in words.
    pub(super) fn choice_text(&self, kind: FacetKind, choice: &Choice) -> TextView {
        let wording = self.wording();
        let words = |text: String| TextView { text, lang: None };
        let of_link = |link: LinkView| TextView { text: link.label, lang: link.lang };
        match &choice.value {
            None => words(capitalise(self.words.text("not_stated"))),
            Some(ChoiceValue::Status(status)) => words(wording.label(*status)),
            Some(ChoiceValue::Response(response)) => words(wording.label(*response)),
            Some(ChoiceValue::Timeliness(kind)) => words(wording.timeliness_name(*kind)),
            Some(ChoiceValue::Year(year)) => words(year.to_string()),
            Some(ChoiceValue::Report(id)) => of_link(self.report_link(self.site.report(*id))),
            Some(ChoiceValue::Unit(id)) => of_link(self.unit_link(self.site.unit(*id))),
            Some(ChoiceValue::Topic(index)) => of_link(self.tag_link(&self.site.tags[*index])),
            Some(ChoiceValue::Goal(number)) => words(wording.goal_name(*number)),
            Some(ChoiceValue::Group(id, index)) => {
                let report = self.site.report(*id);
                let name = self.group_name(report, &report.groups[*index]);
                // Groups of several reports may have one name.
                let title = report.short_title(self.language());
                TextView { text: format!("{title}: {}", name.text), ..name }
            }
            Some(ChoiceValue::Fact(id, place)) => self.fact_text(kind, *id, *place),
        }
    }

    /// The value of an own fact of a recommendation.
    fn fact_text(&self, kind: FacetKind, id: RecommendationId, place: usize) -> TextView {
        let of = self.site.recommendation(id);
        let report = self.site.report(of.report);
        let typed = |text: &Spanned<String>| TextView {
            text: text.value.clone(),
            lang: self.other_language(&report.texts.original.language),
        };
        let facts = of.facts.iter().zip(self.wording().own_facts(of));
        let mut own = facts.filter(|(fact, _)| kind == FacetKind::Fact(fact.fact));
        let value = own.next().and_then(|(_, words)| words.values.into_iter().nth(place));
        match value {
            Some(OwnValue::InLanguage(text)) => TextView { text, lang: None },
            Some(OwnValue::Typed(text) | OwnValue::Document(text)) => typed(text),
            None => TextView { text: String::new(), lang: None },
        }
    }

    /// "Status: In progress"
    pub(super) fn chosen_title(&self, facet: &Facet, choice: &Choice) -> String {
        let (name, value) = (self.facet_label(facet.kind), self.choice_text(facet.kind, choice));
        let parts = [("facet", name.text.as_str()), ("choice", value.text.as_str())];
        self.words.fill("lists.chosen", &parts)
    }

    /// The list of all, with a choice made.
    pub(super) fn choose(&self, facet: &Facet, choice: &Choice) -> LinkView {
        let value = utf8_percent_encode(&choice.key, NON_ALPHANUMERIC);
        let list = self.href(LIST_ADDRESS);
        let chosen = format!("{list}?{}={value}", self.facet_key(facet.kind));
        LinkView::new(self.words.text("lists.search_these"), chosen)
    }

    /// The title of a part of a list, counted from 0: "Status: In progress, part 2".
    pub(super) fn part_title(&self, title: &str, part: usize) -> String {
        match part {
            0 => title.to_owned(),
            part => {
                let part = self.words.number(part + 1);
                self.words.fill("lists.part", &[("title", title), ("part", &part)])
            }
        }
    }

    /// The way to the other parts of a list; none where one page has it all.
    pub(super) fn parts_of_list(
        &self,
        pages: &[ListPage],
        page: &ListPage,
        length: usize,
    ) -> Option<PartsView> {
        let beside = |part: Option<usize>| {
            let of = |other: &&ListPage| other.choice == page.choice && Some(other.part) == part;
            pages.iter().find(of).map(|other| self.href(&other.address))
        };
        let beside = [beside(page.part.checked_sub(1)), beside(Some(page.part + 1))];
        PartsView::of(self, page.rows(length), length, beside)
    }
}
