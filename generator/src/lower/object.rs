//! Objects and maps: properties, which of them are required, and what may stand beside them.

use super::flat::Flat;
use super::{At, Lower};
use crate::api::{Extra, Object, Property, Shape};
use crate::source::node::{Kind, NodeId};

impl Lower<'_> {
    /// The shape of an object; without known properties it is a map.
    pub(super) fn object(&mut self, flat: &Flat, at: &At) -> Shape {
        let extra = self.extra(flat, at);
        if flat.properties.is_empty() && flat.required.is_empty() {
            return match extra {
                Extra::Of(values) => Shape::Map(values),
                Extra::None => Shape::Object(Object { properties: Vec::new(), extra: Extra::None }),
                Extra::Any => {
                    let at = at.below("value", &["additionalProperties"]);
                    let any = self.untyped(self.document.entry, &at, "values may be any value", false);
                    Shape::Map(self.add(any))
                }
            };
        }
        let mut properties = Vec::new();
        for (name, nodes) in &flat.properties {
            properties.push(self.property(name, nodes, flat.required.contains(name), at));
        }
        for name in &flat.required {
            if !flat.properties.contains_key(name) {
                properties.push(self.undeclared(name, &extra, at));
            }
        }
        Shape::Object(Object { properties, extra })
    }

    fn property(&mut self, name: &str, nodes: &[NodeId], required: bool, at: &At) -> Property {
        let schema = self.together(nodes, &at.below(name, &["properties", name]));
        // A flag may stand beside the reference or where it leads.
        let flag = |key| nodes.iter().any(|node| self.flag(*node, key) || self.target_flag(*node, key));
        Property {
            name: name.to_owned(),
            schema,
            required,
            read_only: flag("readOnly"),
            write_only: flag("writeOnly"),
            description: nodes.iter().rev().find_map(|node| self.text(*node, "description")),
            deprecated: nodes.iter().any(|node| self.flag(*node, "deprecated")),
        }
    }

    fn target_flag(&self, node: NodeId, key: &str) -> bool {
        self.document.target(node).is_some_and(|target| self.flag(target, key))
    }

    /// A property that is required and not declared.
    fn undeclared(&mut self, name: &str, extra: &Extra, at: &At) -> Property {
        let schema = match extra {
            Extra::Of(values) => *values,
            Extra::Any | Extra::None => {
                let at = at.below(name, &["required"]);
                self.add(self.untyped(self.document.entry, &at, "required, but not declared", false))
            }
        };
        Property {
            name: name.to_owned(),
            schema,
            required: true,
            read_only: false,
            write_only: false,
            description: None,
            deprecated: false,
        }
    }

    fn extra(&mut self, flat: &Flat, at: &At) -> Extra {
        let closed = |node: NodeId| matches!(self.document.tree.get(node).kind, Kind::Bool(false));
        let (node, step) = match (flat.extra, &flat.patterns[..]) {
            (None, []) => return Extra::Any,
            (Some(node), []) => (node, "additionalProperties"),
            // The only values there can be.
            (None, [pattern]) => (*pattern, "patternProperties"),
            (Some(node), [pattern]) if closed(node) => (*pattern, "patternProperties"),
            _ => return Extra::Any,
        };
        match &self.document.tree.get(node).kind {
            Kind::Bool(false) => Extra::None,
            Kind::Map(entries) if !entries.is_empty() => Extra::Of(self.schema(node, &at.below("value", &[step]))),
            Kind::Map(_) | Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::List(_) => Extra::Any,
        }
    }
}
