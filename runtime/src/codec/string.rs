//! A body that is a plain string, as a [`Source`]. Types of any JSON refuse it, because it is not JSON.

use super::tree::Tree;
#[cfg(not(unused = "union"))]
use super::union::Stored;
use super::{DecodeError, EachField, EachItem, Source};
use serde_json::Value;

/// A plain string.
#[derive(Debug)]
pub(crate) struct Plain<'s>(pub(crate) Tree<'s>);

impl Source for Plain<'_> {
    fn record(&mut self, name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        self.0.record(name, each)
    }

    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        self.0.list(each)
    }

    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError> {
        some(self).map(|()| true)
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        self.0.text()
    }

    fn text_or(&mut self, text: &mut dyn FnMut(&str), other: &mut dyn FnMut(Value)) -> Result<(), DecodeError> {
        self.0.text_or(text, other)
    }

    fn bool(&mut self) -> Result<bool, DecodeError> {
        self.0.bool()
    }

    fn integer(&mut self) -> Result<i128, DecodeError> {
        self.0.integer()
    }

    fn number(&mut self) -> Result<f64, DecodeError> {
        self.0.number()
    }

    fn digits(&mut self) -> Result<String, DecodeError> {
        self.0.digits()
    }

    fn any(&mut self) -> Result<Value, DecodeError> {
        Err(DecodeError::new("JSON", "text"))
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        self.0.skip()
    }

    fn tree(&self) -> Option<Tree<'_>> {
        Some(self.0)
    }

    fn is_untagged(&self) -> bool {
        self.0.is_untagged()
    }

    #[cfg(not(unused = "union"))]
    fn buffer(&mut self) -> Result<Stored<'_>, DecodeError> {
        self.0.buffer()
    }
}
