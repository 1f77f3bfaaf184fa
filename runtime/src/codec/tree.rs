//! JSON that was read into a tree before, as a [`Source`]. Knows which trials of union members failed, so that none is
//! repeated; must not know unions themselves.

use super::{Decode, DecodeError, EachField, EachItem, Source};
use serde_json::Value;
use std::any::TypeId;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// One value of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Tree<'a> {
    value: &'a Value,
    trials: &'a Trials,
    /// What a type would pass over, or keep as unknown, is an error.
    whole: bool,
}

/// What is known not to fit where, in one tree. Members of nested unions would be tried anew by every member of the
/// outer ones otherwise: exponential in the depth.
#[derive(Debug, Clone, Default)]
pub struct Trials(RefCell<BTreeSet<(usize, TypeId, bool)>>);

impl<'a> Tree<'a> {
    /// The root of a tree, with the memory of the trials in it.
    #[must_use]
    pub const fn new(value: &'a Value, trials: &'a Trials) -> Self {
        Self { value, trials, whole: false }
    }

    /// The value.
    #[must_use]
    pub const fn value(self) -> &'a Value {
        self.value
    }

    /// Decodes if it fits, and remembers when it does not. It fits as a whole when types know all of it.
    #[must_use]
    pub fn attempt<T: Decode + 'static>(self, whole: bool) -> Option<T> {
        // The tree outlives its trials and does not change, so an address means one value.
        let trial = (std::ptr::from_ref(self.value).addr(), TypeId::of::<T>(), whole);
        if self.trials.0.borrow().contains(&trial) {
            return None;
        }
        let value = T::decode(&mut Tree { whole, ..self }).ok();
        if value.is_none() {
            self.trials.0.borrow_mut().insert(trial);
        }
        value
    }

    fn other_than(self, expected: impl Into<String>) -> DecodeError {
        let found = match self.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => format!("boolean `{value}`"),
            Value::Number(value) if value.is_f64() => format!("floating point `{value}`"),
            Value::Number(value) => format!("integer `{value}`"),
            Value::String(text) => format!("string {text:?}"),
            Value::Array(_) => "sequence".to_owned(),
            Value::Object(_) => "map".to_owned(),
        };
        DecodeError::new(expected, found)
    }
}

impl Source for Tree<'_> {
    fn record(&mut self, name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError> {
        let members = self.value.as_object().ok_or_else(|| self.other_than(format!("an object ({name})")))?;
        members.iter().try_for_each(|(key, value)| each(key, &mut Tree { value, ..*self }))
    }

    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError> {
        let items = self.value.as_array().ok_or_else(|| self.other_than("an array"))?;
        items
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| each(&mut Tree { value, ..*self }).map_err(|error| error.in_index(index)))
    }

    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError> {
        if self.value.is_null() {
            return Ok(false);
        }
        some(self).map(|()| true)
    }

    fn text(&mut self) -> Result<String, DecodeError> {
        self.value.as_str().map(str::to_owned).ok_or_else(|| self.other_than("a string"))
    }

    fn text_or(&mut self, text: &mut dyn FnMut(&str), other: &mut dyn FnMut(Value)) -> Result<(), DecodeError> {
        match self.value.as_str() {
            Some(found) => text(found),
            None => other(self.value.clone()),
        }
        Ok(())
    }

    fn bool(&mut self) -> Result<bool, DecodeError> {
        self.value.as_bool().ok_or_else(|| self.other_than("a boolean"))
    }

    fn integer(&mut self) -> Result<i128, DecodeError> {
        super::reading::integer(self.value).ok_or_else(|| self.other_than("a whole number"))
    }

    fn number(&mut self) -> Result<f64, DecodeError> {
        self.value.as_f64().ok_or_else(|| self.other_than("a number"))
    }

    fn digits(&mut self) -> Result<String, DecodeError> {
        self.value.as_number().map(ToString::to_string).ok_or_else(|| self.other_than("a number"))
    }

    fn any(&mut self) -> Result<Value, DecodeError> {
        Ok(self.value.clone())
    }

    fn skip(&mut self) -> Result<(), DecodeError> {
        Ok(())
    }

    fn is_whole(&self) -> bool {
        self.whole
    }

    fn tree(&self) -> Option<Tree<'_>> {
        Some(*self)
    }
}
