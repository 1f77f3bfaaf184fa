//! The decoder of a struct: one call that reads the required and the optional fields as two tuples.

use super::extra_field;
use crate::emit::tokens::ident;
use crate::plan::models::{Field, Struct};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The most fields in a tuple, and the most tuples in a group (`runtime/src/codec/record/fields.rs`).
const TUPLE: usize = 12;
const GROUP: usize = 8;

/// The decoder of a struct.
pub(super) fn decode(name: &Ident, structure: &Struct) -> TokenStream {
    let text = name.to_string();
    let (required, optional): (Vec<&Field>, Vec<&Field>) = structure.fields.iter().partition(|field| field.required);
    let names = |fields: &[&Field]| {
        let names = fields.iter().map(|field| &field.wire);
        quote!(&[#(#names),*])
    };
    let (required_names, optional_names) = (names(&required), names(&optional));
    let (required, optional) = (pattern(&required), pattern(&optional));
    let values = structure.fields.iter().map(|field| {
        let (local, name) = (ident(&field.local), ident(&field.name));
        if local == name { quote!(#name,) } else { quote!(#name: #local,) }
    });
    let (start, sink, end) = match extra_field(structure) {
        Some((name, _)) => {
            let end = if name == "extra" { quote!(extra) } else { quote!(#name: extra) };
            let sink = if structure.closed { quote!(runtime::Closed(&mut extra)) } else { quote!(extra) };
            (quote!(let mut extra = runtime::Extra::new();), sink, end)
        }
        None => (quote!(), quote!(()), quote!()),
    };
    quote! {
        impl runtime::Decode for #name {
            #[inline]
            fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
                #start
                let (#required, #optional) =
                    runtime::record::read(source, #text, #required_names, #optional_names, &mut #sink)?;
                Ok(Self { #(#values)* #end })
            }
        }
    }
}

/// The tuple of the local variables of fields, or a group of tuples of about the same length.
fn pattern(fields: &[&Field]) -> TokenStream {
    let length = fields.len().div_ceil(fields.len().div_ceil(TUPLE).max(1)).max(1);
    let tuples = fields.chunks(length).map(|fields| {
        let locals = fields.iter().map(|field| ident(&field.local));
        quote!((#(#locals,)*))
    });
    let mut groups: Vec<TokenStream> = tuples.collect();
    while groups.len() > 1 {
        let grouped = groups.chunks(GROUP).map(|group| match group {
            [one] => one.clone(),
            several => quote!(runtime::Group((#(#several),*))),
        });
        groups = grouped.collect();
    }
    groups.pop().unwrap_or_else(|| quote!(()))
}
