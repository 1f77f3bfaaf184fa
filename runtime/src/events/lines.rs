//! JSON values one after the other: in lines, or as a sequence of texts (RFC 7464).

use super::parts::{Ends, Nesting, Part, Parts, TooLarge};
use super::{LIMIT, StreamSpec};
use crate::call::response::Response;
use crate::call::{Call, Flow, Opened};
use crate::codec::{Decode, DecodeError};
use crate::error::Error;
use futures_core::Stream;
use http::HeaderMap;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

const LINES: &str = "application/jsonl, application/x-ndjson, application/x-jsonlines, application/json;q=0.5";
const SEQUENCE: &str = "application/json-seq";

/// JSON values as they come: with [`JsonStream::next`], or as a stream. Dropping it ends the call.
///
/// A value that is not what it should be, or is too large, is an error that says which one, and what comes next is the
/// value after it. A connection that breaks is an error and the end.
#[must_use = "a stream gives nothing until it is asked"]
pub struct JsonStream<T, E> {
    flow: Flow<E>,
    parts: Parts,
    marker: Option<String>,
    /// What a part is called.
    name: &'static str,
    /// `true` when every part counts, the blank ones too.
    lines: bool,
    number: u64,
    done: bool,
    value: PhantomData<fn() -> T>,
}

impl<T, E> Call<T, E> {
    /// Sends the call and gives the JSON value of each line of a success (JSON Lines, ndjson) as it comes. Blank lines are
    /// passed over.
    ///
    /// # Errors
    /// Everything that can go wrong until the body starts; see [`Error`].
    pub async fn json_lines<D: Decode>(self) -> Result<JsonStream<D, E>, Error<E>> {
        self.streamed(StreamSpec::json_lines(LINES)).send().await.map(Response::into_inner)
    }

    /// Sends the call and gives each JSON text of a success that is a sequence of them (`application/json-seq`) as it comes.
    ///
    /// # Errors
    /// Everything that can go wrong until the body starts; see [`Error`].
    pub async fn json_seq<D: Decode>(self) -> Result<JsonStream<D, E>, Error<E>> {
        self.streamed(StreamSpec::json_seq(SEQUENCE)).send().await.map(Response::into_inner)
    }

    /// As [`Call::json_lines`], on this thread.
    ///
    /// # Errors
    /// Everything that can go wrong until the body starts; see [`Error`].
    #[cfg(feature = "blocking")]
    pub fn json_lines_blocking<D: Decode>(self) -> Result<super::BlockingJsonStream<D, E>, Error<E>> {
        let sent = self.streamed(StreamSpec::json_lines(LINES)).send_blocking();
        sent.map(|response| super::BlockingJsonStream::new(response.into_inner()))
    }

    /// As [`Call::json_seq`], on this thread.
    ///
    /// # Errors
    /// Everything that can go wrong until the body starts; see [`Error`].
    #[cfg(feature = "blocking")]
    pub fn json_seq_blocking<D: Decode>(self) -> Result<super::BlockingJsonStream<D, E>, Error<E>> {
        let sent = self.streamed(StreamSpec::json_seq(SEQUENCE)).send_blocking();
        sent.map(|response| super::BlockingJsonStream::new(response.into_inner()))
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
        let Opened { flow, end, .. } = opened;
        Self {
            flow,
            lines: matches!(ends, Ends::Line),
            parts: Parts::new(ends, LIMIT),
            marker: end.map(str::to_owned),
            name,
            number: 0,
            done: false,
            value: PhantomData,
        }
    }

    /// The next value; none at the end. When its future is dropped, nothing is lost.
    ///
    /// # Errors
    /// A value that is not what it should be or is too large; a connection that breaks.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The text by which the server says that nothing follows. It is not given.
    pub fn until(mut self, marker: impl Into<String>) -> Self {
        self.marker = Some(marker.into());
        self
    }

    /// The largest value in bytes of its text; 1 MiB unless set.
    pub const fn limit(mut self, bytes: usize) -> Self {
        self.parts.limit = bytes;
        self
    }

    /// The headers of the answer.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.flow.head.headers
    }

    /// Ends a stream that cannot be read without an async runtime.
    #[cfg(feature = "blocking")]
    pub(super) fn on_this_thread(&mut self) -> Result<(), Error<E>> {
        let fit = if self.done { Ok(()) } else { self.flow.on_this_thread() };
        self.done |= fit.is_err();
        fit
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
            match self.flow.poll(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(chunk))) => self.parts.feed(chunk),
                Poll::Ready(Some(Err(error))) => {
                    self.done = true;
                    return Poll::Ready(Some(Err(self.flow.interrupted(error))));
                }
                Poll::Ready(None) => {
                    self.done = true;
                    let rest = self.parts.rest();
                    return Poll::Ready(rest.and_then(|part| self.value(Ok(part))));
                }
            }
        }
    }

    /// The value of a part; none where it is blank or the end.
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
            self.flow.close();
            return None;
        }
        let what = format!("{} {}", self.name, self.number);
        let Ok(Part { bytes, whole }) = part else { return Some(Err(self.flow.too_large(&what, self.parts.limit))) };
        // A number or a word without its line feed may be the start of a longer one (RFC 7464, section 2.4).
        let closed = bytes.trim_ascii_start().first().is_some_and(|first| matches!(first, b'{' | b'[' | b'"'));
        let spaced = bytes.last().is_some_and(u8::is_ascii_whitespace);
        let value = if self.lines || whole || closed || spaced {
            self.flow.decode(&bytes)
        } else {
            Err(DecodeError::new("a whole JSON text", "one that is cut off"))
        };
        Some(value.map_err(|error| self.flow.undecodable(&what, error, bytes)))
    }
}

impl<T: Decode, E> Stream for JsonStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: Decode, E> Response<JsonStream<T, E>> {
    /// As [`JsonStream::until`].
    pub fn until(self, marker: impl Into<String>) -> Self {
        self.with(|values| values.until(marker))
    }

    /// As [`JsonStream::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        self.with(|values| values.limit(bytes))
    }
}

impl<T, E> fmt::Debug for JsonStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonStream").field("number", &self.number).finish_non_exhaustive()
    }
}
