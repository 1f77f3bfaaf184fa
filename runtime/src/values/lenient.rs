//! Values of a format that servers do not always keep to.

use crate::codec::tree::{Tree, Trials};
use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use serde_json::Value;

/// A value, or what the server sent in its place, which is written again as it came.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lenient<T> {
    /// What the document promises.
    Value(T),
    /// Something else.
    Other(Unread),
}

/// What the server sent in place of a value. Made by reading only: so it never holds what could be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unread(Box<Value>);

impl Unread {
    /// The JSON that came.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.0
    }
}

impl<T> Lenient<T> {
    /// The value, if the server kept to the document.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// The value itself, if the server kept to the document.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Other(_) => None,
        }
    }

    /// What came in place of a value.
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
        // Values of a tree can be looked at twice, and share what is known of their trials.
        if let Some(tree) = source.tree() {
            return match T::decode(&mut tree.strict()) {
                Ok(value) => Ok(Self::Value(value)),
                // A union that looks for the variant that fits has no use for one that fits anything.
                Err(error) if tree.is_whole() => Err(error),
                Err(_) => Ok(Self::Other(Unread(Box::new(tree.kept())))),
            };
        }
        let (json, trials) = (source.any()?, Trials::default());
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
