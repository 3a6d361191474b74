//! The index of the Sustainable Development Goals that texts point at.

use std::collections::BTreeSet;

use serde::Serialize;

use super::head::Title;
use super::inline::LinkView;
use super::{Here, PagePlace, PageType, View, no_source};
use crate::model::{CitedGoal, Source};

pub(super) const ADDRESS: &str = "goals/index.html";

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "goals",
    // A site whose texts point at no goal does not need the page.
    count: |site| usize::from(!site.goals.is_empty()),
    address: |_, _| ADDRESS.to_owned(),
    source: no_source,
    place: PagePlace::Navigation {
        word: "goals.short_title",
        is_shown: |site| !site.goals.is_empty(),
    },
    view,
};

#[derive(Serialize)]
struct GoalsView {
    rows: Vec<GoalRow>,
}

#[derive(Serialize)]
struct GoalRow {
    goal: LinkView,
    recommendations: String,
}

fn view(here: &Here<'_>, _: usize) -> View {
    let count = |goal| match recommendations(goal) {
        0 => here.words.text("documents.cited_elsewhere").to_owned(),
        n => here.words.count("summary.recommendations", n),
    };
    let rows = here
        .site
        .goals
        .iter()
        .map(|goal| GoalRow { goal: here.goal_link(goal), recommendations: count(goal) });
    let page = GoalsView { rows: rows.collect() };
    View::new(&here.head(Title::of(here.words.text("goals.title"))), &page)
}

/// How many recommendations point at a goal.
fn recommendations(goal: &CitedGoal) -> usize {
    let sources: BTreeSet<Source> =
        goal.cited.iter().map(|(_, citation)| citation.source).collect();
    sources.iter().filter(|source| matches!(source, Source::Recommendation(_))).count()
}

impl Here<'_> {
    /// A link to a goal by number and name.
    pub(super) fn goal_link(&self, goal: &CitedGoal) -> LinkView {
        LinkView::new(self.wording().goal_name(goal.number), self.href(&goal.address))
    }
}
