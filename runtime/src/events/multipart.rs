//! Streams of parts (`multipart/mixed` and others). A part is returned when it is complete.

use super::{DEFAULT_MAX_BYTES, StreamSpec};
use crate::body::multipart::parser::{Parser, Wrong};
use crate::body::multipart::{Part, PartBody};
use crate::call::{Opened, StreamedResponse};
use crate::error::Error;
use crate::response::Response;
use futures_core::Stream;
use http::HeaderMap;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A stream of parts: use [`PartStream::next`], or the stream. Dropping it ends the call.
///
/// A part that does not match its type, or is too large, is an error that names its index, and the next part follows
/// it. A connection that fails, or a body that is cut off, is an error and the end.
#[must_use = "a stream yields nothing until it is polled"]
pub struct PartStream<T, E> {
    response: StreamedResponse<E>,
    parser: Parser,
    number: u64,
    done: bool,
    body: PhantomData<fn() -> T>,
}

impl<D: PartBody, E> StreamSpec<PartStream<D, E>, E> {
    /// Creates the handling that returns the parts of responses of this media type.
    #[must_use]
    pub const fn parts(accept: &'static str) -> Self {
        Self::of(PartStream::of).with_accept(accept)
    }
}

impl<T: PartBody, E> PartStream<T, E> {
    pub(super) fn of(opened: Opened<E>) -> Result<Self, Error<E>> {
        let response = opened.response;
        match Parser::new(&response.head.headers, DEFAULT_MAX_BYTES) {
            Ok(parser) => Ok(Self { response, parser, number: 0, done: false, body: PhantomData }),
            Err(error) => Err(response.decode_error("the response", error, Vec::new())),
        }
    }

    /// Returns the next part, or `None` at the end. Dropping the future loses no part.
    ///
    /// # Errors
    /// Returns an error when a part does not match its type or is too large, or when the connection fails.
    pub async fn next(&mut self) -> Option<Result<Part<T>, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next part, or `None` at the end, for loops with `?`. Dropping the future loses no part.
    ///
    /// # Errors
    /// Returns the errors of [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<Part<T>>, Error<E>> {
        self.next().await.transpose()
    }

    /// Sets the limit of a part in bytes; 1 MiB unless set.
    pub const fn limit(mut self, bytes: usize) -> Self {
        self.parser.limit = bytes;
        self
    }

    /// Returns the headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.response.head.headers
    }

    /// Ends a stream that cannot be read without an async runtime.
    #[cfg(feature = "blocking")]
    pub(super) fn on_this_thread(&mut self) -> Result<(), Error<E>> {
        self.response.on_this_thread(&mut self.done)
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Part<T>, Error<E>>>> {
        loop {
            if let Some(part) = self.parser.next() {
                return Poll::Ready(Some(self.part(part)));
            }
            // Bytes after the last boundary have no meaning, and a server may delay its end of the stream.
            if self.done || self.parser.is_over() {
                self.done = true;
                self.response.close();
                return Poll::Ready(None);
            }
            match self.response.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(chunk))) => self.parser.feed(&chunk),
                Poll::Ready(Some(Err(error))) => {
                    self.done = true;
                    return Poll::Ready(Some(Err(self.response.interrupted(error))));
                }
                Poll::Ready(None) => {
                    self.parser.end();
                    self.done = true;
                }
            }
        }
    }

    fn part(&mut self, part: Result<Part, Wrong>) -> Result<Part<T>, Error<E>> {
        self.number += 1;
        let what = format!("part {}", self.number);
        match part {
            Ok(part) => match T::read_within(&part, &self.response.head) {
                Ok(value) => Ok(part.with(value)),
                Err(error) => Err(self.response.decode_error(&what, error, part.body.into())),
            },
            Err(Wrong::TooLarge) => Err(self.response.too_large(&what, self.parser.limit)),
            Err(Wrong::Other(error)) => Err(self.response.decode_error(&what, error, Vec::new())),
        }
    }
}

impl<T: PartBody, E> Stream for PartStream<T, E> {
    type Item = Result<Part<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: PartBody, E> Response<PartStream<T, E>> {
    /// Sets the limit of a part, like [`PartStream::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        self.with(|parts| parts.limit(bytes))
    }
}

impl<T, E> fmt::Debug for PartStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PartStream").field("number", &self.number).finish_non_exhaustive()
    }
}
