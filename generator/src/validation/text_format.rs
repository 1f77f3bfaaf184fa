//! Formats of strings. A string of an unknown format always fits.

use std::net::{Ipv4Addr, Ipv6Addr};
use toml::value::Datetime;

/// Returns true if a string has a format. The runtime reads dates and times without an offset, so they fit too.
pub(crate) fn fits(format: &str, text: &str) -> bool {
    match format {
        "date-time" => date_or_time(text).is_some_and(|found| found.date.is_some() && found.time.is_some()),
        "date" => is_date(text),
        "time" => is_time(text.split(['Z', 'z', '+', '-']).next().unwrap_or_default()),
        "uuid" => is_uuid(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "email" => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
        "uri" | "url" => text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)),
        "byte" | "base64" => text.chars().all(|sign| sign.is_ascii_alphanumeric() || "+/-_=\r\n ".contains(sign)),
        _ => true,
    }
}

/// Returns true for a date and a time with an offset.
pub(crate) fn is_date_time(text: &str) -> bool {
    date_or_time(text).is_some_and(|found| found.offset.is_some())
}

/// Returns true for a date.
pub(crate) fn is_date(text: &str) -> bool {
    date_or_time(text).is_some_and(|found| found.time.is_none())
}

/// Returns true for a time of day.
pub(crate) fn is_time(text: &str) -> bool {
    date_or_time(text).is_some_and(|found| found.date.is_none())
}

/// A date, a time of day, or both by RFC 3339, as the TOML parser reads them too. TOML allows times without seconds, and the
/// runtime fractions of up to nine digits.
fn date_or_time(text: &str) -> Option<Datetime> {
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let found: Datetime = text.parse().ok().filter(|_| digits <= 9)?;
    found.time.is_none_or(|time| time.second.is_some()).then_some(found)
}

/// Returns true for a duration such as `P1DT12H`: whole numbers of units, each unit at most once and in its order.
pub(crate) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let is_some = !date.is_empty() || time.is_some();
    is_some && has_units(date, "YMWD") && time.is_none_or(|time| !time.is_empty() && has_units(time, "HMS"))
}

fn has_units(mut text: &str, mut units: &str) -> bool {
    while !text.is_empty() {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, rest) = text.split_at(end);
        let Some(unit) = rest.chars().next().filter(char::is_ascii_uppercase) else { return false };
        let Some(at) = units.find(unit).filter(|_| (1..=4).contains(&number.len())) else { return false };
        units = units.get(at + 1..).unwrap_or_default();
        text = rest.get(1..).unwrap_or_default();
    }
    true
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let is_hex = |part: &str, length: usize| part.len() == length && part.bytes().all(|sign| sign.is_ascii_hexdigit());
    lengths.iter().all(|length| parts.next().is_some_and(|part| is_hex(part, *length))) && parts.next().is_none()
}

fn is_scheme(scheme: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "+-.".contains(sign);
    scheme.starts_with(|sign: char| sign.is_ascii_alphabetic()) && scheme.chars().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn strings_have_their_formats() {
        for (format, text, is_valid) in [
            ("date-time", "2026-01-31T12:00:00Z", true),
            ("date-time", "2026-01-31T12:00:00", true),
            ("date-time", "2026-01-31", false),
            ("date", "2024-02-29", true),
            ("date", "31.01.2026", false),
            ("time", "12:00:00Z", true),
            ("time", "noon", false),
            ("uuid", "123e4567-e89b-12d3-a456-426614174000", true),
            ("uuid", "123e4567-e89b-12d3-a456", false),
            ("email", "a@example.com", true),
            ("email", "a", false),
            ("uri", "https://example.com", true),
            ("uri", "/relative", false),
            ("ipv4", "192.0.2.300", false),
            ("ipv6", "2001:db8::1", true),
            ("byte", "aGk=", true),
            ("byte", "ä", false),
            ("unknown", "", true),
        ] {
            assert_eq!(fits(format, text), is_valid, "{format} {text}");
        }
    }
}
