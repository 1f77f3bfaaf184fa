//! Notes on types that no operation uses, so that readers do not look for the operation. Knows which operations need a type;
//! does not know files.

use super::docs;
use super::models::{Kind, Model};
use super::reach::{Callers, closure};
use super::type_of::Types;
use crate::api::Api;
use std::collections::BTreeSet;

/// Adds the notes. `reached` has the operations that need each type, and `always` the types that the client itself needs. A
/// description without operations has only such types and gets no note.
pub(super) fn note(
    models: &mut [Model],
    reached: &[Vec<Callers>],
    always: &BTreeSet<&str>,
    api: &Api,
    types: &Types<'_>,
) {
    if api.operations.is_empty() {
        return;
    }
    let webhooks: Vec<_> = api.webhooks.iter().flat_map(|webhook| webhook.schemas().map(|id| types.item(id))).collect();
    let by_webhooks = closure(models, webhooks.iter());
    let has = |callback: bool| api.webhooks.iter().any(|webhook| webhook.callback == callback);
    let users = match (has(false), has(true)) {
        (true, true) => "webhooks and callbacks",
        (false, true) => "callbacks",
        (_, false) => "webhooks",
    };
    for (index, (model, callers)) in models.iter_mut().zip(reached).enumerate() {
        // Places of an alias have its type, not its name.
        let is_named = !matches!(model.kind, Kind::Alias(_));
        if is_named && callers.is_empty() && !always.contains(model.name.as_str()) {
            let note = if by_webhooks.contains(&index) {
                format!("Only {users} use this type.")
            } else {
                "No operation uses this type.".to_owned()
            };
            docs::add_notes(&mut model.docs, [note]);
        }
    }
}
