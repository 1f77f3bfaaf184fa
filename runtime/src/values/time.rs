//! Dates and times. The received string is stored, so that it is written back unchanged, and so that an invalid one
//! does not fail the whole response.

use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use jiff::Timestamp;
use jiff::tz::Offset;
use std::fmt;
use std::str::FromStr;

/// Implements a type that stores its string. `$spelled` checks the form of the standard, because the parsers accept more.
macro_rules! stored_string {
    ($name:ident, $spelled:expr) => {
        impl $name {
            /// Returns the string as it is sent and received.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Decode for $name {
            fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
                let rejects_unknown = source.rejects_unknown();
                let text = source.text()?;
                // In a union, another variant may match.
                if rejects_unknown && !$spelled(text.as_bytes()) {
                    return Err(DecodeError::new(stringify!($name), text));
                }
                if rejects_unknown { text.parse() } else { Ok(Self(text)) }
            }
        }

        impl Encode for $name {
            fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                sink.text(&self.0)
            }
        }
    };
}

/// A point in time (RFC 3339, section 5.6).
///
/// `"2026-01-01T00:00:00Z".parse()?` makes one from a string, and `into()` from a `jiff::Timestamp` (crate `jiff` 1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateTime(String);

stored_string!(DateTime, |text: &[u8]| matches!(text.get(10), Some(b'T' | b't' | b' ')));

impl DateTime {
    /// Parses the point in time. A string without an offset is read as UTC; see [`has_offset`](Self::has_offset).
    /// Digits beyond nanoseconds are dropped.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the received string is not a date and time, or is after 9999-12-30T22:00:00Z, the
    /// limit of `jiff::Timestamp`. [`civil`](Self::civil) has no such limit.
    pub fn timestamp(&self) -> Result<Timestamp, DecodeError> {
        let Parts { local, offset } = Parts::of(&self.0);
        let other = || format!("{}{}", nanoseconds(local), offset.unwrap_or("Z"));
        self.0.parse().or_else(|_: jiff::Error| other().parse()).map_err(|_: jiff::Error| {
            let known = self.civil().is_ok() && (offset.is_none() || self.offset().is_some());
            let expected = if known { "a date and time before 9999-12-30T22:00:00Z" } else { "a date and time" };
            DecodeError::new(expected, self.0.clone())
        })
    }

    /// Parses the date and the time of day as written, whatever the offset. Digits beyond nanoseconds are dropped.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the received string is not a date and time.
    pub fn civil(&self) -> Result<jiff::civil::DateTime, DecodeError> {
        let local = nanoseconds(Parts::of(&self.0).local);
        local.parse().map_err(|_| DecodeError::new("a date and time", self.0.clone()))
    }

    /// Returns `true` when the string has an offset: `Z`, or one such as `+02:00`. RFC 3339 requires one, but some
    /// servers omit it for local times.
    #[must_use]
    pub fn has_offset(&self) -> bool {
        Parts::of(&self.0).offset.is_some()
    }

    /// Returns the offset from UTC, if the string has one.
    #[must_use]
    pub fn offset(&self) -> Option<Offset> {
        Parts::of(&self.0).offset.and_then(parse_offset)
    }
}

/// Parses an offset: `Z`, `+02:00`, or a form of it without colons, minutes or with seconds, which `jiff` also reads.
fn parse_offset(offset: &str) -> Option<Offset> {
    if offset.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = offset.split_at_checked(1)?;
    let digits: String = digits.split(':').collect();
    let pair = |at: usize| digits.get(at..at + 2)?.parse().ok().filter(|part: &i32| *part < 60);
    let minutes = if digits.len() > 2 { pair(2)? } else { 0 };
    let seconds = if digits.len() > 4 { pair(4)? } else { 0 };
    let plain =
        digits.len().is_multiple_of(2) && digits.len() <= 6 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let whole = plain.then_some(pair(0)? * 3600 + minutes * 60 + seconds)?;
    Offset::from_seconds(if sign == "-" { -whole } else { whole }).ok()
}

/// The parts of a date and time.
struct Parts<'t> {
    local: &'t str,
    offset: Option<&'t str>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        // The suffix of RFC 9557 does not change the point in time.
        let text = text.split('[').next().unwrap_or_default();
        let time = text.find(['T', 't', ' ']).unwrap_or(text.len());
        let offset = text.get(time..).and_then(|rest| rest.find(['Z', 'z', '+', '-']));
        match offset.and_then(|at| text.split_at_checked(time + at)) {
            Some((local, offset)) => Self { local, offset: Some(offset) },
            None => Self { local: text, offset: None },
        }
    }
}

/// Returns a time without the digits of a second beyond the ninth.
fn nanoseconds(time: &str) -> &str {
    let fraction = time.find(['.', ',']).map(|at| at + 1);
    let digits =
        |from: usize| time.get(from..).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    match fraction.filter(|from| digits(*from)) {
        Some(from) => time.get(..from + 9).unwrap_or(time),
        None => time,
    }
}

impl FromStr for DateTime {
    type Err = DecodeError;

    /// Checks that the string is a date and time, also one beyond `jiff::Timestamp`, and stores the string.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let value = Self(text.to_owned());
        let beyond = value.civil().is_ok() && value.offset().is_some();
        value.timestamp().map(drop).or_else(|error| if beyond { Ok(()) } else { Err(error) }).map(|()| value)
    }
}

impl From<Timestamp> for DateTime {
    fn from(time: Timestamp) -> Self {
        Self(time.to_string())
    }
}

/// A day (RFC 3339, `full-date`).
///
/// `"2026-01-01".parse()?` makes one from a string, and `into()` from a `jiff::civil::Date` (crate `jiff` 1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Date(String);

stored_string!(Date, |text: &[u8]| text.len() == 10 && text.get(4) == Some(&b'-'));

impl Date {
    /// Parses the day.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the received string is not a date.
    pub fn day(&self) -> Result<jiff::civil::Date, DecodeError> {
        self.0.parse().map_err(|_| DecodeError::new("a date", self.0.clone()))
    }
}

impl FromStr for Date {
    type Err = DecodeError;

    /// Checks that the string is a date, and stores it.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let value = Self(text.to_owned());
        value.day().map(|_| value)
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(day: jiff::civil::Date) -> Self {
        Self(day.to_string())
    }
}

/// A time of day (RFC 3339, `full-time`; the offset may be missing).
///
/// `"12:30:00Z".parse()?` makes one from a string, and `into()` from a `jiff::civil::Time` (crate `jiff` 1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Time(String);

stored_string!(Time, |text: &[u8]| text.get(2) == Some(&b':'));

impl Time {
    /// Parses the time, without its offset. [`as_str`](Self::as_str) includes the offset.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the received string is not a time of day, or continues after its offset.
    pub fn time(&self) -> Result<jiff::civil::Time, DecodeError> {
        let (local, offset) = self.0.split_at(self.0.find(['Z', 'z', '+', '-']).unwrap_or(self.0.len()));
        let known = offset.is_empty() || parse_offset(offset).is_some();
        let time = known.then(|| nanoseconds(local).parse().ok()).flatten();
        time.ok_or_else(|| DecodeError::new("a time of day", self.0.clone()))
    }
}

impl FromStr for Time {
    type Err = DecodeError;

    /// Checks that the string is a time of day, and stores it.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let value = Self(text.to_owned());
        value.time().map(|_| value)
    }
}

impl From<jiff::civil::Time> for Time {
    fn from(time: jiff::civil::Time) -> Self {
        Self(time.to_string())
    }
}

/// A duration (RFC 3339, appendix A: `P1DT12H`).
///
/// `"P1DT12H".parse()?` makes one from a string, and `into()` from a `jiff::Span` (crate `jiff` 1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration(String);

stored_string!(Duration, |text: &[u8]| matches!(text, [b'P' | b'p', ..] | [b'-' | b'+', b'P' | b'p', ..]));

impl Duration {
    /// Parses the duration, in units from years to nanoseconds.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the received string is not a duration.
    pub fn span(&self) -> Result<jiff::Span, DecodeError> {
        self.0.parse().map_err(|_| DecodeError::new("a duration", self.0.clone()))
    }
}

impl FromStr for Duration {
    type Err = DecodeError;

    /// Checks that the string is a duration, and stores it.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let value = Self(text.to_owned());
        value.span().map(|_| value)
    }
}

impl From<jiff::Span> for Duration {
    fn from(span: jiff::Span) -> Self {
        Self(span.to_string())
    }
}

crate::model!(DateTime);

crate::model!(Date);

crate::model!(Time);

crate::model!(Duration);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_beyond_what_jiff_holds_are_made_from_texts() {
        for text in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999999999+00:00", "9999-12-31t23:59:59-02:00"] {
            let time: DateTime = text.parse().unwrap();
            assert_eq!((time.as_str(), time.has_offset()), (text, true));
            assert_eq!(time.civil().unwrap().year(), 9999);
            assert!(time.timestamp().unwrap_err().to_string().contains("before 9999-12-30T22:00:00Z"));
        }
        for text in ["9999-12-31T23:59:59+", "9999-12-31T23:59:59+1", "9999-13-31T23:59:59Z", "9999-12-31", "x"] {
            assert!(text.parse::<DateTime>().is_err(), "{text}");
        }
    }

    #[test]
    fn any_number_of_digits_of_a_second_is_read() {
        let time: DateTime = "2025-01-02T03:04:05.1234567891234+01:00".parse().unwrap();
        assert_eq!(time.timestamp().unwrap().to_string(), "2025-01-02T02:04:05.123456789Z");
        assert_eq!(time.civil().unwrap().to_string(), "2025-01-02T03:04:05.123456789");
        let time: Time = "03:04:05.1234567891Z".parse().unwrap();
        assert_eq!(time.time().unwrap().to_string(), "03:04:05.123456789");
        assert!("2025-01-02T03:04:05.12345678912x4Z".parse::<DateTime>().is_err());
    }

    #[test]
    fn only_an_offset_follows_a_time_of_day() {
        for text in ["12:00:00", "12:00:00Z", "12:00:00z", "12:00:00.5+02:00", "12:00:00-0230", "12:00:00+02"] {
            assert_eq!(text.parse::<Time>().unwrap().time().unwrap().hour(), 12, "{text}");
        }
        for text in ["12:00:00Zrubbish", "12:00:00+", "12:00:00+02:00Z", "12:00:00-2", "12:00:00+02:60", "12:00:00+99"]
        {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }

    #[test]
    fn durations_have_many_digits_signs_and_fractions() {
        for text in ["P9999Y", "P99999M", "P999999W", "P999999D", "PT99999999H", "PT999999999M", "PT99999999999S"] {
            assert!(text.parse::<Duration>().is_ok(), "{text}");
        }
        for text in ["-PT1.5S", "+P1W2D", "p2y", "PT99999999.999999999H", "P9999Y99999M999999W999999DT99999999H1.5S"] {
            assert!(text.parse::<Duration>().is_ok(), "{text}");
        }
    }

    #[test]
    fn offsets_are_there_or_not() {
        let of = |text: &str| text.parse::<DateTime>().unwrap();
        let naive = of("2025-01-02T03:04:05.5");
        assert_eq!((naive.has_offset(), naive.offset()), (false, None));
        assert_eq!(naive.timestamp().unwrap(), of("2025-01-02T03:04:05.5Z").timestamp().unwrap());
        let east = of("2025-01-02 03:04:05+05:30[Asia/Kolkata]");
        assert_eq!(east.offset().unwrap().seconds(), 19_800);
        assert_eq!(of("2025-01-02T03:04:05-02").offset().unwrap().seconds(), -7200);
        assert_eq!(of("2025-01-02T03:04:05z").offset(), Some(Offset::UTC));
        assert_eq!(of("2025-01-02T03:04:05+01:00").civil().unwrap().hour(), 3);
    }
}
