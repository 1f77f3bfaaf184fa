//! The parts that transports on tokio share: the runtime of a call, its time limits, and errors with their causes.

mod causes;
mod last_response;
mod sleep;
mod streaming;

use super::{Body, BoxFuture, Limits, TransportError, TransportErrorKind};
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

/// The time limits of an attempt, from now on.
pub(super) struct Clock {
    limits: Limits,
    /// `None` beyond the clock's range.
    end: Option<Instant>,
    /// The runtime of the timers. The response may be read elsewhere.
    runtime: Handle,
}

impl Clock {
    /// Starts the clock of an attempt.
    pub(super) fn start(limits: Limits) -> Result<Self, TransportError> {
        Ok(Self { limits, end: Instant::now().checked_add(limits.timeout), runtime: current()? })
    }

    /// Waits for the head of a response.
    pub(super) async fn head<F: Future>(&self, sending: F) -> Result<F::Output, TransportError> {
        let Some(end) = self.end else { return Ok(sending.await) };
        let limited = {
            let _entered = self.runtime.enter();
            timeout_at(end, sending)
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
        let limit = match (self.limits.streamed, self.limits.idle, self.end) {
            (true, Some(idle), _) => BodyLimit::Idle(idle),
            (false, _, Some(end)) => BodyLimit::Whole(end),
            _ => BodyLimit::None,
        };
        response.map(|body| incoming(body, limit, self.runtime, explain))
    }
}
