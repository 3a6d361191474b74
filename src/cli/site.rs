//! What every command that reads a site shares.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::NaiveDate;

use super::Outcome;
use crate::assemble::{Options, Pdfs};
use crate::content::Drafts;
use crate::diagnostics::{
    Diagnostic, Folded, Level, Listing, More, RENDERERS, Renderer, Tally, fold,
};
use crate::load::load;
use crate::pipeline::{Builder, Settings};
use crate::plan::Build;
use crate::source::Input;

/// Which site to read, and how.
#[derive(Debug, Default, Clone, clap::Args)]
pub(super) struct SiteArgs {
    /// The folder of the site: the one with `content` in it
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,

    /// Where the site will be published, such as https://example.org/reports; needed for the feed
    /// and the site map [default: `base_url` in site.yaml]
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(super) base_url: Option<String>,

    /// Show what was so on this day, such as 2020-12-31, instead of on each report's own as-at
    /// date: what is dated later is left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) as_at: Option<NaiveDate>,

    /// The day of the build, for reports without an as-at date [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(super) today: Option<NaiveDate>,

    /// Include what is marked `draft: true`
    #[arg(long)]
    pub(super) drafts: bool,
}

/// Whether PDFs are made, for commands that make other things too.
#[derive(Debug, Default, clap::Args)]
pub(super) struct PdfArgs {
    /// Make no PDF
    #[arg(long)]
    no_pdf: bool,
}

impl PdfArgs {
    pub(super) fn pdfs(&self) -> Pdfs {
        if self.no_pdf { Pdfs::LeaveOut } else { Pdfs::Make }
    }
}

pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "write a day that exists, like 2020-12-31".to_owned())
}

fn web_address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    match rest {
        Some(host) if host.contains(['?', '#']) => {
            Err("leave out everything from `?` or `#` on: the paths of the pages are added to it"
                .to_owned())
        }
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => {
            Ok(text.to_owned())
        }
        _ => Err("write it with its scheme: https://example.org/reports".to_owned()),
    }
}

impl SiteArgs {
    /// Reads the site and makes everything but the pages.
    pub(super) fn build(&self, pdfs: Pdfs) -> anyhow::Result<Build> {
        self.build_at_levels(pdfs, &[])
    }

    /// What the site is built with.
    pub(super) fn settings(&self, pdfs: Pdfs, levels: &[(String, Level)]) -> Settings {
        let drafts = if self.drafts { Drafts::Include } else { Drafts::LeaveOut };
        let options = Options { as_at: self.as_at, edition: None, drafts, pdfs };
        Settings { options, base_url: self.base_url.clone(), levels: levels.to_vec() }
    }

    /// The same, with mistakes reported at the levels that were typed for their codes.
    pub(super) fn build_at_levels(
        &self,
        pdfs: Pdfs,
        levels: &[(String, Level)],
    ) -> anyhow::Result<Build> {
        let today = self.today.unwrap_or_else(|| chrono::Local::now().date_naive());
        let input = load(&self.root, today)?;
        Ok(Builder::new(self.settings(pdfs, levels)).build(input))
    }
}

/// How mistakes are shown and counted.
#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// How mistakes are shown
    #[arg(long, value_name = "FORMAT", default_value = RENDERERS[0].name,
          value_parser = RENDERERS.iter().filter(|renderer| !renderer.is_document)
              .map(|renderer| renderer.name).collect::<Vec<_>>())]
    format: String,

    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

impl ReportArgs {
    /// Shows what is wrong, and says whether the content may be published.
    pub(super) fn report(&self, root: &Path, input: &Input, diagnostics: &[Diagnostic]) -> Outcome {
        anstream::eprint!("{}", shown(&self.format, root, input, diagnostics, Repeated::First));
        let strictness = if self.strict { Strictness::Warnings } else { Strictness::Errors };
        verdict(diagnostics, strictness)
    }
}

/// What fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Errors only.
    Errors,
    /// Warnings too. Notes never do.
    Warnings,
}

/// Whether the content may be published.
pub(super) fn verdict(diagnostics: &[Diagnostic], strictness: Strictness) -> Outcome {
    let tally = Tally::of(diagnostics);
    let fails = match strictness {
        Strictness::Errors => tally.errors > 0,
        Strictness::Warnings => tally.errors + tally.warnings > 0,
    };
    if fails { Outcome::ContentErrors } else { Outcome::Fine }
}

/// How much is shown of what is reported many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeated {
    /// The first of each kind in each folder, where a person reads them.
    First,
    /// Everything.
    All,
}

/// Diagnostics in a format of [`RENDERERS`].
pub(super) fn shown(
    format: &str,
    root: &Path,
    input: &Input,
    diagnostics: &[Diagnostic],
    repeated: Repeated,
) -> String {
    let renderer: &Renderer =
        RENDERERS.iter().find(|renderer| renderer.name == format).unwrap_or(&RENDERERS[0]);
    let below = folder(root);
    let render = |diagnostics: &[Diagnostic]| {
        (renderer.render)(&Listing::new(input, diagnostics).below(&below))
    };
    // Editors and programs want everything, in the order of the files.
    if renderer.name != RENDERERS[0].name {
        return render(diagnostics);
    }
    if repeated == Repeated::All {
        let mut all = diagnostics.to_vec();
        all.sort_by_key(|diagnostic| diagnostic.severity);
        return render(&all);
    }
    let Folded { shown, more } = fold(input, diagnostics);
    let mut out = render(&shown);
    for More { severity, code, folder, count } in &more {
        let place = format!("{below}{folder}");
        out.push_str(&format!("{}[{code}]: {count} more in `{place}`\n", severity.word()));
    }
    if !more.is_empty() {
        out.push_str("`recto check --all` shows everything\n\n");
    }
    out
}

/// What comes before the paths of a site's files, seen from where the command runs, so that editors
/// and GitHub find them: nothing, or the folder with a `/` at the end.
fn folder(root: &Path) -> String {
    let below = std::env::current_dir().ok().and_then(|here| {
        let root = root.canonicalize().ok()?;
        Some(root.strip_prefix(here.canonicalize().ok()?).ok()?.to_owned())
    });
    let folder = below.unwrap_or_else(|| root.to_owned());
    let folder = folder.to_string_lossy().replace('\\', "/");
    match folder.trim_end_matches('/') {
        "" if !folder.starts_with('/') => String::new(),
        folder => format!("{folder}/"),
    }
}

/// Writes to a file, or to standard output.
pub(super) fn write_out(to: Option<&PathBuf>, bytes: &[u8]) -> anyhow::Result<()> {
    use std::io::Write as _;
    match to {
        Some(path) => std::fs::write(path, bytes)
            .with_context(|| format!("cannot write `{}`", path.display())),
        None => Ok(std::io::stdout().lock().write_all(bytes)?),
    }
}

/// What to add to a line about a site whose drafts are left out.
pub(super) fn left_out(drafts: usize) -> String {
    match drafts {
        0 => String::new(),
        1 => "; 1 draft left out".to_owned(),
        n => format!("; {n} drafts left out"),
    }
}
