//! JSON bytes in and out, and the bridge to serde that `model!` prints.

use super::reading::{Reader, said};
use super::tree::{Tree, Trials};
use super::writing::Serde;
use super::{Decode, DecodeError, Encode, EncodeError};
use serde::de::Error;
use serde::{Deserializer, Serialize, Serializer};

/// Reads one value from JSON; nothing may follow it.
///
/// # Errors
/// When the bytes are not UTF-8, not JSON, or not this type.
pub fn from_json_slice<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| DecodeError::new("UTF-8", format!("other bytes at offset {}", error.valid_up_to())))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::decode(&mut Reader::new(&mut deserializer))?;
    deserializer.end().map_err(|error| said(&error))?;
    Ok(value)
}

/// Reads a model from JSON that is already a tree.
///
/// # Errors
/// When it is not this type.
pub fn from_value<T: Decode>(value: &serde_json::Value) -> Result<T, DecodeError> {
    T::decode(&mut Tree::new(value, &Trials::default()))
}

/// Writes a model as JSON.
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_json_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Serde::whole(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes what a caller sends of a model as JSON: without the properties that only servers send (`readOnly`).
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_request_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Serde::request(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes a model as a JSON tree.
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_value(value: &dyn Encode) -> Result<serde_json::Value, EncodeError> {
    serde_json::to_value(Serde::whole(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes what a caller sends of a model as a JSON tree: without the properties that only servers send (`readOnly`).
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_request_value(value: &dyn Encode) -> Result<serde_json::Value, EncodeError> {
    serde_json::to_value(Serde::request(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// What `model!` calls for `serde::Deserialize`.
///
/// # Errors
/// The format's own, with the path in the text.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::decode(&mut Reader::new(deserializer)).map_err(D::Error::custom)
}

/// What `model!` calls for `serde::Serialize`.
///
/// # Errors
/// The format's own.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    Serde::whole(value).serialize(serializer)
}
