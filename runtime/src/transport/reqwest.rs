//! The default transport: reqwest with rustls on ring. Only this file and its folder name reqwest.

mod builder;
mod origins;
mod pools;
mod quiet;
mod streaming;

use super::{Body, BoxFuture, Limits, Transport, TransportError, TransportErrorKind};
pub use builder::ReqwestBuilder;
use origins::Origins;
use pools::Pools;
use quiet::Quiet;
use std::time::Duration;

/// reqwest behind our trait.
#[derive(Debug, Clone)]
pub struct Reqwest {
    pools: Pools,
    origins: Origins,
    quiet: Quiet,
}

impl Reqwest {
    /// With rustls, ring and the roots of Mozilla's list.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// Trusts these certificates (X.509 in DER) beside the roots of Mozilla's list: for a company's own authority, or
    /// a server that signed its own certificate.
    ///
    /// # Errors
    /// When one of them is no certificate, or TLS cannot be set up.
    pub fn with_roots(more: impl IntoIterator<Item = Vec<u8>>) -> Result<Self, TransportError> {
        more.into_iter().fold(Self::builder(), ReqwestBuilder::root_certificate).build()
    }

    /// With more than the defaults: certificates, proxies.
    pub fn builder() -> ReqwestBuilder {
        ReqwestBuilder::default()
    }

    /// With a client of the caller's own. It should not follow redirects: reqwest would send secrets along. Its pool of
    /// connections is one for all runtimes: send its calls on one runtime only.
    #[must_use]
    pub const fn with_client(client: reqwest::Client) -> Self {
        Self { pools: Pools::One(client), origins: Origins::new(), quiet: Quiet::new() }
    }

    /// The head of a streamed answer in time; its body takes the time that it takes.
    async fn streamed(&self, request: reqwest::Request, limits: Limits) -> Result<reqwest::Response, TransportError> {
        let client = self.pools.current()?;
        self.quiet.settle().await;
        match tokio::time::timeout(limits.timeout, client.execute(request)).await {
            Ok(answer) => answer.map_err(explain),
            Err(_) => {
                let message = format!("no answer within {:?}", limits.timeout);
                Err(TransportError::new(TransportErrorKind::Timeout, message))
            }
        }
    }

    /// The request as reqwest has it. Its own conversion spells the address piece by piece, and carries our extensions
    /// through all its layers.
    fn outgoing(&self, request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, self.origins.address(&head.uri)?);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(streaming::outgoing(body));
        Ok(request)
    }
}

/// The innermost cause says what happened; the outer ones say that something did.
fn explain(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if let Some(own) = own_body(&error) {
        return TransportError { kind: own.kind, message: own.message.clone(), source: Some(Box::new(error)) };
    }
    let kind = if is_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        // Also where it took too long: nothing was sent.
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_request() || error.is_body() || error.is_decode() {
        TransportErrorKind::Broken
    } else {
        TransportErrorKind::Other
    };
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    TransportError { kind, message, source: Some(Box::new(error)) }
}

/// What the caller's own body failed with, when that is why.
fn own_body<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e TransportError> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(own) = error.downcast_ref::<TransportError>() {
            return Some(own);
        }
        next = error.source();
    }
    None
}

/// Whether TLS refused. An I/O error hides its cause from `source()` and shows it to `get_ref()`.
fn is_tls(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<rustls::Error>() || is_of_the_system(error) {
            return true;
        }
        let hidden = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = hidden.map(|hidden| hidden as &(dyn std::error::Error + 'static)).or_else(|| error.source());
    }
    false
}

#[cfg(feature = "native-tls")]
fn is_of_the_system(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<native_tls::Error>()
}

#[cfg(not(feature = "native-tls"))]
const fn is_of_the_system(_: &(dyn std::error::Error + 'static)) -> bool {
    false
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        // Turned around here, and not in the future: that would hold the request twice.
        let outgoing = self.outgoing(request);
        if limits.streamed {
            return Box::pin(async move {
                let answer = self.streamed(outgoing?, limits).await?;
                self.quiet.end();
                Ok(http::Response::from(answer).map(|body| streaming::incoming(body, limits.idle)))
            });
        }
        let answer = outgoing.and_then(|mut request| {
            *request.timeout_mut() = Some(limits.timeout);
            Ok(self.pools.current()?.execute(request))
        });
        Box::pin(async move {
            let answer = answer?;
            self.quiet.settle().await;
            let answer = answer.await.map_err(explain)?;
            self.quiet.end();
            Ok(http::Response::from(answer).map(|body| streaming::incoming(body, None)))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
        match tokio::runtime::Handle::try_current() {
            Ok(handle) => {
                drop(handle.spawn(work));
                None
            }
            Err(_) => Some(work),
        }
    }
}
