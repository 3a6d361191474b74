use super::Outcome;
use super::site::{PdfArgs, SiteArgs};
use crate::diagnostics::Tally;
use crate::serve::{Service, Watching, start};

/// Show the site in the browser while it is written
///
/// Whatever is saved is shown at once: pages load themselves again. Mistakes are shown in the place
/// of the page, which comes back when they are mended. Pages are made when they are asked for;
/// nothing is written. Only this machine can see them, unless --host names another address. Scripts
/// and `style` attributes that a site's own templates have within their pages do nothing here. Ctrl-C
/// ends it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    pdf: PdfArgs,

    /// The port [default: 8620, or the next one that is free]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,

    /// The address or name to listen to. With 0.0.0.0, everybody in the network can see the site, at
    /// the addresses of this machine; its name is answered to when it is given here
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Open the site in the browser
    #[arg(long)]
    open: bool,

    /// Look at all files each second, where the system does not tell what was saved: on a network
    /// disk, or when somebody outside of a container or virtual machine saves
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
        anstream::eprintln!("Port {taken} is taken: this is the next one that is free");
    }
    if server.tally != Tally::default() {
        anstream::eprintln!("{}: `recto check` shows each", server.tally);
    }
    anstream::eprintln!("Serving {} – Ctrl-C ends it", server.address);
    if args.open && open::that_detached(&server.address).is_err() {
        anstream::eprintln!("No browser could be started: open the address in one yourself");
    }
    server.wait()?;
    Ok(Outcome::Fine)
}
