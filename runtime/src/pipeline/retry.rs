//! When a call is made again, and after how long.

mod budget;
mod pacing;
mod rate_limit_headers;

pub(crate) use budget::Budget;
pub(crate) use pacing::{Pacing, Sent};
pub(crate) use rate_limit_headers::limit_of;
pub use rate_limit_headers::retry_after;

use crate::client::hook::CallInfo;
use crate::transport::TransportErrorKind;
use crate::transport::maybe_send::{MaybeSend, MaybeSync};
use http::{HeaderMap, Method, StatusCode};
use std::time::Duration;

/// Decides which attempts are worth another one, and after how long. [`Backoff`] unless set.
///
/// It is asked only where a repetition is safe (an idempotent method, an idempotency key, a request that was not even
/// sent), and its answer counts only within the number of retries, the budget and the time of the call.
pub trait RetryPolicy: MaybeSend + MaybeSync {
    /// How long to wait before the next attempt; none to give up.
    fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration>;
}

/// An attempt that was no success.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// Which call it was, and which repetition.
    pub info: &'a CallInfo,
    /// What came back.
    pub outcome: Outcome<'a>,
}

/// What came back from an attempt that was no success.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'a> {
    /// A status other than success.
    Response(StatusCode, &'a HeaderMap),
    /// No answer.
    Failure(TransportErrorKind),
}

impl Attempt<'_> {
    /// How long the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.outcome {
            Outcome::Response(status, headers) => retry_after(status, headers),
            Outcome::Failure(_) => None,
        }
    }

    /// Whether the next attempt may end otherwise: statuses 408, 429, 500, 502, 503 and 504, and connections that
    /// failed, broke or were silent.
    #[must_use]
    pub const fn is_transient(&self) -> bool {
        match self.outcome {
            Outcome::Response(status, _) => is_transient(status),
            Outcome::Failure(kind) => {
                matches!(kind, TransportErrorKind::Connect | TransportErrorKind::Broken | TransportErrorKind::Timeout)
            }
        }
    }
}

/// What the server asks for, else exponential with full jitter: any time up to `first`, then twice that, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// The longest first pause.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_millis(400), longest: Duration::from_secs(20) }
    }
}

impl RetryPolicy for Backoff {
    fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        if !attempt.is_transient() {
            return None;
        }
        Some(attempt.retry_after().unwrap_or_else(|| self.jitter(attempt.info.repetition)))
    }
}

impl Backoff {
    fn jitter(&self, repetition: u32) -> Duration {
        let longest = self.first.saturating_mul(1 << repetition.min(16)).min(self.longest);
        longest.mul_f64(fastrand::f64())
    }

    /// The pause after an attempt outside a call, which an answer may ask for.
    pub(crate) fn after(&self, repetition: u32, answer: Option<(StatusCode, &HeaderMap)>) -> Duration {
        let asked = answer.and_then(|(status, headers)| retry_after(status, headers));
        asked.unwrap_or_else(|| self.jitter(repetition))
    }
}

/// Whether a status may be another one next time.
#[must_use]
pub const fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// Whether doing it twice is the same as doing it once (RFC 9110, section 9.2.2).
#[must_use]
pub fn is_idempotent(method: &Method) -> bool {
    matches!(method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY")
}

/// A name that no other call has: a version 4 UUID.
pub(crate) fn new_key() -> String {
    let random = fastrand::u128(..);
    let uuid = (random & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let text = format!("{uuid:032x}");
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn attempt(repetition: u32) -> CallInfo {
        CallInfo { operation: "op", template: "/", idempotent: true, repetition }
    }

    #[test]
    fn pauses_are_any_time_up_to_a_limit_that_doubles() {
        let backoff = Backoff { first: Duration::from_millis(100), longest: Duration::from_millis(350) };
        for (repetition, longest) in [(0, 100), (1, 200), (2, 350), (40, 350)] {
            let info = attempt(repetition);
            let failed = Attempt { info: &info, outcome: Outcome::Failure(TransportErrorKind::Connect) };
            let pauses: Vec<Duration> = (0..2000).filter_map(|_| backoff.pause(&failed)).collect();
            let longest = Duration::from_millis(longest);
            assert_eq!(pauses.len(), 2000);
            assert!(pauses.iter().all(|pause| *pause <= longest));
            // Full jitter: the whole range is used.
            assert!(pauses.iter().any(|pause| *pause < longest / 10));
            assert!(pauses.iter().any(|pause| *pause > longest * 9 / 10));
        }
    }

    #[test]
    fn keys_are_uuids_and_differ() {
        let keys: BTreeSet<String> = (0..1000).map(|_| new_key()).collect();
        assert_eq!(keys.len(), 1000);
        for key in keys {
            let shape: Vec<usize> = key.split('-').map(str::len).collect();
            assert_eq!(shape, [8, 4, 4, 4, 12], "{key}");
            assert_eq!(key.as_bytes()[14], b'4', "{key}");
            assert!(b"89ab".contains(&key.as_bytes()[19]), "{key}");
        }
    }
}
