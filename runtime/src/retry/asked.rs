//! What servers say about waiting: `Retry-After`, and how much of a rate limit is left.

use crate::clock::SystemTime;
use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), `Retry-After-Ms` in milliseconds; for status 429
/// also when the limit starts anew. Servers say that with every answer, so that it means a wait only when the limit is
/// hit.
#[must_use]
pub fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    if let Some(exact) = text(headers, "retry-after-ms").and_then(number) {
        return Duration::try_from_secs_f64(exact / 1000.0).ok();
    }
    if let Some(value) = text(headers, "retry-after") {
        let date = || {
            let at = httpdate::parse_http_date(value).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
            at.checked_sub(now())
        };
        return seconds(value).or_else(date);
    }
    (status == StatusCode::TOO_MANY_REQUESTS).then(|| limit_of(headers)).flatten()?.reset
}

/// What is left of a rate limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Calls in a window.
    pub(crate) whole: Option<u64>,
    /// Calls left in this one.
    pub(crate) remaining: Option<u64>,
    /// Until the next window.
    pub(crate) reset: Option<Duration>,
}

/// `X-RateLimit-Limit`, `-Remaining` and `-Reset`, the same without `X-`, and `RateLimit` as one structured field, in the
/// older and the newer spelling of the drafts of the IETF.
pub(crate) fn limit_of(headers: &HeaderMap) -> Option<Limit> {
    let field = |name: &str| {
        let short = text(headers, &format!("ratelimit-{name}"));
        short.or_else(|| text(headers, &format!("x-ratelimit-{name}")))
    };
    let count = |text: &str| text.split([',', ';']).next()?.trim().parse().ok();
    let limit = Limit {
        whole: field("limit").and_then(count),
        remaining: field("remaining").and_then(count),
        reset: field("reset").and_then(seconds).map(from_now),
    };
    if limit.remaining.is_some() || limit.reset.is_some() {
        return Some(limit);
    }
    let one = text(headers, "ratelimit")?;
    let member = |names: [&str; 2]| {
        let mut members = one.split([',', ';']).filter_map(|member| member.split_once('='));
        members.find(|(name, _)| names.contains(&name.trim())).map(|(_, value)| value.trim())
    };
    Some(Limit {
        whole: member(["limit", "q"]).and_then(|value| value.parse().ok()),
        remaining: member(["remaining", "r"]).and_then(|value| value.parse().ok()),
        reset: member(["reset", "t"]).and_then(seconds),
    })
}

/// Some servers say when, others in how many seconds; nobody's window lasts thirty years.
fn from_now(value: Duration) -> Duration {
    if value.as_secs() > 1_000_000_000 { value.saturating_sub(now()) } else { value }
}

fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(number(text)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn waits_are_read_in_every_spelling() {
        let busy = StatusCode::SERVICE_UNAVAILABLE;
        let soon = httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(100));
        for (pairs, expected) in [
            (vec![("retry-after", "3")], Some(3.0)),
            (vec![("retry-after", " 1.5 ")], Some(1.5)),
            (vec![("retry-after", "9"), ("retry-after-ms", "250")], Some(0.25)),
            (vec![("retry-after", "Fri, 31 Dec 1999 23:59:59 GMT")], None),
            (vec![("retry-after", "soon")], None),
            (vec![("x-ratelimit-reset", "5")], None),
            (vec![], None),
        ] {
            let wait = retry_after(busy, &headers(&pairs)).map(|wait| wait.as_secs_f64());
            assert_eq!(wait, expected, "{pairs:?}");
        }
        let wait = retry_after(busy, &headers(&[("retry-after", &soon)])).unwrap().as_secs();
        assert!((98..=100).contains(&wait), "{wait}");
        let hit = retry_after(StatusCode::TOO_MANY_REQUESTS, &headers(&[("x-ratelimit-reset", "5")]));
        assert_eq!(hit, Some(Duration::from_secs(5)));
    }

    #[test]
    fn limits_are_read_in_every_spelling() {
        let limit = |whole, remaining, reset| {
            Some(Limit { whole, remaining, reset: Option::<u64>::map(reset, Duration::from_secs) })
        };
        for (pairs, expected) in [
            (
                vec![("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "30")],
                limit(Some(100), Some(7), Some(30)),
            ),
            (
                vec![("ratelimit-limit", "10, 10;w=60"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "4")],
                limit(Some(10), Some(0), Some(4)),
            ),
            (vec![("ratelimit", "limit=100, remaining=50, reset=5")], limit(Some(100), Some(50), Some(5))),
            (vec![("ratelimit", "\"default\";r=50;t=30")], limit(None, Some(50), Some(30))),
            (vec![("content-type", "text/plain")], None),
        ] {
            assert_eq!(limit_of(&headers(&pairs)), expected, "{pairs:?}");
        }
        let at = (now() + Duration::from_secs(60)).as_secs().to_string();
        let reset = limit_of(&headers(&[("x-ratelimit-reset", &at)])).unwrap().reset.unwrap();
        assert!((58..=60).contains(&reset.as_secs()), "{reset:?}");
    }
}
