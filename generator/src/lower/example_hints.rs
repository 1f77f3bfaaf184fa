//! What the description's own examples say against a reading: `items` without a `type` is read as a list, which nearly
//! every document means by it, unless an example has something else there. Knows examples; decides no shape.

use super::{Lower, SchemaLocation};
use crate::api::{Member, Schema, Shape, Union};
use crate::source::node::{Kind, NodeId, Tree};
use std::collections::BTreeSet;

/// Deepest chain of schemas that one example is held against.
const DEEPEST: usize = 48;
/// How many places of examples are looked at, over all the description.
const MOST: usize = 500_000;
/// How many items of a list in an example are looked at.
const ITEMS: usize = 16;

impl Lower<'_> {
    /// The shape of `items` without a `type`: a list, or either that or one item where an example says so.
    pub(super) fn list_or_item(
        &mut self,
        list: Shape,
        items: Option<NodeId>,
        node: NodeId,
        at: &SchemaLocation,
    ) -> Shape {
        let Shape::List(item) = list else { return list };
        let target = items.and_then(|items| self.document.target(items));
        if !target.is_some_and(|target| self.says_something(target)) || !self.is_contradicted(node) {
            return Shape::List(item);
        }
        let list = Schema { shape: Shape::List(item), ..self.untyped(node, at, "", false) };
        // The list first: an item that takes anything would take it too.
        let member = |schema| Member { schema, tags: Vec::new(), name: None };
        Shape::Union(Union { members: vec![member(self.add(list)), member(item)], tag: None, rest: None, base: false })
    }

    /// Whether an example has a value at this schema that is no list.
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
        let mut evidence = ExampleHints { lower, left: MOST, found: BTreeSet::new() };
        for id in (0..tree.nodes.len()).filter_map(|index| u32::try_from(index).ok().map(NodeId)) {
            let examples = evidence.examples(id);
            // Beside its schema, or in the schema itself.
            let schema = tree.entry(id, "schema").filter(|schema| tree.is_map(*schema)).unwrap_or(id);
            for example in examples {
                evidence.observe(schema, example, 0);
            }
        }
        evidence.found
    }

    /// The values that a node calls its examples.
    fn examples(&self, node: NodeId) -> Vec<NodeId> {
        let tree = &self.lower.document.tree;
        let mut found: Vec<NodeId> = tree.entry(node, "example").into_iter().collect();
        let Some(several) = tree.entry(node, "examples") else { return found };
        found.extend(tree.list(several));
        for named in tree.map(several) {
            let Some(target) = self.lower.document.target(named.value) else { continue };
            let value = ["value", "dataValue"].iter().find_map(|key| tree.entry(target, key));
            // Swagger 2.0 has the value itself, by media type.
            found.extend(value.or(self.lower.swagger.then_some(target)));
        }
        found
    }

    /// Holds a value against a schema.
    fn observe(&mut self, schema: NodeId, value: NodeId, depth: usize) {
        let tree = &self.lower.document.tree;
        self.left = self.left.saturating_sub(1);
        let Some(schema) = self.lower.document.target(schema).filter(|_| depth < DEEPEST && self.left > 0) else {
            return;
        };
        let depth = depth + 1;
        let items = tree.entry(schema, "items").filter(|items| tree.is_map(*items));
        for part in tree.entry(schema, "allOf").map_or(&[][..], |parts| tree.list(parts)) {
            self.observe(*part, value, depth);
        }
        for key in ["oneOf", "anyOf"] {
            for member in tree.entry(schema, key).map_or(&[][..], |members| tree.list(members)) {
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
            (Kind::Map(_) | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_), Some(items)) => {
                if says_only_items(tree, schema) {
                    self.found.insert(schema);
                    self.observe(items, value, depth);
                }
            }
        }
        for member in tree.map(value) {
            let named = tree.entry(schema, "properties").and_then(|map| tree.entry(map, &member.key));
            let other = || tree.entry(schema, "additionalProperties").filter(|other| tree.is_map(*other));
            if let Some(schema) = named.or_else(other) {
                self.observe(schema, member.value, depth);
            }
        }
    }

    /// Whether a value could be meant for this member of a choice: an object with all that the member asks for.
    fn may_be(&self, member: NodeId, value: NodeId) -> bool {
        let tree = &self.lower.document.tree;
        let Some(member) = self.lower.document.target(member) else { return false };
        let required = tree.entry(member, "required").map_or(&[][..], |names| tree.list(names));
        let has = |name: &NodeId| tree.text(*name).is_none_or(|name| tree.entry(value, name).is_some());
        // Of a choice that has a list in it, another member may be meant.
        tree.is_map(value) && required.iter().all(has) && !says_only_items(tree, member)
    }
}

/// Whether a schema has `items`, and nothing that says what else there may be.
fn says_only_items(tree: &Tree, schema: NodeId) -> bool {
    let other = ["type", "properties", "additionalProperties", "allOf", "oneOf", "anyOf", "$ref", "enum", "const"];
    tree.entry(schema, "items").is_some() && other.iter().all(|key| tree.entry(schema, key).is_none())
}
