use std::fmt::Write as _;

use anyhow::bail;

use super::Outcome;
use super::site::write_out;
use crate::diagnostics::nearest;
use crate::rules;

/// Explain what a code means, and how to fix it
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The code, as shown in square brackets: overdue [default: list all codes]
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let text = match &args.code {
        Some(code) => explained(code)?,
        None => list(),
    };
    write_out(None, text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn explained(typed: &str) -> anyhow::Result<String> {
    // It may be copied from a message: `[overdue]`.
    let code = typed.trim_matches(['[', ']', '`']);
    if let Some(rule) = rules::rule(code) {
        return Ok(rule.manual());
    }
    match nearest(code, rules::rules().iter().map(|rule| rule.code)) {
        Some(near) => bail!("there is no code `{code}`; did you mean `{near}`?"),
        None => bail!("there is no code `{code}`; `recto explain` lists all of them"),
    }
}

/// Every code with what it reports, a line each.
fn list() -> String {
    let rules = rules::rules();
    let width = rules.iter().map(|rule| rule.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules {
        let (code, severity) = (rule.code, rule.severity.word());
        let _ = writeln!(text, "{code:width$}  {severity:7}  {}", rule.summary);
    }
    text
}
