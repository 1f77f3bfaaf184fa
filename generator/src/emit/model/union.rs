//! One of several types.

use crate::emit::tokens::{ident, ty, uneven};
use crate::plan::models::{Alternative, Choice, Fixed, Model};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

pub(super) fn union(name: &Ident, about: &TokenStream, choice: &Choice, model: &Model) -> Vec<TokenStream> {
    let fallback = ident(&choice.fallback);
    let variants: Vec<Ident> = choice.members.iter().map(|member| ident(&member.variant)).collect();
    let types: Vec<TokenStream> = choice.members.iter().map(member_type).collect();
    let notes = choice.members.iter().map(|member| format!(" `{}`.", member.ty.path()));
    let sizes = uneven(types.len());
    let derives = model.derives.iter().map(|derive| ident(derive.name()));
    let word = super::word(model.way);
    let mut items = vec![quote! {
        #about
        #[derive(Debug, Clone, PartialEq #(, #derives)*)]
        #[non_exhaustive]
        #sizes
        pub enum #name {
            #(#[doc = #notes] #variants(#types),)*
            #[doc = " A value that the document does not know."]
            #fallback(runtime::Json),
        }
    }];
    if model.way.reads() {
        let decode = match &choice.tag {
            Some(tag) => by_tag(choice, tag),
            None => by_shape(choice),
        };
        let told = choice.told.then(|| by_source(choice));
        items.push(quote! {
            impl runtime::Decode for #name {
                #[inline]
                fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
                    let value = runtime::Buffered::read(source)?;
                    #told
                    #decode
                }
            }
        });
    }
    if model.way.writes() {
        let arms = variants.iter().enumerate().map(|(index, variant)| {
            let index = Literal::usize_unsuffixed(index);
            if choice.told {
                quote!(Self::#variant(value) => { sink.alternative(#index); value.encode(sink) })
            } else {
                quote!(Self::#variant(value) => value.encode(sink),)
            }
        });
        items.push(quote! {
            impl runtime::Encode for #name {
                #[inline]
                fn encode(&self, sink: &mut dyn runtime::Sink) -> Result<(), runtime::EncodeError> {
                    match self {
                        #(#arms)*
                        Self::#fallback(value) => value.encode(sink),
                    }
                }
            }
        });
    }
    items.push(quote!(runtime::model!(#name #word);));
    items
}

fn member_type(member: &Alternative) -> TokenStream {
    let member_type = ty(&member.ty, false);
    if member.boxed { quote!(Box<#member_type>) } else { member_type }
}

/// Where the source says which member it is, there is nothing to tell apart.
fn by_source(choice: &Choice) -> TokenStream {
    let arms = choice.members.iter().enumerate().map(|(index, member)| {
        let (index, variant, text) = (Literal::usize_unsuffixed(index), ident(&member.variant), &member.variant);
        quote!(Some(#index) => return value.decode(#text).map(Self::#variant),)
    });
    quote! {
        match value.alternative() {
            #(#arms)*
            _ => {}
        }
    }
}

fn by_tag(choice: &Choice, tag: &str) -> TokenStream {
    let fallback = ident(&choice.fallback);
    let rest = choice.rest.and_then(|rest| choice.members.get(rest)).map(|member| ident(&member.variant));
    let base = rest.clone().filter(|_| choice.base);
    let mut seen: Vec<&str> = Vec::new();
    let mut arms = Vec::new();
    for member in &choice.members {
        let tags: Vec<&str> = member.tags.iter().map(String::as_str).filter(|tag| !seen.contains(tag)).collect();
        seen.extend(&tags);
        if !tags.is_empty() {
            let (variant, text) = (ident(&member.variant), &member.variant);
            let found = match base.as_ref().filter(|base| **base != variant) {
                Some(base) => quote!(value.heir(Self::#variant, Self::#base, Self::#fallback)),
                None => quote!(value.decode(#text).map(Self::#variant)),
            };
            arms.push(quote!(Some(#(#tags)|*) => #found,));
        }
    }
    // Where a member does without the tag, values without it are told apart as if there were none.
    let absent = choice.rest.is_none()
        && choice.members.iter().any(|member| !member.candidate.required.iter().any(|key| key == tag));
    let by_shape = absent.then(|| by_shape(choice));
    let absent = by_shape.map(|by_shape| quote!(None => { #by_shape }));
    let rest = match rest {
        Some(variant) => quote!(value.rest(Self::#variant, Self::#fallback)),
        None => quote!(value.unknown().map(Self::#fallback)),
    };
    quote! {
        match value.tag(#tag) {
            #(#arms)*
            #absent
            _ => #rest,
        }
    }
}

fn by_shape(choice: &Choice) -> TokenStream {
    let fallback = ident(&choice.fallback);
    let candidates = choice.members.iter().map(|member| {
        let candidate = &member.candidate;
        let kind = ident(if candidate.kind.is_empty() { "Any" } else { candidate.kind });
        let (required, properties) = (&candidate.required, &candidate.properties);
        let constants = candidate.constants.iter().map(|(path, value)| {
            let value = match value {
                Fixed::Text(text) => quote!(Text(#text)),
                Fixed::Bool(value) => quote!(Bool(#value)),
                Fixed::Integer(value) => {
                    let value = proc_macro2::Literal::i64_unsuffixed(*value);
                    quote!(Integer(#value))
                }
            };
            quote!((&[#(#path),*], runtime::Constant::#value))
        });
        quote! {
            runtime::Candidate {
                kind: runtime::JsonKind::#kind,
                required: &[#(#required),*],
                properties: &[#(#properties),*],
                constants: &[#(#constants),*],
            }
        }
    });
    let arms = choice.members.iter().enumerate().map(|(index, member)| {
        let variant = ident(&member.variant);
        quote!(#index => value.attempt(attempt).map(Self::#variant),)
    });
    let arms: Vec<TokenStream> = arms.map(|arm| unsuffixed(&arm)).collect();
    quote! {
        const MEMBERS: &[runtime::Candidate] = &[#(#candidates),*];
        for attempt in value.rank(MEMBERS) {
            let found = match attempt.member {
                #(#arms)*
                _ => None,
            };
            if let Some(found) = found {
                return Ok(found);
            }
        }
        value.unknown().map(Self::#fallback)
    }
}

/// `0usize` reads better as `0`.
fn unsuffixed(arm: &TokenStream) -> TokenStream {
    let mut tokens = arm.clone().into_iter();
    let first = tokens.next().map(|first| first.to_string()).unwrap_or_default();
    let number = first.trim_end_matches("usize").parse().unwrap_or_default();
    let number = proc_macro2::Literal::usize_unsuffixed(number);
    let rest: TokenStream = tokens.collect();
    quote!(#number #rest)
}
