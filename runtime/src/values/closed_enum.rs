//! Enums without a fallback variant, where the settings request it: any other value is an error that names it.

use super::open_enum::index;
use crate::codec::{Decode, DecodeError, EncodeError, Sink, Source};
use std::fmt::Display;

/// A closed enum of strings.
pub trait ClosedEnum: Copy + 'static {
    /// The values as they are sent and received.
    const NAMES: &'static [&'static str];
    /// The variants, in the same order.
    const LISTED: &'static [Self];
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
#[inline]
pub fn from_text<T: ClosedEnum>(text: &str) -> Result<T, DecodeError> {
    match T::LISTED.get(index(T::NAMES, text)) {
        Some(listed) => Ok(*listed),
        None => Err(unlisted(T::NAMES, text)),
    }
}

fn unlisted(names: &[&str], text: &str) -> DecodeError {
    DecodeError::new(listed(names), format!("string {text:?}"))
}

/// Returns the variant of a number.
///
/// # Errors
/// Returns a [`DecodeError`] that names the value when it is not listed.
#[inline]
pub fn from_integer<T: ClosedIntegerEnum>(value: i64) -> Result<T, DecodeError> {
    T::known(value).ok_or_else(|| DecodeError::new(listed(T::VALUES), format!("integer `{value}`")))
}

/// Reads a closed enum of strings.
///
/// # Errors
/// Returns a [`DecodeError`] when the value is not a listed string.
#[inline]
pub fn decode<T: ClosedEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    match T::LISTED.get(read(source, T::NAMES)?) {
        Some(listed) => Ok(*listed),
        None => Err(DecodeError::new(listed(T::NAMES), "another one")),
    }
}

/// Reads the index of a value.
fn read(source: &mut dyn Source, names: &[&str]) -> Result<usize, DecodeError> {
    let (mut text, mut other) = (None, None);
    source.text_or(
        &mut |found| {
            let at = index(names, found);
            text = Some(if at < names.len() { Ok(at) } else { Err(unlisted(names, found)) });
        },
        &mut |found| other = Some(found.to_string()),
    )?;
    text.unwrap_or_else(|| Err(DecodeError::new(listed(names), other.unwrap_or_default())))
}

/// Writes a closed enum of strings.
///
/// # Errors
/// Returns an [`EncodeError`] when the sink fails.
#[inline]
pub fn encode<T: ClosedEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.text(value.as_str())
}

/// Reads a closed enum of integers.
///
/// # Errors
/// Returns a [`DecodeError`] when the value is not a listed integer of 64 bits.
#[inline]
pub fn decode_integer<T: ClosedIntegerEnum>(source: &mut dyn Source) -> Result<T, DecodeError> {
    from_integer(i64::decode(source)?)
}

/// Writes a closed enum of integers.
///
/// # Errors
/// Returns an [`EncodeError`] when the sink fails.
#[inline]
pub fn encode_integer<T: ClosedIntegerEnum>(value: &T, sink: &mut dyn Sink) -> Result<(), EncodeError> {
    sink.integer(i128::from(value.as_i64()))
}
