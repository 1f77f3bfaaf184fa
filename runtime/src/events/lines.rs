//! Streams of JSON values: lines, or a sequence of texts (RFC 7464).

use super::parts::{Ends, Nesting, Part, Parts, TooLarge};
use super::{DEFAULT_MAX_BYTES, StreamSpec};
use crate::call::{AnyCall, Opened, StreamedResponse};
use crate::codec::{Decode, DecodeError};
use crate::error::Error;
use crate::response::Response;
use futures_core::Stream;
use http::HeaderMap;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

const LINES: &str = "application/jsonl, application/x-ndjson, application/x-jsonlines, application/json;q=0.5";
const SEQUENCE: &str = "application/json-seq";

/// A stream of JSON values: use [`JsonStream::next`], or the stream. Dropping it ends the call.
///
/// A value that does not match its type, or is too large, is an error that names its index, and the next value follows
/// it. A connection that fails is an error and the end.
#[must_use = "a stream yields nothing until it is polled"]
pub struct JsonStream<T, E> {
    response: StreamedResponse<E>,
    parts: Parts,
    marker: Option<String>,
    /// The name of a part in errors.
    name: &'static str,
    /// Counts every part, including blank ones.
    lines: bool,
    number: u64,
    done: bool,
    value: PhantomData<fn() -> T>,
}

impl<T, E> AnyCall<T, E> {
    /// Sends the call and returns the JSON value of each line of a success (JSON Lines, ndjson) as it arrives. Skips
    /// blank lines.
    ///
    /// # Errors
    /// Returns an [`Error`] when the call fails before the body starts.
    pub async fn json_lines<D: Decode>(self) -> Result<JsonStream<D, E>, Error<E>> {
        self.streamed(StreamSpec::json_lines(LINES)).send().await.map(Response::into_inner)
    }

    /// Sends the call and returns each value of an `application/json-seq` success as it arrives.
    ///
    /// # Errors
    /// Returns an [`Error`] when the call fails before the body starts.
    pub async fn json_seq<D: Decode>(self) -> Result<JsonStream<D, E>, Error<E>> {
        self.streamed(StreamSpec::json_seq(SEQUENCE)).send().await.map(Response::into_inner)
    }

    /// Sends the call on this thread, like [`AnyCall::json_lines`].
    ///
    /// # Errors
    /// Returns an [`Error`] when the call fails before the body starts.
    #[cfg(feature = "blocking")]
    pub fn json_lines_blocking<D: Decode>(self) -> Result<super::BlockingJsonStream<D, E>, Error<E>> {
        let response = self.streamed(StreamSpec::json_lines(LINES)).send_blocking();
        response.map(|response| super::BlockingJsonStream::new(response.into_inner()))
    }

    /// Sends the call on this thread, like [`AnyCall::json_seq`].
    ///
    /// # Errors
    /// Returns an [`Error`] when the call fails before the body starts.
    #[cfg(feature = "blocking")]
    pub fn json_seq_blocking<D: Decode>(self) -> Result<super::BlockingJsonStream<D, E>, Error<E>> {
        let response = self.streamed(StreamSpec::json_seq(SEQUENCE)).send_blocking();
        response.map(|response| super::BlockingJsonStream::new(response.into_inner()))
    }
}

impl<D: Decode, E> StreamSpec<JsonStream<D, E>, E> {
    /// Creates the handling that returns the JSON value of each line of responses of this media type.
    #[must_use]
    pub const fn json_lines(accept: &'static str) -> Self {
        Self::of(JsonStream::lines).with_accept(accept)
    }

    /// Creates the handling that returns each JSON text of responses of this media type.
    #[must_use]
    pub const fn json_seq(accept: &'static str) -> Self {
        Self::of(JsonStream::sequence).with_accept(accept)
    }
}

impl<T: Decode, E> JsonStream<T, E> {
    pub(super) fn lines(opened: Opened<E>) -> Result<Self, Error<E>> {
        Ok(Self::of(opened, Ends::Line, "line"))
    }

    pub(super) fn sequence(opened: Opened<E>) -> Result<Self, Error<E>> {
        Ok(Self::of(opened, Ends::Text(Nesting::default()), "text"))
    }

    fn of(opened: Opened<E>, ends: Ends, name: &'static str) -> Self {
        let Opened { response, end, .. } = opened;
        Self {
            response,
            lines: matches!(ends, Ends::Line),
            parts: Parts::new(ends, DEFAULT_MAX_BYTES),
            marker: end.map(str::to_owned),
            name,
            number: 0,
            done: false,
            value: PhantomData,
        }
    }

    /// Returns the next value, or `None` at the end. Dropping the future loses no value.
    ///
    /// # Errors
    /// Returns an error when a value does not match its type or is too large, or when the connection fails.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next value, or `None` at the end, for loops with `?`. Dropping the future loses no value.
    ///
    /// # Errors
    /// Returns the errors of [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        self.next().await.transpose()
    }

    /// Sets the text that ends the stream. The stream does not return it.
    pub fn until(mut self, marker: impl Into<String>) -> Self {
        self.marker = Some(marker.into());
        self
    }

    /// Sets the limit of a value in bytes of its text; 1 MiB unless set.
    pub const fn limit(mut self, bytes: usize) -> Self {
        self.parts.limit = bytes;
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

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            while let Some(part) = self.parts.next() {
                if let Some(value) = self.value(part) {
                    return Poll::Ready(Some(value));
                }
            }
            if self.done {
                return Poll::Ready(None);
            }
            match self.response.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(chunk))) => self.parts.feed(chunk),
                Poll::Ready(Some(Err(error))) => {
                    self.done = true;
                    return Poll::Ready(Some(Err(self.response.interrupted(error))));
                }
                Poll::Ready(None) => {
                    self.done = true;
                    let rest = self.parts.rest();
                    return Poll::Ready(rest.and_then(|part| self.value(Ok(part))));
                }
            }
        }
    }

    /// Decodes the value of a part; `None` if it is blank or the end marker.
    fn value(&mut self, part: Result<Part, TooLarge>) -> Option<Result<T, Error<E>>> {
        let blank = part.as_ref().is_ok_and(|part| part.bytes.trim_ascii().is_empty());
        self.number += u64::from(self.lines || !blank);
        if blank {
            return None;
        }
        let marker = self.marker.as_ref().map(|marker| marker.as_bytes());
        if part.as_ref().is_ok_and(|part| marker == Some(part.bytes.trim_ascii())) {
            self.done = true;
            self.parts.end();
            self.response.close();
            return None;
        }
        let what = format!("{} {}", self.name, self.number);
        let Ok(Part { bytes, is_terminated }) = part else {
            return Some(Err(self.response.too_large(&what, self.parts.limit)));
        };
        // Without its line feed, a number or a word may be the start of a longer one (RFC 7464, section 2.4).
        let closed = bytes.trim_ascii_start().first().is_some_and(|first| matches!(first, b'{' | b'[' | b'"'));
        let spaced = bytes.last().is_some_and(u8::is_ascii_whitespace);
        let value = if self.lines || is_terminated || closed || spaced {
            self.response.decode(&bytes)
        } else {
            Err(DecodeError::new("a whole JSON text", "one that is cut off"))
        };
        Some(value.map_err(|error| self.response.decode_error(&what, error, bytes)))
    }
}

impl<T: Decode, E> Stream for JsonStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: Decode, E> Response<JsonStream<T, E>> {
    /// Sets the end marker, like [`JsonStream::until`].
    pub fn until(self, marker: impl Into<String>) -> Self {
        self.with(|values| values.until(marker))
    }

    /// Sets the limit of a value, like [`JsonStream::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        self.with(|values| values.limit(bytes))
    }
}

impl<T, E> fmt::Debug for JsonStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonStream").field("number", &self.number).finish_non_exhaustive()
    }
}
