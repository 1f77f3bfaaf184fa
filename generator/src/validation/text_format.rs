//! Formats of strings. A string of an unknown format always fits.

use std::borrow::Cow;
use std::net::{Ipv4Addr, Ipv6Addr};
use toml::value::{Datetime, Offset};

/// Returns true if a string has a format. The runtime reads dates and times without an offset, so they fit too.
pub(crate) fn fits(format: &str, text: &str) -> bool {
    match format {
        "date-time" => date_or_time(text).is_some_and(|found| found.date.is_some() && found.time.is_some()),
        "date" => is_date(text),
        "time" => date_or_time(&format!("1970-01-01T{text}")).is_some(),
        "duration" => is_duration(text),
        "uuid" => is_uuid(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "email" => text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
        "uri" | "url" => text.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)),
        "byte" | "base64" => text.chars().all(|c| c.is_ascii_alphanumeric() || "+/-_=\r\n ".contains(c)),
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

/// A date, a time of day, or both by RFC 3339, as the TOML parser reads them too. TOML allows times without seconds and
/// offsets of a day, and the runtime fractions of up to nine digits.
fn date_or_time(text: &str) -> Option<Datetime> {
    let fraction = text.split_once('.').map_or("", |(_, rest)| rest);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let found: Datetime = text.parse().ok().filter(|_| digits <= 9)?;
    let is_offset =
        |offset| matches!(offset, Offset::Custom { minutes } if minutes.abs() < 24 * 60) || offset == Offset::Z;
    let is_whole = found.time.is_none_or(|time| time.second.is_some()) && found.offset.is_none_or(is_offset);
    is_whole.then_some(found)
}

/// Returns true for a duration such as `P1DT12H` (RFC 3339, appendix A). A minus sign and a fraction of the last unit of time, such
/// as in `-PT1.5S`, are not in the standard, but servers write them and the runtime reads them.
pub(crate) fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let Some(rest) = text.strip_prefix(['P', 'p']) else { return false };
    let (date, time) = rest.split_once(['T', 't']).map_or((rest, None), |(date, time)| (date, Some(time)));
    let is_some = !date.is_empty() || time.is_some();
    let is_time = |time: &str| !time.is_empty() && has_units(&without_fraction(time), &TIME_UNITS);
    is_some && has_units(date, &DATE_UNITS) && time.is_none_or(is_time)
}

/// Units in their order, with the most digits of which the runtime reads every number.
const DATE_UNITS: [(char, usize); 4] = [('Y', 4), ('M', 5), ('W', 6), ('D', 6)];
/// As [`DATE_UNITS`].
const TIME_UNITS: [(char, usize); 3] = [('H', 8), ('M', 9), ('S', 11)];

/// Removes the fraction of the last unit, of at most nine digits.
fn without_fraction(time: &str) -> Cow<'_, str> {
    let parts = time.split_once('.').and_then(|(whole, rest)| {
        let (end, unit) = rest.char_indices().next_back()?;
        Some((whole, rest.get(..end)?, unit))
    });
    match parts {
        Some((whole, digits, unit)) if (1..=9).contains(&digits.len()) && has_only_digits(digits) => {
            Cow::Owned(format!("{whole}{unit}"))
        }
        _ => Cow::Borrowed(time),
    }
}

/// Returns true if a text has whole numbers of units, each unit at most once and in its order.
fn has_units(mut text: &str, mut units: &[(char, usize)]) -> bool {
    while let Some(end) = text.find(|c: char| !c.is_ascii_digit()) {
        let (number, rest) = text.split_at(end);
        let mut characters = rest.chars();
        let unit = characters.next().map(|unit| unit.to_ascii_uppercase());
        let Some(at) = units.iter().position(|(known, _)| Some(*known) == unit) else { return false };
        let Some(((_, most), others)) = units.get(at..).and_then(<[_]>::split_first) else { return false };
        if !(1..=*most).contains(&number.len()) {
            return false;
        }
        (text, units) = (characters.as_str(), others);
    }
    text.is_empty()
}

fn has_only_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let is_hex = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit());
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
            ("date-time", "2026-01-31T12:00:00+24:00", false),
            ("time", "12:00:00Z", true),
            ("time", "12:00:00z", true),
            ("time", "12:00:00", true),
            ("time", "12:00:00.25-23:59", true),
            ("time", "12:00:00Zrubbish", false),
            ("time", "12:00:00+02", false),
            ("time", "12:00:00+24:00", false),
            ("time", "12:00:00+02:60", false),
            ("time", "12:00:00+02:00Z", false),
            ("time", "12:00:00-", false),
            ("time", "noon", false),
            ("duration", "P1DT12H", true),
            ("duration", "P4W", true),
            ("duration", "PT360000S", true),
            ("duration", "-PT1.5S", true),
            ("duration", "PT1.5H30M", false),
            ("duration", "P1.5D", false),
            ("duration", "P1D12H", false),
            ("duration", "p2y", true),
            ("duration", "P1DT", false),
            ("duration", "P1M1Y", false),
            ("duration", "P5", false),
            ("duration", "PT1.S", false),
            ("duration", "Pä", false),
            ("duration", "PT", false),
            ("duration", "1h", false),
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
