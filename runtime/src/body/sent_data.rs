//! The types of values that are sent in a stream of events or parts.

use crate::codec::json::to_request_vec;
use crate::codec::{Encode, EncodeError};
use std::any::Any;

/// A type that can be sent as an event's data: every type that can be encoded as JSON, `String` for the plain string,
/// and generated enums whose variants are events of different names.
pub trait SentData {
    /// Returns the name of the event, if the data determines it.
    fn event(&self) -> Option<&str> {
        None
    }

    /// Encodes the data as a string.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when the value contains a number that JSON does not have.
    fn write(&self) -> Result<String, EncodeError>;
}

impl<T: Encode + 'static> SentData for T {
    fn write(&self) -> Result<String, EncodeError> {
        if let Some(text) = (self as &dyn Any).downcast_ref::<String>() {
            return Ok(text.clone());
        }
        String::from_utf8(to_request_vec(self)?).map_err(|error| EncodeError::new(error.to_string()))
    }
}
