//! Values of a format that servers do not always follow.

use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use serde_json::Value;

/// A value of a format, or the server's value of another form, which is written back unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lenient<T> {
    /// A value as the description defines it.
    Value(T),
    /// Any other value.
    Other(Unread),
}

/// A received value that does not have its format. Only decoding creates it, so it never holds a valid value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unread(Box<Value>);

impl Unread {
    /// Returns the received JSON.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.0
    }
}

impl<T> Lenient<T> {
    /// Returns the value if it has its format.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// Returns the value if it has its format, and consumes the wrapper.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// Returns the received value if it does not have its format.
    #[must_use]
    pub const fn other(&self) -> Option<&Value> {
        match self {
            Self::Value(_) => None,
            Self::Other(other) => Some(other.json()),
        }
    }
}

impl<T> From<T> for Lenient<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Decode> Decode for Lenient<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        // Values of a tree can be read twice, and share the results of their trials.
        if let Some(tree) = source.tree() {
            return match T::decode(&mut tree.strict()) {
                Ok(value) => Ok(Self::Value(value)),
                // In a union, a variant that matches any value is of no use.
                Err(error) if tree.rejects_unknown() => Err(error),
                Err(_) => Ok(Self::Other(Unread(Box::new(tree.stored())))),
            };
        }
        let (json, trials) = (source.any()?, TrialResults::default());
        match T::decode(&mut Tree::new(&json, &trials).within(source.context())) {
            Ok(value) => Ok(Self::Value(value)),
            Err(_) => Ok(Self::Other(Unread(Box::new(json)))),
        }
    }
}

impl<T: Encode> Encode for Lenient<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match self {
            Self::Value(value) => value.encode(sink),
            Self::Other(other) => sink.any(other.json()),
        }
    }
}

impl<T: Encode> serde::Serialize for Lenient<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::codec::json::serialize(self, serializer)
    }
}

impl<'de, T: Decode> serde::Deserialize<'de> for Lenient<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::codec::json::deserialize(deserializer)
    }
}
