//! The values at selected places. Queries read JSON, so a copy of the description stands beside the tree of values with
//! spans.

use super::query::Step;
use crate::syntax::node::{NodeId, Tree};
use serde_json::Value;

/// Deepest level of a description with overlays, aliases counted at every use.
const DEEPEST: usize = 1_000;

/// The node at a place.
pub(super) fn node_at(tree: &Tree, root: NodeId, steps: &[Step]) -> Option<NodeId> {
    steps.iter().try_fold(root, |node, step| match step {
        Step::Key(key) => tree.value_at(node, key),
        Step::Index(index) => tree.list(node).get(*index).copied(),
    })
}

/// The JSON at a place.
pub(super) fn json_at<'v>(root: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

/// A node as JSON. `None` when it is deeper than [`DEEPEST`].
pub(super) fn json(tree: &Tree, node: NodeId) -> Option<Value> {
    tree.json(node, DEEPEST, &mut { usize::MAX })
}
