//! The transport on the caller's own reqwest client. Only this file names reqwest.

use super::on_tokio::{self, AttemptDeadline, LastResponse, Outgoing};
use super::{AttemptLimits, Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use std::time::Duration;

/// The async transport on the caller's own reqwest client.
#[derive(Debug, Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    last_response: LastResponse,
}

impl Reqwest {
    /// Creates a transport with the caller's own client. Switch its redirects off: reqwest would send credentials
    /// along. Its connection pool belongs to one runtime, so send its calls on one runtime only.
    #[must_use]
    pub const fn with_client(client: reqwest::Client) -> Self {
        Self { client, last_response: LastResponse::new() }
    }
}

/// Converts a request. reqwest's own conversion carries our extensions through all its layers.
fn outgoing(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (head, body) = request.into_parts();
    let address = reqwest::Url::parse(&head.uri.to_string())
        .map_err(|error| TransportError::new(TransportErrorKind::Other, error.to_string()))?;
    let mut request = reqwest::Request::new(head.method, address);
    *request.headers_mut() = head.headers;
    *request.body_mut() = Some(match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(Outgoing(body)),
    });
    Ok(request)
}

fn explain(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_connect() {
        // Also for a connect timeout: nothing was sent.
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_request() || error.is_body() || error.is_decode() {
        TransportErrorKind::Broken
    } else {
        TransportErrorKind::Other
    };
    let message = error.to_string();
    on_tokio::explained(error, kind, message)
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        // Converted here and not in the future, which would hold the request twice.
        let sending = on_tokio::current().and_then(|_| Ok(self.client.execute(outgoing(request)?)));
        Box::pin(async move {
            let (sending, deadline) = (sending?, AttemptDeadline::start(limits)?);
            self.last_response.yield_after_pause().await;
            let response = deadline.head(sending).await?.map_err(explain)?;
            self.last_response.record();
            Ok(deadline.response(response.into(), explain))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        on_tokio::sleep(duration)
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
        on_tokio::spawn(work)
    }
}
