//! Responses that are streams of values: `stream()` of a call, or the call itself.

use crate::emit::tokens::{ModelNames, docs, ident, ty};
use crate::plan::docs::escape_inline;
use crate::plan::operations::PlannedOperation;
use crate::plan::operations::stream::{EventVariant, Stream, location_name};
use crate::plan::rust_type::RustType;
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a success.
pub(super) fn success(operation: &PlannedOperation) -> TokenStream {
    match &operation.stream {
        Some(stream) if stream.is_only_success => received(operation, stream),
        Some(_) | None => ty(&operation.success.ty(), ModelNames::InModule),
    }
}

/// The type of a stream.
fn received(operation: &PlannedOperation, stream: &Stream) -> TokenStream {
    let (value, error) = (ty(&stream.item, ModelNames::InModule), ty(&operation.error.ty(), ModelNames::InModule));
    let name = ident(stream.framing.stream_type());
    quote!(runtime::#name<#value, #error>)
}

/// The reader of an operation's responses, made of the functions that read a success and an error.
pub(super) fn responses(operation: &PlannedOperation, read: &TokenStream, fail: &TokenStream) -> TokenStream {
    match operation.stream.as_ref().filter(|stream| stream.is_only_success) {
        Some(stream) => {
            let facts = facts(stream);
            quote!(runtime::Responses::stream(#facts, #fail))
        }
        None => quote!(runtime::Responses::new(#read, #fail)),
    }
}

/// The trait of an operation whose success can be a stream.
pub(super) fn items(operation: &PlannedOperation) -> Vec<TokenStream> {
    let marker = ident(&operation.marker);
    let streamed = |stream: TokenStream, facts: TokenStream| {
        quote! {
            impl runtime::Streamed for #marker {
                type Stream = #stream;
                const STREAM: runtime::StreamSpec<Self::Stream, Self::Error> = #facts;
            }
        }
    };
    let Some(stream) = &operation.stream else {
        let bytes = || streamed(quote!(runtime::Body), quote!(runtime::StreamSpec::bytes()));
        return operation.success.is_bytes().then(bytes).into_iter().collect();
    };
    let mut items: Vec<TokenStream> =
        (!stream.is_only_success).then(|| streamed(received(operation, stream), facts(stream))).into_iter().collect();
    if let (RustType::Model { name, .. }, false) = (&stream.item, stream.kinds.is_empty()) {
        items.extend(kinds(name, &stream.kinds, &operation.id));
    }
    items
}

fn facts(stream: &Stream) -> TokenStream {
    let (media, kind) = (&stream.media, ident(stream.framing.descriptor()));
    let end = stream.end.as_ref().map(|text| quote!(.end(#text)));
    let flag = stream.stream_flag.as_ref().map(|flag| {
        let (name, locations) = (&flag.name, flag.locations.iter().map(|location| ident(location_name(*location))));
        quote!(.stream_flag(#name, &[#(runtime::StreamFlagLocation::#locations),*]))
    });
    quote!(runtime::StreamSpec::#kind(#media) #end #flag)
}

/// The enum for the data of sent events, by the names of the events.
pub(super) fn sent(body: &RustType, kinds: &[EventVariant], id: &str) -> Vec<TokenStream> {
    let (RustType::ItemStream(event), false) = (body, kinds.is_empty()) else { return Vec::new() };
    let RustType::Event(data) = &**event else { return Vec::new() };
    let RustType::Model { name, .. } = &**data else { return Vec::new() };
    let about = format!(" The data of an event that is sent to `{id}`, by the event's name.");
    let definition = one_of(name, kinds, &about, " The data of an event with another name.");
    let (name, open) = (ident(name), is_open(kinds));
    let names = kinds.iter().filter_map(|kind| {
        let (variant, first) = (ident(&kind.variant), kind.names.first()?);
        Some(quote!(Self::#variant(_) => Some(#first),))
    });
    let texts = kinds.iter().map(|kind| {
        let variant = ident(&kind.variant);
        quote!(Self::#variant(data) => runtime::SentData::write(data),)
    });
    let unknown = open.then(|| quote!(Self::Unknown(data) => Ok(data.clone()),));
    let implementation = quote! {
        impl runtime::SentData for #name {
            fn event(&self) -> Option<&str> {
                match self {
                    #(#names)*
                    _ => None,
                }
            }

            fn write(&self) -> Result<String, runtime::EncodeError> {
                match self {
                    #(#texts)*
                    #unknown
                }
            }
        }
    };
    vec![definition, implementation]
}

/// Returns true if events can have names that the description lacks.
fn is_open(kinds: &[EventVariant]) -> bool {
    kinds.iter().all(|kind| !kind.names.is_empty())
}

/// An enum by the names of events.
fn one_of(name: &str, kinds: &[EventVariant], about: &str, other: &str) -> TokenStream {
    let name = ident(name);
    let variants = kinds.iter().map(|kind| {
        let (variant, inner) = (ident(&kind.variant), ty(&kind.ty, ModelNames::InModule));
        let names: Vec<String> = kind.names.iter().map(|name| format!("`{}`", escape_inline(name))).collect();
        let about = match &names[..] {
            [] => docs(&["Every other event.".to_owned()]),
            [one] => docs(&[format!("The event {one}.")]),
            names => docs(&[format!("The events {}.", names.join(", "))]),
        };
        quote!(#about #variant(#inner))
    });
    let unknown = is_open(kinds).then(|| quote!(#[doc = #other] Unknown(String)));
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #unknown }
    }
}

/// The enum for the data of events, by the names of the events.
fn kinds(name: &str, kinds: &[EventVariant], id: &str) -> Vec<TokenStream> {
    let about = format!(" The data of an event of `{}`, by the event's name.", escape_inline(id));
    let other = " The data of an event that the OpenAPI description does not define, as received.";
    let definition = one_of(name, kinds, &about, other);
    let (name, open) = (ident(name), is_open(kinds));
    let arms = kinds.iter().map(|kind| {
        let variant = ident(&kind.variant);
        let pattern = match &kind.names[..] {
            [] => quote!(_),
            names => quote!(#(#names)|*),
        };
        quote!(#pattern => runtime::EventData::read(event, data).map(Self::#variant),)
    });
    // The arm for all other names comes last.
    let (last, first): (Vec<_>, Vec<_>) = kinds.iter().zip(arms).partition(|(kind, _)| kind.names.is_empty());
    let arms = first.into_iter().chain(last).map(|(_, arm)| arm);
    let rest = open.then(|| quote!(_ => Ok(Self::Unknown(data.as_str().to_owned())),));
    vec![
        definition,
        quote! {
            impl runtime::EventData for #name {
                fn read(
                    event: &str,
                    data: &runtime::EventText<'_>,
                ) -> Result<Self, runtime::DecodeError> {
                    match event {
                        #(#arms)*
                        #rest
                    }
                }
            }
        },
    ]
}
