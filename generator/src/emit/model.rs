//! `models.rs`: every type with its codec.

mod listed;
mod structure;
mod union;

use super::tokens::{docs, ident, import, ty};
use super::{Content, TokenFile};
use crate::plan::Plan;
use crate::plan::models::{Kind, Model};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn models(plan: &Plan) -> TokenFile {
    let mut items = Vec::new();
    if plan.models.iter().any(uses_runtime) {
        items.push(import(plan));
    }
    for model in &plan.models {
        items.extend(one(model));
    }
    let about = vec!["The types of the API.".to_owned()];
    TokenFile { path: "src/models.rs".to_owned(), source: plan.source.clone(), content: Content::Items(about, items) }
}

fn uses_runtime(model: &Model) -> bool {
    match &model.kind {
        Kind::Alias(aliased) => ty(aliased, false).to_string().contains("runtime"),
        Kind::Struct(_) | Kind::TextEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) => true,
    }
}

fn one(model: &Model) -> Vec<TokenStream> {
    let (name, about) = (ident(&model.name), docs(&model.docs));
    match &model.kind {
        Kind::Struct(fields) => structure::structure(&name, &about, fields),
        Kind::TextEnum(values) => listed::texts(&name, &about, values),
        Kind::IntegerEnum(values) => listed::integers(&name, &about, values),
        Kind::Union(choice) => union::union(&name, &about, choice),
        Kind::Alias(aliased) => {
            let aliased = ty(aliased, false);
            vec![quote!(#about pub type #name = #aliased;)]
        }
    }
}
