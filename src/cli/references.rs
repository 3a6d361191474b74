use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::Outcome;
use super::site::{SiteArgs, write_out};
use crate::assemble::Pdfs;
use crate::content::SiteSettings;
use crate::content::{Syntax, loose};
use crate::diagnostics::{Diagnostic, Listing, RENDERERS, Tally, sort};
use crate::formats::json::{self, CitationExport, Elsewhere};
use crate::load::load;
use crate::plan::Build;
use crate::references::Organ;
use crate::references::{self, document_key};
use crate::source::{Content, File, Input};

/// List what any text points at
///
/// Documents by their symbols, resolutions, Sustainable Development Goals: a line for each, with
/// its place, its canonical form and its address. In the folder of a site its glossary, register
/// and own schemes are used too. What looks like a reference but cannot be followed is reported.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A Markdown or text file, or `-` for standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,

    /// How the list is written
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = ["table", "json"])]
    format: String,

    /// How the text is written [default: markdown for files that end in .md, or else text]
    #[arg(long, value_name = "SYNTAX", value_parser = ["markdown", "text"])]
    syntax: Option<String>,

    /// The organ of resolutions that name none, such as "General Assembly"
    #[arg(long, value_name = "ORGAN", value_parser = organ)]
    organ: Option<Organ>,

    /// The folder of a site whose glossary, register and own schemes are used
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,

    /// The file to write to [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn organ(text: &str) -> Result<Organ, String> {
    let names = "General Assembly, Security Council, Economic and Social Council or \
                 Human Rights Council";
    Organ::of_name(text).ok_or_else(|| format!("write {names}"))
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let found = match of_site(args)? {
        Some(found) => found,
        None => of_text(args)?,
    };
    if !found.diagnostics.is_empty() {
        let listing = Listing::new(&found.input, &found.diagnostics);
        anstream::eprint!("{}", (RENDERERS[0].render)(&listing));
    }
    if found.citations.is_empty() {
        anstream::eprintln!("No references were found");
    }
    let written = match args.format.as_str() {
        "json" => serde_json::to_string_pretty(&found.citations)? + "\n",
        _ => table(&found.citations),
    };
    write_out(args.out.as_ref(), written.as_bytes())?;
    Ok(match Tally::of(&found.diagnostics).errors {
        0 => Outcome::Fine,
        _ => Outcome::ContentErrors,
    })
}

/// What a text points at, and what is doubtful in it.
struct Listed {
    input: Input,
    citations: Vec<CitationExport<'static>>,
    diagnostics: Vec<Diagnostic>,
}

/// A text of the site, read as the site reads it: with its report's organ, and with the
/// recommendations that its links lead to. None for any other file.
fn of_site(args: &Args) -> anyhow::Result<Option<Listed>> {
    let Ok(path) = args.file.canonicalize() else { return Ok(None) };
    let root = args.root.canonicalize().unwrap_or_default();
    let Some(path) = path.strip_prefix(&root).ok().filter(|path| path.starts_with("content"))
    else {
        return Ok(None);
    };
    let path = path.to_string_lossy().replace('\\', "/");
    let args = SiteArgs { root: args.root.clone(), drafts: true, ..SiteArgs::default() };
    let Build { site, input, mut diagnostics, .. } = args.build(Pdfs::LeaveOut)?;
    let reports = site.reports.iter().map(|report| (&report.texts, Some(report)));
    let recommendations =
        site.recommendations.iter().map(|r| (&r.texts, Some(site.report(r.report))));
    let pages = site.pages.iter().map(|page| (&page.texts, None));
    let mut texts = reports
        .chain(recommendations)
        .chain(pages)
        .flat_map(|(texts, report)| texts.all().map(move |text| (text, report)));
    let Some((text, report)) = texts.find(|(text, _)| text.path == path) else { return Ok(None) };
    let is_doubt = |d: &Diagnostic| {
        references::RULES.contains(&d.rule) && d.span.is_some_and(|span| span.file == text.file)
    };
    diagnostics.retain(is_doubt);
    let citations = json::citations_of(&site, text, report);
    let citations = citations.into_iter().map(CitationExport::into_owned).collect();
    Ok(Some(Listed { citations, diagnostics, input }))
}

/// Any other text.
fn of_text(args: &Args) -> anyhow::Result<Listed> {
    let (path, text) = read(&args.file)?;
    let syntax = match args.syntax.as_deref() {
        Some("markdown") => Syntax::Markdown,
        Some(_) => Syntax::Plain,
        None if path.ends_with(".md") || path.ends_with(".markdown") => Syntax::Markdown,
        None => Syntax::Plain,
    };
    let input = input(&args.root, path.clone(), text)?;
    let Some(file) = input.find(&path) else { bail!("cannot read `{path}`") };
    // `recto check` reports the mistakes of the site.
    let settings = SiteSettings::read(&input, &mut Vec::new());
    let mut diagnostics = Vec::new();
    let text = loose(&input, file, syntax, args.organ, &settings.reading(), &mut diagnostics);
    let citations = json::citations(
        &text,
        &Elsewhere {
            of_found: &|found| {
                let entries = settings.registers.documents.iter();
                let mut urls =
                    entries.filter(|entry| document_key(&entry.symbol) == found.key.to_string());
                let registered = urls.find_map(|entry| Some(entry.url.as_ref()?.value.clone()));
                registered.or_else(|| found.key.address(&text.language))
            },
            of_link: &|link| json::recommendation_typed(link),
        },
    );
    sort(&mut diagnostics);
    let citations = citations.into_iter().map(CitationExport::into_owned).collect();
    Ok(Listed { citations, diagnostics, input })
}

/// The name and the text of a file, or of standard input.
fn read(file: &Path) -> anyhow::Result<(String, String)> {
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        return Ok(("<stdin>".to_owned(), text));
    }
    let path = file.to_string_lossy().replace('\\', "/");
    let text = match std::fs::read_to_string(file) {
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            bail!("`{path}` is not a text; for a PDF, use `pdftotext` first")
        }
        read => read.with_context(|| format!("cannot read `{path}`"))?,
    };
    Ok((path, text))
}

/// The site in a folder, if there is one, and the text beside it.
fn input(root: &Path, path: String, text: String) -> anyhow::Result<Input> {
    let today = chrono::Local::now().date_naive();
    let mut files = match root.join("content").is_dir() {
        true => load(root, today)?.files,
        false => Vec::new(),
    };
    files.retain(|file| file.path != path);
    files.push(File { path, content: Content::Text(text.into()) });
    Ok(Input::new(files, today))
}

/// The most characters that a column is padded to.
const WIDEST: usize = 40;

/// The list as columns: place, scheme, text, key, address.
fn table(citations: &[CitationExport<'_>]) -> String {
    let rows: Vec<[String; 5]> = citations
        .iter()
        .map(|citation| {
            [
                format!("{}:{}", citation.line, citation.column),
                citation.scheme.to_string(),
                // A line break within a symbol must not break the table.
                citation.text.split_whitespace().collect::<Vec<_>>().join(" "),
                citation.key.to_string(),
                citation.url.clone().unwrap_or_default(),
            ]
        })
        .collect();
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            // One long cell does not move all others to the right.
            *width = (*width).max(cell.chars().count().min(WIDEST));
        }
    }
    let line = |row: &[String; 5]| {
        let padded = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        let cells: Vec<String> = padded.chain([row[4].clone()]).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
