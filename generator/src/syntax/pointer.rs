//! JSON pointers (RFC 6901) in references, and their nodes.

use super::node::{Kind, NodeId, Tree};
pub(crate) use crate::json_pointer::{escape, percent_decode, percent_decoded_bytes, steps};

/// Follows the steps from a node.
#[must_use]
pub(crate) fn follow(tree: &Tree, root: NodeId, steps: &[String]) -> Option<NodeId> {
    steps.iter().try_fold(root, |node, step| match &tree.get(node).kind {
        Kind::Map(_) => tree.value_at(node, step),
        Kind::List(items) => items.get(step.parse::<usize>().ok()?).copied(),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    })
}
