//! The users of a type beside operations: webhooks, callbacks, and types that nothing uses. Knows which operations need a
//! type; does not know files.

use super::docs;
use super::models::{Kind, Model};
use super::reach::{Callers, closure};
use super::rust_type::RustType;
use super::type_of::Types;
use crate::api::Api;
use std::collections::BTreeSet;

/// The users of a type beside operations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OtherUsers {
    /// Webhooks.
    pub webhooks: bool,
    /// Callbacks of operations.
    pub callbacks: bool,
    /// The type itself or another one that no operation, webhook or callback uses.
    pub unused: bool,
}

impl OtherUsers {
    /// All users.
    pub(crate) const ALL: Self = Self { webhooks: true, callbacks: true, unused: true };

    /// Their names: of modules and cargo features.
    #[must_use]
    pub(crate) fn names(self) -> Vec<&'static str> {
        let all = [("webhooks", self.webhooks), ("callbacks", self.callbacks), ("unused", self.unused)];
        all.into_iter().filter(|(_, uses)| *uses).map(|(name, _)| name).collect()
    }

    /// The name of the only user.
    #[must_use]
    pub(crate) fn only(self) -> Option<&'static str> {
        if let [name] = self.names().as_slice() { Some(*name) } else { None }
    }

    /// Returns true if there are none.
    #[must_use]
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The webhooks and callbacks in words.
    #[must_use]
    pub(crate) fn senders(self) -> Option<String> {
        let names = Self { unused: false, ..self }.names();
        (!names.is_empty()).then(|| names.join(" and "))
    }
}

/// The users of each type beside operations. `reached` has the operations that need each type, and `always` the types that
/// the client itself needs.
#[must_use]
pub(super) fn other_users(
    models: &[Model],
    reached: &[Vec<Callers>],
    always: &BTreeSet<&str>,
    api: &Api,
    types: &Types<'_>,
) -> Vec<OtherUsers> {
    let of = |callback: bool| {
        let sent = api.webhooks.iter().filter(|webhook| webhook.callback == callback);
        let bodies: Vec<_> = sent.flat_map(|webhook| webhook.schemas().map(|id| types.item(id))).collect();
        closure(models, bodies.iter())
    };
    let (webhooks, callbacks) = (of(false), of(true));
    let is_unused = |index: usize, model: &Model, callers: &[Callers]| {
        let is_sent = webhooks.contains(&index) || callbacks.contains(&index);
        callers.is_empty() && !is_sent && !always.contains(model.name.as_str())
    };
    let own = models.iter().zip(reached).enumerate();
    let own = own.filter(|(index, (model, callers))| is_unused(*index, model, callers));
    let own: Vec<RustType> =
        own.map(|(_, (model, _))| RustType::Model { name: model.name.clone(), class: model.class() }).collect();
    let unused = closure(models, own.iter());
    let users = |index| OtherUsers {
        webhooks: webhooks.contains(&index),
        callbacks: callbacks.contains(&index),
        unused: unused.contains(&index),
    };
    (0..models.len()).map(users).collect()
}

/// Adds notes, so that readers do not look for the operation. `reached` has the operations that need each type, and `always`
/// the types that the client itself needs. A description without operations has only such types and gets no note.
pub(super) fn add_notes(
    models: &mut [Model],
    reached: &[Vec<Callers>],
    others: &[OtherUsers],
    always: &BTreeSet<&str>,
    api: &Api,
) {
    if api.operations.is_empty() {
        return;
    }
    for ((model, callers), others) in models.iter_mut().zip(reached).zip(others) {
        // Places of an alias have its type, not its name.
        let is_named = !matches!(model.kind, Kind::Alias(_));
        if is_named && callers.is_empty() && !always.contains(model.name.as_str()) {
            let note = others.senders().map(|senders| format!("Only {senders} use this type."));
            docs::add_notes(&mut model.docs, [note.unwrap_or_else(|| "No operation uses this type.".to_owned())]);
        }
    }
}
