use std::path::PathBuf;

use super::Outcome;
use super::site::write_out;
use crate::formats::json;

/// Print the JSON Schema of the JSON data
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write to [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let mut text = serde_json::to_string_pretty(&json::schema())?;
    text.push('\n');
    write_out(args.out.as_ref(), text.as_bytes())?;
    Ok(Outcome::Fine)
}
