//! Emits the statements that set the request body of a call, and the enum of its media types.

use super::arguments::{self, value};
use super::{parts, stream, table};
use crate::emit::tokens::{ModelNames, encoding, ident, ty};
use crate::plan::Plan;
use crate::plan::docs::escape_inline;
use crate::plan::operations::{BodyInput, FieldStyle, Payload, RequestCodec};
use crate::plan::rust_type::RustType;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The statement that sets the body of a draft.
pub(super) fn set_body(plan: &Plan, draft: &TokenStream, body: &BodyInput) -> TokenStream {
    let name = ident(&body.name);
    let send = match (&body.choice, body.payloads.as_slice()) {
        (Some(choice), _) => {
            let choice = ident(choice);
            let choice_of_body = if body.takes_none { quote!(#name) } else { quote!(#name.into()) };
            quote!(#choice::send(#choice_of_body, &mut #draft);)
        }
        (None, [one, ..]) => {
            let step = step(plan, one, &name, &value(&body.name, &body.passed()));
            quote!(#draft #step;)
        }
        (None, []) => quote!(),
    };
    match arguments::or_none(&body.name, &body.argument()).filter(|_| body.takes_none) {
        Some(argument) => {
            let option = argument.value;
            quote!(if let Some(#name) = #option { #send })
        }
        None => send,
    }
}

/// The statement that converts the body to its type, unless its step does.
pub(super) fn body_conversion(body: &BodyInput) -> Option<TokenStream> {
    let one = body.only_payload().filter(|_| !body.takes_none)?;
    if one.codec.borrows() { arguments::conversion(&body.name, &body.argument()) } else { None }
}

/// The call of a method of the request that sets the body of a media type.
fn step(plan: &Plan, payload: &Payload, name: &Ident, value: &TokenStream) -> TokenStream {
    let media = &payload.media;
    match &payload.codec {
        RequestCodec::Value(method, media) => {
            let (method, media) = (ident(method), media.iter());
            quote!(.#method(#(#media,)* #value))
        }
        RequestCodec::Owned(method) => {
            let method = ident(method);
            quote!(.#method(#media, #name))
        }
        RequestCodec::Form(styles) if styles.is_empty() => quote!(.form(#value)),
        RequestCodec::Form(styles) => {
            let styles = self::styles(styles);
            quote!(.form_as(&[#(#styles),*], #value))
        }
        RequestCodec::Multipart(_) => quote!(.multipart(#name)),
        RequestCodec::Xml(body) => {
            let table = table(plan, body);
            quote!(.xml(#media, &#table, #value))
        }
        RequestCodec::PartStream(each) => quote!(.part_feed(#media, #each, #name)),
        RequestCodec::Events(facts) => {
            let event = facts.event.as_ref().map(|name| quote!(.event(#name)));
            let end = facts.end.as_ref().map(|text| quote!(.end(#text)));
            quote!(.event_feed(runtime::EventBody::new(#media) #event #end, #name))
        }
    }
}

pub(super) fn items(plan: &Plan, body: &BodyInput, id: &str) -> Vec<TokenStream> {
    let id = escape_inline(id);
    let all_parts = body.payloads.iter().flat_map(Payload::parts);
    let mut items: Vec<TokenStream> = all_parts.flat_map(|parts| parts::items(plan, parts, &id)).collect();
    for payload in &body.payloads {
        items.extend(stream::sent(&payload.ty, payload.event_kinds(), &id));
    }
    if let Some(name) = &body.choice {
        items.extend(choice(plan, &ident(name), body, &id));
    }
    items
}

/// The table of the fields that have a style of their own.
pub(super) fn styles(styles: &[FieldStyle]) -> Vec<TokenStream> {
    let row = |field: &FieldStyle| {
        let (name, encoding) = (&field.name, encoding(field.style, field.explode, field.reserved));
        quote!((#name, #encoding))
    };
    styles.iter().map(row).collect()
}

/// The type of the value of a variant: its parts if the description lists them, or a body of bytes that can be a stream.
fn variant_type(payload: &Payload) -> TokenStream {
    match (payload.parts(), &payload.ty) {
        ([parts], _) => {
            let name = ident(&parts.name);
            quote!(#name)
        }
        (_, RustType::Bytes) => quote!(runtime::Body),
        (_, other) => ty(other, ModelNames::InModule),
    }
}

/// The enum of the media types of a body, and the function that sets it.
fn choice(plan: &Plan, name: &Ident, body: &BodyInput, id: &str) -> Vec<TokenStream> {
    let payloads = &body.payloads;
    let about = format!(" A request body of `{id}`, by media type.");
    let variants = payloads.iter().map(|payload| {
        let (variant, inner) = (ident(&payload.variant), variant_type(payload));
        let about = format!(" A body of the media type `{}`.", escape_inline(&payload.media));
        quote!(#[doc = #about] #variant(#inner))
    });
    let arms = payloads.iter().map(|payload| {
        let variant = ident(&payload.variant);
        let step =
            step(plan, payload, &ident("body"), &if payload.codec.borrows() { quote!(&body) } else { quote!(body) });
        quote!(Self::#variant(body) => draft #step,)
    });
    let has_text = body.has_text();
    let froms = payloads.iter().filter(|payload| payload.ty != RustType::Json).map(|payload| {
        let (variant, inner) = (ident(&payload.variant), variant_type(payload));
        let from = quote! {
            impl From<#inner> for #name {
                fn from(body: #inner) -> Self {
                    Self::#variant(body)
                }
            }
        };
        let references = if payload.ty == RustType::Bytes {
            Some(bytes(name, payload, has_text))
        } else {
            reference_conversions(name, payload)
        };
        quote!(#from #references)
    });
    // Only one of two payloads of one type can have `From`.
    let mut seen = Vec::new();
    let froms: Vec<TokenStream> = froms
        .zip(payloads.iter().filter(|payload| payload.ty != RustType::Json))
        .filter(|(_, payload)| {
            let inner = variant_type(payload).to_string();
            let new = !seen.contains(&inner);
            seen.push(inner);
            new
        })
        .map(|(from, _)| from)
        .collect();
    let mut items = vec![
        choice_definition(name, &about, variants),
        quote! {
            impl #name {
                fn send(self, draft: &mut runtime::Draft) {
                    match self { #(#arms)* }
                }
            }
        },
    ];
    items.extend(froms);
    items
}

/// The definition of an enum of payloads or of the types of a part.
pub(super) fn choice_definition(name: &Ident, about: &str, variants: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote! {
        #[doc = #about]
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    }
}

/// The conversions from references, so that code from before the second media type compiles.
fn reference_conversions(name: &Ident, payload: &Payload) -> Option<TokenStream> {
    if !payload.takes_reference() {
        return None;
    }
    let (variant, inner) = (ident(&payload.variant), variant_type(payload));
    let strings = (payload.ty == RustType::String).then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(body: &str) -> Self {
                    Self::#variant(body.to_owned())
                }
            }
        }
    });
    let slices = payload.item().map(|item| {
        let item = ty(item, ModelNames::InModule);
        quote! {
            impl From<&[#item]> for #name {
                fn from(body: &[#item]) -> Self {
                    Self::#variant(body.to_vec())
                }
            }

            impl<const N: usize> From<&[#item; N]> for #name {
                fn from(body: &[#item; N]) -> Self {
                    Self::#variant(body.to_vec())
                }
            }
        }
    });
    Some(quote! {
        impl From<&#inner> for #name {
            fn from(body: &#inner) -> Self {
                Self::#variant(body.clone())
            }
        }
        #strings
        #slices
    })
}

/// The conversions of everything that a body of bytes takes. Without those from strings if another variant is text: they belong to
/// that variant.
fn bytes(name: &Ident, payload: &Payload, has_text: bool) -> TokenStream {
    let variant = ident(&payload.variant);
    let conversion_from = |ty: TokenStream| {
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(body.into())
                }
            }
        }
    };
    let bytes = [quote!(Vec<u8>), quote!(runtime::Bytes), quote!(&'static [u8])].map(conversion_from);
    let strings = [quote!(String), quote!(&'static str)].map(conversion_from);
    let strings = strings.iter().filter(|_| !has_text);
    quote!(#(#bytes)* #(#strings)*)
}
