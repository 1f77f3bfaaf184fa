//! The type of HTTP bodies, of requests and of responses: bytes in memory, or a stream.

use super::{BoxError, TransportError, TransportErrorKind};
use crate::transport::clock::Instant;
use crate::transport::maybe_send::{BoxStream, MaybeSend};
use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;
use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::{fmt, mem};

/// Bytes of one read from a reader.
const CHUNK_BYTES: usize = 64 << 10;

/// The body of a request or response. Bytes can be sent again. A stream is read once, chunk by chunk, so that it can be
/// larger than the memory.
///
/// ```
/// # async fn of(mut body: clientsmith_runtime::Body) -> Result<usize, clientsmith_runtime::TransportError> {
/// let mut length = 0;
/// while let Some(chunk) = body.chunk().await? {
///     length += chunk.len();
/// }
/// # Ok(length)
/// # }
/// ```
#[derive(Default)]
pub struct Body(Kind);

enum Kind {
    Bytes(Bytes),
    /// Never locked. The mutex makes it `Sync`, although streams are not.
    Stream(Mutex<BoxStream<'static, Result<Bytes, TransportError>>>, Option<u64>),
}

impl Default for Kind {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl Body {
    /// Creates an empty body.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Kind::Bytes(Bytes::new()))
    }

    /// Creates a body from a stream of chunks. `length` is their total length in bytes, if known. A call with such a
    /// body is sent once and not retried.
    pub fn stream<S, C, X>(chunks: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<C, X>> + MaybeSend + 'static,
        C: Into<Bytes>,
        X: Into<BoxError>,
    {
        Self(Kind::Stream(Mutex::new(Box::pin(Chunks(Box::pin(chunks)))), length))
    }

    /// Creates a body from a transport's stream, which has its own errors.
    #[cfg(all(any(feature = "hyper", feature = "reqwest"), not(all(target_family = "wasm", target_os = "unknown"))))]
    pub(crate) fn chunks(
        chunks: impl Stream<Item = Result<Bytes, TransportError>> + MaybeSend + 'static,
        length: Option<u64>,
    ) -> Self {
        Self(Kind::Stream(Mutex::new(Box::pin(chunks)), length))
    }

    /// Creates a body from a reader. `length` is its length in bytes, if known. In an async call, each read blocks the thread
    /// that polls the call: use it for files and memory, and [`stream`](Self::stream) for slow sources.
    pub fn reader(reader: impl Read + MaybeSend + Unpin + 'static, length: Option<u64>) -> Self {
        Self(Kind::Stream(Mutex::new(Box::pin(Reading(reader))), length))
    }

    /// Returns the length in bytes, if known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Kind::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Kind::Stream(_, length) => *length,
        }
    }

    /// Returns the bytes, unless the body is a stream.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Kind::Bytes(bytes) => Some(bytes),
            Kind::Stream(..) => None,
        }
    }

    /// Returns a copy of the body, unless it is a stream.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        self.as_bytes().cloned().map(Self::from)
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    /// Returns an error if the rest cannot be read.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|context| self.poll_chunk(context)).await.transpose()
    }

    /// Reads the rest, up to `limit` bytes.
    ///
    /// # Errors
    /// Returns an error if the rest cannot be read or is larger.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, TransportError> {
        let large =
            || TransportError::new(TransportErrorKind::TooLarge, format!("the response is larger than {limit} bytes"));
        let promised = self.length().and_then(|length| usize::try_from(length).ok());
        if promised.is_some_and(|length| length > limit) {
            return Err(large());
        }
        let Some(first) = self.chunk().await? else { return Ok(Bytes::new()) };
        if first.len() > limit {
            return Err(large());
        }
        let Some(second) = self.chunk().await? else { return Ok(first) };
        let mut all = BytesMut::from(first);
        let mut next = Some(second);
        while let Some(chunk) = next {
            if chunk.len() > limit.saturating_sub(all.len()) {
                return Err(large());
            }
            all.extend_from_slice(&chunk);
            next = self.chunk().await?;
        }
        Ok(all.freeze())
    }

    /// Adds a deadline, which is checked before each chunk.
    pub(crate) fn with_deadline(self, deadline: Option<Instant>) -> Self {
        let length = self.length();
        match deadline {
            Some(deadline) => Self::stream(WithDeadline { body: self, deadline }, length),
            None => self,
        }
    }

    /// Returns a reader for this thread. It reads bodies of a blocking transport, of bytes and of readers; other bodies
    /// are an error.
    #[must_use]
    pub const fn into_reader(self) -> BodyReader {
        BodyReader { body: self, left: Bytes::new() }
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let next = match &mut self.0 {
            Kind::Bytes(bytes) if bytes.is_empty() => return Poll::Ready(None),
            Kind::Bytes(bytes) => return Poll::Ready(Some(Ok(mem::take(bytes)))),
            Kind::Stream(stream, _) => {
                let stream = stream.get_mut().unwrap_or_else(PoisonError::into_inner);
                match stream.as_mut().poll_next(context) {
                    Poll::Ready(next) => next,
                    Poll::Pending => return Poll::Pending,
                }
            }
        };
        if !matches!(next, Some(Ok(_))) {
            *self = Self::empty();
        }
        Poll::Ready(next)
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Kind::Bytes(bytes))
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// Shows only the length, since a body can contain secrets.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").field("length", &self.length()).finish_non_exhaustive()
    }
}

/// A body with a deadline.
struct WithDeadline {
    body: Body,
    deadline: Instant,
}

impl Stream for WithDeadline {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if Instant::now() < self.deadline {
            return self.body.poll_chunk(context);
        }
        let message = "the timeout passed before the whole body arrived";
        Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Timeout, message))))
    }
}

/// The caller's chunks with our error type.
struct Chunks<S>(Pin<Box<S>>);

impl<S, C, X> Stream for Chunks<S>
where
    S: Stream<Item = Result<C, X>>,
    C: Into<Bytes>,
    X: Into<BoxError>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|next| next.map(|chunk| chunk.map(Into::into).map_err(source_error)))
    }
}

/// The caller's reader as chunks that are ready at once.
struct Reading<R>(R);

impl<R: Read + Unpin> Stream for Reading<R> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut chunk = BytesMut::zeroed(CHUNK_BYTES);
        loop {
            return Poll::Ready(match self.0.read(&mut chunk) {
                Ok(0) => None,
                Ok(length) => {
                    chunk.truncate(length);
                    Some(Ok(chunk.freeze()))
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Some(Err(error.downcast().unwrap_or_else(source_error))),
            });
        }
    }
}

/// Returns an error of the caller's own source. A transport's error stays as it is.
fn source_error(error: impl Into<BoxError>) -> TransportError {
    match error.into().downcast::<TransportError>() {
        Ok(error) => *error,
        Err(error) => TransportError {
            kind: TransportErrorKind::Body,
            message: format!("the body cannot be read: {error}"),
            source: Some(error),
        },
    }
}

/// A reader of a body on this thread.
#[derive(Debug)]
pub struct BodyReader {
    body: Body,
    left: Bytes,
}

impl Read for BodyReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.left.is_empty() {
            match self.body.poll_chunk(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(Some(Ok(chunk))) => self.left = chunk,
                Poll::Ready(Some(Err(error))) => return Err(io::Error::other(error)),
                Poll::Ready(None) => return Ok(0),
                Poll::Pending => {
                    let message = "this body comes from an async source, which this thread cannot wait for: read it with \
                                   `chunk().await`, or send its call on a runtime";
                    let error = TransportError::new(TransportErrorKind::Body, message);
                    return Err(io::Error::new(io::ErrorKind::WouldBlock, error));
                }
            }
        }
        let length = self.left.len().min(into.len());
        if let Some(into) = into.get_mut(..length) {
            self.left.copy_to_slice(into);
        }
        Ok(length)
    }
}
