//! Sample values as bodies of a media type.

use super::choice::plain;
use super::{Mock, xml};
use crate::api::is_json;
use crate::api::{Items, Media, SchemaId, Sequence, essence};
use serde_json::Value;

/// Number of items of a stream.
const ITEMS: usize = 2;
/// The boundary of multipart bodies.
pub(super) const BOUNDARY: &str = "mock-boundary";

impl Mock {
    /// The media type of a body, with its parameters, and the body.
    pub(super) fn encoded(&self, media: &Media, name: String, has_examples: bool) -> (String, Vec<u8>) {
        let kind = essence(&name);
        if let Some(sequence) = &media.sequence {
            let name = if kind.starts_with("multipart/") { format!("{kind}; boundary={BOUNDARY}") } else { name };
            return (name, self.stream(sequence, has_examples).into_bytes());
        }
        let value = media.schema.and_then(|schema| Some((schema, self.sample(schema, has_examples)?)));
        let Some((schema, value)) = value else {
            let empty = if is_json(&kind) { "{}" } else { "" };
            return (name, empty.as_bytes().to_vec());
        };
        if kind.starts_with("multipart/") {
            return (format!("{kind}; boundary={BOUNDARY}"), parts(&value).into_bytes());
        }
        let body = match kind.as_str() {
            kind if is_json(kind) => value.to_string(),
            "application/x-www-form-urlencoded" => form(&value),
            "application/xml" | "text/xml" => xml::document(&self.api, schema, &value),
            kind if kind.ends_with("+xml") => xml::document(&self.api, schema, &value),
            _ => plain(&value),
        };
        (name, body.into_bytes())
    }

    fn stream(&self, sequence: &Sequence, has_examples: bool) -> String {
        let json = |schema: Option<SchemaId>| {
            let value = schema.and_then(|schema| self.sample(schema, has_examples));
            value.unwrap_or(Value::Object(serde_json::Map::new())).to_string()
        };
        match &sequence.items {
            Items::Lines(item) => format!("{}\n", json(*item)).repeat(ITEMS),
            Items::JsonTextSequence(item) => format!("\u{1e}{}\n", json(*item)).repeat(ITEMS),
            Items::Parts(item) => {
                let part = match item {
                    Some(item) => format!("Content-Type: application/json\r\n\r\n{}", json(Some(*item))),
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
                    let data = kind.data.map_or_else(|| "sample".to_owned(), |data| json(Some(data)));
                    text.push_str(&format!("data: {data}\n\n"));
                }
                if let Some(end) = &sequence.end {
                    text.push_str(&format!("data: {end}\n\n"));
                }
                text
            }
        }
    }
}

/// The members of an object as parts.
pub(super) fn parts(value: &Value) -> String {
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
