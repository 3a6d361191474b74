use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::Outcome;
use super::site::{SiteArgs, day, write_out};
use crate::assemble::Pdfs;
use crate::compare::{CHANGE_FORMATS, Comparison, Sides, changed_files, compare};
use crate::load::{git, load};
use crate::pipeline::{Builder, errors};
use crate::plan::Build;
use crate::source::Input;

/// Say what changed in meaning
///
/// Two states of the site are compared, not their files: moved lines, reordered keys and other
/// wrapping are no change. Each is a revision of git (a branch, a tag, `HEAD~2`), a folder with a
/// site, or a day (`2024-12-31`: what was so then). Without any, the last commit is compared with the
/// working copy; in a pull request on GitHub, the commit from which it began.
///
/// Exit status: 0 whether or not something changed; 2 when a side has errors, because then nothing
/// can be said.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The earlier state [default: the last commit]
    #[arg(value_name = "BEFORE")]
    before: Option<String>,

    /// The later state [default: the working copy]
    #[arg(value_name = "NOW")]
    now: Option<String>,

    /// Compare with what was so on this day, by the dates of the content
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with_all = ["before", "now"])]
    since: Option<NaiveDate>,

    /// How changes are shown
    #[arg(long, value_name = "FORMAT", default_value = CHANGE_FORMATS[0].name,
          value_parser = CHANGE_FORMATS.iter().map(|of| of.name).collect::<Vec<_>>())]
    format: String,

    /// The file to write to [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Link to the pages of the site at this address: `.` where the output is put into the folder of
    /// a built site
    #[arg(long, value_name = "URL")]
    links: Option<String>,

    #[command(flatten)]
    site: SiteArgs,
}

/// One of two states.
enum Side {
    /// The files as they are.
    WorkingCopy,
    /// A site in another folder.
    Folder(PathBuf),
    /// What git held.
    Revision(String),
    /// What was so on a day.
    Day(NaiveDate),
}

fn is_hash(revision: &str) -> bool {
    revision.len() == 40 && revision.bytes().all(|b| b.is_ascii_hexdigit())
}

impl Side {
    fn of(typed: &str, root: &Path) -> anyhow::Result<Self> {
        let folder = Path::new(typed);
        let is_folder = folder.join("content").is_dir();
        let is_path = typed.starts_with(['.', '/']);
        // A pull request may add a folder with the name of a branch.
        if is_folder && !is_path && git::commit(root, typed).is_ok() {
            bail!("`{typed}` is a revision and a folder; write `./{typed}` for the folder");
        }
        Ok(match (typed.parse(), is_folder) {
            (Ok(day), _) => Self::Day(day),
            (_, true) => Self::Folder(folder.to_owned()),
            _ => Self::Revision(typed.to_owned()),
        })
    }

    fn name(&self) -> String {
        match self {
            Self::WorkingCopy => "the working copy".to_owned(),
            Self::Folder(folder) => folder.display().to_string(),
            // A full name says less than its beginning.
            Self::Revision(revision) => match is_hash(revision) {
                true => revision[..10].to_owned(),
                false => revision.clone(),
            },
            Self::Day(day) => day.to_string(),
        }
    }

    /// Its files.
    fn load(&self, args: &SiteArgs) -> anyhow::Result<Input> {
        let today = args.today.unwrap_or_else(|| chrono::Local::now().date_naive());
        match self {
            Self::WorkingCopy | Self::Day(_) => load(&args.root, today),
            Self::Folder(folder) => load(folder, today),
            Self::Revision(revision) => git::load_revision(&args.root, revision, today),
        }
    }

    /// The day whose state is asked for, if not that of each report.
    fn as_at(&self, args: &SiteArgs) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            Self::WorkingCopy | Self::Folder(_) | Self::Revision(_) => args.as_at,
        }
    }

    /// An error when its site has errors: then nothing can be said about it.
    fn must_be_right(&self, draft: &Build) -> anyhow::Result<()> {
        let errors = errors(draft).len();
        if errors > 0 {
            let plural = if errors == 1 { "" } else { "s" };
            bail!(
                "{} has {errors} error{plural}, so nothing can be said about it; `recto check` shows \
                 the errors of the working copy",
                self.name()
            );
        }
        Ok(())
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let (before, now) = sides(args)?;
    // One builder for both: a text that is the same on both sides is read once.
    let mut builder = Builder::new(args.site.settings(Pdfs::LeaveOut, &[]));
    // What waits for the disk or for git leaves a processor to the other side.
    let (one, other) = rayon::join(
        || anyhow::Ok(builder.draft_as_at(before.as_at(&args.site), before.load(&args.site)?)),
        || now.load(&args.site),
    );
    let one = one?;
    let other = other?.with_ids_of(&one.input);
    let (is_right, other) = rayon::join(
        || before.must_be_right(&one),
        || {
            let other = builder.draft_as_at(now.as_at(&args.site), other);
            now.must_be_right(&other).map(|()| other)
        },
    );
    is_right?;
    let other = other?;
    let comparison = Comparison {
        files: changed_files(&one.input, &other.input),
        ..compare(&one.site, &other.site)
    };
    let comparison = comparison.with_typing(&one.input, &other.input);
    let sides = Sides { before: before.name(), now: now.name(), links: args.links.clone() };
    let format = CHANGE_FORMATS.iter().find(|of| of.name == args.format);
    let format = format.context("no such format")?;
    let text = (format.render)(&comparison, &sides);
    match (&args.out, format.name) {
        (None, "terminal") => anstream::print!("{text}"),
        (Some(_), "terminal") => {
            write_out(
                args.out.as_ref(),
                anstream::adapter::strip_str(&text).to_string().as_bytes(),
            )?;
        }
        _ => write_out(args.out.as_ref(), text.as_bytes())?,
    }
    Ok(Outcome::Fine)
}

/// What is compared with what.
fn sides(args: &Args) -> anyhow::Result<(Side, Side)> {
    if let Some(day) = args.since {
        return Ok((Side::Day(day), Side::WorkingCopy));
    }
    let root = &args.site.root;
    let now = match &args.now {
        Some(now) => Side::of(now, root)?,
        None => Side::WorkingCopy,
    };
    if let Some(before) = &args.before {
        return Ok((Side::of(before, root)?, now));
    }
    // GitHub names the branch that a pull request is for.
    let base = std::env::var("GITHUB_BASE_REF").unwrap_or_default();
    let before = match base.is_empty() {
        true => "HEAD".to_owned(),
        false => git::merge_base(&args.site.root, &format!("origin/{base}"), "HEAD")?,
    };
    Ok((Side::Revision(before), now))
}
