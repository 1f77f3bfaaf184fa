//! The pages of a list.

use super::paginator::Paginator;
use super::{PageToken, Paging};
use crate::call::{AnyCall, ResponseContext};
use crate::error::{Error, UntypedError};
use crate::pipeline::{self, PipelineResponse};
use crate::response::Response;
use crate::transport::maybe_send::BoxFuture;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A paginator over the pages of a list: use [`Pages::next`], a stream, or a blocking iterator.
///
/// The client requests each page when the caller asks for it, and retries it as it does any call. If all attempts fail,
/// the paginator returns the error and requests the same page next time. It ends after five failures in a row.
#[must_use = "nothing is sent until a page is requested"]
pub struct Pages<T, E> {
    pub(super) paginator: Paginator,
    pub(super) response_context: ResponseContext<T, E>,
    flight: Option<BoxFuture<'static, Result<PipelineResponse, Box<UntypedError>>>>,
}

impl<T, E> AnyCall<T, E> {
    /// Creates a paginator that starts where the arguments of the call point.
    pub fn pages(self, facts: &'static Paging) -> Pages<T, E> {
        let (draft, response_context) = self.into_draft();
        Pages { paginator: Paginator::new(draft, facts), response_context, flight: None }
    }
}

impl<T, E> Pages<T, E> {
    /// Returns the next page, or `None` at the end. Dropping the future loses no page.
    ///
    /// # Errors
    /// Returns an error when the call fails, when the server repeats a page or sends too many empty pages, or when the
    /// next page is on another origin.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next page, or `None` at the end, for loops with `?`. Dropping the future loses no page.
    ///
    /// # Errors
    /// Returns the errors of [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<Response<T>>, Error<E>> {
        self.next().await.transpose()
    }

    /// Continues where another paginator stopped. Call it first. The token must be of this operation: a URL in it must
    /// have the path and the origin of this call, so that a forged token cannot redirect the client.
    pub fn resume(mut self, token: &PageToken) -> Self {
        self.paginator.resume(token, false);
        self
    }

    /// Continues where another paginator stopped, even if the server had led it to another path of its origin. The
    /// credentials of the call are sent there: use it only with tokens that no other party can have written.
    pub fn resume_anywhere(mut self, token: &PageToken) -> Self {
        self.paginator.resume(token, true);
        self
    }

    /// Sets how many pages in a row may be empty. Unless set, it is the client's
    /// [`max_empty_pages`](crate::ClientBuilder::max_empty_pages). One more that links to yet another page is an error
    /// of the kind [`crate::error::ErrorKind::Paging`], and the end.
    pub const fn max_empty_pages(mut self, pages: usize) -> Self {
        self.paginator.max_empty_pages = pages;
        self
    }

    /// Returns the token of the next page, or `None` at the end.
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        self.paginator.token(0)
    }

    /// Returns the total number of items, if a page contained it.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.paginator.total
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error<E>>>> {
        loop {
            if let Some(flight) = &mut self.flight {
                let Poll::Ready(result) = flight.as_mut().poll(context) else { return Poll::Pending };
                self.flight = None;
                return Poll::Ready(Some(self.receive(result)));
            }
            match self.paginator.next_request() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into_error(None)))),
                Some(Ok(draft)) => self.flight = Some(Box::pin(pipeline::run(draft))),
            }
        }
    }

    pub(super) fn receive(
        &mut self,
        result: Result<PipelineResponse, Box<UntypedError>>,
    ) -> Result<Response<T>, Error<E>> {
        let received = match &result {
            Ok(response) if response.raw.status.is_success() => Some(self.paginator.read_page(&response.raw)),
            Ok(_) | Err(_) => None,
        };
        let done = match received {
            None => self.response_context.duplicate().into_result(result),
            Some(Err(error)) => Err(error.into_error(None)),
            Some(Ok(mut received)) => {
                let page = self.response_context.duplicate().into_result(result);
                if page.is_ok() {
                    self.paginator.advance(&mut received);
                }
                page
            }
        };
        if let Err(error) = &done {
            self.paginator.failed(error.kind());
        }
        done
    }
}

impl<T, E> Stream for Pages<T, E> {
    type Item = Result<Response<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("token", &self.token()).finish_non_exhaustive()
    }
}
