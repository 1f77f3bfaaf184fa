//! The schema of values that were seen.

use super::schema_node::Version;
use crate::validation::kind_of;
use indexmap::IndexMap;
use serde_json::{Value, json};

/// Deepest level with a schema of its own.
const DEEPEST: usize = 8;
/// Maximum number of properties of an object. More are names of a map.
const MAX_PROPERTIES: usize = 100;

/// The types of values at one place. No value is stored.
#[derive(Debug, Clone, Default)]
pub(super) struct Inferred {
    types: Vec<&'static str>,
    items: Option<Box<Inferred>>,
    properties: IndexMap<String, Inferred>,
    /// Too deep or too large for a schema.
    any: bool,
}

impl Inferred {
    pub(super) fn add(&mut self, value: &Value) {
        self.add_at(value, 0);
    }

    fn add_at(&mut self, value: &Value, depth: usize) {
        let kind = kind_of(value);
        if !self.types.contains(&kind) {
            self.types.push(kind);
        }
        if depth >= DEEPEST {
            self.any = true;
            return;
        }
        match value {
            Value::Array(values) => {
                let items = self.items.get_or_insert_default();
                values.iter().for_each(|value| items.add_at(value, depth + 1));
            }
            Value::Object(members) => {
                for (name, value) in members {
                    if self.properties.len() >= MAX_PROPERTIES && !self.properties.contains_key(name) {
                        self.any = true;
                        return;
                    }
                    self.properties.entry(name.clone()).or_default().add_at(value, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// The schema. Values of several types have one without a type.
    pub(super) fn schema(&self, version: Version) -> Value {
        let nullable = self.types.contains(&"null");
        let mut types: Vec<&str> = self.types.iter().copied().filter(|kind| *kind != "null").collect();
        if types.contains(&"number") {
            types.retain(|kind| *kind != "integer");
        }
        let [kind] = types.as_slice() else { return json!({}) };
        if self.any || nullable && version == Version::Two {
            return json!({});
        }
        let mut schema = match (nullable, version) {
            (true, Version::Newer) => json!({"type": [kind, "null"]}),
            (true, _) => json!({"type": kind, "nullable": true}),
            (false, _) => json!({"type": kind}),
        };
        if let Some(members) = schema.as_object_mut() {
            if *kind == "array" {
                let items = self.items.as_ref().map_or_else(|| json!({}), |items| items.schema(version));
                members.insert("items".to_owned(), items);
            }
            if *kind == "object" {
                let properties =
                    self.properties.iter().map(|(name, inferred)| (name.clone(), inferred.schema(version)));
                members.insert("properties".to_owned(), properties.collect());
            }
        }
        schema
    }
}
