//! Request bodies: the steps that send them, enums of payloads, types of parts.

use super::arguments::{self, described, parameter, parameters, value};
use super::{stream, table};
use crate::emit::tokens::{allow_large_variants, deprecated, encoding, ident, ty};
use crate::plan::Plan;
use crate::plan::docs::escape_inline;
use crate::plan::operations::{BodyInput, FieldStyle, Part, PartChoice, PartKind, Parts, Payload, RequestCodec};
use crate::plan::rust_type::RustType;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// The step of a draft that sends a body.
pub(super) fn send_body(plan: &Plan, draft: &TokenStream, body: &BodyInput) -> TokenStream {
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
pub(super) fn made(body: &BodyInput) -> Option<TokenStream> {
    let one = body.only().filter(|_| !body.takes_none)?;
    one.codec.borrows().then(|| arguments::made(&body.name, &body.argument()))?
}

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
        RequestCodec::Form(own) if own.is_empty() => quote!(.form(#value)),
        RequestCodec::Form(own) => {
            let styles = styles(own);
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
    let parts = body.payloads.iter().flat_map(Payload::parts);
    let mut items: Vec<TokenStream> = parts.flat_map(|parts| of_parts(plan, parts, &id)).collect();
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
    let row = |(member, style, explode): &FieldStyle| {
        let encoding = encoding(*style, *explode, false);
        quote!((#member, #encoding))
    };
    styles.iter().map(row).collect()
}

/// The type of a variant's value: its parts if the description lists them, or a body of bytes that can be a stream.
fn held(payload: &Payload) -> TokenStream {
    match (payload.parts(), &payload.ty) {
        ([parts], _) => {
            let name = ident(&parts.name);
            quote!(#name)
        }
        (_, RustType::Bytes) => quote!(runtime::Body),
        (_, other) => ty(other, true),
    }
}

fn choice(plan: &Plan, name: &Ident, body: &BodyInput, id: &str) -> Vec<TokenStream> {
    let payloads = &body.payloads;
    let about = format!(" A request body of `{id}`, by media type.");
    let variants = payloads.iter().map(|payload| {
        let (variant, held) = (ident(&payload.variant), held(payload));
        let about = format!(" A body of the media type `{}`.", escape_inline(&payload.media));
        quote!(#[doc = #about] #variant(#held))
    });
    let arms = payloads.iter().map(|payload| {
        let variant = ident(&payload.variant);
        let step =
            step(plan, payload, &ident("body"), &if payload.codec.borrows() { quote!(&body) } else { quote!(body) });
        quote!(Self::#variant(body) => draft #step,)
    });
    let has_text = body.has_text();
    let froms = payloads.iter().filter(|payload| payload.ty != RustType::Json).map(|payload| {
        let (variant, held) = (ident(&payload.variant), held(payload));
        let from = quote! {
            impl From<#held> for #name {
                fn from(body: #held) -> Self {
                    Self::#variant(body)
                }
            }
        };
        let lent =
            if payload.ty == RustType::Bytes { Some(bytes(name, payload, has_text)) } else { lent(name, payload) };
        quote!(#from #lent)
    });
    // Only one of two payloads of one type can have `From`.
    let mut seen = Vec::new();
    let froms: Vec<TokenStream> = froms
        .zip(payloads.iter().filter(|payload| payload.ty != RustType::Json))
        .filter(|(_, payload)| {
            let held = held(payload).to_string();
            let new = !seen.contains(&held);
            seen.push(held);
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
fn choice_definition(name: &Ident, about: &str, variants: impl ExactSizeIterator<Item = TokenStream>) -> TokenStream {
    let sizes = allow_large_variants(variants.len());
    quote! {
        #[doc = #about]
        #[derive(Debug)]
        #[non_exhaustive]
        #sizes
        pub enum #name { #(#variants),* }
    }
}

/// The conversions of references, which an operation takes while it has one media type.
fn lent(name: &Ident, payload: &Payload) -> Option<TokenStream> {
    if !payload.takes_reference() {
        return None;
    }
    let (variant, held) = (ident(&payload.variant), held(payload));
    let strings = (payload.ty == RustType::Text).then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(body: &str) -> Self {
                    Self::#variant(body.to_owned())
                }
            }
        }
    });
    let slices = payload.item().map(|item| {
        let item = ty(item, true);
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
        impl From<&#held> for #name {
            fn from(body: &#held) -> Self {
                Self::#variant(body.clone())
            }
        }
        #strings
        #slices
    })
}

/// The conversions of everything that a body of bytes takes. Strings are those of the text, if another variant has it.
fn bytes(name: &Ident, payload: &Payload, has_text: bool) -> TokenStream {
    let variant = ident(&payload.variant);
    let of = |ty: TokenStream| {
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(body.into())
                }
            }
        }
    };
    let bytes = [quote!(Vec<u8>), quote!(runtime::Bytes), quote!(&'static [u8])].map(of);
    let strings = [quote!(String), quote!(&'static str)].map(of);
    let strings = strings.iter().filter(|_| !has_text);
    quote!(#(#bytes)* #(#strings)*)
}

fn of_parts(plan: &Plan, parts: &Parts, id: &str) -> Vec<TokenStream> {
    let name = ident(&parts.name);
    let about = format!(" The parts of the request body of `{id}`.");
    let start = match &parts.media {
        None => quote!(runtime::Multipart::new()),
        Some(media) => quote!(runtime::Multipart::of(#media)),
    };
    let required = || parts.fields.iter().filter(|part| part.is_argument());
    let arguments = required().map(|part| parameter(&part.name, &part.ty));
    let types = || required().map(|part| (&*part.name, part.ty.clone()));
    let (parameters_of_new, about_new) =
        (parameters(types()), described(&["Creates a body from the required parts.".to_owned()], types()));
    let made = required().filter_map(made_part);
    let steps = parts.fields.iter().filter(|part| part.required).map(|part| add(plan, part));
    let default = required().next().is_none().then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let setters = parts.fields.iter().filter(|part| !part.required).map(|part| part_setter(plan, part));
    let many = (required().count() > 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the description requires all of them")]));
    let mut items = vec![
        quote! {
            #[doc = #about]
            #[derive(Debug)]
            #[must_use = "parts do nothing until they are sent"]
            pub struct #name(runtime::Multipart);
        },
        quote! {
            impl #name {
                #about_new
                #many
                pub fn new #parameters_of_new(#(#arguments),*) -> Self {
                    #(#made)*
                    Self(#start #(#steps)*)
                }

                #(#setters)*
            }
        },
        quote!(runtime::parts!(#name);),
    ];
    items.extend(default);
    items
        .extend(parts.fields.iter().filter_map(|part| part.choice.as_ref()).flat_map(|one| part_choice(plan, one, id)));
    items
}

/// The setter of an optional part.
fn part_setter(plan: &Plan, part: &Part) -> TokenStream {
    let (argument, step) = (parameter(&part.name, &part.ty), add(plan, part));
    let types = || std::iter::once((&*part.name, part.ty.clone()));
    let (parameters, about) = (parameters(types()), described(&part.docs, types()));
    let (name, made) = (ident(&part.name), made_part(part));
    let deprecated = deprecated(part.deprecated.as_ref());
    quote! {
        #about
        #deprecated
        pub fn #name #parameters(self, #argument) -> Self {
            #made
            Self(self.0 #step)
        }
    }
}

/// The statement that converts a part to its type, unless its step does.
fn made_part(part: &Part) -> Option<TokenStream> {
    part.kind.is_value().then(|| arguments::made(&part.name, &part.ty))?
}

/// The step that adds a part.
fn add(plan: &Plan, part: &Part) -> TokenStream {
    let (wire, name) = (&part.wire, &part.name);
    match (&part.kind, &part.choice) {
        (PartKind::Choice, Some(choice)) => {
            let (name, choice) = (ident(name), ident(&choice.name));
            quote!(.choice(#name, #choice::add))
        }
        (PartKind::Choices, Some(choice)) => {
            let (name, choice) = (ident(name), ident(&choice.name));
            quote!(.choices(#name, #choice::add))
        }
        (PartKind::Fixed(text), _) => quote!(.text(#wire, #text)),
        (kind, _) => add_as(plan, kind, wire, name, part.ty.borrows()),
    }
}

/// The step that adds the value of a variable, which can be a reference.
fn add_as(plan: &Plan, kind: &PartKind, wire: &str, held: &str, lent: bool) -> TokenStream {
    let name = ident(held);
    let value = || if lent { quote!(#name) } else { quote!(&#name) };
    match kind {
        PartKind::File(media) => quote!(.file(#wire, #media, #name)),
        PartKind::Files(media) => quote!(.files(#wire, #media, #name)),
        PartKind::Value(media) => {
            let value = value();
            quote!(.field(#wire, #media, #value))
        }
        PartKind::Xml(media, body) => {
            let (table, value) = (table(plan, body), value());
            quote!(.xml(#wire, #media, &#table, #value))
        }
        PartKind::Styled(style, explode) => {
            let (value, encoding) = (value(), encoding(*style, *explode, false));
            quote!(.styled(#wire, #encoding, #value))
        }
        PartKind::Choice | PartKind::Choices => quote!(.choices(#name, Self::add)),
        PartKind::Fixed(text) => quote!(.text(#wire, #text)),
    }
}

/// The enum of the types of a part, which adds itself to a form.
fn part_choice(plan: &Plan, choice: &PartChoice, id: &str) -> Vec<TokenStream> {
    let (name, wire) = (ident(&choice.name), &choice.wire);
    let about = format!(" The part `{}` of the request body of `{id}`.", escape_inline(wire));
    let variants = choice.variants.iter().map(|variant| {
        let (named, held) = (ident(&variant.name), ty(&variant.ty, true));
        quote!(#named(#held))
    });
    let arms = choice.variants.iter().map(|variant| {
        let named = ident(&variant.name);
        let step = add_as(plan, &variant.kind, wire, "value", false);
        quote!(Self::#named(value) => form #step,)
    });
    let froms = choice.variants.iter().enumerate().filter(|(index, variant)| {
        variant.ty != RustType::Json && choice.variants.iter().take(*index).all(|known| known.ty != variant.ty)
    });
    let froms = froms.map(|(_, variant)| {
        let (named, held) = (ident(&variant.name), ty(&variant.ty, true));
        let lent = (variant.ty == RustType::Text).then(|| {
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#named(value.to_owned())
                    }
                }
            }
        });
        quote! {
            impl From<#held> for #name {
                fn from(value: #held) -> Self {
                    Self::#named(value)
                }
            }
            #lent
        }
    });
    let mut items = vec![
        choice_definition(&name, &about, variants),
        quote! {
            impl #name {
                fn add(self, form: runtime::Multipart) -> runtime::Multipart {
                    match self { #(#arms)* }
                }
            }
        },
    ];
    items.extend(froms);
    items
}
