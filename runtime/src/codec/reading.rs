//! Any serde deserializer as a [`Source`]. Errors of the closures travel beside serde's own, so that their path is kept.

use super::digits::{Digits, TEXT, in_map};
use super::{DecodeError, EachField, EachItem, Source};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// Reads one value from a deserializer.
#[derive(Debug)]
pub struct Reader<D>(Option<D>);

impl<D> Reader<D> {
    /// Starts.
    pub const fn new(deserializer: D) -> Self {
        Self(Some(deserializer))
    }
}

impl<'de, D: Deserializer<'de>> Reader<D> {
    fn drive<V: Visitor<'de>>(
        &mut self,
        visit: impl FnOnce(D, V) -> Result<V::Value, D::Error>,
        visitor: V,
        stash: impl FnOnce() -> Option<DecodeError>,
    ) -> Result<V::Value, DecodeError> {
        let Some(deserializer) = self.0.take() else {
            return Err(DecodeError::new("one value", "a value that was read already"));
        };
        visit(deserializer, visitor).map_err(|error| stash().unwrap_or_else(|| said(&error)))
    }
}

/// Serde's words, taken apart.
pub(crate) fn said(error: &impl fmt::Display) -> DecodeError {
    let text = error.to_string();
    let other = text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "));
    match other.and_then(|other| other.rsplit_once(", expected ")) {
        // The path says where; for what is no JSON at all, only line and column can.
        Some((found, expected)) => DecodeError::new(expected.split(" at line ").next().unwrap_or(expected), found),
        None => DecodeError::new("JSON", text),
    }
}

/// The whole number that a JSON number is.
pub(crate) fn integer(value: &Value) -> Option<i128> {
    let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
    whole.or_else(|| integer_in(&value.as_number()?.to_string()))
}

/// The whole number that a text of digits is, exact as far as 128 bits hold it.
pub(crate) fn integer_in(text: &str) -> Option<i128> {
    text.parse().ok().or_else(|| whole_of(text.parse().ok()?))
}

/// Above 2^53 a float no longer says which integer was meant.
pub(crate) fn whole_of(value: f64) -> Option<i128> {
    let exact = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and small, as checked")]
    exact.then_some(value as i128)
}

type Stash = std::cell::RefCell<Option<DecodeError>>;

impl<'de, D: Deserializer<'de>> Source for Reader<D> {
    fn record(&mut self, name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        let stash = Stash::default();
        let visitor = Record { name, each, stash: &stash };
        self.drive(D::deserialize_map, visitor, || stash.take())
    }

    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        let stash = Stash::default();
        self.drive(D::deserialize_seq, List { each, stash: &stash }, || stash.take())
    }

    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError> {
        let stash = Stash::default();
        self.drive(D::deserialize_option, Maybe { some, stash: &stash }, || stash.take())
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        self.drive(D::deserialize_string, Text, || None)
    }

    fn text_or(&mut self, text: &mut dyn FnMut(&str), other: &mut dyn FnMut(Value)) -> Result<(), DecodeError> {
        self.drive(D::deserialize_any, TextOr { text, other }, || None)
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
        let Some(deserializer) = self.0.take() else {
            return Err(DecodeError::new("one value", "a value that was read already"));
        };
        serde::Deserialize::deserialize(deserializer).map_err(|error: D::Error| said(&error))
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        let Some(deserializer) = self.0.take() else { return Ok(()) };
        deserializer.deserialize_ignored_any(IgnoredAny).map(drop).map_err(|error| said(&error))
    }
}

/// Hands one value to a closure.
struct Item<'a, 'f> {
    each: &'a mut EachItem<'f>,
    stash: &'a Stash,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let mut reader = Reader(Some(deserializer));
        if let Err(error) = (self.each)(&mut reader).and_then(|()| reader.skip()) {
            *self.stash.borrow_mut() = Some(error);
            return Err(D::Error::custom("see the stash"));
        }
        Ok(())
    }
}

struct Record<'a, 'f> {
    name: &'static str,
    each: &'a mut EachField<'f>,
    stash: &'a Stash,
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
            map.next_value_seed(Item { each: &mut item, stash: self.stash })?;
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
    stash: &'a Stash,
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
            if items.next_element_seed(Item { each: &mut item, stash: self.stash })?.is_none() {
                return Ok(());
            }
            index += 1;
        }
    }
}

struct Maybe<'a, 'f> {
    some: &'a mut EachItem<'f>,
    stash: &'a Stash,
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
        Item { each: self.some, stash: self.stash }.deserialize(deserializer)?;
        Ok(true)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

struct Bool;

impl Visitor<'_> for Bool {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }
}

struct Integer;

impl<'de> Visitor<'de> for Integer {
    type Value = i128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i128, E> {
        Ok(i128::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i128, E> {
        Ok(i128::from(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<i128, E> {
        Ok(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i128, E> {
        whole_of(value).ok_or_else(|| E::invalid_type(Unexpected::Float(value), &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<i128, A::Error> {
        let text = in_map(map)?.ok_or_else(|| A::Error::invalid_type(Unexpected::Map, &self))?;
        let float: f64 = text.parse().unwrap_or(f64::INFINITY);
        let wrong = || A::Error::invalid_type(Unexpected::Float(float), &self);
        let beyond = || A::Error::custom("number out of range");
        integer_in(&text).ok_or_else(|| if float.is_finite() { wrong() } else { beyond() })
    }
}

struct Number;

impl<'de> Visitor<'de> for Number {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are read as f64 where the document says number")]
    fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "JSON numbers are read as f64 where the document says number")]
    fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<f64, A::Error> {
        let text = in_map(map)?.ok_or_else(|| A::Error::invalid_type(Unexpected::Map, &self))?;
        let value: Option<f64> = text.parse().ok().filter(|value: &f64| value.is_finite());
        value.ok_or_else(|| A::Error::custom("number out of range"))
    }
}

struct TextOr<'a> {
    text: &'a mut dyn FnMut(&str),
    other: &'a mut dyn FnMut(Value),
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
        let value = serde::Deserialize::deserialize(MapAccessDeserializer::new(map))?;
        self.keep(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let value = serde::Deserialize::deserialize(SeqAccessDeserializer::new(items))?;
        self.keep(value)
    }
}
