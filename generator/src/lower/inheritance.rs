//! Inheritance: a base schema has a discriminator and no members of its own, and components extend it by `allOf`. Knows
//! the extensions. Must not know the shapes of schemas.

use super::discriminator::{file_stem, last};
use super::{Lower, SchemaLocation};
use crate::api::{Enum, EnumType, EnumValue, Member, Scalar, Schema, SchemaId, Shape, Union};
use crate::syntax::node::{Entry, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// Extensions with the discriminator value of a schema, for descriptions without `mapping`.
const VALUES: [&str; 2] = ["x-discriminator-value", "x-ms-discriminator-value"];

/// A component that extends another one.
#[derive(Debug, Clone)]
pub(super) struct Subtype {
    name: String,
    node: NodeId,
}

impl Lower<'_> {
    /// Sets the subtypes of every base schema, in the order of the description.
    pub(super) fn set_subtypes(&mut self, components: &[Entry]) {
        let nodes = components.iter().map(|component| component.value);
        let bases: BTreeSet<NodeId> = nodes.filter(|node| self.is_base(*node)).collect();
        if bases.is_empty() {
            return;
        }
        for component in components {
            for base in self.extended(component.value) {
                if bases.contains(&base) {
                    let subtype = Subtype { name: component.key.clone(), node: component.value };
                    self.subtypes.entry(base).or_default().push(subtype);
                }
            }
        }
    }

    /// The schemas that a component extends: by `allOf`, and since OpenAPI 3.1 by a reference with keywords beside it.
    fn extended(&mut self, node: NodeId) -> BTreeSet<NodeId> {
        let mut found = self.bases(node);
        if self.document.reference(node).is_some()
            && self.has_siblings(node)
            && let Some(base) = self.document.target(node)
        {
            found.extend(self.bases(base));
            found.insert(base);
        }
        found
    }

    /// Returns true if a schema has a discriminator and does not list its subtypes.
    fn is_base(&self, node: NodeId) -> bool {
        let tree = &self.document.tree;
        self.discriminator_of(node).is_some() && ["oneOf", "anyOf"].iter().all(|key| tree.value_at(node, key).is_none())
    }

    /// The name of the discriminator. Swagger 2.0 has a string in place of the object.
    fn discriminator_of(&self, node: NodeId) -> Option<&str> {
        let tree = &self.document.tree;
        let discriminator = tree.value_at(node, "discriminator")?;
        tree.text(discriminator).or_else(|| tree.text_at(discriminator, "propertyName"))
    }

    /// Returns true if a component extends the target of one of its subschemas.
    pub(super) fn is_subtype(&self, node: NodeId, subschema: NodeId) -> bool {
        let subtypes = self.document.target(subschema).and_then(|base| self.subtypes.get(&base));
        subtypes.is_some_and(|subtypes| subtypes.iter().any(|subtype| subtype.node == node))
    }

    /// A base schema as a union of its subtypes and itself.
    pub(super) fn subtype_union(&mut self, node: NodeId, at: &SchemaLocation) -> Option<Schema> {
        let subtypes = self.subtypes.get(&node)?.clone();
        let discriminator = self.discriminator_of(node)?.to_owned();
        let mut merged = self.merged_schema(node);
        if !(merged.types.is_empty() || merged.types == ["object"]) || merged.values.is_some() {
            return None;
        }
        // The subtypes of a subtype count here too.
        let below: BTreeSet<NodeId> = subtypes
            .iter()
            .flat_map(|subtype| self.subtypes.get(&subtype.node))
            .flatten()
            .map(|subtype| subtype.node)
            .collect();
        let mut taken = BTreeSet::new();
        let mut members = Vec::new();
        for subtype in subtypes.iter().filter(|subtype| !below.contains(&subtype.node)) {
            let Some(schema) = self.known.get(&subtype.node).copied() else { continue };
            let inner_subtypes = self.subtypes.get(&subtype.node).into_iter().flatten();
            let mut values: Vec<String> = std::iter::once(subtype)
                .chain(inner_subtypes)
                .flat_map(|subtype| self.values_of(subtype, node, &discriminator))
                .collect();
            values.retain(|value| taken.insert(value.clone()));
            members.push(Member { schema, discriminator_values: values, name: Some(subtype.name.clone()) });
        }
        let name = at.name_words.last().cloned().unwrap_or_default();
        let mut values = self.values_of(&Subtype { name, node }, node, &discriminator);
        // The only listed value without a subtype is the base schema's own.
        let listed = merged
            .properties
            .get(&discriminator)
            .and_then(|nodes| nodes.iter().find_map(|node| self.listed_strings(*node)));
        let free: Vec<String> = listed.into_iter().flatten().filter(|value| !taken.contains(value)).collect();
        if let ([_], false) = (&free[..], free.iter().any(|value| values.contains(value))) {
            values.splice(0..0, free);
        }
        values.retain(|value| taken.insert(value.clone()));
        let (description, nullable) = (merged.description.clone(), std::mem::take(&mut merged.nullable));
        (merged.title, merged.default) = (None, None);
        let deprecated = merged.deprecated;
        // Inline schemas of the base schema keep the names that they would have without subtypes.
        let mut base = self.schema_of_merged(merged, node, at);
        base.name_words.push("base".to_owned());
        base.place_words.push("base".to_owned());
        let default_member = Some(members.len());
        members.push(Member { schema: self.add(base), discriminator_values: values, name: Some("base".to_owned()) });
        let shape = Shape::Union(Union { members, discriminator: Some(discriminator), default_member, base: true });
        Some(Schema { description, nullable, deprecated, ..self.of_shape(node, at, shape) })
    }

    /// The discriminator values of a base schema and its subtypes.
    pub(super) fn subtype_values(&self, base: NodeId, discriminator: &str) -> Vec<String> {
        let subtypes = self.subtypes.get(&base).filter(|_| self.discriminator_of(base) == Some(discriminator));
        let mut values: Vec<String> =
            subtypes.into_iter().flatten().flat_map(|subtype| self.values_of(subtype, base, discriminator)).collect();
        let mut known = BTreeSet::new();
        values.retain(|value| known.insert(value.clone()));
        values
    }

    /// Sets the discriminator of a subtype with only one value as a constant.
    pub(super) fn set_discriminators(&mut self) {
        let mut found: BTreeMap<(NodeId, String), BTreeSet<String>> = BTreeMap::new();
        for (base, subtypes) in &self.subtypes {
            let Some(discriminator) = self.discriminator_of(*base) else { continue };
            for subtype in subtypes.iter().filter(|subtype| !self.subtypes.contains_key(&subtype.node)) {
                found.entry((subtype.node, discriminator.to_owned())).or_default().extend(self.values_of(
                    subtype,
                    *base,
                    discriminator,
                ));
            }
        }
        for ((subtype, discriminator), values) in found {
            if let ([value], Some(id)) =
                (&values.into_iter().collect::<Vec<_>>()[..], self.known.get(&subtype).copied())
            {
                self.fix_discriminator(id, &discriminator, value);
            }
        }
    }

    /// Restricts the discriminator of a subtype to its value.
    fn fix_discriminator(&mut self, subtype: SchemaId, discriminator: &str, value: &str) {
        let Some(Schema { shape: Shape::Object(object), name_words, outer, .. }) = self.api.schemas.get(subtype) else {
            return;
        };
        let Some(index) = object.properties.iter().position(|property| property.name == discriminator) else { return };
        let Some(property) = object.properties.get(index).and_then(|property| self.api.schemas.get(property.schema))
        else {
            return;
        };
        let plain = EnumValue { wire: value.to_owned(), name: None, description: None };
        let only = match &property.shape {
            Shape::Scalar(Scalar::String(None)) => Some(plain),
            Shape::Enum(Enum { values, value_type: EnumType::String }) if values.len() > 1 => {
                values.iter().find(|listed| listed.wire == value).cloned()
            }
            _ => None,
        };
        let Some(only) = only.filter(|_| !property.nullable) else { return };
        let name_words: Vec<String> = name_words.iter().cloned().chain([discriminator.to_owned()]).collect();
        let shape = Shape::Enum(Enum { values: vec![only], value_type: EnumType::String });
        let only = Some(serde_json::Value::from(value));
        let place_words = name_words.clone();
        let with_only_value = Schema {
            shape,
            only_value: only,
            is_const: true,
            default: None,
            name_words,
            place_words,
            outer: outer.clone(),
            ..property.clone()
        };
        let with_only_value = self.add(with_only_value);
        if let Some(Schema { shape: Shape::Object(object), .. }) = self.api.schemas.get_mut(subtype)
            && let Some(property) = object.properties.get_mut(index)
        {
            property.schema = with_only_value;
        }
    }

    /// The discriminator values of a subtype: by the mapping, its own extension or the values that it lists, otherwise
    /// its name.
    fn values_of(&self, subtype: &Subtype, base: NodeId, discriminator: &str) -> Vec<String> {
        let tree = &self.document.tree;
        let mapping =
            tree.value_at(base, "discriminator").and_then(|discriminator| tree.value_at(discriminator, "mapping"));
        let mapping = mapping.map_or(&[][..], |mapping| tree.map(mapping));
        let means = |entry: &&Entry| tree.text(entry.value).is_some_and(|to| last(to) == subtype.name);
        let mut mapped: Vec<String> = mapping.iter().filter(means).map(|entry| entry.key.clone()).collect();
        if !mapped.is_empty() {
            // The first value is written, so it is one that the subtype's own list allows.
            let listed = self.listed_of(subtype, base, discriminator);
            mapped.sort_by_key(|value| listed.as_ref().is_some_and(|listed| !listed.contains(value)));
            return mapped;
        }
        if let Some(value) = VALUES.iter().find_map(|key| tree.text_at(subtype.node, key)) {
            return vec![value.to_owned()];
        }
        if let Some(listed) = self.listed_of(subtype, base, discriminator) {
            return listed;
        }
        // The mapping may name a file of a description that was bundled later.
        let file = |entry: &&Entry| tree.text(entry.value).and_then(file_stem) == Some(subtype.name.as_str());
        let files: Vec<String> = mapping.iter().filter(file).map(|entry| entry.key.clone()).collect();
        if files.is_empty() { vec![subtype.name.clone()] } else { files }
    }

    /// The values that a subtype lists for the discriminator.
    fn listed_of(&self, subtype: &Subtype, base: NodeId, discriminator: &str) -> Option<Vec<String>> {
        let tree = &self.document.tree;
        let subschemas = tree.value_at(subtype.node, "allOf").map_or(&[][..], |subschemas| tree.list(subschemas));
        let inline = subschemas.iter().copied().filter(|subschema| self.document.reference(*subschema).is_none());
        let property = |node: NodeId| tree.value_at(tree.value_at(node, "properties")?, discriminator);
        inline.chain([subtype.node]).filter(|node| *node != base).find_map(|node| self.listed_strings(property(node)?))
    }
}
