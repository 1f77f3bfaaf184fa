//! The blocking transport: ureq. Only this file and its folder name ureq. The transport's futures are ready at once.

mod builder;
mod connection;

use super::{AttemptLimits, Body, BoxFuture, Transport, TransportError, TransportErrorKind};
pub use builder::UreqBuilder;
use connection::{Source, Unsent};
use http::Method;
use http::header::CONTENT_LENGTH;
use std::future::ready;
use std::io::{self, Read};
use std::time::Duration;

/// The longest timeout: ureq adds it to the clock, which has an end.
const MAX_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// The blocking transport, on ureq.
#[derive(Debug, Clone)]
pub struct Ureq(ureq::Agent);

impl Ureq {
    /// Creates a transport with rustls, ring and Mozilla's root certificates.
    ///
    /// # Errors
    /// None with these defaults.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// Creates a builder, for certificates, proxies and timeouts.
    pub fn builder() -> UreqBuilder {
        UreqBuilder::default()
    }

    /// Creates a transport with the caller's own agent. Switch its redirects and its errors by status off. With ureq's
    /// own connectors a response that arrives before a large body is written can be lost to a reset connection.
    #[must_use]
    pub const fn with_agent(agent: ureq::Agent) -> Self {
        Self(agent)
    }

    fn exchange(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> Result<http::Response<Body>, TransportError> {
        let (mut head, body) = request.into_parts();
        connection::start();
        // A method that needs no body is sent without `Content-Length` if there is none (RFC 9110, section 8.6).
        let sized = matches!(head.method, Method::POST | Method::PUT | Method::PATCH);
        let response = match body.as_bytes() {
            Some(bytes) if bytes.is_empty() && !sized => self.run(http::Request::from_parts(head, ()), limits),
            Some(bytes) => self.run(http::Request::from_parts(head, bytes.as_ref()), limits),
            None => {
                // A body without a length is sent in chunks.
                if let Some(length) = body.length() {
                    head.headers.insert(CONTENT_LENGTH, length.into());
                }
                let length = body.length();
                let body = ureq::SendBody::from_owned_reader(Source::new(body.into_reader(), length));
                self.run(http::Request::from_parts(head, body), limits)
            }
        };
        Ok(response.map_err(explain)?.map(|body| {
            let length = body.content_length();
            Body::reader(Explained(body.into_reader()), length)
        }))
    }

    fn run(
        &self,
        request: http::Request<impl ureq::AsSendBody>,
        limits: AttemptLimits,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let (timeout, idle) = (limits.timeout.min(MAX_TIMEOUT), limits.idle.map(|idle| idle.min(MAX_TIMEOUT)));
        let request = self.0.configure_request(request).allow_non_standard_methods(true);
        let request = if limits.streamed {
            // ureq has no timeout up to the response's head, so each step has the whole time.
            let agent = self.0.config().timeouts();
            let at_most = |limit: Option<Duration>| Some(limit.map_or(timeout, |limit| limit.min(timeout)));
            request
                .timeout_resolve(at_most(agent.resolve))
                .timeout_connect(at_most(agent.connect))
                .timeout_send_request(at_most(agent.send_request))
                .timeout_send_body(at_most(agent.send_body))
                .timeout_recv_response(at_most(agent.recv_response))
                .timeout_per_read(idle)
        } else {
            request.timeout_global(Some(timeout))
        };
        self.0.run(request.build())
    }
}

/// A reader whose errors have a kind.
struct Explained<R>(R);

impl<R: Read> Read for Explained<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into).map_err(|error| io::Error::other(explain(error.into())))
    }
}

fn explain(error: ureq::Error) -> TransportError {
    let error = match error {
        // An error of the caller's own body has its kind.
        ureq::Error::Io(error) => match error.downcast::<TransportError>() {
            Ok(error) => return error,
            Err(error) => ureq::Error::Io(error),
        },
        error => error,
    };
    let (error, unsent) = match error {
        ureq::Error::Other(other) => match other.downcast::<Unsent>() {
            Ok(unsent) => (unsent.0, true),
            Err(other) => (ureq::Error::Other(other), false),
        },
        error => (error, false),
    };
    let kind = match &error {
        // Nothing was sent, so it is an error of the connection.
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => TransportErrorKind::Connect,
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => {
            TransportErrorKind::Connect
        }
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => TransportErrorKind::Tls,
        // Errors of rustls come through the stream. No other error there is `InvalidData`.
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => TransportErrorKind::Tls,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => TransportErrorKind::Connect,
        ureq::Error::Io(_) if unsent => TransportErrorKind::Connect,
        ureq::Error::BodyExceedsLimit(_) | ureq::Error::LargeResponseHeader(..) => TransportErrorKind::TooLarge,
        // The server's response is not HTTP.
        ureq::Error::Io(_) | ureq::Error::Protocol(_) => TransportErrorKind::Broken,
        _ => TransportErrorKind::Other,
    };
    TransportError { kind, message: error.to_string(), source: Some(Box::new(error)) }
}

impl Transport for Ureq {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(ready(self.exchange(request, limits)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        std::thread::sleep(duration);
        Box::pin(ready(()))
    }
}
