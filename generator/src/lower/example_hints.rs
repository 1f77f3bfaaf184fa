//! Contradictions between examples and a guess. A schema with `items` and without `type` is read as an array, which is
//! almost always meant, unless an example has another value there. Knows examples. Decides no shape.

use super::{Lower, SchemaLocation};
use crate::api::{Member, Shape, Union};
use crate::syntax::node::{Kind, NodeId, Tree};
use std::collections::BTreeSet;

/// Deepest chain of schemas for one example.
const DEEPEST: usize = 48;
/// Maximum number of values of examples that are compared, over the whole description.
const MAX: usize = 500_000;
/// Maximum number of items of an array in an example that are compared.
const ITEMS: usize = 16;

impl Lower<'_> {
    /// The shape of `items` without a `type`: a list, or a union of a list and one item if an example is not an array.
    pub(super) fn list_or_item(
        &mut self,
        list: Shape,
        items: Option<NodeId>,
        node: NodeId,
        at: &SchemaLocation,
    ) -> Shape {
        let Shape::List(item) = list else { return list };
        let target = items.and_then(|items| self.document.target(items));
        if !target.is_some_and(|target| self.document.is_restricting(target)) || !self.is_contradicted(node) {
            return Shape::List(item);
        }
        let list = self.of_shape(node, at, Shape::List(item));
        // The list is first, since an untyped item accepts an array too.
        let member = |schema| Member { schema, discriminator_values: Vec::new(), name: None };
        Shape::Union(Union {
            members: vec![member(self.add(list)), member(item)],
            discriminator: None,
            default_member: None,
            base: false,
        })
    }

    /// Returns true if an example at this schema is not an array.
    fn is_contradicted(&mut self, node: NodeId) -> bool {
        if self.contradicted_by_example.is_none() {
            self.contradicted_by_example = Some(ExampleHints::of(self));
        }
        self.contradicted_by_example.as_ref().is_some_and(|found| found.contains(&node))
    }
}

struct ExampleHints<'a> {
    lower: &'a Lower<'a>,
    left: usize,
    found: BTreeSet<NodeId>,
}

impl ExampleHints<'_> {
    fn of(lower: &Lower<'_>) -> BTreeSet<NodeId> {
        let tree = &lower.document.tree;
        let mut hints = ExampleHints { lower, left: MAX, found: BTreeSet::new() };
        for id in (0..tree.nodes.len()).filter_map(|index| u32::try_from(index).ok().map(NodeId)) {
            let examples = lower.example_nodes(id);
            // An example stands beside its schema or in it.
            let schema = tree.value_at(id, "schema").filter(|schema| tree.is_map(*schema)).unwrap_or(id);
            for example in examples {
                hints.observe(schema, example, 0);
            }
        }
        hints.found
    }

    /// Compares a value with a schema.
    fn observe(&mut self, schema: NodeId, value: NodeId, depth: usize) {
        let tree = &self.lower.document.tree;
        self.left = self.left.saturating_sub(1);
        let Some(schema) = self.lower.document.target(schema).filter(|_| depth < DEEPEST && self.left > 0) else {
            return;
        };
        let depth = depth + 1;
        let items = tree.value_at(schema, "items").filter(|items| tree.is_map(*items));
        for subschema in tree.value_at(schema, "allOf").map_or(&[][..], |subschemas| tree.list(subschemas)) {
            self.observe(*subschema, value, depth);
        }
        for key in ["oneOf", "anyOf"] {
            for member in tree.value_at(schema, key).map_or(&[][..], |members| tree.list(members)) {
                if self.may_be(*member, value) {
                    self.observe(*member, value, depth);
                }
            }
        }
        match (&tree.get(value).kind, items) {
            (Kind::List(values), Some(items)) => {
                values.iter().take(ITEMS).for_each(|item| self.observe(items, *item, depth));
            }
            (Kind::Null | Kind::List(_), _) | (_, None) => {}
            (Kind::Map(_) | Kind::Bool(_) | Kind::Number(_) | Kind::String(_), Some(items)) => {
                if says_only_items(tree, schema) {
                    self.found.insert(schema);
                    self.observe(items, value, depth);
                }
            }
        }
        for member in tree.map(value) {
            let named = tree.value_at(schema, "properties").and_then(|map| tree.value_at(map, &member.key));
            let other = || tree.value_at(schema, "additionalProperties").filter(|other| tree.is_map(*other));
            if let Some(schema) = named.or_else(other) {
                self.observe(schema, member.value, depth);
            }
        }
    }

    /// Returns true if a value may be meant for this member of a union: an object with all required properties.
    fn may_be(&self, member: NodeId, value: NodeId) -> bool {
        let tree = &self.lower.document.tree;
        let Some(member) = self.lower.document.target(member) else { return false };
        let required = tree.value_at(member, "required").map_or(&[][..], |names| tree.list(names));
        let has = |name: &NodeId| tree.text(*name).is_none_or(|name| tree.value_at(value, name).is_some());
        // In a union with an array, the value may be meant for another member.
        tree.is_map(value) && required.iter().all(has) && !says_only_items(tree, member)
    }
}

/// Returns true if a schema has `items` and no keyword that allows other values.
fn says_only_items(tree: &Tree, schema: NodeId) -> bool {
    let other = ["type", "properties", "additionalProperties", "allOf", "oneOf", "anyOf", "$ref", "enum", "const"];
    tree.value_at(schema, "items").is_some() && other.iter().all(|key| tree.value_at(schema, key).is_none())
}
