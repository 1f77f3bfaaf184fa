//! The conversion of a model to a JSON tree that records the variant of each union, because names of elements depend on
//! it.

use crate::codec::json::to_value;
use crate::codec::variant_mark::{mark, marked};
use crate::codec::{Encode, EncodeError, Fields, Sink};
use serde_json::{Map, Value};

/// Converts a model, or the part of it that a request contains.
pub(super) fn tree(value: &dyn Encode, request: bool) -> Result<Value, EncodeError> {
    let mut sink = AnnotatingSink { request, ..AnnotatingSink::default() };
    value.encode(&mut sink)?;
    sink.done.ok_or_else(|| EncodeError::new("a model wrote no value"))
}

/// Returns the value and the indices of its variants through nested unions.
pub(super) fn split_variants(mut value: &Value) -> (Vec<usize>, &Value) {
    let mut variants = Vec::new();
    while let Some((variant, inner)) = marked(value) {
        variants.push(variant);
        value = inner;
    }
    (variants, value)
}

/// Wraps a value in these variants of nested unions.
pub(super) fn mark_variants(variants: &[usize], value: Value) -> Value {
    variants.iter().rev().fold(value, |value, variant| mark(*variant, value))
}

/// A sink that stores one value, marked with its variants.
#[derive(Default)]
struct AnnotatingSink {
    variants: Vec<usize>,
    done: Option<Value>,
    request: bool,
}

impl AnnotatingSink {
    fn put(&mut self, value: Value) {
        self.done = Some(mark_variants(&self.variants, value));
    }

    /// Stores a value without members and items as JSON does.
    fn plain(&mut self, write: impl Fn(&mut dyn Sink) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        let value = to_value(&Plain(write))?;
        self.put(value);
        Ok(())
    }
}

struct Plain<F>(F);

impl<F: Fn(&mut dyn Sink) -> Result<(), EncodeError>> Encode for Plain<F> {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        (self.0)(sink)
    }
}

impl Sink for AnnotatingSink {
    fn is_request(&self) -> bool {
        self.request
    }

    fn variant(&mut self, index: usize) {
        self.variants.push(index);
    }

    fn record(&mut self, each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        let mut members = Members { request: self.request, found: Map::new() };
        each(&mut members)?;
        self.put(Value::Object(members.found));
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        let items: Result<Vec<Value>, EncodeError> = items.map(|item| tree(item, self.request)).collect();
        self.put(Value::Array(items?));
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.put(Value::String(value.to_owned()));
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.put(Value::Bool(value));
        Ok(())
    }

    fn integer(&mut self, value: i128) -> Result<(), EncodeError> {
        self.plain(|sink| sink.integer(value))
    }

    fn number(&mut self, value: f64) -> Result<(), EncodeError> {
        self.plain(|sink| sink.number(value))
    }

    fn digits(&mut self, text: &str) -> Result<(), EncodeError> {
        self.plain(|sink| sink.digits(text))
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        self.put(Value::Null);
        Ok(())
    }

    fn any(&mut self, value: &Value) -> Result<(), EncodeError> {
        self.put(value.clone());
        Ok(())
    }
}

struct Members {
    found: Map<String, Value>,
    request: bool,
}

impl Fields for Members {
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        self.found.insert(name.to_owned(), tree(value, self.request)?);
        Ok(())
    }
}
