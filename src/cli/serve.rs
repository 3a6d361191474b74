use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};

use anyhow::Context as _;

use super::Outcome;
use super::site::SiteArgs;
use crate::serve::{News, Options, Server};

/// The port that nobody has to type.
const PORT: u16 = 8620;

/// Show the site in a browser while it is written
///
/// Each change of a file is seen in the browser at once; mistakes are shown in the place of the page
/// until they are mended. Nothing is written to disk. Only this machine can see the site, unless
/// --host says otherwise. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The port to listen at; when it is taken, the next free one is used, unless it was typed
    /// [default: 8620]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,

    /// The address to listen at; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,

    /// Open it in the browser
    #[arg(long)]
    open: bool,

    #[command(flatten)]
    site: SiteArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let server = args.server()?;
    let address = server.address();
    let host = match address.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        ip => SocketAddr::new(ip, 0).to_string().trim_end_matches(":0").to_owned(),
    };
    let url = format!("http://{host}:{}/", address.port());
    anstream::eprintln!("{}", server.summary());
    anstream::eprintln!("Serving {url} (Ctrl-C ends it)");
    if args.open {
        open::that_detached(&url).with_context(|| format!("cannot open `{url}`"))?;
    }
    let stop = async {
        // Without a way to hear of Ctrl-C, the system ends the program by itself.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    server.run(stop, |news| match news {
        News::Built(line) => anstream::eprintln!("{line}"),
        News::Failed(line) => anstream::eprintln!("\u{1b}[1;31merror\u{1b}[0m: {line}"),
    })?;
    Ok(Outcome::Fine)
}

impl Args {
    /// A server at the port that was typed, or the next free one.
    fn server(&self) -> anyhow::Result<Server> {
        let mut port = self.port.unwrap_or(PORT);
        loop {
            let tried = Server::new(self.options(port)?);
            let is_taken = tried.as_ref().is_err_and(|error| {
                let error = error.downcast_ref::<std::io::Error>();
                error.is_some_and(|error| error.kind() == ErrorKind::AddrInUse)
            });
            if !is_taken || self.port.is_some() || port > PORT + 20 {
                return tried;
            }
            anstream::eprintln!("Port {port} is taken");
            port += 1;
        }
    }

    fn options(&self, port: u16) -> anyhow::Result<Options> {
        let host: IpAddr = match self.host.as_str() {
            "localhost" => IpAddr::from([127, 0, 0, 1]),
            host => host
                .trim_matches(['[', ']'])
                .parse()
                .with_context(|| format!("`{host}` is no address; write one such as 127.0.0.1"))?,
        };
        let (today, settings) = (self.site.today(), self.site.settings(&[]));
        let root = self.site.root.clone();
        Ok(Options { root, today, settings, host, name: self.host.clone(), port })
    }
}
