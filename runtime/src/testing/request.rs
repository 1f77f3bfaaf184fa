//! The requests that a mock server recorded.

use crate::codec::json::from_json_slice;
use crate::codec::{Decode, DecodeError};
use bytes::Bytes;
use http::{HeaderMap, Method, Uri};
use std::fmt;

/// A recorded request, secrets included.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The `operationId`, or the method and path of an operation without one.
    pub operation: &'static str,
    /// The path template.
    pub template: &'static str,
    /// The number of the retry; 0 for the first attempt.
    pub retry: u32,
    /// The method.
    pub method: Method,
    /// The URL.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The path of the base URL; empty for a request that is not of a call.
    pub(super) base_path: String,
}

impl RecordedRequest {
    /// Decodes the body as a model or [`Json`](crate::Json).
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not this type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_json_slice(&self.body)
    }

    /// Returns the value of a header, if it is present and valid text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the values of a query parameter, without their percent-encoding.
    #[must_use]
    pub fn query(&self, name: &str) -> Vec<String> {
        let decoded = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let pairs = self.uri.query().unwrap_or_default().split('&');
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        pairs.filter(|(known, _)| decoded(known) == name).map(|(_, value)| decoded(value)).collect()
    }
}

/// Query and body may contain secrets.
impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("operation", &self.operation)
            .field("retry", &self.retry)
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field("length", &self.body.len())
            .finish_non_exhaustive()
    }
}
