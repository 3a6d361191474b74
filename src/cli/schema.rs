use std::path::{Path, PathBuf};

use super::Outcome;
use super::site::write_out;
use crate::config::Config;
use crate::formats;
use crate::language::Languages;
use crate::load::load;
use crate::schemas::SCHEMAS;
use crate::source::Input;

/// Print a JSON Schema
///
/// For the JSON data of a site; for front matter and the YAML files of the content, to use in
/// editors; or for what `recto check --format json` prints.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to describe
    #[arg(value_name = "WHAT", default_value = DATA, value_parser = names())]
    what: String,

    /// The folder of the site whose own facts and required keys the schema has
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,

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
        Some(published) => (published.schema)(&settings(&args.root)),
        None => formats::json::schema(),
    };
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    write_out(args.out.as_ref(), text.as_bytes())?;
    Ok(Outcome::Fine)
}

/// The settings of the site in a folder, or those of an empty one where there is none.
fn settings(root: &Path) -> Config {
    let today = chrono::NaiveDate::default();
    let input = load(root, today).unwrap_or_else(|_| Input::new(Vec::new(), today));
    let languages = Languages::read(&input, &mut Vec::new());
    Config::read(&input, &languages, &mut Vec::new())
}
