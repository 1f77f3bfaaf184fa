//! Enums that keep a value that the document does not know.

use crate::codec::context::spend;
use crate::codec::{Decode, DecodeError, EncodeError, Sink, Source};
use serde_json::Value;

/// A value that the document does not know. Made by reading one, or by `From<&str>` of the enum, which takes the known
/// case first: so the unknown case never holds a known value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownText(Box<Foreign>);

/// Boxed: the unknown case is rare, and every model with an enum would be as large as it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Foreign {
    text: String,
    /// JSON text, when the server sent something else than a string.
    json: Option<String>,
}

impl UnknownText {
    fn new(text: String, json: Option<String>) -> Self {
        Self(Box::new(Foreign { text, json }))
    }

    /// The text, or the JSON of what came instead of one.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether the server sent something else than a string.
    #[must_use]
    pub const fn is_foreign(&self) -> bool {
        self.0.json.is_some()
    }
}

/// What an open text enum tells the runtime.
pub trait OpenEnum: Sized {
    /// The known values, as on the wire.
    const NAMES: &'static [&'static str];
    /// The case of a known value.
    fn known(text: &str) -> Option<Self>;
    /// The case of every other value.
    fn unknown(text: UnknownText) -> Self;
    /// As on the wire.
    fn as_str(&self) -> &str;
    /// The value that the document does not know, if it is one.
    fn as_unknown(&self) -> Option<&UnknownText> {
        None
    }
}

/// The case of a text.
pub fn from_text<T: OpenEnum>(text: &str) -> T {
    T::known(text).unwrap_or_else(|| T::unknown(UnknownText::new(text.to_owned(), None)))
}

/// Reads an open text enum.
///
/// # Errors
/// When there is no value at all, or an unknown one where a type must know all of it.
pub fn decode<T: OpenEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    let whole = source.is_whole();
    let (mut text, mut other) = (None, None);
    source.text_or(&mut |found| text = Some(from_text::<T>(found)), &mut |found: Value| other = Some(found))?;
    if whole && text.as_ref().is_none_or(|text| text.as_unknown().is_some()) {
        return Err(DecodeError::new("a listed value", "another one"));
    }
    if text.as_ref().is_none_or(|text| text.as_unknown().is_some()) {
        spend(size_of::<Foreign>(), source)?;
    }
    if let Some(text) = text {
        return Ok(text);
    }
    let json = other.unwrap_or_default().to_string();
    Ok(T::unknown(UnknownText::new(json.clone(), Some(json))))
}

/// Writes an open text enum.
///
/// # Errors
/// When the sink fails.
pub fn encode<T: OpenEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    match value.as_unknown().and_then(|unknown| unknown.0.json.as_deref()) {
        None => sink.text(value.as_str()),
        Some(json) => {
            let value: Value = serde_json::from_str(json).map_err(|error| EncodeError::new(error.to_string()))?;
            sink.any(&value)
        }
    }
}

/// A number that the document does not know.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    /// The number.
    #[must_use]
    pub const fn get(&self) -> i64 {
        self.0
    }
}

/// What an open integer enum tells the runtime.
pub trait OpenIntegerEnum: Sized {
    /// The case of a known value.
    fn known(value: i64) -> Option<Self>;
    /// The case of every other value.
    fn unknown(value: UnknownInteger) -> Self;
    /// The number.
    fn as_i64(&self) -> i64;
}

/// The case of a number.
pub fn from_integer<T: OpenIntegerEnum>(value: i64) -> T {
    T::known(value).unwrap_or_else(|| T::unknown(UnknownInteger(value)))
}

/// Reads an open integer enum.
///
/// # Errors
/// When there is no whole number of 64 bits, or an unknown one where a type must know all of it.
pub fn decode_integer<T: OpenIntegerEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    let whole = source.is_whole();
    let value = i64::decode(source)?;
    match T::known(value) {
        Some(known) => Ok(known),
        None if whole => Err(DecodeError::new("a listed number", value.to_string())),
        None => Ok(from_integer(value)),
    }
}

/// Writes an open integer enum.
///
/// # Errors
/// When the sink fails.
pub fn encode_integer<T: OpenIntegerEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.integer(i128::from(value.as_i64()))
}
