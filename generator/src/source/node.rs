//! The spanned value tree that every input becomes. Knows YAML's and JSON's data model; must not know OpenAPI.

use crate::span::Span;

/// The whole tree of one file: an arena, so that a YAML alias is the same id and never a copy.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every node; children always come before or after freely, ids are stable.
    pub nodes: Vec<Node>,
}

/// Index of a node in its [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// One value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes that spell it.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number; its text is kept, so that no digit is lost.
    Number(String),
    /// A string.
    Text(String),
    /// A sequence.
    List(Vec<NodeId>),
    /// A mapping, in the order of the input; keys are always strings.
    Map(Vec<Entry>),
}

/// One entry of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
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

    /// The node; null for an id of another tree.
    #[must_use]
    pub fn get(&self, id: NodeId) -> &Node {
        static NOTHING: Node = Node { span: Span { file: crate::span::FileId(0), start: 0, end: 0 }, kind: Kind::Null };
        self.nodes.get(id.0 as usize).unwrap_or(&NOTHING)
    }

    /// Where the node stands.
    #[must_use]
    pub fn span(&self, id: NodeId) -> Span {
        self.get(id).span
    }

    /// Entries of a mapping; none for anything else.
    #[must_use]
    pub fn map(&self, id: NodeId) -> &[Entry] {
        match &self.get(id).kind {
            Kind::Map(entries) => entries,
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::List(_) => &[],
        }
    }

    /// Whether it is a mapping.
    #[must_use]
    pub fn is_map(&self, id: NodeId) -> bool {
        matches!(self.get(id).kind, Kind::Map(_))
    }

    /// Items of a sequence; none for anything else.
    #[must_use]
    pub fn list(&self, id: NodeId) -> &[NodeId] {
        match &self.get(id).kind {
            Kind::List(items) => items,
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) | Kind::Map(_) => &[],
        }
    }

    /// A member of a mapping; the last one when a key comes twice.
    #[must_use]
    pub fn entry(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.map(id).iter().rev().find(|entry| entry.key == key).map(|entry| entry.value)
    }

    /// The text of a string or number.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.get(id).kind {
            Kind::Text(text) | Kind::Number(text) => Some(text),
            Kind::Null | Kind::Bool(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// A text member.
    #[must_use]
    pub fn text_at(&self, id: NodeId, key: &str) -> Option<&str> {
        self.text(self.entry(id, key)?)
    }

    /// A boolean member.
    #[must_use]
    pub fn bool_at(&self, id: NodeId, key: &str) -> Option<bool> {
        match self.get(self.entry(id, key)?).kind {
            Kind::Bool(value) => Some(value),
            Kind::Null | Kind::Number(_) | Kind::Text(_) | Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// A whole number that is not negative.
    #[must_use]
    pub fn number(&self, id: NodeId) -> Option<u64> {
        self.to_json(id)?.as_u64()
    }

    /// As JSON; `None` when it is larger than a sensible value, as aliases make it.
    #[must_use]
    pub fn to_json(&self, id: NodeId) -> Option<serde_json::Value> {
        self.json(id, 64, &mut 10_000)
    }

    fn json(&self, id: NodeId, depth: usize, budget: &mut usize) -> Option<serde_json::Value> {
        *budget = budget.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        Some(match &self.get(id).kind {
            Kind::Null => serde_json::Value::Null,
            Kind::Bool(value) => serde_json::Value::Bool(*value),
            Kind::Text(text) => serde_json::Value::String(text.clone()),
            Kind::Number(text) => {
                serde_json::from_str(text).unwrap_or_else(|_| serde_json::Value::String(text.clone()))
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
