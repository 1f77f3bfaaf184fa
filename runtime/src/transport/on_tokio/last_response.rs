//! Closed connections after a pause. A runtime that was busy or idle has not yet noticed that a server closed a
//! connection: a request would be written to it, and a POST without a response cannot be retried.

use crate::transport::clock::Instant;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The shortest pause that is checked. No server closes a connection sooner.
const MIN_PAUSE: Duration = Duration::from_millis(2);
/// In the first turn the runtime polls its sockets, in the second connections end.
const TURNS: u32 = 2;

/// Time of the last response.
#[derive(Debug)]
pub(crate) struct LastResponse(Mutex<Option<Instant>>);

impl Clone for LastResponse {
    fn clone(&self) -> Self {
        Self(Mutex::new(*self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl LastResponse {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// Records a response.
    pub(crate) fn record(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Yields to the runtime after a pause, so that it notices closed connections.
    pub(crate) async fn yield_after_pause(&self) {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() < MIN_PAUSE) {
            return;
        }
        for _ in 0..TURNS {
            tokio::task::yield_now().await;
        }
    }
}
