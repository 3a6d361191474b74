use anyhow::bail;

use super::Outcome;
use super::site::SiteArgs;
use crate::assemble::Pdfs;
use crate::compare::{CHANGE_FORMATS, Changed, Comparison, Sides, compare};
use crate::load::git::{self, Commit};
use crate::model::{RecommendationId, Site};
use crate::pipeline::Builder;

/// List what changed in meaning, commit by commit
///
/// Reads the history of git, the newest commit first: what changed in the recommendations of a
/// report, by whom, and why (the commit's subject). Commits that changed nothing in meaning are left
/// out.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The report's folder, or one of its recommendations: `audit-2024`, `audit-2024/7`
    #[arg(value_name = "REPORT[/NUMBER]")]
    what: String,

    /// Look at so many commits at most
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,

    #[command(flatten)]
    site: SiteArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let what = args.what.trim_matches('/');
    let what = what.strip_prefix("content/").unwrap_or(what);
    let (folder, number) = wanted(args, what)?;
    let commits = git::log(&args.site.root, &format!("content/{folder}"), args.limit)?;
    if commits.is_empty() {
        bail!("git knows nothing of `content/{folder}`; is it committed?");
    }
    let mut found = 0;
    // Each state is compared with the one before it, and read once.
    let mut later: Option<(&Commit, Option<Site>)> = None;
    let mut states = commits.iter().map(|commit| (commit, state(args, &folder, &commit.hash)));
    loop {
        let earlier = states.next();
        if let Some((commit, Some(now))) = &later {
            let before = earlier.as_ref().and_then(|(_, site)| site.as_ref());
            found += usize::from(say(commit, before, now, number.as_deref()));
        }
        match earlier {
            Some(state) => later = Some(state),
            None => break,
        }
    }
    if found == 0 {
        anstream::println!("Nothing changed in meaning in {} commits.", commits.len());
    }
    Ok(Outcome::Fine)
}

/// The folder of the report, and the number where one recommendation is meant.
fn wanted(args: &Args, what: &str) -> anyhow::Result<(String, Option<String>)> {
    let build = args.site.build(Pdfs::LeaveOut)?;
    let folders = || build.site.reports.iter().map(|report| report.folder.as_str());
    if folders().any(|folder| folder == what) {
        return Ok((what.to_owned(), None));
    }
    if let Some((folder, number)) = what.rsplit_once('/')
        && folders().any(|known| known == folder)
    {
        let is_there = build.site.recommendation_ids.0.contains_key(what);
        if !is_there {
            anstream::eprintln!("`{folder}` has no recommendation {number} today");
        }
        return Ok((folder.to_owned(), Some(number.to_owned())));
    }
    match crate::diagnostics::nearest(what, folders()) {
        Some(near) => bail!("there is no report `{what}`; did you mean `{near}`?"),
        None => bail!(
            "there is no report `{what}`; there is {}",
            folders().collect::<Vec<_>>().join(", ")
        ),
    }
}

/// The report as it was in a commit; none where that cannot be read.
fn state(args: &Args, folder: &str, commit: &str) -> Option<Site> {
    let today = args.site.today.unwrap_or_else(|| chrono::Local::now().date_naive());
    let input = git::load_report(&args.site.root, commit, folder, today).ok()?;
    let settings = args.site.settings(Pdfs::LeaveOut, &[]);
    Some(Builder::new(settings).draft(input).site)
}

/// Says what a commit changed; whether it changed anything.
fn say(commit: &Commit, before: Option<&Site>, now: &Site, number: Option<&str>) -> bool {
    let sides = Sides { before: String::new(), now: String::new(), links: None };
    let Some(before) = before else {
        let is_wanted = |one: &crate::model::Recommendation| {
            number.is_none_or(|number| one.label.to_string() == number)
        };
        let count = now.recommendations.iter().filter(|one| is_wanted(one)).count();
        if count == 0 {
            return false;
        }
        head(commit);
        let plural = if count == 1 { "" } else { "s" };
        anstream::println!("    The first state that git has: {count} recommendation{plural}.\n");
        return true;
    };
    let mut comparison = compare(before, now);
    if let Some(number) = number {
        only(&mut comparison, number);
    }
    comparison.pages.clear();
    if comparison.is_empty() {
        return false;
    }
    head(commit);
    let text = CHANGE_FORMATS.first().map(|format| (format.render)(&comparison, &sides));
    // Without the line that says what is compared.
    for line in text.unwrap_or_default().lines().skip(1).filter(|line| !line.is_empty()) {
        anstream::println!("    {line}");
    }
    anstream::println!();
    true
}

fn head(commit: &Commit) {
    let Commit { hash, day, author, subject } = commit;
    let (author, subject) =
        (crate::diagnostics::visible(author), crate::diagnostics::visible(subject));
    let short = hash.get(..10).unwrap_or(hash);
    anstream::println!("\u{1b}[1m{day} {subject}\u{1b}[0m \u{1b}[2m{author}, {short}\u{1b}[0m");
}

/// Leaves in a comparison only what is of one recommendation.
fn only(comparison: &mut Comparison<'_>, number: &str) {
    let is =
        |site: &Site, id: &RecommendationId| site.recommendation(*id).label.to_string() == number;
    let (before, now) = (comparison.before, comparison.now);
    let is_changed = |of: &Changed| is(before, &of.before) || is(now, &of.now);
    comparison.changed.retain(is_changed);
    comparison.added.retain(|id| is(now, id));
    comparison.removed.retain(|id| is(before, id));
    comparison.reports.clear();
    comparison.unchanged = 0;
}
