//! The description while actions change it.

use super::action::{Action, ActionKind};
use super::merge::{Budget, Conflict, copy, kind_of, merge};
use super::place::{json, json_at, node_at};
use super::query::Step;
use crate::diagnostic::Code;
use crate::span::Span;
use crate::syntax::node::{Kind, NodeId, Tree};
use serde_json::Value;

/// The description as a tree and as JSON.
#[derive(Debug)]
pub(super) struct EditedDescription {
    root: NodeId,
    json: Value,
    budget: Budget,
}

/// The error of an action.
#[derive(Debug)]
pub(super) struct ActionError {
    pub(super) code: Code,
    /// The place in the overlay.
    pub(super) node: NodeId,
    /// The place in the description.
    pub(super) place: Option<Span>,
    pub(super) message: String,
}

const TOO_DEEP: &str = "the description nests too deep for overlays";

impl EditedDescription {
    /// Prepares a description. A YAML alias becomes a copy, so that a change of one place changes no other.
    pub(super) fn new(tree: &mut Tree, root: NodeId) -> Result<Self, Conflict> {
        let mut budget = Budget::default();
        let root_copy = copy(tree, root, root, &mut budget)?;
        // The root keeps its id.
        let kind = tree.get(root_copy).kind.clone();
        if let Some(node) = tree.nodes.get_mut(root.0 as usize) {
            node.kind = kind;
        }
        let too_deep = || Conflict { node: root, place: root, message: TOO_DEEP.to_owned() };
        let json = json(tree, root).ok_or_else(too_deep)?;
        Ok(Self { root, json, budget: Budget::default() })
    }

    /// Runs an action. Returns the changed places as they were.
    pub(super) fn run(&mut self, tree: &mut Tree, action: &Action) -> Result<Vec<Span>, ActionError> {
        let places = action.target.select(&self.json);
        let fault = |message: &str| ActionError {
            code: Code::OverlayConflict,
            node: action.node,
            place: None,
            message: message.to_owned(),
        };
        if places.is_empty() && !action.optional {
            return Err(ActionError {
                code: Code::OverlayNoMatch,
                ..fault("the target of the action matches nothing")
            });
        }
        let nodes: Vec<NodeId> = places.iter().filter_map(|place| node_at(tree, self.root, place)).collect();
        let spans = nodes.iter().map(|node| tree.span(*node)).collect();
        let value = match &action.kind {
            ActionKind::Remove if places.iter().any(Vec::is_empty) => return Err(fault("the root cannot be removed")),
            ActionKind::Remove => {
                self.remove(tree, places);
                return Ok(spans);
            }
            ActionKind::Update(value) => *value,
            ActionKind::Copy(query) => {
                let from = query.select(&self.json);
                let from = from.iter().filter_map(|place| node_at(tree, self.root, place)).collect::<Vec<_>>();
                let [from] = from.as_slice() else {
                    let message = format!("`copy` selects {} places; it must select one", from.len());
                    return Err(fault(&message));
                };
                // A place may be copied into itself.
                let place = tree.span(*from);
                copy(tree, *from, action.node, &mut self.budget)
                    .map_err(|conflict| ActionError { place: Some(place), ..fault(&conflict.message) })?
            }
        };
        let mut kinds = nodes.iter().map(|node| kind_of(tree, *node));
        if let Some(other) = kinds.next().and_then(|first| kinds.find(|kind| *kind != first)) {
            return Err(fault(&format!("the target matches places of several types, one of them {other}")));
        }
        for (place, node) in places.iter().zip(nodes) {
            merge(tree, node, value, &mut self.budget).map_err(|conflict| of(tree, conflict))?;
            self.refresh(tree, place).map_err(fault)?;
        }
        Ok(spans)
    }

    /// Removes the nodes at these steps from the root.
    fn remove(&mut self, tree: &mut Tree, mut places: Vec<Vec<Step>>) {
        // Later items first, so that the indexes of the others stay.
        places.sort();
        for place in places.iter().rev() {
            let Some((last, above)) = place.split_last() else { continue };
            let Some(parent) = node_at(tree, self.root, above) else { continue };
            match (tree.nodes.get_mut(parent.0 as usize).map(|node| &mut node.kind), last) {
                (Some(Kind::Map(entries)), Step::Key(key)) => entries.retain(|entry| entry.key != *key),
                (Some(Kind::List(items)), Step::Index(index)) if *index < items.len() => drop(items.remove(*index)),
                _ => {}
            }
            match (json_at(&mut self.json, above), last) {
                (Some(Value::Object(members)), Step::Key(key)) => drop(members.shift_remove(key)),
                (Some(Value::Array(items)), Step::Index(index)) if *index < items.len() => drop(items.remove(*index)),
                _ => {}
            }
        }
    }

    /// Brings the JSON of a place in step with its node.
    fn refresh(&mut self, tree: &Tree, place: &[Step]) -> Result<(), &'static str> {
        let node = node_at(tree, self.root, place).unwrap_or(self.root);
        let new = json(tree, node).ok_or(TOO_DEEP)?;
        if let Some(known) = json_at(&mut self.json, place) {
            *known = new;
        }
        Ok(())
    }
}

fn of(tree: &Tree, conflict: Conflict) -> ActionError {
    let Conflict { node, place, message } = conflict;
    ActionError { code: Code::OverlayConflict, node, place: Some(tree.span(place)), message }
}
