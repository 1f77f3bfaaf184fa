//! The types of a received event's data.

use crate::codec::{Decode, DecodeError};
use crate::response::RawResponse;
use std::any::Any;

/// A type that can be decoded from an event's data: every type that can be decoded from JSON, `String` for the plain
/// string, and generated enums whose variants are events of different names.
pub trait EventData: Sized {
    /// Decodes the data of an event with the given name.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the data is not of the type.
    fn read(event: &str, data: &EventText<'_>) -> Result<Self, DecodeError>;
}

/// The data of an event as it was received. Values are decoded from it within the limits of the client, and leniently
/// if the client is lenient.
#[derive(Debug, Clone, Copy)]
pub struct EventText<'d> {
    text: &'d str,
    /// The response of the stream.
    head: &'d RawResponse,
}

impl<'d> EventText<'d> {
    pub(super) const fn new(text: &'d str, head: &'d RawResponse) -> Self {
        Self { text, head }
    }

    /// Returns the data as a string.
    #[must_use]
    pub const fn as_str(&self) -> &'d str {
        self.text
    }
}

impl<T: Decode + 'static> EventData for T {
    fn read(_event: &str, data: &EventText<'_>) -> Result<Self, DecodeError> {
        let mut text = None::<T>;
        match (&mut text as &mut dyn Any).downcast_mut::<Option<String>>() {
            Some(text) => *text = Some(data.text.to_owned()),
            None => return data.head.decode(data.text.as_bytes()),
        }
        text.ok_or_else(|| DecodeError::new("a text", "nothing"))
    }
}
