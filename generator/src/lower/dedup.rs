//! Deduplication: equal inline schemas become one schema, and therefore one type. Knows only the `Api`.

mod components;
mod nullable;

use super::prune::{prune, visit_api_ids, visit_shape_ids};
use crate::api::{Api, Duplicate, Examples, Schema, SchemaId, Shape};
use indexmap::IndexMap;
use std::collections::{BTreeSet, HashMap};

/// Maximum number of rounds in which inline copies of components are replaced: a copy that holds copies takes a round for each level.
const ROUNDS: usize = 16;

/// Lets a nullable component refer to its equal without null, replaces inline schemas that are equal to a component by it,
/// and lets equal inline schemas refer to the first of them.
pub(super) fn merge(api: &mut Api, renamed: &[(String, String)]) {
    let mut merged = nullable::merge(api, renamed);
    let mut changed = vec![true; api.schemas.len()];
    for _ in 0..ROUNDS {
        let Some(holders) = components::replace_copies(api, renamed, &changed) else { break };
        changed = holders;
        merged = true;
    }
    if merged {
        // Names come from the first place that is left.
        prune(api);
    }
    merge_inline(api, renamed);
}

/// Marks the schemas that contain these, directly or through inline schemas. A component is marked, but not the schemas that refer to
/// it.
fn holders(api: &mut Api, held: Vec<SchemaId>) -> Vec<bool> {
    let components: BTreeSet<SchemaId> = api.components.values().copied().collect();
    let mut held_by: Vec<Vec<SchemaId>> = vec![Vec::new(); api.schemas.len()];
    for (index, schema) in api.schemas.iter_mut().enumerate() {
        visit_shape_ids(Some(&mut schema.shape), |inner| {
            if let Some(holders) = held_by.get_mut(inner.index()) {
                holders.push(id(index));
            }
        });
    }
    let mut marked = vec![false; api.schemas.len()];
    let mut open = held;
    while let Some(id) = open.pop() {
        for holder in held_by.get_mut(id.index()).map(std::mem::take).unwrap_or_default() {
            if let Some(mark) = marked.get_mut(holder.index()) {
                *mark = true;
            }
            if !components.contains(&holder) {
                open.push(holder);
            }
        }
    }
    marked
}

/// Lets equal inline schemas refer to the first of them. Components keep their own types, and so do schemas with different
/// names: their equality may be chance.
fn merge_inline(api: &mut Api, renamed: &[(String, String)]) {
    let components: BTreeSet<SchemaId> = api.components.values().copied().collect();
    let mut classes = Classes::new(api, components, renamed);
    let all: Vec<SchemaId> = api.schemas.ids().collect();
    let found: Vec<usize> = all.iter().map(|id| classes.class(*id)).collect();
    let mut first: Vec<Option<SchemaId>> = vec![None; classes.known.len()];
    let mut stands_for = all.clone();
    for (id, class) in all.iter().zip(found) {
        let named = api.schemas.get(id).is_some_and(is_named);
        if let (true, Some(first)) = (named, first.get_mut(class)) {
            let first = *first.get_or_insert(*id);
            if let Some(slot) = stands_for.get_mut(id.index()) {
                *slot = first;
            }
        }
    }
    move_descriptions(api, &stands_for);
    for (id, first) in api.schemas.ids().zip(stands_for).filter(|(id, first)| id != first) {
        refer(api, id, first);
    }
}

/// Lets a schema refer to an equal one, and records it. Its place still has its own name.
fn refer(api: &mut Api, place: SchemaId, target: SchemaId) {
    if let Some(schema) = api.schemas.get_mut(place) {
        api.duplicates.push(duplicate(schema, target));
        schema.shape = Shape::Same(target);
        schema.name_words = schema.place_words.clone();
    }
}

/// Lets every place name another schema.
fn replace(api: &mut Api, stands_for: &[SchemaId]) {
    move_descriptions(api, stands_for);
    for (id, target) in api.schemas.ids().zip(stands_for).filter(|(id, target)| id != *target) {
        let duplicate = api.schemas.get(id).map(|schema| duplicate(schema, *target));
        api.duplicates.extend(duplicate);
    }
    visit_api_ids(api, |id| *id = stands_for.get(id.index()).copied().unwrap_or(*id));
}

/// The place of a schema that another one stands for.
fn duplicate(schema: &Schema, of: SchemaId) -> Duplicate {
    let (name_words, place_words, outer) =
        (schema.name_words.clone(), schema.place_words.clone(), schema.outer.clone());
    Duplicate { origin: schema.origin.clone(), name_words, place_words, outer, of }
}

fn id(index: usize) -> SchemaId {
    SchemaId::at(index)
}

/// Returns true if a schema has a type of its own.
fn is_named(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) => true,
        Shape::Tuple(tuple) => !tuple.is_rust_tuple(),
        Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) | Shape::Same(_) | Shape::Any(_) => false,
    }
}

/// Moves descriptions of replaced schemas to the properties and parameters that use them. If equal inline
/// schemas have different descriptions, each describes its own place and moves too.
fn move_descriptions(api: &mut Api, stands_for: &[SchemaId]) {
    let components: BTreeSet<SchemaId> = api.components.values().copied().collect();
    let text = |id: SchemaId| api.schemas.get(id).and_then(|schema| schema.description.as_ref());
    let mut of_places: HashMap<SchemaId, Option<String>> = HashMap::new();
    for (index, replacement) in stands_for.iter().enumerate() {
        let replaced = id(index);
        if replaced != *replacement && text(replaced) != text(*replacement) {
            of_places.insert(replaced, text(replaced).cloned());
            if !components.contains(replacement) {
                of_places.insert(*replacement, text(*replacement).cloned());
            }
        }
    }
    let mut moved = BTreeSet::new();
    let mut receive = |place: &mut Option<String>, schema: SchemaId| {
        let Some(Some(description)) = of_places.get(&schema) else { return };
        if place.get_or_insert_with(|| description.clone()) == description {
            moved.insert(schema);
        }
    };
    for schema in &mut api.schemas {
        let Shape::Object(object) = &mut schema.shape else { continue };
        object.properties.iter_mut().for_each(|property| receive(&mut property.description, property.schema));
    }
    let parameters = api.operations.iter_mut().flat_map(|operation| &mut operation.parameters);
    parameters.for_each(|parameter| receive(&mut parameter.description, parameter.schema));
    for id in moved {
        if let Some(schema) = api.schemas.get_mut(id) {
            schema.description = None;
        }
    }
}

struct Classes<'a> {
    api: &'a Api,
    components: BTreeSet<SchemaId>,
    renamed: &'a [(String, String)],
    of: Vec<Option<usize>>,
    known: IndexMap<Class, ()>,
}

/// The classes of equal schemas.
#[derive(PartialEq, Eq, Hash)]
enum Class {
    /// A schema that equals no other.
    Alone(usize),
    /// The content of a schema without its place, with classes in place of the schemas in it.
    Like(Box<Schema>),
}

impl<'a> Classes<'a> {
    fn new(api: &'a Api, components: BTreeSet<SchemaId>, renamed: &'a [(String, String)]) -> Self {
        Self { api, components, renamed, of: vec![None; api.schemas.len()], known: IndexMap::new() }
    }

    /// The number of the class of a schema.
    fn class(&mut self, id: SchemaId) -> usize {
        let index = id.index();
        if let Some(Some(class)) = self.of.get(index) {
            return *class;
        }
        let Some(schema) = self.api.schemas.get(id) else { return 0 };
        if self.components.contains(&id) {
            return self.put(index, Class::Alone(index));
        }
        // A recursive schema equals no other.
        self.put(index, Class::Alone(index));
        let name_word = self.renamed_key(schema).or_else(|| schema.name_words.last().cloned());
        let content = self.content(schema, name_word.filter(|_| is_named(schema)));
        self.put(index, Class::Like(Box::new(content)))
    }

    /// The content of a schema without its place, with classes in place of the schemas in it.
    fn content(&mut self, schema: &Schema, name: Option<String>) -> Schema {
        let mut plain = Schema {
            origin: Default::default(),
            name_words: name.into_iter().collect(),
            place_words: Vec::new(),
            outer: Vec::new(),
            description: schema.description.clone().filter(|_| !is_named(schema)),
            only_value: schema.only_value.clone(),
            default: schema.default.clone(),
            examples: Examples::default(),
            xml: schema.xml.clone(),
            shape: schema.shape.clone(),
            deprecated: schema.deprecated,
            nullable: schema.nullable,
            secret: schema.secret,
            has_chosen_type: schema.has_chosen_type,
            in_string: schema.in_string,
            is_const: schema.is_const,
            sent: schema.sent,
            received: schema.received,
        };
        if let Shape::Object(object) = &mut plain.shape {
            for property in &mut object.properties {
                let of_schema = self.api.schemas.get(property.schema);
                let of_schema = of_schema.and_then(|schema| schema.description.clone());
                property.description = property.description.take().or(of_schema);
            }
        }
        visit_shape_ids(Some(&mut plain.shape), |inner| {
            *inner = SchemaId::at(self.class(*inner));
        });
        plain
    }

    /// A key that the setting `rename` gives a schema, so that only schemas of the same name are equal. A schema whose
    /// enum values are renamed has its own pointer as the key, and equals no other.
    fn renamed_key(&self, schema: &Schema) -> Option<String> {
        let pointer = schema.origin.pointer.as_str();
        self.renamed.iter().find_map(|(place, name)| match place.strip_prefix(pointer)? {
            "" => Some(format!("{name} by the settings")),
            value if value.starts_with('.') => Some(pointer.to_owned()),
            _ => None,
        })
    }

    fn put(&mut self, index: usize, class: Class) -> usize {
        let (class, _) = self.known.insert_full(class, ());
        if let Some(slot) = self.of.get_mut(index) {
            *slot = Some(class);
        }
        class
    }
}
