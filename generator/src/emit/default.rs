//! Defaults and constants as Rust values.

use super::tokens::{ModelNames, ident, ty};
use crate::plan::models::default::StaticValue;
use crate::plan::rust_type::RustType;
use proc_macro2::TokenStream;
use quote::quote;

/// A value as `&dyn Encode`.
pub(super) fn value(default: &StaticValue) -> TokenStream {
    match default {
        StaticValue::String(text) => quote!(&#text),
        StaticValue::Literal(RustType::Bool, text) => {
            let flag: TokenStream = text.parse().unwrap_or_default();
            quote!(&#flag)
        }
        StaticValue::Literal(number_type, text) => {
            let (number_type, number) =
                (ty(number_type, ModelNames::Plain), text.parse::<TokenStream>().unwrap_or_default());
            quote!(&{ const VALUE: #number_type = #number; VALUE })
        }
        StaticValue::Variant(name, variant) => {
            let (name, variant) = (ident(name), ident(variant));
            quote!(&models::#name::#variant)
        }
    }
}

/// A constant with this name: the default of a field.
pub(super) fn constant(name: &str, field: &str, default: &StaticValue) -> TokenStream {
    let (ty, value) = match default {
        StaticValue::String(text) => (quote!(&'static str), quote!(#text)),
        StaticValue::Literal(ty, text) => {
            (crate::emit::tokens::ty(ty, ModelNames::Plain), text.parse().unwrap_or_default())
        }
        StaticValue::Variant(name, variant) => {
            let (name, variant) = (ident(name), ident(variant));
            (quote!(#name), quote!(#name::#variant))
        }
    };
    let name = ident(name);
    let about = format!(" The default of `{field}` when the server leaves it out.");
    quote! {
        #[doc = #about]
        pub const #name: #ty = #value;
    }
}
