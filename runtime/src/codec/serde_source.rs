//! A serde deserializer as a [`Source`]. Errors of the closures are passed beside serde's, so that their paths are not
//! lost.

use super::context::Context;
use super::digits::{Digits, TEXT};
use super::free::Free;
use super::scalars::{Bool, Integer, Number, Text};
use super::{DecodeError, EachField, EachItem, Source};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// Reads one value from a deserializer.
#[derive(Debug)]
pub struct Reader<'c, D> {
    deserializer: Option<D>,
    context: Option<&'c Context>,
}

impl<D> Reader<'_, D> {
    /// Creates a reader without limits other than the deserializer's.
    pub const fn new(deserializer: D) -> Self {
        Self { deserializer: Some(deserializer), context: None }
    }
}

impl<'c, D> Reader<'c, D> {
    /// Creates a reader with limits.
    pub(crate) const fn within(deserializer: D, context: &'c Context) -> Self {
        Self { deserializer: Some(deserializer), context: Some(context) }
    }

    const fn shared(&self) -> Shared<'c> {
        Shared { context: self.context, stash: std::cell::RefCell::new(None) }
    }
}

impl<'de, D: Deserializer<'de>> Reader<'_, D> {
    fn drive<V: Visitor<'de>>(
        &mut self,
        visit: impl FnOnce(D, V) -> Result<V::Value, D::Error>,
        visitor: V,
        stash: impl FnOnce() -> Option<DecodeError>,
    ) -> Result<V::Value, DecodeError> {
        let Some(deserializer) = self.deserializer.take() else {
            return Err(DecodeError::new("one value", "a value that was read already"));
        };
        visit(deserializer, visitor).map_err(|error| stash().unwrap_or_else(|| from_serde(&error)))
    }
}

/// Converts an error of serde by parsing its text.
pub(crate) fn from_serde(error: &impl fmt::Display) -> DecodeError {
    let text = error.to_string();
    let other = text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "));
    match other.and_then(|other| other.rsplit_once(", expected ")) {
        // The path names the place. Only syntax errors need line and column.
        Some((found, expected)) => DecodeError::new(expected.split(" at line ").next().unwrap_or(expected), found),
        None => DecodeError::new("JSON", text),
    }
}

/// Returns the whole number of a JSON number, if it is one.
pub(crate) fn integer(value: &Value) -> Option<i128> {
    let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    whole.or_else(|| integer_in(&value.as_number()?.to_string()))
}

/// Parses a whole number, exact within 128 bits.
pub(crate) fn integer_in(text: &str) -> Option<i128> {
    text.parse().ok().or_else(|| whole_of(text.parse().ok()?))
}

/// Returns the whole number of a float. Above 2^53 a float does not determine an integer.
pub(crate) fn whole_of(value: f64) -> Option<i128> {
    let exact = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and small, as checked")]
    exact.then_some(value as i128)
}

/// The state that a value's parts share.
struct Shared<'c> {
    context: Option<&'c Context>,
    /// The error of a closure.
    stash: std::cell::RefCell<Option<DecodeError>>,
}

impl Shared<'_> {
    fn free(&self) -> Free<'_> {
        Free { context: self.context, stash: &self.stash }
    }
}

impl<'de, D: Deserializer<'de>> Source for Reader<'_, D> {
    fn record(&mut self, name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        let _level = self.context.map(Context::enter).transpose()?;
        let shared = self.shared();
        let visitor = Record { name, each, shared: &shared };
        self.drive(D::deserialize_map, visitor, || shared.stash.take())
    }

    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        let _level = self.context.map(Context::enter).transpose()?;
        let shared = self.shared();
        self.drive(D::deserialize_seq, List { each, shared: &shared }, || shared.stash.take())
    }

    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError> {
        let shared = self.shared();
        self.drive(D::deserialize_option, Maybe { some, shared: &shared }, || shared.stash.take())
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        self.drive(D::deserialize_string, Text, || None)
    }

    fn text_or(&mut self, text: &mut dyn FnMut(&str), other: &mut dyn FnMut(Value)) -> Result<(), DecodeError> {
        let shared = self.shared();
        self.drive(D::deserialize_any, TextOr { text, other, shared: &shared }, || shared.stash.take())
    }

    fn bool(&mut self) -> Result<bool, DecodeError> {
        self.drive(D::deserialize_bool, Bool, || None)
    }

    fn integer(&mut self) -> Result<i128, DecodeError> {
        self.drive(D::deserialize_any, Integer, || None)
    }

    fn number(&mut self) -> Result<f64, DecodeError> {
        self.drive(D::deserialize_any, Number, || None)
    }

    fn digits(&mut self) -> Result<String, DecodeError> {
        self.drive(|deserializer, visitor| deserializer.deserialize_newtype_struct(TEXT, visitor), Digits, || None)
    }

    fn any(&mut self) -> Result<Value, DecodeError> {
        let shared = self.shared();
        let free = shared.free();
        self.drive(|deserializer, free| free.deserialize(deserializer), free, || shared.stash.take())
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        let Some(deserializer) = self.deserializer.take() else { return Ok(()) };
        deserializer.deserialize_ignored_any(IgnoredAny).map(drop).map_err(|error| from_serde(&error))
    }

    fn context(&self) -> Option<&Context> {
        self.context
    }
}

/// Passes one value to a closure.
struct Item<'a, 'f> {
    each: &'a mut EachItem<'f>,
    shared: &'a Shared<'a>,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reader = Reader { deserializer: Some(deserializer), context: self.shared.context };
        if let Err(error) = (self.each)(&mut reader).and_then(|()| reader.skip()) {
            *self.shared.stash.borrow_mut() = Some(error);
            return Err(D::Error::custom("see the stash"));
        }
        Ok(())
    }
}

struct Record<'a, 'f> {
    name: &'static str,
    each: &'a mut EachField<'f>,
    shared: &'a Shared<'a>,
}

impl<'de> Visitor<'de> for Record<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            let each = &mut *self.each;
            let mut item = |source: &mut dyn Source| each(&key, source);
            map.next_value_seed(Item { each: &mut item, shared: self.shared })?;
        }
        Ok(())
    }
}

struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

struct List<'a, 'f> {
    each: &'a mut EachItem<'f>,
    shared: &'a Shared<'a>,
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            let each = &mut *self.each;
            let mut item = |source: &mut dyn Source| each(source).map_err(|error| error.in_index(index));
            if items.next_element_seed(Item { each: &mut item, shared: self.shared })?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }
}

struct Maybe<'a, 'f> {
    some: &'a mut EachItem<'f>,
    shared: &'a Shared<'a>,
}

impl<'de> Visitor<'de> for Maybe<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        Item { each: self.some, shared: self.shared }.deserialize(deserializer)?;
        Ok(true)
    }
}

struct TextOr<'a> {
    text: &'a mut dyn FnMut(&str),
    other: &'a mut dyn FnMut(Value),
    shared: &'a Shared<'a>,
}

impl TextOr<'_> {
    fn keep<E>(self, value: Value) -> Result<(), E> {
        (self.other)(value);
        Ok(())
    }
}

impl<'de> Visitor<'de> for TextOr<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        (self.text)(text);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.keep(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.keep(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.keep(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.keep(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.keep(Value::from(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let value = self.shared.free().deserialize(MapAccessDeserializer::new(map))?;
        self.keep(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let value = self.shared.free().deserialize(SeqAccessDeserializer::new(items))?;
        self.keep(value)
    }
}
