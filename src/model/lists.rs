//! The lists in which readers look for recommendations: all of them, and what they can be chosen by.

use std::ops::Range;

use super::{RecommendationId, Report, ReportId, SitePlace, TimelinessKind, UnitId};
use crate::vocabulary::{Response, Status, Worded};

/// How many recommendations a page of a list has at most.
const ROWS_OF_PAGE: usize = 200;

/// How many recommendations the official table has on one page: each with all its texts.
pub const ROWS_OF_TABLE: usize = 60;

/// The lists of a site. A recommendation that later reports take further is in them once, as it is in
/// the newest.
#[derive(Debug, Default)]
pub struct Lists {
    /// Every recommendation, in the order of the reports and of their numbers.
    pub all: Vec<RecommendationId>,
    /// What they can be chosen by, in the order in which pages show it.
    pub facets: Vec<Facet>,
    /// The pages of the list of all, the first one first.
    pub pages: Vec<ListPage>,
    /// The pages of the lists of choices that have their own pages.
    pub choice_pages: Vec<ListPage>,
    /// The pages of the official tables of long reports, report by report.
    pub table_pages: Vec<TablePage>,
}

/// A page of the official table of a long report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePage {
    /// The report.
    pub report: ReportId,
    /// Its recommendations in [`Site::recommendations`](super::Site::recommendations).
    pub rows: Range<usize>,
    /// Its address.
    pub address: String,
}

/// Something that recommendations can be chosen by: their status, who is responsible.
#[derive(Debug)]
pub struct Facet {
    /// What it is.
    pub kind: FacetKind,
    /// What can be chosen, in the order of lists. At least one recommendation has each.
    pub choices: Vec<Choice>,
}

/// What recommendations can be chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "they say what they are")]
pub enum FacetKind {
    Status,
    Timeliness,
    Response,
    Report,
    Group,
    Responsible,
    Topic,
    Goal,
    /// The year in which it was made.
    Year,
    /// A fact of the organisation's own: its place among
    /// [`Config::facts`](crate::config::Config::facts).
    Fact(usize),
}

/// What can be chosen of a facet.
#[derive(Debug)]
pub struct Choice {
    /// Its name in addresses, which no other choice of the facet has.
    pub key: String,
    /// What is chosen; none for what nobody has stated.
    pub value: Option<ChoiceValue>,
    /// The page that lists its recommendations.
    pub page: ChoicePage,
    /// The recommendations, in the order of [`Lists::all`].
    pub recommendations: Vec<RecommendationId>,
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "they say what they are")]
pub enum ChoiceValue {
    Status(Worded<Status>),
    Timeliness(TimelinessKind),
    Response(Worded<Response>),
    Report(ReportId),
    /// A group, by its place in the report.
    Group(ReportId, usize),
    Unit(UnitId),
    /// By its place among the topics.
    Topic(usize),
    /// By its number.
    Goal(u8),
    Year(i32),
    /// The value of an own fact, as it was first typed: by the recommendation that does so and its
    /// place there.
    Fact(RecommendationId, usize),
}

/// The page that lists the recommendations of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoicePage {
    /// A page for this: where its first part is.
    Own(String),
    /// The page of what is chosen, such as that of a unit.
    Existing(String),
    /// A place on a page: that, and its anchor.
    Place(String, String),
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// What is chosen: the places of the facet and the choice. None: all.
    pub choice: Option<(usize, usize)>,
    /// Which part of the list it has, from 0.
    pub part: usize,
    /// How many parts the list has.
    pub parts: usize,
    /// Its address.
    pub address: String,
}

impl ChoicePage {
    /// Where it is.
    pub fn place(&self) -> SitePlace<'_> {
        match self {
            Self::Own(address) | Self::Existing(address) => address.into(),
            Self::Place(address, anchor) => SitePlace::at(address, anchor),
        }
    }
}

impl FacetKind {
    /// Its name in addresses and in data, where it is not an own fact.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Status => "status",
            Self::Timeliness => "timeliness",
            Self::Response => "response",
            Self::Report => "report",
            Self::Group => "group",
            Self::Responsible => "responsible",
            Self::Topic => "tags",
            Self::Goal => "goals",
            Self::Year => "made",
            Self::Fact(_) => return None,
        })
    }
}

impl ListPage {
    /// The pages of a list of so many recommendations that begins at an address.
    pub fn of(choice: Option<(usize, usize)>, first: &str, length: usize) -> Vec<Self> {
        let parts = length.div_ceil(ROWS_OF_PAGE).max(1);
        let page = |part| Self { choice, part, parts, address: address_of_part(first, part) };
        (0..parts).map(page).collect()
    }

    /// Which of a list's recommendations it has.
    pub fn rows(&self, length: usize) -> Range<usize> {
        let start = (self.part * ROWS_OF_PAGE).min(length);
        start..(start + ROWS_OF_PAGE).min(length)
    }
}

impl TablePage {
    /// The pages of the table of a report; none where that is on the report's own page.
    pub fn of(id: ReportId, report: &Report) -> Vec<Self> {
        if !report.is_long() {
            return Vec::new();
        }
        let first = report.table_address();
        let starts = report.recommendations.clone().step_by(ROWS_OF_TABLE).enumerate();
        let page = |(part, start): (usize, usize)| Self {
            report: id,
            rows: start..(start + ROWS_OF_TABLE).min(report.recommendations.end),
            address: address_of_part(&first, part),
        };
        starts.map(page).collect()
    }
}

/// `recommendations/status/implemented.html`, `recommendations/status/implemented/2.html`
fn address_of_part(first: &str, part: usize) -> String {
    let folder = first.strip_suffix("/index.html").or_else(|| first.strip_suffix(".html"));
    match part {
        0 => first.to_owned(),
        _ => format!("{}/{}.html", folder.unwrap_or(first), part + 1),
    }
}
