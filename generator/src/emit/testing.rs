//! `testing.rs`: a mock server in memory, and responses for it.

use super::tokens::{docs, ident};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::response_examples::ResponseExample;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn testing(plan: &Plan) -> OutputFile<'_> {
    let mut about = vec![
        "A mock server in memory, for tests of programs that use this crate. Needs the cargo feature `test-util`."
            .to_owned(),
    ];
    if !plan.response_examples.is_empty() {
        about.extend([String::new(), "The functions return the response examples of the description.".to_owned()]);
    }
    let mut sections = vec![Section::new(|| {
        let path = if plan.is_bundled() { quote!(crate::runtime) } else { quote!(clientsmith_runtime) };
        vec![quote!(
            pub use #path::testing::{Fault, MockServer, RecordedRequest, Reply, Rule};
        )]
    })];
    sections.extend(
        plan.response_examples.chunks(64).map(|some| Section::new(move || some.iter().map(function).collect())),
    );
    OutputFile { path: "src/testing.rs".to_owned(), content: Content::Rust(about, sections) }
}

fn function(example: &ResponseExample) -> TokenStream {
    let (name, about, media, text) = (ident(&example.name), docs(&example.docs), &example.media, text(&example.text));
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

/// A raw string literal, if Rust can write the text as one.
fn text(text: &str) -> TokenStream {
    let marks = (1..8).map(|count| "#".repeat(count)).find(|marks| !text.contains(&format!("\"{marks}")));
    let raw = marks.filter(|_| !text.contains(['\r', '\0']) && text.contains(['"', '\n', '\\']));
    let raw = raw.and_then(|marks| format!("r{marks}\"{text}\"{marks}").parse().ok());
    raw.unwrap_or_else(|| quote!(#text))
}
