//! When a call is made again, and after how long.

use http::{HeaderMap, Method, StatusCode};
use std::time::{Duration, SystemTime};

const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// Whether doing it twice is the same as doing it once (RFC 9110, section 9.2.2).
#[must_use]
pub fn is_idempotent(method: &Method) -> bool {
    matches!(method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE" | "PUT" | "DELETE" | "QUERY")
}

/// Whether a status may be another one next time.
#[must_use]
pub fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// How long to wait before attempt `attempt` (the first repetition is 1): what the server asks for, else exponential
/// with full jitter.
#[must_use]
pub fn pause(attempt: u32, answer: Option<(StatusCode, &HeaderMap)>) -> Duration {
    if let Some(asked) = answer.and_then(|(status, headers)| retry_after(status, headers)) {
        return asked;
    }
    let longest = FIRST_PAUSE.saturating_mul(1 << attempt.min(10)).min(LONGEST_PAUSE);
    longest.mul_f64(fastrand::f64())
}

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3); for status 429 also `X-RateLimit-Reset` or
/// `RateLimit-Reset`. Servers send these two with every answer, so that they mean a wait only when the limit is hit.
#[must_use]
pub fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(value) = text("retry-after") {
        let date = || httpdate::parse_http_date(value).ok()?.duration_since(SystemTime::now()).ok();
        return seconds(value).or_else(date);
    }
    if status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    ["x-ratelimit-reset", "ratelimit-reset"].iter().find_map(|name| {
        let value = seconds(text(name)?)?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        // Some servers say when, others in how many seconds; nobody's window lasts thirty years.
        Some(if value.as_secs() > 1_000_000_000 { value.saturating_sub(now) } else { value })
    })
}

fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.trim().parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}
