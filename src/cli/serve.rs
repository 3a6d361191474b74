use super::Outcome;
use super::site::{PdfArgs, SiteArgs};
use crate::diagnostics::Tally;
use crate::serve::{Service, Watching, start};

/// Show the site in the browser while it is written
///
/// What you save is shown at once: pages reload themselves. Mistakes are shown instead of the page,
/// which comes back when they are fixed. Pages are made when a browser asks for them, and nothing
/// is written to disk. Only this machine can see them, unless --host names another address. Inline
/// scripts and `style` attributes in a site's own templates have no effect here. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    pdf: PdfArgs,

    /// The port [default: 8620, or the next one that is free]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,

    /// The address or name to listen on. With 0.0.0.0, everyone on the network can see the site, at
    /// the addresses of this machine. To use the machine's name, give it here
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Open the site in the browser
    #[arg(long)]
    open: bool,

    /// Look at all files every second, where the system does not report what was saved: on a
    /// network disk, or for files saved outside a container or virtual machine
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let service = Service {
        root: args.site.root.clone(),
        today: args.site.today,
        settings: args.site.settings(args.pdf.pdfs(), &[]),
        watching: if args.poll { Watching::Looking } else { Watching::Told },
        host: args.host.clone(),
        port: args.port,
    };
    let server = start(service, |line| anstream::eprintln!("{line}"))?;
    if let Some(taken) = server.taken {
        anstream::eprintln!("Port {taken} is in use: this is the next free one");
    }
    if server.tally != Tally::default() {
        anstream::eprintln!("{}: `recto check` shows each", server.tally);
    }
    anstream::eprintln!("Serving {} – Ctrl-C ends it", server.address);
    if args.open && open::that_detached(&server.address).is_err() {
        anstream::eprintln!("No browser could be started: open the address yourself");
    }
    server.wait()?;
    Ok(Outcome::Fine)
}
