use std::path::PathBuf;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use anyhow::Context as _;

use super::Outcome;
use super::site::{PdfArgs, ReportArgs, SiteArgs, left_out};
use crate::diagnostics::{Diagnostic, Tally};
use crate::load::git;
use crate::pages::BuiltFrom;
use crate::plan::{Build, RenderError, SitePart};
use crate::publish::{ForeignFiles, PublishTarget, Published, publish};

/// Make the site
///
/// Reads `content` and `templates`, and writes the site into `public`. Only files that differ are
/// written, files of an earlier build that are no longer needed are removed, and files that Recto
/// did not write are left alone. When the content has errors, nothing is written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    pdf: PdfArgs,

    /// Build what git held in this revision: a branch, a tag, `HEAD~2`. Nothing is checked out
    #[arg(long, value_name = "REV")]
    revision: Option<String>,

    /// Say at the foot of each page when the site was built, and from which revision of git
    #[arg(long)]
    stamp: bool,

    /// Write only what is in the folder of a collection, or with `.` what is in none, so that the parts
    /// of a large site can be built side by side: the same bytes as when all is built
    #[arg(long, value_name = "FOLDER", requires = "out")]
    collection: Option<String>,

    /// The folder to write to [default: `public` in the folder of the site]
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,

    #[command(flatten)]
    report: ReportArgs,

    /// Write among files that Recto did not write, and replace those that are in the way
    #[arg(long)]
    force: bool,
}

/// How many characters of the name of a revision are shown: enough for any repository of texts.
const LENGTH_OF_NAME: usize = 10;

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    match &args.revision {
        None => run_in(args, &args.site),
        Some(revision) => {
            let folder = tempfile::tempdir().context("no folder for what git held")?;
            git::write_revision(&args.site.root, revision, folder.path())?;
            let site = SiteArgs { root: folder.path().to_owned(), ..args.site.clone() };
            run_in(args, &site)
        }
    }
}

/// Builds a site: the one that was named, or what git held of it.
fn run_in(args: &Args, site: &SiteArgs) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let mut build = site.build(args.pdf.pdfs())?;
    if args.stamp {
        let revision = args.revision.as_deref().unwrap_or("HEAD");
        let commit = git::commit(&args.site.root, revision)?;
        let revision = commit.chars().take(LENGTH_OF_NAME).collect();
        let is_changed = args.revision.is_none() && git::is_changed(&args.site.root)?;
        build.built_from = Some(BuiltFrom { day: build.site.today, revision, is_changed });
    }
    if let Some(typed) = &args.collection {
        let part =
            SitePart::of(typed, &build.site).with_context(|| no_collection(typed, &build))?;
        build.keep(&part);
    }
    let outcome = args.report.report(&args.site.root, &build.input, &build.diagnostics);
    let tally = Tally::of(&build.diagnostics);
    if outcome == Outcome::ContentErrors {
        anstream::eprintln!("{tally}; nothing was written");
        return Ok(outcome);
    }
    let out = args.out.clone().unwrap_or_else(|| args.site.root.join("public"));
    let strangers = if args.force { ForeignFiles::Allow } else { ForeignFiles::Refuse };
    let target = PublishTarget { folder: &out, root: &site.root, strangers };
    let bar = progress_bar(&build);
    let published = publish(&build, &target, || bar.inc(1));
    bar.finish_and_clear();
    let outcome = match published {
        Ok(published) => {
            say(&build, &published, &out, started.elapsed(), tally);
            Ok(Outcome::Fine)
        }
        Err(RenderError::Template(diagnostic)) => Ok(args.failed(&build, &[*diagnostic])),
        Err(RenderError::Pdf(diagnostics)) => Ok(args.failed(&build, &diagnostics)),
        Err(RenderError::Taken(error)) => Err(error),
    };
    // The program ends here. Freeing a large site piece by piece takes a fiftieth of the build.
    std::mem::forget(build);
    outcome
}

fn no_collection(typed: &str, build: &Build) -> String {
    let known = build.site.collections.iter().map(|of| format!("`{}`", of.folder));
    let known: Vec<String> = known.collect();
    match known.is_empty() {
        true => format!("`{typed}` is not a collection: no folder above reports has an `index.md`"),
        false => format!("`{typed}` is not a collection; there are {}", known.join(", ")),
    }
}

impl Args {
    /// Reports what is wrong with something that was rendered.
    fn failed(&self, build: &Build, diagnostics: &[Diagnostic]) -> Outcome {
        self.report.report(&self.site.root, &build.input, diagnostics);
        anstream::eprintln!("{}; nothing was written", Tally::of(diagnostics));
        Outcome::ContentErrors
    }
}

/// A progress bar for long work when a person is watching; for short work it would only flicker.
fn progress_bar(build: &Build) -> ProgressBar {
    let files = build.plan.recipes.len();
    if files < 1000 {
        return ProgressBar::hidden();
    }
    let bar =
        ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(10));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} files") {
        bar.set_style(style);
    }
    bar
}

/// The first of some files by their names, and how many more there are.
fn named(paths: &[String]) -> String {
    let shown: Vec<String> = paths.iter().take(5).map(|path| format!("`{path}`")).collect();
    match paths.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn say(build: &Build, published: &Published, out: &std::path::Path, took: Duration, tally: Tally) {
    let plural = |n: usize, one: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {one}s"),
    };
    let recommendations = plural(build.site.recommendations.len(), "recommendation");
    let reports = plural(build.site.reports.len(), "report");
    let unchanged = published.files - published.written;
    let mut changes = vec![format!("{} written", plural(published.written, "file"))];
    if unchanged > 0 {
        changes.push(format!("{unchanged} unchanged"));
    }
    if published.removed > 0 {
        changes.push(format!("{} removed", published.removed));
    }
    let seconds = took.as_secs_f64();
    anstream::eprintln!(
        "Built {recommendations} in {reports} into `{}`: {} in {seconds:.2} s{}",
        out.display(),
        changes.join(", "),
        left_out(build.site.drafts_left_out),
    );
    if !published.kept.is_empty() {
        let kept = named(&published.kept);
        anstream::eprintln!(
            "Kept {kept}: no longer part of the site, but changed since Recto wrote it"
        );
    }
    if !published.replaced.is_empty() {
        let replaced = named(&published.replaced);
        anstream::eprintln!("Replaced {replaced}, which Recto had not written");
    }
    if tally != Tally::default() {
        anstream::eprintln!("{tally}");
    }
}
