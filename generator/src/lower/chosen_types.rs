//! Types that the settings choose for single places: a schema, a property of a schema, or any schema by its pointer.

use super::all_of::MergedSchema;
use super::schema::any;
use super::{Lower, SchemaLocation};
use crate::api::{ChosenType, Member, Scalar, Schema, SchemaId, Shape, Union, UnmatchedType};
use crate::syntax::node::NodeId;
use crate::syntax::pointer::{escape, follow, steps};
use std::collections::{BTreeMap, BTreeSet};

/// The places of chosen types, each with its index in the settings.
#[derive(Debug, Default)]
pub(super) struct ChosenTypes {
    /// Schemas by their node.
    nodes: BTreeMap<NodeId, usize>,
    /// Inherited properties by the pointer of their object and their name.
    properties: BTreeMap<(String, String), usize>,
    used: BTreeSet<usize>,
}

impl Lower<'_> {
    /// Sets the types of the places that the settings name.
    pub(super) fn find_chosen_types(&mut self) {
        let options = self.options;
        for (index, (place, _)) in options.types.iter().enumerate() {
            if let Some(node) = self.named(place) {
                self.chosen_types.nodes.insert(node, index);
            }
            // Names of components and names of properties may contain dots.
            for (dot, _) in place.match_indices('.') {
                let (schema, property) =
                    (place.get(..dot).unwrap_or_default(), place.get(dot + 1..).unwrap_or_default());
                if let Some(node) = self.named(schema).and_then(|schema| self.own_property(schema, property)) {
                    self.chosen_types.nodes.insert(node, index);
                    continue;
                }
                let pointer = if schema.contains('#') { schema.to_owned() } else { self.component_pointer(schema) };
                self.chosen_types.properties.insert((pointer, property.to_owned()), index);
            }
        }
    }

    fn component_pointer(&self, name: &str) -> String {
        let folder = if self.swagger { "#/definitions" } else { "#/components/schemas" };
        format!("{folder}/{}", escape(name))
    }

    /// The schema of a component's name or of a pointer.
    fn named(&self, place: &str) -> Option<NodeId> {
        let pointer = if place.contains('#') { place.to_owned() } else { self.component_pointer(place) };
        let (file, fragment) = pointer.split_once('#')?;
        follow(&self.document.tree, self.document.root_of(file)?, &steps(fragment))
    }

    /// A property that a schema declares itself, without a reference.
    fn own_property(&self, schema: NodeId, name: &str) -> Option<NodeId> {
        let tree = &self.document.tree;
        let subschemas = tree.value_at(schema, "allOf").map_or(&[][..], |subschemas| tree.list(subschemas));
        let schemas = std::iter::once(schema).chain(subschemas.iter().copied());
        schemas
            .filter_map(|node| tree.value_at(node, "properties"))
            .find_map(|properties| tree.value_at(properties, name))
    }

    /// Returns true if the settings choose the type of a schema.
    pub(super) fn has_chosen_type(&self, node: NodeId) -> bool {
        self.chosen_types.nodes.contains_key(&node)
    }

    /// The schema of a node whose type the settings choose.
    pub(super) fn chosen_schema(&mut self, node: NodeId, at: &SchemaLocation) -> Option<Schema> {
        let index = *self.chosen_types.nodes.get(&node)?;
        self.schema_of_setting(index, node, at)
    }

    /// The schema of a property whose type the settings choose by the name of its object.
    pub(super) fn chosen_property(&mut self, name: &str, nodes: &[NodeId], at: &SchemaLocation) -> Option<SchemaId> {
        if self.chosen_types.properties.is_empty() {
            return None;
        }
        let index = *self.chosen_types.properties.get(&(at.pointer.clone(), name.to_owned()))?;
        let node = nodes.last().copied().unwrap_or(self.document.entry);
        let schema = self.schema_of_setting(index, node, &at.below(name, &["properties", name]))?;
        Some(self.add(schema))
    }

    fn schema_of_setting(&mut self, index: usize, node: NodeId, at: &SchemaLocation) -> Option<Schema> {
        let options = self.options;
        let (place, chosen_type) = options.types.get(index)?;
        self.chosen_types.used.insert(index);
        let merged = self.merged_schema(node);
        let schema = self.schema_of_type(place, chosen_type, node, at);
        let examples = self.examples(&merged.examples);
        let MergedSchema { nullable, description, deprecated, .. } = merged;
        Some(Schema { nullable, description, deprecated, examples, ..schema })
    }

    /// The schema of a type that the settings choose for a place.
    fn schema_of_type(&mut self, place: &str, chosen_type: &ChosenType, node: NodeId, at: &SchemaLocation) -> Schema {
        let any = || any("the settings say so");
        let shape = match chosen_type {
            ChosenType::Any => any(),
            ChosenType::Scalar(scalar) => Shape::Scalar(scalar.clone()),
            ChosenType::Schema(name) => match self.schema_named(name) {
                Some(id) => Shape::Same(id),
                None => {
                    let unknown = UnmatchedType { place: place.to_owned(), component: Some(name.clone()) };
                    self.api.unmatched_types.push(unknown);
                    any()
                }
            },
            ChosenType::Union(members) => {
                let members = members.iter().enumerate().map(|(index, chosen_type)| {
                    let at = at.below(&format!("option{}", index + 1), &["oneOf", &index.to_string()]);
                    let schema = self.schema_of_type(place, chosen_type, node, &at);
                    Member { schema: self.add(schema), discriminator_values: Vec::new(), name: None }
                });
                Shape::Union(Union {
                    members: members.collect(),
                    discriminator: None,
                    default_member: None,
                    base: false,
                })
            }
        };
        let secret = matches!(&shape, Shape::Scalar(Scalar::String(Some(format))) if format == "password");
        Schema { secret, has_chosen_type: true, ..self.of_shape(node, at, shape) }
    }

    fn schema_named(&mut self, name: &str) -> Option<SchemaId> {
        if let Some(id) = self.api.components.get(name) {
            return Some(*id);
        }
        let node = self.named(name).filter(|node| self.document.tree.is_map(*node))?;
        Some(self.schema(node, &SchemaLocation::named_by(name)))
    }

    /// Records the settings that name no schema.
    pub(super) fn record_unused_types(&mut self) {
        let unused = self.options.types.iter().enumerate().filter(|(index, _)| !self.chosen_types.used.contains(index));
        let unused = unused.map(|(_, (place, _))| UnmatchedType { place: place.clone(), component: None });
        self.api.unmatched_types.extend(unused);
    }
}
