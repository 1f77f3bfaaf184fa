//! The verdict about the wire: what the old program sends and the new server accepts, and what the new server sends
//! and the old program reads.

mod bounds;
mod content;
mod encoding;
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
use traversal::Traversal;

/// Every change on the wire.
pub(super) fn compare(old: &Side, new: &Side, matched: &Matched) -> Vec<Change> {
    let mut traversal = Traversal::new(old, new);
    servers::compare(&mut traversal);
    security::schemes(&mut traversal);
    for (one, other) in &matched.pairs {
        let (Some(before), Some(now)) = (old.api.operations.get(*one), new.api.operations.get(*other)) else {
            continue;
        };
        operation::compare(&mut traversal, before, now);
    }
    for index in &matched.removed {
        let Some(before) = old.api.operations.get(*index) else { continue };
        let message = format!("`{} {}` is gone", before.method, before.path);
        let item = before.origin.pointer.clone();
        let change = Change::wire("W211", WireVerdict::Break, item.clone(), message);
        traversal.add(Change { direction: Some(Direction::Request), ..change }, &item, "");
    }
    for index in &matched.added {
        let Some(now) = new.api.operations.get(*index) else { continue };
        let message = format!("`{} {}` is new", now.method, now.path);
        let item = now.origin.pointer.clone();
        traversal.add(Change::wire("W211", WireVerdict::Safe, item.clone(), message), "", &item);
    }
    operation::webhooks(&mut traversal);
    traversal.finish()
}
