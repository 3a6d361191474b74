//! Reads the site, follows what is saved, and decides what browsers are shown.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use chrono::NaiveDate;
use tokio::sync::watch::Sender;

use super::mistakes::Mistakes;
use super::shown::{Showing, Shown, Versions};
use super::watch::{Changes, Watch, Watching};
use crate::diagnostics::{Diagnostic, Tally};
use crate::load::{Reread, again, load};
use crate::pipeline::{Builder, Settings};
use crate::plan::Build;
use crate::source::{Content, Input};

/// How long after the last event a change is looked at.
const QUIET: Duration = Duration::from_millis(20);

/// How much longer until mistakes are believed: editors empty a file before they fill it.
const BELIEVED: Duration = Duration::from_millis(40);

/// How long until the disk is tried again when the site could not be read.
const RETRY: Duration = Duration::from_millis(500);

/// How many times in a row an unreadable site is tried: files come and go while it is read.
const TRIES: usize = 3;

/// Prints a line for the person who started the server.
pub(super) type Say = Box<dyn Fn(&str) + Send>;

/// Builds the site again after each change.
pub(super) struct Follower {
    root: PathBuf,
    today: Option<NaiveDate>,
    builder: Builder,
    /// What was built last.
    input: Input,
    /// Whether the site could not be read at the last try.
    is_unreadable: bool,
    versions: Versions,
    watch: Watch,
    say: Say,
}

impl Follower {
    /// Reads and builds the site for the first time.
    pub(super) fn begin(
        root: &Path,
        today: Option<NaiveDate>,
        settings: Settings,
        watching: Watching,
        say: Say,
    ) -> anyhow::Result<(Self, Shown, Tally)> {
        // Watching begins first, so that no change is missed while the site is read.
        let watch = Watch::new(root, watching);
        // Reading reports a site that does not exist.
        let input = load(root, day(today))?;
        let watch = watch.context("try `--poll`, which looks at the files instead")?;
        let mut follower = Self {
            root: root.to_owned(),
            today,
            builder: Builder::new(settings),
            input: input.clone(),
            is_unreadable: false,
            versions: Versions::new(),
            watch,
            say,
        };
        let mut build = follower.builder.draft(input);
        let found = std::mem::take(&mut build.diagnostics);
        let found = follower.builder.check(&build, found);
        let version = follower.versions.next();
        let tally = Tally::of(&found);
        let shown = match tally.errors {
            0 => {
                let build = Arc::new(build);
                Shown { version, face: Showing::Site(Arc::clone(&build)), good: Some(build) }
            }
            _ => {
                let mistakes = Mistakes::of(&build.input, &found);
                Shown { version, face: Showing::Mistakes(mistakes.into()), good: None }
            }
        };
        Ok((follower, shown, tally))
    }

    /// Follows what is saved until the server ends.
    pub(super) fn follow(mut self, shown: &Sender<Shown>) {
        let mut patience = None;
        while let Some(changes) = self.watch.next(QUIET, patience) {
            if shown.is_closed() {
                return;
            }
            patience = match self.turn(changes, shown) {
                Ok(()) => None,
                Err(error) => {
                    self.cannot_read(&error, shown);
                    Some(RETRY)
                }
            };
        }
    }

    /// Builds the site after a change. An error is one of the disk.
    fn turn(&mut self, mut changes: Changes, shown: &Sender<Shown>) -> anyhow::Result<()> {
        let started = Instant::now();
        let mut tries = 0;
        loop {
            let input = match self.read(&changes) {
                Ok(Some(input)) => input,
                Ok(None) => return Ok(()),
                Err(error) if tries == TRIES => return Err(error),
                Err(_) => {
                    tries += 1;
                    changes.is_everything = true;
                    self.watch.gather(BELIEVED, &mut changes);
                    continue;
                }
            };
            let mut draft = self.builder.draft(input);
            let found = std::mem::take(&mut draft.diagnostics);
            let has_errors = Tally::of(&found).errors > 0;
            if has_errors && self.watch.gather(BELIEVED, &mut changes) {
                continue;
            }
            self.is_unreadable = false;
            let (build, what) = (Arc::new(draft), changes.named());
            self.show(Draft { build, found, has_errors, what, started }, shown);
            return Ok(());
        }
    }

    /// Reads what has changed; none when nothing has.
    fn read(&self, changes: &Changes) -> anyhow::Result<Option<Input>> {
        let today = day(self.today);
        // Changes while the site could not be read were not looked at.
        if !changes.is_everything && !self.is_unreadable {
            match again(&self.root, &self.input, &changes.paths)? {
                Reread::Nothing => return Ok(None),
                Reread::Files(mut input) => {
                    input.today = today;
                    return Ok(Some(input));
                }
                Reread::Everything => {}
            }
        }
        let input = load(&self.root, today)?.with_ids_of(&self.input);
        let is_asset = |path: &String| {
            let file = self.input.find(path).map(|id| self.input.file(id));
            file.is_some_and(|file| file.content == Content::Asset)
        };
        let is_same = input.files == self.input.files
            && input.left_out == self.input.left_out
            && !changes.paths.iter().any(is_asset);
        Ok((!is_same || self.is_unreadable).then_some(input))
    }

    /// Shows a draft as soon as possible, and what is wrong with it when that is known.
    fn show(&mut self, draft: Draft, shown: &Sender<Shown>) {
        let Draft { build, found, has_errors, what, started } = draft;
        let before = shown.borrow().clone();
        let mut took = started.elapsed();
        if !has_errors {
            let face = Showing::Site(Arc::clone(&build));
            shown.send_replace(Shown {
                version: self.versions.next(),
                face,
                good: before.good.clone(),
            });
        }
        self.input = build.input.clone();
        let found = self.builder.check(&build, found);
        let tally = Tally::of(&found);
        if tally.errors > 0 {
            let face = Showing::Mistakes(Mistakes::of(&build.input, &found).into());
            took = started.elapsed();
            shown.send_replace(Shown { version: self.versions.next(), face, good: before.good });
        } else if has_errors {
            let face = Showing::Site(Arc::clone(&build));
            shown.send_replace(Shown { version: self.versions.next(), face, good: Some(build) });
        } else {
            let mut good = Some(build);
            shown.send_if_modified(|shown| {
                std::mem::swap(&mut shown.good, &mut good);
                // Browsers see no difference.
                false
            });
        }
        let tally = match tally == Tally::default() {
            true => "no mistakes".to_owned(),
            false => tally.to_string(),
        };
        (self.say)(&format!("{what}: {} ms, {tally}", took.as_millis()));
    }

    /// Shows that the site cannot be read, once.
    fn cannot_read(&mut self, error: &anyhow::Error, shown: &Sender<Shown>) {
        if self.is_unreadable {
            return;
        }
        self.is_unreadable = true;
        let face = Showing::Mistakes(Mistakes::of_disk(error).into());
        let good = shown.borrow().good.clone();
        shown.send_replace(Shown { version: self.versions.next(), face, good });
        (self.say)(&format!("the site cannot be read: {error:#}"));
    }
}

/// A site that was built, and not checked yet.
struct Draft {
    build: Arc<Build>,
    /// What was found wrong on the way.
    found: Vec<Diagnostic>,
    /// Whether there are errors among them.
    has_errors: bool,
    /// What had changed.
    what: String,
    /// When the change was first seen.
    started: Instant,
}

/// The day of a build: a server may run past midnight.
fn day(given: Option<NaiveDate>) -> NaiveDate {
    given.unwrap_or_else(|| chrono::Local::now().date_naive())
}
