//! Arrays: with items of one type, or with a type for each position.

use super::all_of::MergedSchema;
use super::{Lower, SchemaLocation};
use crate::api::{Extra, SchemaId, Shape, Tuple};
use crate::syntax::node::{Kind, NodeId};

/// Maximum number of items with a type of their own position. A longer array is a list.
const MAX: usize = 32;

impl Lower<'_> {
    /// The shape of an array.
    pub(super) fn list(&mut self, merged: &MergedSchema, node: NodeId, at: &SchemaLocation) -> Shape {
        let shown = merged.most_items.unwrap_or(usize::MAX).min(merged.prefix.len());
        if shown == 0 || shown > MAX {
            let items: &[NodeId] = if merged.prefix.is_empty() { &merged.items } else { &[] };
            return Shape::List(self.items(items, node, at));
        }
        let mut items = Vec::new();
        for (index, item) in merged.prefix.iter().take(shown).enumerate() {
            let step = index.to_string();
            items.push(self.schema(*item, &at.below(&format!("item {step}"), &["prefixItems", &step])));
        }
        let tree = &self.document.tree;
        let is_closed = merged.items.iter().any(|node| tree.get(*node).kind == Kind::Bool(false));
        let extra = if is_closed || merged.most_items.is_some_and(|most| most <= shown) {
            Extra::None
        } else if merged.items.iter().any(|node| !tree.map(*node).is_empty()) {
            Extra::Of(self.items(&merged.items, node, at))
        } else {
            Extra::Any
        };
        // A closed list of items is a tuple, as utoipa and schemars describe one: they do not write `minItems`.
        let usual = if extra == Extra::None { shown } else { 0 };
        let least = merged.least_items.unwrap_or(usual).min(shown);
        Shape::Tuple(Tuple { items, least, extra, own: false })
    }

    fn items(&mut self, items: &[NodeId], node: NodeId, at: &SchemaLocation) -> SchemaId {
        let items: Vec<NodeId> = items.iter().copied().filter(|items| self.document.tree.is_map(*items)).collect();
        let at = at.below("item", &["items"]);
        if items.is_empty() {
            self.add(self.untyped(node, &at, "items may be any value"))
        } else {
            self.intersection_of(&items, &at)
        }
    }
}
