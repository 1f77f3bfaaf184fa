//! The places that a query selects, by RFC 9535. The query library reads JSON, so a copy of the description stands
//! beside the tree of values with spans.

use crate::syntax::node::{NodeId, Tree};
use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

/// Deepest level of a description with overlays, those behind aliases included.
const DEEPEST: usize = 1_000;

/// The way from the root to a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A member of an object.
    Key(String),
    /// An item of an array.
    Index(usize),
}

/// Every selected place once, in the order of the description.
pub(super) fn select(query: &JsonPath, description: &Value) -> Vec<Vec<Step>> {
    let found = query.query_located(description).dedup();
    let steps = |element: &PathElement<'_>| match element {
        PathElement::Name(name) => Step::Key((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    };
    found.locations().map(|path| path.iter().map(steps).collect()).collect()
}

/// The node at a place.
pub(super) fn node_at(tree: &Tree, root: NodeId, steps: &[Step]) -> Option<NodeId> {
    steps.iter().try_fold(root, |node, step| match step {
        Step::Key(key) => tree.entry(node, key),
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
