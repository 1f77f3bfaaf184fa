//! What servers say about waiting: `Retry-After`, and how much of a rate limit is left.

use crate::transport::clock::SystemTime;
use http::{HeaderMap, StatusCode};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), `Retry-After-Ms` in milliseconds; for status 429
/// also when the limit starts anew. Servers say that with every answer, so that it means a wait only when the limit is
/// hit. Times are compared with the response's own `Date`, so that a clock that is wrong here changes nothing. A line that is no
/// time hides no other one.
#[must_use]
pub fn retry_after(status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
    let exact =
        || ["retry-after-ms", "x-ms-retry-after-ms"].iter().find_map(|name| lines(headers, name).find_map(millis));
    let asked = || lines(headers, "retry-after").find_map(|line| asked(line, headers));
    let reset = || (status == StatusCode::TOO_MANY_REQUESTS).then(|| limit_of(headers)).flatten()?.reset;
    exact().or_else(asked).or_else(reset)
}

/// One line of `Retry-After`. Some servers give the time itself in seconds or milliseconds since 1970, or a unit (`3s`).
fn asked(line: &str, headers: &HeaderMap) -> Option<Duration> {
    let since = |date: Duration| date.checked_sub(server_time(headers));
    match number(line).or_else(|| number(line.split(',').next()?)) {
        Some(count) if (1e9..1e11).contains(&count) => since(Duration::try_from_secs_f64(count).ok()?),
        Some(count) if (1e11..1e14).contains(&count) => since(Duration::try_from_secs_f64(count / 1e3).ok()?),
        Some(count) => Some(Duration::try_from_secs_f64(count).unwrap_or(Duration::MAX)),
        None => with_units(line).or_else(|| since(date(line)?)),
    }
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

impl Limit {
    const NOTHING: Self = Self { whole: None, remaining: None, reset: None };

    /// How near it is to its end, as far as it says when that is: few calls left, and of none left the longest wait.
    fn rank(&self) -> (bool, u64, Reverse<Option<Duration>>) {
        (self.reset.is_none(), self.remaining.unwrap_or(u64::MAX), Reverse(self.reset))
    }
}

/// `X-RateLimit-Limit`, `-Remaining` and `-Reset` or `-Reset-After`, the same without `X-`, as `X-Rate-Limit-` and behind the name
/// of a vendor, and `RateLimit` as one structured field, in the older and the newer spelling of the drafts of the IETF. Of
/// several limits (`X-RateLimit-Remaining-Minute`, `Anthropic-RateLimit-Tokens-Remaining`, `"daily";r=0;t=60`) it is the one that
/// is used up first.
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
        // The newer spelling gives each limit a name first.
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
    // Kong says the reset once, for the limit that is used up first.
    let reset = all.get("").and_then(|limit| limit.reset);
    let all = all.into_values().map(|limit| Limit { reset: limit.reset.or(reset), ..limit });
    let said = all.filter(|limit| limit.remaining.is_some() || limit.reset.is_some());
    said.min_by_key(Limit::rank)
}

/// What a member of a limit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Remaining,
    Reset,
    /// The same in milliseconds.
    ResetMs,
}

impl Limit {
    /// Takes in one member, unless it is known.
    fn learn(&mut self, kind: Kind, value: &str, headers: &HeaderMap) {
        match kind {
            Kind::Whole => self.whole = self.whole.or_else(|| count(value)),
            Kind::Remaining => self.remaining = self.remaining.or_else(|| count(value)),
            Kind::Reset => self.reset = self.reset.or_else(|| until(value, headers)),
            Kind::ResetMs => self.reset = self.reset.or_else(|| millis(value)),
        }
    }
}

/// A header that is about a limit.
struct Field<'h> {
    name: &'h str,
    /// The name of the limit, where there are several.
    limit: &'h str,
    kind: Kind,
    /// Standard names go before others.
    rank: usize,
}

impl<'h> Field<'h> {
    /// Takes a name apart: `x-ratelimit-remaining-tokens`, `anthropic-ratelimit-tokens-remaining`.
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

/// The items of a list whose strings are in quotes (RFC 9651, section 3.1).
fn items(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    line.split(move |c: char| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
}

/// A number of calls; some servers write `98.0`.
fn count(text: &str) -> Option<u64> {
    let text = text.split([',', ';']).next()?.trim();
    text.split_once('.').map_or(text, |(whole, _)| whole).parse().ok()
}

/// The time until a reset. Servers give it as seconds from now, or as the time of the reset: in seconds since 1970 or in
/// thousandths, millionths or billionths of them, as an HTTP date, as RFC 3339 has it, or with units (`1m30s`). The size of a number tells which:
/// no window lasts thirty years, and no server counts its resets beyond the year 5000.
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

/// The server's clock when it sent the response, since 1970: `Date` (RFC 9110, section 6.6.1) with the `Age` that a cache
/// adds (RFC 9111, section 5.1); without a `Date`, the clock of this machine.
fn server_time(headers: &HeaderMap) -> Duration {
    let age = || lines(headers, "age").next()?.trim().parse().ok().map(Duration::from_secs);
    let date = lines(headers, "date").find_map(date);
    date.map_or_else(now, |date| date.saturating_add(age().unwrap_or_default()))
}

/// A date since 1970: of HTTP, also as mail writes it (a day of one digit, an offset), or of RFC 3339.
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

/// A time with units: `6m0s`, `250ms`.
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

/// Milliseconds. A time that no clock can hold is the longest one: the server did ask to wait.
fn millis(text: &str) -> Option<Duration> {
    Some(Duration::try_from_secs_f64(number(text)? / 1000.0).unwrap_or(Duration::MAX))
}

/// A number that is not negative; words such as `inf` are none.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests;
