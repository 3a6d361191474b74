//! What is shown: the build of the moment, and the last one without mistakes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use anyhow::Context as _;
use tokio::sync::watch;

use super::Options;
use crate::diagnostics::{Diagnostic, Severity, Tally, sort};
use crate::load::load;
use crate::pipeline::{Build, Workshop};
use crate::source::Input;

/// A build, and what is wrong with it.
pub(super) struct Shown {
    pub(super) build: Arc<Build>,
    /// The mistakes, while there are errors among them; none when the site can be shown.
    pub(super) mistakes: Vec<Diagnostic>,
    pub(super) tally: Tally,
    /// Counts the builds, so that a page knows whether it is the newest.
    pub(super) version: u64,
}

impl Shown {
    fn new(build: Arc<Build>, diagnostics: Vec<Diagnostic>, version: u64) -> Self {
        let tally = Tally::of(&diagnostics);
        let mistakes = if tally.errors > 0 { diagnostics } else { Vec::new() };
        Self { build, mistakes, tally, version }
    }

    /// How it is, in a line.
    pub(super) fn summary(&self) -> String {
        let pages = self.build.site.recommendations.len();
        let recommendations = if pages == 1 { "recommendation" } else { "recommendations" };
        match self.tally == Tally::default() {
            true => format!("{pages} {recommendations}"),
            false => format!("{pages} {recommendations}; {}", self.tally),
        }
    }
}

/// Where builds are shown, one after the other.
pub(super) struct Stage {
    pub(super) root: PathBuf,
    shown: RwLock<Arc<Shown>>,
    last_good: RwLock<Option<Arc<Build>>>,
    workshop: Mutex<Workshop>,
    /// What was left out when the files were read.
    left_out: Mutex<Vec<Diagnostic>>,
    version: watch::Sender<u64>,
    /// The PDFs that were made, with the digests of what they were made from.
    #[cfg(feature = "pdf")]
    pub(super) pdfs: Mutex<BTreeMap<String, (String, Arc<crate::pdf::Made>)>>,
}

impl Stage {
    pub(super) fn new(options: &Options) -> anyhow::Result<Self> {
        let mut left_out = Vec::new();
        let input = load(&options.root, options.today, &mut left_out)?;
        let mut workshop = Workshop::new(options.settings.clone());
        let build = Arc::new(workshop.draft(input));
        let mut diagnostics = workshop.check(&build, build.diagnostics.clone());
        diagnostics.extend(left_out.iter().cloned());
        sort(&mut diagnostics);
        let shown = Shown::new(Arc::clone(&build), diagnostics, 1);
        let last_good = shown.mistakes.is_empty().then_some(build);
        Ok(Self {
            root: options.root.clone(),
            shown: RwLock::new(Arc::new(shown)),
            last_good: RwLock::new(last_good),
            workshop: Mutex::new(workshop),
            left_out: Mutex::new(left_out),
            version: watch::Sender::new(1),
            #[cfg(feature = "pdf")]
            pdfs: Mutex::default(),
        })
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The last build without mistakes.
    pub(super) fn last_good(&self) -> Option<Arc<Build>> {
        self.last_good.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hears of each new version.
    pub(super) fn versions(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Reads everything again; none when nothing is different.
    pub(super) fn reload(&self, today: chrono::NaiveDate) -> anyhow::Result<Option<Arc<Shown>>> {
        let mut left_out = Vec::new();
        let input = load(&self.root, today, &mut left_out)?;
        let is_same = {
            let mut known = self.left_out.lock().unwrap_or_else(PoisonError::into_inner);
            let is_same = *known == left_out && input.files == self.shown().build.input.files;
            *known = left_out;
            is_same
        };
        Ok((!is_same).then(|| self.show(input)))
    }

    /// Builds the site from these files and shows it: the pages at once, then what is wrong.
    pub(super) fn show(&self, input: Input) -> Arc<Shown> {
        let mut workshop = self.workshop.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.shown();
        let build = Arc::new(workshop.draft(input));
        let has_errors = build.diagnostics.iter().any(|d| d.severity == Severity::Error);
        let version = before.version + 1;
        if !has_errors && before.mistakes.is_empty() {
            let draft = Shown::new(Arc::clone(&build), Vec::new(), version);
            self.put(Arc::new(draft));
        }
        drop(before);
        let mut diagnostics = workshop.check(&build, build.diagnostics.clone());
        let left_out = self.left_out.lock().unwrap_or_else(PoisonError::into_inner);
        diagnostics.extend(left_out.iter().cloned());
        sort(&mut diagnostics);
        let shown = Shown::new(Arc::clone(&build), diagnostics, version);
        // What was shown already is not shown as something new, unless there is something new to say.
        let version = match shown.mistakes.is_empty() || self.shown().version < version {
            true => version,
            false => version + 1,
        };
        let shown = Arc::new(Shown { version, ..shown });
        if shown.mistakes.is_empty() {
            *self.last_good.write().unwrap_or_else(PoisonError::into_inner) = Some(build);
        }
        self.put(Arc::clone(&shown));
        shown
    }

    fn put(&self, shown: Arc<Shown>) {
        let version = shown.version;
        let before = {
            let mut place = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *place, shown)
        };
        self.version.send_if_modified(|known| std::mem::replace(known, version) != version);
        // A large build takes time to be forgotten, and nobody waits for it.
        std::thread::spawn(move || drop(before));
    }

    /// The bytes of a file of the site that is copied along, by the path that the plan knows.
    pub(super) fn bytes_of(&self, path: &str) -> anyhow::Result<Vec<u8>> {
        read_inside(&self.root, path)
    }
}

/// Reads a file below a folder, and follows no link: what it leads to may lie elsewhere.
fn read_inside(root: &Path, path: &str) -> anyhow::Result<Vec<u8>> {
    let mut place = root.to_owned();
    for part in path.split('/') {
        place.push(part);
        let data = std::fs::symlink_metadata(&place);
        let data = data.with_context(|| format!("cannot read `{path}`"))?;
        anyhow::ensure!(!data.is_symlink(), "`{path}` is a link");
    }
    std::fs::read(&place).with_context(|| format!("cannot read `{path}`"))
}
