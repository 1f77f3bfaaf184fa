//! What servers say about waiting: `Retry-After`, and how much of a rate limit is left.

use crate::clock::SystemTime;
use http::{HeaderMap, StatusCode};
use std::time::Duration;

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), `Retry-After-Ms` in milliseconds; for status 429
/// also when the limit starts anew. Servers say that with every answer, so that it means a wait only when the limit is
/// hit. Times are compared with the response's own `Date`, so that a clock that is wrong here changes nothing.
#[must_use]
pub fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    // One that is no time hides nothing.
    if let Some(exact) = text(headers, "retry-after-ms").and_then(millis) {
        return Some(exact);
    }
    if let Some(value) = text(headers, "retry-after") {
        let date = || http_date(value)?.checked_sub(server_time(headers));
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

/// `X-RateLimit-Limit`, `-Remaining` and `-Reset` or `-Reset-After`, the same without `X-` and as `X-Rate-Limit-`, and `RateLimit` as one structured field, in the
/// older and the newer spelling of the drafts of the IETF.
pub(crate) fn limit_of(headers: &HeaderMap) -> Option<Limit> {
    let field = |name: &str| {
        ["ratelimit", "x-ratelimit", "x-rate-limit"].iter().find_map(|start| text(headers, &format!("{start}-{name}")))
    };
    let count = |text: &str| text.split([',', ';']).next()?.trim().parse().ok();
    let limit = Limit {
        whole: field("limit").and_then(count),
        remaining: field("remaining").and_then(count),
        reset: field("reset-after").or_else(|| field("reset")).and_then(|value| until(value, headers)),
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
        reset: member(["reset", "t"]).and_then(|value| until(value, headers)),
    })
}

/// The time until a reset. Servers give it as seconds from now, or as the time of the reset: in seconds since 1970 or in
/// thousandths, millionths or billionths of them, as an HTTP date, or as RFC 3339 has it. The size of a number tells which:
/// no window lasts thirty years, and no server counts its resets beyond the year 5000.
fn until(value: &str, headers: &HeaderMap) -> Option<Duration> {
    let from_now = |at: Duration| at.saturating_sub(server_time(headers));
    let counted = number(value).or_else(|| number(value.split([',', ';']).next()?));
    let Some(count) = counted else {
        let written = value.trim().parse::<jiff::Timestamp>().ok();
        let written = || Duration::try_from(written?.as_duration()).ok();
        return http_date(value).or_else(written).map(from_now);
    };
    let unit = match count {
        _ if count < 1e9 => return Duration::try_from_secs_f64(count).ok(),
        _ if count < 1e11 => 1.0,
        _ if count < 1e14 => 1e3,
        _ if count < 1e17 => 1e6,
        _ => 1e9,
    };
    Duration::try_from_secs_f64(count / unit).ok().map(from_now)
}

/// The server's clock when it sent the response, since 1970: `Date` (RFC 9110, section 6.6.1) with the `Age` that a cache
/// adds (RFC 9111, section 5.1); without a `Date`, the clock of this machine.
fn server_time(headers: &HeaderMap) -> Duration {
    let age = || text(headers, "age")?.trim().parse().ok().map(Duration::from_secs);
    let date = text(headers, "date").and_then(http_date);
    date.map_or_else(now, |date| date.saturating_add(age().unwrap_or_default()))
}

fn http_date(value: &str) -> Option<Duration> {
    httpdate::parse_http_date(value.trim()).ok()?.duration_since(std::time::UNIX_EPOCH).ok()
}

fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

fn seconds(text: &str) -> Option<Duration> {
    duration(text, 1.0)
}

fn millis(text: &str) -> Option<Duration> {
    duration(text, 1000.0)
}

/// A time in parts of a second. One that no clock can hold is the longest one: the server did ask to wait.
fn duration(text: &str, parts: f64) -> Option<Duration> {
    Some(Duration::try_from_secs_f64(number(text)? / parts).unwrap_or(Duration::MAX))
}

/// A number that is not negative; words such as `inf` are none.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| text.parse().ok())?
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
            (vec![("retry-after", "9"), ("retry-after-ms", "-250")], Some(9.0)),
            (vec![("retry-after", "9"), ("retry-after-ms", "soon")], Some(9.0)),
            (vec![("retry-after", "-9"), ("retry-after-ms", "inf")], None),
            (vec![("retry-after", "NaN")], None),
            (vec![("retry-after", "99999999999999999999999")], Some(Duration::MAX.as_secs_f64())),
            (vec![("retry-after-ms", "99999999999999999999999999")], Some(Duration::MAX.as_secs_f64())),
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
            (
                vec![("x-rate-limit-remaining", "3"), ("x-rate-limit-reset", "9"), ("x-rate-limit-reset-after", "2")],
                limit(None, Some(3), Some(2)),
            ),
            (vec![("ratelimit", "limit=100, remaining=50, reset=5")], limit(Some(100), Some(50), Some(5))),
            (vec![("ratelimit", "\"default\";r=50;t=30")], limit(None, Some(50), Some(30))),
            (vec![("content-type", "text/plain")], None),
        ] {
            assert_eq!(limit_of(&headers(&pairs)), expected, "{pairs:?}");
        }
    }

    #[test]
    fn resets_are_read_in_every_unit() {
        let at = now() + Duration::from_secs(60);
        let written = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(60);
        let system = std::time::SystemTime::now() + Duration::from_secs(60);
        for value in [
            "60".to_owned(),
            "60.0".to_owned(),
            "60;w=60".to_owned(),
            at.as_secs().to_string(),
            format!("{:.3}", at.as_secs_f64()),
            at.as_millis().to_string(),
            at.as_micros().to_string(),
            at.as_nanos().to_string(),
            written.to_string(),
            httpdate::fmt_http_date(system),
        ] {
            for name in ["x-ratelimit-reset", "ratelimit-reset"] {
                let reset = limit_of(&headers(&[(name, &value)])).unwrap().reset.unwrap();
                assert!((58..=60).contains(&reset.as_secs()), "{value}: {reset:?}");
            }
            let one = format!("limit=9, remaining=0, reset={value}");
            let one = limit_of(&headers(&[("ratelimit", &one)])).unwrap().reset;
            assert!(one.is_none_or(|reset| (58..=60).contains(&reset.as_secs())), "{value}: {one:?}");
        }
        for value in ["-1", "nan", "inf", "1e400", "soon", ""] {
            assert_eq!(limit_of(&headers(&[("x-ratelimit-reset", value)])), None, "{value}");
        }
    }

    #[test]
    fn times_are_compared_with_the_date_of_the_response() {
        // The server's clock says the year 2033.
        let pairs = |reset: &'static str| {
            [("date", "Wed, 18 May 2033 03:33:20 GMT"), ("x-ratelimit-reset", reset), ("x-ratelimit-remaining", "0")]
        };
        for reset in ["2000000030", "2000000030000", "2033-05-18T03:33:50Z", "Wed, 18 May 2033 03:33:50 GMT", "30"] {
            let limit = limit_of(&headers(&pairs(reset))).unwrap();
            assert_eq!(limit.reset, Some(Duration::from_secs(30)), "{reset}");
        }
        let mut later = headers(&pairs("2000000030"));
        later.insert("age", HeaderValue::from_static("10"));
        assert_eq!(limit_of(&later).unwrap().reset, Some(Duration::from_secs(20)));
        let date = [("date", "Wed, 18 May 2033 03:33:20 GMT"), ("retry-after", "Wed, 18 May 2033 03:33:25 GMT")];
        let wait = retry_after(StatusCode::SERVICE_UNAVAILABLE, &headers(&date));
        assert_eq!(wait, Some(Duration::from_secs(5)));
    }
}
