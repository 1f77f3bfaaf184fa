//! `testing.rs` and `testing/GROUP.rs`: a mock server in memory, and responses for it.

use super::feature::gate_all;
use super::tokens::{docs, ident, string};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::response_examples::{GroupExamples, ResponseExample};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The module, and a file for each group with examples.
pub(super) fn testing(plan: &Plan) -> Vec<OutputFile<'_>> {
    let mut about = vec![
        "A mock server in memory, for tests of programs that use this crate. Needs the cargo feature `test-util`."
            .to_owned(),
    ];
    if !plan.response_examples.is_empty() {
        about.extend([
            String::new(),
            "The functions in the modules return the response examples of the description.".to_owned(),
        ]);
    }
    let section = Section::new(|| {
        let path = if plan.is_bundled() { quote!(crate::runtime) } else { quote!(clientsmith_runtime) };
        let modules = plan.response_examples.iter().map(|group| {
            let (module, gate) = (ident(&group.module), gate_all(&group.needs));
            quote!(#gate pub mod #module;)
        });
        let offer = quote!(
            pub use #path::testing::{Fault, MockServer, RecordedRequest, Reply, Rule};
        );
        modules.chain([offer]).collect()
    });
    let index = OutputFile { path: "src/testing.rs".to_owned(), content: Content::Rust(about, vec![section]) };
    std::iter::once(index).chain(plan.response_examples.iter().flat_map(group)).collect()
}

fn group(group: &GroupExamples) -> impl Iterator<Item = OutputFile<'_>> {
    let parts = || group.files.iter().filter_map(|(name, _)| name.as_ref());
    group.files.iter().map(move |(name, functions)| {
        let mut sections = Vec::new();
        if name.is_none() {
            sections.push(Section::new(move || {
                parts()
                    .map(|part| {
                        let part = ident(part);
                        quote!(mod #part; pub use #part::*;)
                    })
                    .collect()
            }));
        }
        if !functions.is_empty() {
            sections.push(Section::new(|| {
                vec![quote!(
                    use crate::testing::Reply;
                )]
            }));
        }
        sections.extend(functions.chunks(64).map(|some| Section::new(move || some.iter().map(function).collect())));
        let path = match name {
            Some(name) => format!("src/testing/{}/{name}.rs", group.module),
            None => format!("src/testing/{}.rs", group.module),
        };
        OutputFile { path, content: Content::Rust(group.docs.clone(), sections) }
    })
}

fn function(example: &ResponseExample) -> TokenStream {
    let (name, about, media, text) = (ident(&example.name), docs(&example.docs), &example.media, string(&example.text));
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
