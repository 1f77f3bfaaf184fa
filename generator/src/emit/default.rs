//! Functions that give what is meant when something is absent.

use super::tokens::{ident, ty};
use crate::plan::models::default::Default;
use proc_macro2::TokenStream;
use quote::quote;

/// The function of this name for what is called `of`; `models` says whether printed types need their module's name.
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
    let about = format!(" What `{of}` is when it is absent.");
    quote! {
        #[doc = #about]
        #[must_use]
        pub const fn #name() -> #ty {
            #value
        }
    }
}
