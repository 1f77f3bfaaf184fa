//! Types of multipart responses.

use crate::emit::tokens::{ModelNames, deprecated, docs, ident, ty};
use crate::plan::Plan;
use crate::plan::docs::escape_inline;
use crate::plan::operations::ReceivedParts;
use proc_macro2::TokenStream;
use quote::quote;

/// The struct of the parts of a response, with the function that reads it.
pub(super) fn items(plan: &Plan, parts: &ReceivedParts, id: &str) -> Vec<TokenStream> {
    let (name, rest) = (ident(&parts.name), ident(&parts.rest));
    let about = format!(" The parts of a response of `{}`.", escape_inline(id));
    let fields = parts.fields.iter().map(|part| {
        let (about, name, ty) = (docs(&part.docs), ident(&part.name), ty(&part.ty, ModelNames::InModule));
        let deprecated = deprecated(part.deprecated.as_ref());
        quote!(#about #deprecated pub #name: #ty,)
    });
    let steps = parts.fields.iter().map(|part| {
        let (name, step, wire) = (ident(&part.name), ident(part.step), &part.wire);
        let fallible = part.fallible.then(|| quote!(?));
        let table = part.xml.as_ref().map(|body| super::table(plan, body)).map(|table| quote!(, &#table));
        quote!(#name: parts.#step(#wire #table)#fallible,)
    });
    let names = parts.fields.iter().map(|part| &part.wire);
    // The type's own code uses its deprecated fields.
    let deprecated = parts
        .fields
        .iter()
        .any(|part| part.deprecated.is_some())
        .then(|| quote!(#[allow(deprecated, reason = "deprecated parts are read too")]));
    vec![
        quote! {
            #[doc = #about]
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
                #[doc = " Parts that the OpenAPI description does not define, in their order."]
                pub #rest: Vec<runtime::Part>,
            }
        },
        quote! {
            impl #name {
                #deprecated
                fn read(response: &runtime::RawResponse) -> Result<Self, runtime::DecodeError> {
                    let mut parts = runtime::body::multipart::Named::read(response, &[#(#names),*])?;
                    Ok(Self { #(#steps)* #rest: parts.rest() })
                }
            }
        },
    ]
}
