use std::path::PathBuf;

use super::Outcome;
use super::site::{ReportArgs, SiteArgs, write_out};
use crate::assemble::Pdfs;
use crate::formats::{Set, data_formats};

/// Write all recommendations as data
///
/// With their texts: what the site publishes report by report, such as `recommendations.csv` in the
/// folder of each, as one file.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The format
    #[arg(value_name = "FORMAT", value_parser = names())]
    what: String,

    /// The file to write to [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    report: ReportArgs,
}

fn names() -> Vec<&'static str> {
    data_formats().map(|format| format.name).collect()
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let build = args.site.build(Pdfs::LeaveOut)?;
    let outcome = args.report.report(&args.site.root, &build.input, &build.diagnostics);
    if outcome == Outcome::Fine
        && let Some(format) = data_formats().find(|format| format.name == args.what)
    {
        write_out(args.out.as_ref(), &format.render(&build.site, Set::Site))?;
    }
    Ok(outcome)
}
