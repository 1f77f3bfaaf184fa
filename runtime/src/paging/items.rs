//! Items of all pages one after the other.

use super::walk::{Position, Walk};
use super::{PageToken, Paging};
use crate::call::response::RawResponse;
use crate::call::{Call, Ending};
use crate::codec::{Decode, DecodeError};
use crate::error::{Error, Fault};
use crate::pipeline::{self, PipelineResponse};
use crate::transport::maybe_send::{BoxFuture, MaybeSend};
use bytes::Bytes;
use futures_core::Stream;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

#[cfg(not(target_family = "wasm"))]
type Skip = dyn FnMut(&DecodeError, &Bytes) + Send;
#[cfg(target_family = "wasm")]
type Skip = dyn FnMut(&DecodeError, &Bytes);

/// The items of a list, page by page: with [`Items::next`], as a stream, or blocking.
///
/// A page is asked for when its first item is wanted. One that fails is repeated as any call is; when it fails all the
/// same, the error is given, and what is asked for next is the same page again. After five failures one after the other
/// there are no more. An item that is not what the document promises is an error, and what comes next is the item after it.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<I, E> {
    pub(super) walk: Walk,
    ending: Ending<(), E>,
    flight: Option<BoxFuture<'static, Result<PipelineResponse, Box<Fault>>>>,
    page: Option<Page>,
    /// Items of the next page that were given before the walk was taken up again.
    passed: usize,
    skip: Option<Box<Skip>>,
    item: PhantomData<fn() -> I>,
}

/// The page whose items are given.
struct Page {
    position: Position,
    raw: RawResponse,
    items: VecDeque<Bytes>,
    given: usize,
}

impl<T, E> Call<T, E> {
    /// The items of a list, from where the call's arguments say.
    pub fn items<I: Decode>(self, facts: &'static Paging) -> Items<I, E> {
        let (draft, ending) = self.parts();
        let ending = ending.without_value();
        Items {
            walk: Walk::new(draft, facts),
            ending,
            flight: None,
            page: None,
            passed: 0,
            skip: None,
            item: PhantomData,
        }
    }
}

impl<I: Decode, E> Items<I, E> {
    /// The next item; none at the end. When its future is dropped, nothing is lost.
    ///
    /// # Errors
    /// Everything that can go wrong with a call; an item that is not what the document promises; an end that never comes; a
    /// next page on another origin.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Passes over items that are not what the document promises, and tells why: the error, and the item's text.
    pub fn skip_undecodable(mut self, report: impl FnMut(&DecodeError, &Bytes) + MaybeSend + 'static) -> Self {
        self.skip = Some(Box::new(report));
        self
    }

    /// Goes on where another walk stopped. Call it first. The token must be of this operation: where it holds an address,
    /// that has the path and the origin of this call, so that a token that others have written leads nowhere else.
    pub fn resume(mut self, token: &PageToken) -> Self {
        self.walk.resume(token, false);
        self.passed = token.passed;
        self
    }

    /// Goes on where another walk stopped, also where the server had led it to another path of its origin. The credentials of
    /// the call are sent there: use it with tokens only that nobody else can have written.
    pub fn resume_anywhere(mut self, token: &PageToken) -> Self {
        self.walk.resume(token, true);
        self.passed = token.passed;
        self
    }

    /// Sets how many pages in a row may give no items; the client's
    /// [`max_empty_pages`](crate::ClientBuilder::max_empty_pages) unless set. One more, with a way to yet another page, is an
    /// error of the kind [`crate::error::ErrorKind::Paging`], and the end.
    pub const fn max_empty_pages(mut self, pages: usize) -> Self {
        self.walk.most_empty = pages;
        self
    }

    /// Where the next item is; none at the end. Items of a page that was changed meanwhile may come twice or not at all,
    /// as on any list that is changed while it is read.
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        match &self.page {
            Some(page) if !page.items.is_empty() => Some(self.walk.token_at(&page.position, page.given)),
            Some(_) | None => self.walk.token(self.passed),
        }
    }

    /// How many items all pages have, when a page has said so.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.walk.total
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error<E>>>> {
        loop {
            if let Some(item) = self.ready() {
                return Poll::Ready(Some(item));
            }
            if let Some(flight) = &mut self.flight {
                let Poll::Ready(answer) = flight.as_mut().poll(context) else { return Poll::Pending };
                self.flight = None;
                if let Err(error) = self.landed(answer) {
                    return Poll::Ready(Some(Err(error)));
                }
                continue;
            }
            match self.walk.depart() {
                None => return Poll::Ready(None),
                Some(Err(fault)) => return Poll::Ready(Some(Err(fault.into_error(None)))),
                Some(Ok(draft)) => self.flight = Some(Box::pin(pipeline::run(draft))),
            }
        }
    }

    /// The next item of the page that is there.
    pub(super) fn ready(&mut self) -> Option<Result<I, Error<E>>> {
        let page = self.page.as_mut()?;
        while let Some(text) = page.items.pop_front() {
            page.given += 1;
            match page.raw.decode(&text) {
                Ok(item) => {
                    self.ending.tell(&page.raw);
                    self.walk.empty = 0;
                    return Some(Ok(item));
                }
                Err(error) => match &mut self.skip {
                    Some(told) => told(&error, &text),
                    None => {
                        self.walk.empty = 0;
                        let index = page.given - 1;
                        let error = error.in_index(index);
                        let error = self.walk.items().iter().rev().fold(error, |error, name| error.in_key(name));
                        return Some(Err(self.ending.undecodable(error, page.raw.clone())));
                    }
                },
            }
        }
        None
    }

    /// Takes a page in.
    pub(super) fn landed(&mut self, answer: Result<PipelineResponse, Box<Fault>>) -> Result<(), Error<E>> {
        let done = self.page(answer);
        if let Err(error) = &done {
            self.walk.failed(error.kind());
        }
        done
    }

    fn page(&mut self, answer: Result<PipelineResponse, Box<Fault>>) -> Result<(), Error<E>> {
        let raw = match answer {
            Ok(answer) if answer.raw.status.is_success() => answer.raw,
            other => return self.ending.again().conclude(other).map(drop),
        };
        let mut arrival = self.walk.arrive(&raw).map_err(|fault| fault.into_error(None))?;
        let position = self.walk.position().unwrap_or(Position::Start);
        let given = std::mem::take(&mut self.passed).min(arrival.items.len());
        let fruitless = self.walk.empty.saturating_add(1);
        self.walk.take(&mut arrival);
        // Also where all of its items are passed over: one that is given starts the count anew.
        self.walk.empty = fruitless;
        let items = arrival.items.into_iter().skip(given).collect();
        self.page = Some(Page { position, raw, items, given });
        Ok(())
    }
}

impl<I: Decode, E> Stream for Items<I, E> {
    type Item = Result<I, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<I, E> fmt::Debug for Items<I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("total", &self.walk.total).finish_non_exhaustive()
    }
}
