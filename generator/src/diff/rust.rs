//! The verdict about code: two plans item by item. In its modules, `compare` adds the changes between two parts, and functions
//! that match parts return the pairs too.

mod arguments;
mod calls;
mod client;
mod context;
mod items;
mod matching;
mod models;
mod webhooks;

use super::change::Change;
use super::operations::Matched;
use super::side::Side;
use context::Context;

/// Every change of the crate.
pub(super) fn changes(old: &Side, new: &Side, matched: &Matched) -> Vec<Change> {
    let mut context = Context::new(old, new);
    let types = matching::match_types(&mut context);
    for (old_type, new_type) in types {
        models::compare(&mut context, old_type, new_type);
    }
    calls::compare(&mut context, matched);
    webhooks::compare(&mut context);
    client::compare(&mut context);
    context.finish()
}
