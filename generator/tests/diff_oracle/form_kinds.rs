//! Mutations of forms, of bodies in parts, and of headers of responses.

use super::edits::{Part, is, set, text, unset};
use super::kinds::{Dialect, Kind, Wire, pick};
use super::places::{Place, name, object, parent, rename};
use serde_json::{Value, json};

/// A kind.
macro_rules! kind {
    ($name:literal, $place:ident, $wire:ident, $edit:expr) => {
        Kind { name: $name, place: Place::$place, wire: Wire::$wire, edit: $edit }
    };
}

/// The schema of a body, also where it is a component.
fn schema_of<'d>(document: &'d mut Value, at: &str) -> Option<&'d mut Part> {
    let own = format!("{at}/schema");
    let target = text(object(document, &own)?, "$ref").map(|target| target.trim_start_matches('#').to_owned());
    object(document, &target.unwrap_or(own)).filter(|schema| schema.contains_key("properties"))
}

fn properties(schema: &mut Part) -> Option<&mut Part> {
    schema.get_mut("properties")?.as_object_mut()
}

/// The name of a property whose definition has what is wanted.
fn find(schema: &Part, wanted: fn(&Part) -> bool, rng: &mut fastrand::Rng) -> Option<String> {
    let all = schema.get("properties")?.as_object()?.iter();
    let fitting: Vec<&String> =
        all.filter(|(_, one)| one.as_object().is_some_and(wanted)).map(|(name, _)| name).collect();
    pick(&fitting, rng).cloned()
}

fn is_required(schema: &Part, name: &str) -> bool {
    schema.get("required").and_then(Value::as_array).is_some_and(|all| all.contains(&json!(name)))
}

fn require(schema: &mut Part, name: &str) -> Option<()> {
    Some(schema.entry("required").or_insert_with(|| json!([])).as_array_mut()?.push(json!(name)))
}

/// A parameter of OpenAPI 2.0 that is a field of a form.
fn field<'d>(document: &'d mut Value, at: &str) -> Option<&'d mut Part> {
    object(document, at).filter(|one| is(one, "in", "formData"))
}

pub(crate) const KINDS: &[Kind] = &[
    kind!("form: optional field added", Form, NoBreak, |document, at, _| {
        set(properties(schema_of(document, at)?)?, "novelty", json!({ "type": "string" }))
    }),
    kind!("form: required field added", Form, Break, |document, at, _| {
        let schema = schema_of(document, at)?;
        set(properties(schema)?, "novelty", json!({ "type": "string" }))?;
        require(schema, "novelty")
    }),
    kind!("form: field required now", Form, Break, |document, at, rng| {
        let schema = schema_of(document, at)?;
        let name = find(schema, |one| one.get("readOnly").is_none(), rng)?;
        if is_required(schema, &name) { None } else { require(schema, &name) }
    }),
    kind!("form: optional field removed", Form, NoBreak, |document, at, rng| {
        let schema = schema_of(document, at).filter(|schema| !schema.contains_key("additionalProperties"))?;
        let name = find(schema, |_| true, rng)?;
        if is_required(schema, &name) { None } else { unset(properties(schema)?, &name) }
    }),
    kind!("form: number is a string now", Form, Values, |document, at, rng| {
        let schema = schema_of(document, at)?;
        let name = find(schema, |one| is(one, "type", "integer") || is(one, "type", "number"), rng)?;
        set(properties(schema)?, &name, json!({ "type": "string" }))
    }),
    kind!("form: string is a number now", Form, Values, |document, at, rng| {
        let schema = schema_of(document, at)?;
        let name = find(schema, |one| is(one, "type", "string") && one.get("format").is_none(), rng)?;
        set(properties(schema)?, &name, json!({ "type": "integer" }))
    }),
    kind!("form: file is a list of files now", Form, Values, |document, at, rng| {
        let schema = schema_of(document, at)?;
        let name = find(schema, |one| is(one, "format", "binary"), rng)?;
        let one = properties(schema)?.get(&name)?.clone();
        set(properties(schema)?, &name, json!({ "type": "array", "items": one }))
    }),
    kind!("form: field in another style", Form, Break, |document, at, rng| {
        let name = find(schema_of(document, at)?, |one| is(one, "type", "array"), rng)?;
        let media = object(document, at).filter(|media| !media.contains_key("encoding"))?;
        set(media, "encoding", json!({ name: { "style": "pipeDelimited" } }))
    }),
    kind!("form: encoding that is the default", Form, NoBreak, |document, at, rng| {
        let name = find(schema_of(document, at)?, |one| is(one, "type", "object"), rng)?;
        let media = object(document, at).filter(|media| !media.contains_key("encoding"))?;
        set(media, "encoding", json!({ name: { "contentType": "application/json" } }))
    }),
    kind!("form: part of another media type", Form, Break, |document, at, rng| {
        let name = find(schema_of(document, at)?, |one| is(one, "format", "binary"), rng)?;
        let media = object(document, at).filter(|media| !media.contains_key("encoding"))?;
        set(media, "encoding", json!({ name: { "contentType": "image/x-novelty" } }))
    }),
    kind!("form: of another media type", Form, Break, |document, at, _| {
        let other =
            if name(at) == "multipart/form-data" { "application/x-www-form-urlencoded" } else { "multipart/form-data" };
        let content = object(document, parent(at)).filter(|content| content.len() == 1)?;
        rename(content, &name(at), other)
    }),
    kind!("form: field of 2.0 required now", Parameter, Break, |document, at, _| {
        let one = field(document, at)?;
        if one.get("required") == Some(&json!(true)) { None } else { set(one, "required", json!(true)) }
    }),
    kind!("form: field of 2.0 removed", Parameter, NoBreak, |document, at, _| {
        field(document, at).filter(|one| one.get("required") != Some(&json!(true)))?;
        let all = document.pointer_mut(parent(at))?.as_array_mut().filter(|all| all.len() > 1)?;
        Some(drop(all.remove(name(at).parse().ok()?)))
    }),
    kind!("form: field of 2.0 of another type", Parameter, Values, |document, at, _| {
        let one = field(document, at).filter(|one| is(one, "type", "string") && !one.contains_key("format"))?;
        unset(one, "enum");
        set(one, "type", json!("integer"))
    }),
    kind!("parameter: cookie added", Operation, NoBreak, |document, at, _| {
        if Dialect::of(document) == Dialect::Two {
            return None;
        }
        let added = json!({ "name": "novelty", "in": "cookie", "schema": { "type": "string" } });
        Some(super::edits::list(object(document, at)?, "parameters")?.push(added))
    }),
    kind!("parameter: number is a string now", Parameter, NoBreak, |document, at, _| {
        let one = object(document, at).filter(|one| one.contains_key("schema") && !one.contains_key("example"))?;
        let schema = one.get("schema")?.as_object()?;
        if !is(schema, "type", "integer") && !is(schema, "type", "number") {
            return None;
        }
        set(one, "schema", json!({ "type": "string" }))
    }),
    kind!("parameter: string is a number now", Parameter, Break, |document, at, _| {
        let one = object(document, at).filter(|one| one.contains_key("schema"))?;
        let schema = one.get("schema")?.as_object()?;
        if !is(schema, "type", "string") || schema.len() > 1 {
            return None;
        }
        set(one, "schema", json!({ "type": "integer" }))
    }),
    kind!("parameter: list in another collectionFormat", Parameter, Break, |document, at, _| {
        let one = object(document, at).filter(|one| is(one, "type", "array") && !is(one, "in", "formData"))?;
        let other = if is(one, "collectionFormat", "pipes") { "ssv" } else { "pipes" };
        set(one, "collectionFormat", json!(other))
    }),
    kind!("header: removed", Header, NoBreak, |document, at, _| unset(object(document, parent(at))?, &name(at))),
    kind!("header: required now", Header, NoBreak, |document, at, _| {
        set(object(document, at).filter(|one| one.contains_key("schema"))?, "required", json!(true))
    }),
    kind!("header: of another type", Header, NoBreak, |document, at, _| {
        let one = object(document, at)?;
        let holder = if one.contains_key("schema") { one.get_mut("schema")?.as_object_mut()? } else { one };
        let other = if is(holder, "type", "string") { "integer" } else { "string" };
        let kind = text(holder, "type").filter(|kind| ["string", "integer", "number"].contains(kind))?.to_owned();
        unset(holder, "format");
        unset(holder, "enum");
        if kind == other { None } else { set(holder, "type", json!(other)) }
    }),
    kind!("header: renamed", Header, NoBreak, |document, at, _| {
        rename(object(document, parent(at))?, &name(at), "X-Novelty-Renamed")
    }),
];
