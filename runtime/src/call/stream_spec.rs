//! The facts about a streamed response before it is requested.

use super::{Opened, StreamOpener};
#[cfg(not(unused = "streams"))]
use super::{StreamFlag, StreamFlagLocation};
use crate::error::Error;
use crate::transport::Body;
use std::fmt;

/// The request for a stream, its format, and its end marker: `StreamSpec::events("text/event-stream").end("[DONE]")`.
#[doc(hidden)]
#[non_exhaustive]
pub struct StreamSpec<T, E> {
    /// Value of `Accept`; that of the operation unless set.
    pub accept: Option<&'static str>,
    /// The property that is true in the request of a stream.
    #[cfg(not(unused = "streams"))]
    pub stream_flag: Option<StreamFlag>,
    /// The function that makes the stream, and its options.
    pub(crate) opener: StreamOpener<T, E>,
}

impl<T, E> StreamSpec<T, E> {
    pub(crate) const fn of(open: fn(Opened<E>) -> Result<T, Error<E>>) -> Self {
        Self {
            accept: None,
            #[cfg(not(unused = "streams"))]
            stream_flag: None,
            opener: StreamOpener { open, end: None, reconnects: false, is_body: false },
        }
    }

    pub(crate) const fn with_accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    /// Sets the text that marks the end of the stream.
    #[must_use]
    pub const fn end(mut self, text: &'static str) -> Self {
        self.opener.end = Some(text);
        self
    }

    /// Sets the property that is true in the request of a stream.
    #[cfg(not(unused = "streams"))]
    #[must_use]
    pub const fn stream_flag(mut self, name: &'static str, locations: &'static [StreamFlagLocation]) -> Self {
        self.stream_flag = Some(StreamFlag { name, locations });
        self
    }
}

impl<E> StreamSpec<Body, E> {
    /// Creates the handling that returns the body unread.
    #[must_use]
    pub const fn bytes() -> Self {
        let mut spec = Self::of(|opened| Ok(opened.response.into_body()));
        spec.opener.is_body = true;
        spec
    }
}

impl<T, E> Clone for StreamSpec<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for StreamSpec<T, E> {}

impl<T, E> fmt::Debug for StreamSpec<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamSpec")
            .field("accept", &self.accept)
            .field("end", &self.opener.end)
            .finish_non_exhaustive()
    }
}
