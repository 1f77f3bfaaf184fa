//! The few values of a page that a paginator needs, read without decoding the rest.

use crate::codec::Members;
use crate::codec::json::from_json_slice;
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt;

/// The text of a page with its top-level members.
pub(super) struct PageFields<'a> {
    whole: &'a RawValue,
    members: Vec<(String, &'a RawValue)>,
}

impl<'a> PageFields<'a> {
    /// Parses a page; `None` if it is not JSON.
    pub(super) fn new(body: &'a [u8]) -> Option<Self> {
        let whole: &RawValue = serde_json::from_slice(body).ok()?;
        Some(Self { whole, members: members(whole) })
    }

    /// Returns the JSON text at a path.
    pub(super) fn at(&self, path: &[&str]) -> Option<&'a RawValue> {
        let Some((first, rest)) = path.split_first() else { return Some(self.whole) };
        let (_, start) = self.members.iter().rfind(|(name, _)| name == first)?;
        below(start, rest)
    }

    /// Returns the items at a path. Absent and null are an empty list; any other value except a list is `None`. Of a
    /// list beyond the limit, only the number of items is returned.
    pub(super) fn items(&self, path: &[&str], max_items: usize) -> Option<Result<Vec<&'a RawValue>, usize>> {
        match self.at(path) {
            Some(found) if found.get() != "null" => {
                Capped(max_items).deserialize(&mut serde_json::Deserializer::from_str(found.get())).ok()
            }
            Some(_) | None => Some(Ok(Vec::new())),
        }
    }

    /// Returns the value at a path. Absent, null and an empty string are equal.
    pub(super) fn value(&self, path: &[&str]) -> Option<Value> {
        value(self.at(path)?)
    }

    /// Returns the URL at a path: a string, or an object with the member `href`.
    pub(super) fn url(&self, path: &[&str]) -> Option<String> {
        let found = self.at(path)?;
        match value(found)? {
            Value::String(text) => Some(text),
            Value::Object(_) => match value(below(found, &["href"])?)? {
                Value::String(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn flag(&self, path: Option<&'static [&'static str]>) -> Option<bool> {
        self.value(path?)?.as_bool()
    }

    pub(super) fn number(&self, path: Option<&'static [&'static str]>) -> Option<u64> {
        let value = self.value(path?)?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok())
    }
}

/// A list within a limit, or the number of items of a longer one.
struct Capped(usize);

impl<'de> DeserializeSeed<'de> for Capped {
    type Value = Result<Vec<&'de RawValue>, usize>;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Self::Value, D::Error> {
        source.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Capped {
    type Value = Result<Vec<&'de RawValue>, usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Self::Value, A::Error> {
        let (mut items, mut count) = (Vec::new(), 0_usize);
        while let Some(item) = source.next_element()? {
            count += 1;
            if count <= self.0 {
                items.push(item);
            }
        }
        Ok(if count <= self.0 { Ok(items) } else { Err(count) })
    }
}

/// Returns a value that can request the next page.
pub(super) fn value(raw: &RawValue) -> Option<Value> {
    let value: Value = from_json_slice(raw.get().as_bytes()).ok()?;
    match &value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        _ => Some(value),
    }
}

/// Returns the JSON text at a path below another.
pub(super) fn below<'a>(start: &'a RawValue, path: &[&str]) -> Option<&'a RawValue> {
    path.iter().try_fold(start, |at, name| {
        let (_, found) = members(at).into_iter().rfind(|(known, _)| known == name)?;
        Some(found)
    })
}

/// Returns the members of an object; none for other values.
fn members(raw: &RawValue) -> Vec<(String, &RawValue)> {
    if !raw.get().starts_with('{') {
        return Vec::new();
    }
    serde_json::from_str::<Members<'_>>(raw.get()).map(|members| members.0).unwrap_or_default()
}
