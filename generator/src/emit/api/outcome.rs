//! Enums by status, and the functions that read them.

use crate::emit::tokens::{ident, ty, uneven};
use crate::plan::methods::{Form, Method, Outcome, statuses};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

fn function(form: Form) -> TokenStream {
    match form {
        Form::Json => quote!(runtime::body::json),
        Form::Text => quote!(runtime::body::text),
        Form::Empty => quote!(runtime::body::empty),
        Form::Any | Form::Form => quote!(runtime::body::any),
        Form::Perhaps => quote!(runtime::body::json_or_empty),
        Form::Bytes | Form::Multipart => quote!(runtime::body::bytes),
    }
}

/// The function that reads an answer.
pub(super) fn reader(method: &Method, success: bool) -> TokenStream {
    match if success { &method.success } else { &method.failure } {
        Outcome::One(_, form) => function(*form),
        Outcome::Several { name, .. } => {
            let name = ident(name);
            quote!(#name::read)
        }
    }
}

pub(super) fn items(method: &Method) -> Vec<TokenStream> {
    [&method.success, &method.failure].into_iter().flat_map(|outcome| one(outcome, method)).collect()
}

fn one(outcome: &Outcome, method: &Method) -> Vec<TokenStream> {
    let Outcome::Several { name, cases } = outcome else { return Vec::new() };
    let name: Ident = format_ident!("{name}");
    let about = format!(" What `{}` answers, by status.", method.id.replace('`', "'"));
    let variants = cases.iter().map(|(status, variant, case, _)| {
        let variant = ident(variant);
        let note = match statuses(*status) {
            Some((first, last)) if first == last => format!(" Status {first}."),
            Some((first, last)) => format!(" Status {first} to {last}."),
            None => " Every other status.".to_owned(),
        };
        let case = ty(case, true);
        quote!(#[doc = #note] #variant(#case))
    });
    let sizes = uneven(cases.len());
    let mut default = quote!(status => Err(runtime::DecodeError::undocumented(status)),);
    let mut arms = Vec::new();
    for (status, variant, _, form) in cases {
        let (variant, read) = (ident(variant), function(*form));
        let read = quote!(#read(response).map(Self::#variant));
        match statuses(*status) {
            None => default = quote!(_ => #read,),
            Some((first, last)) => {
                let (from, to) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
                arms.push(if first == last { quote!(#from => #read,) } else { quote!(#from..=#to => #read,) });
            }
        }
    }
    vec![
        quote! {
            #[doc = #about]
            #[derive(Debug, Clone, PartialEq)]
            #[non_exhaustive]
            #sizes
            pub enum #name { #(#variants),* }
        },
        quote! {
            impl #name {
                fn read(response: &runtime::RawResponse) -> Result<Self, runtime::DecodeError> {
                    match response.status().as_u16() {
                        #(#arms)*
                        #default
                    }
                }
            }
        },
    ]
}
