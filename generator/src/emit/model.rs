//! `models.rs` and the files under it: every type, and its codec in the file of the same name in `models/codec/`.

mod enums;
mod structs;
mod union;

use super::feature::gate;
use super::tokens::{docs, ident, import, ty};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::models::{Kind, Model, Way};
use crate::plan::modules::{CODEC, Module};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

pub(super) fn models(plan: &Plan) -> Vec<OutputFile<'_>> {
    let files = plan.modules.iter().map(|module| file(plan, module));
    let codecs = plan.modules.iter().filter(|module| coded(plan, module).next().is_some());
    let indexes = if is_one_file(plan) { Vec::new() } else { vec![index(plan), codec_index(plan)] };
    indexes.into_iter().chain(files).chain(codecs.map(|module| codec(plan, module))).collect()
}

fn is_one_file(plan: &Plan) -> bool {
    plan.modules.iter().any(|module| module.name.is_none())
}

fn own<'p>(plan: &'p Plan, module: &'p Module) -> impl Iterator<Item = &'p Model> {
    module.models.iter().filter_map(|index| plan.models.get(*index))
}

/// The types whose codec is in a separate file. The codec of an enum of values stands with the enum.
fn coded<'p>(plan: &'p Plan, module: &'p Module) -> impl Iterator<Item = &'p Model> {
    own(plan, module).filter(|model| matches!(model.kind, Kind::Struct(_) | Kind::Union(_)))
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
            let (gate, exports) = (gate(&module.features), module.exports.iter().map(|name| ident(name)));
            quote!(#gate pub use #name::{#(#exports),*};)
        });
        let codec = ident(CODEC);
        std::iter::once(quote!(mod #codec;)).chain(modules).chain(exports).collect()
    });
    let about = vec!["The types of the API, by the group of operations that uses them first.".to_owned()];
    OutputFile { path: "src/models.rs".to_owned(), content: Content::Rust(about, vec![section]) }
}

/// `models/codec.rs` over several files.
fn codec_index(plan: &Plan) -> OutputFile<'_> {
    let section = Section::new(|| {
        let coded = plan.modules.iter().filter(|module| coded(plan, module).next().is_some());
        let modules = coded.filter_map(|module| {
            let (gate, name) = (gate(&module.features), ident(module.name.as_deref()?));
            Some(quote!(#gate mod #name;))
        });
        modules.collect()
    });
    OutputFile {
        path: format!("src/models/{CODEC}.rs"),
        content: Content::Rust(vec![CODEC_DOCS.to_owned()], vec![section]),
    }
}

const CODEC_DOCS: &str = "Reads and writes the types of the API.";

fn file<'p>(plan: &'p Plan, module: &'p Module) -> OutputFile<'p> {
    let head = Section::new(move || {
        let codec = (module.name.is_none() && coded(plan, module).next().is_some()).then(|| {
            let codec = ident(CODEC);
            quote!(mod #codec;)
        });
        let siblings = module.imports.iter().map(|name| ident(name));
        let siblings = (!module.imports.is_empty()).then(|| quote!(use super::{#(#siblings),*};));
        let runtime = own(plan, module).any(Model::names_runtime).then(|| import(plan));
        codec.into_iter().chain(runtime).chain(siblings).collect()
    });
    let models = own(plan, module).map(|model| Section::new(|| definition(model)));
    let sections = std::iter::once(head).chain(models).collect();
    let path = module.name.as_ref().map_or_else(|| "src/models.rs".to_owned(), |name| format!("src/models/{name}.rs"));
    OutputFile { path, content: Content::Rust(module.docs.clone(), sections) }
}

/// The codec of a file's types, in the file of the same name in `codec/`.
fn codec<'p>(plan: &'p Plan, module: &'p Module) -> OutputFile<'p> {
    let head = Section::new(move || {
        let names = coded(plan, module).map(|model| model.name.as_str()).collect::<BTreeSet<_>>();
        let names = names.into_iter().map(ident);
        let from = if module.name.is_none() { quote!(super) } else { quote!(crate::models) };
        vec![import(plan), quote!(use #from::{#(#names),*};)]
    });
    let codecs = coded(plan, module).map(|model| Section::new(|| implementation(model)));
    let (path, docs) = match &module.name {
        None => (format!("src/models/{CODEC}.rs"), CODEC_DOCS.to_owned()),
        Some(name) => {
            (format!("src/models/{CODEC}/{name}.rs"), format!("Reads and writes the types of `models/{name}.rs`."))
        }
    };
    OutputFile { path, content: Content::Rust(vec![docs], std::iter::once(head).chain(codecs).collect()) }
}

/// The macro's word for a type of one direction.
fn word(way: Way) -> Option<TokenStream> {
    match way {
        Way::Both => None,
        Way::Read => Some(quote!(, read)),
        Way::Write => Some(quote!(, write)),
    }
}

/// A type with its constructors and conversions.
fn definition(model: &Model) -> Vec<TokenStream> {
    let (name, about) = (ident(&model.name), docs(&model.docs));
    match &model.kind {
        Kind::Struct(fields) => structs::definition(&name, &about, fields, model),
        Kind::TextEnum(values) => enums::texts(&name, &about, values, model.way),
        Kind::IntegerEnum(values) => enums::integers(&name, &about, values, model.way),
        Kind::Union(choice) => union::definition(&name, &about, choice, model),
        Kind::Alias(aliased) => {
            let aliased = ty(aliased, false);
            vec![quote!(#about pub type #name = #aliased;)]
        }
    }
}

/// The codec of a type.
fn implementation(model: &Model) -> Vec<TokenStream> {
    let name = ident(&model.name);
    match &model.kind {
        Kind::Struct(fields) => structs::codec(&name, fields, model.way),
        Kind::Union(choice) => union::codec(&name, choice, model.way),
        Kind::TextEnum(_) | Kind::IntegerEnum(_) | Kind::Alias(_) => Vec::new(),
    }
}
