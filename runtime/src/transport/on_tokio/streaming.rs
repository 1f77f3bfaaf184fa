//! Conversion between our bodies and hyper's frames, with the time limit of a response's body.

use crate::transport::{Body, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep_until};

/// A request body in frames.
#[derive(Debug)]
pub(crate) struct Outgoing(pub(crate) Body);

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_next(context).map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_bytes().is_some_and(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The time limit of a response's body.
#[derive(Clone, Copy)]
pub(super) enum BodyLimit {
    /// No limit.
    None,
    /// The time of its last byte.
    Whole(Instant),
    /// The longest time between two chunks. It runs only while the caller waits for a chunk.
    Idle(Duration),
}

/// Converts a response body.
pub(super) fn incoming<B>(body: B, limit: BodyLimit, runtime: Handle, explain: fn(B::Error) -> TransportError) -> Body
where
    B: HttpBody<Data = Bytes> + Send + Unpin + 'static,
{
    let length = body.size_hint().exact();
    Body::chunks(Incoming { body, explain, limit, runtime, timer: None, waiting: false }, length)
}

struct Incoming<B: HttpBody> {
    body: B,
    explain: fn(B::Error) -> TransportError,
    limit: BodyLimit,
    /// The runtime of the timer. The caller may read the body on a thread without one.
    runtime: Handle,
    /// Made when the caller waits for the first time: most bodies arrive with their head.
    timer: Option<Pin<Box<Sleep>>>,
    waiting: bool,
}

impl<B: HttpBody<Data = Bytes> + Unpin> Stream for Incoming<B> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // A body that never lets the caller wait would not reach the timer.
        if matches!(self.limit, BodyLimit::Whole(deadline) if deadline <= Instant::now()) {
            return Poll::Ready(Some(Err(late(self.limit))));
        }
        loop {
            let Poll::Ready(next) = Pin::new(&mut self.body).poll_frame(context) else { break };
            match next {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err((self.explain)(error)))),
                Some(Ok(frame)) => {
                    // Trailers are skipped.
                    if let Ok(chunk) = frame.into_data() {
                        self.waiting = false;
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
            }
        }
        self.poll_timer(context).map(|()| Some(Err(late(self.limit))))
    }
}

impl<B: HttpBody> Incoming<B> {
    /// Waits for the limit.
    fn poll_timer(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if !mem::replace(&mut self.waiting, true) {
            let deadline = match self.limit {
                BodyLimit::None => None,
                BodyLimit::Whole(deadline) => Some(deadline),
                // A time beyond the clock's range means no timeout.
                BodyLimit::Idle(idle) => Instant::now().checked_add(idle),
            };
            let Some(deadline) = deadline else { return Poll::Pending };
            match &mut self.timer {
                Some(timer) => timer.as_mut().reset(deadline),
                None => {
                    let _entered = self.runtime.enter();
                    self.timer = Some(Box::pin(sleep_until(deadline)));
                }
            }
        }
        let Some(timer) = &mut self.timer else { return Poll::Pending };
        ready!(timer.as_mut().poll(context));
        Poll::Ready(())
    }
}

fn late(limit: BodyLimit) -> TransportError {
    let message = match limit {
        BodyLimit::Idle(idle) => format!("no data arrived for {idle:?}"),
        BodyLimit::None | BodyLimit::Whole(_) => "the timeout passed before the whole body arrived".to_owned(),
    };
    TransportError::new(TransportErrorKind::Timeout, message)
}
