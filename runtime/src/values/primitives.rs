//! The codec of plain values: numbers, strings, lists, boxes.

use crate::codec::context::{grow, shrink, spend};
use crate::codec::tree::Tree;
use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use crate::secrets::{Secret, collect_named};
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use base64::{Engine, alphabet};
use bytes::Bytes;
use serde_json::Value;
use std::borrow::Cow;

macro_rules! integers {
    ($($kind:ty),*) => {$(
        impl Decode for $kind {
            fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
                let value = source.integer()?;
                Self::try_from(value).map_err(|_| DecodeError::new(stringify!($kind), value.to_string()))
            }
        }

        impl Encode for $kind {
            fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
                sink.integer(i128::from(*self))
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Decode for f64 {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.number()
    }
}

impl Encode for f64 {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.number(*self)
    }
}

impl Decode for f32 {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let value = source.number()?;
        #[expect(clippy::cast_possible_truncation, reason = "the document says 32 bits")]
        let narrow = value as Self;
        if narrow.is_finite() { Ok(narrow) } else { Err(DecodeError::new("f32", value.to_string())) }
    }
}

impl Encode for f32 {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        // Converts by the digits: widening would write 0.1 as 0.10000000149011612.
        sink.number(self.to_string().parse().unwrap_or_else(|_| f64::from(*self)))
    }
}

impl Decode for bool {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.bool()
    }
}

impl Encode for bool {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.bool(*self)
    }
}

impl Decode for String {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.text()
    }
}

impl Encode for String {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(self)
    }
}

impl Decode for Secret {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.text().map(Self::from).map_err(DecodeError::without_value)
    }
}

impl Encode for Secret {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        self.collect();
        sink.text(self.expose())
    }
}

crate::model!(Secret);

impl Encode for str {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(self)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        (**self).encode(sink)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

impl Decode for Value {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        // Any value matches. A copy that is dropped would slow the checks of deep values down.
        if source.tree().is_some_and(Tree::is_check) {
            return Ok(Self::Null);
        }
        source.any()
    }
}

impl Encode for Value {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        collect_named("", self);
        sink.any(self)
    }
}

impl Decode for () {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.option(&mut |source| {
            let found = source.any()?;
            Err(DecodeError::new("null", found.to_string()))
        })?;
        Ok(())
    }
}

impl Encode for () {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.null()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        if let Some(is_null) = source.null()? {
            return if is_null { Ok(None) } else { T::decode(source).map(Some) };
        }
        let mut value = None;
        source.option(&mut |source| {
            value = Some(T::decode(source)?);
            Ok(())
        })?;
        Ok(value)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match self {
            Some(value) => value.encode(sink),
            None => sink.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let mut items = Self::new();
        source.list(&mut |source| {
            let item = T::decode(source)?;
            if items.len() == items.capacity() {
                grow(&mut items, source)?;
            }
            items.push(item);
            Ok(())
        })?;
        shrink(&mut items, source);
        Ok(items)
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.list(&mut self.iter().map(|item| item as &dyn Encode))
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        self.as_slice().encode(sink)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let value = T::decode(source)?;
        spend(size_of::<T>(), source)?;
        Ok(Self::new(value))
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        (**self).encode(sink)
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }
}

/// Base64 with and without padding.
const EITHER: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const USUAL: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, EITHER);
const FOR_URLS: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, EITHER);

/// Bytes that are sent as a Base64 string (RFC 4648, section 4). The received string is stored: it may also have the
/// alphabet for URLs and file names (section 5), no padding, or line breaks (RFC 2045).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Base64(String);

impl Base64 {
    /// Decodes the bytes.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the received string is not Base64.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        let joined: Cow<'_, str> = match self.0.contains(|c: char| c.is_ascii_whitespace()) {
            true => self.0.split_ascii_whitespace().collect::<String>().into(),
            false => self.0.as_str().into(),
        };
        let alphabet = if joined.contains(['-', '_']) { &FOR_URLS } else { &USUAL };
        let decoded = alphabet.decode(&*joined).map(Bytes::from);
        decoded.map_err(|error| DecodeError::new("Base64", error.to_string()))
    }

    /// Returns the string as it is sent and received.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(STANDARD.encode(bytes))
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(STANDARD.encode(bytes))
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self(STANDARD.encode(bytes))
    }
}

impl Decode for Base64 {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let rejects_unknown = source.rejects_unknown();
        let value = source.text().map(Self)?;
        // In a union, another variant may match.
        if rejects_unknown {
            value.bytes()?;
        }
        Ok(value)
    }
}

impl Encode for Base64 {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.text(&self.0)
    }
}

crate::model!(Base64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_round_trips_in_every_usual_spelling() {
        for text in ["+/8=", "+/8", "-_8=", "-_8", "+/\r\n8=\r\n"] {
            let value: Base64 = crate::from_json_slice(serde_json::to_string(text).unwrap().as_bytes()).unwrap();
            assert_eq!(value.bytes().unwrap(), Bytes::from_static(&[0xFB, 0xFF]), "{text}");
            assert_eq!(value.as_str(), text);
        }
        for text in ["+_8=", "a", "é", "AB=C"] {
            assert!(Base64(text.to_owned()).bytes().is_err(), "{text}");
        }
        assert_eq!(Base64::from(&[0xFB, 0xFF][..]).as_str(), "+/8=");
    }
}
