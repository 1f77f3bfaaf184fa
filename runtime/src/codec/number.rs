//! Numbers of any size, stored as their digits, for values beyond 64 bits and floats.

use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use serde::de::IgnoredAny;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A number of any size as JSON writes it. Numbers of the same value are equal: `1.0` and `1`, `1e3` and `1000`.
#[derive(Debug, Clone)]
pub struct Number(Box<str>);

impl Number {
    /// Returns the digits as they are sent and received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the whole number, if it is one and fits 128 bits.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        let parts = Parts::of(&self.0);
        let zeros = usize::try_from(parts.exponent).ok().filter(|zeros| *zeros < 40)?;
        let sign = if parts.negative { "-" } else { "" };
        format!("{sign}{}{}", if parts.digits.is_empty() { "0" } else { &parts.digits }, "0".repeat(zeros)).parse().ok()
    }

    /// Returns the nearest float.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}

/// A number in normal form: its digits from the first to the last that is not zero, and the power of ten.
#[derive(PartialEq, Eq, Hash)]
struct Parts {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Parts {
    fn of(text: &str) -> Self {
        let (unsigned, negative) = text.strip_prefix('-').map_or((text, false), |rest| (rest, true));
        let (decimal, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
        // An exponent beyond 64 bits exceeds any memory.
        let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let exponent: i64 = exponent.trim_start_matches('+').parse().unwrap_or(beyond);
        let all = format!("{whole}{fraction}");
        let digits = all.trim_end_matches('0');
        let moved = i64::try_from(all.len() - digits.len()).unwrap_or(0) - i64::try_from(fraction.len()).unwrap_or(0);
        let digits = digits.trim_start_matches('0').to_owned();
        let zero = digits.is_empty();
        Self { negative: negative && !zero, exponent: if zero { 0 } else { exponent.saturating_add(moved) }, digits }
    }

    /// Compares absolute values: by the position of the first digit, then by the digits.
    fn compare(&self, other: &Self) -> Ordering {
        let first = |parts: &Self| parts.exponent.saturating_add(i64::try_from(parts.digits.len()).unwrap_or(i64::MAX));
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => first(self).cmp(&first(other)).then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || Parts::of(&self.0) == Parts::of(&other.0)
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Parts::of(&self.0).hash(state);
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = (Parts::of(&self.0), Parts::of(&other.0));
        match (one.negative, two.negative) {
            (false, false) => one.compare(&two),
            (true, true) => two.compare(&one),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Number {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let starts = text.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        let ends = text.ends_with(|c: char| c.is_ascii_digit());
        // A float out of range is still a valid number.
        let valid = serde_json::from_str::<IgnoredAny>(text).is_ok();
        if starts && ends && valid {
            Ok(Self(text.into()))
        } else {
            Err(DecodeError::new("a number", format!("{text:?}")))
        }
    }
}

macro_rules! whole {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Number {
            fn from(value: $kind) -> Self {
                Self(value.to_string().into())
            }
        }
    )*};
}

whole!(i32, u32, i64, u64, i128, u128);

impl Decode for Number {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.digits()?.parse()
    }
}

impl Encode for Number {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.digits(&self.0)
    }
}

crate::model!(Number);
