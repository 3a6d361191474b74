//! A Sustainable Development Goal: what points at it, and at which of its targets.

use std::collections::BTreeMap;

use serde::Serialize;

use super::citations::{Group, groups};
use super::head::Title;
use super::{Here, PagePlace, PageType, View, goals};
use crate::model::Citation;
use crate::references::Sdg;

pub(super) const PAGE_TYPE: PageType = PageType {
    name: "goal",
    count: |site| site.goals.len(),
    address: |site, index| site.goals[index].address.clone(),
    source: |_, _| None,
    place: PagePlace::Linked,
    view,
};

#[derive(Serialize)]
struct GoalView {
    url: String,
    leaves_site: String,
    /// Where the goal as a whole is pointed at.
    groups: Vec<Group>,
    targets: Vec<TargetView>,
}

/// A target, with its indicators, and where they are pointed at.
#[derive(Serialize)]
struct TargetView {
    heading: String,
    anchor: String,
    url: String,
    leaves_site: String,
    groups: Vec<Group>,
}

fn view(here: &Here<'_>, index: usize) -> View {
    let goal = &here.site.goals[index];
    let mut whole: Vec<&Citation> = Vec::new();
    let mut by_target: BTreeMap<Sdg, Vec<&Citation>> = BTreeMap::new();
    for (sdg, citation) in &goal.cited {
        match sdg.target() {
            Some(target) => by_target.entry(target).or_default().push(citation),
            None => whole.push(citation),
        }
    }
    let target = |(target, cited): (Sdg, Vec<&Citation>)| TargetView {
        heading: here.words.fill("goals.target", &[("target", &target.to_string())]),
        anchor: target.to_string(),
        leaves_site: here.leaves_site(&target.url()),
        url: target.url(),
        groups: groups(here, cited.into_iter()),
    };
    let url = Sdg::goal(goal.number).url();
    let page = GoalView {
        leaves_site: here.leaves_site(&url),
        url,
        groups: groups(here, whole.into_iter()),
        targets: by_target.into_iter().map(target).collect(),
    };
    let title = Title::of(here.wording().goal_name(goal.number))
        .below(here.words.text("goals.title"), goals::ADDRESS);
    View::new(&here.head(title), &page)
}
