//! The actions of an overlay.

use super::query::Query;
use crate::diagnostic::{Code, Diagnostics};
use crate::syntax::node::{Kind, NodeId, Tree};

/// One action.
#[derive(Debug)]
pub(super) struct Action {
    /// The node with the query of the target, for messages.
    pub(super) node: NodeId,
    /// The query for the changed places.
    pub(super) target: Query,
    /// The kind of change.
    pub(super) kind: ActionKind,
    /// The node with the merged value; `None` if it is copied from the description.
    pub(super) value: Option<NodeId>,
    /// Allows an action that matches nothing (`x-clientsmith-optional`).
    pub(super) optional: bool,
}

/// The kinds of change.
#[derive(Debug)]
pub(super) enum ActionKind {
    /// Takes the places out of their objects and arrays.
    Remove,
    /// Merges a value into the places.
    Update(NodeId),
    /// Merges another value of the description into the places.
    Copy(Query),
}

/// The extension that allows an action to match nothing.
const OPTIONAL: &str = "x-clientsmith-optional";
/// Fields of an action (Overlay Specification 1.1.0, section 4.4.3).
const FIELDS: [&str; 5] = ["target", "description", "update", "copy", "remove"];

/// Reads the actions. Reports what is not an overlay.
pub(super) fn read(tree: &Tree, overlay: NodeId, diagnostics: &mut Diagnostics) -> Vec<Action> {
    match list(tree, overlay) {
        Ok((actions, old)) => actions.iter().filter_map(|action| checked(tree, *action, old, diagnostics)).collect(),
        Err((node, message)) => {
            diagnostics.report(Code::InvalidOverlay, tree.span(node), message);
            Vec::new()
        }
    }
}

/// The nodes of the actions, and whether the overlay has version 1.0.
fn list(tree: &Tree, overlay: NodeId) -> Result<(&[NodeId], bool), (NodeId, String)> {
    let missing =
        || (overlay, "the file has no `overlay` field with a version of the Overlay Specification".to_owned());
    let version = tree.value_at(overlay, "overlay").ok_or_else(missing)?;
    let text = tree.text(version).unwrap_or_default();
    let is = |minor: &str| text.strip_prefix(minor).is_some_and(|patch| patch.is_empty() || patch.starts_with('.'));
    if !is("1.0") && !is("1.1") {
        return Err((version, format!("version `{text}` of overlays is not supported; 1.0 and 1.1 are")));
    }
    match tree.value_at(overlay, "actions").filter(|actions| !tree.list(*actions).is_empty()) {
        Some(actions) => Ok((tree.list(actions), is("1.0"))),
        None => Err((overlay, "the overlay has no list of `actions`".to_owned())),
    }
}

/// Reads an action, and reports its faults.
fn checked(tree: &Tree, action: NodeId, old: bool, diagnostics: &mut Diagnostics) -> Option<Action> {
    for entry in tree.map(action) {
        if !FIELDS.contains(&entry.key.as_str()) && !entry.key.starts_with("x-") {
            let message = format!("an action of an overlay has no field `{}`", entry.key);
            diagnostics.report(Code::UnknownField, entry.key_span, message);
        }
    }
    match read_action(tree, action, old) {
        Ok(action) => Some(action),
        Err((node, message)) => {
            diagnostics.report(Code::InvalidOverlay, tree.span(node), message);
            None
        }
    }
}

/// Reads an action. An error has the node that is wrong.
fn read_action(tree: &Tree, action: NodeId, old: bool) -> Result<Action, (NodeId, String)> {
    let target = tree.value_at(action, "target").ok_or_else(|| (action, "the action has no `target`".to_owned()))?;
    let given = |key: &str| tree.value_at(action, key);
    let (kind, value) = match (tree.bool_at(action, "remove"), given("update"), given("copy")) {
        (Some(true), _, _) => (ActionKind::Remove, None),
        (_, Some(_), Some(copy)) => return Err((copy, "`copy` and `update` exclude each other".to_owned())),
        (_, Some(update), None) => (ActionKind::Update(update), Some(update)),
        (_, None, Some(copy)) if old => return Err((copy, "`copy` needs `overlay: 1.1.0`".to_owned())),
        (_, None, Some(copy)) => (ActionKind::Copy(query(tree, copy)?), None),
        (_, None, None) => {
            return Err((action, "the action has none of `update`, `copy` and `remove: true`".to_owned()));
        }
    };
    let optional = tree.bool_at(action, OPTIONAL).unwrap_or_default();
    Ok(Action { node: target, target: query(tree, target)?, kind, value, optional })
}

/// Parses a query (RFC 9535).
fn query(tree: &Tree, node: NodeId) -> Result<Query, (NodeId, String)> {
    let Kind::String(text) = &tree.get(node).kind else {
        return Err((node, "expected a JSONPath query, such as `$.info`".to_owned()));
    };
    Query::parse(text).map_err(|message| (node, message))
}
