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
        StaticValue::Literal(of, text) => {
            let (of, number) = (ty(of, ModelNames::Plain), text.parse::<TokenStream>().unwrap_or_default());
            quote!(&{ const VALUE: #of = #number; VALUE })
        }
        StaticValue::Variant(of, variant) => {
            let (of, variant) = (ident(of), ident(variant));
            quote!(&models::#of::#variant)
        }
    }
}

/// A constant with this name: the default of the field `of`.
pub(super) fn constant(name: &str, of: &str, default: &StaticValue) -> TokenStream {
    let (ty, value) = match default {
        StaticValue::String(text) => (quote!(&'static str), quote!(#text)),
        StaticValue::Literal(of, text) => (ty(of, ModelNames::Plain), text.parse().unwrap_or_default()),
        StaticValue::Variant(of, variant) => {
            let (of, variant) = (ident(of), ident(variant));
            (quote!(#of), quote!(#of::#variant))
        }
    };
    let name = ident(name);
    let about = format!(" The default of `{of}` when the server leaves it out.");
    quote! {
        #[doc = #about]
        pub const #name: #ty = #value;
    }
}
