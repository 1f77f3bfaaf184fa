//! The transport and the deadline of one call, also while it waits for a token or its turn.

use super::{AttemptLimits, Body, BoxFuture, Transport, TransportError};
use crate::transport::clock::Instant;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// The transport and the deadline of one call.
pub(crate) struct CallContext<'a> {
    pub(crate) transport: &'a Arc<dyn Transport>,
    pub(crate) mode: SendMode,
    timeout: Duration,
    start: Instant,
}

/// The kind of a call: async, or blocking on its thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendMode {
    Async,
    #[cfg(feature = "blocking")]
    Blocking,
}

impl<'a> CallContext<'a> {
    /// Creates the context of a call that starts now.
    pub(crate) fn new(transport: &'a Arc<dyn Transport>, mode: SendMode, timeout: Duration) -> Self {
        Self { transport, mode, timeout, start: Instant::now() }
    }

    /// The deadline; `None` beyond the clock's range.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.start.checked_add(self.timeout)
    }

    /// The remaining time.
    pub(crate) fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.start.elapsed())
    }

    /// Returns true if the call has time left after a pause.
    pub(crate) fn allows(&self, pause: Duration) -> bool {
        // A server can ask for a time beyond the clock's range.
        self.start.elapsed().saturating_add(pause) < self.timeout
    }

    /// Sends one request to the transport, within the time that the call has left.
    pub(crate) fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.transport.send(request, AttemptLimits { timeout: limits.timeout.min(self.left()), ..limits })
    }

    /// Waits for a future, or returns `None` at the deadline.
    pub(crate) async fn within<F: Future>(&self, future: F) -> Option<F::Output> {
        let (mut future, mut timer, deadline) = (pin!(future), None, self.deadline());
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            let Some(deadline) = deadline else { return Poll::Pending };
            if Instant::now() >= deadline {
                return Poll::Ready(None);
            }
            match self.mode {
                SendMode::Async => {
                    let timer = timer.get_or_insert_with(|| self.transport.sleep(self.left()));
                    timer.as_mut().poll(context).map(|()| None)
                }
                // A blocking call polls once more at its deadline.
                #[cfg(feature = "blocking")]
                SendMode::Blocking => Poll::Pending,
            }
        })
        .await
    }
}
