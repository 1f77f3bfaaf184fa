//! `lib.rs`: overview, modules, and the exports at the root.

use super::tokens::{docs, ident, import};
use super::{Content, Docs, OutputFile, Section, example, webhooks};
use crate::plan::overview::{CallbackExample, Overview, WebhookExample};
use crate::plan::usage_example::{Example, Snippet};
use crate::plan::{Plan, RuntimeModule};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn library(plan: &Plan) -> OutputFile<'_> {
    let content = Content::Root(overview_docs(plan, &plan.overview), vec![Section::new(|| items(plan))]);
    OutputFile { path: "src/lib.rs".to_owned(), content }
}

/// The documentation of a module with programs, or with lines behind cargo features.
pub(super) fn overview_docs<'p>(plan: &'p Plan, parts: &'p [Overview]) -> Vec<Docs<'p>> {
    let docs = parts.iter().flat_map(|part| match part {
        Overview::Lines(lines) => vec![Docs::Lines(lines.clone())],
        Overview::Gated(features, line) => vec![gated(features, line)],
        Overview::Snippet(snippet) => snippet_docs(plan, *snippet),
        Overview::Callback(example) => callback_docs(plan, example),
        Overview::Webhook(example) => webhook_docs(plan, example),
    });
    docs.collect()
}

fn gated(features: &[String], line: &str) -> Docs<'static> {
    Docs::When(condition(features), line.to_owned())
}

/// The condition of `cfg` that all of these features are on.
fn condition(features: &[String]) -> String {
    let each: Vec<String> = features.iter().map(|feature| format!("feature = \"{feature}\"")).collect();
    if let [only] = each.as_slice() { only.clone() } else { format!("all({})", each.join(", ")) }
}

/// A program after a blank line.
fn snippet_docs(plan: &Plan, snippet: Snippet) -> Vec<Docs<'_>> {
    let code = match snippet {
        Snippet::FirstCall => example::program,
        Snippet::Body | Snippet::Items | Snippet::Stream => example::function,
        Snippet::Failure => example::failure,
        Snippet::Test => example::test,
    };
    let blank = Docs::Lines(vec![String::new()]);
    std::iter::once(blank).chain(self::code(plan, snippet, code)).collect()
}

/// Code about a call in a block. It is a test only with the features that it needs.
pub(super) fn code(plan: &Plan, snippet: Snippet, code: fn(&Plan, &Example) -> Vec<TokenStream>) -> Vec<Docs<'_>> {
    let Some(example) = plan.snippets.get(snippet) else { return Vec::new() };
    block(&example.features, Section::new(move || code(plan, example)))
}

/// A block of code, which is a test only with these features.
fn block<'p>(features: &[String], code: Section<'p>) -> Vec<Docs<'p>> {
    let (program, end) = (Docs::Program(code), Docs::Lines(vec!["```".to_owned()]));
    if features.is_empty() {
        return vec![Docs::Lines(vec!["```no_run".to_owned()]), program, end];
    }
    let condition = condition(features);
    let off = Docs::When(format!("not({condition})"), "```ignore".to_owned());
    vec![Docs::When(condition, "```no_run".to_owned()), off, program, end]
}

/// A function that decodes a body, after a blank line.
fn callback_docs<'p>(plan: &'p Plan, callback: &'p CallbackExample) -> Vec<Docs<'p>> {
    let features: Vec<String> = callback.feature.iter().map(|feature| (*feature).to_owned()).collect();
    let code = block(&features, Section::new(move || example::callback(plan, &callback.ty)));
    std::iter::once(Docs::Lines(vec![String::new()])).chain(code).collect()
}

/// A function that decodes the body of any webhook, after a blank line.
fn webhook_docs<'p>(plan: &'p Plan, webhook: &'p WebhookExample) -> Vec<Docs<'p>> {
    let code = block(webhook.feature.as_slice(), Section::new(move || example::webhook(plan, &webhook.variant)));
    std::iter::once(Docs::Lines(vec![String::new()])).chain(code).collect()
}

/// The type of all calls.
pub(super) fn call(plan: &Plan) -> OutputFile<'_> {
    let about = vec!["The type of the calls of all operations.".to_owned()];
    let items = Section::new(|| {
        let modules = plan.runtime_modules();
        let paged = modules.contains(&RuntimeModule::Paging).then(|| quote!(runtime::paged_calls!();));
        // Callers can ask for a stream that the description does not define where the runtime is complete.
        let streams = !plan.is_bundled() || modules.contains(&RuntimeModule::Streams);
        let streams = streams.then(|| quote!(runtime::stream_calls!();));
        let credentials = plan.client.has_schemes().then(|| quote!(runtime::credential_calls!();));
        let more = [credentials, paged, streams].into_iter().flatten();
        let about = macro_comment(plan, "Call");
        [import(plan), call_type(plan), quote!(#about runtime::calls!();)].into_iter().chain(more).collect()
    });
    OutputFile { path: "src/call.rs".to_owned(), content: Content::Rust(about, vec![items]) }
}

/// The comment above the macros that define the methods of a type.
pub(super) fn macro_comment(plan: &Plan, name: &str) -> TokenStream {
    let place = if plan.is_bundled() { "`src/runtime/macros.rs`" } else { "the crate `clientsmith-runtime`" };
    docs(&[format!("These macros define the other methods of `{name}`. They are in {place}.")])
}

fn call_type(plan: &Plan) -> TokenStream {
    let about = docs(&plan.call_docs);
    quote! {
        #about
        #[must_use = "a call does nothing until it is sent"]
        pub struct Call<O> {
            pub(crate) draft: Box<runtime::Draft>,
            operation: std::marker::PhantomData<fn() -> O>,
        }
    }
}

/// The attributes of the crate. Lints about sizes and numbers are allowed once, and not at each item.
fn attributes(plan: &Plan) -> Vec<TokenStream> {
    let mut attributes = vec![quote!(#![cfg_attr(docsrs, feature(doc_cfg))])];
    if plan.deep {
        attributes.push(quote!(#![recursion_limit = "4096"]));
    }
    if plan.complex {
        attributes.push(
            quote!(#![allow(clippy::type_complexity, reason = "types nest as deep as the schemas of the description")]),
        );
    }
    attributes.extend([
        quote!(#![allow(missing_docs, reason = "the description does not describe every item")]),
        quote!(#![allow(clippy::large_enum_variant, reason = "sizes follow the description")]),
        quote!(#![allow(clippy::too_many_arguments, reason = "the description requires all of them")]),
    ]);
    attributes
}

/// The items of `lib.rs`.
fn items(plan: &Plan) -> Vec<TokenStream> {
    let mut items = attributes(plan);
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
    items.extend(webhooks::declaration(plan));
    // Types of calls are named through `runtime`, whatever its source.
    items.push(if plan.is_bundled() {
        quote!(
            #[allow(dead_code, reason = "the runtime serves more than the description needs")]
            pub mod runtime;
        )
    } else {
        quote!(
            pub use clientsmith_runtime as runtime;
        )
    });
    items.push(quote!(
        pub use call::Call;
    ));
    items.push(quote!(
        pub use client::{Client, ClientBuilder};
    ));
    let enums: Vec<_> =
        plan.client.variables.iter().filter_map(|variable| variable.enum_name.as_deref()).map(ident).collect();
    if !enums.is_empty() {
        items.push(quote!(pub use models::{#(#enums),*};));
    }
    if plan.client.has_setters() {
        items.push(quote!(
            pub use runtime::auth;
        ));
    }
    items.push(quote!(
        pub use runtime::{ConfigError, DecodeError, Error, Maybe, RawResponse, Response};
    ));
    items
}
