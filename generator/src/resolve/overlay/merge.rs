//! The merge of a value into another (Overlay Specification 1.1.0, section 4.4.3).

use crate::syntax::node::{Entry, Kind, Node, NodeId, Tree};
use std::fmt;

/// Maximum number of values that the overlays of one run may add.
const MAX: usize = 5_000_000;

/// The reason for which two values cannot be merged.
#[derive(Debug)]
pub(super) struct Conflict {
    /// The value in the overlay.
    pub(super) node: NodeId,
    /// The value in the description.
    pub(super) place: NodeId,
    /// Message.
    pub(super) message: String,
}

/// The overlays add more than [`MAX`] values.
#[derive(Debug)]
pub(super) struct BudgetExceeded;

impl fmt::Display for BudgetExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the overlays add more than {MAX} values")
    }
}

/// The number of values that may still be added.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MAX)
    }
}

impl Budget {
    /// Takes one value.
    pub(super) fn take(&mut self) -> Result<(), BudgetExceeded> {
        self.0 = self.0.checked_sub(1).ok_or(BudgetExceeded)?;
        Ok(())
    }
}

/// Merges `update` into the place `target`, which no other place shares.
pub(super) fn merge(tree: &mut Tree, target: NodeId, update: NodeId, budget: &mut Budget) -> Result<(), Conflict> {
    let (into, from) = (tree.get(target).kind.clone(), tree.get(update).kind.clone());
    match (into, from) {
        (Kind::Map(mut entries), Kind::Map(added)) => {
            for entry in added {
                match entries.iter().rev().find(|known| known.key == entry.key) {
                    Some(known) if is_list(tree, known.value) && !is_list(tree, entry.value) => {
                        return Err(conflict(tree, known.value, entry.value));
                    }
                    Some(known) => merge(tree, known.value, entry.value, budget)?,
                    None => entries.push(Entry { value: copy(tree, entry.value, target, budget)?, ..entry }),
                }
            }
            set(tree, target, Kind::Map(entries));
        }
        (Kind::List(mut items), Kind::List(added)) => {
            for item in added {
                items.push(copy(tree, item, target, budget)?);
            }
            set(tree, target, Kind::List(items));
        }
        (Kind::List(mut items), Kind::Map(_) | Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_)) => {
            items.push(copy(tree, update, target, budget)?);
            set(tree, target, Kind::List(items));
        }
        (
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_),
        ) => {
            let new = tree.get(update).clone();
            if let Some(node) = tree.nodes.get_mut(target.0 as usize) {
                *node = new;
            }
        }
        (Kind::Map(_), _) | (_, Kind::Map(_) | Kind::List(_)) => return Err(conflict(tree, target, update)),
    }
    Ok(())
}

fn is_list(tree: &Tree, node: NodeId) -> bool {
    matches!(tree.get(node).kind, Kind::List(_))
}

fn set(tree: &mut Tree, node: NodeId, kind: Kind) {
    if let Some(node) = tree.nodes.get_mut(node.0 as usize) {
        node.kind = kind;
    }
}

fn conflict(tree: &Tree, place: NodeId, node: NodeId) -> Conflict {
    let message = format!("{} cannot be merged into {}", kind_of(tree, node), kind_of(tree, place));
    Conflict { node, place, message }
}

/// The type of a value for messages.
pub(super) fn kind_of(tree: &Tree, node: NodeId) -> &'static str {
    match tree.get(node).kind {
        Kind::Map(_) => "an object",
        Kind::List(_) => "an array",
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => "a primitive value",
    }
}

/// A copy with nodes of its own: later actions may change it.
pub(super) fn copy(tree: &mut Tree, node: NodeId, place: NodeId, budget: &mut Budget) -> Result<NodeId, Conflict> {
    let Node { span, kind } = tree.get(node).clone();
    let root = tree.add(span, kind);
    match unshare(tree, root, budget) {
        Ok(()) => Ok(root),
        Err(exceeded) => Err(Conflict { node, place, message: exceeded.to_string() }),
    }
}

/// Gives everything below a node nodes of its own.
fn unshare(tree: &mut Tree, root: NodeId, budget: &mut Budget) -> Result<(), BudgetExceeded> {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        budget.take()?;
        let mut kind = tree.get(node).kind.clone();
        let below: Vec<&mut NodeId> = match &mut kind {
            Kind::Map(entries) => entries.iter_mut().map(|entry| &mut entry.value).collect(),
            Kind::List(items) => items.iter_mut().collect(),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => continue,
        };
        for below in below {
            let Node { span, kind } = tree.get(*below).clone();
            *below = tree.add(span, kind);
            open.push(*below);
        }
        set(tree, node, kind);
    }
    Ok(())
}
