//! The names and positions that the lock has for the parts of one place: its fields, variants or parameters.

use super::entries::{PartEntries, PartEntry};

/// The locked parts of a place; none where the lock does not have the place.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LockedParts<'p>(pub(super) Option<&'p PartEntries>);

impl<'p> LockedParts<'p> {
    fn entry(self, key: &str) -> Option<&'p PartEntry> {
        self.0?.get(key)
    }

    /// The name of a part.
    #[must_use]
    pub(crate) fn name(self, key: &str) -> Option<&'p str> {
        self.entry(key).map(|entry| entry.name.as_str())
    }

    /// Returns true if a part is or was an argument of the constructor or call.
    #[must_use]
    pub(crate) fn is_argument(self, key: &str) -> bool {
        self.argument(key).is_some()
    }

    /// The position of an argument.
    #[must_use]
    pub(crate) fn argument(self, key: &str) -> Option<u32> {
        self.entry(key)?.argument
    }

    /// Every name, also those of parts that are gone.
    pub(crate) fn names(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        self.0.into_iter().flatten().map(|(key, entry)| (key.as_str(), entry.name.as_str()))
    }

    /// Sorts parts as the lock has them. New ones follow in their own order.
    pub(crate) fn sort<T>(self, parts: &mut [T], key: impl Fn(&T) -> String) {
        if self.0.is_some() {
            parts.sort_by_cached_key(|part| self.position(&key(part)));
        }
    }

    /// The position of a part.
    fn position(self, key: &str) -> (u32, &'p str) {
        let found = self.0.and_then(|entries| entries.get_key_value(key));
        found.map_or((u32::MAX, ""), |(key, entry)| (entry.at.unwrap_or(u32::MAX), key))
    }

    /// Sorts arguments as the lock has them. New ones follow in their own order, and all other parts stay where they are.
    pub(crate) fn sort_arguments<T>(self, parts: &mut Vec<T>, key: impl Fn(&T) -> Option<String>) {
        if self.0.is_none() {
            return;
        }
        let is_argument: Vec<bool> = parts.iter().map(|part| key(part).is_some()).collect();
        let (mut arguments, others): (Vec<T>, Vec<T>) = parts.drain(..).partition(|part| key(part).is_some());
        arguments.sort_by_cached_key(|part| {
            let found = key(part).and_then(|key| self.0?.get_key_value(&key));
            let position = found.and_then(|(key, entry)| Some((entry.argument?, key.as_str())));
            position.unwrap_or((u32::MAX, ""))
        });
        let (mut arguments, mut others) = (arguments.into_iter(), others.into_iter());
        parts.extend(is_argument.into_iter().filter_map(|is| if is { arguments.next() } else { others.next() }));
    }
}
