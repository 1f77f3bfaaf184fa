//! What happened to connections while nobody called. A runtime that was busy or idle meanwhile has not seen yet that a server
//! closed one: a request would be written to it, and a POST that gets no response cannot be sent again.

use crate::transport::clock::Instant;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// No server closes a connection sooner.
const LEAST: Duration = Duration::from_millis(2);
/// The runtime looks at its sockets in the first turn, and lets connections end in the second.
const TURNS: u32 = 2;

/// When the last response came.
#[derive(Debug)]
pub(super) struct Quiet(Mutex<Option<Instant>>);

impl Clone for Quiet {
    fn clone(&self) -> Self {
        Self(Mutex::new(*self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Quiet {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// A response came.
    pub(super) fn end(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Lets the runtime see what servers did, where there was time for it.
    pub(super) async fn settle(&self) {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_none_or(|last| last.elapsed() < LEAST) {
            return;
        }
        for _ in 0..TURNS {
            tokio::task::yield_now().await;
        }
    }
}
