use std::path::PathBuf;

use super::Outcome;
use super::site::write_out;
use crate::formats;
use crate::schemas::SCHEMAS;

/// Print a JSON Schema
///
/// For the JSON data of a site; for front matter and the YAML files of the content, to use in
/// editors; or for what `recto check --format json` prints.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to describe
    #[arg(value_name = "WHAT", default_value = DATA, value_parser = names())]
    what: String,

    /// The file to write to [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The data that a site publishes.
const DATA: &str = "data";

fn names() -> Vec<&'static str> {
    [DATA].into_iter().chain(SCHEMAS.iter().map(|schema| schema.name)).collect()
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let schema = match SCHEMAS.iter().find(|schema| schema.name == args.what) {
        Some(published) => (published.schema)(),
        None => formats::json::schema(),
    };
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    write_out(args.out.as_ref(), text.as_bytes())?;
    Ok(Outcome::Fine)
}
