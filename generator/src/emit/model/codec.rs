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

/// The module that writes a type with many fields.
const WRITER: &str = "encode";

/// The functions of a codec that a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodecFile {
    /// Those that read and those that write.
    Whole,
    /// All but those that write.
    Reader,
    /// Those that write.
    Writer,
}

/// The types whose codec is in a file of its own. The codec of an enum of values comes with the enum.
pub(super) fn coded<'p>(plan: &'p Plan, module: &'p Module) -> impl Iterator<Item = &'p Model> {
    models_of(plan, module).filter(|model| matches!(model.kind, Kind::Struct(_) | Kind::Union(_)))
}

/// The files of the codec, with their index where there are several.
pub(super) fn files(plan: &Plan) -> Vec<OutputFile<'_>> {
    let modules = plan.modules.iter().filter(|module| coded(plan, module).next().is_some());
    let index = (!is_one_file(plan)).then(|| index(plan));
    let files = modules.flat_map(|module| {
        // A type with many setters has a long codec too.
        let is_long = !module.setters.is_empty()
            && models_of(plan, module).all(|model| model.direction.reads() && model.direction.writes());
        let kinds: &[CodecFile] = if is_long { &[CodecFile::Reader, CodecFile::Writer] } else { &[CodecFile::Whole] };
        kinds.iter().map(|kind| file(plan, module, *kind))
    });
    index.into_iter().chain(files).collect()
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
fn file<'p>(plan: &'p Plan, module: &'p Module, kind: CodecFile) -> OutputFile<'p> {
    let head = Section::new(move || head(plan, module, kind));
    let codecs = coded(plan, module).map(move |model| Section::new(move || implementation(model, kind)));
    let stem = module.name.as_ref().map_or_else(|| CODEC.to_owned(), |name| format!("{CODEC}/{name}"));
    let types = module.name.as_ref().map_or_else(|| "the API".to_owned(), |name| format!("`models/{name}.rs`"));
    let (path, docs) = match kind {
        CodecFile::Whole | CodecFile::Reader if module.name.is_none() => {
            (format!("src/models/{stem}.rs"), DOCS.to_owned())
        }
        CodecFile::Whole | CodecFile::Reader => {
            (format!("src/models/{stem}.rs"), format!("Reads and writes the types of {types}."))
        }
        CodecFile::Writer => (format!("src/models/{stem}/{WRITER}.rs"), format!("Writes the types of {types}.")),
    };
    OutputFile { path, content: Content::Rust(vec![docs], std::iter::once(head).chain(codecs).collect()) }
}

/// The first items of such a file: modules and imports.
fn head(plan: &Plan, module: &Module, kind: CodecFile) -> Vec<TokenStream> {
    let names = coded(plan, module).map(|model| model.name.as_str()).collect::<BTreeSet<_>>();
    let names = names.into_iter().map(ident);
    let from = if module.name.is_none() && kind != CodecFile::Writer { quote!(super) } else { quote!(crate::models) };
    let writer = (kind == CodecFile::Reader).then(|| {
        let writer = ident(WRITER);
        quote!(mod #writer;)
    });
    writer.into_iter().chain([import(plan), quote!(use #from::{#(#names),*};)]).collect()
}

/// The codec of a type.
fn implementation(model: &Model, kind: CodecFile) -> Vec<TokenStream> {
    let name = ident(&model.name);
    match &model.kind {
        Kind::Struct(fields) => structs::codec(&name, fields, model.direction, kind),
        Kind::Union(union) => union::codec(&name, union, model.direction),
        Kind::StringEnum(_) | Kind::IntegerEnum(_) | Kind::Alias(_) => Vec::new(),
    }
}
