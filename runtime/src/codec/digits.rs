//! The digits of numbers, where serde's data model has none: what `serde_json` passes through it under names of its own.
//! Where those names mean nothing, a number is what 64 bits and floats hold of it.

use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A request for the text of whatever stands there.
pub(super) const TEXT: &str = "$serde_json::private::RawValue";

/// The only key of the map that a number is, when some crate in the build turned `arbitrary_precision` on.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether the first key of a map says that it is a number.
pub(super) fn is_number(key: &str) -> bool {
    key == NUMBER
}

/// The text in a map that is a number or a raw value; nothing for other maps.
pub(super) fn in_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<Option<String>, A::Error> {
    match map.next_key::<Cow<'de, str>>()? {
        Some(key) if key == NUMBER || key == TEXT => map.next_value().map(Some),
        _ => Ok(None),
    }
}

/// Reads the digits of a number.
pub(super) struct Digits;

impl<'de> Visitor<'de> for Digits {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<String, A::Error> {
        let text = in_map(map)?.ok_or_else(|| A::Error::invalid_type(Unexpected::Map, &self))?;
        let found = match text.bytes().next() {
            Some(b'-' | b'0'..=b'9') => return Ok(text),
            Some(b'"') => return Err(A::Error::invalid_type(Unexpected::Str(text.trim_matches('"')), &self)),
            Some(b'n') => Unexpected::Unit,
            Some(b'[') => Unexpected::Seq,
            Some(b'{') => Unexpected::Map,
            _ => Unexpected::Other(&text),
        };
        Err(A::Error::invalid_type(found, &self))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        Ok(value.to_string())
    }
}
