//! Forms as values.

use super::Mock;
use super::message::pairs;
use crate::api::{Media, SchemaId, Style};
use serde_json::Value;

impl Mock {
    /// The value of a form (`application/x-www-form-urlencoded`).
    pub(super) fn form_value(&self, media: &Media, schema: SchemaId, text: &str) -> Value {
        let mut members: Vec<(String, String)> = Vec::new();
        for pair in pairs(text) {
            let (name, text) = (pair.plain_name(), pair.plain_value());
            let separator = match media.encoding_of(&name).and_then(|encoding| encoding.style) {
                Some((Style::SpaceDelimited, false)) => Some(' '),
                Some((Style::PipeDelimited, false)) => Some('|'),
                Some((_, false)) => Some(','),
                _ => None,
            };
            match separator {
                Some(separator) => members.extend(text.split(separator).map(|item| (name.clone(), item.to_owned()))),
                None => members.push((name, text)),
            }
        }
        self.object_value(schema, &members)
    }
}
