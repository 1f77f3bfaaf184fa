//! Dates and times. The text of the wire is kept, so that it is written back as it came, and so that an odd one does
//! not lose the rest of a response.

use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use jiff::Timestamp;
use std::fmt;
use std::str::FromStr;

/// A text that is kept as it came, and how the standard spells it: parsers take more than that.
macro_rules! kept_text {
    ($name:ident, $spelled:expr) => {
        impl $name {
            /// As on the wire.
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
                let whole = source.is_whole();
                let text = source.text()?;
                // A union that looks for the variant that fits: another one may be meant.
                if whole && !$spelled(text.as_bytes()) {
                    return Err(DecodeError::new(stringify!($name), text));
                }
                if whole { text.parse() } else { Ok(Self(text)) }
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateTime(String);

kept_text!(DateTime, |text: &[u8]| matches!(text.get(10), Some(b'T' | b't' | b' ')));

impl DateTime {
    /// The point in time. A text without an offset is taken as UTC.
    ///
    /// # Errors
    /// When the text, which a server sent, is no date and time.
    pub fn timestamp(&self) -> Result<Timestamp, DecodeError> {
        let utc = || format!("{}Z", self.0).parse();
        self.0.parse().or_else(|_: jiff::Error| utc()).map_err(|_| DecodeError::new("a date and time", self.0.clone()))
    }
}

impl FromStr for DateTime {
    type Err = DecodeError;

    /// Keeps the text when it is a date and time.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let kept = Self(text.to_owned());
        kept.timestamp().map(|_| kept)
    }
}

impl From<Timestamp> for DateTime {
    fn from(time: Timestamp) -> Self {
        Self(time.to_string())
    }
}

/// A day (RFC 3339, `full-date`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Date(String);

kept_text!(Date, |text: &[u8]| text.len() == 10 && text.get(4) == Some(&b'-'));

impl Date {
    /// The day.
    ///
    /// # Errors
    /// When the text, which a server sent, is no date.
    pub fn day(&self) -> Result<jiff::civil::Date, DecodeError> {
        self.0.parse().map_err(|_| DecodeError::new("a date", self.0.clone()))
    }
}

impl FromStr for Date {
    type Err = DecodeError;

    /// Keeps the text when it is a date.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let kept = Self(text.to_owned());
        kept.day().map(|_| kept)
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(day: jiff::civil::Date) -> Self {
        Self(day.to_string())
    }
}

/// A time of day (RFC 3339, `full-time`; the offset may be missing).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Time(String);

kept_text!(Time, |text: &[u8]| text.get(2) == Some(&b':'));

impl Time {
    /// The time, whatever its offset: [`as_str`](Self::as_str) has that.
    ///
    /// # Errors
    /// When the text, which a server sent, is no time of day.
    pub fn time(&self) -> Result<jiff::civil::Time, DecodeError> {
        let local = self.0.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
        local.parse().map_err(|_| DecodeError::new("a time of day", self.0.clone()))
    }
}

impl FromStr for Time {
    type Err = DecodeError;

    /// Keeps the text when it is a time of day.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let kept = Self(text.to_owned());
        kept.time().map(|_| kept)
    }
}

impl From<jiff::civil::Time> for Time {
    fn from(time: jiff::civil::Time) -> Self {
        Self(time.to_string())
    }
}

/// How long something takes (RFC 3339, appendix A: `P1DT12H`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duration(String);

kept_text!(Duration, |text: &[u8]| matches!(text, [b'P' | b'p', ..] | [b'-' | b'+', b'P' | b'p', ..]));

impl Duration {
    /// Years to nanoseconds.
    ///
    /// # Errors
    /// When the text, which a server sent, is no duration.
    pub fn span(&self) -> Result<jiff::Span, DecodeError> {
        self.0.parse().map_err(|_| DecodeError::new("a duration", self.0.clone()))
    }
}

impl FromStr for Duration {
    type Err = DecodeError;

    /// Keeps the text when it is a duration.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let kept = Self(text.to_owned());
        kept.span().map(|_| kept)
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
