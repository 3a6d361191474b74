//! What browsers are shown: the newest site, or what is wrong with it.

use std::sync::Arc;

use super::mistakes::Mistakes;
use crate::plan::Build;

/// What browsers are shown.
#[derive(Clone)]
pub(super) struct Shown {
    /// Names this state. Pages carry it, and are loaded again when another one is announced.
    pub(super) version: String,
    /// The newest of it.
    pub(super) face: Showing,
    /// The last site without errors.
    pub(super) good: Option<Arc<Build>>,
}

/// What stands at every path.
#[derive(Clone)]
pub(super) enum Showing {
    /// The site.
    Site(Arc<Build>),
    /// What is wrong with it, or with the disk.
    Mistakes(Arc<Mistakes>),
}

/// Names states, each once: also after the program was started again, when a page of the time before
/// is still open.
pub(super) struct Versions {
    started: u128,
    count: u64,
}

impl Versions {
    /// The names of this run.
    pub(super) fn new() -> Self {
        let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Self { started: started.map_or(0, |time| time.as_nanos()), count: 0 }
    }

    /// Another name.
    pub(super) fn next(&mut self) -> String {
        self.count += 1;
        format!("{:x}-{}", self.started, self.count)
    }
}
