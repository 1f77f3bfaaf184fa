//! What a response's body is read as. Each is a function, so that a call carries a pointer to it and not its code.

use crate::codec::json::from_json_slice;
use crate::codec::{Decode, DecodeError};
use crate::form;
use crate::multipart::Part;
use crate::response::RawResponse;
use bytes::Bytes;
use serde_json::Value;

/// JSON.
///
/// # Errors
/// When there is no body, or it is not this type.
pub fn json<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    if response.body.is_empty() {
        return Err(DecodeError::new("a JSON body", "an empty one"));
    }
    from_json_slice(&response.body)
}

/// JSON where an empty body is documented too.
///
/// # Errors
/// When there is a body that is not this type.
pub fn json_or_empty<T: Decode>(response: &RawResponse) -> Result<Option<T>, DecodeError> {
    if response.body.is_empty() { Ok(None) } else { from_json_slice(&response.body).map(Some) }
}

/// Text: UTF-8, or Latin-1 where the answer says so.
///
/// # Errors
/// When it is not UTF-8.
pub fn text(response: &RawResponse) -> Result<String, DecodeError> {
    text_in(response.media_parameter("charset").as_deref(), &response.body)
}

pub(crate) fn text_in(charset: Option<&str>, bytes: &[u8]) -> Result<String, DecodeError> {
    if charset.is_some_and(|set| set.eq_ignore_ascii_case("iso-8859-1")) {
        return Ok(bytes.iter().map(|byte| char::from(*byte)).collect());
    }
    let text = std::str::from_utf8(bytes);
    text.map(str::to_owned).map_err(|error| DecodeError::new("UTF-8 text", error.to_string()))
}

/// A form.
///
/// # Errors
/// When it is not this type.
pub fn form<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    form::read(response, &[])
}

/// The parts of a body in parts, as they came.
///
/// # Errors
/// When it is not in parts.
pub fn parts(response: &RawResponse) -> Result<Vec<Part>, DecodeError> {
    response.parts()
}

/// The parts of a body in parts, each as a value.
///
/// # Errors
/// When it is not in parts, or one is not this type.
pub fn values<T: Decode>(response: &RawResponse) -> Result<Vec<T>, DecodeError> {
    let parts = response.parts()?.into_iter().enumerate();
    parts.map(|(index, part)| part.value().map_err(|error| error.in_index(index))).collect()
}

/// The bytes as they are.
///
/// # Errors
/// None.
pub fn bytes(response: &RawResponse) -> Result<Bytes, DecodeError> {
    Ok(response.body.clone())
}

/// Nothing; a body that came all the same is passed over.
///
/// # Errors
/// None.
pub fn empty(_response: &RawResponse) -> Result<(), DecodeError> {
    Ok(())
}

/// JSON of any kind, or the text when it is none; null when there is no body.
///
/// # Errors
/// When it is not even UTF-8.
pub fn any(response: &RawResponse) -> Result<Value, DecodeError> {
    if response.body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(&response.body).or_else(|_| text(response).map(Value::String))
}
