//! Accepts connections, with limits: one that is too slow, too long or one too many is closed, and
//! the server goes on.

use std::collections::BTreeMap;
use std::future::Future as _;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::{Instant, Sleep, sleep};

/// The most connections at a time. A browser opens six.
const MOST_CONNECTIONS: usize = 256;

/// The most headers of a request, and the most bytes of its head. A browser sends a kilobyte.
const MOST_HEADERS: usize = 64;
const LARGEST_HEAD: usize = 1 << 15;

/// How long a connection may take to send the head of a request; then it is closed.
const LONGEST_HEAD: Duration = Duration::from_secs(10);

/// How long a connection may accept nothing of an answer.
const LONGEST_STALL: Duration = Duration::from_secs(30);

/// How long to wait when the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_millis(50);

/// The address of this machine that a connection reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached(pub(super) SocketAddr);

/// Accepts connections until it is dropped.
pub(super) async fn listen(listener: TcpListener, app: Router) {
    let seats = OpenConnections::default();
    for number in 0_u64.. {
        let (stream, reached) = loop {
            match listener.accept().await {
                Ok((stream, _)) => match stream.local_addr() {
                    Ok(reached) => break (stream, reached),
                    // The connection is already gone.
                    Err(_) => continue,
                },
                // Without this the loop would spin while there are too many open files.
                Err(_) => sleep(NO_ROOM).await,
            }
        };
        // Small parts of a page are sent without delay.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(app.clone().layer(Extension(Reached(reached))));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(LONGEST_HEAD)
            .max_headers(MOST_HEADERS)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(TimedStream::new(stream)), service);
        let leaving = seats.clone();
        let mut taken = seats.taken();
        let task = tokio::spawn(async move {
            // How a connection ends is up to the other side.
            let _ = connection.await;
            leaving.taken().remove(&number);
        });
        taken.insert(number, task.abort_handle());
        // The oldest one is closed: its browser opens another.
        if taken.len() > MOST_CONNECTIONS
            && let Some((_, oldest)) = taken.pop_first()
        {
            oldest.abort();
        }
    }
}

/// The open connections, the oldest first.
#[derive(Clone, Default)]
struct OpenConnections(Arc<Mutex<BTreeMap<u64, AbortHandle>>>);

impl OpenConnections {
    fn taken(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, AbortHandle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection that ends when the other side accepts nothing that is written to it.
struct TimedStream {
    stream: TcpStream,
    stalled: Pin<Box<Sleep>>,
    is_stalled: bool,
}

impl TimedStream {
    fn new(stream: TcpStream) -> Self {
        Self { stream, stalled: Box::pin(sleep(LONGEST_STALL)), is_stalled: false }
    }

    /// The result of a write: making no progress for too long is an error.
    fn judge<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.is_stalled = false;
            return written;
        }
        if !self.is_stalled {
            self.is_stalled = true;
            self.stalled.as_mut().reset(Instant::now() + LONGEST_STALL);
        }
        match self.stalled.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for TimedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.judge(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.judge(flushed, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.judge(shut, context)
    }
}
