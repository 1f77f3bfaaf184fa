//! Serde visitors for strings, booleans and numbers.

use super::digits::in_map;
use super::serde_source::{integer_in, whole_of};
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use std::fmt;

pub(super) struct Text;

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

pub(super) struct Bool;

impl Visitor<'_> for Bool {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }
}

pub(super) struct Integer;

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

pub(super) struct Number;

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
