//! The responses of a mock server.

use crate::codec::json::{from_json_slice, to_json_vec};
use crate::codec::{Decode, DecodeError, Encode};
use crate::transport::maybe_send::BoxStream;
use crate::transport::{AttemptLimits, Body, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// A response of a [`MockServer`](super::MockServer), or a failure in its place.
#[derive(Debug, Clone)]
#[must_use]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    chunks: Vec<Bytes>,
    delay: Duration,
    fault: Option<Fault>,
    mistake: Option<String>,
}

/// A failure of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The connection is refused.
    Connect,
    /// The certificate of the server is not trusted.
    Tls,
    /// The connection ends before a response.
    Reset,
    /// The connection ends within the body, after the chunks of the reply.
    HalfBody,
    /// No response arrives in time.
    Timeout,
}

impl Reply {
    /// Creates a response with a status and no body.
    pub fn new(status: u16) -> Self {
        let wrong = |_| (StatusCode::INTERNAL_SERVER_ERROR, Some(format!("{status} is not a valid status")));
        let (status, mistake) = StatusCode::from_u16(status).map_or_else(wrong, |status| (status, None));
        let (headers, chunks, delay) = (HeaderMap::new(), Vec::new(), Duration::ZERO);
        Self { status, headers, chunks, delay, fault: None, mistake }
    }

    /// Creates a response with a model, or a [`Json`](crate::Json), as JSON.
    pub fn json(status: u16, value: &dyn Encode) -> Self {
        let reply = Self::new(status).header(CONTENT_TYPE.as_str(), "application/json");
        match to_json_vec(value) {
            Ok(body) => reply.body(body),
            Err(error) => reply.wrong(error.to_string()),
        }
    }

    /// Creates a response with a body of this media type.
    pub fn text(status: u16, media: &str, body: impl Into<Bytes>) -> Self {
        Self::new(status).header(CONTENT_TYPE.as_str(), media).body(body)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
                self
            }
            _ => self.wrong(format!("the header {name} cannot be sent")),
        }
    }

    /// Sets the body.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.chunks = vec![body.into()];
        self
    }

    /// Decodes the body, which must be JSON, as a type of the crate or your own: the value of an example of the
    /// description, which a test can change and reply with.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not of this type.
    pub fn body_as<T: Decode>(&self) -> Result<T, DecodeError> {
        from_json_slice(&self.chunks.concat())
    }

    /// Adds a chunk to the body, for streams.
    pub fn chunk(mut self, chunk: impl Into<Bytes>) -> Self {
        self.chunks.push(chunk.into());
        self
    }

    /// Delays the response. Nothing waits: a delay beyond the timeout of the call is a timeout at once.
    pub const fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sets a failure.
    pub const fn fault(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    fn wrong(mut self, mistake: String) -> Self {
        self.mistake.get_or_insert(mistake);
        self
    }

    pub(super) fn play(self, limits: AttemptLimits) -> Result<Response<Body>, TransportError> {
        let failed = |kind, message: &str| Err(TransportError::new(kind, message));
        if let Some(mistake) = &self.mistake {
            return failed(TransportErrorKind::Other, &format!("the reply of the test cannot be sent: {mistake}"));
        }
        match self.fault {
            Some(Fault::Connect) => return failed(TransportErrorKind::Connect, "connection refused"),
            Some(Fault::Tls) => return failed(TransportErrorKind::Tls, "the certificate cannot be trusted"),
            Some(Fault::Reset) => return failed(TransportErrorKind::Broken, "connection reset"),
            Some(Fault::Timeout) => return failed(TransportErrorKind::Timeout, "no response in time"),
            Some(Fault::HalfBody) | None => {}
        }
        if self.delay > limits.timeout {
            return failed(TransportErrorKind::Timeout, &format!("no response within {:?}", limits.timeout));
        }
        let half = self.fault == Some(Fault::HalfBody);
        let mut response = Response::new(match <[Bytes; 1]>::try_from(self.chunks) {
            Ok([whole]) if !half => Body::from(whole),
            Ok([whole]) => chunked(vec![whole], half),
            Err(chunks) => chunked(chunks, half),
        });
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }
}

impl From<Fault> for Reply {
    fn from(fault: Fault) -> Self {
        Self::new(200).fault(fault)
    }
}

fn chunked(chunks: Vec<Bytes>, half: bool) -> Body {
    if chunks.is_empty() && !half {
        return Body::empty();
    }
    let chunks: BoxStream<'static, Result<Bytes, TransportError>> = Box::pin(Chunks { chunks: chunks.into(), half });
    Body::stream(chunks, None)
}

struct Chunks {
    chunks: VecDeque<Bytes>,
    half: bool,
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let broken = || Err(TransportError::new(TransportErrorKind::Broken, "the connection ended within the body"));
        let next = self.chunks.pop_front().map(Ok);
        Poll::Ready(next.or_else(|| std::mem::take(&mut self.half).then(broken)))
    }
}
