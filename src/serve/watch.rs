//! Sees which files change, and has the site built again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::shown::{Shown, Stage};
use super::{News, Options};
use crate::load::{FOLDERS, Refreshed, refresh};

/// How long nothing must have changed before the site is built: an editor writes a file in several
/// steps, and a checkout many files.
const QUIET: Duration = Duration::from_millis(40);

/// The longest that changes are waited for while they go on.
const LONGEST: Duration = Duration::from_millis(1000);

/// How long a file may be empty while it is being written.
const EMPTY: Duration = Duration::from_millis(60);

/// Watches the folders of a site until the program ends.
pub(super) fn watch(
    stage: Arc<Stage>,
    options: Options,
    tell: impl Fn(&News) + Send + Sync + 'static,
) -> anyhow::Result<()> {
    let (send, events) = channel();
    let mut watcher = notify::recommended_watcher(send).context("cannot watch files")?;
    let root = options.root.canonicalize().context("cannot watch the folder of the site")?;
    // The folder of the site itself tells when one of its folders comes or goes.
    watcher.watch(&root, RecursiveMode::NonRecursive).context("cannot watch files")?;
    for folder in FOLDERS.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
        watcher.watch(&folder, RecursiveMode::Recursive).context("cannot watch files")?;
    }
    std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
        // What has changed since the site was read, before it was watched.
        let everything = Changed { is_everything: true, ..Changed::default() };
        rebuild(&everything, &stage, &options, &tell);
        follow(&events, &mut watcher, &root, &stage, &options, &tell);
    })?;
    Ok(())
}

fn follow(
    events: &Receiver<notify::Result<Event>>,
    watcher: &mut RecommendedWatcher,
    root: &Path,
    stage: &Stage,
    options: &Options,
    tell: &impl Fn(&News),
) {
    while let Ok(first) = events.recv() {
        let mut changed = Changed::default();
        changed.add(first, root);
        let started = Instant::now();
        loop {
            match events.recv_timeout(QUIET) {
                Ok(event) if started.elapsed() < LONGEST => changed.add(event, root),
                Ok(event) => {
                    changed.add(event, root);
                    break;
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if changed.is_nothing() {
            continue;
        }
        for folder in changed.folders(root) {
            let _ = watcher.unwatch(&folder);
            let _ = watcher.watch(&folder, RecursiveMode::Recursive);
        }
        rebuild(&changed, stage, options, tell);
    }
}

/// Builds the site again, and says so.
fn rebuild(changed: &Changed, stage: &Stage, options: &Options, tell: &impl Fn(&News)) {
    let began = Instant::now();
    match build(changed, stage, options) {
        Ok(None) => {}
        Ok(Some(shown)) => {
            let took = began.elapsed().as_millis();
            let what = changed.what();
            tell(&News::Built(format!("{what}: {} in {took} ms", shown.summary())));
        }
        // Such as a folder that is being replaced: it comes back, and is read then.
        Err(error) => tell(&News::Failed(format!("{error:#}"))),
    }
}

/// Builds the site again, unless nothing of it has changed.
fn build(
    changed: &Changed,
    stage: &Stage,
    options: &Options,
) -> anyhow::Result<Option<Arc<Shown>>> {
    let shown = stage.shown();
    let again = |paths: &BTreeSet<String>| refresh(&shown.build.input, &options.root, paths);
    if !changed.is_everything {
        let mut refreshed = again(&changed.paths)?;
        if refreshed.has_emptied(&shown.build.input) {
            std::thread::sleep(EMPTY);
            refreshed = again(&changed.paths)?;
        }
        match refreshed {
            Refreshed::Nothing => return Ok(None),
            Refreshed::Files(input) => return Ok(Some(stage.show(input))),
            Refreshed::Others => {}
        }
    }
    drop(shown);
    stage.reload(options.today)
}

/// What has changed.
#[derive(Default)]
struct Changed {
    /// Paths from the root, with `/`.
    paths: BTreeSet<String>,
    /// So much changed that nobody could say what.
    is_everything: bool,
}

impl Changed {
    fn add(&mut self, event: notify::Result<Event>, root: &Path) {
        let Ok(event) = event else {
            self.is_everything = true;
            return;
        };
        self.is_everything |= event.need_rescan();
        // That somebody has read a file, we among others, is no change.
        if matches!(event.kind, EventKind::Access(_)) {
            return;
        }
        for path in &event.paths {
            let Ok(relative) = path.strip_prefix(root) else { continue };
            let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
            let Some(parts) = parts else {
                self.is_everything = true;
                continue;
            };
            // Anything else in the folder of the site is none of ours.
            if parts.first().is_some_and(|first| FOLDERS.contains(first)) {
                self.paths.insert(parts.join("/"));
            }
        }
    }

    fn is_nothing(&self) -> bool {
        self.paths.is_empty() && !self.is_everything
    }

    /// The folders of the site that came or went themselves.
    fn folders(&self, root: &Path) -> Vec<PathBuf> {
        let folders = FOLDERS.iter().filter(|folder| self.paths.contains(**folder));
        folders.map(|folder| root.join(folder)).collect()
    }

    /// The same in a few words.
    fn what(&self) -> String {
        match self.paths.first() {
            Some(path) if self.paths.len() == 1 => format!("`{path}` changed"),
            Some(path) => format!("`{path}` and {} more changed", self.paths.len() - 1),
            None => "Much changed".to_owned(),
        }
    }
}
