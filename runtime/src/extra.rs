//! Objects with free keys: maps, and the members that a type does not name. The order of the wire is kept.

use crate::codec::error::EncodeError;
use crate::codec::{Decode, DecodeError, EachExtra, Encode, EncodeExtra, Sink, Source};
use serde_json::Value;

/// A map from texts that keeps the order of its keys.
#[derive(Debug, Clone, PartialEq)]
pub struct Map<T = Value>(Vec<(String, T)>);

/// Members that a type does not name.
pub type Extra<T = Value> = Map<T>;

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Map<T> {
    /// Empty.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many keys.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&T> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Sets the value of a key, and returns the old one.
    pub fn insert(&mut self, key: impl Into<String>, value: T) -> Option<T> {
        let key = key.into();
        if let Some((_, old)) = self.0.iter_mut().find(|(name, _)| *name == key) {
            return Some(std::mem::replace(old, value));
        }
        self.0.push((key, value));
        None
    }

    /// Keys and values in order.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self.0.iter())
    }
}

impl<T: Decode> Map<T> {
    /// Reads one member.
    ///
    /// # Errors
    /// When its value is not of this type.
    pub fn read(&mut self, name: &str, source: &mut dyn Source) -> Result<(), DecodeError> {
        let value = T::decode(source).map_err(|error| error.in_key(name))?;
        self.0.push((name.to_owned(), value));
        Ok(())
    }
}

impl<K: Into<String>, T> FromIterator<(K, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(entries: I) -> Self {
        Self(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a str, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        Iter(self.0.iter())
    }
}

/// Keys and values of a [`Map`], in order.
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
