use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::Outcome;
use crate::theme::SCAFFOLD;

/// Start a small site that builds at once
///
/// Writes `content` with an example report, and a `.gitignore`. Nothing that is there already is
/// replaced.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the site; it is made if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let content = args.dir.join("content");
    if content.exists() {
        bail!("`{}` is there already; name another folder", content.display());
    }
    for (name, text) in SCAFFOLD {
        // A file that begins with a dot would be hidden among the templates.
        let name = if *name == "gitignore" { ".gitignore" } else { name };
        let path = args.dir.join(name);
        if !path.exists() {
            write(&path, text)?;
        }
    }
    anstream::println!("Wrote a small site into `{}`. Next:", args.dir.display());
    if args.dir != Path::new(".") {
        anstream::println!("  cd {}", args.dir.display());
    }
    anstream::println!("  recto build            # then open public/index.html");
    anstream::println!("  recto new report NAME  # begin a report of your own");
    Ok(Outcome::Fine)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let problem = || format!("cannot write `{}`", path.display());
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(problem)?;
    }
    std::fs::write(path, text).with_context(problem)
}
