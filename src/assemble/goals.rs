//! The Sustainable Development Goals that texts point at, and where.

use std::collections::BTreeMap;

use super::order::{Ordered, places};
use crate::model::{Citation, CitedGoal, Source};
use crate::references::{Key, Sdg};

/// The goals of a site.
pub(super) struct Goals {
    pub(super) list: Vec<CitedGoal>,
    /// The goals of each recommendation, as indexes of the list.
    pub(super) of_recommendations: Vec<Vec<usize>>,
}

/// Makes the goals of a site from its citations.
pub(super) fn goals(ordered: &Ordered) -> Goals {
    let mut cited: BTreeMap<u8, Vec<(Sdg, Citation)>> = BTreeMap::new();
    for (source, texts) in ordered.sources() {
        for (citation, found) in places(source, texts) {
            if let Key::Goal(sdg) = found.key {
                cited.entry(sdg.number()).or_default().push((sdg, citation));
            }
        }
        for (text, of) in texts.all().enumerate() {
            for found in &of.in_facts {
                if let Key::Goal(sdg) = found.key {
                    let citation = Citation { source, text, found: None };
                    cited.entry(sdg.number()).or_default().push((sdg, citation));
                }
            }
        }
    }
    let mut of_recommendations = vec![Vec::new(); ordered.recommendations.len()];
    for (index, cited) in cited.values().enumerate() {
        for (_, citation) in cited {
            if let Source::Recommendation(id) = citation.source {
                let own: &mut Vec<usize> = &mut of_recommendations[id.0];
                if own.last() != Some(&index) {
                    own.push(index);
                }
            }
        }
    }
    let goal =
        |(number, cited)| CitedGoal { number, address: format!("goals/{number}.html"), cited };
    Goals { list: cited.into_iter().map(goal).collect(), of_recommendations }
}
