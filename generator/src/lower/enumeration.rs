//! Listed values: texts, integers, or something that has no enum.

use super::Lower;
use super::flat::Flat;
use super::schema::any;
use crate::api::{Enum, EnumOf, EnumValue, Scalar, Shape};
use crate::source::node::{Kind, NodeId};

/// JSON types of listed values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Text,
    Integer,
    Number,
    Bool,
    Other,
}

impl Lower<'_> {
    /// The shape of `enum` or `const`, when there is one. `null` among the values makes the schema nullable.
    pub(super) fn listed(&self, flat: &mut Flat) -> Option<Shape> {
        let nodes = flat.values.clone()?;
        let mut kinds: Vec<Of> = Vec::new();
        let mut values: Vec<EnumValue> = Vec::new();
        for node in &nodes {
            let Some((kind, wire)) = self.value(*node, &flat.types) else {
                flat.nullable |= nodes.len() > 1;
                continue;
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
            if values.iter().all(|known| known.wire != wire) {
                let name = self.word(flat, flat.varnames, *node, &wire);
                let description = self.word(flat, flat.vardocs, *node, &wire);
                values.push(EnumValue { wire, name, description });
            }
        }
        Some(match kinds.as_slice() {
            [Of::Text] => Shape::Enum(Enum { values, of: EnumOf::Text }),
            [Of::Integer] => Shape::Enum(Enum { values, of: EnumOf::Integer }),
            [Of::Bool] => Shape::Scalar(Scalar::Bool),
            [] => Shape::Scalar(Scalar::Null),
            numbers if numbers.iter().all(|kind| matches!(kind, Of::Number | Of::Integer)) => {
                Shape::Scalar(Scalar::Number)
            }
            _ => any("listed values of several types", false),
        })
    }

    /// Type and text of a value; nothing for `null`.
    fn value(&self, node: NodeId, types: &[String]) -> Option<(Of, String)> {
        // YAML reads an unquoted `on` or `1.0` as it likes; the type says what was meant.
        let texts = types.iter().any(|name| name == "string");
        let integers = matches!(types, [only] if only == "integer");
        Some(match &self.document.tree.get(node).kind {
            Kind::Null => return None,
            Kind::Text(text) if integers && text.parse::<i64>().is_ok() => (Of::Integer, text.clone()),
            Kind::Text(text) => (Of::Text, text.clone()),
            Kind::Number(text) if texts => (Of::Text, text.clone()),
            Kind::Bool(value) if texts => (Of::Text, value.to_string()),
            Kind::Number(text) if text.parse::<i64>().is_ok() => (Of::Integer, text.clone()),
            Kind::Number(text) => (Of::Number, text.clone()),
            Kind::Bool(value) => (Of::Bool, value.to_string()),
            Kind::List(_) | Kind::Map(_) => (Of::Other, String::new()),
        })
    }

    /// The word that a list beside the values, or a map by value, has for one of them.
    fn word(&self, flat: &Flat, words: Option<NodeId>, value: NodeId, wire: &str) -> Option<String> {
        let tree = &self.document.tree;
        let words = words?;
        if tree.is_map(words) {
            return tree.text_at(words, wire).map(str::to_owned);
        }
        let index = tree.list(flat.listed_as?).iter().position(|node| *node == value)?;
        tree.text(*tree.list(words).get(index)?).map(str::to_owned)
    }

    /// The texts that a schema lists, when it lists nothing else.
    pub(super) fn listed_texts(&self, node: NodeId) -> Option<Vec<String>> {
        let tree = &self.document.tree;
        let node = self.document.target(node)?;
        let nodes = match tree.entry(node, "const") {
            Some(constant) => vec![constant],
            None => tree.list(tree.entry(node, "enum")?).to_vec(),
        };
        let text = |value: &NodeId| match &tree.get(*value).kind {
            Kind::Text(text) => Some(text.clone()),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => None,
        };
        nodes.iter().map(text).collect::<Option<Vec<String>>>().filter(|texts| !texts.is_empty())
    }
}
