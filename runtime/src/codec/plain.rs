//! A plain string as a [`Source`], as in headers (OpenAPI, the style `simple`).

use super::{DecodeError, EachField, EachItem, Source};
use serde_json::Value;

/// Reads one value from a string.
#[derive(Debug)]
pub struct Plain<'t> {
    text: &'t str,
    explode: bool,
    between: char,
}

impl<'t> Plain<'t> {
    /// Creates a source with items between commas. With `explode`, objects are `k=v,k=v` and not `k,v,k,v`.
    #[must_use]
    pub const fn new(text: &'t str, explode: bool) -> Self {
        Self { text, explode, between: ',' }
    }

    /// Creates a source with one item a line.
    #[must_use]
    pub const fn lines(text: &'t str) -> Self {
        Self { text, explode: false, between: '\n' }
    }

    fn mismatch(&self, expected: &str) -> DecodeError {
        DecodeError::new(expected, format!("{:?}", self.text))
    }

    fn parsed<T: std::str::FromStr>(&self, expected: &str) -> Result<T, DecodeError> {
        self.text.trim().parse().map_err(|_| self.mismatch(expected))
    }

    /// Returns the items without the space around commas (RFC 9110, section 5.6.1).
    fn items(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.text.split(self.between).map(str::trim).filter(|item| !item.is_empty())
    }
}

impl Source for Plain<'_> {
    fn record(&mut self, _name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        let mut items = self.items();
        while let Some(item) = items.next() {
            let (key, text) = if self.explode {
                item.split_once('=').ok_or_else(|| self.mismatch("`key=value`"))?
            } else {
                (item, items.next().ok_or_else(|| self.mismatch("a value for every key"))?)
            };
            each(key, &mut Plain::new(text, self.explode))?;
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
