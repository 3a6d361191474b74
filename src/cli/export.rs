use std::path::PathBuf;

use super::Outcome;
use super::site::{ReportArgs, SiteArgs, write_out};
use crate::assemble::Pdfs;
use crate::formats::{FORMATS, Set};

/// Write all recommendations as data
///
/// The same bytes as `recommendations.csv` and `recommendations.json` of the built site.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    #[arg(value_name = "FORMAT", value_parser = ["json", "csv"])]
    what: String,

    /// The file to write to [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let build = args.site.build(Pdfs::LeaveOut)?;
    let outcome = args.report.report(&args.site.root, &build.input, &build.diagnostics);
    if outcome == Outcome::Fine
        && let Some(format) = FORMATS.iter().find(|format| format.name == args.what)
    {
        write_out(args.out.as_ref(), &format.render(&build.site, Set::Site))?;
    }
    Ok(outcome)
}
