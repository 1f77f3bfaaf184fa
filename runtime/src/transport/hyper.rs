//! The default transport: hyper with rustls on ring. Only this file and its folder name hyper.

mod builder;
mod connector;
mod pools;
mod resend;
mod server_connection;
mod tls;

use super::on_tokio::{self, AttemptDeadline, LastResponse, Outgoing};
use super::{AttemptLimits, Body, BoxFuture, Transport, TransportError, TransportErrorKind};
pub use builder::HyperBuilder;
use connector::Connector;
use http::Method;
use http::header::{ACCEPT, CONTENT_LENGTH, HeaderValue, PROXY_AUTHORIZATION};
use http::uri::Scheme;
use hyper_util::client::legacy;
use pools::Pools;
use std::error::Error;
use std::time::Duration;

/// hyper's client with its connection pool.
type Client = legacy::Client<Connector, Outgoing>;

/// The async transport, on hyper.
#[derive(Debug, Clone)]
pub struct Hyper {
    pools: Pools,
    last_response: LastResponse,
}

impl Hyper {
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
        more.into_iter().fold(Self::builder(), HyperBuilder::root_certificate).build()
    }

    /// Creates a builder, for certificates, proxies and timeouts.
    pub fn builder() -> HyperBuilder {
        HyperBuilder::default()
    }

    /// Converts a request, with the headers that every client sends.
    fn outgoing(&self, request: http::Request<Body>) -> Result<http::Request<Outgoing>, TransportError> {
        let (mut head, body) = request.into_parts();
        // hyper and the pool do not need our extensions.
        head.extensions = http::Extensions::new();
        if head.uri.scheme() == Some(&Scheme::HTTP) {
            if let Some(authorization) = self.pools.connector().authorization(&head.uri) {
                head.headers.entry(PROXY_AUTHORIZATION).or_insert(authorization);
            }
        } else if head.uri.scheme() != Some(&Scheme::HTTPS) {
            let message = "the scheme of the URL is neither http nor https";
            return Err(TransportError::new(TransportErrorKind::Other, message));
        }
        head.headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        // A method that needs no body is sent without `Content-Length` if there is none (RFC 9110, section 8.6).
        let sized = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
        if sized && body.as_bytes().is_some_and(bytes::Bytes::is_empty) {
            head.headers.entry(CONTENT_LENGTH).or_insert(HeaderValue::from_static("0"));
        }
        Ok(http::Request::from_parts(head, Outgoing(body)))
    }
}

fn explain(error: legacy::Error) -> TransportError {
    let Some(cause) = error.source() else {
        let message = error.to_string();
        return on_tokio::explained(error, TransportErrorKind::Other, message);
    };
    // A canceled request was never written, so it is retried like a request without a connection.
    let unsent = cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_canceled);
    if error.is_connect() || unsent {
        return on_tokio::explained(error, TransportErrorKind::Connect, "no connection".to_owned());
    }
    // hyper's own message is only `client error (SendRequest)`.
    on_tokio::explained(error, TransportErrorKind::Broken, String::new())
}

fn explain_body(error: hyper::Error) -> TransportError {
    let message = error.to_string();
    on_tokio::explained(error, TransportErrorKind::Broken, message)
}

impl Transport for Hyper {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        // Converted here and not in the future, which would hold the request twice.
        let sending = self.outgoing(request).and_then(|request| Ok(resend::send(self.pools.current()?, request)));
        Box::pin(async move {
            let (sending, deadline) = (sending?, AttemptDeadline::start(limits)?);
            self.last_response.yield_after_pause().await;
            let response = deadline.head(sending).await?.map_err(explain)?;
            self.last_response.record();
            Ok(deadline.response(response, explain_body))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        on_tokio::sleep(duration)
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
        on_tokio::spawn(work)
    }
}
