//! The places of a description that mutations change, as JSON pointers.

use serde_json::{Map, Value};

/// The kind of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The description itself.
    Root,
    /// A component schema.
    Component,
    /// A schema, also a reference.
    Schema,
    Path,
    Operation,
    Parameter,
    Response,
    /// A header of a response.
    Header,
    /// The content of a body that is a form or has parts.
    Form,
    /// The path item of a webhook or a callback, which has its name.
    Payload,
    SecurityScheme,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Every place of a description.
pub(crate) fn places(document: &Value) -> Vec<(Place, String)> {
    let mut found = vec![(Place::Root, String::new())];
    for start in ["/components/schemas", "/definitions"] {
        for (pointer, schema) in members(document, start) {
            found.push((Place::Component, pointer.clone()));
            schemas(schema, &pointer, &mut found);
        }
    }
    for start in ["/components/securitySchemes", "/securityDefinitions"] {
        found.extend(members(document, start).into_iter().map(|(pointer, _)| (Place::SecurityScheme, pointer)));
    }
    for start in ["/components/parameters", "/parameters"] {
        members(document, start).into_iter().for_each(|(pointer, one)| parameter(one, &pointer, &mut found));
    }
    for start in ["/components/responses", "/responses"] {
        members(document, start).into_iter().for_each(|(pointer, one)| response(one, &pointer, &mut found));
    }
    for (pointer, one) in members(document, "/components/requestBodies") {
        content(one, &pointer, &mut found);
    }
    for (pointer, path) in members(document, "/webhooks") {
        payload(path, &pointer, &mut found);
    }
    for (pointer, path) in members(document, "/paths") {
        found.push((Place::Path, pointer.clone()));
        parameters(path, &pointer, &mut found);
        for (method, operation) in path.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                operation_at(operation, &format!("{pointer}/{method}"), &mut found);
            }
        }
    }
    found
}

fn operation_at(operation: &Value, pointer: &str, found: &mut Vec<(Place, String)>) {
    found.push((Place::Operation, pointer.to_owned()));
    parameters(operation, pointer, found);
    if let Some(body) = operation.get("requestBody") {
        content(body, &format!("{pointer}/requestBody"), found);
    }
    for (pointer, one) in below(operation, pointer, "responses") {
        response(one, &pointer, found);
    }
    for (pointer, callback) in below(operation, pointer, "callbacks") {
        for (expression, path) in callback.as_object().into_iter().flatten() {
            payload(path, &format!("{pointer}/{}", step(expression)), found);
        }
    }
}

/// The bodies that servers send to the program. The responses to them are no part of the crate.
fn payload(path: &Value, pointer: &str, found: &mut Vec<(Place, String)>) {
    for (method, operation) in path.as_object().into_iter().flatten() {
        if let Some(body) = operation.get("requestBody").filter(|_| METHODS.contains(&method.as_str())) {
            found.push((Place::Payload, pointer.to_owned()));
            content(body, &format!("{pointer}/{method}/requestBody"), found);
        }
    }
}

fn parameters(owner: &Value, pointer: &str, found: &mut Vec<(Place, String)>) {
    for (index, one) in owner.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate() {
        parameter(one, &format!("{pointer}/parameters/{index}"), found);
    }
}

fn parameter(one: &Value, pointer: &str, found: &mut Vec<(Place, String)>) {
    if one.get("$ref").is_none() {
        found.push((Place::Parameter, pointer.to_owned()));
    }
    if let Some(schema) = one.get("schema") {
        schemas(schema, &format!("{pointer}/schema"), found);
    }
}

fn response(one: &Value, pointer: &str, found: &mut Vec<(Place, String)>) {
    if one.get("$ref").is_none() {
        found.push((Place::Response, pointer.to_owned()));
    }
    if let Some(schema) = one.get("schema") {
        schemas(schema, &format!("{pointer}/schema"), found);
    }
    content(one, pointer, found);
    for (pointer, header) in below(one, pointer, "headers") {
        if header.get("$ref").is_none() {
            found.push((Place::Header, pointer.clone()));
        }
        header.get("schema").into_iter().for_each(|schema| schemas(schema, &format!("{pointer}/schema"), found));
    }
}

fn content(owner: &Value, pointer: &str, found: &mut Vec<(Place, String)>) {
    for (pointer, media) in below(owner, pointer, "content") {
        let is_sent = pointer.contains("/requestBod") && !is_payload(&pointer);
        if is_sent && (pointer.contains("form-data") || pointer.contains("form-urlencoded")) {
            found.push((Place::Form, pointer.clone()));
        }
        media.get("schema").into_iter().for_each(|schema| schemas(schema, &format!("{pointer}/schema"), found));
    }
}

/// Returns true for a place in a webhook or a callback.
pub(crate) fn is_payload(pointer: &str) -> bool {
    pointer.trim_start_matches('#').starts_with("/webhooks/") || pointer.contains("/callbacks/")
}

/// A schema and the schemas in it.
fn schemas(schema: &Value, pointer: &str, found: &mut Vec<(Place, String)>) {
    if !schema.is_object() {
        return;
    }
    found.push((Place::Schema, pointer.to_owned()));
    for (pointer, below) in below(schema, pointer, "properties") {
        schemas(below, &pointer, found);
    }
    for key in ["items", "additionalProperties"] {
        schema.get(key).into_iter().for_each(|below| schemas(below, &format!("{pointer}/{key}"), found));
    }
    for key in ["allOf", "oneOf", "anyOf", "prefixItems"] {
        for (index, below) in schema.get(key).and_then(Value::as_array).into_iter().flatten().enumerate() {
            schemas(below, &format!("{pointer}/{key}/{index}"), found);
        }
    }
}

/// The members of an object that is the member of another one.
fn below<'d>(owner: &'d Value, pointer: &str, key: &str) -> Vec<(String, &'d Value)> {
    let all = owner.get(key).and_then(Value::as_object).into_iter().flatten();
    all.map(|(name, value)| (format!("{pointer}/{key}/{}", step(name)), value)).collect()
}

fn members<'d>(document: &'d Value, start: &str) -> Vec<(String, &'d Value)> {
    let all = document.pointer(start).and_then(Value::as_object).into_iter().flatten();
    all.map(|(name, value)| (format!("{start}/{}", step(name)), value)).collect()
}

/// Escapes a step of a pointer.
pub(crate) fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The last step of a pointer, as it is written in the description.
pub(crate) fn name(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}

/// The pointer of the owner of a place.
pub(crate) fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The object at a pointer.
pub(crate) fn object<'d>(document: &'d mut Value, pointer: &str) -> Option<&'d mut Map<String, Value>> {
    document.pointer_mut(pointer)?.as_object_mut()
}

/// Replaces the order of an object's members.
pub(crate) fn reorder(map: &mut Map<String, Value>, order: impl FnOnce(&mut Vec<(String, Value)>)) {
    let mut all: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    order(&mut all);
    map.extend(all);
}

/// Inserts a member before the one of a name, or first.
pub(crate) fn insert_before(map: &mut Map<String, Value>, before: &str, key: &str, value: Value) {
    reorder(map, |all| {
        let at = all.iter().position(|(name, _)| name == before).unwrap_or(0);
        all.insert(at, (key.to_owned(), value));
    });
}

/// Renames a member without moving it.
pub(crate) fn rename(map: &mut Map<String, Value>, from: &str, to: &str) -> Option<()> {
    if map.contains_key(to) || !map.contains_key(from) {
        return None;
    }
    reorder(map, |all| all.iter_mut().filter(|(name, _)| name == from).for_each(|(name, _)| to.clone_into(name)));
    Some(())
}

/// Replaces a string wherever it is a value.
pub(crate) fn replace_text(value: &mut Value, from: &str, to: &str) {
    match value {
        Value::String(text) if text == from => to.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| replace_text(item, from, to)),
        Value::Object(members) => members.values_mut().for_each(|member| replace_text(member, from, to)),
        _ => {}
    }
}
