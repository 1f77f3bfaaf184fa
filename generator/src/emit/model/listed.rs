//! Enums of listed values: open ones keep others, closed ones have no case for them.

use crate::emit::tokens::{docs, ident};
use crate::plan::models::{Listed, Way};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

pub(super) fn texts(name: &Ident, about: &TokenStream, listed: &Listed, way: Way) -> Vec<TokenStream> {
    let word = super::word(way);
    let wires: Vec<&String> = listed.values.iter().map(|(wire, ..)| wire).collect();
    let variants = variants(listed);
    let known = quote! {
        const NAMES: &'static [&'static str] = &[#(#wires),*];

        fn known(text: &str) -> Option<Self> {
            match text {
                #(#wires => Some(Self::#variants),)*
                _ => None,
            }
        }
    };
    let Some(fallback) = listed.fallback.as_deref().map(ident) else {
        let closed = quote! {
            impl runtime::ClosedEnum for #name {
                #known

                fn as_str(&self) -> &'static str {
                    match self {
                        #(Self::#variants => #wires,)*
                    }
                }
            }
        };
        return vec![definition(name, about, listed, None), closed, quote!(runtime::closed_enum!(#name #word);)];
    };
    vec![
        definition(name, about, listed, Some(&quote!(#fallback(runtime::UnknownText)))),
        quote! {
            impl runtime::OpenEnum for #name {
                #known

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
        quote!(runtime::open_enum!(#name #word);),
    ]
}

pub(super) fn integers(name: &Ident, about: &TokenStream, listed: &Listed, way: Way) -> Vec<TokenStream> {
    let word = super::word(way);
    let values: Vec<Literal> =
        listed.values.iter().map(|(wire, ..)| Literal::i64_unsuffixed(wire.parse().unwrap_or_default())).collect();
    let variants = variants(listed);
    let known = quote! {
        fn known(value: i64) -> Option<Self> {
            match value {
                #(#values => Some(Self::#variants),)*
                _ => None,
            }
        }
    };
    let Some(fallback) = listed.fallback.as_deref().map(ident) else {
        let closed = quote! {
            impl runtime::ClosedIntegerEnum for #name {
                const VALUES: &'static [i64] = &[#(#values),*];

                #known

                fn as_i64(&self) -> i64 {
                    match self {
                        #(Self::#variants => #values,)*
                    }
                }
            }
        };
        return vec![
            definition(name, about, listed, None),
            closed,
            quote!(runtime::closed_integer_enum!(#name #word);),
        ];
    };
    vec![
        definition(name, about, listed, Some(&quote!(#fallback(runtime::UnknownInteger)))),
        quote! {
            impl runtime::OpenIntegerEnum for #name {
                #known

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
        quote!(runtime::open_integer_enum!(#name #word);),
    ]
}

fn variants(listed: &Listed) -> Vec<Ident> {
    listed.values.iter().map(|(_, variant, _)| ident(variant)).collect()
}

/// The enum itself. Without a case for others it is a plain list, of which a match may name every case.
fn definition(name: &Ident, about: &TokenStream, listed: &Listed, others: Option<&TokenStream>) -> TokenStream {
    let variants = listed.values.iter().map(|(_, variant, lines)| {
        let (about, variant) = (docs(lines), ident(variant));
        quote!(#about #variant)
    });
    let (head, others) = match others {
        Some(others) => {
            let others = quote!(#[doc = " A value that the document does not know."] #others,);
            (quote!(#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)] #[non_exhaustive]), Some(others))
        }
        None => (quote!(#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]), None),
    };
    quote! {
        #about
        #head
        pub enum #name {
            #(#variants,)*
            #others
        }
    }
}
