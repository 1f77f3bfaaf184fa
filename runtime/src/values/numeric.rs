//! Numbers that a server may send as strings.

use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use serde_json::Value;
use std::fmt;
use std::ops::Deref;

/// A number that the description also allows as a string, such as `"12"`. It dereferences to the number and converts
/// from one with `into()`. A number that was received as a string is written as the same string.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Numeric<T> {
    value: T,
    string: Option<Box<str>>,
}

impl<T> Numeric<T> {
    /// Returns the number.
    #[must_use]
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the received string, if the number was a string.
    #[must_use]
    pub fn string(&self) -> Option<&str> {
        self.string.as_deref()
    }
}

impl<T> From<T> for Numeric<T> {
    fn from(value: T) -> Self {
        Self { value, string: None }
    }
}

impl<T> Deref for Numeric<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq<T> for Numeric<T> {
    fn eq(&self, other: &T) -> bool {
        self.value == *other
    }
}

impl<T: fmt::Display> fmt::Display for Numeric<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: Decode> Decode for Numeric<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        if let Some(tree) = source.tree() {
            return match T::decode(&mut tree.strict()) {
                Ok(value) => Ok(Self::from(value)),
                Err(error) => in_string(tree.value()).ok_or(error),
            };
        }
        let (json, trials) = (source.any()?, TrialResults::default());
        match T::decode(&mut Tree::new(&json, &trials).within(source.context())) {
            Ok(value) => Ok(Self::from(value)),
            Err(error) => in_string(&json).ok_or(error),
        }
    }
}

/// Parses a string that holds a number and nothing else. Leading zeros and a plus sign, which JSON does not allow, are
/// ignored.
fn in_string<T: Decode>(json: &Value) -> Option<Numeric<T>> {
    let string = json.as_str()?;
    let (sign, digits) =
        string.strip_prefix('-').map_or(("", string.strip_prefix('+').unwrap_or(string)), |digits| ("-", digits));
    if !digits.starts_with(|first: char| first.is_ascii_digit()) || digits.ends_with(char::is_whitespace) {
        return None;
    }
    let short = digits.trim_start_matches('0');
    let zero = if short.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    let number: Value = serde_json::from_str(&format!("{sign}{zero}{short}")).ok().filter(Value::is_number)?;
    let value = T::decode(&mut Tree::new(&number, &TrialResults::default())).ok()?;
    Some(Numeric { value, string: Some(string.into()) })
}

impl<T: Encode> Encode for Numeric<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match &self.string {
            Some(string) => sink.text(string),
            None => self.value.encode(sink),
        }
    }
}

impl<T: Encode> serde::Serialize for Numeric<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::codec::json::serialize(self, serializer)
    }
}

impl<'de, T: Decode> serde::Deserialize<'de> for Numeric<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::codec::json::deserialize(deserializer)
    }
}
