//! `testing.rs` and `testing/GROUP.rs`: a mock server in memory, and responses for it.

use super::feature::gate_all;
use super::tokens::{docs, ident, string};
use super::{Content, Docs, OutputFile, Section, example, lib_rs};
use crate::plan::Plan;
use crate::plan::response_examples::{GroupExamples, ResponseExample};
use crate::plan::usage_example::Snippet;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The module, and a file for each group with examples.
pub(super) fn testing(plan: &Plan) -> Vec<OutputFile<'_>> {
    let about =
        "A mock server in memory, for tests of programs that use this crate. Needs the cargo feature `test-util`.";
    let mut about = vec![Docs::Lines(vec![about.to_owned(), String::new()])];
    let example = lib_rs::code(plan, Snippet::Test, example::test);
    if !example.is_empty() {
        about.extend(example);
        about.push(Docs::Lines(vec![String::new()]));
    }
    let paragraphs = plan.testing_docs.iter().flat_map(|paragraph| [paragraph.as_slice(), &[String::new()]].concat());
    about.push(Docs::Lines(paragraphs.collect()));
    about.push(Docs::Lines(vec!["A request that matches no rule of the server fails.".to_owned()]));
    let section = Section::new(|| {
        let path = if plan.is_bundled() { quote!(crate::runtime) } else { quote!(clientsmith_runtime) };
        let modules = plan.response_examples.iter().map(|group| {
            let (module, gate) = (ident(&group.module), gate_all(&group.needs));
            quote!(#gate pub mod #module;)
        });
        let offer = quote!(
            pub use #path::testing::{Fault, MockServer, OperationName, RecordedRequest, Reply, Rule};
        );
        modules.chain([offer]).collect()
    });
    let index = OutputFile { path: "src/testing.rs".to_owned(), content: Content::Root(about, vec![section]) };
    let bodies = plan.response_examples.iter().flat_map(bodies);
    std::iter::once(index).chain(plan.response_examples.iter().flat_map(group)).chain(bodies).collect()
}

/// The files with long bodies.
fn bodies(group: &GroupExamples) -> impl Iterator<Item = OutputFile<'_>> {
    let examples = group.files.iter().flat_map(|(_, functions)| functions);
    examples.filter_map(|example| {
        let path = format!("src/testing/{}/{}", group.module, example.file.as_ref()?);
        Some(OutputFile { path, content: Content::Text(example.text.clone()) })
    })
}

/// The files of the responses of a group.
fn group(group: &GroupExamples) -> impl Iterator<Item = OutputFile<'_>> {
    let names = || group.files.iter().filter_map(|(name, _)| name.as_ref());
    group.files.iter().map(move |(name, functions)| {
        let mut sections = Vec::new();
        if name.is_none() {
            sections.push(Section::new(move || {
                let names: Vec<_> = names().map(|name| ident(name)).collect();
                let modules = names.iter().map(|name| quote!(mod #name;));
                modules.chain(names.iter().map(|name| quote!(pub use #name::*;))).collect()
            }));
        }
        if !functions.is_empty() {
            sections.push(Section::new(|| {
                vec![quote!(
                    use crate::testing::Reply;
                )]
            }));
        }
        // The directory of long bodies, as seen from this file.
        let folder = if name.is_some() { String::new() } else { format!("{}/", group.module) };
        sections.extend(functions.chunks(64).map(|some| {
            let folder = folder.clone();
            Section::new(move || some.iter().map(|example| function(example, &folder)).collect())
        }));
        let path = match name {
            Some(name) => format!("src/testing/{}/{name}.rs", group.module),
            None => format!("src/testing/{}.rs", group.module),
        };
        OutputFile { path, content: Content::Rust(group.docs.clone(), sections) }
    })
}

/// The function that returns the response of an example.
fn function(example: &ResponseExample, folder: &str) -> TokenStream {
    let (name, about, media) = (ident(&example.name), docs(&example.docs), &example.media);
    let text = match &example.file {
        Some(file) => {
            let path = format!("{folder}{file}");
            quote!(include_str!(#path))
        }
        None => string(&example.text),
    };
    match example.status {
        Some(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote! {
                #about
                pub fn #name() -> Reply {
                    Reply::text(#status, #media, #text)
                }
            }
        }
        None => quote! {
            #about
            pub fn #name(status: u16) -> Reply {
                Reply::text(status, #media, #text)
            }
        },
    }
}
