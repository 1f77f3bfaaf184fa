//! What the data of an event becomes.

use crate::codec::json::from_json_slice;
use crate::codec::{Decode, DecodeError};
use std::any::Any;

/// What events say. Everything that JSON is read as can be it, where data is JSON; `String` is the text as it is. Printed
/// enums of events that are told apart by their names are it too.
pub trait EventData: Sized {
    /// The value of an event's data, given the event's name.
    ///
    /// # Errors
    /// When the data is not what an event of this name should say.
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
