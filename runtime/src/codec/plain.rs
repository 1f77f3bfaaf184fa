//! A plain string as a [`Source`], as in headers (OpenAPI, the style `simple`).

use super::{DecodeError, EachField, EachItem, Source};
use serde_json::Value;

/// Reads one value from a string.
#[derive(Debug)]
pub struct Plain<'t> {
    text: &'t str,
    explode: bool,
    separator: char,
}

impl<'t> Plain<'t> {
    /// Creates a source with items between commas. With `explode`, objects are `k=v,k=v` and not `k,v,k,v`.
    #[must_use]
    pub const fn new(text: &'t str, explode: bool) -> Self {
        Self { text, explode, separator: ',' }
    }

    /// Creates a source with one item a line.
    #[must_use]
    pub const fn lines(text: &'t str) -> Self {
        Self { text, explode: false, separator: '\n' }
    }

    fn mismatch(&self, expected: &str) -> DecodeError {
        DecodeError::new(expected, format!("{:?}", self.text))
    }

    fn parsed<T: std::str::FromStr>(&self, expected: &str) -> Result<T, DecodeError> {
        self.text.trim().parse().map_err(|_| self.mismatch(expected))
    }

    /// Returns the texts between commas without the space around them.
    fn pieces(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.text.split(self.separator).map(str::trim)
    }

    /// Returns the items of a list. Empty ones do not count (RFC 9110, section 5.6.1).
    fn items(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.pieces().filter(|item| !item.is_empty())
    }
}

impl Source for Plain<'_> {
    fn record(&mut self, _name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        if self.explode {
            return self.items().try_for_each(|item| {
                let (key, text) = item.split_once('=').ok_or_else(|| self.mismatch("`key=value`"))?;
                each(key, &mut Plain::new(text, true))
            });
        }
        // Keys and values alternate, so that an empty value has its place.
        let mut pieces = self.pieces();
        while let Some(key) = pieces.next() {
            match pieces.next() {
                Some(text) => each(key, &mut Plain::new(text, false))?,
                None if key.is_empty() => {}
                None => return Err(self.mismatch("a value for every key")),
            }
        }
        Ok(())
    }

    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        let mut items = self.items().enumerate();
        items.try_for_each(|(index, text)| {
            each(&mut Plain::new(text, self.explode)).map_err(|error| error.in_index(index))
        })
    }

    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError> {
        some(self).map(|()| true)
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        Ok(self.text.to_owned())
    }

    fn text_or(&mut self, text: &mut dyn FnMut(&str), _other: &mut dyn FnMut(Value)) -> Result<(), DecodeError> {
        text(self.text);
        Ok(())
    }

    fn bool(&mut self) -> Result<bool, DecodeError> {
        self.parsed("`true` or `false`")
    }

    fn integer(&mut self) -> Result<i128, DecodeError> {
        self.parsed("a whole number")
    }

    fn number(&mut self) -> Result<f64, DecodeError> {
        self.parsed("a number")
    }

    fn digits(&mut self) -> Result<String, DecodeError> {
        self.parsed::<crate::codec::number::Number>("a number").map(|number| number.to_string())
    }

    fn any(&mut self) -> Result<Value, DecodeError> {
        Ok(Value::String(self.text.to_owned()))
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, explode: bool) -> Option<Vec<(String, String)>> {
        let mut pairs = Vec::new();
        let done = Plain::new(text, explode).record("", &mut |key, value| {
            pairs.push((key.to_owned(), value.text()?));
            Ok(())
        });
        done.ok().map(|()| pairs)
    }

    #[test]
    fn an_empty_value_has_its_place_between_keys() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        for (text, explode, expected) in [
            ("a,,b,1", false, Some(vec![pair("a", ""), pair("b", "1")])),
            ("a, 1 ,b,", false, Some(vec![pair("a", "1"), pair("b", "")])),
            ("a,1,", false, Some(vec![pair("a", "1")])),
            ("", false, Some(Vec::new())),
            ("a,1,b", false, None),
            ("a=,,b=1", true, Some(vec![pair("a", ""), pair("b", "1")])),
        ] {
            assert_eq!(pairs(text, explode), expected, "{text}");
        }
    }
}
