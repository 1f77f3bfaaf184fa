//! Types of objects and arrays that are values in the description. Must not know their places.

use super::all_of::MergedSchema;
use super::{Lower, SchemaLocation};
use crate::api::{Extra, Object, Property, SchemaId, Shape, Tuple};
use crate::syntax::node::{Kind, NodeId};

impl Lower<'_> {
    /// The shape of an object or an array in which every member is constant.
    pub(super) fn literal(&mut self, node: NodeId, at: &SchemaLocation) -> Shape {
        match self.document.tree.get(node).kind.clone() {
            Kind::Map(entries) => {
                let mut properties = Vec::new();
                for entry in entries {
                    let schema = self.constant(entry.value, &at.below(&entry.key, &[&entry.key]));
                    properties.push(Property { required: true, ..Property::new(entry.key, schema) });
                }
                Shape::Object(Object { properties, extra: Extra::Any })
            }
            Kind::List(nodes) => {
                let mut items = Vec::new();
                for (index, item) in nodes.into_iter().enumerate() {
                    let step = index.to_string();
                    items.push(self.constant(item, &at.below(&format!("item {step}"), &[&step])));
                }
                Shape::Tuple(Tuple { least: items.len(), items, extra: Extra::None, own: false })
            }
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => super::schema::any("a plain value"),
        }
    }

    fn constant(&mut self, node: NodeId, at: &SchemaLocation) -> SchemaId {
        let merged = MergedSchema { values: Some(vec![node]), is_const: true, ..MergedSchema::default() };
        let schema = self.schema_of_merged(merged, node, at);
        self.add(schema)
    }
}
