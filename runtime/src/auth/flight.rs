//! Something that many want and one gets: the first who misses it goes, the others wait for the same answer.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// Why nothing could be got.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) message: String,
    /// The caller's time was up: the others may have more.
    pub(super) late: bool,
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { message, late: false }
    }
}

/// A value that is got by one at a time.
#[derive(Debug)]
pub(super) struct Flight<T> {
    state: Mutex<State<T>>,
}

#[derive(Debug)]
struct State<T> {
    value: Option<T>,
    /// Those who wait for whoever is on the way.
    away: Option<Vec<Waker>>,
    /// How many have gone.
    round: u64,
    /// Why the last one came back with nothing, and which one it was.
    failed: Option<(u64, Failure)>,
}

/// What is to be done about a value.
pub(super) enum Look<T> {
    /// This one is good.
    Use(T),
    /// It may still be used; whoever finds nobody on the way gets another one.
    Worn(T),
    /// There is none.
    Missing,
}

impl<T: Clone> Flight<T> {
    pub(super) const fn new() -> Self {
        Self { state: Mutex::new(State { value: None, away: None, round: 0, failed: None }) }
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // Nothing panics while it is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value as it is.
    pub(super) fn value(&self) -> Option<T> {
        self.state().value.clone()
    }

    /// The value, got by this caller or by another one. `look` judges what is there. Who goes and fails falls back to
    /// a worn value, and so does everybody else meanwhile.
    pub(super) async fn get<A>(&self, look: impl Fn(&T) -> Look<T>, go: impl FnOnce() -> A) -> Result<T, Failure>
    where
        A: Future<Output = Result<T, Failure>>,
    {
        let worn = loop {
            let round = {
                let mut state = self.state();
                let worn = match state.value.as_ref().map(&look) {
                    Some(Look::Use(value)) => return Ok(value),
                    Some(Look::Worn(value)) if state.away.is_some() => return Ok(value),
                    Some(Look::Worn(value)) => Some(value),
                    Some(Look::Missing) | None => None,
                };
                if state.away.is_none() {
                    state.away = Some(Vec::new());
                    state.round += 1;
                    break worn;
                }
                state.round
            };
            if let Some(error) = (Landing { flight: self, round }).await {
                return Err(error);
            }
        };
        let mut trip = Trip { flight: self, brought: None };
        let got = go().await;
        if !got.as_ref().is_err_and(|failure| failure.late) {
            trip.brought = Some(got.clone());
        }
        drop(trip);
        match (got, worn) {
            (Err(_), Some(worn)) => Ok(worn),
            (got, _) => got,
        }
    }
}

/// On the way. Dropped without anything brought when its caller gave up or ran out of time: the next one goes.
struct Trip<'f, T: Clone> {
    flight: &'f Flight<T>,
    brought: Option<Result<T, Failure>>,
}

impl<T: Clone> Drop for Trip<'_, T> {
    fn drop(&mut self) {
        let mut state = self.flight.state();
        match self.brought.take() {
            Some(Ok(value)) => state.value = Some(value),
            Some(Err(error)) => state.failed = Some((state.round, error)),
            None => {}
        }
        let waiting = state.away.take();
        drop(state);
        waiting.into_iter().flatten().for_each(Waker::wake);
    }
}

/// Waits until a round is over; gives why it failed, when it did.
struct Landing<'f, T> {
    flight: &'f Flight<T>,
    round: u64,
}

impl<T: Clone> Future for Landing<'_, T> {
    type Output = Option<Failure>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Failure>> {
        let mut state = self.flight.state();
        let same = state.round == self.round;
        if let Some(waiting) = state.away.as_mut().filter(|_| same) {
            if !waiting.iter().any(|waker| waker.will_wake(context.waker())) {
                waiting.push(context.waker().clone());
            }
            return Poll::Pending;
        }
        let failed = state.failed.as_ref().filter(|(round, _)| *round == self.round);
        Poll::Ready(failed.map(|(_, error)| error.clone()))
    }
}
