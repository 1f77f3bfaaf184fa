//! Open enums.

use crate::emit::tokens::{docs, ident};
use crate::plan::models::Listed;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

pub(super) fn texts(name: &Ident, about: &TokenStream, listed: &Listed) -> Vec<TokenStream> {
    let wires: Vec<&String> = listed.values.iter().map(|(wire, ..)| wire).collect();
    let variants: Vec<Ident> = listed.values.iter().map(|(_, variant, _)| ident(variant)).collect();
    let fallback = ident(&listed.fallback);
    vec![
        definition(name, about, listed, &quote!(runtime::UnknownText)),
        quote! {
            impl runtime::OpenEnum for #name {
                const NAMES: &'static [&'static str] = &[#(#wires),*];

                fn known(text: &str) -> Option<Self> {
                    match text {
                        #(#wires => Some(Self::#variants),)*
                        _ => None,
                    }
                }

                fn unknown(text: runtime::UnknownText) -> Self {
                    Self::#fallback(text)
                }

                fn as_str(&self) -> &str {
                    match self {
                        #(Self::#variants => #wires,)*
                        Self::#fallback(text) => text.as_str(),
                    }
                }

                fn as_unknown(&self) -> Option<&runtime::UnknownText> {
                    match self {
                        Self::#fallback(text) => Some(text),
                        _ => None,
                    }
                }
            }
        },
        quote!(runtime::open_enum!(#name);),
    ]
}

pub(super) fn integers(name: &Ident, about: &TokenStream, listed: &Listed) -> Vec<TokenStream> {
    let values: Vec<Literal> =
        listed.values.iter().map(|(wire, ..)| Literal::i64_unsuffixed(wire.parse().unwrap_or_default())).collect();
    let variants: Vec<Ident> = listed.values.iter().map(|(_, variant, _)| ident(variant)).collect();
    let fallback = ident(&listed.fallback);
    vec![
        definition(name, about, listed, &quote!(runtime::UnknownInteger)),
        quote! {
            impl runtime::OpenIntegerEnum for #name {
                fn known(value: i64) -> Option<Self> {
                    match value {
                        #(#values => Some(Self::#variants),)*
                        _ => None,
                    }
                }

                fn unknown(value: runtime::UnknownInteger) -> Self {
                    Self::#fallback(value)
                }

                fn as_i64(&self) -> i64 {
                    match self {
                        #(Self::#variants => #values,)*
                        Self::#fallback(value) => value.get(),
                    }
                }
            }
        },
        quote!(runtime::open_integer_enum!(#name);),
    ]
}

fn definition(name: &Ident, about: &TokenStream, listed: &Listed, unknown: &TokenStream) -> TokenStream {
    let variants = listed.values.iter().map(|(_, variant, lines)| {
        let (about, variant) = (docs(lines), ident(variant));
        quote!(#about #variant)
    });
    let fallback = ident(&listed.fallback);
    quote! {
        #about
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the document does not know."]
            #fallback(#unknown),
        }
    }
}
