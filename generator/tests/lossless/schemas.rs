//! The schemas of a description as JSON Schema 2020-12: only the keywords for validation, and the examples. Independent
//! of the generator.

use super::described::at;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The requested schemas, and every schema to which they refer.
pub(crate) struct Schemas {
    /// `{"$defs": {"0": …}}`
    pub(crate) root: Value,
    /// Number of the schema at each place in the description.
    pub(crate) numbers: BTreeMap<String, String>,
}

impl Schemas {
    pub(crate) fn of(description: &Value, pointers: impl Iterator<Item = String>) -> Self {
        let new = description["openapi"].as_str().is_some_and(|version| !version.starts_with("3.0"));
        let mut convert = Convert { new, numbers: BTreeMap::new(), open: Vec::new() };
        for pointer in pointers {
            convert.number(&pointer);
        }
        let mut definitions = Map::new();
        while let Some(pointer) = convert.open.pop() {
            // A missing target allows any value.
            let schema = at(description, &pointer).map_or(Value::Bool(true), |schema| convert.schema(schema));
            definitions.insert(convert.number(&pointer), schema);
        }
        Self { root: json!({ "$defs": definitions }), numbers: convert.numbers }
    }

    /// The schema at a place.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        self.root["$defs"].get(self.numbers.get(pointer)?)
    }

    /// The target of a reference.
    pub(crate) fn target(&self, schema: &Value) -> Option<&Value> {
        self.root["$defs"].get(schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?)
    }
}

/// Keywords with a schema.
const ONE: [&str; 9] = [
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "items",
];
/// Keywords with several schemas.
const SEVERAL: [&str; 2] = ["allOf", "prefixItems"];
/// Keywords of unions.
const UNIONS: [&str; 2] = ["oneOf", "anyOf"];
/// Keywords with schemas by name.
const NAMED: [&str; 3] = ["properties", "patternProperties", "dependentSchemas"];
/// Keywords with a count.
const COUNTS: [&str; 6] = ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];
const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

struct Convert {
    /// True for JSON Schema 2020-12, as in OpenAPI from 3.1 on.
    new: bool,
    numbers: BTreeMap<String, String>,
    /// Places that are not converted yet.
    open: Vec<String>,
}

impl Convert {
    /// The number of a place. Adds the place if it is new.
    fn number(&mut self, pointer: &str) -> String {
        let next = self.numbers.len().to_string();
        if let Some(known) = self.numbers.get(pointer) {
            return known.clone();
        }
        self.open.push(pointer.to_owned());
        self.numbers.insert(pointer.to_owned(), next.clone());
        next
    }

    fn schema(&mut self, schema: &Value) -> Value {
        let Some(keywords) = schema.as_object() else { return Value::Bool(schema != &Value::Bool(false)) };
        let nullable = ["nullable", "x-nullable"].iter().any(|key| keywords.get(*key) == Some(&Value::Bool(true)));
        let reference = keywords.get("$ref").and_then(Value::as_str);
        // Older versions ignore keywords beside a reference.
        let mut plain = if reference.is_some() && !self.new { Map::new() } else { self.keywords(keywords) };
        if let Some(reference) = reference {
            plain.insert("$ref".to_owned(), Value::String(format!("#/$defs/{}", self.number(reference))));
            plain.insert("$comment".to_owned(), json!(reference));
        }
        if nullable { or_null(plain) } else { Value::Object(plain) }
    }

    fn keywords(&mut self, from: &Map<String, Value>) -> Map<String, Value> {
        let mut to = Map::new();
        for (key, value) in from {
            let key = key.as_str();
            let converted = match value {
                Value::Array(_) if key == "items" => self.several(value).map(|list| ("prefixItems", list)),
                Value::Object(_) | Value::Bool(_) if ONE.contains(&key) => Some((key, self.schema(value))),
                Value::Array(_) if UNIONS.contains(&key) => self.members(value).map(|list| (key, list)),
                Value::Array(_) if SEVERAL.contains(&key) => self.several(value).map(|list| (key, list)),
                Value::Object(named) if NAMED.contains(&key) => {
                    let named = named.iter().filter(|(name, _)| key != "patternProperties" || is_pattern(name));
                    let named = named.map(|(name, value)| (name.clone(), self.schema(value)));
                    Some((key, Value::Object(named.collect())))
                }
                Value::Number(count) if COUNTS.contains(&key) && count.is_u64() => Some((key, value.clone())),
                Value::Number(one) if key == "multipleOf" && one.as_f64() > Some(0.0) => Some((key, value.clone())),
                Value::Bool(_) if key == "uniqueItems" => Some((key, value.clone())),
                Value::String(pattern) if key == "pattern" && is_pattern(pattern) => Some((key, value.clone())),
                Value::String(_) if key == "format" => Some((key, value.clone())),
                Value::Array(names) if key == "required" => Some((key, texts(names))),
                Value::Object(_) if key == "dependentRequired" => Some((key, value.clone())),
                Value::Object(_) if key == "discriminator" => Some((key, value.clone())),
                _ if key == "const" && self.new => Some((key, value.clone())),
                _ if key == "default" => Some((key, value.clone())),
                _ => None,
            };
            to.extend(converted.map(|(key, value)| (key.to_owned(), value)));
        }
        types(from, &mut to);
        values(from, &mut to);
        bounds(from, &mut to);
        examples(from, &mut to);
        to
    }

    fn several(&mut self, list: &Value) -> Option<Value> {
        let list = list.as_array().filter(|list| !list.is_empty())?;
        Some(list.iter().map(|one| self.schema(one)).collect())
    }

    /// The members of a union. A member that is only nullable means null, although it allows any value by the letter of
    /// OpenAPI 3.0.
    fn members(&mut self, list: &Value) -> Option<Value> {
        const ABOUT: [&str; 4] = ["nullable", "x-nullable", "title", "description"];
        let is_null = |member: &Value| {
            member.as_object().is_some_and(|keywords| {
                keywords.keys().all(|key| ABOUT.contains(&key.as_str()))
                    && ABOUT.iter().take(2).any(|key| keywords.get(*key) == Some(&Value::Bool(true)))
            })
        };
        let list = list.as_array().filter(|list| !list.is_empty())?;
        let members = list.iter().map(|one| if is_null(one) { json!({ "type": "null" }) } else { self.schema(one) });
        Some(members.collect())
    }
}

fn is_pattern(text: &str) -> bool {
    jsonschema::options().build(&json!({ "pattern": text })).is_ok()
}

fn texts(names: &[Value]) -> Value {
    let mut once: Vec<Value> = Vec::new();
    for name in names.iter().filter(|name| name.is_string()) {
        if !once.contains(name) {
            once.push(name.clone());
        }
    }
    Value::Array(once)
}

/// Allows null where the description allows it.
fn or_null(mut schema: Map<String, Value>) -> Value {
    let joined = ["$ref", "allOf", "oneOf", "anyOf", "not", "if", "const"].iter().any(|key| schema.contains_key(*key));
    match schema.get_mut("type") {
        Some(types) if !joined => {
            let mut all = types.as_array().cloned().unwrap_or_else(|| vec![types.clone()]);
            all.retain(|one| one != "null");
            all.push(json!("null"));
            *types = Value::Array(all);
            if let Some(Value::Array(values)) = schema.get_mut("enum")
                && !values.contains(&Value::Null)
            {
                values.push(Value::Null);
            }
            Value::Object(schema)
        }
        _ => json!({ "anyOf": [schema, { "type": "null" }] }),
    }
}

fn types(from: &Map<String, Value>, to: &mut Map<String, Value>) {
    let known = |name: &Value| name.as_str().is_some_and(|name| TYPES.contains(&name));
    match from.get("type") {
        Some(name @ Value::String(_)) if known(name) => {
            to.insert("type".to_owned(), name.clone());
        }
        Some(Value::Array(names)) if !names.is_empty() => {
            // YAML reads an unquoted `null` as null.
            let meant = |name: &Value| if name.is_null() { json!("null") } else { name.clone() };
            let names: Vec<Value> = names.iter().map(meant).collect();
            if names.iter().all(known) {
                to.insert("type".to_owned(), texts(&names));
            }
        }
        _ => {}
    }
}

/// YAML may read an unquoted `on` or `1.0` as another type. The schema's type decides.
fn values(from: &Map<String, Value>, to: &mut Map<String, Value>) {
    let Some(values) = from.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty()) else { return };
    let text = from.get("type").is_some_and(|name| name == "string");
    let mut once: Vec<Value> = Vec::new();
    for value in values {
        let meant = match value {
            Value::Number(_) | Value::Bool(_) if text => Value::String(value.to_string()),
            other => other.clone(),
        };
        if !once.contains(&meant) {
            once.push(meant);
        }
    }
    to.insert("enum".to_owned(), Value::Array(once));
}

/// Bounds are numbers, exclusive bounds too. A format with a number of bits is a bound.
fn bounds(from: &Map<String, Value>, to: &mut Map<String, Value>) {
    for (key, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let bound = from.get(key).filter(|bound| bound.is_number());
        match (bound, from.get(exclusive)) {
            (Some(bound), Some(Value::Bool(true))) => drop(to.insert(exclusive.to_owned(), bound.clone())),
            (bound, other) => {
                to.extend(bound.map(|bound| (key.to_owned(), bound.clone())));
                let other = other.filter(|other| other.is_number());
                to.extend(other.map(|other| (exclusive.to_owned(), other.clone())));
            }
        }
    }
    let (number, integer) = (is_of(to, "number"), is_of(to, "integer"));
    if !number && !integer {
        return;
    }
    let (least, most) = match from.get("format").and_then(Value::as_str) {
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("int8") if !number => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") if !number => (json!(i16::MIN), json!(i16::MAX)),
        Some("uint8") if !number => (json!(0), json!(u8::MAX)),
        Some("uint16") if !number => (json!(0), json!(u16::MAX)),
        Some("uint32") if !number => (json!(0), json!(u32::MAX)),
        Some("uint64") if !number => (json!(0), json!(u64::MAX)),
        _ => return,
    };
    // A format with a number of bits is for whole numbers.
    let whole = |name: &Value| if name == "number" { json!("integer") } else { name.clone() };
    let types = match to.get("type") {
        Some(Value::Array(names)) => names.iter().map(whole).collect(),
        _ => json!("integer"),
    };
    to.insert("type".to_owned(), types);
    to.entry("minimum").or_insert(least);
    to.entry("maximum").or_insert(most);
}

fn is_of(schema: &Map<String, Value>, name: &str) -> bool {
    schema
        .get("type")
        .is_some_and(|kind| kind == name || kind.as_array().is_some_and(|names| names.contains(&json!(name))))
}

fn examples(from: &Map<String, Value>, to: &mut Map<String, Value>) {
    let mut all: Vec<Value> = ["example", "x-example"].iter().filter_map(|key| from.get(*key)).cloned().collect();
    if let Some(Value::Array(list)) = from.get("examples") {
        all.extend(list.iter().cloned());
    }
    if !all.is_empty() {
        to.insert("examples".to_owned(), Value::Array(all));
    }
}
