//! Enums without a case for other values, where the settings ask for it: such a value is an error that names it.

use crate::codec::{Decode, DecodeError, EncodeError, Sink, Source};
use std::fmt::Display;

/// What a closed text enum tells the runtime.
pub trait ClosedEnum: Sized {
    /// The values, as on the wire.
    const NAMES: &'static [&'static str];
    /// The case of a value.
    fn known(text: &str) -> Option<Self>;
    /// As on the wire.
    fn as_str(&self) -> &'static str;
}

/// What a closed integer enum tells the runtime.
pub trait ClosedIntegerEnum: Sized {
    /// The values.
    const VALUES: &'static [i64];
    /// The case of a number.
    fn known(value: i64) -> Option<Self>;
    /// The number.
    fn as_i64(&self) -> i64;
}

fn listed<T: Display>(values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    format!("one of {}", values.join(", "))
}

/// The case of a text.
///
/// # Errors
/// When it is none of the values: names it.
pub fn from_text<T: ClosedEnum>(text: &str) -> Result<T, DecodeError> {
    T::known(text).ok_or_else(|| DecodeError::new(listed(T::NAMES), format!("string {text:?}")))
}

/// The case of a number.
///
/// # Errors
/// When it is none of the values: names it.
pub fn from_integer<T: ClosedIntegerEnum>(value: i64) -> Result<T, DecodeError> {
    T::known(value).ok_or_else(|| DecodeError::new(listed(T::VALUES), format!("integer `{value}`")))
}

/// Reads a closed text enum.
///
/// # Errors
/// When there is no text, or another one.
pub fn decode<T: ClosedEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    let (mut text, mut other) = (None, None);
    source.text_or(&mut |found| text = Some(from_text(found)), &mut |found| other = Some(found.to_string()))?;
    text.unwrap_or_else(|| Err(DecodeError::new(listed(T::NAMES), other.unwrap_or_default())))
}

/// Writes a closed text enum.
///
/// # Errors
/// When the sink fails.
pub fn encode<T: ClosedEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.text(value.as_str())
}

/// Reads a closed integer enum.
///
/// # Errors
/// When there is no whole number of 64 bits, or another one.
pub fn decode_integer<T: ClosedIntegerEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    from_integer(i64::decode(source)?)
}

/// Writes a closed integer enum.
///
/// # Errors
/// When the sink fails.
pub fn encode_integer<T: ClosedIntegerEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.integer(i128::from(value.as_i64()))
}
