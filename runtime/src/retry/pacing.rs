//! Pacing: slows calls down before a rate limit is reached, by the server's headers. A header has an effect for a
//! bounded time; then one call is sent as a probe, so that no header can stop all later calls. Operations share a limit
//! if the server gives it one name.

use super::rate_limit_headers::Limit;
use crate::transport::clock::Instant;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A tenth of the limit: if no more calls remain, they are spread over the remaining time.
const PACED_DIVISOR: u64 = 10;
/// The same threshold as a number of calls, for a server that does not send the limit.
const PACED_CALLS: u64 = 5;

/// The time of the next call of each limit.
#[derive(Debug)]
pub(crate) struct Pacing {
    /// The longest wait for one response's headers.
    max_wait: Duration,
    states: Mutex<LimitStates>,
}

/// The states of the limits of a client.
#[derive(Debug, Default)]
struct LimitStates {
    /// The names of the operations' limits.
    resources: BTreeMap<&'static str, String>,
    limits: BTreeMap<Scope, LimitState>,
}

/// The calls that a limit counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    /// Those of one operation. Many servers have a limit for each operation.
    Operation(&'static str),
    /// Those that the server counts under one name.
    Resource(String),
}

impl LimitStates {
    fn scope(&self, operation: &'static str) -> Scope {
        let resource = self.resources.get(operation).cloned();
        resource.map_or(Scope::Operation(operation), Scope::Resource)
    }

    /// Records the name of an operation's limit. A limit without an operation is dropped, so that there are never more
    /// limits than operations, whatever names the server sends.
    fn record_name(&mut self, operation: &'static str, resource: &str) {
        if self.resources.get(operation).is_some_and(|known| known == resource) {
            return;
        }
        self.limits.remove(&Scope::Operation(operation));
        let before = self.resources.insert(operation, resource.to_owned());
        if let Some(before) = before.filter(|before| !self.resources.values().any(|known| known == before)) {
            self.limits.remove(&Scope::Resource(before));
        }
    }
}

/// The state of one limit.
#[derive(Debug, Default)]
struct LimitState {
    slots: Option<Slots>,
    /// True after a probe succeeded although the limit was used up. The headers are ignored until the server refuses a
    /// call.
    doubted: bool,
}

#[derive(Debug, Clone, Copy)]
struct Slots {
    /// Time of the next call.
    next: Instant,
    /// Time between two calls.
    gap: Duration,
    /// End of the window and of this knowledge; `None` beyond the clock's range.
    end: Option<Instant>,
    /// True if no call is left in the window.
    spent: bool,
}

impl Slots {
    fn is_over(&self, at: Instant) -> bool {
        self.end.is_some_and(|end| at >= end)
    }
}

/// The turn of a paced call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Time until the call can be sent.
    pub(crate) wait: Duration,
    /// True if the call is sent although no call is left.
    pub(crate) probe: bool,
}

/// The result of a paced call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PacedAttempt<'r> {
    /// As in its [`Turn`].
    pub(crate) probe: bool,
    /// True if the server refused the call because its limit is reached (403, 429 or 503).
    pub(crate) limit_reached: bool,
    /// The server's name of the limit, which several operations can have.
    pub(crate) resource: Option<&'r str>,
}

impl Pacing {
    /// Creates the pacing of a client. `max_wait` is the longest wait for one response's headers.
    pub(crate) const fn new(max_wait: Duration) -> Self {
        Self { max_wait, states: Mutex::new(LimitStates { resources: BTreeMap::new(), limits: BTreeMap::new() }) }
    }

    /// Takes the next turn, or returns `None`, without taking it, if the call has not enough time to wait for it.
    pub(crate) fn turn(
        &self,
        operation: &'static str,
        now: Instant,
        allows: impl FnOnce(Duration) -> bool,
    ) -> Option<Turn> {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let at_once = Some(Turn { wait: Duration::ZERO, probe: false });
        let scope = states.scope(operation);
        let Some(state) = states.limits.get_mut(&scope) else { return at_once };
        let Some(slots) = &mut state.slots else { return at_once };
        if slots.is_over(now) && now >= slots.next {
            state.slots = None;
            return at_once;
        }
        let at = slots.next.max(now);
        let wait = at - now;
        if !wait.is_zero() && !allows(wait) {
            return None;
        }
        slots.next = at.checked_add(slots.gap).unwrap_or(at);
        Some(Turn { wait, probe: slots.spent && !slots.is_over(at) })
    }

    /// Records the limit in a response.
    pub(crate) fn learn(&self, operation: &'static str, limit: Limit, now: Instant, attempt: PacedAttempt<'_>) {
        let (Some(remaining), Some(reset)) = (limit.remaining, limit.reset) else { return };
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(resource) = attempt.resource {
            states.record_name(operation, resource);
        }
        let scope = states.scope(operation);
        let state = states.limits.entry(scope).or_default();
        let few = limit.whole.map_or(PACED_CALLS, |whole| whole / PACED_DIVISOR);
        if remaining > few {
            *state = LimitState::default();
            return;
        }
        let spent = remaining == 0;
        state.doubted = spent && !attempt.limit_reached && (state.doubted || attempt.probe);
        if state.doubted {
            state.slots = None;
            return;
        }
        let share = |calls: u64| (reset / u32::try_from(calls.max(1)).unwrap_or(u32::MAX)).min(self.max_wait);
        let (gap, first) = if spent {
            (limit.whole.map_or(Duration::ZERO, share), reset.min(self.max_wait))
        } else {
            (share(remaining), share(remaining))
        };
        let next = now.checked_add(first).unwrap_or(now);
        // Responses arrive in any order. Waiting calls keep their turns.
        let next = state.slots.map_or(next, |slots| slots.next.max(next));
        state.slots = Some(Slots { next, gap, end: now.checked_add(reset), spent });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX_WAIT: Duration = Duration::from_secs(90);
    const WELL: PacedAttempt<'_> = PacedAttempt { probe: false, limit_reached: false, resource: None };

    fn wait(pacing: &Pacing, operation: &'static str, now: Instant) -> Duration {
        pacing.turn(operation, now, |_| true).unwrap().wait
    }

    fn limit(whole: u64, remaining: u64, reset: u64) -> Limit {
        Limit { whole: Some(whole), remaining: Some(remaining), reset: Some(Duration::from_secs(reset)) }
    }

    #[test]
    fn what_is_left_is_spread_over_the_window() {
        let (pacing, now) = (Pacing::new(MAX_WAIT), Instant::now());
        pacing.learn("op", limit(100, 50, 60), now, WELL);
        assert_eq!(wait(&pacing, "op", now), Duration::ZERO);
        pacing.learn("op", limit(100, 6, 60), now, WELL);
        let waits: Vec<u64> = (0..3).map(|_| wait(&pacing, "op", now).as_secs()).collect();
        assert_eq!(waits, [10, 20, 30]);
        assert_eq!(wait(&pacing, "other", now), Duration::ZERO);
    }

    #[test]
    fn operations_share_a_limit_with_a_name() {
        const fn of(resource: &str) -> PacedAttempt<'_> {
            PacedAttempt { resource: Some(resource), ..WELL }
        }
        let (pacing, now) = (Pacing::new(MAX_WAIT), Instant::now());
        pacing.learn("list", limit(100, 90, 60), now, of("core"));
        pacing.learn("find", limit(100, 90, 60), now, of("search"));
        pacing.learn("get", limit(100, 0, 60), now, of("core"));
        let waits = |operations: [&'static str; 3]| operations.map(|operation| wait(&pacing, operation, now).as_secs());
        assert_eq!(waits(["get", "list", "find"]), [60, 60, 0], "a gap of 0.6 s");
        // A response without the name is of the known limit.
        pacing.learn("list", limit(100, 50, 60), now, WELL);
        assert_eq!(waits(["get", "list", "find"]), [0; 3]);
        // The last operation of a limit takes it along.
        for number in 0..100 {
            pacing.learn("get", limit(100, 0, 60), now, of(&number.to_string()));
        }
        let states = pacing.states.lock().unwrap();
        assert_eq!((states.limits.len(), states.resources.len()), (3, 3));
    }

    #[test]
    fn call_without_time_to_wait_takes_no_turn() {
        let (pacing, now) = (Pacing::new(MAX_WAIT), Instant::now());
        pacing.learn("op", limit(10, 0, 60), now, WELL);
        (0..100).for_each(|_| assert_eq!(pacing.turn("op", now, |wait| wait.as_secs() < 60), None));
        assert_eq!(wait(&pacing, "op", now + Duration::from_secs(60)), Duration::ZERO);
    }

    #[test]
    fn nothing_left_waits_for_the_next_window() {
        let (pacing, now) = (Pacing::new(MAX_WAIT), Instant::now());
        pacing.learn("op", limit(10, 0, 60), now, WELL);
        let turns = [(); 2].map(|()| pacing.turn("op", now, |_| true).unwrap());
        assert_eq!(turns.map(|turn| (turn.wait.as_secs(), turn.probe)), [(60, false), (66, false)]);
        let later = now + Duration::from_secs(100);
        assert_eq!(wait(&pacing, "op", later), Duration::ZERO);
    }

    #[test]
    fn a_probe_goes_after_the_longest_believed_wait() {
        // A reset in an hour, and one in billionths of a second that was taken for seconds.
        for reset in [3600, 5_000_000_000_000_000_000] {
            for remaining in [0, 1] {
                let (pacing, now) = (Pacing::new(MAX_WAIT), Instant::now());
                pacing.learn("op", limit(100, remaining, reset), now, WELL);
                let turn = pacing.turn("op", now, |_| true).unwrap();
                assert!(turn.wait <= MAX_WAIT && !turn.wait.is_zero(), "{turn:?}");
                assert_eq!(turn.probe, remaining == 0);
                // The headers of a refused probe have an effect for the same time again.
                let later = now + MAX_WAIT;
                pacing.learn(
                    "op",
                    limit(100, 0, reset),
                    later,
                    PacedAttempt { probe: turn.probe, limit_reached: true, ..WELL },
                );
                assert_eq!(pacing.turn("op", later, |wait| wait < MAX_WAIT), None);
                assert!(pacing.turn("op", later + MAX_WAIT, |wait| wait.is_zero()).is_some());
            }
        }
    }

    #[test]
    fn ignores_headers_after_the_server_accepts_a_call_beyond_its_limit() {
        let (pacing, now) = (Pacing::new(MAX_WAIT), Instant::now());
        pacing.learn("op", limit(0, 0, 3600), now, WELL);
        let turn = pacing.turn("op", now + MAX_WAIT, |_| true).unwrap();
        assert!(turn.probe);
        let later = now + MAX_WAIT;
        pacing.learn("op", limit(0, 0, 3500), later, PacedAttempt { probe: true, ..WELL });
        assert_eq!(wait(&pacing, "op", later), Duration::ZERO);
        pacing.learn("op", limit(0, 0, 3500), later, WELL);
        assert_eq!(wait(&pacing, "op", later), Duration::ZERO);
        // A refused call shows that there is a limit after all.
        pacing.learn("op", limit(0, 0, 3500), later, PacedAttempt { limit_reached: true, ..WELL });
        assert_eq!(wait(&pacing, "op", later), MAX_WAIT);
    }
}
