use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use clap::Subcommand;

use super::Outcome;
use super::site::{SiteArgs, day};
use crate::assemble::{Options, Pdfs, slug};
use crate::checks::placeholder::of_new;
use crate::diagnostics::{Diagnostic, Severity};
use crate::load::load;
use crate::model::{Label, Report, Site};
use crate::pipeline;
use crate::source::{Content, File, Input, shows_something};

/// Begin a report or a recommendation
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Begin a report: a folder with a file `report.md`
    Report {
        /// The name of the folder, which becomes the address: central-asia
        name: String,

        /// The folder of the site: the one with `content` in it
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,

        /// The day as at which it reports, such as 2020-12-31 [default: today]
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_at: Option<NaiveDate>,
    },
    /// Begin a recommendation: the next number, with everything to fill in
    Recommendation {
        /// The folder of its report: central-asia
        report: String,

        /// A short title
        title: Option<String>,

        /// The folder of the site: the one with `content` in it
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
    },
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let path = match &args.what {
        What::Report { name, root, as_at } => new_report(name, root, *as_at)?,
        What::Recommendation { report, title, root } => {
            new_recommendation(report, title.as_deref(), root)?
        }
    };
    let path_shown = path.display();
    match std::fs::read_to_string(&path)?.contains("\ndraft: true") {
        true => anstream::println!(
            "Wrote `{path_shown}`, a draft: fill in its keys, then take out its line `draft: true`"
        ),
        false => anstream::println!("Wrote `{path_shown}`"),
    }
    Ok(Outcome::Fine)
}

fn new_report(name: &str, root: &Path, as_at: Option<NaiveDate>) -> anyhow::Result<PathBuf> {
    let parts = || name.trim_end_matches('/').split('/');
    if parts().any(|part| part.starts_with('.') || part.is_empty()) {
        bail!("`{name}` cannot be the name of a folder; write it like `central-asia`");
    }
    let as_at = as_at.unwrap_or_else(|| chrono::Local::now().date_naive());
    let content = root.join("content");
    if !content.is_dir() {
        bail!(
            "there is no folder `content` in `{}`; start a site with `recto init`",
            root.display()
        );
    }
    let path = content.join(name).join("report.md");
    let text = format!(
        "---\n\
         title: {title}\n\
         short_title: {short_title}\n\
         kind: Progress report\n\
         as_at: {as_at}\n\
         ---\n\
         \n\
         {introduction}\n",
        title = of_new::REPORT_TITLE,
        short_title = of_new::SHORT_TITLE,
        introduction = of_new::INTRODUCTION,
    );
    accept(name, root, &path, &text)?;
    write_new(&path, &text)?;
    Ok(path)
}

/// Fails where `recto check` would find an error in a file that is to be written: its name or that of
/// its folder cannot be published.
fn accept(name: &str, root: &Path, path: &Path, text: &str) -> anyhow::Result<()> {
    if name.split('/').any(|part| part.to_lowercase().ends_with(".md")) {
        bail!("`{name}` cannot be the name of a folder: it ends like that of a text");
    }
    let path = path.strip_prefix(root).unwrap_or(path);
    let path = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let today = chrono::Local::now().date_naive();
    let mut files = load(root, today)?.files;
    files.push(File { path: path.clone(), content: Content::Text(text.into()) });
    let input = Input::new(files, today);
    let file = input.find(&path);
    let build =
        pipeline::build(input, Options { pdfs: Pdfs::LeaveOut, ..Options::default() }, None);
    let is_error = |d: &&Diagnostic| d.severity == Severity::Error;
    let in_file = |d: &&Diagnostic| file.is_some() && d.span.map(|span| span.file) == file;
    let mut errors = build.diagnostics.iter().filter(is_error);
    // Where two pages have one address, the other one's file may be named.
    let error = errors.find(|d| in_file(d) || d.message.contains(&format!("`{name}/")));
    match error {
        Some(error) => bail!("`{name}` cannot be the name of a report: {}", error.message),
        None => Ok(()),
    }
}

fn new_recommendation(report: &str, title: Option<&str>, root: &Path) -> anyhow::Result<PathBuf> {
    let folder = report.trim_end_matches('/').trim_start_matches("./");
    let folder = folder.strip_prefix("content/").unwrap_or(folder);
    let args = SiteArgs { root: root.to_owned(), drafts: true, ..SiteArgs::default() };
    let build = args.build(Pdfs::LeaveOut)?;
    let Some(found) = build.site.reports.iter().find(|r| r.folder == folder) else {
        let known: Vec<&str> = build.site.reports.iter().map(|r| r.folder.as_str()).collect();
        let help = match crate::diagnostics::nearest(folder, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "begin one with `recto new report NAME`".to_owned(),
            None => format!("there is {}", known.join(", ")),
        };
        bail!("there is no report `{folder}`; {help}");
    };
    let number = next_number(&build.site, found);
    let title = title.filter(|title| shows_something(title)).unwrap_or(of_new::SHORT_TITLE);
    // Only plain numbers are padded: `2a` and `II.3` stay as they are, without what a path cannot
    // have.
    let label = match number.parse::<u64>() {
        Ok(n) => format!("{n:02}"),
        Err(_) => Label(number.clone()).slug(),
    };
    let name = format!("{label}-{}.md", slug(title));
    let path = root.join("content").join(folder).join(name);
    // Quoted, so that `: ` in a title does no harm.
    let title = serde_json::to_string(title)?;
    let required = [&build.site.config.required, &found.front.required];
    let asks_for_keys = required.iter().any(|keys| !keys.0.is_empty());
    let plain = number.bytes().all(|b| b.is_ascii_alphanumeric());
    let number = if plain { number } else { serde_json::to_string(&number)? };
    let text = format!(
        "---\n\
         number: {number}\n\
         title: {title}\n\
         response:                # accepted, partially accepted, not accepted, noted, pending\n\
         responsible:             # a unit, or several: [Legal Office, Finance Office]\n\
         deadline:                # 2027-12-31, 2027-12, 2027-Q4, 2027, ongoing, tbc, none\n\
         status:                  # not started, in progress, partially implemented, implemented, …\n\
         {draft}---\n\
         \n\
         ## Recommendation\n\
         \n\
         {words}\n\
         \n\
         ## Management response\n\
         \n\
         ## Progress at {as_at}: not started\n",
        as_at = found.as_at,
        words = of_new::RECOMMENDATION,
        // Until the keys that the site asks for are filled in, it cannot be published.
        draft = match asks_for_keys {
            true => "draft: true              # take this line out when the keys are filled in\n",
            false => "",
        },
    );
    write_new(&path, &text)?;
    Ok(path)
}

/// The number after the report's last one, where its last one ends with a number.
fn next_number(site: &Site, report: &Report) -> String {
    let recommendations = &site.recommendations[report.recommendations.clone()];
    let last = recommendations.iter().map(|one| &one.label).max();
    let Some(last) = last.map(ToString::to_string) else {
        return "1".to_owned();
    };
    let digits = last.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (before, number) = last.split_at(last.len() - digits);
    match number.parse::<u64>() {
        Ok(n) if n < u64::MAX => format!("{before}{:0width$}", n + 1, width = digits),
        _ => format!("{}", recommendations.len() + 1),
    }
}

/// Writes a file that must not exist yet.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let problem = || format!("cannot write `{}`", path.display());
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(problem)?;
    }
    if path.exists() {
        bail!("`{}` already exists", path.display());
    }
    let mut file = std::fs::File::create_new(path).with_context(problem)?;
    file.write_all(text.as_bytes()).with_context(problem)
}
