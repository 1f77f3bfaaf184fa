//! The names and positions that the lock has for the children of one place: the fields or variants of a type, the
//! parameters of an operation, or the types beside it.

use super::entries::{ChildEntries, ChildEntry};

/// The children that the lock has for a place; none where the lock does not have the place.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LockedChildren<'p>(pub(super) Option<&'p ChildEntries>);

impl<'p> LockedChildren<'p> {
    fn entry(self, key: &str) -> Option<&'p ChildEntry> {
        self.0?.get(key)
    }

    /// The name of a child.
    #[must_use]
    pub(crate) fn name(self, key: &str) -> Option<&'p str> {
        self.entry(key).map(|entry| entry.name.as_str())
    }

    /// Returns true if the type of a field or variant is in a box. `None` for one that the lock does not have or says nothing about.
    #[must_use]
    pub(crate) fn is_boxed(self, key: &str) -> Option<bool> {
        self.entry(key)?.boxed
    }

    /// Returns true if a child is or was an argument of the constructor or call.
    #[must_use]
    pub(crate) fn is_argument(self, key: &str) -> bool {
        self.argument_position(key).is_some()
    }

    /// The position of an argument.
    #[must_use]
    pub(crate) fn argument_position(self, key: &str) -> Option<u32> {
        self.entry(key)?.argument_position
    }

    /// Every name, also those of children that are gone.
    pub(crate) fn names(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        self.0.into_iter().flatten().map(|(key, entry)| (key.as_str(), entry.name.as_str()))
    }

    /// Sorts children as the lock has them. New ones follow in their own order.
    pub(crate) fn sort<T>(self, children: &mut [T], key: impl Fn(&T) -> String) {
        if self.0.is_some() {
            children.sort_by_cached_key(|child| self.position(&key(child)));
        }
    }

    /// The position of a child.
    fn position(self, key: &str) -> (u32, &'p str) {
        let found = self.0.and_then(|entries| entries.get_key_value(key));
        found.map_or((u32::MAX, ""), |(key, entry)| (entry.position.unwrap_or(u32::MAX), key))
    }

    /// Sorts arguments as the lock has them. New ones follow in their own order, and all other children stay where they are.
    pub(crate) fn sort_arguments<T>(self, children: &mut Vec<T>, key: impl Fn(&T) -> Option<String>) {
        if self.0.is_none() {
            return;
        }
        let is_argument: Vec<bool> = children.iter().map(|child| key(child).is_some()).collect();
        let (mut arguments, others): (Vec<T>, Vec<T>) = children.drain(..).partition(|child| key(child).is_some());
        arguments.sort_by_cached_key(|child| {
            let found = key(child).and_then(|key| self.0?.get_key_value(&key));
            let position = found.and_then(|(key, entry)| Some((entry.argument_position?, key.as_str())));
            position.unwrap_or((u32::MAX, ""))
        });
        let (mut arguments, mut others) = (arguments.into_iter(), others.into_iter());
        children.extend(is_argument.into_iter().filter_map(|is| if is { arguments.next() } else { others.next() }));
    }
}
