//! The users of a type beside operations: webhooks, callbacks, and types that nothing uses. Knows which operations need a
//! type; does not know files.

use super::docs;
use super::models::{Kind, Model};
use super::operations::media_kind::schema_of_bytes;
use super::reach::{Callers, needed_types};
use super::rust_type::RustType;
use super::type_of::Types;
use super::webhooks;
use crate::api::{Api, Webhook};
use std::collections::{BTreeMap, BTreeSet};

/// The users of a type beside operations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OtherUsers {
    /// Webhooks.
    pub webhooks: bool,
    /// Callbacks of operations.
    pub callbacks: bool,
    /// Types that nothing uses; their types are used only by them.
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
    pub(crate) fn only_user(self) -> Option<&'static str> {
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
    let needed_by = |callback: bool| {
        let sent = api.webhooks.iter().filter(|webhook| webhook.callback == callback);
        let bodies: Vec<_> = sent.flat_map(|webhook| webhook.schemas().map(|id| types.nullable_type(id))).collect();
        needed_types(models, bodies.iter())
    };
    let (webhooks, callbacks) = (needed_by(false), needed_by(true));
    let is_unused = |index: usize, model: &Model, callers: &[Callers]| {
        let is_sent = webhooks.contains(&index) || callbacks.contains(&index);
        callers.is_empty() && !is_sent && !always.contains(model.name.as_str())
    };
    let unused_types = models.iter().zip(reached).enumerate();
    let unused_types = unused_types.filter(|(index, (model, callers))| is_unused(*index, model, callers));
    let unused_types = unused_types.map(|(_, (model, _))| RustType::model(model.name.clone(), model.class()));
    let unused = needed_types(models, unused_types.collect::<Vec<RustType>>().iter());
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
    types: &Types<'_>,
) {
    let (bodies, of_bytes) = (bodies(api, types), schemas_of_bytes(api, types));
    let in_bytes: Vec<RustType> = models
        .iter()
        .filter(|model| of_bytes.contains_key(&model.name))
        .map(|model| RustType::model(model.name.clone(), model.class()))
        .collect();
    let in_bytes = needed_types(models, in_bytes.iter());
    for (index, ((model, callers), others)) in models.iter_mut().zip(reached).zip(others).enumerate() {
        // The note is on the type, not on its aliases.
        let is_definition = !matches!(model.kind, Kind::Alias(_));
        if let Some(senders) = bodies.get(&model.name).filter(|_| is_definition) {
            if let ([only], true) = (senders.as_slice(), model.docs.is_empty()) {
                model.docs = webhooks::text(only);
            }
            docs::add_notes(&mut model.docs, [body_of(senders)]);
        } else if is_definition
            && callers.is_empty()
            && !always.contains(model.name.as_str())
            && !api.operations.is_empty()
        {
            let note = match (others.senders(), of_bytes.get(&model.name)) {
                (Some(senders), _) => Some(format!("Only {senders} use this type.")),
                (None, Some(place)) => Some(format!("The schema of bodies that are bytes in the crate: {place}.")),
                (None, None) if in_bytes.contains(&index) => None,
                (None, None) => Some("No operation uses this type.".to_owned()),
            };
            docs::add_notes(&mut model.docs, note);
        }
    }
}

/// The first place of each type that is the schema of a body of bytes.
fn schemas_of_bytes(api: &Api, types: &Types<'_>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for operation in &api.operations {
        let responses = operation.responses.iter().flat_map(|response| &response.media);
        for media in operation.body.iter().flat_map(|body| &body.media).chain(responses) {
            let Some(RustType::Model { name, .. }) = schema_of_bytes(media, types) else { continue };
            let code = |text: &str| format!("`{}`", docs::escape_inline(&docs::one_line(text)));
            found.entry(name).or_insert_with(|| format!("{} of {}", code(&media.name), code(&operation.route())));
        }
    }
    found
}

/// The webhooks and callbacks of each type that is the body of one.
fn bodies<'a>(api: &'a Api, types: &Types<'_>) -> BTreeMap<String, Vec<&'a Webhook>> {
    let mut bodies = BTreeMap::<String, Vec<&Webhook>>::new();
    for webhook in &api.webhooks {
        let body: BTreeSet<String> = webhook
            .media
            .iter()
            .filter_map(|media| match types.nullable_type(media.schema?) {
                RustType::Model { name, .. } => Some(name),
                _ => None,
            })
            .collect();
        body.into_iter().for_each(|name| bodies.entry(name).or_default().push(webhook));
    }
    bodies
}

/// A longer list of names helps no reader.
const MAX_SENDERS: usize = 3;

fn body_of(senders: &[&Webhook]) -> String {
    let kind = |webhook: &Webhook| if webhook.callback { "callback" } else { "webhook" };
    let name =
        |webhook: &Webhook| format!("the {} `{}`", kind(webhook), docs::escape_inline(&docs::one_line(&webhook.name)));
    match senders {
        [first, .., _] if senders.len() > MAX_SENDERS => {
            format!("The body of {} and {} others.", name(first), senders.len() - 1)
        }
        _ => format!("The body of {}.", senders.iter().map(|sender| name(sender)).collect::<Vec<_>>().join(" and of ")),
    }
}
