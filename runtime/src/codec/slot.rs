//! The place of an object's field while the object is read.

use crate::codec::{Decode, DecodeError, Source};

/// A place for a field's value until all fields are read. If a key occurs twice, the last value counts. A field with
/// `REQUIRED` must be present.
#[doc(hidden)]
#[derive(Debug)]
pub struct Slot<T, const REQUIRED: bool>(Option<T>);

impl<T, const REQUIRED: bool> Default for Slot<T, REQUIRED> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, const REQUIRED: bool> Slot<T, REQUIRED> {
    /// Creates an empty place.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns `true` when a required value is absent.
    pub(crate) const fn is_missing(&self) -> bool {
        REQUIRED && self.0.is_none()
    }
}

impl<T: Decode, const REQUIRED: bool> Slot<T, REQUIRED> {
    /// Reads the field's value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not of this type; the path gets the name.
    pub fn read(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        self.0 = Some(T::decode(source).map_err(|error| error.in_key(name))?);
        Ok(())
    }

    /// Reads an item of an array.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not of this type.
    pub fn item(&mut self, source: &mut dyn Source) -> Result<(), DecodeError> {
        self.0 = Some(T::decode(source)?);
        Ok(())
    }
}

impl<T> Slot<T, true> {
    /// Returns the item of an array that is required.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the array is shorter.
    pub fn required_item(self, index: usize) -> Result<T, DecodeError> {
        self.0.ok_or_else(|| DecodeError::new("an item", "the end of the array").in_index(index))
    }

    /// Returns the value of a required field.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the field was absent.
    pub fn required(self, name: &str) -> Result<T, DecodeError> {
        self.0.ok_or_else(|| DecodeError::missing(name))
    }
}

impl<T: Default> Slot<T, false> {
    /// Returns the value of an optional field.
    #[must_use]
    pub fn or_default(self) -> T {
        self.0.unwrap_or_default()
    }
}
