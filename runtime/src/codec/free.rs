//! JSON of any type, read within the limits of its response. Knows serde's data model; must not know types.

use super::context::Context;
use super::{DecodeError, digits};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

/// Reads any JSON. The error of an exceeded limit is stored in `stash`.
#[derive(Clone, Copy)]
pub(super) struct Free<'a> {
    pub(super) context: Option<&'a Context>,
    pub(super) stash: &'a RefCell<Option<DecodeError>>,
}

/// The memory of an object's member in bytes, without its key: includes hash, index and position of `preserve_order`.
pub(crate) const MEMBER_BYTES: usize = size_of::<String>() + size_of::<Value>() + 3 * size_of::<usize>();

/// Returns the memory of a JSON value on the heap in bytes.
pub(crate) fn weight(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(|item| size_of::<Value>() + weight(item)).sum(),
        Value::Object(members) => members.iter().map(|(key, value)| MEMBER_BYTES + key.len() + weight(value)).sum(),
        Value::String(text) => text.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

impl Free<'_> {
    fn within<E: Error, T>(self, done: Result<T, DecodeError>) -> Result<T, E> {
        done.map_err(|error| {
            *self.stash.borrow_mut() = Some(error);
            E::custom("see the stash")
        })
    }

    fn spend<E: Error>(self, bytes: usize) -> Result<(), E> {
        self.within(self.context.map_or(Ok(()), |context| context.spend(bytes)))
    }
}

impl<'de> DeserializeSeed<'de> for Free<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Free<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        let whole = Number::from_i128(value);
        whole.map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let _level = self.within(self.context.map(Context::enter).transpose())?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            if list.len() == list.capacity() {
                let more = list.len().max(4);
                self.spend(more.saturating_mul(size_of::<Value>()))?;
                list.reserve_exact(more);
            }
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let _level = self.within(self.context.map(Context::enter).transpose())?;
        let mut object = Map::new();
        while let Some(key) = members.next_key::<Cow<'de, str>>()? {
            if object.is_empty() && digits::is_number(&key) {
                let text: String = members.next_value()?;
                return text.parse().map(Value::Number).map_err(A::Error::custom);
            }
            self.spend(MEMBER_BYTES + key.len())?;
            let value = members.next_value_seed(self)?;
            object.insert(key.into_owned(), value);
        }
        Ok(Value::Object(object))
    }
}
