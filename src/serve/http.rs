//! Connections: how many, how long, how large, and from whom.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Method, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use axum::response::sse::{Event, KeepAlive, Sse};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::Semaphore;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::answer::{OWN, Question, answer, plain};
use super::hosts::Hosts;
use super::shown::Stage;

/// How many connections are answered at once; others wait.
const CONNECTIONS: usize = 256;

/// How long a browser may take to say what it wants.
const HEADER_TIME: Duration = Duration::from_secs(10);

/// How large the head of a request may be, in bytes.
const HEADER_SIZE: usize = 64 << 10;

/// What every answer needs.
#[derive(Clone)]
struct Desk {
    hosts: Arc<Hosts>,
    stage: Arc<Stage>,
}

/// Answers until `stop` is done.
pub(super) async fn serve(
    listener: TcpListener,
    hosts: Hosts,
    stage: Arc<Stage>,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let desk = Desk { hosts: Arc::new(hosts), stage };
    let router = Router::new().fallback(reply).with_state(desk);
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let place = Arc::clone(&room).acquire_owned();
        let connection = async { (place.await, listener.accept().await) };
        let (place, accepted) = tokio::select! {
            () = &mut stop => return Ok(()),
            both = connection => both,
        };
        let Ok((socket, _)) = accepted else {
            // Such as too many open files: it gets better by waiting.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new())
                .header_read_timeout(HEADER_TIME)
                .max_buf_size(HEADER_SIZE);
            // That a browser went away is no news.
            let _ = http.serve_connection(TokioIo::new(socket), service).await;
            drop(place);
        });
    }
}

async fn reply(State(desk): State<Desk>, request: Request) -> Response<Body> {
    let headers = request.headers();
    let said =
        |name| headers.get(&name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    let mut hosts = headers.get_all(header::HOST).iter();
    let is_ours = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| desk.hosts.is_ours(host)),
        _ => false,
    };
    // An address in the request line would stand before the header (RFC 9112, 3.2.2).
    if !is_ours || request.uri().authority().is_some() {
        let said = "This server answers only to the name that it was started for.";
        return plain(StatusCode::MISDIRECTED_REQUEST, said);
    }
    let is_foreign = said(header::ORIGIN).is_some_and(|origin| !desk.hosts.is_origin(origin));
    if is_foreign || headers.contains_key(header::ORIGIN) && said(header::ORIGIN).is_none() {
        return plain(StatusCode::FORBIDDEN, "Pages of other sites are not answered.");
    }
    if request.uri().path().strip_prefix(OWN) == Some("events") && request.method() == Method::GET {
        let versions = WatchStream::new(desk.stage.versions());
        let events =
            versions.map(|version| Ok::<_, Infallible>(Event::default().data(version.to_string())));
        let mut stream = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
        let headers = stream.headers_mut();
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
        headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
        return stream;
    }
    let (parts, _) = request.into_parts();
    // A page of a large site, or a PDF, takes its time.
    let answered = tokio::task::spawn_blocking(move || {
        let question =
            Question { method: &parts.method, path: parts.uri.path(), query: parts.uri.query() };
        answer(&desk.stage, &question)
    });
    answered
        .await
        .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "The page could not be made."))
}
