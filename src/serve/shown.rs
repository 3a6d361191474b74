//! What browsers are shown: the newest site, or what is wrong with it.

use std::sync::Arc;

use super::mistakes::Mistakes;
use crate::plan::Build;

/// What browsers are shown.
#[derive(Clone)]
pub(super) struct Shown {
    /// The name of this state. Pages carry it, and reload when another one is announced.
    pub(super) version: String,
    /// The newest state.
    pub(super) face: Showing,
    /// The last site without errors.
    pub(super) good: Option<Arc<Build>>,
}

/// What is shown at every path.
#[derive(Clone)]
pub(super) enum Showing {
    /// The site.
    Site(Arc<Build>),
    /// What is wrong with it, or with the disk.
    Mistakes(Arc<Mistakes>),
}

/// Gives states unique names, even after a restart, when a page from before is still open.
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

    /// The next name.
    pub(super) fn next(&mut self) -> String {
        self.count += 1;
        format!("{:x}-{}", self.started, self.count)
    }
}
