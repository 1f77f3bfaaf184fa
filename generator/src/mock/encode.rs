//! Sample values as bodies of a media type.

use super::choice::plain;
use super::{Mock, xml};
use crate::api::{Items, Media, SchemaId, Sequence, essence, is_json};
use crate::validation::Direction;
use serde_json::Value;

/// Number of items of a stream.
const ITEMS: usize = 2;
/// The boundary of multipart bodies.
const BOUNDARY: &str = "mock-boundary";

impl Mock {
    /// The media type of a body, with its parameters, and the body. `None` for a schema that has no finite value.
    pub(super) fn encoded(
        &self,
        media: &Media,
        name: String,
        direction: Direction,
        has_examples: bool,
    ) -> Option<(String, Vec<u8>)> {
        let kind = essence(&name);
        let is_multipart = kind.starts_with("multipart/");
        let name = if is_multipart { format!("{kind}; boundary={BOUNDARY}") } else { name };
        if let Some(sequence) = &media.sequence {
            return Some((name, self.stream(sequence, direction, has_examples)?.into_bytes()));
        }
        let Some(schema) = media.schema else {
            return Some((name, without_schema(&kind, direction).into_bytes()));
        };
        let mut examples = media.examples.0.iter().filter(|_| has_examples);
        let example = examples.find(|value| self.is_valid(schema, value, direction)).cloned();
        let value = example.or_else(|| self.sample(schema, direction, has_examples))?;
        let body = match kind.as_str() {
            _ if is_multipart => parts(&value),
            kind if is_json(kind) => value.to_string(),
            "application/x-www-form-urlencoded" => form(&value),
            "application/xml" | "text/xml" => xml::document(self, schema, &value),
            kind if kind.ends_with("+xml") => xml::document(self, schema, &value),
            _ => plain(&value),
        };
        Some((name, body.into_bytes()))
    }

    fn stream(&self, sequence: &Sequence, direction: Direction, has_examples: bool) -> Option<String> {
        let json = |schema: Option<SchemaId>| match schema {
            Some(schema) => self.sample(schema, direction, has_examples).map(|value| value.to_string()),
            None => Some("{}".to_owned()),
        };
        Some(match &sequence.items {
            Items::Lines(item) => format!("{}\n", json(*item)?).repeat(ITEMS),
            Items::JsonTextSequence(item) => format!("\u{1e}{}\n", json(*item)?).repeat(ITEMS),
            Items::Parts(item) => {
                let part = match item {
                    Some(item) => format!("Content-Type: application/json\r\n\r\n{}", json(Some(*item))?),
                    None => "Content-Type: application/octet-stream\r\n\r\nsample".to_owned(),
                };
                format!("{}--{BOUNDARY}--\r\n", format!("--{BOUNDARY}\r\n{part}\r\n").repeat(ITEMS))
            }
            Items::Events(kinds) => {
                let mut text = String::new();
                for kind in kinds {
                    if let Some(name) = kind.names.first() {
                        text.push_str(&format!("event: {name}\n"));
                    }
                    let data = kind.data.map_or_else(|| Some("sample".to_owned()), |data| json(Some(data)))?;
                    text.push_str(&format!("data: {data}\n\n"));
                }
                if let Some(end) = &sequence.end {
                    text.push_str(&format!("data: {end}\n\n"));
                }
                text
            }
        })
    }
}

/// The body for a media type without a schema. In a request it is not empty, since it can be required.
pub(super) fn without_schema(kind: &str, direction: Direction) -> String {
    match direction {
        _ if is_json(kind) => "{}".to_owned(),
        Direction::Request if kind.starts_with("multipart/") => parts(&Value::Null),
        Direction::Request => "sample".to_owned(),
        Direction::Response => String::new(),
    }
}

/// The members of an object as parts.
fn parts(value: &Value) -> String {
    let mut text = String::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let media = if value.is_object() || value.is_array() { "application/json" } else { "text/plain" };
        let name: String = name.chars().filter(|sign| !"\"\r\n".contains(*sign)).collect();
        let head = format!("Content-Disposition: form-data; name=\"{name}\"\r\nContent-Type: {media}");
        text.push_str(&format!("--{BOUNDARY}\r\n{head}\r\n\r\n{}\r\n", plain(value)));
    }
    format!("{text}--{BOUNDARY}--\r\n")
}

/// An object as a form.
pub(super) fn form(value: &Value) -> String {
    let mut pairs = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let items = value.as_array().map_or_else(|| vec![value], |items| items.iter().collect());
        pairs.extend(items.into_iter().map(|item| format!("{}={}", escaped(name), escaped(&plain(item)))));
    }
    pairs.join("&")
}

pub(super) fn escaped(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
