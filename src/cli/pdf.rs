use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::Outcome;
use super::site::{ReportArgs, SiteArgs, write_out};
use crate::assemble::Pdfs;
use crate::diagnostics::{Diagnostic, Severity, Tally, sort};
use crate::load::read_asset;
use crate::model::{Layout, Printout, Site};
use crate::pdf::{PdfSettings, Standard, prepare, problems_of};
use crate::plan::Build;

/// Make the PDF of a report
///
/// The same bytes as the PDF of the built site, unless another layout or standard is asked for.
/// Every PDF is accessible (PDF/UA-1) and made for archives (PDF/A-2a).
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the report below `content`, such as central-asia; may be left out when there
    /// is only one
    #[arg(value_name = "REPORT")]
    folder: Option<String>,

    /// The file to write to, or `-` for standard output [default: the report's name and .pdf, in
    /// this folder]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// How it is laid out: the official table, landscape, or a document with a chapter for each
    /// recommendation [default: `pdf` in report.md, or the table]
    #[arg(long, value_name = "LAYOUT", value_parser = Layout::ALL.map(Layout::name))]
    layout: Option<String>,

    /// The language, for a report in several languages [default: the first]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// The standards to follow, separated by commas [default: ua-1,a-2a]
    #[arg(long, value_name = "STANDARDS", value_delimiter = ',',
          value_parser = Standard::names().collect::<Vec<_>>())]
    standard: Vec<String>,

    /// Open it when it is made
    #[arg(long)]
    open: bool,

    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let standards = args.standards()?;
    let is_to_stdout = args.out.as_ref().is_some_and(|out| out.as_os_str() == "-");
    if args.open && is_to_stdout {
        bail!("standard output cannot be opened; name a file with `--out`");
    }
    let mut build = args.site.build(Pdfs::Make)?;
    let printout = match args.printout(&build.site) {
        Ok(printout) => printout,
        Err(reason) => {
            // A report may be missing because it cannot be read. Warnings would only hide the reason.
            build.diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
            args.report.report(&args.site.root, &build.input, &build.diagnostics);
            return Err(reason);
        }
    };
    let diagnostics = diagnostics_of(&build, printout);
    let outcome = args.report.report(&args.site.root, &build.input, &diagnostics);
    if outcome == Outcome::ContentErrors {
        anstream::eprintln!("{}; no PDF was made", Tally::of(&diagnostics));
        return Ok(outcome);
    }
    let layout = args.layout.as_deref().and_then(Layout::of_name).unwrap_or(printout.layout);
    let read = |path: &str| read_asset(&args.site.root, path);
    let prepared =
        prepare(build.making(printout), printout, PdfSettings { layout, standards }, &read)?;
    let made = match prepared.make() {
        Ok(made) => made,
        Err(diagnostics) => {
            args.report.report(&args.site.root, &build.input, &diagnostics);
            anstream::eprintln!("{}; no PDF was made", Tally::of(&diagnostics));
            return Ok(Outcome::ContentErrors);
        }
    };
    let address = printout.address(&build.site);
    let name = address.rsplit('/').next().unwrap_or(&address);
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(name));
    if is_to_stdout {
        write_out(None, &made.bytes)?;
        return Ok(Outcome::Fine);
    }
    write_out(Some(&out), &made.bytes)?;
    let pages = if made.pages == 1 { "1 page".to_owned() } else { format!("{} pages", made.pages) };
    let size = made.bytes.len().div_ceil(1000);
    anstream::eprintln!("Made `{}`: {pages}, {size} kB", out.display());
    if args.open {
        open::that_detached(&out).with_context(|| format!("cannot open `{}`", out.display()))?;
    }
    Ok(Outcome::Fine)
}

/// What is wrong with the site, without warnings about other reports. An printout that builds do not
/// make is checked here.
fn diagnostics_of(build: &Build, printout: Printout) -> Vec<Diagnostic> {
    let Build { input, site, theme, .. } = build;
    let mut diagnostics = build.diagnostics.clone();
    if !Printout::all(site).any(|made| made == printout) {
        let mut found = Vec::new();
        problems_of(vec![printout], input, site, theme, &mut found);
        found.retain(|diagnostic| !diagnostics.contains(diagnostic));
        diagnostics.extend(found);
        sort(&mut diagnostics);
    }
    let own = &printout.report(site).folder;
    let is_of_another = |diagnostic: &Diagnostic| {
        let path = diagnostic.span.map_or("", |span| &input.file(span.file).path);
        // Where reports are nested, a file belongs to the inner one.
        let folders = site.reports.iter().map(|report| &report.folder);
        let of = folders.filter(|folder| {
            let below =
                path.strip_prefix("content/").and_then(|path| path.strip_prefix(folder.as_str()));
            below.is_some_and(|rest| rest.starts_with('/'))
        });
        of.max_by_key(|folder| folder.len()).is_some_and(|folder| folder != own)
    };
    diagnostics
        .retain(|diagnostic| diagnostic.severity == Severity::Error || !is_of_another(diagnostic));
    diagnostics
}

impl Args {
    fn standards(&self) -> anyhow::Result<Vec<Standard>> {
        let typed: Vec<Standard> =
            self.standard.iter().filter_map(|name| Standard::of_name(name)).collect();
        if typed.is_empty() {
            return Ok(Standard::usual());
        }
        if let Err(reason) = Standard::together(&typed) {
            bail!("{reason}");
        }
        Ok(typed)
    }

    /// The printout that was asked for, whether or not a build makes it.
    fn printout(&self, site: &Site) -> anyhow::Result<Printout> {
        let folders: Vec<&str> = site.reports.iter().map(|r| r.folder.as_str()).collect();
        let listed =
            || folders.iter().map(|folder| format!("`{folder}`")).collect::<Vec<_>>().join(", ");
        if folders.is_empty() {
            bail!("there is no report; a folder with a file report.md becomes one");
        }
        let index = match &self.folder {
            Some(typed) => {
                let folder = typed.trim_end_matches('/');
                let folder = folder.strip_prefix("content/").unwrap_or(folder);
                let index = folders.iter().position(|known| *known == folder);
                index.with_context(|| {
                    format!("there is no report `{folder}`; there is {}", listed())
                })?
            }
            None => match folders.len() {
                1 => 0,
                _ => bail!("which report? There are {}", listed()),
            },
        };
        let printouts = Printout::of_report(site, index);
        let tags: Vec<&str> = printouts.iter().map(|e| e.words(site).tag.as_str()).collect();
        let wanted = match &self.language {
            None => printouts.first(),
            Some(tag) => printouts.iter().find(|printout| printout.words(site).tag == *tag),
        };
        wanted.copied().with_context(|| {
            format!("`{}` is not in that language, but in {}", folders[index], tags.join(", "))
        })
    }
}
