//! A slot for a value, until the whole object or array around it is read.

use crate::codec::record::Property;
use crate::codec::{Decode, DecodeError, Source};

/// A slot for a value, until the whole object or array is read. If a key occurs twice, the last value counts.
#[doc(hidden)]
#[derive(Debug)]
pub struct Slot<T>(Option<T>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Slot<T> {
    /// Creates an empty slot.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns the item of an array that is required.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the array is shorter.
    pub fn required_item(self, index: usize) -> Result<T, DecodeError> {
        self.0.ok_or_else(|| DecodeError::new("an item", "the end of the array").in_index(index))
    }
}

impl<T: Decode> Slot<T> {
    /// Returns the value of a field. `None`: it was absent and must not be.
    #[inline]
    pub(crate) fn field(self, property: Option<&Property>) -> Option<T> {
        match self.0 {
            None if !property.is_some_and(Property::is_required) => T::absent(),
            value => value,
        }
    }

    /// Reads the value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not of this type.
    pub fn read(&mut self, source: &mut dyn Source) -> Result<(), DecodeError> {
        self.0 = Some(T::decode(source)?);
        Ok(())
    }
}

impl<T: Default> Slot<T> {
    /// Returns the value, or the default of its type.
    #[must_use]
    pub fn or_default(self) -> T {
        self.0.unwrap_or_default()
    }
}
