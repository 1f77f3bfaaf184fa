//! The verdict about the wire: what the old program sends and the new server accepts, and what the new server sends
//! and the old program reads. In its modules, `compare` adds the changes between two parts.

mod bounds;
mod content;
mod encoding;
mod limits;
mod operation;
mod parameter;
mod scalar;
mod schema;
mod security;
mod servers;
mod traversal;
mod union;

use super::change::{Change, Direction, WireVerdict};
use super::operations::Matched;
use super::side::Side;
use crate::diff::rules::Rule;
use traversal::Traversal;

/// Every change on the wire.
pub(super) fn changes(old: &Side, new: &Side, matched: &Matched) -> Vec<Change> {
    let mut traversal = Traversal::new(old, new);
    servers::compare(&mut traversal);
    security::schemes(&mut traversal);
    for (old_index, new_index) in &matched.pairs {
        let (Some(old_operation), Some(new_operation)) =
            (old.api.operations.get(*old_index), new.api.operations.get(*new_index))
        else {
            continue;
        };
        operation::compare(&mut traversal, old_operation, new_operation);
    }
    for index in &matched.removed {
        let Some(old_operation) = old.api.operations.get(*index) else { continue };
        let message = format!("`{} {}` is gone", old_operation.method, old_operation.path);
        let item = old_operation.origin.pointer.clone();
        let change = Change::wire(Rule::OperationOrSecurityChanged, WireVerdict::Break, item.clone(), message);
        traversal.add(Change { direction: Some(Direction::Request), ..change }, &item, "");
    }
    for index in &matched.added {
        let Some(new_operation) = new.api.operations.get(*index) else { continue };
        let message = format!("`{} {}` is new", new_operation.method, new_operation.path);
        let item = new_operation.origin.pointer.clone();
        traversal.add(
            Change::wire(Rule::OperationOrSecurityChanged, WireVerdict::Safe, item.clone(), message),
            "",
            &item,
        );
    }
    operation::webhooks(&mut traversal);
    traversal.finish()
}
