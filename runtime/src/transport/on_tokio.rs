//! The parts that transports on tokio share: the runtime of a call, its time limits, and errors with their causes.

mod causes;
mod last_response;
mod sleep;
mod streaming;

use super::{AttemptLimits, Body, BoxFuture, TransportError, TransportErrorKind};
use bytes::Bytes;
pub(super) use causes::explained;
use http_body::Body as HttpBody;
pub(super) use last_response::LastResponse;
pub(super) use sleep::sleep;
use std::future::Future;
pub(super) use streaming::Outgoing;
use streaming::{BodyLimit, incoming};
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout_at};

/// Returns the runtime of the current call.
pub(super) fn current() -> Result<Handle, TransportError> {
    Handle::try_current().map_err(|_| {
        let message = "this transport needs a tokio runtime: send the call on one, or use `send_blocking()` with a blocking transport";
        TransportError::new(TransportErrorKind::Other, message)
    })
}

/// Runs a future in the background of the current runtime. Returns it where there is none.
pub(super) fn spawn(work: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
    match Handle::try_current() {
        Ok(handle) => {
            drop(handle.spawn(work));
            None
        }
        Err(_) => Some(work),
    }
}

/// The deadline of an attempt, with its other time limits.
pub(super) struct AttemptDeadline {
    limits: AttemptLimits,
    /// `None` beyond the clock's range.
    at: Option<Instant>,
    /// The runtime of the timers. The response may be read elsewhere.
    runtime: Handle,
}

impl AttemptDeadline {
    /// Creates the deadline of an attempt that starts now.
    pub(super) fn start(limits: AttemptLimits) -> Result<Self, TransportError> {
        Ok(Self { limits, at: Instant::now().checked_add(limits.timeout), runtime: current()? })
    }

    /// Waits for the head of a response.
    pub(super) async fn head<F: Future>(&self, sending: F) -> Result<F::Output, TransportError> {
        let Some(at) = self.at else { return Ok(sending.await) };
        let limited = {
            let _entered = self.runtime.enter();
            timeout_at(at, sending)
        };
        limited.await.map_err(|_| {
            let message = format!("no response within {:?}", self.limits.timeout);
            TransportError::new(TransportErrorKind::Timeout, message)
        })
    }

    /// Limits the time of a response's body.
    pub(super) fn response<B>(
        self,
        response: http::Response<B>,
        explain: fn(B::Error) -> TransportError,
    ) -> http::Response<Body>
    where
        B: HttpBody<Data = Bytes> + Send + Unpin + 'static,
    {
        let limit = match (self.limits.streamed, self.limits.idle, self.at) {
            (true, Some(idle), _) => BodyLimit::Idle(idle),
            (false, _, Some(at)) => BodyLimit::Whole(at),
            _ => BodyLimit::None,
        };
        response.map(|body| incoming(body, limit, self.runtime, explain))
    }
}
