//! Names of the types of inline schemas. Knows their places; does not know their shapes.

use super::names::{Scope, type_name};
use super::renames::Renames;
use super::type_of::is_named;
use crate::api::{Api, Operation, Payload, Schema, SchemaId, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// Names every inline schema that gets a type of its own, from the outside in: by its title, else by its parent's name
/// and its place there. Where the title is taken, the parent's name is used; a number is the last resort.
pub(super) fn names(api: &Api, renames: &Renames<'_>, names: &mut BTreeMap<SchemaId, String>, scope: &mut Scope) {
    given(api, renames, names, scope);
    let mut naming = Naming { api, names, scope, seen: BTreeSet::new() };
    let calls = api.operations.iter().flat_map(Operation::schemas);
    let payloads = api.payloads.iter().flat_map(Payload::schemas);
    for id in api.components.values().copied().chain(calls).chain(payloads) {
        naming.name_below(id, None);
    }
}

/// Assigns the names of the settings before any other name.
fn given(api: &Api, renames: &Renames<'_>, names: &mut BTreeMap<SchemaId, String>, scope: &mut Scope) {
    for (index, schema) in api.schemas.iter().enumerate().filter(|(_, schema)| is_named(schema)) {
        let id = SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
        if let Some(wanted) = renames.schema(schema).filter(|_| !names.contains_key(&id)) {
            names.insert(id, scope.claim(&type_name(wanted)));
        }
    }
}

struct Naming<'a> {
    api: &'a Api,
    names: &'a mut BTreeMap<SchemaId, String>,
    scope: &'a mut Scope,
    seen: BTreeSet<SchemaId>,
}

impl<'a> Naming<'a> {
    /// Names a schema and the schemas in it. The parent is the nearest enclosing schema with a name.
    fn name_below(&mut self, id: SchemaId, parent: Option<(&'a Schema, &str)>) {
        let Some(schema) = self.api.schemas.get(id.0 as usize) else { return };
        if !self.seen.insert(id) {
            return;
        }
        if is_named(schema) && !self.names.contains_key(&id) {
            let name = self.scope.claim_first(&wanted(schema, parent));
            self.names.insert(id, name);
        }
        let own = self.names.get(&id).cloned();
        let parent = own.as_deref().map(|name| (schema, name)).or(parent);
        for inner in held(&schema.shape) {
            self.name_below(inner, parent);
        }
    }
}

fn wanted(schema: &Schema, parent: Option<(&Schema, &str)>) -> Vec<String> {
    let below = parent.and_then(|(around, name)| {
        let words = schema.place.strip_prefix(around.hint.as_slice()).filter(|words| !words.is_empty())?;
        Some(type_name(&format!("{name} {}", words.join(" "))))
    });
    let titled = schema.hint != schema.place;
    let own = (titled || below.is_none()).then(|| type_name(&schema.hint.join(" ")));
    let place = below.is_none().then(|| type_name(&schema.place.join(" ")));
    own.into_iter().chain(below).chain(place).collect()
}

fn held(shape: &Shape) -> Vec<SchemaId> {
    match shape {
        Shape::List(inner) | Shape::Map(inner) | Shape::Same(inner) => vec![*inner],
        Shape::Object(object) => {
            object.properties.iter().map(|property| property.schema).chain(object.extra.schema()).collect()
        }
        Shape::Tuple(tuple) => tuple.items.iter().copied().chain(tuple.rest.schema()).collect(),
        Shape::Union(union) => union.members.iter().map(|member| member.schema).collect(),
        Shape::Scalar(_) | Shape::Enum(_) | Shape::Any(_) => Vec::new(),
    }
}
