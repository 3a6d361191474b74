//! A site in the browser, updated whenever a file is saved.
//!
//! One thread follows the files: it builds the site again, and the answers are made from the newest
//! build. Pages are rendered when a browser asks for them; nothing is written to disk.

#![allow(clippy::disallowed_methods, reason = "a server is an edge to the world")]

mod answer;
mod follow;
mod hosts;
mod listen;
mod mistakes;
mod shelf;
mod shown;
mod watch;

use std::convert::Infallible;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use axum::{Extension, Router};
use chrono::NaiveDate;
use futures_util::stream;
use tokio::sync::Semaphore;
use tokio::sync::watch::Receiver;

use crate::diagnostics::Tally;
use crate::pipeline::Settings;
use answer::{answer, is_printed, plain};
use follow::{Follower, Say};
use hosts::Hosts;
use listen::{Reached, listen};
use shelf::ServedFiles;
use shown::{Showing, Shown};
pub use watch::Watching;

/// The port, if none is given.
pub const PORT: u16 = 8620;

/// How often a silent event stream sends a sign of life, which also shows whether the browser is
/// still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How many pages are rendered at a time.
const RENDERERS: usize = 4;

/// How many PDFs are made at a time: each uses all processors and much memory.
const PRINTERS: usize = 1;

/// How many files are read at a time, a piece of each.
const READERS: usize = 4;

/// The headers of every answer.
const HEADERS: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// What is served, and where.
pub struct Service {
    /// The root of the site.
    pub root: PathBuf,
    /// The day of the build; if not given, the current one each time.
    pub today: Option<NaiveDate>,
    /// How the site is built.
    pub settings: Settings,
    /// How to find out what was saved.
    pub watching: Watching,
    /// The host to listen on, by name or address.
    pub host: String,
    /// The port; if not given, [`PORT`] or the next one that is free.
    pub port: Option<u16>,
}

/// A server that runs until it is dropped.
pub struct Server {
    runtime: Option<tokio::runtime::Runtime>,
    /// The address to open in a browser.
    pub address: String,
    /// What is wrong with the content at the beginning.
    pub tally: Tally,
    /// The port that was asked for, when another one had to be taken.
    pub taken: Option<u16>,
}

/// Starts a server. It answers as soon as this returns; `say` is given a line at each change.
///
/// # Errors
///
/// When the port is taken, or the site cannot be read or watched.
pub fn start(service: Service, say: impl Fn(&str) + Send + 'static) -> anyhow::Result<Server> {
    let (listener, taken) = bind(&service.host, service.port)?;
    let at = listener.local_addr()?;
    let say: Say = Box::new(say);
    let (follower, first, tally) =
        Follower::begin(&service.root, service.today, service.settings, service.watching, say)?;
    let (shown, receiver) = tokio::sync::watch::channel(first);
    let hosts = Hosts::new(&service.host, at.port());
    let address = format!("http://{}:{}/", hosts.name(), at.port());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(RENDERERS + PRINTERS + READERS)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    let app = app(service.root, receiver, hosts);
    listener.set_nonblocking(true)?;
    let listener = {
        let _within = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    runtime.spawn(listen(listener, app));
    std::thread::Builder::new()
        .name("follow".to_owned())
        .spawn(move || follower.follow(&shown))
        .context("cannot start the server")?;
    Ok(Server { runtime: Some(runtime), address, tally, taken })
}

impl Server {
    /// Waits until the person who started it ends it with Ctrl-C.
    ///
    /// # Errors
    ///
    /// When the system does not allow waiting.
    pub fn wait(&self) -> anyhow::Result<()> {
        match &self.runtime {
            Some(runtime) => runtime.block_on(asked_to_end()).context("cannot wait for Ctrl-C"),
            None => Ok(()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Open event streams would never end by themselves.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Returns when the program is asked to end: by Ctrl-C, or by the system.
async fn asked_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut ended = signal(SignalKind::terminate())?;
        let mut interrupted = signal(SignalKind::interrupt())?;
        std::future::poll_fn(|context| {
            let is_over =
                interrupted.poll_recv(context).is_ready() || ended.poll_recv(context).is_ready();
            if is_over { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        Ok(())
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Takes a port. Also gives the one that was wanted, if it was another.
fn bind(host: &str, port: Option<u16>) -> anyhow::Result<(TcpListener, Option<u16>)> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let wanted = port.unwrap_or(PORT);
    let is_taken = |error: &std::io::Error| error.kind() == std::io::ErrorKind::AddrInUse;
    match TcpListener::bind((bare, wanted)) {
        Ok(listener) => return Ok((listener, None)),
        Err(error) if is_taken(&error) => {}
        Err(error) => {
            return Err(error).with_context(|| format!("cannot listen on `{host}` port {wanted}"));
        }
    }
    let next = (wanted..=u16::MAX).skip(1).find_map(|port| TcpListener::bind((bare, port)).ok());
    let Some(next) = next else { bail!("port {wanted} is in use, and so is every port after it") };
    match port {
        None => Ok((next, Some(wanted))),
        Some(_) => {
            let free = next.local_addr()?.port();
            bail!("port {wanted} is in use; {free} is free: --port {free}")
        }
    }
}

/// What the answers are made from.
#[derive(Clone)]
struct Served {
    shelf: Arc<ServedFiles>,
    shown: Receiver<Shown>,
    renderers: Arc<Semaphore>,
    printers: Arc<Semaphore>,
}

fn app(root: PathBuf, shown: Receiver<Shown>, hosts: Hosts) -> Router {
    Router::new()
        .route("/_recto/events", get(events))
        .fallback(page)
        .with_state(Served {
            shelf: Arc::new(ServedFiles::new(root)),
            shown,
            renderers: Arc::new(Semaphore::new(RENDERERS)),
            printers: Arc::new(Semaphore::new(PRINTERS)),
        })
        .layer(from_fn_with_state(Arc::new(hosts), guard))
        .layer(from_fn(with_headers))
}

/// Refuses requests that are not for this server.
async fn guard(
    State(hosts): State<Arc<Hosts>>,
    Extension(Reached(at)): Extension<Reached>,
    request: Request,
    next: Next,
) -> Response<Body> {
    if let Err(why) = hosts.refuse(request.uri(), request.headers(), at) {
        return plain(StatusCode::FORBIDDEN, &why);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "this server only shows pages");
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    next.run(request).await
}

async fn with_headers(request: Request, next: Next) -> Response<Body> {
    let mut answer = next.run(request).await;
    for (name, value) in HEADERS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// The answer for a path.
async fn page(State(served): State<Served>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let shown = served.shown.borrow().clone();
    // Waiting for a PDF does not hold up other requests.
    let desk = if is_printed(&shown, &path) { served.printers } else { served.renderers };
    // It fails only when it is closed, which never happens.
    let turn = desk.acquire_owned().await;
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        answer(&shown, &served.shelf, &path)
    });
    // A page that cannot be made must not end the others.
    made.await
        .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "this page cannot be made"))
}

/// Announces which state is shown, now and at each change.
async fn events(State(served): State<Served>) -> Response<Body> {
    let mut shown = served.shown;
    shown.mark_changed();
    let states = stream::unfold(shown, |mut shown| async {
        // It ends with the server.
        shown.changed().await.ok()?;
        let state = state(&shown.borrow_and_update());
        Some((Ok::<_, Infallible>(Event::default().data(state)), shown))
    });
    Sse::new(states).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

/// The state that is shown, as the script of the pages reads it.
fn state(shown: &Shown) -> String {
    let mistakes = matches!(shown.face, Showing::Mistakes(_));
    serde_json::json!({ "version": shown.version, "mistakes": mistakes }).to_string()
}
