//! JSON text as a [`Sink`].

mod output;

use crate::codec::record::{Object, have_plain_names};
use crate::codec::{Encode, EncodeError, Fields, Sink, serde_source};
use output::Output;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// Writes one value as JSON.
#[derive(Debug)]
pub(super) struct JsonSink {
    output: Output,
    request: bool,
}

impl JsonSink {
    /// Writes a value. That of a request has no properties that only servers send.
    pub(super) fn write(value: &dyn Encode, request: bool) -> Result<Vec<u8>, EncodeError> {
        let mut sink = Self { output: Output::new(), request };
        value.encode(&mut sink)?;
        if sink.output.is_empty() {
            return Err(EncodeError::new("a model wrote no value"));
        }
        Ok(sink.output.take())
    }

    /// Writes a key of any name.
    fn key(&mut self, is_first: bool, name: &str) {
        if !is_first {
            self.output.put(b",");
        }
        self.output.put_string(name);
        self.output.put(b":");
    }

    /// Writes a value with serde.
    fn by_serde(&mut self, value: &impl Serialize) -> Result<(), EncodeError> {
        serde_json::to_writer(&mut self.output, value).map_err(|error| EncodeError::new(error.to_string()))
    }

    fn value(&mut self, value: &Value) -> Result<(), EncodeError> {
        match value {
            Value::Null => self.null(),
            Value::Bool(flag) => self.bool(*flag),
            Value::Number(number) => self.by_serde(number),
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                self.output.put(b"[");
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.output.put(b",");
                    }
                    self.value(item)?;
                }
                self.output.put(b"]");
                Ok(())
            }
            Value::Object(members) => {
                self.output.put(b"{");
                for (index, (key, value)) in members.iter().enumerate() {
                    self.key(index == 0, key);
                    self.value(value)?;
                }
                self.output.put(b"}");
                Ok(())
            }
        }
    }
}

impl Sink for JsonSink {
    fn is_request(&self) -> bool {
        self.request
    }

    fn record(&mut self, each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        self.output.put(b"{");
        each(&mut Members { sink: self, is_first: true })?;
        self.output.put(b"}");
        Ok(())
    }

    fn object(&mut self, object: &Object<'_>) -> Result<(), EncodeError> {
        self.output.put(b"{");
        let is_plain = have_plain_names(object.properties());
        let mut is_first = true;
        for (property, value) in object.fields() {
            match property.key().as_bytes().get(usize::from(is_first)..) {
                Some(key) if is_plain => self.output.put(key),
                _ => self.key(is_first, property.name()),
            }
            is_first = false;
            value.encode(self)?;
        }
        Members { sink: self, is_first }.extra(object)?;
        self.output.put(b"}");
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        self.output.put(b"[");
        let mut is_first = true;
        for item in items {
            if !is_first {
                self.output.put(b",");
            }
            is_first = false;
            item.encode(self)?;
        }
        self.output.put(b"]");
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.output.put_string(value);
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.output.put(if value { b"true".as_slice() } else { b"false" });
        Ok(())
    }

    fn integer(&mut self, value: i128) -> Result<(), EncodeError> {
        let mut buffer = itoa::Buffer::new();
        // Shorter integers are faster.
        let digits = match i64::try_from(value) {
            Ok(value) => buffer.format(value),
            Err(_) => buffer.format(value),
        };
        self.output.put(digits.as_bytes());
        Ok(())
    }

    fn number(&mut self, value: f64) -> Result<(), EncodeError> {
        if !value.is_finite() {
            return Err(EncodeError::new(format!("{value} is not a number that JSON has")));
        }
        // A whole number is written without a fraction, so that readers that expect an integer accept it.
        match serde_source::whole_of(value) {
            Some(whole) if whole != 0 || value.is_sign_positive() => self.integer(whole),
            _ => self.by_serde(&value),
        }
    }

    fn digits(&mut self, text: &str) -> Result<(), EncodeError> {
        let plain = |value: &i128| i64::try_from(*value).is_ok() || u64::try_from(*value).is_ok();
        // An integer has no negative zero.
        if let Some(value) = text.parse().ok().filter(plain).filter(|value| *value != 0 || text != "-0") {
            return self.integer(value);
        }
        let raw = RawValue::from_string(text.to_owned()).map_err(|error| EncodeError::new(error.to_string()))?;
        self.output.put(raw.get().as_bytes());
        Ok(())
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        self.output.put(b"null");
        Ok(())
    }

    fn any(&mut self, value: &Value) -> Result<(), EncodeError> {
        self.value(value)
    }
}

/// The members of an object.
struct Members<'s> {
    sink: &'s mut JsonSink,
    is_first: bool,
}

impl Fields for Members<'_> {
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        self.sink.key(self.is_first, name);
        self.is_first = false;
        value.encode(self.sink)
    }
}
