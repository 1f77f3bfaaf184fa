//! The body of a request beside the description.

use super::message::{Request, Response};
use super::problem::{Violation, problem};
use super::{Mock, multipart};
use crate::api::{Items, Media, Operation, SchemaId, covers_media, essence, is_json};
use serde_json::{Map, Value, json};

/// Maximum number of lines of a request stream that are compared.
const MAX_LINES: usize = 1_000;

impl Mock {
    /// The violations of a body. The error is a problem about its media type.
    pub(super) fn body_violations(
        &self,
        operation: &Operation,
        request: &Request,
    ) -> Result<Vec<Violation>, Box<Response>> {
        let Some(body) = &operation.body else { return Ok(Vec::new()) };
        // Content of zero bytes is content, such as an empty file (RFC 9110, section 8.6), but never JSON.
        let is_content = request.header("content-type").is_some_and(|media| !is_json(&essence(&media)));
        if request.body.is_empty() && !is_content {
            let schema = format!("{}/requestBody/required", operation.origin.pointer);
            let missing =
                || Violation { place: "/body".to_owned(), schema, message: "is required, and absent".to_owned() };
            return Ok(body.required.then(missing).into_iter().collect());
        }
        let content_type = request.header("content-type").unwrap_or_default();
        let Some(media) = sent_media(&body.media, &content_type) else {
            let known: Vec<&str> = body.media.iter().map(|media| media.name.as_str()).collect();
            let sent = essence(&content_type);
            let sent = if sent.is_empty() { "no media type".to_owned() } else { format!("`{sent}`") };
            let detail = format!("the request has {sent}, and the operation takes {}", known.join(", "));
            let mut response =
                problem(415, "Unsupported media type", &detail, json!({ "operation": operation.named() }));
            response.headers.push(("Accept-Post".to_owned(), known.join(", ")));
            return Err(response);
        };
        Ok(self.content_violations(media, &content_type, &request.body))
    }

    fn content_violations(&self, media: &Media, content_type: &str, body: &[u8]) -> Vec<Violation> {
        let Some(schema) = media.schema else { return self.stream_violations(media, body) };
        let name = essence(content_type);
        if is_json(&name) {
            return match serde_json::from_slice::<Value>(body) {
                Ok(value) => self.violations_at("/body", schema, &value),
                Err(error) => vec![self.violation(schema, "/body", &format!("is not JSON: {error}"))],
            };
        }
        if name == "application/x-www-form-urlencoded" {
            let value = self.form_value(media, schema, &String::from_utf8_lossy(body));
            return self.violations_at("/body", schema, &value);
        }
        if name.starts_with("multipart/") && self.kinds(schema).objects.is_empty() {
            return Vec::new();
        }
        if name.starts_with("multipart/") {
            return match multipart::parts(content_type, body) {
                Some(parts) => self.violations_at("/body", schema, &self.parts_value(schema, &parts)),
                None => vec![self.violation(schema, "/body", "is not multipart with the boundary of its media type")],
            };
        }
        if name.starts_with("text/") && self.kinds(schema).scalar {
            let value = self.text_value(schema, &String::from_utf8_lossy(body));
            return self.violations_at("/body", schema, &value);
        }
        // Bytes and XML are not compared.
        Vec::new()
    }

    /// The violations of the lines of a stream. Other streams are not compared.
    fn stream_violations(&self, media: &Media, body: &[u8]) -> Vec<Violation> {
        let item = match media.sequence.as_ref().map(|sequence| &sequence.items) {
            Some(Items::Lines(Some(item)) | Items::JsonTextSequence(Some(item))) => *item,
            _ => return Vec::new(),
        };
        let text = String::from_utf8_lossy(body);
        let lines = text.split(['\n', '\u{1e}']).map(str::trim).filter(|line| !line.is_empty());
        let violations = lines.take(MAX_LINES).enumerate().flat_map(|(index, line)| {
            let place = format!("/body/{index}");
            match serde_json::from_str::<Value>(line) {
                Ok(value) => self.violations_at(&place, item, &value),
                Err(error) => vec![self.violation(item, &place, &format!("is not JSON: {error}"))],
            }
        });
        violations.collect()
    }

    /// The value of the parts of a form. Files have the value of any string.
    fn parts_value(&self, schema: SchemaId, parts: &[multipart::Part]) -> Value {
        let mut members = Map::new();
        let mut texts: Vec<(String, String)> = Vec::new();
        for part in parts {
            let member = self.member_schema(schema, &part.name);
            let is_json = part.media.as_deref().is_some_and(is_json);
            let item = member.map(|member| self.kinds(member)).and_then(|kinds| kinds.lists.first().copied());
            let is_scalar = member.is_none_or(|member| self.kinds(member).scalar);
            let is_bytes = part.is_file && is_scalar || member.is_some_and(|member| self.is_binary(member));
            match serde_json::from_slice::<Value>(&part.content) {
                Ok(value) if is_json && !is_bytes => {
                    let slot = members.entry(part.name.clone());
                    match (item, value) {
                        (Some(_), value) if !value.is_array() => {
                            if let Value::Array(items) = slot.or_insert_with(|| Value::Array(Vec::new())) {
                                items.push(value);
                            }
                        }
                        (_, value) => {
                            slot.or_insert(value);
                        }
                    }
                }
                _ if is_bytes => texts.push((part.name.clone(), String::new())),
                _ => texts.push((part.name.clone(), String::from_utf8_lossy(&part.content).into_owned())),
            }
        }
        if let Value::Object(others) = self.object_value(schema, &texts) {
            for (name, value) in others {
                members.entry(name).or_insert(value);
            }
        }
        Value::Object(members)
    }
}

/// The media type of the description for one that was sent: the same, otherwise the first range around it.
pub(super) fn sent_media<'m>(all: &'m [Media], content_type: &str) -> Option<&'m Media> {
    let sent = essence(content_type);
    let exact = all.iter().find(|media| essence(&media.name) == sent);
    let covers = |range: &str| covers_media(range, content_type) || range.ends_with("*+json") && is_json(&sent);
    exact.or_else(|| all.iter().find(|media| covers(&media.name)))
}
