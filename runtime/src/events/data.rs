//! What the data of an event becomes, and what it is made of.

use crate::codec::json::{from_json_slice, to_request_vec};
use crate::codec::{Decode, DecodeError, Encode, EncodeError};
use std::any::Any;

/// What events say. Everything that JSON is read as can be it, where data is JSON; `String` is the text as it is. Printed
/// enums of events that are told apart by their names are it too.
pub trait EventData: Sized {
    /// The value of an event's data, given the event's name.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the data is not what an event of this name should say.
    fn read(event: &str, data: &str) -> Result<Self, DecodeError>;
}

impl<T: Decode + 'static> EventData for T {
    fn read(_event: &str, data: &str) -> Result<Self, DecodeError> {
        let mut text = None::<T>;
        match (&mut text as &mut dyn Any).downcast_mut::<Option<String>>() {
            Some(text) => *text = Some(data.to_owned()),
            None => return from_json_slice(data.as_bytes()),
        }
        text.ok_or_else(|| DecodeError::new("a text", "nothing"))
    }
}

/// What events say that are sent. Everything that JSON is written from can be it, where data is JSON; a `String` is the text
/// as it is. Printed enums of events that are told apart by their names are it too.
pub trait SentData {
    /// The name of the event, where its data tells it.
    fn event(&self) -> Option<&str> {
        None
    }

    /// The text of the data.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it holds a number that JSON does not have.
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
