//! A value that many want and one request gets: the first who misses it starts the request, and all wait for it.

use super::credential_error::CredentialError;
use super::in_flight::{InFlight, Waiter};
use crate::transport::clock::Instant;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Why nothing could be got.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) message: String,
    /// The time was up: another try may have more.
    pub(super) late: bool,
    /// The server refused: it would do so again.
    pub(super) refused: bool,
}

impl From<CredentialError> for Failure {
    fn from(error: CredentialError) -> Self {
        Self::from(error.to_string())
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { message, late: false, refused: false }
    }
}

/// A value that is got by one request at a time.
pub(super) struct SingleFlight<T> {
    state: Mutex<State<T>>,
    /// How long a refusal holds for those who come after it.
    memory: Duration,
}

struct State<T> {
    value: Option<T>,
    /// The request that is on its way.
    away: Option<Arc<InFlight<T>>>,
    /// Why the last one brought nothing, and when.
    failed: Option<(Instant, Failure)>,
}

/// What is to be done about a value.
pub(super) enum Freshness<T> {
    /// This one is good.
    Use(T),
    /// It may still be used; whoever finds nobody on the way gets another one.
    Stale(T),
    /// There is none.
    Missing,
}

impl<T: Clone + Send + Sync + 'static> SingleFlight<T> {
    pub(super) const fn new(memory: Duration) -> Self {
        Self { state: Mutex::new(State { value: None, away: None, failed: None }), memory }
    }

    /// The state, with what has come meanwhile.
    fn state(&self) -> MutexGuard<'_, State<T>> {
        // Nothing panics while it is held.
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let landed = state.away.as_ref().and_then(|away| away.outcome().cloned());
        if let Some((at, outcome)) = landed {
            state.away = None;
            match outcome {
                Ok(value) => (state.value, state.failed) = (Some(value), None),
                Err(failure) => state.failed = Some((at, failure)),
            }
        }
        state
    }

    /// The value as it is.
    pub(super) fn value(&self) -> Option<T> {
        self.state().value.clone()
    }

    /// When the last request failed, if it did.
    pub(super) fn failed(&self) -> Option<Instant> {
        self.state().failed.as_ref().map(|(at, _)| *at)
    }

    /// Whether a request is on its way.
    pub(super) fn is_away(&self) -> bool {
        self.state().away.is_some()
    }

    /// The value, got by a request of this caller's or of another one's. `look` judges what is there and is told when the last
    /// request failed. Who starts a request that fails falls back to a worn value, and so does everybody else meanwhile.
    pub(super) async fn get(
        &self,
        waiter: Waiter<'_>,
        look: impl Fn(&T, Option<Instant>) -> Freshness<T>,
        start: impl Fn(Option<&T>) -> Arc<InFlight<T>>,
    ) -> Result<T, Failure> {
        let mut again = false;
        loop {
            let (away, own, worn) = {
                let mut state = self.state();
                let failed = state.failed.as_ref().map(|(at, _)| *at);
                let worn = match state.value.as_ref().map(|value| look(value, failed)) {
                    Some(Freshness::Use(value)) => return Ok(value),
                    Some(Freshness::Stale(value)) if state.away.is_some() => return Ok(value),
                    Some(Freshness::Stale(value)) => Some(value),
                    Some(Freshness::Missing) | None => None,
                };
                let refusal =
                    state.failed.as_ref().filter(|(at, failure)| failure.refused && at.elapsed() < self.memory);
                match (&state.away, refusal) {
                    (Some(away), _) => (Arc::clone(away), false, worn),
                    (None, Some((_, refusal))) if worn.is_none() => return Err(refusal.clone()),
                    (None, _) => {
                        let away = start(state.value.as_ref());
                        state.away = Some(Arc::clone(&away));
                        (away, true, worn)
                    }
                }
            };
            if let (true, Waiter::Call(_, transport)) = (own, waiter) {
                away.go_on(transport);
            }
            match (away.wait(waiter).await, worn) {
                (Err(_), Some(worn)) => return Ok(worn),
                // One that lay untouched has lost its connection or its time: that is no answer to this caller.
                (Err(failure), None) if !own && !again && !failure.refused && away.was_abandoned() => again = true,
                (outcome, _) => return outcome,
            }
        }
    }
}
