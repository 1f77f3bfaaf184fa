//! A value that one request obtains for many callers: the first caller that misses it starts the request, and all wait
//! for it.

use super::Unobtainable;
use super::in_flight::{InFlight, Waiter};
use crate::transport::clock::Instant;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A value that is obtained by one request at a time.
pub(super) struct SingleFlight<T> {
    state: Mutex<State<T>>,
    /// The time for which a rejection by the token server applies to later callers.
    refusal_memory: Duration,
}

struct State<T> {
    value: Option<T>,
    /// The current request.
    request: Option<Arc<InFlight<T>>>,
    /// The failure of the last request, and its time.
    failed: Option<(Instant, Unobtainable)>,
}

/// The state of a value.
pub(super) enum Freshness<T> {
    /// The value is usable.
    Use(T),
    /// The value is usable, and a request for the next one should start unless there is one.
    Stale(T),
    /// There is no value.
    Missing,
}

impl<T: Clone + Send + Sync + 'static> SingleFlight<T> {
    pub(super) const fn new(refusal_memory: Duration) -> Self {
        Self { state: Mutex::new(State { value: None, request: None, failed: None }), refusal_memory }
    }

    /// Stores the outcome of a request that has ended, and returns the state.
    fn state(&self) -> MutexGuard<'_, State<T>> {
        // Nothing panics while it is held.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let finished = state.request.as_ref().and_then(|request| request.outcome().cloned());
        if let Some((at, outcome)) = finished {
            state.request = None;
            match outcome {
                Ok(value) => (state.value, state.failed) = (Some(value), None),
                Err(failure) => state.failed = Some((at, failure)),
            }
        }
        state
    }

    /// Returns the current value.
    pub(super) fn value(&self) -> Option<T> {
        self.state().value.clone()
    }

    /// Returns the time of the last failure, if the last request failed.
    pub(super) fn failed(&self) -> Option<Instant> {
        self.state().failed.as_ref().map(|(at, _)| *at)
    }

    /// Returns true while there is a request.
    pub(super) fn is_requesting(&self) -> bool {
        self.state().request.is_some()
    }

    /// Returns the value, obtained by the request of this caller or of another one. `freshness` receives the current value
    /// and the time of the last failure. If a request fails, callers receive the stale value, if there is one.
    pub(super) async fn get(
        &self,
        waiter: Waiter<'_>,
        freshness: impl Fn(&T, Option<Instant>) -> Freshness<T>,
        start: impl Fn(Option<&T>) -> Arc<InFlight<T>>,
    ) -> Result<T, Unobtainable> {
        let mut is_second = false;
        loop {
            let (request, is_own, stale) = {
                let mut state = self.state();
                let failed = state.failed.as_ref().map(|(at, _)| *at);
                let stale = match state.value.as_ref().map(|value| freshness(value, failed)) {
                    Some(Freshness::Use(value)) => return Ok(value),
                    Some(Freshness::Stale(value)) if state.request.is_some() => return Ok(value),
                    Some(Freshness::Stale(value)) => Some(value),
                    Some(Freshness::Missing) | None => None,
                };
                let rejection = state
                    .failed
                    .as_ref()
                    .filter(|(at, failure)| failure.rejected && at.elapsed() < self.refusal_memory);
                match (&state.request, rejection) {
                    (Some(request), _) => (Arc::clone(request), false, stale),
                    (None, Some((_, rejection))) if stale.is_none() => return Err(rejection.clone()),
                    (None, _) => {
                        let request = start(state.value.as_ref());
                        state.request = Some(Arc::clone(&request));
                        (request, true, stale)
                    }
                }
            };
            if let (true, Waiter::Call(_, transport)) = (is_own, waiter) {
                request.continue_in_background(transport);
            }
            match (request.wait(waiter).await, stale) {
                (Err(_), Some(stale)) => return Ok(stale),
                // An abandoned request has lost its connection or exceeded its limit. That failure does not concern
                // this caller.
                (Err(failure), None) if !is_own && !is_second && !failure.rejected && request.was_abandoned() => {
                    is_second = true;
                }
                (outcome, _) => return outcome,
            }
        }
    }
}
