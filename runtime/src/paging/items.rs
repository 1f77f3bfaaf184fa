//! The items of all pages.

use super::paginator::Paginator;
use super::position::Position;
use super::{PageToken, Paging};
use crate::call::{AnyCall, ResponseContext};
use crate::codec::{Decode, DecodeError};
use crate::error::{Error, UntypedError};
use crate::pipeline::{self, PipelineResponse};
use crate::response::RawResponse;
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

/// A paginator over the items of a list: use [`Items::next`], the stream, or without async the iterator of `blocking()`
/// (feature `blocking`).
///
/// The client requests a page when the caller reaches its first item, and retries it as it does any call. If all
/// attempts fail, the paginator returns the error and requests the same page next time. It ends after five failures in a
/// row. An item that does not match the description is an error, and the next item follows it.
#[must_use = "nothing is sent until an item is requested"]
pub struct Items<I, E> {
    pub(super) paginator: Paginator,
    response_context: ResponseContext<(), E>,
    flight: Option<BoxFuture<'static, Result<PipelineResponse, Box<UntypedError>>>>,
    page: Option<Page>,
    /// The number of items of the next page that were returned before the paginator was resumed.
    returned_in_page: usize,
    skip: Option<Box<Skip>>,
    item: PhantomData<fn() -> I>,
}

/// The current page.
struct Page {
    position: Position,
    raw: RawResponse,
    items: VecDeque<Bytes>,
    /// The number of its items that were returned.
    returned_in_page: usize,
}

impl<T, E> AnyCall<T, E> {
    /// Creates a paginator that starts where the arguments of the call point.
    pub fn items<I: Decode>(self, facts: &'static Paging) -> Items<I, E> {
        let (draft, response_context) = self.into_draft();
        let response_context = response_context.without_value();
        Items {
            paginator: Paginator::new(draft, facts),
            response_context,
            flight: None,
            page: None,
            returned_in_page: 0,
            skip: None,
            item: PhantomData,
        }
    }
}

impl<I: Decode, E> Items<I, E> {
    /// Returns the next item, or `None` at the end. Dropping the future loses no item.
    ///
    /// # Errors
    /// Returns an error when the call fails, when an item does not match the description, when the server repeats a page
    /// or sends too many empty pages, or when the next page is on another origin.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next item, or `None` at the end, for loops with `?`. Dropping the future loses no item.
    ///
    /// # Errors
    /// Returns the errors of [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<I>, Error<E>> {
        self.next().await.transpose()
    }

    /// Skips items that do not match the description, and calls `report` with the error and the item's text.
    pub fn skip_undecodable(mut self, report: impl FnMut(&DecodeError, &Bytes) + MaybeSend + 'static) -> Self {
        self.skip = Some(Box::new(report));
        self
    }

    /// Continues where another paginator stopped. Call it first. The token must be of this operation: a URL in it must
    /// have the path and the origin of this call, so that a forged token cannot redirect the client. Servers that link to another
    /// path (GitHub: `/repositories/1/issues`) need [`resume_anywhere`](Self::resume_anywhere).
    pub fn resume(mut self, token: &PageToken) -> Self {
        self.paginator.resume(token, false);
        self.returned_in_page = token.returned_in_page;
        self
    }

    /// Continues where another paginator stopped, even if the server had led it to another path of its origin. The
    /// credentials of the call are sent there: use it only with tokens that no other party can have written.
    pub fn resume_anywhere(mut self, token: &PageToken) -> Self {
        self.paginator.resume(token, true);
        self.returned_in_page = token.returned_in_page;
        self
    }

    /// Sets how many pages in a row may be empty. Unless set, it is the client's
    /// [`max_empty_pages`](crate::ClientBuilder::max_empty_pages). One more that links to yet another page is an error
    /// of the kind [`crate::error::ErrorKind::Paging`], and the end.
    pub const fn max_empty_pages(mut self, pages: usize) -> Self {
        self.paginator.max_empty_pages = pages;
        self
    }

    /// Returns the token of the next item, or `None` at the end. If the list changes before the token is used, items
    /// may occur twice or be missing.
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        match &self.page {
            Some(page) if !page.items.is_empty() => {
                Some(self.paginator.token_at(&page.position, page.returned_in_page))
            }
            Some(_) | None => self.paginator.token(self.returned_in_page),
        }
    }

    /// Returns the total number of items, if a page contained it.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.paginator.total
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error<E>>>> {
        loop {
            if let Some(item) = self.ready() {
                return Poll::Ready(Some(item));
            }
            if let Some(flight) = &mut self.flight {
                let Poll::Ready(result) = flight.as_mut().poll(context) else { return Poll::Pending };
                self.flight = None;
                if let Err(error) = self.receive(result) {
                    return Poll::Ready(Some(Err(error)));
                }
                continue;
            }
            match self.paginator.next_request() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into_error(None)))),
                Some(Ok(draft)) => self.flight = Some(Box::pin(pipeline::run(draft))),
            }
        }
    }

    /// Returns the next item of the current page.
    pub(super) fn ready(&mut self) -> Option<Result<I, Error<E>>> {
        let page = self.page.as_mut()?;
        while let Some(text) = page.items.pop_front() {
            page.returned_in_page += 1;
            match page.raw.decode(&text) {
                Ok(item) => {
                    self.response_context.report_misfits(&page.raw);
                    self.paginator.empty = 0;
                    return Some(Ok(item));
                }
                Err(error) => match &mut self.skip {
                    Some(report) => report(&error, &text),
                    None => {
                        self.paginator.empty = 0;
                        let index = page.returned_in_page - 1;
                        let error = error.in_index(index);
                        let error = self.paginator.items().iter().rev().fold(error, |error, name| error.in_key(name));
                        return Some(Err(self.response_context.decode_error(error, page.raw.clone())));
                    }
                },
            }
        }
        None
    }

    /// Stores a page.
    pub(super) fn receive(&mut self, result: Result<PipelineResponse, Box<UntypedError>>) -> Result<(), Error<E>> {
        let done = self.page(result);
        if let Err(error) = &done {
            self.paginator.failed(error.kind());
        }
        done
    }

    fn page(&mut self, result: Result<PipelineResponse, Box<UntypedError>>) -> Result<(), Error<E>> {
        let raw = match result {
            Ok(response) if response.raw.status.is_success() => response.raw,
            other => return self.response_context.duplicate().into_result(other).map(drop),
        };
        let mut received = self.paginator.read_page(&raw).map_err(|error| error.into_error(None))?;
        let position = self.paginator.position().unwrap_or(Position::Start);
        let returned_in_page = std::mem::take(&mut self.returned_in_page).min(received.items.len());
        let fruitless = self.paginator.empty.saturating_add(1);
        self.paginator.advance(&mut received);
        // Also where all of its items are skipped. One returned item resets the count.
        self.paginator.empty = fruitless;
        let items = received.items.into_iter().skip(returned_in_page).collect();
        #[cfg(feature = "drift")]
        let raw = raw.of_items(self.paginator.items());
        self.page = Some(Page { position, raw, items, returned_in_page });
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
        f.debug_struct("Items").field("total", &self.paginator.total).finish_non_exhaustive()
    }
}
