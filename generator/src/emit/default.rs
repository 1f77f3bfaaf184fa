//! Functions that return defaults.

use super::tokens::{ident, ty};
use crate::plan::models::default::Default;
use crate::plan::rust_type::RustType;
use proc_macro2::TokenStream;
use quote::quote;

/// A value as `&dyn Encode`.
pub(super) fn value(default: &Default) -> TokenStream {
    match default {
        Default::Text(text) => quote!(&#text),
        Default::Literal(RustType::Bool, text) => {
            let flag: TokenStream = text.parse().unwrap_or_default();
            quote!(&#flag)
        }
        Default::Literal(of, text) => {
            let (of, number) = (ty(of, false), text.parse::<TokenStream>().unwrap_or_default());
            quote!(&{ const VALUE: #of = #number; VALUE })
        }
        Default::Variant(of, variant) => {
            let (of, variant) = (ident(of), ident(variant));
            quote!(&models::#of::#variant)
        }
    }
}

/// A function with this name that returns the default of `of`. `models` is true if types need the name of their module.
pub(super) fn function(name: &str, of: &str, default: &Default, models: bool) -> TokenStream {
    let (ty, value) = match default {
        Default::Text(text) => (quote!(&'static str), quote!(#text)),
        Default::Literal(of, text) => (ty(of, models), text.parse().unwrap_or_default()),
        Default::Variant(of, variant) => {
            let (of, variant) = (ident(of), ident(variant));
            let of = if models { quote!(models::#of) } else { quote!(#of) };
            (of.clone(), quote!(#of::#variant))
        }
    };
    let name = ident(name);
    let about = format!(" Returns the default of `{of}`.");
    quote! {
        #[doc = #about]
        #[must_use]
        pub const fn #name() -> #ty {
            #value
        }
    }
}
