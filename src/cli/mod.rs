//! The command line: a file per command. What was typed is parsed here; each command says what it
//! means.

#![allow(clippy::disallowed_methods, reason = "the command line is the edge to the world")]

mod build;
mod check;
mod completions;
mod explain;
mod diff;
mod history;
mod import;
mod export;
mod init;
mod new;
#[cfg(feature = "pdf")]
mod pdf;
mod references;
mod schema;
mod serve;
mod site;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// Make a web site, and open data, from recommendations kept as Markdown files.
///
/// Each recommendation is a file; a folder with a file `report.md` is a report. `recto init`
/// makes a small site to begin with.
///
/// Exit status: 0 when everything is fine, 1 when the content has errors (with --strict, or
/// warnings), 2 when the command could not run.
#[derive(Debug, Parser)]
#[command(
    name = "recto",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Serve(serve::Args),
    Explain(explain::Args),
    Init(init::Args),
    New(new::Args),
    Diff(diff::Args),
    History(history::Args),
    Import(import::Args),
    Export(export::Args),
    #[cfg(feature = "pdf")]
    Pdf(pdf::Args),
    References(references::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

/// How a command ended: the documented exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// 0: everything is fine.
    Fine,
    /// 1: the content has errors; or, in a strict run, warnings.
    ContentErrors,
}

/// 2: the command could not run.
const COULD_NOT_RUN: u8 = 2;

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match &cli.command {
        Command::Build(args) => build::run(args),
        Command::Check(args) => check::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Init(args) => init::run(args),
        Command::New(args) => new::run(args),
        Command::Diff(args) => diff::run(args),
        Command::History(args) => history::run(args),
        Command::Import(args) => import::run(args),
        Command::Export(args) => export::run(args),
        #[cfg(feature = "pdf")]
        Command::Pdf(args) => pdf::run(args),
        Command::References(args) => references::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args, &mut Cli::command()),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::ContentErrors) => ExitCode::FAILURE,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("\u{1b}[1;31merror\u{1b}[0m: {error:#}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// The help of the program and of every command, for the manual.
pub fn command() -> clap::Command {
    Cli::command()
}

/// `recto export | head` is not a failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
