//! `lib.rs`: overview, modules, and the exports at the root.

use super::tokens::{ident, import};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn library(plan: &Plan) -> OutputFile<'_> {
    let mut about = plan.docs.clone();
    let parts = if plan.groups.iter().any(|group| group.on_client) { "call" } else { "group of calls" };
    about.extend([String::new(), format!("Start with [`Client`]; each {parts} is a method of it.")]);
    let content = Content::Rust(about, vec![Section::new(|| items(plan))]);
    OutputFile { path: "src/lib.rs".to_owned(), content }
}

/// The type of all calls.
pub(super) fn call(plan: &Plan) -> OutputFile<'_> {
    let about = vec!["The type of the calls of all operations.".to_owned()];
    let items = Section::new(|| {
        let import = import(plan);
        vec![import, quote!(runtime::calls!();)]
    });
    OutputFile { path: "src/call.rs".to_owned(), content: Content::Rust(about, vec![items]) }
}

fn items(plan: &Plan) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if plan.deep {
        items.push(quote!(#![recursion_limit = "4096"]));
    }
    if plan.complex {
        items.push(
            quote!(#![allow(clippy::type_complexity, reason = "types nest as deep as the schemas of the description")]),
        );
    }
    items.push(quote!(#![allow(missing_docs, reason = "the description does not describe every item")]));
    items.push(quote!(
        pub mod api;
    ));
    items.push(quote!(
        mod call;
    ));
    for name in ["client", "models"].map(ident) {
        items.push(quote!(pub mod #name;));
    }
    if !plan.xml.roots.is_empty() {
        items.push(quote!(
            #[doc(hidden)]
            pub mod xml;
        ));
    }
    items.push(quote!(
        #[cfg(feature = "test-util")]
        pub mod testing;
    ));
    // Types of calls are named through `runtime`, whatever its source.
    items.push(if plan.is_bundled() {
        quote!(
            pub mod runtime;
        )
    } else {
        quote!(
            pub use clientsmith_runtime as runtime;
        )
    });
    items.push(quote!(
        pub use runtime::{ConfigError, DecodeError, Error, Maybe, RawResponse, Response};
    ));
    if plan.client.schemes.iter().any(|scheme| !scheme.setters.is_empty()) {
        items.push(quote!(
            pub use runtime::auth;
        ));
    }
    items.push(quote!(
        pub use call::Call;
    ));
    items.push(quote!(
        pub use client::{Client, ClientBuilder};
    ));
    let choices: Vec<_> =
        plan.client.variables.iter().filter_map(|variable| variable.choice.as_deref()).map(ident).collect();
    if !choices.is_empty() {
        items.push(quote!(pub use models::{#(#choices),*};));
    }
    items
}
