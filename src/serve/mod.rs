//! A site served while it is written: read again when a file changes, rendered when a browser asks,
//! never written to disk.

#![allow(clippy::disallowed_methods, reason = "a server is an edge to the world")]

mod answer;
mod hosts;
mod http;
mod mistakes;
mod shown;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::NaiveDate;

use crate::pipeline::Settings;
use hosts::Hosts;
use shown::Stage;

/// What is served, and where.
pub struct Options {
    /// The folder of the site.
    pub root: PathBuf,
    /// The day of the build.
    pub today: NaiveDate,
    /// What it is built with.
    pub settings: Settings,
    /// The address to listen at.
    pub host: IpAddr,
    /// The name that was typed for it, which browsers may ask for too.
    pub name: String,
    /// The port to listen at; 0 for any that is free.
    pub port: u16,
}

/// A site that is being served.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    hosts: Hosts,
    stage: Arc<Stage>,
    options: Options,
}

/// What happened to the site, for who watches the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It was built again: what changed, and how it is now.
    Built(String),
    /// It could not be read.
    Failed(String),
}

impl Server {
    /// Reads the site and takes the port, without answering yet.
    ///
    /// # Errors
    ///
    /// When the port is taken, or there is no site.
    pub fn new(options: Options) -> anyhow::Result<Self> {
        let wanted = SocketAddr::new(options.host, options.port);
        let listener = TcpListener::bind(wanted).with_context(|| taken(wanted))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let stage = Arc::new(Stage::new(&options)?);
        let hosts = Hosts::new(&options.name, address);
        Ok(Self { listener, address, hosts, stage, options })
    }

    /// Where it answers.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What is shown at first, in a line.
    pub fn summary(&self) -> String {
        self.stage.shown().summary()
    }

    /// Serves until `stop` is done. `tell` hears of each change.
    ///
    /// # Errors
    ///
    /// When files cannot be watched.
    pub fn run(
        self,
        stop: impl Future<Output = ()>,
        tell: impl Fn(&News) + Send + Sync + 'static,
    ) -> anyhow::Result<()> {
        let Self { listener, hosts, stage, options, .. } = self;
        watch::watch(Arc::clone(&stage), options, tell)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(http::serve(listener, hosts, stage, stop))?;
        // A browser that waits for changes, or a PDF that is being made, holds nothing up.
        runtime.shutdown_background();
        Ok(())
    }
}

/// Says that a port is taken, and which one is not.
fn taken(wanted: SocketAddr) -> String {
    let free = (1..=20).filter_map(|more| wanted.port().checked_add(more));
    let free = free.into_iter().find(|port| TcpListener::bind((wanted.ip(), *port)).is_ok());
    match free {
        Some(port) => format!("cannot listen at {wanted}; try --port {port}"),
        None => format!("cannot listen at {wanted}"),
    }
}
