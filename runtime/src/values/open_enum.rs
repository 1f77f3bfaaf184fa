//! Enums with a fallback variant for values that the description does not list.

use crate::codec::context::spend;
#[cfg(feature = "drift")]
use crate::codec::drift::Unlisted;
use crate::codec::{Decode, DecodeError, EncodeError, Sink, Source};
use serde_json::Value;

/// A value that the description does not list. Only decoding and `From<&str>` of the enum create it, and both check the
/// listed values first, so it never holds a listed value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownText(Box<UnlistedValue>);

/// Boxed, because the fallback variant is rare and would enlarge every model with an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct UnlistedValue {
    text: String,
    /// The JSON of a value that is not a string.
    json: Option<String>,
}

impl UnknownText {
    fn new(text: String, json: Option<String>) -> Self {
        Self(Box::new(UnlistedValue { text, json }))
    }

    /// Returns the string, or the JSON of a value that is not a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Returns `true` when the server did not send a string.
    #[must_use]
    pub const fn is_not_a_string(&self) -> bool {
        self.0.json.is_some()
    }

    fn write(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match &self.0.json {
            None => sink.text(&self.0.text),
            Some(json) => {
                let value: Value = serde_json::from_str(json).map_err(|error| EncodeError::new(error.to_string()))?;
                sink.any(&value)
            }
        }
    }
}

/// An open enum of strings.
pub trait OpenEnum: Clone + 'static {
    /// The listed values as they are sent and received.
    const NAMES: &'static [&'static str];
    /// The variants of the listed values, in the same order.
    const LISTED: &'static [Self];
    /// Creates the fallback variant.
    fn unknown(text: UnknownText) -> Self;
    /// Returns the value as it is sent and received.
    fn as_str(&self) -> &str;
    /// Returns the value if the description does not list it.
    fn as_unknown(&self) -> Option<&UnknownText> {
        None
    }
}

/// Returns the index of a listed value, or the number of them for any other string.
pub(super) fn index(names: &[&str], text: &str) -> usize {
    names.iter().position(|name| *name == text).unwrap_or(names.len())
}

/// Returns the variant of a string.
#[inline]
pub fn from_text<T: OpenEnum>(text: &str) -> T {
    match T::LISTED.get(index(T::NAMES, text)) {
        Some(listed) => listed.clone(),
        None => T::unknown(UnknownText::new(text.to_owned(), None)),
    }
}

/// Reads an open enum of strings.
///
/// # Errors
/// Returns a [`DecodeError`] when there is no value, or an unlisted one where a union looks for a variant that knows
/// it.
#[inline]
pub fn decode<T: OpenEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    Ok(match read(source, T::NAMES)? {
        Read::Unlisted(text) => T::unknown(text),
        Read::Listed(index) => match T::LISTED.get(index) {
            Some(listed) => listed.clone(),
            None => return Err(DecodeError::new("a listed value", "another one")),
        },
    })
}

/// A value of an open enum. The functions that know the enum are compiled for each one, so they do as little as possible.
enum Read {
    /// The index of a listed value.
    Listed(usize),
    Unlisted(UnknownText),
}

fn read(source: &mut dyn Source, names: &[&str]) -> Result<Read, DecodeError> {
    let rejects_unknown = source.rejects_unknown();
    let (mut listed, mut text, mut other) = (names.len(), None, None);
    source.text_or(
        &mut |found| {
            listed = index(names, found);
            text = (listed == names.len()).then(|| found.to_owned());
        },
        &mut |found: Value| other = Some(found),
    )?;
    if listed < names.len() {
        return Ok(Read::Listed(listed));
    }
    if rejects_unknown {
        return Err(DecodeError::new("a listed value", "another one"));
    }
    spend(size_of::<UnlistedValue>(), source)?;
    #[cfg(feature = "drift")]
    if let Some(recovery) = source.recovery() {
        recovery.record(Unlisted::Value);
    }
    Ok(Read::Unlisted(match text {
        Some(text) => UnknownText::new(text, None),
        None => {
            let json = other.unwrap_or_default().to_string();
            UnknownText::new(json.clone(), Some(json))
        }
    }))
}

/// Writes an open enum of strings.
///
/// # Errors
/// Returns an [`EncodeError`] when the sink fails.
#[inline]
pub fn encode<T: OpenEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    match value.as_unknown() {
        None => sink.text(value.as_str()),
        Some(unknown) => unknown.write(sink),
    }
}

/// A number that the description does not list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    /// Returns the number.
    #[must_use]
    pub const fn get(&self) -> i64 {
        self.0
    }
}

/// An open enum of integers.
pub trait OpenIntegerEnum: Sized {
    /// Returns the variant of a listed value.
    fn known(value: i64) -> Option<Self>;
    /// Creates the fallback variant.
    fn unknown(value: UnknownInteger) -> Self;
    /// Returns the number.
    fn as_i64(&self) -> i64;
}

/// Returns the variant of a number.
#[inline]
pub fn from_integer<T: OpenIntegerEnum>(value: i64) -> T {
    T::known(value).unwrap_or_else(|| T::unknown(UnknownInteger(value)))
}

/// Reads an open enum of integers.
///
/// # Errors
/// Returns a [`DecodeError`] when there is no integer of 64 bits, or an unlisted one where a union looks for a variant
/// that knows it.
#[inline]
pub fn decode_integer<T: OpenIntegerEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    let rejects_unknown = source.rejects_unknown();
    let value = i64::decode(source)?;
    match T::known(value) {
        Some(known) => Ok(known),
        None if rejects_unknown => Err(DecodeError::new("a listed number", value.to_string())),
        None => {
            #[cfg(feature = "drift")]
            if let Some(recovery) = source.recovery() {
                recovery.record(Unlisted::Value);
            }
            Ok(from_integer(value))
        }
    }
}

/// Writes an open enum of integers.
///
/// # Errors
/// Returns an [`EncodeError`] when the sink fails.
#[inline]
pub fn encode_integer<T: OpenIntegerEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.integer(i128::from(value.as_i64()))
}
