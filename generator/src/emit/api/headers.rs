//! Structs of the documented headers of responses.

use crate::emit::tokens::{ModelNames, deprecated, docs, encoding, ident, ty};
use crate::plan::docs::escape_inline;
use crate::plan::operations::{HeaderView, PlannedOperation, Style};
use proc_macro2::TokenStream;
use quote::quote;

/// The view of an operation. `shared` is the path to the types of the group.
pub(super) fn items(operation: &PlannedOperation, shared: &TokenStream) -> Vec<TokenStream> {
    let Some(view) = &operation.headers else { return Vec::new() };
    let subject = format!("`{}`", escape_inline(&operation.id));
    match &operation.shared_headers {
        Some(shape) => {
            let (about, name, shape) = (docs(&[about(&subject, &view.name)]), ident(&view.name), ident(shape));
            vec![quote!(#about pub type #name<'r> = #shared #shape<'r>;)]
        }
        None => definition(&view.name, &subject, view),
    }
}

/// The view that operations share.
pub(super) fn shared(name: &str, users: &[&PlannedOperation]) -> Vec<TokenStream> {
    let view = users.first().and_then(|operation| operation.headers.as_ref());
    view.map(|view| definition(name, "several operations", view)).unwrap_or_default()
}

/// The first sentence about the struct.
fn about(subject: &str, name: &str) -> String {
    format!("The documented response headers of {subject}: `{name}::from(&response)`, or `{name}::from(&error)`.")
}

/// The struct of documented headers, with a method for each.
fn definition(name: &str, subject: &str, view: &HeaderView) -> Vec<TokenStream> {
    let about = [
        about(subject, name),
        String::new(),
        "Each method returns an error if the header does not have the documented type.".to_owned(),
    ];
    let (name, about) = (ident(name), docs(&about));
    let fields = view.fields.iter().map(|field| {
        let (about, name, ty, wire) =
            (docs(&field.docs), ident(&field.name), ty(&field.ty, ModelNames::InModule), &field.wire);
        let style = if field.json { Style::Json } else { Style::Simple };
        let encoding = encoding(style, field.explode, false);
        let deprecated = deprecated(field.deprecated.as_ref());
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
