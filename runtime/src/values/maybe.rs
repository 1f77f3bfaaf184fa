//! A field that may be absent, null or a value, where the description distinguishes them.

use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use std::ops::Deref;

/// An absent field, an explicit `null`, or a value.
///
/// The setter `with_tag` of a generated type sets the field `tag` to a value, and `with_tag_null` to `null`. A field that
/// nothing sets is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Maybe<T> {
    /// An absent field, which is not sent.
    #[default]
    Absent,
    /// An explicit `null`.
    Null,
    /// A value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Returns a reference to the value.
    pub const fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// Returns the value. Absent and null are both `None`.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns a reference to the value. Absent and null are both `None`.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value as what it dereferences to: `Option<&str>` of a `Maybe<String>`. Absent and null are both `None`.
    pub fn as_deref(&self) -> Option<&T::Target>
    where
        T: Deref,
    {
        self.as_option().map(Deref::deref)
    }

    /// Returns `true` when the field is absent.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns `true` for an explicit `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Applies a function to the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(change(value)),
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// Converts `None` to absent: nothing is sent, because an explicit `null` could erase the server's value.
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

/// Absent and null are both `None`.
impl<T> From<Maybe<T>> for Option<T> {
    fn from(value: Maybe<T>) -> Self {
        value.value()
    }
}

impl<T: Decode> Decode for Maybe<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        Ok(Option::<T>::decode(source)?.map_or(Self::Null, Self::Value))
    }

    fn absent() -> Option<Self> {
        Some(Self::Absent)
    }
}

impl<T: Encode> Encode for Maybe<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match self {
            Self::Value(value) => value.encode(sink),
            Self::Absent | Self::Null => sink.null(),
        }
    }

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}
