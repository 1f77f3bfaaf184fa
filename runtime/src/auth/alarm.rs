//! The next moment of a shared future. A timer belongs to the async runtime that created it, which may end before the
//! future. The future therefore holds no timer, and each waiter brings its own.

use crate::transport::clock::Instant;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

/// The next deadline of a shared future: the end of a pause or the timeout of a request.
#[derive(Debug, Default)]
pub(super) struct Alarm(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    next: Option<Instant>,
    /// The number of the moment. It distinguishes a late timer from the timer of the next moment.
    round: u64,
    rung: bool,
}

impl Alarm {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the next moment and returns its number. `None` is a moment too far away to represent.
    fn set(&self, next: Option<Instant>) -> u64 {
        let mut state = self.state();
        *state = State { next, round: state.round + 1, rung: false };
        state.round
    }

    fn is_over(&self, round: u64) -> bool {
        let state = self.state();
        state.round != round || state.rung || state.next.is_some_and(|next| Instant::now() >= next)
    }

    /// Returns the number of the next moment, and the time until then.
    pub(super) fn next(&self) -> Option<(u64, Duration)> {
        let state = self.state();
        Some((state.round, state.next?.saturating_duration_since(Instant::now())))
    }

    /// Records that a waiter's timer for a moment has ended.
    pub(super) fn ring(&self, round: u64) {
        let mut state = self.state();
        state.rung |= state.round == round;
    }

    /// Reports the end of a timer to the inner future, for which the future of this alarm waits.
    pub(super) fn pass_on(&self, inner: &Self) {
        let rung = std::mem::take(&mut self.state().rung);
        if let Some((round, _)) = inner.next().filter(|_| rung) {
            inner.ring(round);
        }
    }

    /// Copies the next moment of the inner future, for which the future of this alarm waits.
    pub(super) fn take_over(&self, inner: &Self) {
        self.set(inner.next().and_then(|(_, left)| Instant::now().checked_add(left)));
    }

    /// Waits for a duration.
    pub(super) async fn pause(&self, pause: Duration) {
        let round = self.set(Instant::now().checked_add(pause));
        poll_fn(|_| if self.is_over(round) { Poll::Ready(()) } else { Poll::Pending }).await;
        self.set(None);
    }

    /// Returns the output of the future, or `None` if it takes longer. An output that is ready counts even if it is
    /// polled late.
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
