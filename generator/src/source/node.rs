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
