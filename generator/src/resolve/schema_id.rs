//! Schemas with an `$id`. References inside them are relative to it (JSON Schema 2020-12, section 8.2.1). Must not know
//! their meaning.

use super::references::{Seen, holds_names, is_data};
use crate::syntax::node::{Kind, NodeId, Tree};
use std::collections::BTreeMap;

/// Every schema with an `$id`.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Roots by address.
    roots: BTreeMap<String, NodeId>,
    /// Address and root of the schema that holds a reference, where it has an `$id`.
    around: BTreeMap<NodeId, Resource>,
}

/// Address and root.
type Resource = (String, NodeId);

impl Resources {
    /// Adds the schemas of a file.
    pub(super) fn collect(&mut self, tree: &Tree, root: NodeId) {
        let mut seen = Seen::new(tree);
        let mut open: Vec<(NodeId, bool, Option<Resource>)> = vec![(root, false, None)];
        while let Some((node, keys_are_names, mut around)) = open.pop() {
            if !seen.insert(node, keys_are_names) {
                continue;
            }
            match &tree.get(node).kind {
                Kind::Map(entries) => {
                    let text = |key: &str| match &tree.get(tree.value_at(node, key).filter(|_| !keys_are_names)?).kind {
                        Kind::String(text) => Some(text.as_str()),
                        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Map(_) => None,
                    };
                    if let Some(id) = text("$id") {
                        let base = around.as_ref().map_or("", |(base, _)| base);
                        let address = joined(base, id.trim_end_matches('#'));
                        self.roots.entry(address.clone()).or_insert(node);
                        around = Some((address, node));
                    }
                    if let (Some(_), Some(around)) = (text("$ref").or_else(|| text("$dynamicRef")), &around) {
                        self.around.insert(node, around.clone());
                    }
                    let below = entries.iter().rev().filter(|entry| keys_are_names || !is_data(&entry.key));
                    let below =
                        below.map(|entry| (entry.value, !keys_are_names && holds_names(&entry.key), around.clone()));
                    open.extend(below);
                }
                Kind::List(items) => open.extend(items.iter().rev().map(|item| (*item, false, around.clone()))),
                Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
            }
        }
    }

    /// Gives a copied node the base address of the original.
    pub(super) fn inherit(&mut self, node: NodeId, copied: NodeId) {
        if let Some(around) = self.around.get(&node).cloned() {
            self.around.insert(copied, around);
        }
    }

    /// The schema at the address of a reference, without the fragment.
    pub(super) fn named(&self, node: NodeId, address: &str) -> Option<NodeId> {
        let base = self.around.get(&node).map_or("", |(base, _)| base);
        self.roots.get(&joined(base, address)).copied()
    }

    /// Returns true if an address may be that of a schema, relative to any base.
    pub(super) fn may_name(&self, address: &str) -> bool {
        let tail = format!("/{address}");
        self.roots.keys().any(|known| known == address || known.ends_with(&tail))
    }

    /// The schema with an `$id` that holds a reference.
    pub(super) fn around(&self, node: NodeId) -> Option<NodeId> {
        self.around.get(&node).map(|(_, root)| *root)
    }
}

/// Joins an address to a base: a full address stays, any other replaces the last step of the base.
fn joined(base: &str, address: &str) -> String {
    if address.contains("://") || address.starts_with("urn:") || base.is_empty() {
        return address.to_owned();
    }
    let (start, path) = match base.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            (format!("{scheme}://{host}/"), path)
        }
        None => (String::new(), base),
    };
    if let Some(absolute) = address.strip_prefix('/') {
        return format!("{start}{absolute}");
    }
    let mut steps: Vec<&str> = path.split('/').collect();
    steps.pop();
    for step in address.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    format!("{start}{}", steps.join("/"))
}
