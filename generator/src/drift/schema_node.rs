//! The nodes of the description for schemas and operations, and their JSONPaths for overlays.

use crate::api::{Api, Operation, Schema, SchemaId, Status};
use crate::diagnostic::Diagnostics;
use crate::resolve::Document;
use crate::span::Span;
use crate::syntax::node::{Kind, NodeId, Tree};
use crate::syntax::pointer::{escape, follow, steps};

/// Looks up the places of a description: the nodes of schemas, operations and responses.
pub(super) struct PlaceLookup<'a> {
    document: &'a Document,
    api: &'a Api,
}

/// A node of the description itself, which overlays can change.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) node: NodeId,
    pub(super) pointer: String,
}

/// The version of a description, as far as schemas differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Swagger 2.0.
    Two,
    /// OpenAPI 3.0.
    ThreeZero,
    /// OpenAPI 3.1 and newer.
    Newer,
}

impl<'a> PlaceLookup<'a> {
    pub(super) const fn new(document: &'a Document, api: &'a Api) -> Self {
        Self { document, api }
    }

    pub(super) fn version(&self) -> Version {
        match self.api.info.openapi.as_str() {
            version if version.starts_with('2') => Version::Two,
            version if version.starts_with("3.0") => Version::ThreeZero,
            _ => Version::Newer,
        }
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.document.tree
    }

    pub(super) fn schema(&self, id: SchemaId) -> Option<&Schema> {
        self.api.schemas.get(id)
    }

    pub(super) fn span(&self, node: NodeId) -> Span {
        self.document.tree.span(node)
    }

    /// The node of a pointer into the description itself.
    pub(super) fn at(&self, pointer: &str) -> Option<Place> {
        let fragment = pointer.strip_prefix('#')?;
        let node = follow(&self.document.tree, self.document.entry, &steps(fragment))?;
        Some(Place { node, pointer: pointer.to_owned() })
    }

    /// An entry of the target of a place's reference.
    pub(super) fn below(&self, place: &Place, key: &str) -> Option<Place> {
        let node = self.document.tree.value_at(place.node, key)?;
        let pointer = format!("{}/{}", place.pointer, escape(key));
        self.target(&Place { node, pointer })
    }

    /// The target of a place's reference.
    pub(super) fn target(&self, place: &Place) -> Option<Place> {
        let target = self.document.follow(place.node, &place.pointer, &mut Diagnostics::default())?;
        Some(Place { node: target.node, pointer: target.pointer })
    }

    /// The node of an operation.
    pub(super) fn operation(&self, operation: &Operation) -> Option<Place> {
        let item = self.below(&self.at("#/paths")?, &operation.path)?;
        let start = format!("#/paths/{}", escape(&operation.path));
        let rest = operation.origin.pointer.strip_prefix(&start)?;
        let node = follow(&self.document.tree, item.node, &steps(rest))?;
        Some(Place { node, pointer: format!("{}{rest}", item.pointer) })
    }

    /// The node of a response.
    pub(super) fn response(&self, operation: &Operation, status: Status) -> Option<Place> {
        let responses = self.below(&self.operation(operation)?, "responses")?;
        let key = status.to_string();
        self.below(&responses, &key).or_else(|| self.below(&responses, &key.to_lowercase()))
    }

    /// The JSONPath of a place. `None` for a place in another file, which overlays cannot change.
    pub(super) fn path(&self, place: &Place) -> Option<String> {
        let tree = &self.document.tree;
        let mut path = "$".to_owned();
        let mut node = self.document.entry;
        for step in steps(place.pointer.strip_prefix('#')?) {
            match &tree.get(node).kind {
                Kind::Map(_) => {
                    path.push_str(&name_step(&step));
                    node = tree.value_at(node, &step)?;
                }
                Kind::List(items) => {
                    let index: usize = step.parse().ok()?;
                    path.push_str(&format!("[{index}]"));
                    node = items.get(index).copied()?;
                }
                Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => return None,
            }
        }
        (node == place.node).then_some(path)
    }
}

/// A step of a JSONPath query (RFC 9535): `.name`, or `['any name']`.
fn name_step(name: &str) -> String {
    let is_plain = name.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '_')
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
    if is_plain { format!(".{name}") } else { format!("[{}]", quoted(name)) }
}

/// A string of a JSONPath query.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
