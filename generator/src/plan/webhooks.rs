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
    /// Documentation of its module in lines.
    pub docs: Vec<String>,
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
            docs: docs_of(webhook),
            ty: boxed(ty),
            pointer: webhook.origin.pointer.clone(),
            name: webhook.name.clone(),
        });
        let variants: Vec<WebhookVariant> = variants.collect();
        let of_module = module_docs(&variants);
        (!variants.is_empty()).then_some(Self { variants, docs: of_module, feature: None })
    }

    /// The variant for the documentation: the first one of those with the fewest words, which are the plainest events. A name
    /// of several words shows the separators.
    #[must_use]
    pub(super) fn plainest(&self) -> Option<&WebhookVariant> {
        self.variants
            .iter()
            .min_by_key(|webhook| (!webhook.name.contains(SEPARATORS), super::names::words_of(&webhook.variant).len()))
    }
}

/// Characters between the words of names.
const SEPARATORS: &[char] = &['-', '_', '.', '/', ':', ' '];

/// The documentation of the module.
fn module_docs(variants: &[WebhookVariant]) -> Vec<String> {
    let text = format!(
        "Check the signature of a request first, as the documentation of the API says. Then [`Webhook::decode`] decodes the body \
        by the name of the webhook. {}",
        spelling(variants)
    );
    let first = "The webhooks of the API: the requests that it sends to your program.";
    [vec![first.to_owned(), String::new()], super::overview::wrapped(&text, "")].concat()
}

/// The sentences about the names of webhooks, with a name that has several words.
pub(super) fn spelling(variants: &[WebhookVariant]) -> String {
    let names = variants.iter().map(|webhook| webhook.name.as_str());
    let respelled = names.filter_map(|name| Some((name, joined_differently(name)?)));
    let separators = |name: &str| name.matches(SEPARATORS).count();
    let example = respelled.min_by_key(|(name, _)| separators(name).abs_diff(2));
    let example = example.map_or_else(String::new, |(name, other)| {
        format!(": `{}`, not `{}`", docs::escape_inline(name), docs::escape_inline(&other))
    });
    format!(
        "It takes the name exactly as the variants list it. Where the API sends the name in parts, such as an event in a header \
        and an action in the body, your program joins them, with the separators of the list{example}. Any other spelling \
        gives the variant `{FALLBACK}`, not an error."
    )
}

/// A name as a program would join it from parts whose own separator is another one.
fn joined_differently(name: &str) -> Option<String> {
    let (first, last) = name.rsplit_once(SEPARATORS).filter(|(first, last)| !first.is_empty() && !last.is_empty())?;
    let separator = name.get(first.len()..)?.chars().next()?;
    let other = if separator == '_' { "-" } else { "_" };
    let parts = first.replace(SEPARATORS, other);
    let is_plain = parts == first;
    Some(if is_plain { format!("{first}{other}{last}") } else { format!("{parts}{separator}{last}") })
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

/// The text of the description about a webhook, and its name. Without a text, the macro of the runtime documents a variant with
/// the name, unless the name would not be a code span.
fn docs_of(webhook: &Webhook) -> Vec<String> {
    let (name, mut lines) = (&webhook.name, text(webhook));
    let escaped = docs::escape_inline(name);
    if !lines.is_empty() || escaped != *name {
        docs::add_notes(&mut lines, [format!("`{escaped}`")]);
    }
    lines
}

/// The first sentence of the description of a webhook, otherwise its summary.
pub(super) fn text(webhook: &Webhook) -> Vec<String> {
    let of = |text: &Option<String>| docs::clean(text.as_deref().unwrap_or_default(), docs::Lead::Sentence);
    let [summary, description] = [&webhook.summary, &webhook.description].map(of);
    let lines = if description.is_empty() { summary } else { description };
    let first: Vec<String> = lines.into_iter().take_while(|line| !line.is_empty()).collect();
    if super::overview::is_prose(&first) { docs::as_sentence(first) } else { Vec::new() }
}

/// The type with its structs and unions in boxes: bodies of very different sizes are in one enum.
fn boxed(ty: RustType) -> RustType {
    match ty {
        RustType::Model { class: Class::Data | Class::Scalars, .. } => ty.boxed(),
        RustType::Option(inner) => boxed(*inner).option(),
        other => other,
    }
}
