//! A member of an object that is being read.

use crate::codec::{Decode, DecodeError, Source};

/// Holds a member's value until all are read; the last one wins when a key comes twice. `REQUIRED` members must be there:
/// which ones are, the way in which the value is taken out says.
#[derive(Debug)]
pub struct Slot<T, const REQUIRED: bool>(Option<T>);

impl<T, const REQUIRED: bool> Default for Slot<T, REQUIRED> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T, const REQUIRED: bool> Slot<T, REQUIRED> {
    /// Empty.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether a value that must be there is not.
    pub(crate) const fn is_missing(&self) -> bool {
        REQUIRED && self.0.is_none()
    }
}

impl<T: Decode, const REQUIRED: bool> Slot<T, REQUIRED> {
    /// Reads the member's value.
    ///
    /// # Errors
    /// When it is not of this type; the path gets the name.
    pub fn read(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        self.0 = Some(T::decode(source).map_err(|error| error.in_key(name))?);
        Ok(())
    }

    /// Reads an item of an array, which has no name.
    ///
    /// # Errors
    /// When it is not of this type.
    pub fn item(&mut self, source: &mut dyn Source) -> Result<(), DecodeError> {
        self.0 = Some(T::decode(source)?);
        Ok(())
    }
}

impl<T> Slot<T, true> {
    /// The item of an array that must be there.
    ///
    /// # Errors
    /// When the array ended before it.
    pub fn required_item(self, index: usize) -> Result<T, DecodeError> {
        self.0.ok_or_else(|| DecodeError::new("an item", "the end of the array").in_index(index))
    }

    /// The value of a member that must be there.
    ///
    /// # Errors
    /// When it was not.
    pub fn required(self, name: &str) -> Result<T, DecodeError> {
        self.0.ok_or_else(|| DecodeError::missing(name))
    }
}

impl<T: Default> Slot<T, false> {
    /// The value of a member that may be absent.
    #[must_use]
    pub fn or_default(self) -> T {
        self.0.unwrap_or_default()
    }
}
