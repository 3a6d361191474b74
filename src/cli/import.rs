use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::Outcome;
use super::site::day;
use crate::assemble::slug;
use crate::content::SiteSettings;
use crate::content::layout::IMPORT_CHOICES;
use crate::import::{
    Choices, ColumnField, NewFile, ReadOptions, Request, Resolve, import, plural, read, told,
};
use crate::load::load;
use crate::source::Input;

/// Bring a table from Word, Excel, CSV or HTML into the site
///
/// Without `--write` nothing is written: it prints the tables that it found, which column is which field
/// and why, what it read as a value, what it left out, and the files that it would write. Every character
/// of the tables is in a file or in the list of what was left out; the files are read back and compared
/// with the table, word by word.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The document: .docx, .xlsx, .ods, .xls, .csv or .html
    #[arg(value_name = "FILE", required = true)]
    file: PathBuf,

    /// The folder of the report below `content` [default: the name of the file]
    #[arg(long, value_name = "REPORT")]
    into: Option<String>,

    /// Write the files
    #[arg(long)]
    write: bool,

    /// Take only this table, by its number; may be repeated
    #[arg(long, value_name = "NUMBER")]
    table: Vec<usize>,

    /// What a column is, by its heading: `--column "Client comments=response"`; `leave out` leaves it out,
    /// and `## Heading` keeps it as a section
    #[arg(long, value_name = "HEADING=FIELD")]
    column: Vec<String>,

    /// What becomes of tracked changes: `accept` or `reject`
    #[arg(long, value_name = "WHAT", value_parser = ["accept", "reject"])]
    changes: Option<String>,

    /// The day as at which the document reports, such as 2020-12-31 [default: what it says above the table]
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<NaiveDate>,

    /// The folder of the site: the one with `content` in it
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let shown = args.file.display();
    if args.file.is_dir() {
        bail!("`{shown}` is a folder; name the file in it");
    }
    let bytes = std::fs::read(&args.file).with_context(|| format!("cannot read `{shown}`"))?;
    let changes = args.changes.as_deref().map(|typed| match typed {
        "accept" => Resolve::Accept,
        _ => Resolve::Reject,
    });
    let problem = || format!("cannot import `{shown}`");
    let document = read(&bytes, ReadOptions { changes }).with_context(problem)?;
    let input = load(&args.root, chrono::Local::now().date_naive())?;
    let folder = args.folder()?;
    let SaidOfTables { choices, is_new } =
        args.choices(&folder, &SiteSettings::read(&input, &mut Vec::new()))?;
    let name = args.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let request = Request { folder: &folder, name: &name, choices: &choices, as_at: args.as_at };
    let mut import = import(&document, &input, &request).with_context(problem)?;
    import.files.retain(|file| is_new || !file.path.ends_with(IMPORT_CHOICES));
    anstream::println!("{shown}: {}", plural(import.tables.len(), "table"));
    anstream::print!("{}", told(&import));
    write(args, &input, &import.files)
}

/// What was said about the tables, and whether it differs from what is kept beside the report.
struct SaidOfTables {
    choices: Choices,
    is_new: bool,
}

impl Args {
    /// The folder of the report.
    fn folder(&self) -> anyhow::Result<String> {
        let named = match &self.into {
            Some(into) => into.trim_end_matches('/').trim_start_matches("./").to_owned(),
            None => {
                let stem = self.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
                slug(&stem.unwrap_or_default())
            }
        };
        let folder = named.strip_prefix("content/").unwrap_or(&named);
        if folder.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
            bail!("`{named}` cannot be the name of a folder; write it like `--into central-asia`");
        }
        Ok(folder.to_owned())
    }

    /// What was said about the tables: on the command line, and in an earlier import.
    fn choices(&self, folder: &str, settings: &SiteSettings) -> anyhow::Result<SaidOfTables> {
        let path = self.root.join("content").join(folder).join(IMPORT_CHOICES);
        let mut choices = match path.is_file() {
            true => {
                let text = std::fs::read_to_string(&path)?;
                Choices::read(&text, &settings.config)
                    .map_err(anyhow::Error::msg)
                    .with_context(|| format!("cannot read `{}`", path.display()))?
            }
            false => Choices::default(),
        };
        let before = choices.clone();
        if !self.table.is_empty() {
            choices.tables.clone_from(&self.table);
        }
        for typed in &self.column {
            // A heading of a section may have a `=` itself.
            let split = match typed.find("=##") {
                Some(at) => Some((&typed[..at], &typed[at + 1..])),
                None => typed.rsplit_once('='),
            };
            let Some((heading, field)) = split else {
                bail!("`{typed}` is not understood; write `--column \"Client comments=response\"`");
            };
            let Some(field) = ColumnField::of_name(field, &settings.config) else {
                let names =
                    ColumnField::names().map(|name| format!("`{name}`")).collect::<Vec<_>>();
                bail!("`{field}` is not a field; use one of {}, or `## Heading`", names.join(", "));
            };
            choices.columns.add(heading, field);
        }
        let is_new = choices != before;
        Ok(SaidOfTables { choices, is_new })
    }
}

/// Writes the files, or says which would be written.
fn write(args: &Args, input: &Input, files: &[NewFile]) -> anyhow::Result<Outcome> {
    let is_there = |file: &&NewFile| {
        let is_choices = file.path.ends_with(&format!("/{IMPORT_CHOICES}"));
        !is_choices && (input.find(&file.path).is_some() || args.root.join(&file.path).exists())
    };
    if let Some(file) = files.iter().find(is_there) {
        bail!(
            "`{}` is there already, and no file is overwritten; import into a new report with `--into`",
            file.path
        );
    }
    let verb = if args.write { "Wrote" } else { "Would write" };
    anstream::println!("\n{verb} {}", plural(files.len(), "file"));
    for file in files {
        if args.write {
            let path = args.root.join(&file.path);
            let problem = || format!("cannot write `{}`", path.display());
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent).with_context(problem)?;
            }
            let mut to = match file.path.ends_with(IMPORT_CHOICES) {
                true => std::fs::File::create(&path).with_context(problem)?,
                false => std::fs::File::create_new(&path).with_context(problem)?,
            };
            to.write_all(&file.bytes).with_context(problem)?;
        }
        anstream::println!("  {}", file.path);
    }
    match args.write {
        true => anstream::println!(
            "\n`recto check` says what is still missing; `recto serve --open` shows it"
        ),
        false => anstream::println!("\nNothing was written; `--write` writes these files"),
    }
    Ok(Outcome::Fine)
}
