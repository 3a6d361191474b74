//! Large sites, made up from a counter: those of the benchmark.

#[path = "../../benches/sites/corpus.rs"]
mod corpus;

use crate::site::Scratch;

pub(crate) use corpus::path;

/// A site with this many recommendations, in memory.
pub(crate) fn site(recommendations: usize) -> Scratch {
    let scratch = Scratch::in_memory();
    corpus::write(scratch.root(), corpus::files(recommendations));
    scratch
}
