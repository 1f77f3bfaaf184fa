//! The check of a union's guess: the decoder of the guessed variant reports the keys of the object while it reads them. So
//! an object is read once, where the guess is right.

use super::text::refused;
use crate::codec::DecodeError;
use crate::codec::record::FieldReader;
use std::cell::Cell;

/// The limit of keys that must not occur.
pub(in crate::codec) const MAX_EXCLUDED_KEYS: usize = 8;

/// The keys that decide if a guess is right.
#[derive(Debug)]
pub(in crate::codec) struct Watch<'k> {
    /// The key of the tag, which must occur once: if it occurs twice, the last value counts.
    tag: Option<&'k str>,
    tags: Cell<usize>,
    /// Keys that must occur.
    required: &'k [&'static str],
    /// Keys that must not occur.
    excluded: [&'k str; MAX_EXCLUDED_KEYS],
    count: usize,
    is_entered: Cell<bool>,
}

impl<'k> Watch<'k> {
    /// Creates the check that an object has one tag.
    pub(in crate::codec) const fn of_tag(name: &'k str) -> Self {
        Self { tag: Some(name), ..Self::of_keys(&[]) }
    }

    /// Creates the check that an object has these keys.
    pub(in crate::codec) const fn of_keys(required: &'k [&'static str]) -> Self {
        let (tags, is_entered) = (Cell::new(0), Cell::new(false));
        Self { tag: None, tags, required, excluded: [""; MAX_EXCLUDED_KEYS], count: 0, is_entered }
    }

    /// Adds a key that the object must not have. `None`: there are too many.
    pub(in crate::codec) fn exclude(&mut self, key: &'k str) -> Option<()> {
        *self.excluded.get_mut(self.count)? = key;
        self.count += 1;
        Some(())
    }

    /// Begins with the object.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when a key must occur without which the object is decoded.
    pub(super) fn enter(&self, fields: Option<&FieldReader<'_>>) -> Result<(), DecodeError> {
        if !self.required.is_empty() && !fields.is_some_and(|fields| fields.requires(self.required)) {
            return Err(refused());
        }
        self.is_entered.set(true);
        Ok(())
    }

    /// Receives a key of the object.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the guess is wrong.
    #[inline]
    pub(super) fn see(&self, key: &str) -> Result<(), DecodeError> {
        let is_tag = self.tag == Some(key);
        let is_wrong = is_tag && self.tags.get() > 0
            || self.excluded.get(..self.count).is_some_and(|excluded| excluded.contains(&key));
        self.tags.set(self.tags.get() + usize::from(is_tag));
        if is_wrong { Err(refused()) } else { Ok(()) }
    }

    /// Returns `true` when an object was begun.
    pub(in crate::codec) const fn is_entered(&self) -> bool {
        self.is_entered.get()
    }

    /// Returns `true` when an object was read, and the guess is right.
    pub(in crate::codec) fn is_right(&self) -> bool {
        self.is_entered() && self.tags.get() == usize::from(self.tag.is_some())
    }
}
