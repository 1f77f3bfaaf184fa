//! JSON text as a [`Sink`].

use super::scan::{is_plain, plain_length};
use crate::codec::{Encode, EncodeError, Fields, Sink, serde_source};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// Writes one value as JSON.
#[derive(Debug)]
pub(super) struct JsonSink {
    json: Vec<u8>,
    request: bool,
}

impl JsonSink {
    /// Writes a value. That of a request has no properties that only servers send.
    pub(super) fn write(value: &dyn Encode, request: bool) -> Result<Vec<u8>, EncodeError> {
        let mut sink = Self { json: Vec::with_capacity(128), request };
        value.encode(&mut sink)?;
        if sink.json.is_empty() {
            return Err(EncodeError::new("a model wrote no value"));
        }
        Ok(sink.json)
    }

    /// Writes the content of a string.
    #[inline]
    fn content(&mut self, text: &str) {
        let bytes = text.as_bytes();
        if is_plain(bytes) { self.json.extend_from_slice(bytes) } else { self.escaped(bytes) }
    }

    /// Writes a key, after a comma or the opening bracket.
    #[inline]
    fn key(&mut self, before: u8, key: &str) {
        self.json.extend_from_slice(&[before, b'"']);
        self.content(key);
        self.json.extend_from_slice(b"\":");
    }

    /// Writes the content of a string with escapes.
    #[cold]
    fn escaped(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        loop {
            let (plain, special) = rest.split_at(plain_length(rest));
            self.json.extend_from_slice(plain);
            let Some((byte, behind)) = special.split_first() else { return };
            match *byte {
                b'"' => self.json.extend_from_slice(b"\\\""),
                b'\\' => self.json.extend_from_slice(b"\\\\"),
                b'\n' => self.json.extend_from_slice(b"\\n"),
                b'\r' => self.json.extend_from_slice(b"\\r"),
                b'\t' => self.json.extend_from_slice(b"\\t"),
                0x08 => self.json.extend_from_slice(b"\\b"),
                0x0C => self.json.extend_from_slice(b"\\f"),
                control => {
                    self.json.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(control >> 4), digit(control & 15)]);
                }
            }
            rest = behind;
        }
    }

    /// Writes a value with serde.
    fn by_serde(&mut self, value: &impl Serialize) -> Result<(), EncodeError> {
        serde_json::to_writer(&mut self.json, value).map_err(|error| EncodeError::new(error.to_string()))
    }

    fn value(&mut self, value: &Value) -> Result<(), EncodeError> {
        match value {
            Value::Null => self.null(),
            Value::Bool(flag) => self.bool(*flag),
            Value::Number(number) => self.by_serde(number),
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                let mut before = b'[';
                for item in items {
                    self.json.push(before);
                    self.value(item)?;
                    before = b',';
                }
                self.close(before, b'[', b']');
                Ok(())
            }
            Value::Object(members) => {
                let mut before = b'{';
                for (key, value) in members {
                    self.key(before, key);
                    self.value(value)?;
                    before = b',';
                }
                self.close(before, b'{', b'}');
                Ok(())
            }
        }
    }

    /// Writes the closing bracket, and the opening one if there was no item.
    #[inline]
    fn close(&mut self, before: u8, open: u8, close: u8) {
        if before == open {
            self.json.push(open);
        }
        self.json.push(close);
    }
}

/// Returns the lower-case digit of a number below 16.
#[inline]
const fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

impl Sink for JsonSink {
    fn is_request(&self) -> bool {
        self.request
    }

    fn record(&mut self, each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        let mut members = Members { sink: self, before: b'{' };
        each(&mut members)?;
        let before = members.before;
        self.close(before, b'{', b'}');
        Ok(())
    }

    fn list(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError> {
        let mut before = b'[';
        for item in items {
            self.json.push(before);
            item.encode(self)?;
            before = b',';
        }
        self.close(before, b'[', b']');
        Ok(())
    }

    fn text(&mut self, value: &str) -> Result<(), EncodeError> {
        self.json.push(b'"');
        self.content(value);
        self.json.push(b'"');
        Ok(())
    }

    fn bool(&mut self, value: bool) -> Result<(), EncodeError> {
        self.json.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn integer(&mut self, value: i128) -> Result<(), EncodeError> {
        let mut buffer = itoa::Buffer::new();
        // Shorter integers are faster.
        let digits = match i64::try_from(value) {
            Ok(value) => buffer.format(value),
            Err(_) => buffer.format(value),
        };
        self.json.extend_from_slice(digits.as_bytes());
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
        if let Some(value) = text.parse().ok().filter(plain) {
            return self.integer(value);
        }
        let raw = RawValue::from_string(text.to_owned()).map_err(|error| EncodeError::new(error.to_string()))?;
        self.json.extend_from_slice(raw.get().as_bytes());
        Ok(())
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        self.json.extend_from_slice(b"null");
        Ok(())
    }

    fn any(&mut self, value: &Value) -> Result<(), EncodeError> {
        self.value(value)
    }
}

/// The members of an object. The character before the next one is `{` or `,`.
struct Members<'s> {
    sink: &'s mut JsonSink,
    before: u8,
}

impl Fields for Members<'_> {
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        self.sink.key(self.before, name);
        self.before = b',';
        value.encode(self.sink)
    }
}
