use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::Outcome;
use super::site::{PdfArgs, Repeated, SiteArgs, Strictness, left_out, shown, verdict};
use crate::assemble::Pdfs;
use crate::compare::{CHANGED_WITHOUT_TRACE, untraced};
use crate::diagnostics::{Diagnostic, Level, RENDERERS, Tally, apply, by_code, nearest, sort};
use crate::external;
use crate::load::{git, replace};
use crate::pipeline::Builder;
use crate::plan::Build;
use crate::rules;
use crate::source::{Input, Span};

/// Read everything and report mistakes
///
/// Mistakes go to standard output, their number to standard error. `recto explain CODE` says more
/// about each. `content/site.yaml` can say how each is reported: `checks: { overdue: note }`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Report only what is wrong in these files and folders; the whole site is still read
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    pdf: PdfArgs,

    /// How mistakes are shown: for people, for an editor, a program, a pull request on GitHub, or
    /// its code scanning
    #[arg(long, value_name = "FORMAT", default_value = RENDERERS[0].name,
          value_parser = RENDERERS.iter().map(|renderer| renderer.name).collect::<Vec<_>>())]
    format: String,

    /// Show everything: without it, what is reported more than ten times in a folder is counted
    #[arg(long)]
    all: bool,

    /// Fail on warnings too
    #[arg(long)]
    strict: bool,

    /// Make the suggested changes that can only be right, and report the rest
    #[arg(long)]
    fix: bool,

    /// Also ask whether addresses on other sites still work. Those that do are not asked again for
    /// a day
    #[arg(long)]
    external: bool,

    /// Do not report this code; an error cannot be allowed
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<String>,

    /// Report this code as a warning
    #[arg(long, value_name = "CODE", value_parser = code)]
    warn: Vec<String>,

    /// Report this code as an error
    #[arg(long, value_name = "CODE", value_parser = code)]
    deny: Vec<String>,
}

/// Checks that a code exists.
fn code(typed: &str) -> Result<String, String> {
    if rules::rule(typed).is_some() {
        return Ok(typed.to_owned());
    }
    let rules = rules::rules();
    Err(match nearest(typed, rules.iter().map(|rule| rule.code)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`recto explain` lists all codes".to_owned(),
    })
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let levels = levels(args)?;
    let only = places(args)?;
    let (mut build, mut elsewhere) = read(args, &levels, &only)?;
    if args.fix {
        (build, elsewhere) = fix(args, &levels, &only, (build, elsewhere))?;
    }
    if args.external {
        ask(args, &levels, &only, &mut build)?;
    }
    compare_with_published(args, &levels, &only, &mut build)?;
    let Build { input, diagnostics, .. } = &build;
    let repeated = if args.all { Repeated::All } else { Repeated::First };
    print(&shown(&args.format, &args.site.root, input, diagnostics, repeated))?;
    let texts = input
        .files_with_id()
        .filter(|(id, file)| file.path.ends_with(".md") && is_in(Span::top(*id), &only, input));
    let texts = plural(texts.count(), "text");
    let found = match Tally::of(diagnostics) {
        tally if tally == Tally::default() => "no mistakes".to_owned(),
        tally => tally.to_string(),
    };
    let elsewhere = match elsewhere {
        0 => String::new(),
        n => format!("; {} elsewhere", plural(n, "error")),
    };
    let drafts = match only.is_empty() {
        true => left_out(build.site.drafts_left_out),
        false => String::new(),
    };
    anstream::eprintln!("Checked {texts}: {found}{elsewhere}{drafts}");
    let codes = by_code(diagnostics);
    // A few can be counted by eye.
    if diagnostics.len() > 10 && codes.len() > 1 {
        let width = codes.first().map_or(0, |(_, count)| count.to_string().len());
        codes.iter().for_each(|(code, count)| anstream::eprintln!("  {count:>width$} {code}"));
    }
    let fixable = diagnostics.iter().filter(|diagnostic| diagnostic.edit.is_some()).count();
    // What is left after a round of changes is for the author.
    if fixable > 0 && !args.fix {
        anstream::eprintln!("`recto check --fix` fixes {fixable} of them");
    }
    let strictness = if args.strict { Strictness::Warnings } else { Strictness::Errors };
    Ok(verdict(diagnostics, strictness))
}

/// Writes to standard output, with colours where a person is watching.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// The levels that were typed.
fn levels(args: &Args) -> anyhow::Result<Vec<(String, Level)>> {
    let of = |codes: &[String], level| -> Vec<(String, Level)> {
        codes.iter().map(|code| (code.clone(), level)).collect()
    };
    let levels =
        [of(&args.allow, Level::Allow), of(&args.warn, Level::Warn), of(&args.deny, Level::Deny)]
            .concat();
    for (code, level) in &levels {
        let is_error = rules::rule(code).is_some_and(|rule| rule.is_error_by_nature());
        if is_error && *level < Level::Deny {
            bail!("`{code}` is always an error; fix what is reported");
        }
    }
    Ok(levels)
}

/// The paths to report on, from the site's root.
fn places(args: &Args) -> anyhow::Result<Vec<String>> {
    if args.paths.is_empty() {
        return Ok(Vec::new());
    }
    let there = |path: &Path| path.canonicalize().ok();
    let Some(root) = there(&args.site.root) else {
        bail!("there is no folder `{}`", args.site.root.display());
    };
    let place = |path: &PathBuf| {
        let Some(full) = there(path).or_else(|| there(&root.join(path))) else {
            bail!("there is no file or folder `{}`", path.display());
        };
        match full.strip_prefix(&root) {
            Ok(below) => Ok(below.to_string_lossy().replace('\\', "/")),
            Err(_) => bail!("`{}` is outside the site", path.display()),
        }
    };
    args.paths.iter().map(place).collect()
}

/// Reads the site and keeps what is wrong in the given places; what is wrong with the site as a
/// whole is always kept. Also gives the number of errors in other places.
fn read(
    args: &Args,
    levels: &[(String, Level)],
    only: &[String],
) -> anyhow::Result<(Build, usize)> {
    let mut build = args.site.build_at_levels(args.pdf.pdfs(), levels)?;
    let all = Tally::of(&build.diagnostics).errors;
    if !only.is_empty() {
        let Build { input, diagnostics, .. } = &mut build;
        for place in only {
            let is_there = |file: &crate::source::File| Path::new(&file.path).starts_with(place);
            if !place.is_empty() && !input.files.iter().any(is_there) {
                bail!("`{place}` is not part of the site, which is in `content` and `templates`");
            }
        }
        let is_wanted =
            |diagnostic: &Diagnostic| diagnostic.span.is_none_or(|span| is_in(span, only, input));
        diagnostics.retain(is_wanted);
    }
    let elsewhere = all - Tally::of(&build.diagnostics).errors;
    Ok((build, elsewhere))
}

/// Whether a place is in one of the given paths, if there are any.
fn is_in(span: Span, only: &[String], input: &Input) -> bool {
    let path = Path::new(&input.file(span.file).path);
    only.is_empty() || only.iter().any(|place| path.starts_with(place))
}

/// Reports what differs from what is published without a trace, where the site names that and is in
/// a repository of git.
fn compare_with_published(
    args: &Args,
    levels: &[(String, Level)],
    only: &[String],
    build: &mut Build,
) -> anyhow::Result<()> {
    let (Some(published), true) =
        (build.site.config.published.clone(), git::is_repository(&args.site.root))
    else {
        return Ok(());
    };
    let settings = args.site.settings(Pdfs::LeaveOut, &[]);
    let root = &args.site.root;
    // A pull request on GitHub has the branches of others only as those of `origin`.
    let of_origin = format!("origin/{}", published.value);
    let is_there = |revision: &str| git::commit(root, revision).is_ok();
    let revision = match is_there(&of_origin) && !is_there(&published) {
        true => &of_origin,
        false => &published.value,
    };
    let before = git::load_revision(root, revision, build.input.today)
        .map(|input| Builder::new(settings).draft(input));
    let mut found = match &before {
        Ok(before) => untraced(&before.site, &build.site, &build.input, &published),
        Err(error) => {
            vec![Diagnostic::of(&CHANGED_WITHOUT_TRACE, published.span, error.to_string())]
        }
    };
    found.retain(|diagnostic| diagnostic.span.is_none_or(|span| is_in(span, only, &build.input)));
    rules::judge(&rules::AskedLevels::of(&build.site), levels, &build.input, &mut found);
    build.diagnostics.append(&mut found);
    sort(&mut build.diagnostics);
    Ok(())
}

/// Asks the addresses on other sites.
fn ask(
    args: &Args,
    levels: &[(String, Level)],
    only: &[String],
    build: &mut Build,
) -> anyhow::Result<()> {
    let wanted = |span| is_in(span, only, &build.input);
    let root = &args.site.root;
    let mut asked = external::check(&build.site, root, wanted, external::Pace::default())?;
    rules::judge(
        &rules::AskedLevels::of(&build.site),
        levels,
        &build.input,
        &mut asked.diagnostics,
    );
    build.diagnostics.append(&mut asked.diagnostics);
    sort(&mut build.diagnostics);
    anstream::eprintln!(
        "Asked {} on other sites; {} fine within the last day",
        match asked.asked {
            1 => "1 address".to_owned(),
            n => format!("{n} addresses"),
        },
        match asked.remembered {
            1 => "1 was".to_owned(),
            n => format!("{n} were"),
        },
    );
    Ok(())
}

/// A change can reveal another mistake: `staus: implmented` is fixed in two rounds. Of many
/// mistakes a thousand are fixed in one. Every round leaves fewer.
const ROUNDS: usize = 64;

/// Makes every suggested change, and reads the site again.
fn fix(
    args: &Args,
    levels: &[(String, Level)],
    only: &[String],
    (mut build, mut elsewhere): (Build, usize),
) -> anyhow::Result<(Build, usize)> {
    let (mut changes, mut files) = (0, std::collections::BTreeSet::new());
    for _ in 0..ROUNDS {
        let changed = make_changes(&args.site.root, &build, &mut files)?;
        if changed == 0 {
            break;
        }
        changes += changed;
        (build, elsewhere) = read(args, levels, only)?;
    }
    if changes > 0 {
        anstream::eprintln!(
            "Fixed {} in {}",
            plural(changes, "mistake"),
            plural(files.len(), "file")
        );
    }
    Ok((build, elsewhere))
}

/// Writes the files that change, and says how many changes there were.
fn make_changes(
    root: &Path,
    build: &Build,
    files: &mut std::collections::BTreeSet<String>,
) -> anyhow::Result<usize> {
    let mut changes = 0;
    let touched: std::collections::BTreeSet<_> = build
        .diagnostics
        .iter()
        .filter_map(|diagnostic: &Diagnostic| Some(diagnostic.edit.as_ref()?.span.file))
        .collect();
    for id in touched {
        let file = build.input.file(id);
        if let Some((text, count)) = apply(file.text(), id, &build.diagnostics) {
            replace(root, file, &text)?;
            files.insert(file.path.clone());
            changes += count;
        }
    }
    Ok(changes)
}

fn plural(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
