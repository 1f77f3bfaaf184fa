//! The next moment of a shared future. A timer belongs to the runtime that it was made on, and that may end before the
//! future does: so the future holds none, and each of its waiters brings one of its own.

use crate::transport::clock::Instant;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

/// The next moment of a shared future: the end of a pause or of a request.
#[derive(Debug, Default)]
pub(super) struct Alarm(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    next: Option<Instant>,
    /// Counts the moments, so that a late timer is not taken for the next one's.
    round: u64,
    rung: bool,
}

impl Alarm {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the next moment. None is far enough away to be never.
    fn set(&self, next: Option<Instant>) -> u64 {
        let mut state = self.state();
        *state = State { next, round: state.round + 1, rung: false };
        state.round
    }

    fn is_over(&self, round: u64) -> bool {
        let state = self.state();
        state.round != round || state.rung || state.next.is_some_and(|next| Instant::now() >= next)
    }

    /// The next moment, its number and how long it is until then.
    pub(super) fn next(&self) -> Option<(u64, Duration)> {
        let state = self.state();
        Some((state.round, state.next?.saturating_duration_since(Instant::now())))
    }

    /// Says that a waiter's timer for a moment has ended.
    pub(super) fn ring(&self, round: u64) {
        let mut state = self.state();
        state.rung |= state.round == round;
    }

    /// Passes an end of a timer on to the future that the alarm's own future waits for.
    pub(super) fn pass_on(&self, inner: &Self) {
        let rung = std::mem::take(&mut self.state().rung);
        if let Some((round, _)) = inner.next().filter(|_| rung) {
            inner.ring(round);
        }
    }

    /// Takes the next moment of the future that the alarm's own future waits for.
    pub(super) fn take_over(&self, inner: &Self) {
        self.set(inner.next().and_then(|(_, left)| Instant::now().checked_add(left)));
    }

    /// Waits.
    pub(super) async fn pause(&self, pause: Duration) {
        let round = self.set(Instant::now().checked_add(pause));
        poll_fn(|_| if self.is_over(round) { Poll::Ready(()) } else { Poll::Pending }).await;
        self.set(None);
    }

    /// The future's output; none where the time is up before. What is ready counts, however late it is looked at.
    pub(super) async fn within<F: Future>(&self, time: Duration, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        let round = self.set(Instant::now().checked_add(time));
        let output = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.is_over(round) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        });
        let output = output.await;
        self.set(None);
        output
    }
}
