//! An overlay that adds what traffic has to the description.

use super::schema_node::{Place, PlaceLookup, Version, quoted};
use super::tally::{Entry, Key};
use crate::syntax::node::Kind;
use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// More unknown fields of one schema are names of a map.
const MAX_FIELDS: usize = 50;

/// The overlay while it grows.
pub(super) struct Proposal<'p> {
    places: &'p PlaceLookup<'p>,
    actions: Vec<Value>,
    /// The number of unknown fields by schema.
    fields: IndexMap<String, usize>,
    /// Targets that an action removes. Later actions have nothing to change there.
    removed: Vec<String>,
    /// Schemas whose `type` an action makes a list.
    retyped: Vec<String>,
}

impl<'p> Proposal<'p> {
    pub(super) fn new(places: &'p PlaceLookup<'p>) -> Self {
        Self { places, actions: Vec::new(), fields: IndexMap::new(), removed: Vec::new(), retyped: Vec::new() }
    }

    /// Adds the actions for a finding. Returns false if there are none.
    pub(super) fn add(&mut self, key: &Key, entry: &Entry) -> bool {
        let found = entry.place.as_ref().and_then(|place| Some((place, self.places.path(place)?)));
        let Some((place, path)) = found else { return false };
        let version = self.places.version();
        let actions = match key {
            Key::Field(_, name) => Some(self.field(&path, name, entry.inferred.schema(version))),
            Key::Value(_) => self.value(place, &path, entry),
            Key::Missing(_, name) => self.missing(place, name),
            Key::Null(_) => self.null(place, &path, version),
            Key::Type(_, _, found) => self.kind(place, &path, found, version),
            Key::Variant(_) | Key::Fault(_) => None,
            Key::Status(_, status) => {
                let bodies =
                    entry.media_types.iter().map(|(media, inferred)| (media.clone(), inferred.schema(version)));
                let response = response(bodies.collect(), version);
                Some(vec![json!({"target": path, "update": {(status.to_string()): response}})])
            }
            Key::MediaType(_, media) if version != Version::Two => {
                let content = json!({"content": {(media.clone()): {"schema": entry.inferred.schema(version)}}});
                Some(vec![json!({"target": path, "update": content})])
            }
            Key::MediaType(..) => None,
        };
        let Some(actions) = actions else { return false };
        for mut action in actions {
            let target = action.get("target").and_then(Value::as_str).unwrap_or_default();
            let is_removed = |place: &str| self.removed.iter().any(|removed| removed == place);
            let updates_enum = action.pointer("/update/enum").is_some();
            if is_removed(target) || updates_enum && is_removed(&format!("{target}.enum")) {
                continue;
            }
            let is_replaced = self.retyped.iter().any(|path| target == format!("{path}.type"));
            if action.get("remove").is_some() && !target.ends_with(']') && !is_replaced {
                self.removed.push(target.to_owned());
            }
            let note = format!("{}: {} occurrences, in {}", entry.kind.as_str(), entry.count, shown(entry));
            if let Some(members) = action.as_object_mut() {
                members.insert("description".to_owned(), Value::String(note));
            }
            self.actions.push(action);
        }
        true
    }

    fn field(&mut self, path: &str, name: &str, schema: Value) -> Vec<Value> {
        let count = self.fields.entry(path.to_owned()).or_default();
        *count += 1;
        match *count {
            count if count <= MAX_FIELDS => {
                vec![json!({"target": path, "update": {"properties": {(name.to_owned()): schema}}})]
            }
            count if count == MAX_FIELDS + 1 => {
                vec![json!({"target": path, "update": {"additionalProperties": true}})]
            }
            _ => Vec::new(),
        }
    }

    /// Adds values to an enum, or removes it. The target is the schema itself: other overlay tools do not keep a list that is a target.
    fn value(&self, place: &Place, path: &str, entry: &Entry) -> Option<Vec<Value>> {
        let tree = self.places.tree();
        if tree.value_at(place.node, "const").is_some() {
            return Some(vec![json!({"target": format!("{path}.const"), "remove": true})]);
        }
        tree.value_at(place.node, "enum")?;
        let value = |text: &String| match text.parse::<i128>() {
            Ok(_) if entry.is_integer => serde_json::from_str(text).unwrap_or_default(),
            _ => Value::String(text.clone()),
        };
        Some(match &entry.values {
            Some(values) => {
                vec![json!({"target": path, "update": {"enum": values.iter().map(value).collect::<Vec<_>>()}})]
            }
            None => vec![json!({"target": format!("{path}.enum"), "remove": true})],
        })
    }

    /// Takes a name out of the `required` list of a schema, or of the subschema that has it.
    fn missing(&self, place: &Place, name: &str) -> Option<Vec<Value>> {
        let tree = self.places.tree();
        let mut open = vec![place.clone()];
        let subschemas = self.places.below(place, "allOf");
        for index in 0..subschemas.as_ref().map_or(0, |subschemas| tree.list(subschemas.node).len()) {
            let pointer = format!("{}/{index}", subschemas.as_ref()?.pointer);
            let subschema = self.places.at(&pointer)?;
            open.push(self.places.target(&subschema)?);
        }
        let has = |place: &Place| {
            let required = tree.value_at(place.node, "required").map_or(&[][..], |list| tree.list(list));
            required.iter().any(|item| tree.text(*item) == Some(name))
        };
        let path = self.places.path(open.iter().find(|place| has(place))?)?;
        Some(vec![json!({"target": format!("{path}.required[?@ == {}]", quoted(name)), "remove": true})])
    }

    fn null(&mut self, place: &Place, path: &str, version: Version) -> Option<Vec<Value>> {
        let enum_node = self.places.tree().value_at(place.node, "enum");
        let enum_action = enum_node.map(|_| json!({"target": path, "update": {"enum": [null]}}));
        let actions = match version {
            Version::Two => return None,
            Version::ThreeZero => vec![json!({"target": path, "update": {"nullable": true}})],
            Version::Newer => self.add_type(place, path, "null")?,
        };
        Some(actions.into_iter().chain(enum_action).collect())
    }

    /// Allows another type. Before 3.1 a schema has one type, and loses it.
    fn kind(&mut self, place: &Place, path: &str, found: &str, version: Version) -> Option<Vec<Value>> {
        let tree = self.places.tree();
        let remove = |key: &str| {
            let target = format!("{path}.{key}");
            tree.value_at(place.node, key).map(|_| json!({"target": target, "remove": true}))
        };
        tree.value_at(place.node, "type")?;
        if version != Version::Newer {
            let keys = ["type", "format", "enum", "properties", "items", "additionalProperties", "required"];
            return Some(keys.into_iter().filter_map(remove).collect());
        }
        let listed = ["enum", "const"].into_iter().filter_map(remove);
        Some(listed.chain(self.add_type(place, path, found)?).collect())
    }

    /// Adds a type to the types of a schema of OpenAPI 3.1.
    fn add_type(&mut self, place: &Place, path: &str, found: &str) -> Option<Vec<Value>> {
        let tree = self.places.tree();
        let known = tree.value_at(place.node, "type")?;
        if matches!(tree.get(known).kind, Kind::List(_)) || self.retyped.iter().any(|retyped| retyped == path) {
            return Some(vec![json!({"target": path, "update": {"type": [found]}})]);
        }
        self.retyped.push(path.to_owned());
        let types = json!({"type": [tree.text(known)?, found]});
        let target = format!("{path}.type");
        Some(vec![json!({"target": target, "remove": true}), json!({"target": path, "update": types})])
    }

    /// The overlay as YAML. Empty without an action.
    pub(super) fn text(&self) -> String {
        if self.actions.is_empty() {
            return String::new();
        }
        let mut text = "# Differences between traffic and the description. Review each action.\n".to_owned();
        let info = json!({"title": "Differences that traffic shows", "version": "1"});
        let actions = self.actions.iter().map(ordered).collect::<Vec<_>>();
        write_yaml(&mut text, &json!({"overlay": "1.0.0", "info": info, "actions": actions}), 0);
        text
    }
}

/// An action with its description first.
fn ordered(action: &Value) -> Value {
    let keys = ["description", "target", "update", "remove"];
    let entries = keys.iter().filter_map(|key| Some(((*key).to_owned(), action.get(key)?.clone())));
    Value::Object(entries.collect())
}

fn shown(entry: &Entry) -> String {
    entry.operations.iter().take(3).cloned().collect::<Vec<_>>().join(", ")
}

fn response(bodies: Map<String, Value>, version: Version) -> Value {
    let description = "Seen in traffic.";
    if bodies.is_empty() {
        return json!({"description": description});
    }
    if version == Version::Two {
        let schema = bodies.into_iter().find(|(media, _)| media.ends_with("json")).map(|(_, schema)| schema);
        return match schema {
            Some(schema) => json!({"description": description, "schema": schema}),
            None => json!({"description": description}),
        };
    }
    let content: Map<String, Value> =
        bodies.into_iter().map(|(media, schema)| (media, json!({"schema": schema}))).collect();
    json!({"description": description, "content": content})
}

/// Writes a value as YAML in block style. Strings are quoted as in JSON, unless they are plain words.
fn write_yaml(text: &mut String, value: &Value, level: usize) {
    let space = "  ".repeat(level);
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                let _ = write!(text, "{space}{}:", scalar(&Value::String(name.clone())));
                write_below(text, value, level + 1);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let mut inner = String::new();
                write_yaml(&mut inner, item, level + 1);
                let _ = writeln!(text, "{space}- {}", inner.trim());
            }
        }
        _ => {
            let _ = writeln!(text, "{space}{}", scalar(value));
        }
    }
}

fn write_below(text: &mut String, value: &Value, level: usize) {
    let is_block = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if is_block {
        text.push('\n');
        write_yaml(text, value, level);
    } else {
        let _ = writeln!(text, " {}", scalar(value));
    }
}

fn scalar(value: &Value) -> String {
    let Value::String(text) = value else { return value.to_string() };
    let is_word = text.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && text.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
    if is_word { text.clone() } else { value.to_string() }
}
