//! `api.rs` and one file for each group: operations.

pub(super) mod arguments;
mod body;
mod headers;
pub(super) mod old_names;
mod outcome;
mod paging;
mod parts;
mod received;
mod stream;

use super::client::security::alternatives;
use super::default;
use super::feature::gate_all;
use super::tokens::{deprecated, docs, encoding, ident, import};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::operations::{ArgumentForm, Group, GroupFile, Input, OwnServer, Passing, PlannedOperation};
use crate::plan::rust_type::RustType;
use crate::plan::xml::XmlBody;
use arguments::{conversion, function_docs, generics_of, inline_with, typed_argument, value};
use body::set_body;
use outcome::ResultKind;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `api.rs`: a module for each group.
pub(super) fn index(plan: &Plan) -> OutputFile<'_> {
    let section = Section::new(|| {
        let old = plan.old_groups.iter().flat_map(|group| {
            let (module, name) = (ident(&group.module), ident(&group.name));
            [quote!(pub mod #module;), quote!(pub use #module::#name;)]
        });
        let items = plan.groups.iter().flat_map(|group| {
            let (module, name) = (ident(&group.module), ident(&group.name));
            let gate = gate_all(&group.needs);
            let offer = (!group.on_client).then(|| quote!(#gate pub use #module::#name;));
            std::iter::once(quote!(#gate pub mod #module;)).chain(offer)
        });
        items.chain(old).collect()
    });
    OutputFile {
        path: "src/api.rs".to_owned(),
        content: Content::Rust(vec!["The operations, by group.".to_owned()], vec![section]),
    }
}

/// The files of groups that are gone.
pub(super) fn old_groups(plan: &Plan) -> impl Iterator<Item = OutputFile<'_>> {
    plan.old_groups.iter().map(|group| old_names::group(plan, group))
}

/// The files of a group: its type is in its own one, and each file has a part of the operations.
pub(super) fn group<'p>(plan: &'p Plan, group: &'p Group) -> impl Iterator<Item = OutputFile<'p>> {
    group.files.iter().map(move |file| match &file.name {
        Some(name) => OutputFile {
            path: format!("src/api/{}/{name}.rs", group.module),
            content: Content::Rust(file.docs.clone(), vec![Section::new(move || operations(plan, group, file))]),
        },
        None => OutputFile {
            path: format!("src/api/{}.rs", group.module),
            content: Content::Rust(group.docs.clone(), vec![Section::new(move || main_file(plan, group, file))]),
        },
    })
}

/// The main file of a group: its type, its other files as modules, and the operations that are in none of them.
fn main_file(plan: &Plan, group: &Group, file: &GroupFile) -> Vec<TokenStream> {
    let files = group.files.iter().filter_map(|file| Some((file, ident(file.name.as_deref()?))));
    let files: Vec<_> = files
        .map(|(file, name)| {
            let operations: Vec<&PlannedOperation> =
                file.operations.iter().filter_map(|index| group.operations.get(*index)).collect();
            (gate_of(group, &operations), name)
        })
        .collect();
    let mut items: Vec<TokenStream> = files.iter().map(|(gate, name)| quote!(#gate mod #name;)).collect();
    items.extend(imports(plan, group, file));
    items.extend(files.iter().map(|(gate, name)| quote!(#gate pub use #name::*;)));
    let found = methods(plan, group, file);
    if group.on_client {
        items.extend((!found.is_empty()).then(|| quote!(impl crate::Client { #(#found)* })));
    } else {
        let (name, about) = (ident(&group.name), docs(&group.docs));
        let visibility = old_names::has_foreign_old_methods(plan, &group.name).then(|| quote!(pub(super)));
        items.push(quote! {
            #about
            #[derive(Debug, Clone, Copy)]
            pub struct #name<'c> {
                #visibility core: &'c runtime::Client,
            }
        });
        items.push(quote! {
            impl<'c> #name<'c> {
                pub(crate) fn new(core: &'c runtime::Client) -> Self {
                    Self { core }
                }

                #(#found)*
            }
        });
    }
    items.extend(types(plan, group, file));
    items.extend(shared(plan, group));
    items.extend(old_names::methods(group));
    items.extend(old_names::types(plan, &group.module, &group.old_types));
    items
}

/// A file with operations only.
fn operations(plan: &Plan, group: &Group, file: &GroupFile) -> Vec<TokenStream> {
    let mut items = imports(plan, group, file);
    let found = methods(plan, group, file);
    let implementer = if group.on_client {
        quote!(crate::Client)
    } else {
        let name = ident(&group.name);
        quote!(super::#name<'_>)
    };
    items.push(quote!(impl #implementer { #(#found)* }));
    items.extend(types(plan, group, file));
    items
}

/// The operations of a file, each with the attribute of its own feature.
fn gated<'p>(
    group: &'p Group,
    file: &'p GroupFile,
) -> impl Iterator<Item = (&'p PlannedOperation, Option<TokenStream>)> {
    let operations = file.operations.iter().filter_map(|index| group.operations.get(*index));
    operations.map(|operation| (operation, gate_all(own_feature(group, operation))))
}

/// The feature that an operation needs beside those of its group.
fn own_feature<'p>(group: &Group, operation: &'p PlannedOperation) -> &'p [String] {
    group.own_feature(operation).map(std::slice::from_ref).unwrap_or_default()
}

/// The imports of a file.
fn imports(plan: &Plan, group: &Group, file: &GroupFile) -> Vec<TokenStream> {
    let operations = || file.operations.iter().filter_map(|index| group.operations.get(*index));
    // The type of a group uses the runtime too.
    let gate = gate_of(group, &operations().collect::<Vec<_>>()).filter(|_| group.on_client && file.name.is_none());
    let import = import(plan);
    let needs_runtime =
        !(group.on_client && file.name.is_none() && file.operations.is_empty() && group.shared_errors().is_empty());
    let runtime = needs_runtime.then(|| quote!(#gate #import));
    let shared = group.operations.iter().filter(|operation| file.name.is_none() && operation.shares_models());
    let old = group.old_operations.iter().filter(|_| file.name.is_none());
    let old = old.filter_map(|old| group.operations.get(old.operation)).filter(|operation| operation.takes_models());
    let shared = shared.chain(old);
    let naming: Vec<&PlannedOperation> =
        operations().filter(|operation| operation.names_models()).chain(shared).collect();
    let models = (!naming.is_empty()).then(|| {
        let gate = gate_of(group, &naming);
        quote!(#gate use crate::models;)
    });
    // In the order of the alphabet.
    let (first, last) = if plan.is_bundled() { (models, runtime) } else { (runtime, models) };
    first.into_iter().chain(last).collect()
}

/// The attribute of items that any of these operations needs. The only feature that operations have of their own is that of previews,
/// so the first one is it.
fn gate_of(group: &Group, operations: &[&PlannedOperation]) -> Option<TokenStream> {
    let first = operations.first().map(|operation| own_feature(group, operation)).unwrap_or_default();
    let always = operations.iter().any(|operation| own_feature(group, operation).is_empty());
    gate_all(if always { &[] } else { first })
}

/// The methods of the operations of a file.
fn methods(plan: &Plan, group: &Group, file: &GroupFile) -> Vec<TokenStream> {
    let methods = gated(group, file).map(|(operation, gate)| {
        let method = self::method(plan, group, operation);
        quote!(#gate #method)
    });
    methods.collect()
}

/// The items beside the methods of a file.
fn types(plan: &Plan, group: &Group, file: &GroupFile) -> Vec<TokenStream> {
    let shared = if file.name.is_some() { quote!(super::) } else { quote!() };
    let types = gated(group, file).flat_map(|(operation, gate)| {
        let items = companion_items(plan, operation, &shared);
        items.into_iter().map(move |item| quote!(#gate #item))
    });
    types.collect()
}

/// The types that several operations of the group share.
fn shared(plan: &Plan, group: &Group) -> Vec<TokenStream> {
    let errors = group.shared_errors().into_iter().map(|(name, users)| (outcome::shared(plan, name, &users), users));
    let headers = group.shared_headers().into_iter().map(|(name, users)| (headers::shared(name, &users), users));
    let items = errors.chain(headers).flat_map(|(items, users)| {
        let gate = gate_of(group, &users);
        items.into_iter().map(move |item| quote!(#gate #item))
    });
    items.collect()
}

/// The items of an operation beside its method: the type of the operation with its facts, its setters, and the types of
/// its bodies and responses.
fn companion_items(plan: &Plan, operation: &PlannedOperation, shared: &TokenStream) -> Vec<TokenStream> {
    let mut items = marker(plan, operation);
    items.extend(setters(plan, operation));
    items.extend(operation.body.iter().flat_map(|body| body::items(plan, body, &operation.id)));
    items.extend(paging::items(operation));
    items.extend(stream::items(operation));
    items.extend(outcome::items(plan, operation, shared));
    items.extend(operation.received.iter().flat_map(|parts| received::items(plan, parts, &operation.id)));
    items.extend(headers::items(operation, shared));
    items
}

/// The builder methods that set the server of an operation.
fn own_server(server: &OwnServer) -> TokenStream {
    let url = &server.url;
    let defaults = server.defaults.iter().map(|(name, default)| quote!((#name, #default)));
    let defaults = (!server.defaults.is_empty()).then(|| quote!(.server_defaults(&[#(#defaults),*])));
    quote!(.server(#url) #defaults)
}

/// The type that stands for an operation.
fn marker(plan: &Plan, operation: &PlannedOperation) -> Vec<TokenStream> {
    let (marker, about, id, method, path) =
        (ident(&operation.marker), docs(&operation.marker_docs), &operation.id, &operation.method, &operation.path);
    let accept =
        Some(&operation.accept).filter(|media| *media != "application/json").map(|media| quote!(.accept(#media)));
    let security = (!operation.security.is_empty()).then(|| {
        let security = alternatives(&operation.security);
        quote!(.security(#security))
    });
    let server = operation.server.as_ref().map(own_server);
    let redirects = operation.returns_redirects.then(|| quote!(.return_redirects()));
    let key = operation.idempotency.as_ref().map(|header| quote!(.idempotency_header(#header)));
    let times = operation.timeouts.map(|times| {
        let [attempt, call] =
            [times.attempt, times.call].map(|time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        let [attempt, call] = [attempt, call].map(Literal::u64_unsuffixed);
        quote!(.attempt_millis(#attempt).call_millis(#call))
    });
    let error_statuses = outcome::error_statuses(&operation.error_statuses);
    let (success, error) = (stream::success(operation), outcome::error(operation));
    let (read, fail) =
        (outcome::reader(plan, operation, ResultKind::Success), outcome::reader(plan, operation, ResultKind::Error));
    let responses = stream::responses(operation, &read, &fail);
    vec![
        quote! {
            #about
            pub struct #marker;
        },
        quote! {
            impl runtime::Operation for #marker {
                type Success = #success;
                type Error = #error;
                const SPEC: &'static runtime::OperationSpec = &runtime::OperationSpec::new(#id, #method, #path)
                    #accept #security #server #redirects #key #times #error_statuses;
                const RESPONSES: runtime::Responses<Self::Success, Self::Error> = #responses;
            }
        },
    ]
}

/// The method of an operation, which makes a call.
fn method(plan: &Plan, group: &Group, operation: &PlannedOperation) -> TokenStream {
    let (name, about, marker) = (ident(&operation.name), docs(&operation.docs), ident(&operation.marker));
    let deprecated = deprecated(operation.deprecated.as_ref());
    let required = operation.inputs.iter().filter(|input| input.is_argument());
    let body = operation.body.iter().filter(|body| body.is_argument);
    let mut arguments: Vec<TokenStream> =
        required.clone().map(|input| typed_argument(&input.name, &input.ty)).collect();
    arguments.extend(body.clone().map(|body| typed_argument(&body.name, &body.argument())));
    let conversions = required
        .clone()
        .filter_map(|input| conversion(&input.name, &input.ty))
        .chain(body.clone().filter_map(body::body_conversion));
    let conversions: Vec<TokenStream> = conversions.collect();
    let types = required.clone().map(|input| (&*input.name, input.ty.clone()));
    let types = types.chain(body.clone().map(|body| (&*body.name, body.argument())));
    let inline = inline_with(types.clone());
    let generics = generics_of(types);
    let draft = quote!(call.draft);
    let without_arguments = operation.inputs.iter().filter_map(|input| statement_without_argument(&draft, input));
    let with_arguments = required.map(|input| set_input(&draft, input));
    let statements: Vec<TokenStream> =
        without_arguments.chain(with_arguments).chain(body.map(|body| set_body(plan, &draft, body))).collect();
    let core = if group.on_client { quote!(&self.core) } else { quote!(self.core) };
    let call = if statements.is_empty() {
        quote!(crate::Call::new(#core))
    } else {
        quote! {
            let mut call = crate::Call::new(#core);
            #(#statements)*
            call
        }
    };
    quote! {
        #about
        #deprecated
        #inline
        pub fn #name #generics(&self, #(#arguments),*) -> crate::Call<#marker> {
            #(#conversions)*
            #call
        }
    }
}

/// The optional parameters of an operation as methods of its calls.
fn setters(plan: &Plan, operation: &PlannedOperation) -> Option<TokenStream> {
    let marker = ident(&operation.marker);
    let draft = quote!(self.draft);
    let setters = operation.inputs.iter().filter(|input| input.passing.has_setter()).map(|input| {
        let conversion = conversion(&input.name, &input.ty);
        let (about, deprecated) =
            (setter_docs(&input.docs, &input.name, &input.ty), deprecated(input.deprecated.as_ref()));
        setter(&input.name, &quote!(#about #deprecated), &input.ty, conversion, &set_input(&draft, input))
    });
    let body = operation.body.iter().filter(|body| !body.is_argument).map(|body| {
        let about = setter_docs(&body.docs, &body.name, &body.argument());
        setter(&body.name, &about, &body.argument(), body::body_conversion(body), &set_body(plan, &draft, body))
    });
    let setters: Vec<TokenStream> = setters.chain(body).collect();
    (!setters.is_empty()).then(|| quote!(impl crate::Call<#marker> { #(#setters)* }))
}

fn setter_docs(lines: &[String], name: &str, ty: &RustType) -> TokenStream {
    function_docs(lines, std::iter::once((name, ty.clone())))
}

/// A setter. `about` has its documentation and attributes.
fn setter(
    name: &str,
    about: &TokenStream,
    ty: &RustType,
    conversion: Option<TokenStream>,
    statement: &TokenStream,
) -> TokenStream {
    let types = std::iter::once((name, ty.clone()));
    let (argument, inline, generics) = (typed_argument(name, ty), inline_with(types.clone()), generics_of(types));
    let name = ident(name);
    quote! {
        #about
        #inline
        pub fn #name #generics(mut self, #argument) -> Self {
            #conversion
            #statement
            self
        }
    }
}

/// The table by which a body is written in XML.
fn table(plan: &Plan, body: &XmlBody) -> TokenStream {
    let name = plan.xml.roots.get(body).map(|root| ident(&root.static_name));
    quote!(crate::xml::#name)
}

/// The statement for a header of the client, or for a parameter with one possible value. Neither is an argument.
fn statement_without_argument(draft: &TokenStream, input: &Input) -> Option<TokenStream> {
    match &input.passing {
        Passing::Argument | Passing::Setter => None,
        Passing::ClientHeader { required } => {
            let wire = &input.wire;
            let method = ident(if *required { "required_client_header" } else { "client_header" });
            Some(quote!(#draft.#method(#wire);))
        }
        Passing::Fixed(value) => Some(set_value(draft, input, &default::value(value))),
    }
}

/// The statement that sets the argument of a parameter.
fn set_input(draft: &TokenStream, input: &Input) -> TokenStream {
    set_value(draft, input, &value(&input.name, &input.ty))
}

/// The statement that sets a parameter to a value.
fn set_value(draft: &TokenStream, input: &Input, value: &TokenStream) -> TokenStream {
    let wire = &input.wire;
    let encoding = encoding(input.style, input.explode, input.reserved);
    let method = ident(input.runtime_method());
    match input.argument_form() {
        ArgumentForm::Name => quote!(#draft.#method(#wire, #value);),
        ArgumentForm::NameAndEncoding => quote!(#draft.#method(#wire, #encoding, #value);),
        ArgumentForm::Encoding => quote!(#draft.#method(#encoding, #value);),
        ArgumentForm::FieldEncodings => {
            let styles = body::styles(&input.styles);
            quote!(#draft.#method(&[#(#styles),*], #value);)
        }
    }
}
