//! Headers about waiting: `Retry-After` and rate limits.

use crate::transport::clock::SystemTime;
use http::{HeaderMap, StatusCode};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

/// The time in `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), or in `Retry-After-Ms` in
/// milliseconds; where a rate limit refuses a call also its reset. Servers send the reset with every response, so
/// it is a wait only when the limit is reached. Times are compared with the response's own `Date`, so that a wrong
/// clock here has no effect. An invalid line does not hide another one.
#[must_use]
pub fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let exact =
        || ["retry-after-ms", "x-ms-retry-after-ms"].iter().find_map(|name| lines(headers, name).find_map(millis));
    let retry_after = || lines(headers, "retry-after").find_map(|line| parse(line, headers));
    let reset = || is_rate_limited(status, headers).then(|| limit_of(headers)).flatten()?.reset;
    exact().or_else(retry_after).or_else(reset)
}

/// Returns true for a response that refuses a call because of a rate limit: 429, and 403 with `Retry-After` or with no calls
/// left, as GitHub sends it.
pub fn is_rate_limited(status: StatusCode, headers: &HeaderMap) -> bool {
    let has_limit =
        || headers.contains_key("retry-after") || limit_of(headers).is_some_and(|limit| limit.remaining == Some(0));
    status == StatusCode::TOO_MANY_REQUESTS || (status == StatusCode::FORBIDDEN && has_limit())
}

/// Parses one line of `Retry-After`. Some servers send a time in seconds or milliseconds since 1970, or a unit (`3s`).
fn parse(line: &str, headers: &HeaderMap) -> Option<Duration> {
    let since = |date: Duration| date.checked_sub(server_time(headers));
    match number(line).or_else(|| number(line.split(',').next()?)) {
        Some(count) if (1e9..1e11).contains(&count) => since(Duration::try_from_secs_f64(count).ok()?),
        Some(count) if (1e11..1e14).contains(&count) => since(Duration::try_from_secs_f64(count / 1e3).ok()?),
        Some(count) => Some(Duration::try_from_secs_f64(count).unwrap_or(Duration::MAX)),
        None => with_units(line).or_else(|| since(date(line)?)),
    }
}

/// The state of a rate limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Calls in a window.
    pub(crate) whole: Option<u64>,
    /// Calls left in this one.
    pub(crate) remaining: Option<u64>,
    /// Until the next window.
    pub(crate) reset: Option<Duration>,
}

impl Limit {
    const NOTHING: Self = Self { whole: None, remaining: None, reset: None };

    /// Order of urgency: fewest calls left first; with none left, the longest wait first.
    fn rank(&self) -> (bool, u64, Reverse<Option<Duration>>) {
        (self.reset.is_none(), self.remaining.unwrap_or(u64::MAX), Reverse(self.reset))
    }
}

/// Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset` or `-Reset-After`, the same without `X-`, as `X-Rate-Limit-`
/// and behind the name of a vendor, and `RateLimit` as one structured field in the older and newer spelling of the IETF
/// drafts. Of several limits (`X-RateLimit-Remaining-Minute`, `Anthropic-RateLimit-Tokens-Remaining`,
/// `"daily";r=0;t=60`) it returns the most urgent.
pub(crate) fn limit_of(headers: &HeaderMap) -> Option<Limit> {
    let mut all: BTreeMap<String, Limit> = BTreeMap::new();
    let mut fields: Vec<Field<'_>> = headers.keys().filter_map(|name| Field::of(name.as_str())).collect();
    fields.sort_by_key(|field| (field.rank, field.name));
    for field in fields {
        let limit = all.entry(field.limit.to_owned()).or_insert(Limit::NOTHING);
        lines(headers, field.name).for_each(|line| limit.learn(field.kind, line, headers));
    }
    for item in lines(headers, "ratelimit").flat_map(items) {
        let mut members = item.split(';').map(str::trim);
        // In the newer spelling each limit starts with a name.
        let name = members.clone().next().filter(|name| !name.contains('=')).unwrap_or_default();
        let limit = all.entry(name.to_owned()).or_insert(Limit::NOTHING);
        while let Some((name, value)) = members.find_map(|member| member.split_once('=')) {
            let kind = match name.trim() {
                "limit" | "q" => Kind::Whole,
                "remaining" | "r" => Kind::Remaining,
                "reset" | "t" => Kind::Reset,
                _ => continue,
            };
            limit.learn(kind, value.trim(), headers);
        }
    }
    // Kong sends one reset, for the limit that is used up first.
    let reset = all.get("").and_then(|limit| limit.reset);
    let all = all.into_values().map(|limit| Limit { reset: limit.reset.or(reset), ..limit });
    let known = all.filter(|limit| limit.remaining.is_some() || limit.reset.is_some());
    known.min_by_key(Limit::rank)
}

/// Kinds of values of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Remaining,
    Reset,
    /// The reset in milliseconds.
    ResetMs,
}

impl Limit {
    /// Records one value, unless it is known.
    fn learn(&mut self, kind: Kind, value: &str, headers: &HeaderMap) {
        match kind {
            Kind::Whole => self.whole = self.whole.or_else(|| count(value)),
            Kind::Remaining => self.remaining = self.remaining.or_else(|| count(value)),
            Kind::Reset => self.reset = self.reset.or_else(|| until(value, headers)),
            Kind::ResetMs => self.reset = self.reset.or_else(|| millis(value)),
        }
    }
}

/// A header of a rate limit.
struct Field<'h> {
    name: &'h str,
    /// Name of the limit, if there are several.
    limit: &'h str,
    kind: Kind,
    /// Rank of the header: standard names come first.
    rank: usize,
}

impl<'h> Field<'h> {
    /// Parses a name such as `x-ratelimit-remaining-tokens` or `anthropic-ratelimit-tokens-remaining`.
    fn of(name: &'h str) -> Option<Self> {
        let (vendor, rest) = name.split_once("ratelimit-").or_else(|| name.split_once("rate-limit-"))?;
        if !vendor.is_empty() && !vendor.ends_with('-') {
            return None;
        }
        let kinds = [
            ("reset-after", Kind::Reset, 0),
            ("reset-ms", Kind::ResetMs, 0),
            ("reset", Kind::Reset, 1),
            ("remaining", Kind::Remaining, 1),
            ("limit", Kind::Whole, 1),
        ];
        let start = |kind: &str| rest.strip_prefix(kind).filter(|limit| limit.is_empty() || limit.starts_with('-'));
        let end = |kind: &str| rest.strip_suffix(kind).filter(|limit| limit.ends_with('-'));
        kinds.into_iter().find_map(|(word, kind, rank)| {
            let limit = start(word).or_else(|| end(word))?.trim_matches('-');
            let rank = 4 * rank + usize::from(!vendor.is_empty()) + usize::from(name.contains("rate-limit"));
            Some(Self { name, limit, kind, rank })
        })
    }
}

/// The items of a list with quoted strings (RFC 9651, section 3.1).
fn items(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    line.split(move |c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
}

/// Parses a number of calls. Some servers write `98.0`.
fn count(text: &str) -> Option<u64> {
    let text = text.split([',', ';']).next()?.trim();
    text.split_once('.').map_or(text, |(whole, _)| whole).parse().ok()
}

/// Parses the time until a reset. Servers send seconds from now, or the time of the reset: in seconds, milliseconds,
/// microseconds or nanoseconds since 1970, as an HTTP date, as RFC 3339, or with units (`1m30s`). The size of a number
/// decides: no window lasts thirty years, and no reset is after the year 5000.
fn until(value: &str, headers: &HeaderMap) -> Option<Duration> {
    let from_now = |at: Duration| at.saturating_sub(server_time(headers));
    let counted = number(value).or_else(|| number(value.split([',', ';']).next()?));
    let Some(count) = counted else {
        return with_units(value).or_else(|| date(value).map(from_now));
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

/// The server's clock when it sent the response, since 1970: `Date` (RFC 9110, section 6.6.1) plus the `Age` of a cache
/// (RFC 9111, section 5.1); without `Date`, the clock of this machine.
fn server_time(headers: &HeaderMap) -> Duration {
    let age = || lines(headers, "age").next()?.trim().parse().ok().map(Duration::from_secs);
    let date = lines(headers, "date").find_map(date);
    date.map_or_else(now, |date| date.saturating_add(age().unwrap_or_default()))
}

/// Parses a date as the time since 1970: an HTTP date, also in the form of mail (a day of one digit, an offset), or RFC
/// 3339.
fn date(value: &str) -> Option<Duration> {
    let value = value.trim();
    let http = || httpdate::parse_http_date(value).ok()?.duration_since(std::time::UNIX_EPOCH).ok();
    let since = |at: jiff::Timestamp| Duration::try_from(at.as_duration()).ok();
    let mail = || {
        let value = value.strip_suffix("UTC").map_or_else(|| value.to_owned(), |value| format!("{value}GMT"));
        jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(value).ok().and_then(since)
    };
    http().or_else(|| value.parse().ok().and_then(since)).or_else(mail)
}

/// Parses a time with units: `6m0s`, `250ms`.
fn with_units(text: &str) -> Option<Duration> {
    let (mut rest, mut sum) = (text.trim(), None::<Duration>);
    while !rest.is_empty() {
        let (digits, behind) = rest.split_at(rest.find(|c: char| c != '.' && !c.is_ascii_digit())?);
        let (unit, behind) =
            behind.split_at(behind.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(behind.len()));
        let seconds = match unit.trim() {
            "d" => 86400.0,
            "h" => 3600.0,
            "m" | "min" => 60.0,
            "s" | "sec" | "seconds" => 1.0,
            "ms" => 1e-3,
            "us" | "µs" => 1e-6,
            "ns" => 1e-9,
            _ => return None,
        };
        let part = Duration::try_from_secs_f64(number(digits)? * seconds).unwrap_or(Duration::MAX);
        sum = Some(sum.unwrap_or_default().saturating_add(part));
        rest = behind;
    }
    sum
}

fn now() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// The lines of a header.
fn lines<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    headers.get_all(name).iter().filter_map(|line| line.to_str().ok())
}

/// Parses milliseconds. A time beyond the clock's range is the longest one, since the server did ask to wait.
fn millis(text: &str) -> Option<Duration> {
    Some(Duration::try_from_secs_f64(number(text)? / 1000.0).unwrap_or(Duration::MAX))
}

/// Parses a number that is not negative. Words such as `inf` are invalid.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests;
