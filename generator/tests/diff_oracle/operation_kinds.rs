//! Mutations of operations.

use super::edits::{Part, list, set, unset};
use super::kinds::{Dialect, Kind, Wire, pick};
use super::places::{Place, insert_before, name, object, parent, rename};
use serde_json::{Value, json};

/// A kind.
macro_rules! kind {
    ($name:literal, $place:ident, $wire:ident, $edit:expr) => {
        Kind { name: $name, place: Place::$place, wire: Wire::$wire, edit: $edit }
    };
}

/// A parameter of the version's form.
fn parameter(document: &Value, name: &str, place: &str, required: bool) -> Value {
    match Dialect::of(document) {
        Dialect::Two => json!({ "name": name, "in": place, "required": required, "type": "string" }),
        _ => json!({ "name": name, "in": place, "required": required, "schema": { "type": "string" } }),
    }
}

/// A response with a body.
fn response(document: &Value, schema: Value) -> Value {
    match Dialect::of(document) {
        Dialect::Two => json!({ "description": "New.", "schema": schema }),
        _ => json!({ "description": "New.", "content": { "application/json": { "schema": schema } } }),
    }
}

fn problem() -> Value {
    json!({ "type": "object", "required": ["novelty"], "properties": { "novelty": { "type": "string" } } })
}

/// The first response of a kind of statuses.
fn status(operation: &Part, start: char) -> Option<String> {
    operation.get("responses")?.as_object()?.keys().find(|status| status.starts_with(start)).cloned()
}

fn responses(operation: &mut Part) -> Option<&mut Part> {
    operation.get_mut("responses")?.as_object_mut()
}

/// Adds a response with the schema of another one, or with a new one.
fn add_response(document: &mut Value, at: &str, status: &str, schema: Option<Value>) -> Option<()> {
    let added = schema.map_or_else(|| json!({ "description": "New." }), |schema| response(document, schema));
    let all = responses(object(document, at)?)?;
    if all.contains_key(status) || all.contains_key(&format!("{}XX", status.get(..1)?)) {
        return None;
    }
    set(all, status, added)
}

pub(crate) fn media_of<'d>(document: &'d mut Value, at: &str) -> Option<&'d mut Part> {
    object(document, at)?.get_mut("content")?.as_object_mut()
}

pub(crate) fn first(part: &Part) -> Option<String> {
    part.keys().next().cloned()
}

pub(crate) const KINDS: &[Kind] = &[
    kind!("operation: optional query parameter added behind", Operation, NoBreak, |document, at, _| {
        let added = parameter(document, "novelty", "query", false);
        Some(list(object(document, at)?, "parameters")?.push(added))
    }),
    kind!("operation: optional query parameter added in front", Operation, NoBreak, |document, at, _| {
        let added = parameter(document, "novelty", "query", false);
        Some(list(object(document, at)?, "parameters")?.insert(0, added))
    }),
    kind!("operation: optional header added", Operation, NoBreak, |document, at, _| {
        let added = parameter(document, "X-Novelty", "header", false);
        Some(list(object(document, at)?, "parameters")?.push(added))
    }),
    kind!("operation: required query parameter added in front", Operation, Break, |document, at, _| {
        let added = parameter(document, "novelty", "query", true);
        Some(list(object(document, at)?, "parameters")?.insert(0, added))
    }),
    kind!("operation: required header added", Operation, Break, |document, at, _| {
        let added = parameter(document, "X-Novelty", "header", true);
        Some(list(object(document, at)?, "parameters")?.push(added))
    }),
    kind!("operation: other operationId", Operation, NoBreak, |document, at, _| {
        set(object(document, at)?, "operationId", json!("anotherName"))
    }),
    kind!("operation: no operationId", Operation, NoBreak, |document, at, _| unset(
        object(document, at)?,
        "operationId"
    )),
    kind!("operation: other tag", Operation, NoBreak, |document, at, _| {
        set(object(document, at)?, "tags", json!(["another tag"]))
    }),
    kind!("operation: tag added behind", Operation, NoBreak, |document, at, _| {
        let tags = list(object(document, at)?, "tags")?;
        if tags.is_empty() { None } else { Some(tags.push(json!("another tag"))) }
    }),
    kind!("operation: no tags", Operation, NoBreak, |document, at, _| unset(object(document, at)?, "tags")),
    kind!("operation: deprecated", Operation, NoBreak, |document, at, _| set(
        object(document, at)?,
        "deprecated",
        json!(true)
    )),
    kind!("operation: other summary", Operation, NoBreak, |document, at, _| {
        set(object(document, at)?, "summary", json!("Does something else"))
    }),
    kind!("operation: removed", Operation, Break, |document, at, _| unset(object(document, parent(at))?, &name(at))),
    kind!("operation: other method", Operation, Break, |document, at, _| {
        let other = if name(at) == "put" { "post" } else { "put" };
        rename(object(document, parent(at))?, &name(at), other)
    }),
    kind!("operation: copied to another path in front", Operation, NoBreak, |document, at, _| {
        let mut copy = document.pointer(at)?.clone();
        let path = name(parent(at));
        if path.contains('{') {
            return None;
        }
        copy.as_object_mut()?.shift_remove("operationId");
        let added = json!({ name(at): copy });
        Some(insert_before(object(document, "/paths")?, &path, &format!("/novel{path}"), added))
    }),
    kind!("operation: error status of a known type added", Operation, Values, |document, at, _| {
        let known = status(object(document, at)?, '4')?;
        let copy = responses(object(document, at)?)?.get(&known)?.clone();
        let all = responses(object(document, at)?)?;
        if all.contains_key("418") { None } else { set(all, "418", copy) }
    }),
    kind!("operation: error status of a new type added", Operation, Values, |document, at, _| {
        add_response(document, at, "418", Some(problem()))
    }),
    kind!("operation: error status without a body added", Operation, NoBreak, |document, at, _| {
        add_response(document, at, "418", None)
    }),
    kind!("operation: errors of a range added", Operation, Values, |document, at, _| {
        let added = response(document, problem());
        let all = responses(object(document, at)?)?;
        if all.keys().any(|status| status.starts_with('5')) { None } else { set(all, "5XX", added) }
    }),
    kind!("operation: default error added", Operation, NoBreak, |document, at, _| {
        let added = response(document, problem());
        let all = responses(object(document, at)?)?;
        if all.contains_key("default") { None } else { set(all, "default", added) }
    }),
    kind!("operation: default error removed", Operation, NoBreak, |document, at, _| {
        let all = responses(object(document, at)?).filter(|all| all.len() > 1)?;
        unset(all, "default")
    }),
    kind!("operation: error status removed", Operation, NoBreak, |document, at, _| {
        let known = status(object(document, at)?, '4')?;
        unset(responses(object(document, at)?)?, &known)
    }),
    kind!("operation: success status of a new type added", Operation, NoBreak, |document, at, _| {
        add_response(document, at, "203", Some(problem()))
    }),
    kind!("operation: success status without a body added", Operation, NoBreak, |document, at, _| {
        add_response(document, at, "205", None)
    }),
    kind!("operation: body required or optional", Operation, Values, |document, at, _| {
        let body = object(document, at)?.get_mut("requestBody")?.as_object_mut()?;
        body.get("content")?;
        let required = body.get("required") == Some(&json!(true));
        set(body, "required", json!(!required))
    }),
    kind!("operation: body removed", Operation, NoBreak, |document, at, _| unset(object(document, at)?, "requestBody")),
    kind!("operation: optional body added", Operation, NoBreak, |document, at, _| {
        if Dialect::of(document) == Dialect::Two {
            return None;
        }
        let operation = object(document, at).filter(|operation| !operation.contains_key("requestBody"))?;
        set(operation, "requestBody", json!({ "content": { "application/json": { "schema": problem() } } }))
    }),
    kind!("operation: required body added", Operation, Break, |document, at, _| {
        if Dialect::of(document) == Dialect::Two {
            return None;
        }
        let operation = object(document, at).filter(|operation| !operation.contains_key("requestBody"))?;
        set(
            operation,
            "requestBody",
            json!({ "required": true, "content": { "application/json": { "schema": problem() } } }),
        )
    }),
    kind!("operation: body of another media type", Operation, Break, |document, at, _| {
        let content = media_of(document, &format!("{at}/requestBody"))?;
        rename(content, &first(content).filter(|_| content.len() == 1)?, "application/vnd.novel+json")
    }),
    kind!("operation: body of one more media type", Operation, NoBreak, |document, at, _| {
        let content = media_of(document, &format!("{at}/requestBody"))?;
        let copy = content.values().next()?.clone();
        if content.contains_key("application/vnd.novel+json") {
            return None;
        }
        set(content, "application/vnd.novel+json", copy)
    }),
    kind!("operation: alternative of security added", Operation, NoBreak, |document, at, rng| {
        let scheme = some_scheme(document, rng)?;
        let security = own_security(document, at)?;
        let added = json!({ scheme: [] });
        // Without an entry, calls were anonymous.
        if security.is_empty() || security.contains(&added) { None } else { Some(security.push(added)) }
    }),
    kind!("operation: no security", Operation, NoBreak, |document, at, _| set(
        object(document, at)?,
        "security",
        json!([])
    )),
    kind!("operation: one more credential required", Operation, Break, |document, at, _| {
        let start =
            if Dialect::of(document) == Dialect::Two { "/securityDefinitions" } else { "/components/securitySchemes" };
        object(document, start)?
            .insert("novelty".to_owned(), json!({ "type": "apiKey", "in": "header", "name": "X-Novelty" }));
        let security = own_security(document, at)?;
        if security.is_empty() {
            security.push(json!({}));
        }
        Some(
            security
                .iter_mut()
                .filter_map(Value::as_object_mut)
                .for_each(|one| drop(one.insert("novelty".to_owned(), json!([])))),
        )
    }),
    kind!("operation: server of its own", Operation, NoBreak, |document, at, _| {
        if Dialect::of(document) == Dialect::Two {
            return None;
        }
        set(object(document, at)?, "servers", json!([{ "url": "https://novel.example" }]))
    }),
];

fn some_scheme(document: &Value, rng: &mut fastrand::Rng) -> Option<String> {
    let start =
        if Dialect::of(document) == Dialect::Two { "/securityDefinitions" } else { "/components/securitySchemes" };
    let names: Vec<&String> = document.pointer(start)?.as_object()?.keys().collect();
    pick(&names, rng).cloned()
}

/// The security of an operation, which it gets from the description if it has none.
fn own_security<'d>(document: &'d mut Value, at: &str) -> Option<&'d mut Vec<Value>> {
    let inherited = document.get("security").cloned().unwrap_or_else(|| json!([]));
    object(document, at)?.entry("security").or_insert(inherited).as_array_mut()
}
