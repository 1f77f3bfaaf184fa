//! Pages one after the other, each asked for when it is wanted.

use super::walk::Walk;
use super::{PageToken, Paging};
use crate::call::response::Response;
use crate::call::{Call, Ending};
use crate::error::{Error, Fault};
use crate::pipeline::{self, PipelineResponse};
use crate::transport::maybe_send::BoxFuture;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The pages of a list. Each is asked for when it is wanted: with [`Pages::next`], as a stream, or blocking.
///
/// A page that fails is repeated as any call is; when it fails all the same, the error is given, and the next one asked
/// for is the same page again. After five failures one after the other there are no more.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<T, E> {
    pub(super) walk: Walk,
    pub(super) ending: Ending<T, E>,
    flight: Option<BoxFuture<'static, Result<PipelineResponse, Box<Fault>>>>,
}

impl<T, E> Call<T, E> {
    /// The pages of a list, from where the call's arguments say.
    pub fn pages(self, facts: &'static Paging) -> Pages<T, E> {
        let (draft, ending) = self.parts();
        Pages { walk: Walk::new(draft, facts), ending, flight: None }
    }
}

impl<T, E> Pages<T, E> {
    /// The next page; none at the end. When its future is dropped, the page is not lost: the next one asked for is the same.
    ///
    /// # Errors
    /// Everything that can go wrong with a call; an end that never comes; a next page on another origin.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Goes on where another walk stopped. Call it first. The token must be of this operation: where it holds an address,
    /// that has the path and the origin of this call, so that a token that others have written leads nowhere else.
    pub fn resume(mut self, token: &PageToken) -> Self {
        self.walk.resume(token, false);
        self
    }

    /// Goes on where another walk stopped, also where the server had led it to another path of its origin. The credentials of
    /// the call are sent there: use it with tokens only that nobody else can have written.
    pub fn resume_anywhere(mut self, token: &PageToken) -> Self {
        self.walk.resume(token, true);
        self
    }

    /// Sets how many pages in a row may give no items; the client's
    /// [`max_empty_pages`](crate::ClientBuilder::max_empty_pages) unless set. One more, with a way to yet another page, is an
    /// error of the kind [`crate::error::ErrorKind::Paging`], and the end.
    pub const fn max_empty_pages(mut self, pages: usize) -> Self {
        self.walk.most_empty = pages;
        self
    }

    /// Where the next page is; none when there is none.
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        self.walk.token(0)
    }

    /// How many items all pages have, when a page has said so.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.walk.total
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error<E>>>> {
        loop {
            if let Some(flight) = &mut self.flight {
                let Poll::Ready(answer) = flight.as_mut().poll(context) else { return Poll::Pending };
                self.flight = None;
                return Poll::Ready(Some(self.landed(answer)));
            }
            match self.walk.depart() {
                None => return Poll::Ready(None),
                Some(Err(fault)) => return Poll::Ready(Some(Err(fault.into_error(None)))),
                Some(Ok(draft)) => self.flight = Some(Box::pin(pipeline::run(draft))),
            }
        }
    }

    pub(super) fn landed(&mut self, answer: Result<PipelineResponse, Box<Fault>>) -> Result<Response<T>, Error<E>> {
        let arrival = match &answer {
            Ok(answer) if answer.raw.status.is_success() => Some(self.walk.arrive(&answer.raw)),
            Ok(_) | Err(_) => None,
        };
        let done = match arrival {
            None => self.ending.again().conclude(answer),
            Some(Err(fault)) => Err(fault.into_error(None)),
            Some(Ok(mut arrival)) => {
                let page = self.ending.again().conclude(answer);
                if page.is_ok() {
                    self.walk.take(&mut arrival);
                }
                page
            }
        };
        if let Err(error) = &done {
            self.walk.failed(error.kind());
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
