//! Structs of the documented headers of responses.

use crate::emit::tokens::{docs, encoding, ident, ty};
use crate::plan::docs::escape_inline;
use crate::plan::methods::{HeaderView, Style};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn items(view: &HeaderView, id: &str) -> Vec<TokenStream> {
    let name = ident(&view.name);
    let id = escape_inline(id);
    let about = [
        format!("The documented headers of the responses of `{id}`, made `from` a response or an error."),
        String::new(),
        "Each method returns an error if the header does not have the documented type.".to_owned(),
    ];
    let about = docs(&about);
    let fields = view.fields.iter().map(|field| {
        let (about, name, ty, wire) = (docs(&field.docs), ident(&field.name), ty(&field.ty, true), &field.wire);
        let style = if field.json { Style::Json } else { Style::Simple };
        let encoding = encoding(style, field.explode, false);
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #about
            #deprecated
            pub fn #name(&self) -> Result<Option<#ty>, runtime::DecodeError> {
                self.0.get(#wire, #encoding)
            }
        }
    });
    vec![
        quote! {
            #about
            #[derive(Debug, Clone, Copy)]
            pub struct #name<'r>(runtime::Headers<'r>);
        },
        quote!(impl #name<'_> { #(#fields)* }),
        quote!(runtime::headers!(#name);),
    ]
}
