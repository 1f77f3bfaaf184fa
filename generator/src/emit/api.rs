//! `api.rs` and one file for each tag: calls.

mod body;
mod headers;
mod outcome;
mod paging;
mod received;
mod stream;

use super::client::security::alternatives;
use super::default::{self, function};
use super::feature::gate_all;
use super::tokens::{argument, docs, ident, import, ty};
use super::{Content, Page, Section};
use crate::plan::Plan;
use crate::plan::docs::told;
use crate::plan::methods::{Group, Input, Method, Spelled, style_name};
use crate::plan::rust_type::RustType;
use body::send_body;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn index(plan: &Plan) -> Page<'_> {
    let section = Section::new(|| {
        let items = plan.groups.iter().flat_map(|group| {
            let (module, name) = (ident(&group.module), ident(&group.name));
            let gate = gate_all(&group.needs);
            let offer = (!group.on_client).then(|| quote!(#gate pub use #module::#name;));
            std::iter::once(quote!(#gate pub mod #module;)).chain(offer)
        });
        items.collect()
    });
    Page { path: "src/api.rs".to_owned(), content: Content::Rust(vec!["Calls, by tag.".to_owned()], vec![section]) }
}

pub(super) fn group<'p>(plan: &'p Plan, group: &'p Group) -> Page<'p> {
    let content = Content::Rust(group.docs.clone(), vec![Section::new(|| items(plan, group))]);
    Page { path: format!("src/api/{}.rs", group.module), content }
}

fn items(plan: &Plan, group: &Group) -> Vec<TokenStream> {
    let (name, about) = (ident(&group.name), docs(&group.docs));
    let mut methods: Vec<TokenStream> = Vec::new();
    let mut rest: Vec<TokenStream> = Vec::new();
    // The features of the calls that name types.
    let mut naming: Vec<Option<&String>> = Vec::new();
    for method in &group.methods {
        let feature = group.own_feature(method);
        let gate = gate_all(feature.map(std::slice::from_ref).unwrap_or_default());
        let (call, beside) = (self::method(plan, method), beside(plan, method));
        if beside.iter().chain([&call]).any(|spelled| spelled.to_string().contains("models ::")) {
            naming.push(feature);
        }
        methods.push(quote!(#gate #call));
        rest.extend(beside.into_iter().map(|item| quote!(#gate #item)));
    }
    let mut items = vec![import(plan)];
    if let Some(first) = naming.first() {
        let always = naming.contains(&None);
        let gate = gate_all(first.filter(|_| !always).map(std::slice::from_ref).unwrap_or_default());
        items.push(quote!(
            #gate
            use crate::models;
        ));
    }
    if group.on_client {
        items.push(quote! {
            impl crate::Client {
                #(#methods)*
            }
        });
        items.extend(rest);
        return items;
    }
    items.push(quote! {
        #about
        #[derive(Debug, Clone, Copy)]
        pub struct #name<'c> {
            core: &'c runtime::Client,
        }
    });
    items.push(quote! {
        impl<'c> #name<'c> {
            pub(crate) fn new(core: &'c runtime::Client) -> Self {
                Self { core }
            }

            #(#methods)*
        }
    });
    items.extend(rest);
    items
}

/// What stands beside a call: its facts and the types that are its own.
fn beside(plan: &Plan, method: &Method) -> Vec<TokenStream> {
    let mut items = vec![operation(method)];
    items.extend(named(plan, method));
    items.extend(method.body.iter().flat_map(|body| body::items(plan, body, &method.id)));
    items.extend(paging::items(method));
    items.extend(stream::items(method));
    items.extend(outcome::items(plan, method));
    items.extend(method.received.parts.iter().flat_map(|parts| received::items(plan, parts, &method.id)));
    items.extend(method.headers.as_ref().map(|view| headers::items(view, &method.id)).into_iter().flatten());
    items
}

fn operation(method: &Method) -> TokenStream {
    let (constant, id, path, accept) = (ident(&method.constant), &method.id, &method.path, &method.accept);
    let security = alternatives(&method.security);
    let server = method.server.as_ref().map_or_else(|| quote!(None), |server| quote!(Some(#server)));
    let verb = &method.verb;
    quote! {
        static #constant: runtime::Operation = runtime::Operation {
            id: #id,
            method: #verb,
            path: #path,
            accept: #accept,
            security: #security,
            server: #server,
        };
    }
}

fn method(plan: &Plan, method: &Method) -> TokenStream {
    let (name, about, constant) = (ident(&method.name), docs(&method.docs), ident(&method.constant));
    let deprecated = method.deprecated.then(|| quote!(#[deprecated]));
    let required = method.inputs.iter().filter(|input| input.is_argument());
    let body = method.body.iter().filter(|body| body.required);
    let mut arguments: Vec<TokenStream> = required.clone().map(|input| parameter(&input.name, &input.ty)).collect();
    arguments.extend(body.clone().map(|body| parameter(&body.name, &body.ty())));
    let made =
        required.clone().filter_map(|input| made(&input.name, &input.ty)).chain(body.clone().filter_map(body::made));
    let made: Vec<TokenStream> = made.collect();
    let silent = method.inputs.iter().filter_map(silent_step);
    let steps = silent.chain(required.map(send_input)).chain(body.map(|body| send_body(plan, body)));
    let steps: Vec<TokenStream> = steps.collect();
    let (success, failure) = (stream::success(method), ty(&method.failure.ty(), true));
    let (read, fail) = (outcome::reader(plan, method, true), outcome::reader(plan, method, false));
    let opened = stream::opened(method);
    let redirects = method.redirects.then(|| quote!(.redirects()));
    let key = method.idempotency.as_ref().map(|header| quote!(.idempotent_by(#header)));
    let times = method.timeouts.map(|times| {
        let [attempt, call] =
            [times.attempt, times.call].map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        let [attempt, call] = [attempt, call].map(Literal::u64_unsuffixed);
        quote!(.operation_timeouts(#attempt, #call))
    });
    let failing = (!method.failing.is_empty()).then(|| {
        let statuses = method.failing.iter().map(|(first, last)| {
            let (first, last) = (Literal::u16_unsuffixed(*first), Literal::u16_unsuffixed(*last));
            quote!((#first, #last))
        });
        quote!(.error_statuses(&[#(#statuses),*]))
    });
    let call = quote!(self.core.call(&#constant, #read, #fail) #failing #redirects #key #times #(#steps)* #opened);
    let many = (arguments.len() > 6)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the document requires them all")]));
    match &method.call {
        Some(named) => {
            let named = ident(named);
            quote! {
                #about
                #deprecated
                #many
                pub fn #name(&self, #(#arguments),*) -> #named {
                    #(#made)*
                    #named { call: #call }
                }
            }
        }
        None => quote! {
            #about
            #deprecated
            #many
            pub fn #name(&self, #(#arguments),*) -> runtime::Call<#success, #failure> {
                #(#made)*
                #call
            }
        },
    }
}

fn named(plan: &Plan, method: &Method) -> Vec<TokenStream> {
    let Some(named) = &method.call else { return Vec::new() };
    let named = ident(named);
    let (success, failure) = (stream::success(method), ty(&method.failure.ty(), true));
    let setters = method.inputs.iter().filter(|input| !input.required).map(|input| {
        let made = made(&input.name, &input.ty);
        setter(&input.name, &docs(&input.docs), &input.ty, made, &send_input(input))
    });
    let body = method.body.iter().filter(|body| !body.required).map(|body| {
        let about = docs(&body.docs);
        setter(&body.name, &about, &body.ty(), body::made(body), &send_body(plan, body))
    });
    let defaults = method.inputs.iter().filter_map(|input| {
        let (name, default) = input.default.as_ref()?;
        Some(function(name, &input.name, default, true))
    });
    let setters: Vec<TokenStream> = setters.chain(body).chain(defaults).collect();
    let about = format!(" A call of `{}` with its optional arguments.", told(&method.id));
    vec![
        quote! {
            #[doc = #about]
            #[derive(Debug)]
            #[must_use = "a call does nothing until it is sent"]
            pub struct #named {
                call: runtime::Call<#success, #failure>,
            }
        },
        quote!(impl #named { #(#setters)* }),
        quote!(runtime::named_call!(#named, #success, #failure);),
    ]
}

fn setter(
    name: &str,
    about: &TokenStream,
    ty: &RustType,
    made: Option<TokenStream>,
    step: &TokenStream,
) -> TokenStream {
    let argument = parameter(name, ty);
    let name = ident(name);
    quote! {
        #about
        pub fn #name(mut self, #argument) -> Self {
            #made
            self.call = self.call #step;
            self
        }
    }
}

/// The table by which a body is written in XML.
fn table(plan: &Plan, number: usize) -> TokenStream {
    let name = plan.xml.roots.get(number).map(|root| ident(&root.constant));
    quote!(crate::xml::#name)
}

/// `name: Type`
pub(super) fn parameter(name: &str, ty: &RustType) -> TokenStream {
    let name = ident(name);
    let spelled = super::tokens::ty(ty, true);
    let spelled = if ty.borrows() { quote!(&#spelled) } else { argument(ty, &name, true).0 };
    quote!(#name: #spelled)
}

/// `&dyn Encode` of an argument, once it is what [`made`] makes of it.
pub(super) fn value(name: &str, ty: &RustType) -> TokenStream {
    let name = ident(name);
    if ty.borrows() { quote!(#name) } else { quote!(&#name) }
}

/// The statement that makes an argument what is sent.
pub(super) fn made(name: &str, ty: &RustType) -> Option<TokenStream> {
    let (name, spelled) = (ident(name), super::tokens::ty(ty, true));
    (ty.converts() && !ty.borrows()).then(|| quote!(let #name: #spelled = #name.into();))
}

/// What is sent without asking: a header that the client has, or the only value that there is.
fn silent_step(input: &Input) -> Option<TokenStream> {
    if input.on_client {
        let (wire, required) = (&input.wire, input.required);
        return Some(quote!(.client_header(#wire, #required)));
    }
    input.fixed.as_ref().map(|fixed| send(input, &default::value(fixed)))
}

fn send_input(input: &Input) -> TokenStream {
    send(input, &value(&input.name, &input.ty))
}

fn send(input: &Input, value: &TokenStream) -> TokenStream {
    let (wire, explode) = (&input.wire, input.explode);
    let style = ident(style_name(input.style));
    let step = ident(input.step());
    match input.spelled() {
        Spelled::Named => quote!(.#step(#wire, runtime::Style::#style, #explode, #value)),
        Spelled::Text => quote!(.#step(runtime::Style::#style, #value)),
        Spelled::Form => {
            let styles = body::styles(&input.styles);
            quote!(.#step(&[#(#styles),*], #value))
        }
    }
}
