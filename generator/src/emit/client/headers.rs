//! Headers that are set once on the client: facts for the runtime, and the builder's setters.

use super::builder_method;
use crate::emit::api::arguments::{conversion, function_docs, generics_of, typed_argument, value};
use crate::emit::tokens::{deprecated, encoding, ident};
use crate::plan::ClientHeader;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Returns true if the setters name types of the description.
pub(super) fn names_models(headers: &[ClientHeader]) -> bool {
    headers.iter().any(|header| !header.input.ty.models().is_empty())
}

/// The facts, if there are such headers.
pub(super) fn table(headers: &[ClientHeader]) -> Option<TokenStream> {
    let count = Literal::usize_unsuffixed(headers.len());
    let rows = headers.iter().map(|header| {
        let (name, setter, env) = (&header.input.wire, &header.input.name, &header.env);
        let default = builder_method("default", header.default.as_ref());
        let secret = header.secret.then(|| quote!(.secret()));
        let required = header.required.then(|| quote!(.required()));
        quote!(runtime::ClientHeader::new(#name, #setter).env(#env) #default #secret #required)
    });
    (!headers.is_empty()).then(|| quote!(static HEADERS: [runtime::ClientHeader; #count] = [#(#rows),*];))
}

/// The setter of the builder for a header of the client.
pub(super) fn setter(header: &ClientHeader) -> TokenStream {
    let input = &header.input;
    let (name, wire) = (ident(&input.name), &input.wire);
    let deprecated = deprecated(input.deprecated.as_ref());
    let (argument, conversion) = (typed_argument(&input.name, &input.ty), conversion(&input.name, &input.ty));
    let types = || std::iter::once((&*input.name, input.ty.clone()));
    let (generics, about) = (generics_of(types()), function_docs(&input.docs, types()));
    let (encoding, value) = (encoding(input.style, input.explode, false), value(&input.name, &input.ty));
    let step = ident(if input.lines { "client_header_lines" } else { "client_header" });
    quote! {
        #about
        #deprecated
        #[must_use]
        pub fn #name #generics(mut self, #argument) -> Self {
            #conversion
            self.core = self.core.#step(#wire, #encoding, #value);
            self
        }
    }
}
