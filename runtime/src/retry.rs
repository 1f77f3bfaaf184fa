//! Retries: which attempts are retried and after which pause.

mod budget;
mod pacing;
mod rate_limit_headers;

pub(crate) use budget::Budget;
pub(crate) use pacing::{PacedAttempt, Pacing};
pub(crate) use rate_limit_headers::limit_of;
pub use rate_limit_headers::{is_rate_limited, retry_after};

use crate::transport::maybe_send::{MaybeSend, MaybeSync};
use crate::transport::{CallInfo, TransportErrorKind};
use http::header::RETRY_AFTER;
use http::{HeaderMap, Method, StatusCode};
use std::time::Duration;

/// Decides which attempts are retried and after which pause. The default is [`Backoff`].
///
/// The client asks it only where a retry is safe (an idempotent method, an idempotency key, a request that was not
/// sent, or that the server refused with 429, or with 403 and `Retry-After`). The number of retries, the retry budget and the
/// call's timeout limit its decision.
pub trait RetryPolicy: MaybeSend + MaybeSync {
    /// Returns the pause before the next attempt, or `None` to give up.
    fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration>;
}

/// A failed attempt.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The call and the number of the retry.
    pub info: &'a CallInfo,
    /// The result of the attempt.
    pub outcome: Outcome<'a>,
}

/// The failure of an attempt: an error status, or no response.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'a> {
    /// A response with an error status.
    Response(StatusCode, &'a HeaderMap),
    /// No response.
    Failure(TransportErrorKind),
}

impl Attempt<'_> {
    /// Returns the time that the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self.outcome {
            Outcome::Response(status, headers) => retry_after(status, headers),
            Outcome::Failure(_) => None,
        }
    }

    /// Returns true if another attempt can succeed: the statuses 408, 429, 500, 502, 503 and 504, 403 with
    /// `Retry-After`, and connections that failed, broke or timed out.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self.outcome {
            Outcome::Response(status, headers) => is_transient(status) || is_safe_refusal(status, headers),
            Outcome::Failure(kind) => {
                matches!(kind, TransportErrorKind::Connect | TransportErrorKind::Broken | TransportErrorKind::Timeout)
            }
        }
    }
}

/// The pause that the server asks for, else exponential backoff with full jitter: a random time up to `first`, then up
/// to twice that, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Upper bound of the first pause.
    pub first: Duration,
    /// Upper bound of every random pause. A pause that the server asks for has no bound except the call's timeout.
    pub max_pause: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_millis(400), max_pause: Duration::from_secs(20) }
    }
}

impl RetryPolicy for Backoff {
    fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        if !attempt.is_transient() {
            return None;
        }
        Some(attempt.retry_after().unwrap_or_else(|| self.jitter(attempt.info.retry)))
    }
}

impl Backoff {
    fn jitter(&self, retry: u32) -> Duration {
        let max_pause = self.first.saturating_mul(1 << retry.min(16)).min(self.max_pause);
        max_pause.mul_f64(fastrand::f64())
    }

    /// Returns the pause after a failed attempt outside a call, such as a token request. `Retry-After` takes precedence over backoff.
    pub(crate) fn after(&self, retry: u32, response: Option<(StatusCode, &HeaderMap)>) -> Duration {
        let requested = response.and_then(|(status, headers)| retry_after(status, headers));
        requested.unwrap_or_else(|| self.jitter(retry))
    }
}

/// Returns true for a response that refuses a call before it is processed: 429, or 403 with `Retry-After`; unlike
/// [`is_rate_limited`], not 403 with no calls left, which can be a missing permission.
pub(crate) fn is_safe_refusal(status: StatusCode, headers: &HeaderMap) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || (status == StatusCode::FORBIDDEN && headers.contains_key(RETRY_AFTER))
}

/// Returns true if a retry can succeed.
#[must_use]
pub const fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// Returns true for idempotent methods (RFC 9110, section 9.2.2).
#[must_use]
pub fn is_idempotent(method: &Method) -> bool {
    matches!(method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY")
}

/// Creates an idempotency key: a version 4 UUID.
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

    fn attempt(retry: u32) -> CallInfo {
        CallInfo { operation: "op", template: "/", idempotent: true, retry }
    }

    #[test]
    fn pauses_are_any_time_up_to_a_limit_that_doubles() {
        let backoff = Backoff { first: Duration::from_millis(100), max_pause: Duration::from_millis(350) };
        for (retry, max_pause) in [(0, 100), (1, 200), (2, 350), (40, 350)] {
            let info = attempt(retry);
            let failed = Attempt { info: &info, outcome: Outcome::Failure(TransportErrorKind::Connect) };
            let pauses: Vec<Duration> = (0..2000).filter_map(|_| backoff.pause(&failed)).collect();
            let max_pause = Duration::from_millis(max_pause);
            assert_eq!(pauses.len(), 2000);
            assert!(pauses.iter().all(|pause| *pause <= max_pause));
            // Full jitter: the whole range is used.
            assert!(pauses.iter().any(|pause| *pause < max_pause / 10));
            assert!(pauses.iter().any(|pause| *pause > max_pause * 9 / 10));
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
