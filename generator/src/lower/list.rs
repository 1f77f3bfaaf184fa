//! Arrays: with items of one type, or with a type for each position.

use super::all_of::MergedSchema;
use super::{Lower, SchemaLocation};
use crate::api::{Extra, SchemaId, Shape, Tuple};
use crate::syntax::node::{Kind, NodeId};

/// Most items with a type of their own position. A longer array is a list.
const MOST: usize = 32;

impl Lower<'_> {
    /// The shape of an array.
    pub(super) fn list(&mut self, merged: &MergedSchema, node: NodeId, at: &SchemaLocation) -> Shape {
        let shown = merged.most_items.unwrap_or(usize::MAX).min(merged.prefix.len());
        if shown == 0 || shown > MOST {
            let items = if merged.prefix.is_empty() { merged.items } else { None };
            return Shape::List(self.items(items, node, at));
        }
        let mut items = Vec::new();
        for (index, item) in merged.prefix.iter().take(shown).enumerate() {
            let step = index.to_string();
            items.push(self.schema(*item, &at.below(&format!("item {step}"), &["prefixItems", &step])));
        }
        let extra = match merged.items.map(|node| &self.document.tree.get(node).kind) {
            _ if merged.most_items.is_some_and(|most| most <= shown) => Extra::None,
            Some(Kind::Bool(false)) => Extra::None,
            Some(Kind::Map(entries)) if !entries.is_empty() => Extra::Of(self.items(merged.items, node, at)),
            Some(Kind::Map(_) | Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_))
            | None => Extra::Any,
        };
        // A closed list of items is a tuple, as utoipa and schemars describe one: they do not write `minItems`.
        let usual = if extra == Extra::None { shown } else { 0 };
        let least = merged.least_items.unwrap_or(usual).min(shown);
        Shape::Tuple(Tuple { items, least, extra, own: false })
    }

    fn items(&mut self, items: Option<NodeId>, node: NodeId, at: &SchemaLocation) -> SchemaId {
        match items.filter(|items| self.document.tree.is_map(*items)) {
            Some(items) => self.schema(items, &at.below("item", &["items"])),
            None => self.add(self.untyped(node, &at.below("item", &["items"]), "items may be any value")),
        }
    }
}
