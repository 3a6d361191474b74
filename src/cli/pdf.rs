use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::Outcome;
use super::site::{ReportArgs, SiteArgs, write_out};
use crate::assemble::Pdfs;
use crate::diagnostics::Tally;
use crate::load::read_asset;
use crate::model::{Edition, Layout, Site};
use crate::pdf::{Settings, Standard, prepare};

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
    /// recommendation [default: `pdf` of report.md, or the table]
    #[arg(long, value_name = "LAYOUT", value_parser = Layout::ALL.map(Layout::name))]
    layout: Option<String>,

    /// The language, where the report is written in several [default: the first]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,

    /// The standards to keep, parted by commas [default: ua-1,a-2a]
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
    let build = args.site.build(Pdfs::Make)?;
    let outcome = args.report.report(&args.site.root, &build.input, &build.diagnostics);
    if outcome == Outcome::ContentErrors {
        anstream::eprintln!("{}; no PDF was made", Tally::of(&build.diagnostics));
        return Ok(outcome);
    }
    let edition = args.edition(&build.site)?;
    let layout = args.layout.as_deref().and_then(Layout::of_name).unwrap_or(edition.layout);
    let read = |path: &str| read_asset(&args.site.root, path);
    let prepared = prepare(build.making(), edition, Settings { layout, standards }, &read)?;
    let made = match prepared.make() {
        Ok(made) => made,
        Err(diagnostics) => {
            args.report.report(&args.site.root, &build.input, &diagnostics);
            anstream::eprintln!("{}; no PDF was made", Tally::of(&diagnostics));
            return Ok(Outcome::ContentErrors);
        }
    };
    let address = edition.address(&build.site);
    let name = address.rsplit('/').next().unwrap_or(&address);
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(name));
    if out.as_os_str() == "-" {
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

    /// The edition that was asked for, whether or not a build makes it.
    fn edition(&self, site: &Site) -> anyhow::Result<Edition> {
        let folders: Vec<&str> = site.reports.iter().map(|r| r.folder.as_str()).collect();
        let listed =
            || folders.iter().map(|folder| format!("`{folder}`")).collect::<Vec<_>>().join(", ");
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
                0 => bail!("there is no report; a folder with a file report.md becomes one"),
                1 => 0,
                _ => bail!("which report? There are {}", listed()),
            },
        };
        let editions = Edition::of_report(site, index);
        let tags: Vec<&str> = editions.iter().map(|e| e.words(site).tag.as_str()).collect();
        let wanted = match &self.language {
            None => editions.first(),
            Some(tag) => editions.iter().find(|edition| edition.words(site).tag == *tag),
        };
        wanted.copied().with_context(|| {
            format!(
                "`{}` is not written in that language, but in {}",
                folders[index],
                tags.join(", ")
            )
        })
    }
}
