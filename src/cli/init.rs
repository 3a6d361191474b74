use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::Outcome;
use crate::config::Config;
use crate::schemas::SCHEMAS;
use crate::theme::SCAFFOLD;

/// Start a small site that builds at once
///
/// Writes `content` with an example report, a `.gitignore`, a workflow for pull requests on GitHub,
/// and what VS Code needs to complete and check the YAML files. Files that already exist are left
/// as they are.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the site; it is made if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let content = args.dir.join("content");
    if content.exists() {
        bail!("`{}` already exists; name another folder", content.display());
    }
    for (name, text) in SCAFFOLD {
        // Files with a dot before their names would be hidden among the templates.
        let is_hidden = ["gitignore", "github/", "vscode/"].iter().any(|dot| name.starts_with(dot));
        let dot = if is_hidden { "." } else { "" };
        // Where this program comes from, as far as it knows.
        let text =
            text.replace("RECTO: \"\"", concat!("RECTO: \"", env!("CARGO_PKG_REPOSITORY"), "\""));
        write_new(&args.dir.join(format!("{dot}{name}")), &text)?;
    }
    for (name, text) in schemas()? {
        write_new(&args.dir.join(name), &text)?;
    }
    anstream::println!("Wrote a small site in `{}`. Next:", args.dir.display());
    if args.dir != Path::new(".") {
        anstream::println!("  cd {}", args.dir.display());
    }
    anstream::println!("  recto serve --open     # see it, and each change as you save it");
    anstream::println!("  recto build            # then open public/index.html");
    anstream::println!("  recto new report NAME  # begin your own report");
    anstream::println!("  recto check            # whenever you have changed something");
    if env!("CARGO_PKG_REPOSITORY").is_empty() {
        anstream::println!(
            "For pull requests on GitHub, write the address of Recto's repository in\n  \
             .github/workflows/check.yml"
        );
    }
    Ok(Outcome::Fine)
}

/// The schemas that an editor can connect with files of the content, and the setting that does so
/// for the YAML extension of VS Code. It does not know front matter in Markdown. No extension does,
/// so only `recto check` checks it.
fn schemas() -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut connected = serde_json::Map::new();
    for published in SCHEMAS {
        let Some(file) = published.file else { continue };
        let name = format!(".vscode/recto/{}.schema.json", published.name);
        connected.insert(format!("./{name}"), file.into());
        files.push((name, pretty(&(published.schema)(&Config::of_empty_site()))?));
    }
    let settings = serde_json::json!({ "yaml.schemas": connected });
    files.push((".vscode/settings.json".to_owned(), pretty(&settings)?));
    Ok(files)
}

fn pretty(value: &serde_json::Value) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Writes a file, unless it exists.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let problem = || format!("cannot write `{}`", path.display());
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(problem)?;
    }
    std::fs::write(path, text).with_context(problem)
}
