//! Paginators as iterators for blocking calls.
#![cfg(feature = "blocking")]

use super::{Items, PageToken, Pages};
use crate::codec::Decode;
use crate::error::Error;
use crate::pipeline;
use crate::response::Response;

/// [`Pages`] as an iterator.
#[derive(Debug)]
#[must_use = "nothing is sent until a page is requested"]
pub struct BlockingPages<T, E>(Pages<T, E>);

/// [`Items`] as an iterator.
#[derive(Debug)]
#[must_use = "nothing is sent until an item is requested"]
pub struct BlockingItems<I, E>(Items<I, E>);

impl<T, E> Pages<T, E> {
    /// Returns the pages as an iterator over the blocking transport.
    pub const fn blocking(self) -> BlockingPages<T, E> {
        BlockingPages(self)
    }
}

impl<I: Decode, E> Items<I, E> {
    /// Returns the items as an iterator over the blocking transport.
    pub const fn blocking(self) -> BlockingItems<I, E> {
        BlockingItems(self)
    }
}

impl<T, E> BlockingPages<T, E> {
    /// Returns the token of the next page, like [`Pages::token`].
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        self.0.token()
    }

    /// Returns the total number of items, like [`Pages::total`].
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.0.total()
    }
}

impl<I: Decode, E> BlockingItems<I, E> {
    /// Returns the token of the next item, like [`Items::token`].
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        self.0.token()
    }

    /// Returns the total number of items, like [`Items::total`].
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.0.total()
    }
}

impl<T, E> Iterator for BlockingPages<T, E> {
    type Item = Result<Response<T>, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = match self.0.paginator.next_request()? {
            Ok(draft) => self.0.receive(pipeline::run_blocking(draft)),
            Err(error) => Err(error.into_error(None)),
        };
        Some(page)
    }
}

impl<I: Decode, E> Iterator for BlockingItems<I, E> {
    type Item = Result<I, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.0.ready() {
                return Some(item);
            }
            let done = match self.0.paginator.next_request()? {
                Ok(draft) => self.0.receive(pipeline::run_blocking(draft)),
                Err(error) => Err(error.into_error(None)),
            };
            if let Err(error) = done {
                return Some(Err(error));
            }
        }
    }
}
