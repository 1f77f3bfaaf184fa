//! Enums without a fallback variant, where the settings request it: any other value is an error that names it.

use crate::codec::{Decode, DecodeError, EncodeError, Sink, Source};
use std::fmt::Display;

/// A closed enum of strings.
pub trait ClosedEnum: Sized {
    /// The values as they are sent and received.
    const NAMES: &'static [&'static str];
    /// Returns the variant of a value.
    fn known(text: &str) -> Option<Self>;
    /// Returns the value as it is sent and received.
    fn as_str(&self) -> &'static str;
}

/// A closed enum of integers.
pub trait ClosedIntegerEnum: Sized {
    /// The values.
    const VALUES: &'static [i64];
    /// Returns the variant of a number.
    fn known(value: i64) -> Option<Self>;
    /// Returns the number.
    fn as_i64(&self) -> i64;
}

fn listed<T: Display>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    format!("one of {}", values.join(", "))
}

/// Returns the variant of a string.
///
/// # Errors
/// Returns a [`DecodeError`] that names the value when it is not listed.
pub fn from_text<T: ClosedEnum>(text: &str) -> Result<T, DecodeError> {
    T::known(text).ok_or_else(|| DecodeError::new(listed(T::NAMES), format!("string {text:?}")))
}

/// Returns the variant of a number.
///
/// # Errors
/// Returns a [`DecodeError`] that names the value when it is not listed.
pub fn from_integer<T: ClosedIntegerEnum>(value: i64) -> Result<T, DecodeError> {
    T::known(value).ok_or_else(|| DecodeError::new(listed(T::VALUES), format!("integer `{value}`")))
}

/// Reads a closed enum of strings.
///
/// # Errors
/// Returns a [`DecodeError`] when the value is not a listed string.
pub fn decode<T: ClosedEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    let (mut text, mut other) = (None, None);
    source.text_or(&mut |found| text = Some(from_text(found)), &mut |found| other = Some(found.to_string()))?;
    text.unwrap_or_else(|| Err(DecodeError::new(listed(T::NAMES), other.unwrap_or_default())))
}

/// Writes a closed enum of strings.
///
/// # Errors
/// Returns an [`EncodeError`] when the sink fails.
pub fn encode<T: ClosedEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.text(value.as_str())
}

/// Reads a closed enum of integers.
///
/// # Errors
/// Returns a [`DecodeError`] when the value is not a listed integer of 64 bits.
pub fn decode_integer<T: ClosedIntegerEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    from_integer(i64::decode(source)?)
}

/// Writes a closed enum of integers.
///
/// # Errors
/// Returns an [`EncodeError`] when the sink fails.
pub fn encode_integer<T: ClosedIntegerEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.integer(i128::from(value.as_i64()))
}
