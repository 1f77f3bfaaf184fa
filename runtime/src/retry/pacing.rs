//! Going slower before a rate limit is hit, by what the server says of it.

use super::asked::Limit;
use crate::clock::Instant;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Below this part of the limit, what is left is spread over the time that is left.
const PART: u64 = 10;
/// The same for a server that does not say how large the limit is.
const FEW: u64 = 5;

/// When the next call of each operation may be sent. By operation, since the limits of many servers are.
#[derive(Debug, Default)]
pub(crate) struct Pacing(Mutex<BTreeMap<&'static str, Slots>>);

#[derive(Debug, Clone, Copy)]
struct Slots {
    /// When the next call may be sent.
    next: Instant,
    /// Between two calls.
    gap: Duration,
    /// When the window ends, and with it what is known.
    end: Instant,
}

impl Pacing {
    /// How long to wait before a call, whose place is taken then; none where it has not that much time, and takes no place.
    pub(crate) fn wait(
        &self,
        operation: &'static str,
        now: Instant,
        allows: impl FnOnce(Duration) -> bool,
    ) -> Option<Duration> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(slots) = known.get_mut(operation) else { return Some(Duration::ZERO) };
        if now >= slots.end && now >= slots.next {
            known.remove(operation);
            return Some(Duration::ZERO);
        }
        let at = slots.next.max(now);
        let wait = at - now;
        if !wait.is_zero() && !allows(wait) {
            return None;
        }
        // A server may ask for more time than there is in a clock.
        slots.next = at.checked_add(slots.gap).unwrap_or(at);
        Some(wait)
    }

    /// What an answer said.
    pub(crate) fn learn(&self, operation: &'static str, limit: Limit, now: Instant) {
        let (Some(remaining), Some(reset)) = (limit.remaining, limit.reset) else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let few = limit.whole.map_or(FEW, |whole| whole / PART);
        let Some(end) = now.checked_add(reset) else { return };
        if remaining > few {
            known.remove(operation);
            return;
        }
        let share = |calls: u64| reset / u32::try_from(calls.max(1)).unwrap_or(u32::MAX);
        let (gap, next) = if remaining == 0 {
            (limit.whole.map_or(Duration::ZERO, share), end)
        } else {
            let gap = share(remaining);
            (gap, now + gap)
        };
        // Answers come in any order; nobody who waits already is overtaken.
        let next = known.get(operation).map_or(next, |slots| slots.next.max(next));
        known.insert(operation, Slots { next, gap, end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(pacing: &Pacing, operation: &'static str, now: Instant) -> Duration {
        pacing.wait(operation, now, |_| true).unwrap()
    }

    fn limit(whole: u64, remaining: u64, reset: u64) -> Limit {
        Limit { whole: Some(whole), remaining: Some(remaining), reset: Some(Duration::from_secs(reset)) }
    }

    #[test]
    fn what_is_left_is_spread_over_the_window() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        pacing.learn("op", limit(100, 50, 60), now);
        assert_eq!(wait(&pacing, "op", now), Duration::ZERO);
        pacing.learn("op", limit(100, 6, 60), now);
        let waits: Vec<u64> = (0..3).map(|_| wait(&pacing, "op", now).as_secs()).collect();
        assert_eq!(waits, [10, 20, 30]);
        assert_eq!(wait(&pacing, "other", now), Duration::ZERO);
    }

    #[test]
    fn a_window_without_end_is_no_panic() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        // As a server says that counts in billionths of a second.
        pacing.learn("op", limit(100, 1, 5_000_000_000_000_000_000), now);
        assert!((0..5).all(|_| wait(&pacing, "op", now).as_secs() >= 5_000_000_000_000_000_000));
    }

    #[test]
    fn who_is_refused_takes_no_place() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        pacing.learn("op", limit(10, 0, 60), now);
        (0..100).for_each(|_| assert_eq!(pacing.wait("op", now, |wait| wait.as_secs() < 60), None));
        assert_eq!(wait(&pacing, "op", now + Duration::from_secs(60)), Duration::ZERO);
    }

    #[test]
    fn nothing_left_waits_for_the_next_window() {
        let (pacing, now) = (Pacing::default(), Instant::now());
        pacing.learn("op", limit(10, 0, 60), now);
        assert_eq!([wait(&pacing, "op", now).as_secs(), wait(&pacing, "op", now).as_secs()], [60, 66]);
        let later = now + Duration::from_secs(100);
        assert_eq!(wait(&pacing, "op", later), Duration::ZERO);
    }
}
