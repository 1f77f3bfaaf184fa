//! Objects with free keys: maps, and the unknown fields of a type. They preserve the order of keys.

use crate::codec::context::{grow, spend};
use crate::codec::error::EncodeError;
use crate::codec::json::to_value;
use crate::codec::{Decode, DecodeError, EachExtra, Encode, EncodeExtra, Sink, Source};
use crate::secrets::collect_field;
use serde_json::Value;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A map with string keys that preserves their order. Maps with the same entries are equal, whatever the order.
#[derive(Debug, Clone)]
pub struct Map<T = Value> {
    entries: Vec<(String, T)>,
    /// Boxed, because every model has a map and few maps need these fields.
    notes: Option<Box<Notes>>,
}

/// The fields that few maps need.
#[derive(Debug, Clone, Default)]
struct Notes {
    /// The index of each key, for maps with so many keys that a linear search would be slow.
    index: Option<BTreeMap<String, usize>>,
    /// The object was read as a variant of a union without its tag.
    untagged: bool,
}

/// The number of entries from which an index is faster than a linear search.
const MAX_UNINDEXED: usize = 32;

/// The fields that a type does not define.
pub type Extra<T = Value> = Map<T>;

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<T: Eq> Eq for Map<T> {}

/// Sums the hashes of the entries, because equal maps may differ in order.
impl<T: Hash> Hash for Map<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let entry = |(key, value): (&str, &T)| {
            let mut own = DefaultHasher::new();
            key.hash(&mut own);
            value.hash(&mut own);
            own.finish()
        };
        let sum = self.iter().map(entry).fold(0, u64::wrapping_add);
        state.write_usize(self.len());
        state.write_u64(sum);
    }
}

impl<T> Map<T> {
    /// Creates an empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new(), notes: None }
    }

    /// Returns the number of entries.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns `true` when the map is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.entries.get(self.position(key)?).map(|(_, value)| value)
    }

    /// Sets the value of a key and returns the old value.
    pub fn insert(&mut self, key: impl Into<String>, value: T) -> Option<T> {
        let key = key.into();
        if let Some((_, old)) = self.position(&key).and_then(|position| self.entries.get_mut(position)) {
            return Some(std::mem::replace(old, value));
        }
        if let Some(index) = self.notes.as_mut().and_then(|notes| notes.index.as_mut()) {
            index.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.entries.len() > MAX_UNINDEXED && self.index().is_none() {
            self.reindex();
        }
        None
    }

    /// Removes a key and returns its value. The order of the others does not change.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        let (_, value) = self.entries.remove(self.position(key)?);
        if self.index().is_some() {
            self.reindex();
        }
        Some(value)
    }

    /// Returns the entries in order.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self.entries.iter())
    }

    fn position(&self, key: &str) -> Option<usize> {
        match self.index() {
            Some(index) => index.get(key).copied(),
            None => self.entries.iter().position(|(name, _)| name == key),
        }
    }

    fn index(&self) -> Option<&BTreeMap<String, usize>> {
        self.notes.as_ref()?.index.as_ref()
    }

    fn reindex(&mut self) {
        let positions = self.entries.iter().enumerate().map(|(position, (key, _))| (key.clone(), position)).collect();
        self.notes.get_or_insert_default().index = Some(positions);
    }

    /// Marks the object as a variant of a union that was read without its tag.
    pub(crate) fn set_untagged(&mut self) {
        self.notes.get_or_insert_default().untagged = true;
    }
}

impl<T: Decode> Map<T> {
    /// Reads one entry. If a key occurs twice, the last value counts.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of this type.
    pub fn read(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        let value = T::decode(source);
        #[cfg(feature = "drift")]
        if let Some(recovery) = source.recovery() {
            recovery.mark_free_key();
        }
        let value = value.map_err(|error| error.in_key(key(name, source)))?;
        if self.entries.len() == self.entries.capacity() {
            grow(&mut self.entries, source)?;
        }
        if self.entries.len() >= MAX_UNINDEXED {
            spend(size_of::<(String, usize)>() + 2 * name.len(), source)?;
        }
        self.insert(name, value);
        Ok(())
    }
}

/// Returns the name in errors: that of the key, or `*` where errors are counted, because a key may be data of a person.
fn key<'n>(name: &'n str, source: &dyn Source) -> &'n str {
    #[cfg(feature = "drift")]
    if source.recovery().is_some_and(crate::codec::recovery::Recovery::is_watching) {
        return "*";
    }
    let _ = source;
    name
}

impl<K: Into<String>, T> FromIterator<(K, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Into<String>, T> Extend<(K, T)> for Map<T> {
    fn extend<I: IntoIterator<Item = (K, T)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a str, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// An iterator over the entries of a [`Map`], in order.
#[derive(Debug)]
pub struct Iter<'a, T>(std::slice::Iter<'a, (String, T)>);

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = (&'a str, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let mut map = Self::new();
        if source.is_untagged() {
            map.set_untagged();
        }
        source.record("a map", &mut |name, source| map.read(name, source))?;
        Ok(map)
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        sink.record(&mut |fields| fields.extra(self))
    }
}

impl<T: Encode> EncodeExtra for Map<T> {
    fn each(&self, each: &mut EachExtra<'_>) -> Result<(), EncodeError> {
        self.iter().try_for_each(|(name, value)| {
            collect_field(name, || to_value(value).ok());
            each(name, value)
        })
    }

    fn is_untagged(&self) -> bool {
        self.notes.as_ref().is_some_and(|notes| notes.untagged)
    }
}

impl<T: Encode> serde::Serialize for Map<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::codec::json::serialize(self, serializer)
    }
}

impl<'de, T: Decode> serde::Deserialize<'de> for Map<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::codec::json::deserialize(deserializer)
    }
}
