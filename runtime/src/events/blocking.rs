//! Streams as iterators for blocking calls.
#![cfg(feature = "blocking")]

#[cfg(not(unused = "multipart"))]
use super::PartStream;
use super::{Event, EventData, Events, JsonStream};
#[cfg(not(unused = "multipart"))]
use crate::body::multipart::{Part, PartBody};
use crate::codec::Decode;
use crate::error::Error;
use crate::transport::blocking::wait;
use http::HeaderMap;
use std::future::poll_fn;

/// [`Events`] as an iterator.
#[derive(Debug)]
#[must_use = "a stream yields nothing until it is polled"]
pub struct BlockingEvents<T, E>(Events<T, E>);

/// [`JsonStream`] as an iterator.
#[derive(Debug)]
#[must_use = "a stream yields nothing until it is polled"]
pub struct BlockingJsonStream<T, E>(JsonStream<T, E>);

/// [`PartStream`] as an iterator.
#[cfg(not(unused = "multipart"))]
#[derive(Debug)]
#[must_use = "a stream yields nothing until it is polled"]
pub struct BlockingPartStream<T, E>(PartStream<T, E>);

#[cfg(not(unused = "multipart"))]
impl<T: PartBody, E> BlockingPartStream<T, E> {
    /// Sets the limit of a part, like [`PartStream::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        Self(self.0.limit(bytes))
    }

    /// Returns the headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }
}

#[cfg(not(unused = "multipart"))]
impl<T: PartBody, E> Iterator for BlockingPartStream<T, E> {
    type Item = Result<Part<T>, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.0.on_this_thread() {
            return Some(Err(error));
        }
        wait(None, poll_fn(|context| self.0.poll(context)))
    }
}

/// The parts of a call that was sent by `send_blocking`.
#[cfg(not(unused = "multipart"))]
impl<T: PartBody, E> IntoIterator for PartStream<T, E> {
    type Item = Result<Part<T>, Error<E>>;
    type IntoIter = BlockingPartStream<T, E>;

    fn into_iter(self) -> Self::IntoIter {
        BlockingPartStream(self)
    }
}

impl<T: EventData, E> BlockingEvents<T, E> {
    pub(super) const fn new(events: Events<T, E>) -> Self {
        Self(events)
    }

    /// Sets the end marker, like [`Events::until`].
    pub fn until(self, marker: impl Into<String>) -> Self {
        Self(self.0.until(marker))
    }

    /// Sets the limit of an event, like [`Events::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        Self(self.0.limit(bytes))
    }

    /// Sets the number of new connections, like [`Events::reconnect`].
    pub fn reconnect(self, times: u32) -> Self {
        Self(self.0.reconnect(times))
    }

    /// Returns the headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }
}

impl<T: Decode, E> BlockingJsonStream<T, E> {
    pub(super) const fn new(values: JsonStream<T, E>) -> Self {
        Self(values)
    }

    /// Sets the end marker, like [`JsonStream::until`].
    pub fn until(self, marker: impl Into<String>) -> Self {
        Self(self.0.until(marker))
    }

    /// Sets the limit of a value, like [`JsonStream::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        Self(self.0.limit(bytes))
    }

    /// Returns the headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }
}

impl<T: EventData, E> Iterator for BlockingEvents<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.0.on_this_thread() {
            return Some(Err(error));
        }
        wait(None, poll_fn(|context| self.0.poll(context)))
    }
}

impl<T: Decode, E> Iterator for BlockingJsonStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.0.on_this_thread() {
            return Some(Err(error));
        }
        wait(None, poll_fn(|context| self.0.poll(context)))
    }
}

/// The events of a call that was sent by `send_blocking`.
impl<T: EventData, E> IntoIterator for Events<T, E> {
    type Item = Result<Event<T>, Error<E>>;
    type IntoIter = BlockingEvents<T, E>;

    fn into_iter(self) -> Self::IntoIter {
        BlockingEvents(self)
    }
}

/// The values of a call that was sent by `send_blocking`.
impl<T: Decode, E> IntoIterator for JsonStream<T, E> {
    type Item = Result<T, Error<E>>;
    type IntoIter = BlockingJsonStream<T, E>;

    fn into_iter(self) -> Self::IntoIter {
        BlockingJsonStream(self)
    }
}
