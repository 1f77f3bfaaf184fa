//! Which references a file holds. Knows where a map's keys are names and where values are data, for `$ref` means
//! nothing there; must not know what is referred to.

use crate::source::node::{Kind, NodeId, Tree};
use crate::span::Span;
use std::collections::BTreeSet;

/// Values of these are data.
pub(super) const DATA: [&str; 6] = ["example", "examples", "default", "enum", "const", "x-examples"];

/// Keys of the maps below these are names.
pub(super) const NAMES: [&str; 18] = [
    "properties",
    "patternProperties",
    "definitions",
    "$defs",
    "dependentSchemas",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "paths",
    "webhooks",
    "content",
    "variables",
];

/// Texts of `$ref`s that lead to another file, with their places, in document order.
pub(super) fn to_files(tree: &Tree, root: NodeId) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![(root, false)];
    while let Some((node, names)) = open.pop() {
        if !seen.insert((node, names)) {
            continue;
        }
        match &tree.get(node).kind {
            Kind::Map(entries) => {
                for entry in entries {
                    if let ("$ref", Kind::Text(text)) = (entry.key.as_str(), &tree.get(entry.value).kind)
                        && !text.starts_with('#')
                        && !is_bare_name(text)
                    {
                        found.push((text.clone(), tree.span(entry.value)));
                    }
                }
                let below = entries.iter().rev().filter(|entry| names || !DATA.contains(&entry.key.as_str()));
                open.extend(below.map(|entry| (entry.value, !names && NAMES.contains(&entry.key.as_str()))));
            }
            Kind::List(items) => open.extend(items.iter().rev().map(|item| (*item, false))),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Text(_) => {}
        }
    }
    found
}

/// A reference that is only a schema's name.
pub(super) fn is_bare_name(reference: &str) -> bool {
    !reference.is_empty() && !reference.contains(['.', '/', '#', ':'])
}
