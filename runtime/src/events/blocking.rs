//! The same streams as iterators, on this thread and without an async runtime.
#![cfg(feature = "blocking")]

use super::{Event, Events, JsonStream};
use crate::blocking::wait;
use crate::codec::Decode;
use crate::error::Error;
use std::future::poll_fn;

/// [`Events`] as an iterator.
#[derive(Debug)]
#[must_use = "a stream gives nothing until it is asked"]
pub struct BlockingEvents<T, E>(pub(super) Events<T, E>);

/// [`JsonStream`] as an iterator.
#[derive(Debug)]
#[must_use = "a stream gives nothing until it is asked"]
pub struct BlockingJsonStream<T, E>(pub(super) JsonStream<T, E>);

impl<T: Decode + 'static, E> BlockingEvents<T, E> {
    /// As [`Events::until`].
    pub fn until(self, marker: impl Into<String>) -> Self {
        Self(self.0.until(marker))
    }

    /// As [`Events::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        Self(self.0.limit(bytes))
    }

    /// As [`Events::reconnect`].
    pub fn reconnect(self, times: u32) -> Self {
        Self(self.0.reconnect(times))
    }
}

impl<T: Decode, E> BlockingJsonStream<T, E> {
    /// As [`JsonStream::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        Self(self.0.limit(bytes))
    }
}

impl<T: Decode + 'static, E> Iterator for BlockingEvents<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        wait(poll_fn(|context| self.0.poll(context)))
    }
}

impl<T: Decode, E> Iterator for BlockingJsonStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        wait(poll_fn(|context| self.0.poll(context)))
    }
}
