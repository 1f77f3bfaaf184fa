//! Mutations of schemas.

use super::edits::{Part, set, text, unset};
use super::kinds::{Dialect, Kind, Wire, pick};
use super::places::{Place, object, parent};
use fastrand::Rng;
use serde_json::{Value, json};

/// A kind whose edit sees one schema that is not a reference.
macro_rules! of_schema {
    ($name:literal, $edit:expr) => {
        Kind {
            name: $name,
            place: Place::Schema,
            wire: Wire::Values,
            edit: |document, at, rng| {
                let schema = object(document, at)?;
                if schema.contains_key("$ref") {
                    return None;
                }
                let edit: fn(&mut Part, &mut Rng) -> Option<()> = $edit;
                edit(schema, rng)
            },
        }
    };
}

/// A kind whose edit sees the schema of a property.
macro_rules! of_property {
    ($name:literal, $edit:expr) => {
        Kind {
            name: $name,
            place: Place::Schema,
            wire: Wire::Values,
            edit: |document, at, _| {
                let schema = object(document, at).filter(|schema| !schema.contains_key("$ref"))?;
                let edit: fn(&mut Part) -> Option<()> = $edit;
                if parent(at).ends_with("/properties") { edit(schema) } else { None }
            },
        }
    };
}

fn is_scalar(schema: &Part) -> Option<&str> {
    text(schema, "type").filter(|kind| ["string", "integer", "number", "boolean"].contains(kind))
}

/// The enum of a schema with at least some values.
fn listed(schema: &mut Part, least: usize) -> Option<&mut Vec<Value>> {
    schema.get_mut("enum")?.as_array_mut().filter(|all| all.len() >= least)
}

fn union(schema: &mut Part, least: usize) -> Option<&mut Vec<Value>> {
    let key = ["oneOf", "anyOf"].into_iter().find(|key| schema.contains_key(*key))?;
    schema.get_mut(key)?.as_array_mut().filter(|all| all.len() >= least)
}

pub(crate) const KINDS: &[Kind] = &[
    of_schema!("schema: other type of scalar", |schema, rng| {
        let kind = is_scalar(schema).filter(|_| !schema.contains_key("enum"))?.to_owned();
        let others = ["string", "integer", "number", "boolean"].into_iter().filter(|other| *other != kind);
        let other = pick(&others.collect::<Vec<_>>(), rng)?;
        schema.retain(|key, _| ["description", "title", "nullable", "readOnly", "writeOnly"].contains(&key.as_str()));
        set(schema, "type", json!(other))
    }),
    of_schema!("schema: wrapped in a list", |schema, _| {
        let kind = text(schema, "type").filter(|kind| *kind != "array").map(str::to_owned)?;
        let inner = std::mem::take(schema);
        assert!(!kind.is_empty());
        schema.insert("type".to_owned(), json!("array"));
        set(schema, "items", Value::Object(inner))
    }),
    of_schema!("schema: items instead of the list", |schema, _| {
        let Value::Object(items) = schema.get("items")?.clone() else { return None };
        *schema = items;
        Some(())
    }),
    of_schema!("schema: format added", |schema, rng| {
        let formats: &[&str] = match is_scalar(schema)? {
            "string" => &["date-time", "date", "uuid", "password", "byte", "uri", "int64"],
            "integer" => &["int32", "int64", "uint32", "uint64", "int8"],
            "number" => &["float", "double", "int32", "decimal"],
            _ => return None,
        };
        let format = pick(formats, rng)?;
        if schema.contains_key("format") || schema.contains_key("enum") {
            return None;
        }
        set(schema, "format", json!(format))
    }),
    of_schema!("schema: format removed", |schema, _| unset(schema, "format")),
    of_schema!("schema: format changed", |schema, rng| {
        let formats: &[&str] = match (is_scalar(schema)?, text(schema, "format")?) {
            ("string", _) => &["date-time", "date", "uuid", "password", "byte", "email"],
            ("integer", _) => &["int32", "int64", "uint32", "uint64", "int16"],
            ("number", _) => &["float", "double"],
            _ => return None,
        };
        set(schema, "format", json!(pick(formats, rng)?))
    }),
    of_schema!("enum: value added", |schema, rng| {
        let all = listed(schema, 1)?;
        let value = match all.iter().find(|value| !value.is_null())? {
            Value::String(_) => json!("brand-new"),
            Value::Number(_) => json!(98_765),
            _ => return None,
        };
        let at = rng.usize(..=all.len());
        all.insert(at, value);
        Some(())
    }),
    of_schema!("enum: value removed", |schema, rng| {
        let all = listed(schema, 2)?;
        let at = rng.usize(..all.len());
        let gone = all.remove(at);
        schema.retain(|key, value| key != "default" || *value != gone);
        Some(())
    }),
    of_schema!("enum: values reordered", |schema, _| Some(listed(schema, 2)?.rotate_left(1))),
    of_schema!("enum: value respelled", |schema, rng| {
        let all = listed(schema, 1)?;
        let at = rng.usize(..all.len());
        let Value::String(text) = all.get_mut(at)? else { return None };
        let upper = text.to_uppercase();
        let other = if upper == *text { text.to_lowercase() } else { upper };
        if other == *text {
            return None;
        }
        *text = other;
        Some(())
    }),
    of_schema!("enum: any value", |schema, _| unset(schema, "enum")),
    of_schema!("enum: on a scalar", |schema, rng| {
        let value = match is_scalar(schema)? {
            "string" => json!(["first", "second"]),
            "integer" => json!([1, 2]),
            _ => return None,
        };
        if schema.contains_key("enum") || rng.u8(..3) == 0 {
            return None;
        }
        unset(schema, "default");
        set(schema, "enum", value)
    }),
    of_schema!("enum: on a scalar, one value", |schema, _| {
        is_scalar(schema).filter(|kind| *kind == "string" && !schema.contains_key("enum"))?;
        unset(schema, "default");
        set(schema, "enum", json!(["only"]))
    }),
    Kind {
        name: "schema: nullable on or off",
        place: Place::Schema,
        wire: Wire::Values,
        edit: |document, at, _| {
            let dialect = Dialect::of(document);
            let schema = object(document, at)?;
            if schema.contains_key("$ref") {
                return None;
            }
            let key = match dialect {
                Dialect::Two => "x-nullable",
                Dialect::Three => "nullable",
                Dialect::ThreeOne => {
                    let kind = schema.get("type")?.clone();
                    let types = match kind {
                        Value::String(kind) => json!([kind, "null"]),
                        Value::Array(mut all) if all.len() == 2 && all.contains(&json!("null")) => {
                            all.retain(|kind| kind != "null");
                            all.pop()?
                        }
                        _ => return None,
                    };
                    return set(schema, "type", types);
                }
            };
            schema.get("type")?;
            unset(schema, key).or_else(|| set(schema, key, json!(true)))
        },
    },
    of_schema!("union: member added", |schema, rng| {
        let added =
            json!({ "type": "object", "required": ["novelty"], "properties": { "novelty": { "type": "string" } } });
        let added = if rng.bool() { json!({ "type": "boolean" }) } else { added };
        if schema.contains_key("discriminator") {
            return None;
        }
        Some(union(schema, 1)?.push(added))
    }),
    of_schema!("union: member removed", |schema, rng| {
        let all = union(schema, 2)?;
        let at = rng.usize(..all.len());
        all.remove(at);
        Some(())
    }),
    of_schema!("union: members reordered", |schema, _| Some(union(schema, 2)?.rotate_left(1))),
    of_schema!("union: discriminator removed", |schema, _| unset(schema, "discriminator")),
    of_schema!("union: of a type that was alone", |schema, rng| {
        if text(schema, "type").is_none_or(|kind| kind == "null") {
            return None;
        }
        let inner = std::mem::take(schema);
        let other = if rng.bool() { json!({ "type": "boolean" }) } else { json!({ "type": "array", "items": {} }) };
        set(schema, "oneOf", json!([inner, other]))
    }),
    of_schema!("object: additionalProperties false", |schema, _| {
        schema.get("properties").filter(|_| !schema.contains_key("additionalProperties"))?;
        set(schema, "additionalProperties", json!(false))
    }),
    of_schema!("object: additionalProperties removed", |schema, _| {
        schema.get("properties")?;
        unset(schema, "additionalProperties")
    }),
    of_schema!("object: additionalProperties of a type", |schema, rng| {
        schema.get("properties")?;
        set(
            schema,
            "additionalProperties",
            if rng.bool() { json!({ "type": "integer" }) } else { json!({ "type": "string" }) },
        )
    }),
    of_schema!("schema: title added", |schema, _| set(schema, "title", json!("Some Title"))),
    of_schema!("schema: description changed", |schema, _| set(schema, "description", json!("Another text."))),
    of_schema!("schema: example added", |schema, _| {
        text(schema, "type").filter(|kind| *kind == "string" && !schema.contains_key("enum"))?;
        set(schema, "example", json!("an example"))
    }),
    of_schema!("schema: bound added", |schema, rng| {
        let (key, value) = match text(schema, "type")? {
            "string" => pick(&[("maxLength", json!(3)), ("minLength", json!(1)), ("pattern", json!("^[a-f]+$"))], rng)?,
            "integer" | "number" => {
                pick(&[("minimum", json!(0)), ("maximum", json!(7)), ("multipleOf", json!(2))], rng)?
            }
            "array" => pick(&[("maxItems", json!(1)), ("minItems", json!(1)), ("uniqueItems", json!(true))], rng)?,
            "object" => pick(&[("minProperties", json!(1)), ("maxProperties", json!(1))], rng)?,
            _ => return None,
        };
        if schema.contains_key("enum") {
            return None;
        }
        set(schema, key, value)
    }),
    of_schema!("schema: bound removed", |schema, _| {
        let bounds = ["maxLength", "minLength", "pattern", "minimum", "maximum", "maxItems", "minItems", "uniqueItems"];
        bounds.into_iter().find_map(|key| unset(schema, key))
    }),
    of_schema!("schema: default changed", |schema, _| {
        let value =
            match is_scalar(schema).filter(|_| !schema.contains_key("enum") && !schema.contains_key("format"))? {
                "string" => json!("the default"),
                "boolean" => json!(true),
                _ => json!(3),
            };
        set(schema, "default", value)
    }),
    of_schema!("schema: default removed", |schema, _| unset(schema, "default")),
    of_schema!("schema: not", |schema, _| {
        schema.get("type")?;
        set(schema, "not", json!({ "enum": ["nothing"] }))
    }),
    of_schema!("schema: in allOf of its own", |schema, _| {
        text(schema, "type").filter(|kind| *kind == "object")?;
        let inner = std::mem::take(schema);
        set(schema, "allOf", json!([inner]))
    }),
    of_property!("property: deprecated", |schema| set(schema, "deprecated", json!(true))),
    of_property!("property: readOnly", |schema| set(schema, "readOnly", json!(true))),
    of_property!("property: writeOnly", |schema| set(schema, "writeOnly", json!(true))),
    Kind {
        name: "schema: extracted to a component",
        place: Place::Schema,
        wire: Wire::Values,
        edit: |document, at, _| {
            let start = Dialect::of(document).components();
            if parent(at) == start || document.pointer(start)?.get("Extracted").is_some() {
                return None;
            }
            let schema = object(document, at)?;
            if !(schema.contains_key("properties") || schema.contains_key("enum") || schema.contains_key("oneOf")) {
                return None;
            }
            let inner = std::mem::take(schema);
            schema.insert("$ref".to_owned(), json!(format!("#{start}/Extracted")));
            object(document, start)?.insert("Extracted".to_owned(), Value::Object(inner));
            Some(())
        },
    },
    Kind {
        name: "schema: reference inlined",
        place: Place::Schema,
        wire: Wire::Values,
        edit: |document, at, _| {
            let target = text(object(document, at)?, "$ref")?.strip_prefix('#')?.to_owned();
            let inner = document.pointer(&target)?.clone();
            *document.pointer_mut(at)? = inner;
            Some(())
        },
    },
    Kind {
        name: "schema: reference in allOf",
        place: Place::Schema,
        wire: Wire::Values,
        edit: |document, at, _| {
            let schema = object(document, at).filter(|schema| schema.contains_key("$ref"))?;
            let inner = std::mem::take(schema);
            set(schema, "allOf", json!([inner]))
        },
    },
];
