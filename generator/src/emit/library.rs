//! `lib.rs`: overview, modules, what users need at the root.

use super::tokens::{docs, ident};
use super::{Content, Page, Section};
use crate::plan::Plan;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn library(plan: &Plan) -> Page<'_> {
    let mut about = plan.docs.clone();
    about.extend([String::new(), "Start with [`Client`]; each group of calls is a method of it.".to_owned()]);
    let content = Content::Rust(about, vec![Section::new(|| items(plan))]);
    Page { path: "src/lib.rs".to_owned(), content }
}

fn items(plan: &Plan) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if plan.deep {
        items.push(quote!(#![recursion_limit = "4096"]));
    }
    let names = ["Calls, by tag.", "The client and how it is put together.", "The types of the API."];
    for (name, text) in ["api", "client", "models"].into_iter().zip(names) {
        let (name, _) = (ident(name), docs(&[text.to_owned()]));
        items.push(quote!(pub mod #name;));
    }
    if plan.is_bundled() {
        items.push(quote!(
            pub mod runtime;
        ));
        items.push(quote!(
            pub use runtime::{Call, ConfigError, DecodeError, Error, Maybe, Response};
        ));
    } else {
        items.push(quote!(
            pub use clientsmith_runtime::{Call, ConfigError, DecodeError, Error, Maybe, Response};
        ));
    }
    items.push(quote!(
        pub use client::{Client, ClientBuilder};
    ));
    items
}
