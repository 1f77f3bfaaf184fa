//! Digits of numbers, for which serde's data model has no type. `serde_json` passes them through it under private
//! names. In other formats, a number has the precision of 64 bits or of a float.

use serde::de::{Deserializer, Error, MapAccess, Unexpected, Visitor};
use std::borrow::Cow;
use std::fmt;

/// The name that requests the raw text of a value.
pub(super) const TEXT: &str = "$serde_json::private::RawValue";

/// The only key of the map that represents a number when a crate in the build enables `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Returns `true` when the first key of a map marks a number.
pub(super) fn is_number(key: &str) -> bool {
    key == NUMBER
}

/// Returns the text in a map that represents a number or a raw value, and `None` for other maps.
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
