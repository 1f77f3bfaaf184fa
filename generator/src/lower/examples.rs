//! Example values of parameters, media types and schemas. Knows where each version of the standard writes them; decides no
//! shape.

pub(super) use crate::api::is_credential;

use super::Lower;
use crate::api::{Examples, is_json};
use crate::syntax::node::NodeId;

/// Maximum number of examples of one place.
const MAX: usize = 3;

/// Maximum number of nodes of one example. Usage examples show less of a value.
const NODES: usize = 300;

impl Lower<'_> {
    /// The nodes of a node's examples: `example`, and the values of `examples`, a list in schemas and a map in other
    /// places. Swagger 2.0 has none for parameters; descriptions use `x-example`.
    pub(super) fn example_nodes(&self, node: NodeId) -> Vec<NodeId> {
        let tree = &self.document.tree;
        let mut found: Vec<NodeId> = tree.value_at(node, "example").into_iter().collect();
        if self.swagger {
            found.extend(tree.value_at(node, "x-example"));
        }
        let Some(several) = tree.value_at(node, "examples") else { return found };
        found.extend(tree.list(several));
        for named in tree.map(several) {
            let Some(target) = self.document.target(named.value) else { continue };
            let value = ["value", "dataValue"].iter().find_map(|key| tree.value_at(target, key));
            // Swagger 2.0 has the values themselves, by media type.
            found.extend(value.or(self.swagger.then_some(target)));
        }
        found
    }

    /// The values of the first of these nodes. Large values are left out.
    pub(super) fn examples(&self, nodes: &[NodeId]) -> Examples {
        let values = nodes.iter().take(MAX).filter_map(|node| self.document.tree.to_json_within(*node, NODES));
        Examples(values.collect())
    }

    /// The examples of a body. Many descriptions write JSON in a string.
    pub(super) fn body_examples(&self, node: NodeId, media: &str) -> Examples {
        let Examples(mut values) = self.examples(&self.example_nodes(node));
        for value in values.iter_mut().filter(|_| is_json(media)) {
            let text = value.as_str().filter(|text| text.trim_start().starts_with(['{', '[']));
            if let Some(parsed) = text.and_then(|text| serde_json::from_str(text).ok()) {
                *value = parsed;
            }
        }
        Examples(values)
    }

    /// The examples of a parameter: its own, and those beside a reference in it.
    pub(super) fn parameter_examples(&self, node: NodeId) -> Examples {
        let tree = &self.document.tree;
        let mut nodes = self.example_nodes(node);
        let content = tree.value_at(node, "content").and_then(|map| tree.map(map).first()).map(|media| media.value);
        nodes.extend(content.map(|media| self.example_nodes(media)).unwrap_or_default());
        for schema in [Some(node), content].into_iter().flatten().filter_map(|node| tree.value_at(node, "schema")) {
            nodes.extend(self.examples_beside_reference(schema));
        }
        self.examples(&nodes)
    }

    /// The examples beside a reference. Other schemas have theirs themselves.
    pub(super) fn examples_beside_reference(&self, node: NodeId) -> Vec<NodeId> {
        if self.document.reference(node).is_some() { self.example_nodes(node) } else { Vec::new() }
    }
}
