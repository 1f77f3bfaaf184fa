//! Transports: send a request and return its response. Know `http`, bytes and streams; do not know APIs.

#[cfg(feature = "test-util")]
mod base_path;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
mod body;
#[cfg(any(feature = "blocking", all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown")))))]
mod builder;
mod call_context;
/// The time, also in a browser, where the standard library has none.
pub(crate) mod clock {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    pub(crate) use std::time::{Instant, SystemTime};
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    pub(crate) use web_time::{Instant, SystemTime};
}
#[cfg(all(any(feature = "gzip", feature = "brotli"), not(all(target_family = "wasm", target_os = "unknown"))))]
pub(crate) mod coding;
pub mod maybe_send;
/// Without a feature for codings, and in browsers, which decode them, bodies stay as they are.
#[cfg(not(all(any(feature = "gzip", feature = "brotli"), not(all(target_family = "wasm", target_os = "unknown")))))]
pub(crate) mod coding {
    pub(crate) const ACCEPTED: Option<http::HeaderValue> = None;

    pub(crate) const fn decoded(_: &mut http::HeaderMap, body: super::Body) -> super::Body {
        body
    }
}
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub mod fetch;
#[cfg(all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown"))))]
pub mod hyper;
#[cfg(all(any(feature = "hyper", feature = "reqwest"), not(all(target_family = "wasm", target_os = "unknown"))))]
mod on_tokio;
#[cfg(all(feature = "reqwest", not(all(target_family = "wasm", target_os = "unknown"))))]
pub mod reqwest;
#[cfg(feature = "blocking")]
pub mod ureq;

pub use crate::transport::maybe_send::{BoxFuture, BoxStream, MaybeSend, MaybeSync};
#[cfg(feature = "test-util")]
pub(crate) use base_path::BasePath;
pub use body::{Body, BodyReader};
#[cfg(any(feature = "blocking", all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown")))))]
pub use builder::TransportBuilder;
pub(crate) use call_context::{CallContext, SendMode};
use std::fmt;
use std::time::Duration;

/// Any error.
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Sends requests. It must not follow redirects: the client does, because it knows the credentials.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends a request and returns the head of the response with a body that is read later.
    fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
    /// Sleeps.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
    /// Runs a future in the background, so that it continues when its caller is dropped. Returns the future if the
    /// transport has no background, as this default does; then the calls that need its output run it.
    fn spawn(&self, work: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
        Some(work)
    }
}

/// The facts about the call of a request. Every request has them in its extensions, for hooks and transports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallInfo {
    /// The `operationId`, or the method and path of an operation without one.
    pub operation: &'static str,
    /// The path template; empty for an operation that the description does not define.
    pub template: &'static str,
    /// True if a second request has the same effect as one.
    pub idempotent: bool,
    /// The number of the retry; 0 for the first attempt.
    pub retry: u32,
}

/// Time limits of an attempt.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct AttemptLimits {
    /// Time from the start to the last byte; for a streamed response, to its head.
    pub timeout: Duration,
    /// True if the body of the response is streamed, without a limit of its total time.
    pub streamed: bool,
    /// The longest time between two chunks of a streamed body.
    pub idle: Option<Duration>,
}

impl AttemptLimits {
    /// Creates the limits of a response that is read as a whole.
    #[must_use]
    pub const fn whole(timeout: Duration) -> Self {
        Self { timeout, streamed: false, idle: None }
    }
}

/// Kinds of transport errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made.
    Connect,
    /// TLS failed, such as for an untrusted certificate.
    Tls,
    /// A timeout passed.
    Timeout,
    /// The connection broke.
    Broken,
    /// The body is larger than its limit.
    TooLarge,
    /// The caller's own body could not be read.
    Body,
    /// Another error.
    Other,
}

/// The reason why a response, or the rest of its body, did not arrive.
#[derive(Debug)]
pub struct TransportError {
    /// Kind of the error.
    pub kind: TransportErrorKind,
    /// Message, without credentials.
    pub message: String,
    /// The HTTP library's own error.
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl TransportError {
    /// Creates an error without a source.
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
