//! The references to other files in one file. Knows maps whose keys are keys_are_names and values that are data, in which `$ref`
//! has no meaning. Must not know the targets.

use crate::span::Span;
use crate::syntax::node::{Kind, NodeId, Tree};

/// Returns true if the value of a key is data.
pub(super) fn is_data(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum" | "const" | "x-examples")
}

/// Returns true if the keys of the map at a key are names.
#[rustfmt::skip]
pub(super) fn holds_names(key: &str) -> bool {
    matches!(
        key,
        "properties" | "patternProperties" | "definitions" | "$defs" | "dependentSchemas"
            | "schemas" | "responses" | "parameters" | "requestBodies" | "headers" | "securitySchemes"
            | "links" | "callbacks" | "pathItems" | "paths" | "webhooks" | "content" | "variables"
    )
}

/// The visited nodes of a tree, apart for maps whose keys are keys_are_names and for all others.
pub(super) struct Seen(Vec<[bool; 2]>);

impl Seen {
    pub(super) fn new(tree: &Tree) -> Self {
        Self(vec![[false; 2]; tree.nodes.len()])
    }

    /// Marks a node as visited. Returns true on the first visit.
    pub(super) fn insert(&mut self, node: NodeId, keys_are_names: bool) -> bool {
        let slot = self.0.get_mut(node.0 as usize).and_then(|slot| slot.get_mut(usize::from(keys_are_names)));
        slot.is_some_and(|seen| !std::mem::replace(seen, true))
    }
}

/// Values of the `$ref`s to other files, with their spans, in the order of the description.
pub(super) fn to_files(tree: &Tree, root: NodeId) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut seen = Seen::new(tree);
    let mut open = vec![(root, false)];
    while let Some((node, keys_are_names)) = open.pop() {
        if !seen.insert(node, keys_are_names) {
            continue;
        }
        match &tree.get(node).kind {
            Kind::Map(entries) => {
                for entry in entries {
                    if let ("$ref", Kind::String(text)) = (entry.key.as_str(), &tree.get(entry.value).kind)
                        && !text.starts_with('#')
                        && !is_bare_name(text)
                    {
                        found.push((text.clone(), tree.span(entry.value)));
                    }
                }
                let below = entries.iter().rev().filter(|entry| keys_are_names || !is_data(&entry.key));
                open.extend(below.map(|entry| (entry.value, !keys_are_names && holds_names(&entry.key))));
            }
            Kind::List(items) => open.extend(items.iter().rev().map(|item| (*item, false))),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
        }
    }
    found
}

/// Returns true for a reference that is only the name of a schema.
pub(super) fn is_bare_name(reference: &str) -> bool {
    !reference.is_empty() && !reference.contains(['.', '/', '#', ':'])
}
