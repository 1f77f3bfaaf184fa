//! Objects and maps: properties, required properties and additional properties.

use super::all_of::{MergedSchema, UnionSchema};
use super::{Lower, SchemaLocation};
use crate::api::{DeclaredRequired, Extra, Member, Object, Property, SchemaId, Shape, Union};
use crate::syntax::node::{Kind, NodeId};
use indexmap::IndexMap;
use std::collections::BTreeSet;

impl Lower<'_> {
    /// The shape of an object. An object without known properties is a map.
    pub(super) fn object(&mut self, merged: &MergedSchema, at: &SchemaLocation) -> Shape {
        let extra = self.extra(merged, at);
        let branches = self.conditional(merged);
        if merged.properties.is_empty() && merged.required.is_empty() && branches.is_empty() {
            return match extra {
                Extra::Of(values) => Shape::Map(values),
                Extra::None => Shape::Object(Object { properties: Vec::new(), extra: Extra::None }),
                Extra::Any => {
                    let at = at.below("value", &["additionalProperties"]);
                    let any = self.untyped(self.document.entry, &at, "values may be any value");
                    Shape::Map(self.add(any))
                }
            };
        }
        let mut properties = Vec::new();
        for (name, nodes) in &merged.properties {
            let schema = self.chosen_property(name, nodes, at).unwrap_or_else(|| {
                self.intersection_of(nodes, &at.property(name, merged.properties.keys().map(String::as_str)))
            });
            properties.push(self.property(name, nodes, schema, merged.required.contains(name)));
        }
        for name in &merged.required {
            if !merged.properties.contains_key(name) {
                properties.push(self.undeclared(name, &extra, at));
            }
        }
        for (name, nodes) in branches.into_iter().filter(|(name, _)| !merged.required.contains(name)) {
            let schema = self.union_of(&nodes, &at.below(&name, &["properties", &name]));
            let description = nodes.iter().find_map(|node| self.text(*node, "description"));
            properties.push(Property { description, ..Property::new(name, schema) });
        }
        Shape::Object(Object { properties, extra })
    }

    /// Properties of conditional schemas.
    fn conditional(&mut self, merged: &MergedSchema) -> IndexMap<String, Vec<NodeId>> {
        let mut found: IndexMap<String, Vec<NodeId>> = IndexMap::new();
        for branch in &merged.branches {
            for (name, nodes) in self.merged_schema(*branch).properties {
                let [node] = nodes[..] else { continue };
                let is_restricted =
                    self.document.target(node).is_some_and(|target| self.document.is_restricting(target));
                if is_restricted && !merged.properties.contains_key(&name) {
                    found.entry(name).or_default().push(node);
                }
            }
        }
        found
    }

    /// A schema that is a union of these.
    fn union_of(&mut self, nodes: &[NodeId], at: &SchemaLocation) -> SchemaId {
        let mut members: Vec<NodeId> = Vec::new();
        for node in nodes {
            if members.iter().all(|known| self.document.target(*known) != self.document.target(*node)) {
                members.push(*node);
            }
        }
        let [first, _, ..] = members[..] else {
            return self.schema(members.first().copied().unwrap_or(self.document.entry), at);
        };
        let merged =
            MergedSchema { unions: vec![UnionSchema { members, discriminator: None }], ..MergedSchema::default() };
        let schema = self.schema_of_merged(merged, first, at);
        self.add(schema)
    }

    /// The property of a name, which several subschemas may declare.
    fn property(&mut self, name: &str, nodes: &[NodeId], schema: SchemaId, required: bool) -> Property {
        // A flag may stand beside the reference or at its target.
        let flag = |key| nodes.iter().any(|node| self.flag(*node, key) || self.target_flag(*node, key));
        let beside: Vec<NodeId> = nodes.iter().rev().flat_map(|node| self.examples_beside_reference(*node)).collect();
        Property {
            name: name.to_owned(),
            schema,
            required,
            declared_required: DeclaredRequired(required),
            read_only: flag("readOnly"),
            withheld: false,
            write_only: flag("writeOnly"),
            description: nodes.iter().rev().find_map(|node| self.text(*node, "description")),
            deprecated: nodes.iter().any(|node| self.flag(*node, "deprecated")),
            discriminator_value: None,
            examples: self.examples(&beside),
        }
    }

    /// The value of a flag at the target of a reference.
    fn target_flag(&self, node: NodeId, key: &str) -> bool {
        self.document.target(node).is_some_and(|target| self.flag(target, key))
    }

    /// A property that is required and not declared.
    fn undeclared(&mut self, name: &str, extra: &Extra, at: &SchemaLocation) -> Property {
        let schema = match extra {
            Extra::Of(values) => *values,
            Extra::Any | Extra::None => {
                let at = at.below(name, &["required"]);
                self.add(self.untyped(self.document.entry, &at, "required, but not declared"))
            }
        };
        Property { required: true, declared_required: DeclaredRequired(true), ..Property::new(name.to_owned(), schema) }
    }

    /// The additional properties of an object.
    fn extra(&mut self, merged: &MergedSchema, at: &SchemaLocation) -> Extra {
        let tree = &self.document.tree;
        let is_closed = merged.extra.is_some_and(|node| tree.get(node).kind == Kind::Bool(false));
        // Beside known properties, a name that matches no pattern may have any value unless the schema forbids it.
        let are_values_known = is_closed || merged.properties.is_empty();
        let values: Vec<NodeId> = match (merged.extra.filter(|_| !is_closed), &merged.patterns[..]) {
            (None, []) if is_closed => return Extra::None,
            (None, []) => return Extra::Any,
            (Some(node), patterns) => patterns.iter().copied().chain([node]).collect(),
            (None, patterns) if are_values_known => patterns.to_vec(),
            (None, [_, ..]) => return Extra::Any,
        };
        if values.iter().any(|node| tree.map(*node).is_empty()) {
            return Extra::Any;
        }
        let step = if merged.patterns.is_empty() { "additionalProperties" } else { "patternProperties" };
        let at = at.below("value", &[step]);
        let schema = self.union_of(&values, &at);
        let is_any = self.allows_anything(schema, &values);
        // A key that matches no pattern may have any value (JSON Schema 2020-12 core, 10.3.2.3). Where the description
        // forbids such keys, servers still add some.
        let has_others = (is_closed || merged.extra.is_none()) && !merged.matches_every_key;
        Extra::Of(if has_others && !is_any { self.union_with_any(schema, &at) } else { schema })
    }

    /// Returns true if the type of these values takes any other value too. A component may not have its shape yet.
    fn allows_anything(&mut self, schema: SchemaId, values: &[NodeId]) -> bool {
        let targets: BTreeSet<Option<NodeId>> = values.iter().map(|node| self.document.target(*node)).collect();
        if let ([only, ..], 1) = (values, targets.len()) {
            let merged = self.merged_schema(*only);
            return !merged.is_structured() || !merged.unions.is_empty() || merged.types.len() > 1;
        }
        let shape = self.api.schemas.get(schema).map(|schema| &schema.shape);
        matches!(shape, Some(Shape::Union(_) | Shape::Any(_)))
    }

    /// A union of a schema and any other value, which the fallback variant holds.
    fn union_with_any(&mut self, schema: SchemaId, at: &SchemaLocation) -> SchemaId {
        let members = vec![Member { schema, discriminator_values: Vec::new(), name: None }];
        let shape = Shape::Union(Union { members, discriminator: None, default_member: None, base: false });
        self.add(self.of_shape(self.document.entry, at, shape))
    }
}
