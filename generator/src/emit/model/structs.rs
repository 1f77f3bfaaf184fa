//! A struct: fields, constructor, setters, codec.

mod constructor;
mod object;
mod tuple_struct;

use crate::emit::default::constant as default_constant;
use crate::emit::tokens::{ModelNames, argument, docs, ident, inline_unless_generic, ty};
use crate::plan::Derive;
use crate::plan::models::{Direction, ExtraField, Field, FixedValue, Model, Struct};
use crate::plan::rust_type::RustType;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The struct with its constructor, and its setters without those of the fields whose setters are in other files.
pub(super) fn definition(
    name: &Ident,
    about: &TokenStream,
    structure: &Struct,
    model: &Model,
    moved: &BTreeSet<usize>,
) -> Vec<TokenStream> {
    let fields = structure.fields.iter().map(|field| {
        let (about, name, ty) = (docs(&field.docs), ident(&field.name), field_type(field));
        quote!(#about pub #name: #ty)
    });
    let extra = extra_field(structure).map(|(extra, ty)| match structure.required_items {
        Some(_) if structure.fields.is_empty() => quote!(#[doc = " The items."] pub #extra: Vec<#ty>),
        Some(_) => quote!(#[doc = " Further items."] pub #extra: Vec<#ty>),
        None => {
            quote!(#[doc = " Fields that the OpenAPI description does not define."] pub #extra: runtime::Extra<#ty>)
        }
    });
    let members: Vec<TokenStream> = fields.chain(extra).collect();
    let is_optional = structure.fields.iter().all(|field| !field.required);
    let has_default = is_optional || model.derives.contains(&Derive::Default);
    // `derive(Default)` would not set them.
    let has_presets = structure.fields.iter().any(|field| field.is_preset);
    let derived = (has_default && !has_presets).then_some("Default");
    let derives = model.derives.iter().filter(|derive| **derive != Derive::Default);
    let derives = derives.map(|derive| derive.name()).chain(derived).map(ident);
    let mut items = vec![quote! {
        #about
        #[derive(Debug, Clone, PartialEq #(, #derives)*)]
        #[non_exhaustive]
        pub struct #name { #(#members),* }
    }];
    items.extend(constructor::constructor(name, structure, moved));
    items.extend((has_default && has_presets).then(|| default_impl(name, structure)));
    items
}

/// The codec of the struct.
pub(super) fn codec(name: &Ident, structure: &Struct, direction: Direction) -> Vec<TokenStream> {
    let Some(least) = structure.required_items else { return vec![object::codec(name, structure, direction)] };
    let decode = direction.reads().then(|| tuple_struct::decode(name, structure));
    let encode = direction.writes().then(|| tuple_struct::encode(name, structure, least));
    let word = super::direction_word(direction);
    decode.into_iter().chain(encode).chain([quote!(runtime::model!(#name #word);)]).collect()
}

/// The implementation of `Default` with the values that the constructor presets.
fn default_impl(name: &Ident, structure: &Struct) -> TokenStream {
    let values = structure.fields.iter().map(|field| {
        let name = ident(&field.name);
        let value = preset_value(field).unwrap_or_else(|| absent_value(field));
        quote!(#name: #value)
    });
    let extra = extra_field(structure).map(|(extra, _)| quote!(#extra: Default::default()));
    let values = values.chain(extra);
    quote! {
        impl Default for #name {
            #[inline]
            fn default() -> Self {
                Self { #(#values),* }
            }
        }
    }
}

/// The name of the field for unknown fields or further items, and the type of its values.
fn extra_field(structure: &Struct) -> Option<(Ident, TokenStream)> {
    match &structure.extra {
        ExtraField::Ignored => None,
        ExtraField::Stored(name, value) => Some((ident(name), ty(value, ModelNames::Plain))),
    }
}

/// The type of a field, in a box if it needs one.
fn field_type(field: &Field) -> TokenStream {
    if !field.boxed {
        return ty(&field.ty, ModelNames::Plain);
    }
    match &field.ty {
        RustType::Option(inner) => ty(&inner.as_ref().clone().boxed().option(), ModelNames::Plain),
        RustType::Maybe(inner) => ty(&RustType::Maybe(Box::new(inner.as_ref().clone().boxed())), ModelNames::Plain),
        other => ty(&other.clone().boxed(), ModelNames::Plain),
    }
}

fn boxed(field: &Field, value: TokenStream) -> TokenStream {
    match (field.argument_type(), field.boxed) {
        (_, false) => value,
        (RustType::Option(_) | RustType::Maybe(_), true) => quote!(#value.map(Box::new)),
        (_, true) => quote!(Box::new(#value)),
    }
}

/// The value of a field that a caller has not set.
fn absent_value(field: &Field) -> TokenStream {
    match &field.ty {
        RustType::Option(_) => quote!(None),
        RustType::Maybe(_) => quote!(runtime::Maybe::Absent),
        _ => quote!(Default::default()),
    }
}

/// The value that the constructor sets a field to.
fn preset_value(field: &Field) -> Option<TokenStream> {
    let value = fixed_value(field.fixed_value.as_ref().filter(|_| field.is_preset)?);
    let value = match &field.ty {
        RustType::Option(_) => quote!(Some(#value)),
        RustType::Maybe(_) => quote!(runtime::Maybe::Value(#value)),
        _ => value,
    };
    Some(boxed(field, value))
}

/// The constant with the default of a field.
fn default_of(field: &Field) -> Option<TokenStream> {
    let (name, default) = field.default.as_ref()?;
    Some(default_constant(name, &field.name, default))
}

/// The expression of a fixed value.
fn fixed_value(value: &FixedValue) -> TokenStream {
    match value {
        FixedValue::Variant(enum_name, variant) => {
            let (enum_name, variant) = (ident(enum_name), ident(variant));
            quote!(#enum_name::#variant)
        }
        FixedValue::Literal(text) => text.parse().unwrap_or_default(),
        FixedValue::String(text) => quote!(#text.into()),
        FixedValue::Tuple(items) => {
            let items = items.iter().map(fixed_value);
            quote!((#(#items,)*))
        }
        FixedValue::Default => quote!(Default::default()),
    }
}

/// The setters of a file of its own.
pub(super) fn setters(name: &Ident, fields: &[&Field]) -> TokenStream {
    let setters = fields.iter().map(|field| setter(field, ModelNames::InModule));
    quote!(impl models::#name { #(#setters)* })
}

/// The setters of an optional field: of a value, and of an explicit `null`.
fn setter(field: &Field, names: ModelNames) -> TokenStream {
    // The documentation of the field has the rest.
    let summary = field.docs.split(String::is_empty).next().unwrap_or_default();
    let (name, about) = (ident(&field.name), docs(summary));
    let setter = ident(&field.setter());
    let (inner, wrap) = match &field.ty {
        RustType::Option(inner) => (inner.as_ref(), quote!(Some)),
        RustType::Maybe(inner) => (inner.as_ref(), quote!(runtime::Maybe::Value)),
        other => (other, quote!()),
    };
    let (ty, value) = argument(inner, &name, names);
    let fixed = field.fixed_value.as_ref().filter(|_| field.is_const).map(fixed_value);
    let argument = fixed.is_none().then(|| quote!(, #name: #ty));
    let value = fixed.unwrap_or(value);
    let value = if field.boxed { quote!(Box::new(#value)) } else { value };
    let value = if wrap.is_empty() { value } else { quote!(#wrap(#value)) };
    let null = field.null_setter.as_ref().map(|null| {
        let (about, null) = (format!(" Sets `{}` to an explicit `null`.", field.name), ident(null));
        quote! {
            #[doc = #about]
            #[must_use]
            #[inline]
            pub fn #null(mut self) -> Self {
                self.#name = runtime::Maybe::Null;
                self
            }
        }
    });
    let inline = inline_unless_generic(argument.is_some() && inner.converts());
    quote! {
        #about
        #[must_use]
        #inline
        pub fn #setter(mut self #argument) -> Self {
            self.#name = #value;
            self
        }

        #null
    }
}
