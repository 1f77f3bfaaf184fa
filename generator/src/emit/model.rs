//! `models.rs` and the files under it: every type, and its codec in the file of the same name in `models/codec/`.

mod codec;
mod enums;
mod structs;
mod union;

use super::api::old_names::deprecated;
use super::feature::gate;
use super::lib_rs::overview_docs;
use super::tokens::{ModelNames, docs, ident, import, ty};
use super::{Content, Docs, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::models::{Direction, Field, Kind, Model};
use crate::plan::modules::{CODEC, Module};
use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

pub(super) fn models(plan: &Plan) -> Vec<OutputFile<'_>> {
    let files = plan.modules.iter().map(|module| file(plan, module));
    let setters = plan.modules.iter().flat_map(|module| setters(plan, module));
    let index = (!is_one_file(plan)).then(|| index(plan));
    index.into_iter().chain(files).chain(setters).chain(codec::files(plan)).collect()
}

fn is_one_file(plan: &Plan) -> bool {
    plan.modules.iter().any(|module| module.name.is_none())
}

fn models_of<'p>(plan: &'p Plan, module: &'p Module) -> impl Iterator<Item = &'p Model> {
    module.models.iter().filter_map(|index| plan.models.get(*index))
}

/// `models.rs` over several files. Every type has a path such as `models::Pet`.
fn index(plan: &Plan) -> OutputFile<'_> {
    let section = Section::new(|| {
        let named = || plan.modules.iter().filter_map(|module| Some((module, ident(module.name.as_deref()?))));
        let modules = named().map(|(module, name)| {
            let gate = gate(&module.features);
            quote!(#gate mod #name;)
        });
        let exports = named().map(|(module, name)| {
            let gate = gate(&module.features);
            quote!(#gate pub use #name::*;)
        });
        let codec = ident(CODEC);
        std::iter::once(quote!(mod #codec;)).chain(modules).chain(exports).collect()
    });
    let about =
        "The types of the API, each as `models::NAME`. The files follow the groups of operations that use the types.";
    let about = vec![about.to_owned()];
    OutputFile { path: "src/models.rs".to_owned(), content: content(plan, about, vec![section]) }
}

/// The content of `models.rs`.
fn content<'p>(plan: &'p Plan, about: Vec<String>, sections: Vec<Section<'p>>) -> Content<'p> {
    let docs = std::iter::once(Docs::Lines(about)).chain(overview_docs(plan, &plan.models_docs));
    Content::Root(docs.collect(), sections)
}

/// The file of the types of a module.
fn file<'p>(plan: &'p Plan, module: &'p Module) -> OutputFile<'p> {
    let head = Section::new(move || {
        let codec = (module.name.is_none() && codec::coded(plan, module).next().is_some()).then(|| {
            let codec = ident(CODEC);
            quote!(mod #codec;)
        });
        let siblings = module.imports.iter().map(|name| ident(name));
        let siblings = (!module.imports.is_empty()).then(|| quote!(use super::{#(#siblings),*};));
        let names_runtime = |model: &Model| model.is_hidden || model.names_runtime();
        let runtime = models_of(plan, module).any(names_runtime).then(|| import(plan));
        let setters = module.setters.iter().map(|(name, _)| {
            let name = ident(name);
            quote!(mod #name;)
        });
        codec.into_iter().chain(setters).chain(runtime).chain(siblings).collect()
    });
    let shown = models_of(plan, module).filter(|model| !model.is_hidden);
    let models = shown.map(|model| Section::new(|| definition(model, module)));
    let hidden = Section::new(move || hidden_names(models_of(plan, module)));
    let sections = std::iter::once(head).chain(models).chain([hidden]).collect();
    match &module.name {
        Some(name) => {
            OutputFile { path: format!("src/models/{name}.rs"), content: Content::Rust(module.docs.clone(), sections) }
        }
        None => OutputFile { path: "src/models.rs".to_owned(), content: content(plan, module.docs.clone(), sections) },
    }
}

/// The names that the documentation does not show, with a list for each type.
fn hidden_names<'p>(models: impl Iterator<Item = &'p Model>) -> Vec<TokenStream> {
    let mut names: IndexMap<&str, Vec<Ident>> = IndexMap::new();
    for model in models.filter(|model| model.is_hidden) {
        names.entry(model.alias_of().unwrap_or_default()).or_default().push(ident(&model.name));
    }
    let lists = names.into_iter().map(|(target, names)| {
        let target = ident(target);
        quote!(runtime::other_names!(#target { #(#names),* });)
    });
    lists.collect()
}

/// The files of setters of a type with many fields.
fn setters<'p>(plan: &'p Plan, module: &'p Module) -> impl Iterator<Item = OutputFile<'p>> {
    let found = models_of(plan, module).find_map(|model| match &model.kind {
        Kind::Struct(structure) => Some((model, structure)),
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Union(_) | Kind::Alias(_) => None,
    });
    module.setters.iter().filter_map(move |(file, indexes)| {
        let (model, structure) = found?;
        let fields: Vec<&Field> = indexes.iter().filter_map(|index| structure.fields.get(*index)).collect();
        let docs = vec![format!("Setters of [`{0}`](crate::models::{0}).", model.name)];
        let section = Section::new(move || {
            let runtime = fields.iter().any(|field| field.ty.names_runtime()).then(|| import(plan));
            let setters = structs::setters(&ident(&model.name), &fields);
            runtime
                .into_iter()
                .chain([
                    quote!(
                        use crate::models;
                    ),
                    setters,
                ])
                .collect()
        });
        let name = module.name.as_ref().map(|name| format!("{name}/")).unwrap_or_default();
        Some(OutputFile { path: format!("src/models/{name}{file}.rs"), content: Content::Rust(docs, vec![section]) })
    })
}

/// The macro's word for a type of one direction.
fn direction_word(direction: Direction) -> Option<TokenStream> {
    match direction {
        Direction::Both => None,
        Direction::Read => Some(quote!(, read)),
        Direction::Write => Some(quote!(, write)),
    }
}

/// A type with its constructors and conversions.
fn definition(model: &Model, module: &Module) -> Vec<TokenStream> {
    let (name, about) = (ident(&model.name), docs(&model.docs));
    match &model.kind {
        Kind::Struct(fields) => {
            let moved = module.setters.iter().flat_map(|(_, indexes)| indexes).copied().collect();
            structs::definition(&name, &about, fields, model, &moved)
        }
        Kind::StringEnum(values) => enums::strings(&name, &about, values, model.direction),
        Kind::IntegerEnum(values) => enums::integers(&name, &about, values, model.direction),
        Kind::Union(union) => union::definition(&name, &about, union, model),
        Kind::Alias(aliased) => {
            let aliased = ty(aliased, ModelNames::Plain);
            let deprecated = model.deprecated.as_ref().map(deprecated);
            vec![quote!(#about #deprecated pub type #name = #aliased;)]
        }
    }
}
