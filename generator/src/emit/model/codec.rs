//! The codec of a file's types, in the file of the same name in `models/codec/`.

use super::{is_one_file, models_of, structs, union};
use crate::emit::feature::gate;
use crate::emit::tokens::{ident, import};
use crate::emit::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::models::{Kind, Model};
use crate::plan::modules::{CODEC, Module};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

const DOCS: &str = "Reads and writes the types of the API.";

/// The types whose codec is in a file of its own. The codec of an enum of values comes with the enum.
pub(super) fn coded<'p>(plan: &'p Plan, module: &'p Module) -> impl Iterator<Item = &'p Model> {
    models_of(plan, module).filter(|model| matches!(model.kind, Kind::Struct(_) | Kind::Union(_)))
}

/// The files of the codec, with their index where there are several.
pub(super) fn files(plan: &Plan) -> Vec<OutputFile<'_>> {
    let modules = plan.modules.iter().filter(|module| coded(plan, module).next().is_some());
    let index = (!is_one_file(plan)).then(|| index(plan));
    index.into_iter().chain(modules.map(|module| file(plan, module))).collect()
}

/// `models/codec.rs` over several files.
fn index(plan: &Plan) -> OutputFile<'_> {
    let section = Section::new(|| {
        let coded = plan.modules.iter().filter(|module| coded(plan, module).next().is_some());
        let modules = coded.filter_map(|module| {
            let (gate, name) = (gate(&module.features), ident(module.name.as_deref()?));
            Some(quote!(#gate mod #name;))
        });
        modules.collect()
    });
    OutputFile { path: format!("src/models/{CODEC}.rs"), content: Content::Rust(vec![DOCS.to_owned()], vec![section]) }
}

/// The file with the codecs of the types of a module.
fn file<'p>(plan: &'p Plan, module: &'p Module) -> OutputFile<'p> {
    let head = Section::new(move || head(plan, module));
    let codecs = coded(plan, module).map(move |model| Section::new(move || implementation(model)));
    let sections = std::iter::once(head).chain(codecs).collect();
    let (stem, docs) = match &module.name {
        Some(name) => (format!("{CODEC}/{name}"), format!("Reads and writes the types of `models/{name}.rs`.")),
        None => (CODEC.to_owned(), DOCS.to_owned()),
    };
    OutputFile { path: format!("src/models/{stem}.rs"), content: Content::Rust(vec![docs], sections) }
}

/// The imports of such a file.
fn head(plan: &Plan, module: &Module) -> Vec<TokenStream> {
    let names = coded(plan, module).map(|model| model.name.as_str()).collect::<BTreeSet<_>>();
    let names = names.into_iter().map(ident);
    let from = if module.name.is_none() { quote!(super) } else { quote!(crate::models) };
    vec![import(plan), quote!(use #from::{#(#names),*};)]
}

/// The codec of a type.
fn implementation(model: &Model) -> Vec<TokenStream> {
    let name = ident(&model.name);
    match &model.kind {
        Kind::Struct(fields) => structs::codec(&name, fields, model.direction),
        Kind::Union(union) => union::codec(&name, union, model.direction),
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Alias(_) => Vec::new(),
    }
}
