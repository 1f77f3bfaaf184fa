//! Enums of values: open ones store other values, closed ones have no variant for them.

use crate::emit::tokens::{docs, ident};
use crate::plan::models::{Direction, EnumValues};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

/// The enum of strings.
pub(super) fn strings(
    name: &Ident,
    about: &TokenStream,
    listed: &EnumValues,
    direction: Direction,
) -> Vec<TokenStream> {
    let macro_name = ident(if listed.fallback.is_some() { "open_enum" } else { "closed_enum" });
    vec![definition(&macro_name, name, about, listed, direction, |wire| Literal::string(wire).into_token_stream())]
}

/// The enum of integers.
pub(super) fn integers(
    name: &Ident,
    about: &TokenStream,
    listed: &EnumValues,
    direction: Direction,
) -> Vec<TokenStream> {
    let macro_name = ident(if listed.fallback.is_some() { "open_integer_enum" } else { "closed_integer_enum" });
    let integer = |wire: &str| Literal::i64_unsuffixed(wire.parse().unwrap_or_default()).into_token_stream();
    vec![definition(&macro_name, name, about, listed, direction, integer)]
}

/// The enum as the runtime's macro takes it: every value beside its variant. The macro documents a variant without a
/// description.
fn definition(
    macro_name: &Ident,
    name: &Ident,
    about: &TokenStream,
    listed: &EnumValues,
    direction: Direction,
    value: impl Fn(&str) -> TokenStream,
) -> TokenStream {
    let variants = listed.values.iter().map(|known| {
        let (variant, value) = (ident(&known.variant), value(&known.wire));
        let is_value = matches!(known.docs.as_slice(), [line] if *line == format!("`{}`", known.wire));
        let about = (!is_value).then(|| docs(&known.docs));
        quote!(#about #variant = #value)
    });
    let others = listed.fallback.as_deref().map(ident).map(|fallback| quote!(else #fallback));
    let word = super::direction_word(direction);
    quote! {
        runtime::#macro_name! {
            #about
            pub enum #name {
                #(#variants,)*
            }
            #others #word
        }
    }
}
