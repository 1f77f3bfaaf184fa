//! A hook that compresses request bodies with gzip.

use super::Hook;
use crate::transport::maybe_send::BoxFuture;
use crate::transport::{Body, TransportError, TransportErrorKind};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{CONTENT_ENCODING, HeaderValue};
use http::{Request, Response};
use std::future::ready;
use std::io::{self, Write};

/// A hook that compresses request bodies with gzip. Streams, and bodies that have a `Content-Encoding`, are not
/// compressed. Use it only for APIs that accept gzip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompressRequests {
    /// The minimum size of a compressed body, in bytes.
    pub min_bytes: u64,
}

impl Default for CompressRequests {
    fn default() -> Self {
        Self { min_bytes: 1024 }
    }
}

impl Hook for CompressRequests {
    fn before<'h>(
        &'h self,
        request: &'h mut Request<Body>,
    ) -> BoxFuture<'h, Result<Option<Response<Body>>, TransportError>> {
        let whole =
            request.body().as_bytes().filter(|bytes| u64::try_from(bytes.len()).is_ok_and(|n| n >= self.min_bytes));
        let packed = whole.filter(|_| !request.headers().contains_key(CONTENT_ENCODING)).map(|bytes| pack(bytes));
        let done = match packed {
            None => Ok(None),
            Some(Ok(packed)) => {
                *request.body_mut() = packed.into();
                request.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                Ok(None)
            }
            Some(Err(error)) => Err(TransportError {
                kind: TransportErrorKind::Body,
                message: format!("the body cannot be compressed: {error}"),
                source: Some(error.into()),
            }),
        };
        Box::pin(ready(done))
    }
}

fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
