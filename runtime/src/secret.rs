//! Texts that must not be shown.

use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use std::fmt;

/// A text that `Debug` does not show.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Decode for Secret {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.text().map(Self).map_err(DecodeError::without_value)
    }
}

impl Encode for Secret {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(&self.0)
    }
}

crate::model!(Secret);
