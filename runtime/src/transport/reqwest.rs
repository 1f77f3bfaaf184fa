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

/// The async transport, on reqwest.
#[derive(Debug, Clone)]
pub struct Reqwest {
    pools: Pools,
    origins: Origins,
    quiet: Quiet,
}

impl Reqwest {
    /// Creates a transport with rustls, ring and Mozilla's root certificates.
    ///
    /// # Errors
    /// Returns an error if TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// Creates a transport that trusts these certificates (X.509 in DER) and Mozilla's root certificates. Use it for a
    /// company's own authority or a server with a self-signed certificate.
    ///
    /// # Errors
    /// Returns an error if one of them is not a certificate, or if TLS cannot be set up.
    pub fn with_roots(more: impl IntoIterator<Item = Vec<u8>>) -> Result<Self, TransportError> {
        more.into_iter().fold(Self::builder(), ReqwestBuilder::root_certificate).build()
    }

    /// Creates a builder, for certificates, proxies and timeouts.
    pub fn builder() -> ReqwestBuilder {
        ReqwestBuilder::default()
    }

    /// Creates a transport with the caller's own client. Switch its redirects off: reqwest would send credentials
    /// along. Its connection pool belongs to one runtime, so send its calls on one runtime only.
    #[must_use]
    pub const fn with_client(client: reqwest::Client) -> Self {
        Self { pools: Pools::One(client), origins: Origins::new(), quiet: Quiet::new() }
    }

    /// Sends a request whose response is streamed: the timeout ends with its headers.
    async fn streamed(&self, request: reqwest::Request, limits: Limits) -> Result<reqwest::Response, TransportError> {
        let client = self.pools.current()?;
        self.quiet.settle().await;
        match tokio::time::timeout(limits.timeout, client.execute(request)).await {
            Ok(response) => response.map_err(explain),
            Err(_) => {
                let message = format!("no response within {:?}", limits.timeout);
                Err(TransportError::new(TransportErrorKind::Timeout, message))
            }
        }
    }

    /// Converts a request. reqwest's own conversion parses the address again and carries our extensions through all its
    /// layers.
    fn outgoing(&self, request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, self.origins.address(&head.uri)?);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(streaming::outgoing(body));
        Ok(request)
    }
}

/// The innermost cause has the reason; the outer ones only name the step.
fn explain(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if let Some(own) = own_body(&error) {
        return TransportError { kind: own.kind, message: own.message.clone(), source: Some(Box::new(error)) };
    }
    let kind = if is_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        // Also for a connect timeout: nothing was sent.
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

/// The error of the caller's own body, if it is the cause.
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

/// Returns true for an error of TLS. An I/O error has its cause in `get_ref()`, not in `source()`.
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
        // Converted here and not in the future, which would hold the request twice.
        let outgoing = self.outgoing(request);
        if limits.streamed {
            return Box::pin(async move {
                let response = self.streamed(outgoing?, limits).await?;
                self.quiet.end();
                Ok(http::Response::from(response).map(|body| streaming::incoming(body, limits.idle)))
            });
        }
        let response = outgoing.and_then(|mut request| {
            *request.timeout_mut() = Some(limits.timeout);
            Ok(self.pools.current()?.execute(request))
        });
        Box::pin(async move {
            let response = response?;
            self.quiet.settle().await;
            let response = response.await.map_err(explain)?;
            self.quiet.end();
            Ok(http::Response::from(response).map(|body| streaming::incoming(body, None)))
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
