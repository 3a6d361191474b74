use super::Outcome;
use super::site::{ReportArgs, SiteArgs};
use crate::diagnostics::Tally;

/// Read everything and report mistakes, writing nothing
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    report: ReportArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let build = args.site.build()?;
    let outcome = args.report.report(&build.input, &build.diagnostics);
    let files = build.input.files.iter().filter(|file| file.path.ends_with(".md")).count();
    let texts = if files == 1 { "1 text".to_owned() } else { format!("{files} texts") };
    match Tally::of(&build.diagnostics) {
        tally if tally == Tally::default() => anstream::eprintln!("Checked {texts}: no mistakes"),
        tally => anstream::eprintln!("Checked {texts}: {tally}"),
    }
    Ok(outcome)
}
