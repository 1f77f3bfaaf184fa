//! What carries a request to a server and its answer back. Knows `http` and bytes; must not know APIs.

#[cfg(feature = "reqwest")]
pub mod reqwest;
#[cfg(feature = "blocking")]
pub mod ureq;

use bytes::Bytes;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// A future that may go to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests. It must not follow redirects: the pipeline does, because it knows the secrets.
pub trait Transport: Send + Sync {
    /// Sends a request and reads the whole answer.
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
    /// Waits.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

/// What an attempt may use up.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time from start to the last byte.
    pub timeout: Duration,
    /// Bytes of the body.
    pub max_bytes: usize,
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
