//! Mutations of webhooks and callbacks.

use super::edits::{Part, set, unset};
use super::kinds::{Kind, Wire};
use super::operation_kinds::first;
use super::places::{Place, name, object, parent, rename};
use serde_json::{Value, json};

/// A kind.
macro_rules! kind {
    ($name:literal, $wire:ident, $edit:expr) => {
        Kind { name: $name, place: Place::Payload, wire: Wire::$wire, edit: $edit }
    };
}

/// The content of the first body.
fn content<'d>(document: &'d mut Value, at: &str) -> Option<&'d mut Part> {
    let operation = object(document, at)?.values_mut().find(|one| one.get("requestBody").is_some())?;
    operation.get_mut("requestBody")?.get_mut("content")?.as_object_mut()
}

pub(crate) const KINDS: &[Kind] = &[
    kind!("payload: removed", NoBreak, |document, at, _| unset(object(document, parent(at))?, &name(at))),
    kind!("payload: renamed", NoBreak, |document, at, _| {
        let at = if at.starts_with("/webhooks/") { at } else { parent(at) };
        rename(object(document, parent(at))?, &name(at), "novelty")
    }),
    kind!("payload: copied", NoBreak, |document, at, _| {
        let at = if at.starts_with("/webhooks/") { at } else { parent(at) };
        let copy = document.pointer(at)?.clone();
        set(object(document, parent(at))?, "novelty", copy)
    }),
    kind!("payload: of another media type", Break, |document, at, _| {
        let content = content(document, at).filter(|content| content.len() == 1)?;
        rename(content, &first(content)?, "application/vnd.novel+json")
    }),
    kind!("payload: list of what it was", Values, |document, at, _| {
        let media = content(document, at)?.values_mut().next()?.as_object_mut()?;
        let schema = media.get("schema")?.clone();
        set(media, "schema", json!({ "type": "array", "items": schema }))
    }),
    kind!("payload: of another type", Break, |document, at, _| {
        // A type for any value reads each one.
        let schema = content(document, at)?.values().next()?.get("schema")?.clone();
        let target = schema["$ref"].as_str().and_then(|place| document.pointer(place.trim_start_matches('#')));
        if target.is_some_and(|target| target == &json!({})) {
            return None;
        }
        let media = content(document, at)?.values_mut().next()?.as_object_mut()?;
        media.get("schema").filter(|schema| schema.get("$ref").is_some() || schema["type"] == "object")?;
        set(media, "schema", json!({ "type": "boolean" }))
    }),
];
