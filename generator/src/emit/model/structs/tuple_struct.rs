//! The codec of a struct that is an array on the wire.

use super::extra_field;
use crate::emit::tokens::ident;
use crate::plan::models::Struct;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The decoder of a struct that is an array.
pub(super) fn decode(name: &Ident, structure: &Struct) -> TokenStream {
    let index = Literal::usize_unsuffixed;
    let slot = |at: usize| ident(&format!("slot_{at}"));
    let slots = (0..structure.fields.len()).map(|at| {
        let slot = slot(at);
        quote!(let mut #slot = runtime::Slot::new();)
    });
    let arms = (0..structure.fields.len()).map(|at| {
        let (slot, at) = (slot(at), index(at));
        quote!(#at => #slot.read(source),)
    });
    let values = structure.fields.iter().enumerate().map(|(at, field)| {
        let (slot, at, name) = (slot(at), index(at), ident(&field.name));
        if field.required { quote!(#name: #slot.required_item(#at)?,) } else { quote!(#name: #slot.or_default(),) }
    });
    let most = index(structure.fields.len());
    let (start, other, end) = match extra_field(structure) {
        Some((extra, _)) => {
            let end = if extra == "rest" { quote!(rest) } else { quote!(#extra: rest) };
            (quote!(let mut rest = Vec::new();), quote!(runtime::row::more(&mut rest, source)), end)
        }
        None => (quote!(), quote!(Err(runtime::row::too_long(#most))), quote!()),
    };
    let each = if structure.fields.is_empty() {
        quote!(|_index, source| #other)
    } else {
        quote!(|index, source| match index { #(#arms)* _ => #other })
    };
    quote! {
        impl runtime::Decode for #name {
            fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
                #(#slots)*
                #start
                runtime::row::read(source, &mut #each)?;
                Ok(Self { #(#values)* #end })
            }
        }
    }
}

/// The encoder of a struct that is an array. Items from index `least` on may be absent.
pub(super) fn encode(name: &Ident, structure: &Struct, least: usize) -> TokenStream {
    let fields = structure.fields.iter().map(|field| {
        let name = ident(&field.name);
        quote!(&self.#name)
    });
    let least = Literal::usize_unsuffixed(least);
    let extra = match extra_field(structure) {
        Some((extra, _)) => quote!(&mut runtime::row::rest(&self.#extra)),
        None => quote!(&mut std::iter::empty()),
    };
    quote! {
        impl runtime::Encode for #name {
            fn encode(&self, sink: &mut dyn runtime::Sink) -> Result<(), runtime::EncodeError> {
                runtime::row::write(sink, &[#(#fields),*], #least, #extra)
            }
        }
    }
}
