//! The Sustainable Development Goals that texts point at, and the way back.

use std::collections::BTreeMap;

use super::citations::{places, sources};
use crate::model::{Citation, CitedGoal, Site, Source};
use crate::references::{OF_GOALS, Sdg};

/// Makes the goals of a site from its citations.
pub(super) fn build(site: &mut Site) {
    let mut goals: BTreeMap<u8, Vec<(Sdg, Citation)>> = BTreeMap::new();
    for source in sources(site) {
        for (citation, found) in places(site, source).filter(|(_, found)| found.scheme == OF_GOALS)
        {
            if let Ok(sdg) = found.key.parse::<Sdg>() {
                goals.entry(sdg.number()).or_default().push((sdg, citation));
            }
        }
    }
    for (index, cited) in goals.values().enumerate() {
        for (_, citation) in cited {
            if let Source::Recommendation(id) = citation.source {
                let of_recommendation = &mut site.recommendations[id.0].goals;
                if of_recommendation.last() != Some(&index) {
                    of_recommendation.push(index);
                }
            }
        }
    }
    let goal = |(number, cited): (u8, Vec<(Sdg, Citation)>)| CitedGoal {
        number,
        address: format!("goals/{number}.html"),
        cited: cited.into_iter().map(|(sdg, citation)| (sdg.to_string(), citation)).collect(),
    };
    site.goals = goals.into_iter().map(goal).collect();
}
