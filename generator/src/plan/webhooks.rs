//! The enum of the webhooks: a variant with the type of the body for each name of the description. Knows the requests that the
//! API sends; does not know tokens.

use super::docs;
use super::modules::Module;
use super::names::{distinct_beside, variant};
use super::operations::media_kind::MediaKind;
use super::rust_type::{Class, RustType};
use super::type_of::Types;
use crate::api::{Api, Webhook};
use std::collections::BTreeSet;

/// The module of the enum in the crate, and the cargo feature of the types of webhooks.
pub(crate) const MODULE: &str = "webhooks";
/// The name of the enum.
pub(crate) const NAME: &str = "Webhook";
/// The variant for a name that the description does not define.
const FALLBACK: &str = "Unknown";

/// The enum of the webhooks with a JSON body.
#[derive(Debug)]
pub(crate) struct WebhookEnum {
    /// In the order of the description. No two have one name.
    pub variants: Vec<WebhookVariant>,
    /// The cargo feature that it needs.
    pub feature: Option<String>,
}

/// A variant of the enum.
#[derive(Debug)]
pub(crate) struct WebhookVariant {
    /// Name of the webhook in the description.
    pub name: String,
    /// Variant.
    pub variant: String,
    /// Documentation in lines, where it says more than the name.
    pub docs: Vec<String>,
    /// Type of the body. A struct or union is in a box.
    pub ty: RustType,
    /// JSON pointer of the webhook.
    pub pointer: String,
}

impl WebhookEnum {
    /// Names the variants. A webhook with several methods has the body of the first one.
    pub(super) fn new(api: &Api, types: &Types<'_>) -> Option<Self> {
        let mut known = BTreeSet::new();
        let webhooks = api.webhooks.iter().filter(|webhook| !webhook.callback);
        let bodies = webhooks.filter_map(|webhook| Some((webhook, json_body(webhook, types)?)));
        let bodies: Vec<(&Webhook, RustType)> = bodies.filter(|(webhook, _)| known.insert(&webhook.name)).collect();
        let locked = types.locked().webhooks();
        let wanted: Vec<_> =
            bodies.iter().map(|(webhook, _)| (webhook.name.as_str(), variant(&webhook.name))).collect();
        let locked_names: Vec<_> = wanted.iter().map(|(name, _)| locked.name(name).map(str::to_owned)).collect();
        let taken: Vec<&str> = locked.names().map(|(_, name)| name).chain([FALLBACK]).collect();
        let names = distinct_beside(&wanted, &locked_names, &taken, variant);
        let variants = bodies.into_iter().zip(names).map(|((webhook, ty), variant)| WebhookVariant {
            variant,
            docs: docs_of(&webhook.name),
            ty: boxed(ty),
            pointer: webhook.origin.pointer.clone(),
            name: webhook.name.clone(),
        });
        let variants: Vec<WebhookVariant> = variants.collect();
        (!variants.is_empty()).then_some(Self { variants, feature: None })
    }

    /// The variant for the documentation: the first one of those with the fewest words, which are the plainest events.
    #[must_use]
    pub(super) fn plainest(&self) -> Option<&WebhookVariant> {
        self.variants.iter().min_by_key(|webhook| super::names::words_of(&webhook.variant).len())
    }
}

impl WebhookVariant {
    /// The path of the variant in the crate.
    #[must_use]
    pub(crate) fn path(&self) -> String {
        format!("{MODULE}::{NAME}::{}", self.variant)
    }
}

/// The cargo feature of the types of webhooks or callbacks, if the crate has it.
#[must_use]
pub(crate) fn feature<'n>(modules: &[Module], name: &'n str) -> Option<&'n str> {
    let has = modules.iter().flat_map(|module| module.features.iter().flatten()).any(|feature| feature == name);
    has.then_some(name)
}

/// The type of the JSON body of a webhook or callback.
pub(super) fn json_body(webhook: &Webhook, types: &Types<'_>) -> Option<RustType> {
    let json = webhook.media.iter().find(|media| MediaKind::of_name(&media.name) == MediaKind::Json)?;
    json.schema.map(|schema| types.nullable_type(schema))
}

/// The macro of the runtime documents a variant with the name, unless the name would not be a code span.
fn docs_of(name: &str) -> Vec<String> {
    let escaped = docs::escape_inline(name);
    if escaped == name { Vec::new() } else { vec![format!("`{escaped}`")] }
}

/// The type with its structs and unions in boxes: bodies of very different sizes are in one enum.
fn boxed(ty: RustType) -> RustType {
    match ty {
        RustType::Model { class: Class::Data | Class::Scalars, .. } => ty.boxed(),
        RustType::Option(inner) => boxed(*inner).option(),
        other => other,
    }
}
