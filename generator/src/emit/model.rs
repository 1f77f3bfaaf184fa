//! `models.rs` and the files under it: every type with its codec.

mod listed;
mod structure;
mod union;

use super::feature::gate;
use super::tokens::{docs, ident, import, ty};
use super::{Content, Page, Section};
use crate::plan::Plan;
use crate::plan::models::{Kind, Model, Way};
use crate::plan::modules::Module;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn models(plan: &Plan) -> Vec<Page<'_>> {
    let files = plan.modules.iter().map(|module| file(plan, module));
    if plan.modules.iter().any(|module| module.name.is_none()) {
        return files.collect();
    }
    std::iter::once(index(plan)).chain(files).collect()
}

/// `models.rs` over several files: every type is reached as `models::Pet`.
fn index(plan: &Plan) -> Page<'_> {
    let section = Section::new(|| {
        let named = || plan.modules.iter().filter_map(|module| Some((module, ident(module.name.as_deref()?))));
        let modules = named().map(|(module, name)| {
            let gate = gate(&module.features);
            quote!(#gate mod #name;)
        });
        let exports = named().map(|(module, name)| {
            let (gate, exports) = (gate(&module.features), module.exports.iter().map(|name| ident(name)));
            quote!(#gate pub use #name::{#(#exports),*};)
        });
        modules.chain(exports).collect()
    });
    let about = vec!["The types of the API, by the group of calls that reaches them first.".to_owned()];
    Page { path: "src/models.rs".to_owned(), content: Content::Rust(about, vec![section]) }
}

fn file<'p>(plan: &'p Plan, module: &'p Module) -> Page<'p> {
    let own = || module.models.iter().filter_map(|index| plan.models.get(*index));
    let head = Section::new(move || {
        let siblings = module.imports.iter().map(|name| ident(name));
        let siblings = (!module.imports.is_empty()).then(|| quote!(use super::{#(#siblings),*};));
        own().any(uses_runtime).then(|| import(plan)).into_iter().chain(siblings).collect()
    });
    let models = own().map(|model| Section::new(|| one(model)));
    let sections = std::iter::once(head).chain(models).collect();
    let path = module.name.as_ref().map_or_else(|| "src/models.rs".to_owned(), |name| format!("src/models/{name}.rs"));
    Page { path, content: Content::Rust(module.docs.clone(), sections) }
}

fn uses_runtime(model: &Model) -> bool {
    match &model.kind {
        Kind::Alias(aliased) => ty(aliased, false).to_string().contains("runtime"),
        Kind::Struct(_) | Kind::TextEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) => true,
    }
}

/// The macro's word for a type that goes one way.
fn word(way: Way) -> Option<TokenStream> {
    match way {
        Way::Both => None,
        Way::Read => Some(quote!(, read)),
        Way::Write => Some(quote!(, write)),
    }
}

fn one(model: &Model) -> Vec<TokenStream> {
    let (name, about) = (ident(&model.name), docs(&model.docs));
    match &model.kind {
        Kind::Struct(fields) => structure::structure(&name, &about, fields, model),
        Kind::TextEnum(values) => listed::texts(&name, &about, values, model.way),
        Kind::IntegerEnum(values) => listed::integers(&name, &about, values, model.way),
        Kind::Union(choice) => union::union(&name, &about, choice, model),
        Kind::Alias(aliased) => {
            let aliased = ty(aliased, false);
            vec![quote!(#about pub type #name = #aliased;)]
        }
    }
}
