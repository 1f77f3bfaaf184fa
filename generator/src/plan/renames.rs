//! The setting `rename`: names for parts of the description. Knows the keys of such parts; does not know the generated
//! items.

use crate::api::{Api, Operation, Parameter, Schema, SchemaId, Shape};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// The setting `rename`.
#[derive(Debug)]
pub(crate) struct Renames<'a> {
    names: &'a IndexMap<String, String>,
    components: BTreeMap<SchemaId, &'a str>,
    /// Ids of operations. They come before tags with the same name.
    operations: BTreeSet<&'a str>,
}

impl<'a> Renames<'a> {
    /// Reads the setting.
    pub(crate) fn new(api: &'a Api, names: &'a IndexMap<String, String>) -> Self {
        Self {
            names,
            components: api.components.iter().map(|(name, id)| (*id, name.as_str())).collect(),
            operations: api.operations.iter().filter_map(|operation| operation.id.as_deref()).collect(),
        }
    }

    fn first(&self, mut keys: impl Iterator<Item = String>) -> Option<&'a str> {
        if self.names.is_empty() {
            return None;
        }
        keys.find_map(|key| self.names.get(&key)).map(String::as_str)
    }

    /// The name of a schema's type, by its pointer.
    pub(crate) fn schema(&self, schema: &Schema) -> Option<&'a str> {
        self.names.get(&schema.origin.pointer).map(String::as_str)
    }

    /// The name of an operation's method: by id, by method and path, or by pointer.
    pub(crate) fn operation(&self, operation: &Operation) -> Option<&'a str> {
        self.first(operation_keys(operation))
    }

    /// The name of a group: by its tag, or by the segment of the path in its place.
    pub(crate) fn tag(&self, tag: &str) -> Option<&'a str> {
        let plain = (!self.operations.contains(tag)).then(|| tag.to_owned());
        self.first(plain.into_iter().chain([tag_key(tag)]))
    }

    /// The name of an argument or setter: by the operation, if it belongs to one, and the parameter's name, or by
    /// pointer.
    pub(crate) fn parameter(&self, operation: Option<&Operation>, parameter: &Parameter) -> Option<&'a str> {
        self.first(parameter_keys(operation, parameter))
    }

    /// The name of the variant of an enum's value: by the component, the type or the pointer of the enum, and the value.
    pub(crate) fn value(&self, id: SchemaId, schema: &Schema, name: &str, wire: &str) -> Option<&'a str> {
        let component = self.components.get(&id).copied();
        self.first(value_keys(component, schema, name, wire))
    }
}

/// All keys that the setting can have. `names` returns the type of a schema.
pub(super) fn known<'n>(api: &Api, names: impl Fn(SchemaId) -> Option<&'n str>) -> Vec<String> {
    let mut known = Vec::new();
    let components: BTreeMap<SchemaId, &str> = api.components.iter().map(|(name, id)| (*id, name.as_str())).collect();
    for (id, schema) in api.schemas.entries() {
        let Some(name) = names(id) else { continue };
        known.push(schema.origin.pointer.clone());
        if let Shape::Enum(listed) = &schema.shape {
            let values = listed.values.iter();
            known.extend(values.flat_map(|value| value_keys(components.get(&id).copied(), schema, name, &value.wire)));
        }
    }
    for operation in &api.operations {
        known.extend(operation_keys(operation));
        known.extend(operation.parameters.iter().flat_map(|parameter| parameter_keys(Some(operation), parameter)));
        known.extend(operation.tag.iter().flat_map(|tag| [tag.clone(), tag_key(tag)]));
    }
    known
}

fn operation_keys(operation: &Operation) -> impl Iterator<Item = String> {
    operation.id.clone().into_iter().chain([operation.route(), operation.origin.pointer.clone()])
}

fn tag_key(tag: &str) -> String {
    format!("#/tags/{tag}")
}

fn parameter_keys<'o>(operation: Option<&'o Operation>, parameter: &'o Parameter) -> impl Iterator<Item = String> + 'o {
    let keys = operation.into_iter().flat_map(operation_keys).map(move |key| format!("{key}.{}", parameter.name));
    keys.chain([parameter.origin.pointer.clone()])
}

fn value_keys<'s>(
    component: Option<&'s str>,
    schema: &'s Schema,
    name: &'s str,
    wire: &'s str,
) -> impl Iterator<Item = String> + 's {
    let owners = component.into_iter().chain([name, schema.origin.pointer.as_str()]);
    owners.map(move |owners| format!("{owners}.{wire}"))
}
