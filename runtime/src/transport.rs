//! What carries a request to a server and its answer back. Knows `http`, bytes and streams; must not know APIs.

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
mod body;
pub(crate) mod clock;
#[cfg(all(any(feature = "gzip", feature = "brotli"), not(all(target_family = "wasm", target_os = "unknown"))))]
pub(crate) mod coding;
pub mod maybe_send;
/// Without a feature that undoes codings, and in browsers, which undo them themselves, there is nothing to do.
#[cfg(not(all(any(feature = "gzip", feature = "brotli"), not(all(target_family = "wasm", target_os = "unknown")))))]
pub(crate) mod coding {
    pub(crate) const ACCEPTED: Option<http::HeaderValue> = None;

    pub(crate) const fn decoded(_: &mut http::HeaderMap, body: super::Body) -> super::Body {
        body
    }
}
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub mod fetch;
#[cfg(all(feature = "reqwest", not(all(target_family = "wasm", target_os = "unknown"))))]
pub mod reqwest;
#[cfg(feature = "blocking")]
pub mod ureq;

pub use crate::transport::maybe_send::{BoxFuture, BoxStream, MaybeSend, MaybeSync};
pub use body::{Body, BodyReader};
use std::fmt;
use std::time::Duration;

/// Carries requests. It must not follow redirects: the pipeline does, because it knows the secrets.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends a request and reads the head of the answer; the body is read by who gets it.
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
    /// Runs a future in the background, so that it goes on when nobody waits for it. Returns the future where the transport has
    /// no background, as here: those who need its output then run it between them.
    fn spawn(&self, work: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
        Some(work)
    }
}

/// What an attempt may use up.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Limits {
    /// Time from the start to the last byte; of a streamed answer, to its head.
    pub timeout: Duration,
    /// Whether the body of the answer is handed on as it comes, for as long as it comes.
    pub streamed: bool,
    /// The longest time without a byte of a streamed body.
    pub idle: Option<Duration>,
}

impl Limits {
    /// For an answer that is read whole.
    #[must_use]
    pub const fn whole(timeout: Duration) -> Self {
        Self { timeout, streamed: false, idle: None }
    }
}

/// What went wrong on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection.
    Connect,
    /// The other side cannot be trusted, or does not speak TLS.
    Tls,
    /// Not in time.
    Timeout,
    /// The connection broke.
    Broken,
    /// The body is larger than allowed.
    TooLarge,
    /// The caller's own body could not be read.
    Body,
    /// Something else.
    Other,
}

/// Why there is no answer.
#[derive(Debug)]
pub struct TransportError {
    /// What went wrong.
    pub kind: TransportErrorKind,
    /// In words.
    pub message: String,
    /// The stack's own error.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// Without a cause.
    #[must_use]
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}
