//! The blocking transport: ureq. The only file that names it. Its futures are ready when they are made.

use super::{BoxFuture, Limits, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use std::future::ready;
use std::time::Duration;

/// ureq behind our trait.
#[derive(Debug, Clone)]
pub struct Ureq(ureq::Agent);

impl Default for Ureq {
    fn default() -> Self {
        Self::new()
    }
}

impl Ureq {
    /// With rustls, without redirects.
    #[must_use]
    pub fn new() -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
        Self(config.into())
    }

    fn exchange(&self, request: http::Request<Bytes>, limits: Limits) -> Result<http::Response<Bytes>, TransportError> {
        let (head, body) = request.into_parts();
        let request = http::Request::from_parts(head, body.to_vec());
        let request = self
            .0
            .configure_request(request)
            .timeout_global(Some(limits.timeout))
            .allow_non_standard_methods(true)
            .build();
        let (head, mut body) = self.0.run(request).map_err(explain)?.into_parts();
        let limit = u64::try_from(limits.max_bytes).unwrap_or(u64::MAX);
        let bytes = body.with_config().limit(limit).read_to_vec().map_err(explain)?;
        Ok(http::Response::from_parts(head, bytes.into()))
    }
}

fn explain(error: ureq::Error) -> TransportError {
    let kind = match &error {
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => TransportErrorKind::Connect,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => TransportErrorKind::Tls,
        // rustls speaks through the stream, and nothing else there says "invalid data".
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => TransportErrorKind::Tls,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => TransportErrorKind::Connect,
        ureq::Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        ureq::Error::Io(_) => TransportErrorKind::Broken,
        _ => TransportErrorKind::Other,
    };
    TransportError { kind, message: error.to_string(), source: Some(Box::new(error)) }
}

impl Transport for Ureq {
    fn send(
        &self,
        request: http::Request<Bytes>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(ready(self.exchange(request, limits)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        std::thread::sleep(duration);
        Box::pin(ready(()))
    }
}
