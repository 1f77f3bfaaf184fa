//! A union.

use crate::emit::tokens::{ModelNames, docs, ident, ty};
use crate::plan::models::{ConstantValue, Direction, Model, UnionType, UnionVariant};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The enum with its conversions.
pub(super) fn definition(name: &Ident, about: &TokenStream, union: &UnionType, model: &Model) -> Vec<TokenStream> {
    let fallback = ident(&union.fallback);
    let variants = variants(union);
    let types: Vec<TokenStream> = union.members.iter().map(member_type).collect();
    let abouts = union.members.iter().map(|member| docs(&member.docs));
    let derives = model.derives.iter().map(|derive| ident(derive.name()));
    let definition = quote! {
        #about
        #[derive(Debug, Clone, PartialEq #(, #derives)*)]
        #[non_exhaustive]
        pub enum #name {
            #(#abouts #variants(#types),)*
            #[doc = " A value that the OpenAPI description does not define."]
            #fallback(runtime::Json),
        }
    };
    std::iter::once(definition).chain(conversions(name, union)).collect()
}

/// `From` for variants of strings, numbers, booleans, objects and lists.
fn conversions(name: &Ident, union: &UnionType) -> impl Iterator<Item = TokenStream> {
    union.members.iter().filter_map(move |member| {
        let (variant, from) = (ident(&member.variant), ty(member.from.as_ref()?, ModelNames::Plain));
        Some(quote!(runtime::union_from!(#name::#variant(#from));))
    })
}

fn variants(union: &UnionType) -> Vec<Ident> {
    union.members.iter().map(|member| ident(&member.variant)).collect()
}

/// The codec of the union.
pub(super) fn codec(name: &Ident, union: &UnionType, direction: Direction) -> Vec<TokenStream> {
    let (fallback, variants) = (ident(&union.fallback), variants(union));
    let mut items = Vec::new();
    if direction.reads() {
        let decode = decoded(union);
        items.push(quote! {
            impl runtime::Decode for #name {
                #[inline]
                fn decode(source: &mut dyn runtime::Source) -> Result<Self, runtime::DecodeError> {
                    runtime::union::decode(source, Self::#fallback, |value| #decode)
                }
            }
        });
    }
    if direction.writes() {
        let arms = variants.iter().zip(&union.members).enumerate().map(|(index, (variant, member))| {
            let number = Literal::usize_unsuffixed(index);
            let written = written(union, member, union.default_member == Some(index));
            if union.named_by_element {
                quote!(Self::#variant(value) => { sink.variant(#number); #written })
            } else {
                quote!(Self::#variant(value) => #written,)
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
    let word = super::direction_word(direction);
    items.push(quote!(runtime::model!(#name #word);));
    items
}

/// The code that selects the variant of a value.
fn decoded(union: &UnionType) -> TokenStream {
    match (&union.discriminator, union.named_by_element.then(|| by_decoder(union))) {
        (Some(discriminator), None) => by_discriminator(union, discriminator, &quote!(value.tag(#discriminator))),
        // `value.tag()` records whether the value has a discriminator, which the encoder needs later.
        (Some(discriminator), Some(by_name)) => {
            let decode = by_discriminator(union, discriminator, &quote!(tag));
            quote!({ let tag = value.tag(#discriminator); #by_name #decode })
        }
        (None, by_name) => {
            let decode = by_shape(union);
            quote!({ #by_name #decode })
        }
    }
}

/// The code that encodes a variant: with its discriminator, unless it has none or writes it itself.
fn written(union: &UnionType, member: &UnionVariant, is_default_member: bool) -> TokenStream {
    let Some(discriminator) = union.discriminator.as_ref().filter(|_| !member.written_values.is_empty()) else {
        return quote!(value.encode(sink));
    };
    let values = member.written_values.iter().map(constant);
    if !is_default_member {
        return quote!(runtime::union::tagged(sink, #discriminator, &[#(#values),*], value));
    }
    let value = values.take(1);
    // With a base schema, a value that its variant refused is stored as the base and keeps its discriminator value. Otherwise the
    // values of other members are replaced.
    let others = union.members.iter().filter(|_| !union.base).flat_map(|other| &other.written_values);
    let others = others.filter(|other| !member.written_values.contains(other)).map(constant);
    quote!(runtime::union::tagged_rest(sink, #discriminator, #(#value)*, &[#(#others),*], value))
}

fn constant(value: &ConstantValue) -> TokenStream {
    match value {
        ConstantValue::String(text) => quote!(#text),
        ConstantValue::Bool(value) => quote!(#value),
        ConstantValue::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
    }
}

fn member_type(member: &UnionVariant) -> TokenStream {
    let member_type = ty(&member.ty, ModelNames::Plain);
    if member.boxed { quote!(Box<#member_type>) } else { member_type }
}

/// Code for decoders that name the variant of a value, as XML does by its elements.
fn by_decoder(union: &UnionType) -> TokenStream {
    let arms = union.members.iter().enumerate().map(|(index, member)| {
        let (index, variant, text) = (Literal::usize_unsuffixed(index), ident(&member.variant), &member.variant);
        quote!(Some(#index) => return value.decode(#text).map(Self::#variant),)
    });
    quote! {
        match value.variant_named_by_source() {
            #(#arms)*
            _ => {}
        }
    }
}

/// The code that selects the variant by the discriminator.
fn by_discriminator(union: &UnionType, discriminator: &str, found: &TokenStream) -> TokenStream {
    let fallback = ident(&union.fallback);
    let default_member =
        union.default_member.and_then(|index| union.members.get(index)).map(|member| ident(&member.variant));
    let base = default_member.clone().filter(|_| union.base);
    let mut seen: Vec<&str> = Vec::new();
    let mut arms = Vec::new();
    for member in &union.members {
        let values: Vec<&str> =
            member.discriminator_values.iter().map(String::as_str).filter(|value| !seen.contains(value)).collect();
        seen.extend(&values);
        if !values.is_empty() {
            let (variant, text) = (ident(&member.variant), &member.variant);
            let found = match base.as_ref().filter(|base| **base != variant) {
                Some(base) => quote!(value.subtype(Self::#variant, Self::#base, Self::#fallback)),
                None => quote!(value.decode(#text).map(Self::#variant)),
            };
            arms.push(quote!(Some(#(#values)|*) => #found,));
        }
    }
    // If a variant needs no discriminator, values without one are decoded as in a union without a discriminator.
    let absent = union.default_member.is_none()
        && union.members.iter().any(|member| !member.candidate.required.iter().any(|key| key == discriminator));
    let by_shape = absent.then(|| by_shape(union));
    let absent = by_shape.map(|by_shape| quote!(None => { #by_shape }));
    let otherwise = match default_member {
        Some(variant) => quote!(value.default_member(Self::#variant, Self::#fallback)),
        None => quote!(value.unknown().map(Self::#fallback)),
    };
    quote! {
        match #found {
            #(#arms)*
            #absent
            _ => #otherwise,
        }
    }
}

/// The code that selects the variant by the kind, the properties and the constants of a value.
fn by_shape(union: &UnionType) -> TokenStream {
    let fallback = ident(&union.fallback);
    let candidates = union.members.iter().map(|member| {
        let candidate = &member.candidate;
        let kind = ident(if candidate.kind.is_empty() { "Any" } else { candidate.kind });
        let keys = |setter: &str, keys: &[String]| {
            let setter = ident(setter);
            (!keys.is_empty()).then(|| quote!(.#setter(&[#(#keys),*])))
        };
        let (required, properties) = (keys("required", &candidate.required), keys("properties", &candidate.properties));
        let constants: Vec<TokenStream> = candidate
            .constants
            .iter()
            .map(|(path, value)| {
                let value = match value {
                    ConstantValue::String(text) => quote!(Text(#text)),
                    ConstantValue::Bool(value) => quote!(Bool(#value)),
                    ConstantValue::Integer(value) => {
                        let value = Literal::i64_unsuffixed(*value);
                        quote!(Integer(#value))
                    }
                };
                quote!((&[#(#path),*], runtime::Constant::#value))
            })
            .collect();
        let constants = (!constants.is_empty()).then(|| quote!(.constants(&[#(#constants),*])));
        quote!(runtime::Candidate::new(runtime::JsonKind::#kind) #required #properties #constants)
    });
    let arms = union.members.iter().enumerate().map(|(index, member)| {
        let (index, variant) = (Literal::usize_unsuffixed(index), ident(&member.variant));
        quote!(#index => value.try_decode(trial).map(Self::#variant),)
    });
    quote! {
        const MEMBERS: &[runtime::Candidate] = &[#(#candidates),*];
        let found = value.trials(MEMBERS).find_map(|trial| match trial.variant {
            #(#arms)*
            _ => None,
        });
        found.map_or_else(|| value.unknown().map(Self::#fallback), Ok)
    }
}
