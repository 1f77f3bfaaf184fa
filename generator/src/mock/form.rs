//! Forms as values.

use super::Mock;
use super::message::{decoded_field, pairs};
use crate::api::{Media, SchemaId, Style};
use serde_json::Value;

impl Mock {
    /// The value of a form (`application/x-www-form-urlencoded`).
    pub(super) fn form_value(&self, media: &Media, schema: SchemaId, text: &str) -> Value {
        let mut members: Vec<(String, String)> = Vec::new();
        for pair in pairs(text) {
            let name = pair.plain_name();
            let separator = match media.encoding_of(&name).and_then(|encoding| encoding.style) {
                Some((Style::SpaceDelimited, false)) => Some(' '),
                Some((Style::PipeDelimited, false)) => Some('|'),
                Some((_, false)) => Some(','),
                _ => None,
            };
            match separator {
                // An encoded comma belongs to an item (RFC 6570), unless all of them are encoded.
                Some(',') if pair.value.contains(',') => {
                    members.extend(pair.value.split(',').map(|item| (name.clone(), decoded_field(item))));
                }
                Some(separator) => {
                    let text = pair.plain_value();
                    members.extend(text.split(separator).map(|item| (name.clone(), item.to_owned())));
                }
                None => members.push((name, pair.plain_value())),
            }
        }
        self.object_value(schema, &members)
    }
}
