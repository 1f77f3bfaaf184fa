//! `webhooks.rs`: the enum of all webhooks. A macro of the runtime defines it.

use super::feature::gate_all;
use super::tokens::{ModelNames, docs, ident, import, ty};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::webhooks::{MODULE, NAME, WebhookEnum};
use proc_macro2::TokenStream;
use quote::quote;

/// The file, if the description has webhooks.
pub(super) fn webhooks(plan: &Plan) -> Option<OutputFile<'_>> {
    let webhooks = plan.webhooks.as_ref()?;
    let section = Section::new(move || items(plan, webhooks));
    let content = Content::Rust(webhooks.docs.clone(), vec![section]);
    Some(OutputFile { path: format!("src/{MODULE}.rs"), content })
}

fn items(plan: &Plan, webhooks: &WebhookEnum) -> Vec<TokenStream> {
    let names_models = webhooks.variants.iter().any(|webhook| webhook.ty.names_models());
    let models = names_models.then(|| {
        quote!(
            use crate::models;
        )
    });
    let rows = webhooks.variants.iter().map(|webhook| {
        let (name, variant, about) = (&webhook.name, ident(&webhook.variant), docs(&webhook.docs));
        let body = ty(&webhook.ty, ModelNames::InModule);
        quote!(#about #name as #variant: #body)
    });
    let name = ident(NAME);
    models.into_iter().chain([import(plan), quote!(runtime::webhook_enum!(#name { #(#rows),* });)]).collect()
}

/// The declaration of the module.
pub(super) fn declaration(plan: &Plan) -> Option<TokenStream> {
    let webhooks = plan.webhooks.as_ref()?;
    let (gate, name) = (gate_all(webhooks.feature.as_slice()), ident(MODULE));
    Some(quote!(#gate pub mod #name;))
}
