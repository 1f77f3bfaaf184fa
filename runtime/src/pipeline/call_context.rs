//! What carries one call and when its time is up, also while it waits for something that is no request of its own.

use crate::call::Carrier;
use crate::transport::Transport;
use crate::transport::clock::Instant;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// What carries one call, and how long it may take.
pub(crate) struct CallContext<'a> {
    pub(crate) transport: &'a Arc<dyn Transport>,
    pub(crate) carrier: Carrier,
    timeout: Duration,
    start: Instant,
}

impl<'a> CallContext<'a> {
    /// Starts now.
    pub(super) fn new(transport: &'a Arc<dyn Transport>, carrier: Carrier, timeout: Duration) -> Self {
        Self { transport, carrier, timeout, start: Instant::now() }
    }

    /// When its time is up; never, where the clock does not go that far.
    pub(super) fn end(&self) -> Option<Instant> {
        self.start.checked_add(self.timeout)
    }

    /// The time that it has left.
    pub(crate) fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.start.elapsed())
    }

    /// Whether it would still have time after a pause.
    pub(crate) fn allows(&self, pause: Duration) -> bool {
        // A server may ask for more time than there is in a clock.
        self.start.elapsed().saturating_add(pause) < self.timeout
    }

    /// The future's output; none where the call's time is up before.
    pub(crate) async fn within<F: Future>(&self, future: F) -> Option<F::Output> {
        let (mut future, mut alarm, end) = (pin!(future), None, self.end());
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            let Some(end) = end else { return Poll::Pending };
            if Instant::now() >= end {
                return Poll::Ready(None);
            }
            match self.carrier {
                Carrier::Async => {
                    let alarm = alarm.get_or_insert_with(|| self.transport.sleep(self.left()));
                    alarm.as_mut().poll(context).map(|()| None)
                }
                // The thread, which waits for this one call, comes back at its end.
                #[cfg(feature = "blocking")]
                Carrier::Blocking => Poll::Pending,
            }
        })
        .await
    }
}
