//! The tree of values with spans that every input becomes. Knows the data model of YAML and JSON. Must not know
//! OpenAPI.

use super::number::json_number;
use crate::span::Span;
use std::collections::BTreeMap;

/// The tree of one run in an arena. A YAML alias has the same id as its anchor, and is not a copy.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every node. Children may come before or after their parent; ids are stable.
    pub nodes: Vec<Node>,
    /// The texts of booleans that JSON spells in another way, such as `True`.
    pub(crate) spellings: BTreeMap<NodeId, String>,
}

/// Index of a node in its [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// One value with its span.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes of the value.
    pub span: Span,
    /// The value.
    pub kind: Kind,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`, `~` or an empty value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as its text, so that no digit is lost. YAML has spellings that JSON does not have (`.5`).
    Number(String),
    /// A string.
    String(String),
    /// A sequence.
    List(Vec<NodeId>),
    /// A mapping in the order of the input. Keys are always strings.
    Map(Vec<Entry>),
}

/// One entry of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The span of the key.
    pub key_span: Span,
    /// The value.
    pub value: NodeId,
}

impl Tree {
    /// Adds a node.
    pub fn add(&mut self, span: Span, kind: Kind) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(Node { span, kind });
        id
    }

    /// The node, or null for an id of another tree.
    #[must_use]
    pub fn get(&self, id: NodeId) -> &Node {
        static NOTHING: Node = Node { span: Span { file: crate::span::FileId(0), start: 0, end: 0 }, kind: Kind::Null };
        self.nodes.get(id.0 as usize).unwrap_or(&NOTHING)
    }

    /// The span of a node.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        self.get(id).span
    }

    /// The entries of a mapping. Empty for any other value.
    #[must_use]
    pub fn map(&self, id: NodeId) -> &[Entry] {
        match &self.get(id).kind {
            Kind::Map(entries) => entries,
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::List(_) => &[],
        }
    }

    /// Returns true for a mapping.
    #[must_use]
    pub fn is_map(&self, id: NodeId) -> bool {
        matches!(self.get(id).kind, Kind::Map(_))
    }

    /// The items of a sequence. Empty for any other value.
    #[must_use]
    pub fn list(&self, id: NodeId) -> &[NodeId] {
        match &self.get(id).kind {
            Kind::List(items) => items,
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Map(_) => &[],
        }
    }

    /// The value of a key of a mapping. Of several members with the same key, the last one counts.
    #[must_use]
    pub fn value_at(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.map(id).iter().rev().find(|entry| entry.key == key).map(|entry| entry.value)
    }

    /// The content of a string, or the text of a number.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.get(id).kind {
            Kind::String(text) | Kind::Number(text) => Some(text),
            Kind::Null | Kind::Bool(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The content of a member that is a string or a number.
    #[must_use]
    pub fn text_at(&self, id: NodeId, key: &str) -> Option<&str> {
        self.text(self.value_at(id, key)?)
    }

    /// The value of a member that is a boolean.
    #[must_use]
    pub fn bool_at(&self, id: NodeId, key: &str) -> Option<bool> {
        match self.get(self.value_at(id, key)?).kind {
            Kind::Bool(value) => Some(value),
            Kind::Null | Kind::Number(_) | Kind::String(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// The text of a boolean as the input spells it.
    #[must_use]
    pub(crate) fn bool_text(&self, id: NodeId, value: bool) -> String {
        self.spellings.get(&id).cloned().unwrap_or_else(|| value.to_string())
    }

    /// The value of a node that is a whole number and not negative.
    #[must_use]
    pub fn to_u64(&self, id: NodeId) -> Option<u64> {
        self.to_json(id)?.as_u64()
    }

    /// The node as JSON. `None` for a value with more than 10,000 nodes or 64 levels, aliases counted at every use.
    #[must_use]
    pub fn to_json(&self, id: NodeId) -> Option<serde_json::Value> {
        self.to_json_within(id, 10_000)
    }

    /// The value of a node in JSON, unless it has more nodes than this or nests deeper than 64 levels.
    #[must_use]
    pub fn to_json_within(&self, id: NodeId, nodes: usize) -> Option<serde_json::Value> {
        let mut budget = nodes;
        self.json(id, 64, &mut budget)
    }

    /// The node as JSON. `None` when it is deeper than this, or has more values than the budget.
    pub(crate) fn json(&self, id: NodeId, depth: usize, budget: &mut usize) -> Option<serde_json::Value> {
        *budget = budget.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        Some(match &self.get(id).kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(value) => serde_json::Value::Bool(*value),
            Kind::String(text) => serde_json::Value::String(text.clone()),
            Kind::Number(text) => {
                serde_json::from_str(&json_number(text)).unwrap_or_else(|_| serde_json::Value::String(text.clone()))
            }
            Kind::List(items) => serde_json::Value::Array(
                items.iter().map(|item| self.json(*item, depth, budget)).collect::<Option<_>>()?,
            ),
            Kind::Map(entries) => {
                let members =
                    entries.iter().map(|entry| Some((entry.key.clone(), self.json(entry.value, depth, budget)?)));
                serde_json::Value::Object(members.collect::<Option<_>>()?)
            }
        })
    }
}
