//! Which files were saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use notify::event::{AccessKind, AccessMode, EventKind, MetadataKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecursiveMode, Watcher};

use crate::load::{FOLDERS, is_hidden};

/// The longest that a burst of changes is gathered.
const LONGEST_BURST: Duration = Duration::from_millis(500);

/// How often files are looked at where the system does not report changes.
const LOOKS: Duration = Duration::from_secs(1);

/// How to find out what was saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Watching {
    /// The system reports it.
    #[default]
    Told,
    /// All files are looked at again and again: the system does not report changes on a network
    /// disk, or from outside a container or virtual machine.
    Looking,
}

/// What has changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    /// Paths from the site's root, with `/`.
    pub(super) paths: BTreeSet<String>,
    /// Whether more may have changed than the paths say, because whole folders have moved.
    pub(super) is_everything: bool,
}

impl Changes {
    fn add(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.is_everything |= other.is_everything;
    }

    /// What has changed, in words.
    pub(super) fn named(&self) -> String {
        let mut shown = self.paths.iter().filter(|path| !path.split('/').any(is_hidden));
        match (shown.next(), shown.count()) {
            (None, _) => "the site".to_owned(),
            (Some(one), 0) => one.clone(),
            (Some(one), more) => format!("{one} and {more} more"),
        }
    }
}

/// Watches the folders of a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    changes: Receiver<Changes>,
}

impl Watch {
    /// Watches a site.
    pub(super) fn new(root: &Path, watching: Watching) -> anyhow::Result<Self> {
        let problem = || format!("cannot watch `{}`", root.display());
        // Systems report paths with all links resolved.
        let root = root.canonicalize().with_context(problem)?;
        let (sender, changes) = mpsc::channel();
        let below = root.clone();
        let tell = move |event: notify::Result<Event>| tell(&below, event, &sender);
        let watcher: Box<dyn Watcher + Send> = match watching {
            Watching::Told => Box::new(notify::recommended_watcher(tell).with_context(problem)?),
            Watching::Looking => {
                // It knows times only to the second, so it has to compare content too.
                let config =
                    Config::default().with_poll_interval(LOOKS).with_compare_contents(true);
                Box::new(PollWatcher::new(tell, config).with_context(problem)?)
            }
        };
        let mut watch = Self { root, watcher, changes };
        watch.look().with_context(problem)?;
        Ok(watch)
    }

    /// Begins to watch, or begins again: a folder that replaces another is not the one that was
    /// watched. Only the entries of the root itself are watched, as it may contain much else.
    fn look(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            // A folder that is not watched yet, or does not exist, is not an error.
            let _ = self.watcher.unwatch(&folder);
            if folder.is_dir() {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Waits for changes, and gathers them until nothing more comes for the time `quiet`. When
    /// nothing changes for `patience`, the whole site counts as changed. None at the end.
    pub(super) fn next(&mut self, quiet: Duration, patience: Option<Duration>) -> Option<Changes> {
        let mut changes = match patience {
            None => self.changes.recv().ok()?,
            Some(patience) => match self.changes.recv_timeout(patience) {
                Ok(changes) => changes,
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    // The folder may be a new one that was not reported.
                    let _ = self.look();
                    Changes { is_everything: true, ..Changes::default() }
                }
            },
        };
        self.look_again(&mut changes);
        self.gather(quiet, &mut changes);
        Some(changes)
    }

    /// Gathers changes until nothing more comes for the time `quiet`. Says whether there were any.
    pub(super) fn gather(&mut self, quiet: Duration, changes: &mut Changes) -> bool {
        let started = Instant::now();
        let mut came = false;
        while started.elapsed() < LONGEST_BURST {
            let Ok(mut more) = self.changes.recv_timeout(quiet) else { break };
            self.look_again(&mut more);
            changes.add(more);
            came = true;
        }
        came
    }

    /// Watches the folders again when one of them was added or removed. What is saved meanwhile is
    /// not reported.
    fn look_again(&mut self, changes: &mut Changes) {
        if FOLDERS.iter().any(|folder| changes.paths.contains(*folder)) {
            changes.is_everything = true;
            // Where that is not possible, reading the site gives the reason.
            let _ = self.look();
        }
    }
}

/// Passes on what an event says about the site, if anything.
fn tell(root: &Path, event: notify::Result<Event>, to: &Sender<Changes>) {
    let mut changes = Changes::default();
    match event {
        Ok(event) => {
            changes.is_everything = event.need_rescan();
            if is_of_content(event.kind) {
                let moves = matches!(
                    event.kind,
                    EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_))
                );
                for path in &event.paths {
                    let Some(below) = from_root(root, path) else { continue };
                    changes.is_everything |= moves && path.is_dir();
                    changes.paths.insert(below);
                }
            }
        }
        // Looking at everything finds what was missed.
        Err(_) => changes.is_everything = true,
    }
    if changes.is_everything || !changes.paths.is_empty() {
        // At the end the receiver is gone.
        let _ = to.send(changes);
    }
}

/// Whether an event can mean that files have changed.
fn is_of_content(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Modify(ModifyKind::Metadata(what)) => what == MetadataKind::WriteTime,
        _ => true,
    }
}

/// A path from the site's root; none for one that is not part of the site.
fn from_root(root: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?;
    // For a name that is not text, its folder is given.
    let parts = below.iter().map_while(|part| part.to_str());
    let parts: Vec<&str> = parts.collect();
    FOLDERS.contains(parts.first()?).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_folders_of_the_site_count() {
        let root = Path::new("/site");
        let from = |path: &str| from_root(root, Path::new(path));
        assert_eq!(from("/site/content/a/b.md").as_deref(), Some("content/a/b.md"));
        assert_eq!(from("/site/templates").as_deref(), Some("templates"));
        assert_eq!(from("/site/public/index.html"), None);
        assert_eq!(from("/site"), None);
        assert_eq!(from("/elsewhere/content/a.md"), None);
    }

    #[test]
    fn changes_have_a_name() {
        let named = |paths: &[&str]| {
            let paths = paths.iter().map(|path| (*path).to_owned()).collect();
            Changes { paths, is_everything: false }.named()
        };
        assert_eq!(named(&[]), "the site");
        assert_eq!(named(&["content/a.md", "content/.a.md.swp"]), "content/a.md");
        assert_eq!(
            named(&["content/a.md", "content/b.md", "content/c.md"]),
            "content/a.md and 2 more"
        );
    }
}
