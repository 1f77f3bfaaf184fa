//! The deadline of a shared future. A timer belongs to the async runtime that created it, which may end before the future.
//! The future therefore has no timer: each waiter brings its own, and reports its end to the deadline.

use crate::transport::clock::Instant;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

/// The next deadline of a shared future: the end of a pause or the timeout of a request.
#[derive(Debug, Default)]
pub(super) struct SharedDeadline(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// `None` if there is no deadline, or one beyond the clock's range.
    deadline: Option<Instant>,
    /// The number of the deadline. It distinguishes a late timer from the timer of the next deadline.
    generation: u64,
    /// True if a timer reported that the deadline passed.
    passed: bool,
}

impl SharedDeadline {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the next deadline and returns its number. `None` is no deadline, or one beyond the clock's range.
    fn set(&self, deadline: Option<Instant>) -> u64 {
        let mut state = self.state();
        *state = State { deadline, generation: state.generation + 1, passed: false };
        state.generation
    }

    fn has_passed(&self, generation: u64) -> bool {
        let state = self.state();
        state.generation != generation
            || state.passed
            || state.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Returns the number of the next deadline, and the time until then.
    pub(super) fn next(&self) -> Option<(u64, Duration)> {
        let state = self.state();
        Some((state.generation, state.deadline?.saturating_duration_since(Instant::now())))
    }

    /// Records that a waiter's timer for a deadline has expired.
    pub(super) fn expire(&self, generation: u64) {
        let mut state = self.state();
        state.passed |= state.generation == generation;
    }

    /// Forwards an expired timer to the deadline of the inner future, which this future awaits.
    pub(super) fn forward_expiry(&self, inner: &Self) {
        let passed = std::mem::take(&mut self.state().passed);
        if let Some((generation, _)) = inner.next().filter(|_| passed) {
            inner.expire(generation);
        }
    }

    /// Copies the next deadline of the inner future, which this future awaits.
    pub(super) fn copy_from(&self, inner: &Self) {
        self.set(inner.next().and_then(|(_, left)| Instant::now().checked_add(left)));
    }

    /// Waits for a duration.
    pub(super) async fn pause(&self, pause: Duration) {
        let generation = self.set(Instant::now().checked_add(pause));
        poll_fn(|_| if self.has_passed(generation) { Poll::Ready(()) } else { Poll::Pending }).await;
        self.set(None);
    }

    /// Returns the output of the future, or `None` if it takes longer. An output that is ready counts even if it is
    /// polled late.
    pub(super) async fn within<F: Future>(&self, time: Duration, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        let generation = self.set(Instant::now().checked_add(time));
        let output = poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.has_passed(generation) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        });
        let output = output.await;
        self.set(None);
        output
    }
}
