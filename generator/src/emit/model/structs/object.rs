//! The codec of a struct that is an object: a call of the runtime's macro with a row for each field.

use super::extra_field;
use crate::emit::model::direction_word;
use crate::emit::tokens::ident;
use crate::plan::models::{Direction, Field, Struct};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The most fields in a tuple, and the most tuples in a group (`runtime/src/codec/record/fields.rs`).
const TUPLE: usize = 12;
const GROUP: usize = 8;

/// The codec of a struct in its directions.
pub(super) fn codec(name: &Ident, structure: &Struct, direction: Direction) -> TokenStream {
    let rows = structure.fields.iter().map(|field| {
        let (name, key) = (ident(&field.name), &field.wire);
        let kind = ident(match (field.required, field.withheld) {
            (true, false) => "Required",
            (false, false) => "Optional",
            (true, true) => "RequiredReadOnly",
            (false, true) => "OptionalReadOnly",
        });
        quote!(#name: #kind(#key),)
    });
    let extra = extra_field(structure).map(
        |(extra, _)| {
            if structure.closed { quote!(..Closed(#extra)) } else { quote!(..#extra) }
        },
    );
    let is_grouped = direction.reads() && structure.fields.len() > TUPLE;
    let groups = is_grouped.then(|| groups(&structure.fields)).map(|groups| quote!(as #groups));
    let word = direction_word(direction);
    quote!(runtime::object!(#name { #(#rows)* #extra } #groups #word);)
}

/// The groups of tuples of fields, each of about the same length.
fn groups(fields: &[Field]) -> TokenStream {
    let length = fields.len().div_ceil(fields.len().div_ceil(TUPLE));
    let tuples = fields.chunks(length).map(|fields| {
        let names = fields.iter().map(|field| ident(&field.name));
        quote!((#(#names,)*))
    });
    let mut groups: Vec<TokenStream> = tuples.collect();
    while groups.len() > 1 {
        let grouped = groups.chunks(GROUP).map(|group| match group {
            [one] => one.clone(),
            several => quote!(runtime::Group((#(#several),*))),
        });
        groups = grouped.collect();
    }
    groups.pop().unwrap_or_default()
}
