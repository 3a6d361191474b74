use clap_complete::Shell;

use super::Outcome;
use super::site::write_out;

/// Print a script that completes commands and flags in a shell
///
/// For bash: recto completions bash > ~/.local/share/bash-completion/completions/recto
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, command: &mut clap::Command) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "recto", &mut script);
    write_out(None, &script)?;
    Ok(Outcome::Fine)
}
