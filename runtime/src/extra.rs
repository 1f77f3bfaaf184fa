//! Objects with free keys: maps, and the members that a type does not name. The order of the wire is kept.

use crate::codec::error::EncodeError;
use crate::codec::{Decode, DecodeError, EachExtra, Encode, EncodeExtra, Sink, Source};
use indexmap::IndexMap;
use serde_json::Value;

/// A map from texts that keeps the order of its keys. Equal to another with the same entries, whatever their order.
#[derive(Debug, Clone)]
pub struct Map<T = Value>(Option<Box<IndexMap<String, T>>>);

/// Members that a type does not name.
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

impl<T> Map<T> {
    /// Empty.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// How many keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |entries| entries.len())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.as_ref()?.get(key)
    }

    /// Sets the value of a key, and returns the old one.
    pub fn insert(&mut self, key: impl Into<String>, value: T) -> Option<T> {
        self.0.get_or_insert_default().insert(key.into(), value)
    }

    /// Takes a key out, and returns its value. The others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<T> {
        self.0.as_mut()?.shift_remove(key)
    }

    /// Keys and values in order.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self.0.as_ref().map(|entries| entries.iter()))
    }
}

impl<T: Decode> Map<T> {
    /// Reads one member; the last one wins when a key comes twice.
    ///
    /// # Errors
    /// When its value is not of this type.
    pub fn read(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        let value = T::decode(source).map_err(|error| error.in_key(name))?;
        self.insert(name, value);
        Ok(())
    }
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
    type IntoIter = indexmap::map::IntoIter<String, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.map(|entries| *entries).unwrap_or_default().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a str, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Keys and values of a [`Map`], in order.
#[derive(Debug)]
pub struct Iter<'a, T>(Option<indexmap::map::Iter<'a, String, T>>);

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = (&'a str, &'a T);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.as_mut()?.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.as_ref().map_or((0, Some(0)), Iterator::size_hint)
    }
}

impl<T: Decode> Decode for Map<T> {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        let mut map = Self::new();
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
        self.iter().try_for_each(|(name, value)| each(name, value))
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
