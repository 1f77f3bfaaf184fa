//! Listed values: texts, integers, or something that has no enum.

use super::Lower;
use super::flat::Flat;
use super::schema::any;
use crate::api::{Enum, EnumOf, EnumValue, Scalar, Shape};
use crate::source::node::{Kind, NodeId};

impl Lower<'_> {
    /// The shape of `enum` or `const`, when there is one. `null` among the values makes the schema nullable.
    pub(super) fn listed(&self, flat: &mut Flat) -> Option<Shape> {
        let tree = &self.document.tree;
        let nodes: Vec<NodeId> = match (flat.constant, flat.values) {
            (Some(constant), _) => vec![constant],
            (None, Some(values)) => tree.list(values).to_vec(),
            (None, None) => return None,
        };
        let texts = flat.types.iter().any(|name| name == "string");
        let mut kinds = Vec::new();
        let mut values: Vec<EnumValue> = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let (kind, wire) = match &tree.get(*node).kind {
                Kind::Null => {
                    flat.nullable |= nodes.len() > 1;
                    continue;
                }
                Kind::Text(text) => ("text", text.clone()),
                // YAML reads an unquoted `on` or `1.0` as it likes; the type says what was meant.
                Kind::Number(text) if texts => ("text", text.clone()),
                Kind::Bool(value) if texts => ("text", value.to_string()),
                Kind::Number(text) if text.parse::<i64>().is_ok() => ("integer", text.clone()),
                Kind::Number(_) => ("number", String::new()),
                Kind::Bool(_) => ("boolean", String::new()),
                Kind::List(_) | Kind::Map(_) => ("other", String::new()),
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
            if values.iter().all(|known| known.wire != wire) {
                let nth = |list: Option<NodeId>| tree.text(*tree.list(list?).get(index)?).map(str::to_owned);
                values.push(EnumValue { wire, name: nth(flat.varnames), description: nth(flat.vardocs) });
            }
        }
        Some(match kinds.as_slice() {
            ["text"] => Shape::Enum(Enum { values, of: EnumOf::Text }),
            ["integer"] => Shape::Enum(Enum { values, of: EnumOf::Integer }),
            ["boolean"] => Shape::Scalar(Scalar::Bool),
            ["number"] | ["number", "integer"] | ["integer", "number"] => Shape::Scalar(Scalar::Number),
            [] => Shape::Scalar(Scalar::Null),
            _ => any("listed values of several types", false),
        })
    }
}
