//! A struct: fields, constructor, setters, codec.

mod object;
mod tuple_struct;

use crate::emit::default::constant as default_constant;
use crate::emit::tokens::{ModelNames, argument, argument_or_none, docs, generics, ident, ty};
use crate::plan::Derive;
use crate::plan::docs::or_none_note;
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
    items.extend(constructor(name, structure, moved));
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

/// The constructor of a struct, the constants of its defaults, and its setters.
fn constructor(name: &Ident, structure: &Struct, moved: &BTreeSet<usize>) -> Vec<TokenStream> {
    let required = structure.constructor_arguments();
    let constants = structure.fields.iter().filter_map(|field| {
        let (value, name) = (preset_value(field)?, ident(&field.name));
        Some(quote!(#name: #value))
    });
    let setters =
        structure.fields.iter().enumerate().filter(|(index, field)| !field.required && !moved.contains(index));
    let setters = setters.map(|(_, field)| setter(field, ModelNames::Plain));
    let absent = structure.fields.iter().filter(|field| !field.required && !field.is_argument() && !field.is_preset);
    let absent = absent.map(|field| {
        let (name, value) = (ident(&field.name), absent_value(field));
        quote!(#name: #value)
    });
    let new = if structure.required_items.is_some() { quote!(Vec::new()) } else { quote!(runtime::Extra::new()) };
    let extra = extra_field(structure).map(|(extra, _)| quote!(#extra: #new));
    let others: Vec<TokenStream> = constants.chain(absent).chain(extra).collect();
    let setters: Vec<TokenStream> = setters.collect();
    let defaults: Vec<TokenStream> = structure.fields.iter().filter_map(default_of).collect();
    if !structure.has_constructor() {
        let is_empty = setters.is_empty() && defaults.is_empty();
        return if is_empty { Vec::new() } else { vec![quote!(impl #name { #(#defaults)* #(#setters)* })] };
    }
    if let Some(arguments) = &structure.arguments {
        return named_fields(name, &ident(arguments), &required, &others, &defaults, &setters);
    }
    let generics = generics(required.iter().filter_map(|field| {
        let inner = field.argument_or_none()?;
        argument_or_none(inner, &field.name, ModelNames::Plain).generic
    }));
    let (arguments, values): (Vec<_>, Vec<_>) = required.iter().map(|field| constructor_argument(field)).unzip();
    let default = required.is_empty().then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let locked = required.iter().any(|field| field.locked_argument);
    let locked = locked.then(|| "`None` leaves out a field that is not required any more.".to_owned());
    let converting = required.iter().filter(|field| field.argument_or_none().is_some_and(RustType::converts));
    let or_none = or_none_note(converting.map(|field| field.name.as_str()));
    let notes = locked.into_iter().chain(or_none).flat_map(|note| [String::new(), note]);
    let notes = docs(&structure.argument_list().into_iter().chain(notes).collect::<Vec<_>>());
    let constructor = quote! {
        impl #name {
            #(#defaults)*

            #[doc = " Creates a value from the required fields."]
            #notes
            #[must_use]
            pub fn new #generics(#(#arguments),*) -> Self {
                Self { #(#values,)* #(#others),* }
            }

            #(#setters)*
        }
    };
    std::iter::once(constructor).chain(default).collect()
}

/// An argument of the constructor, and the value of the field.
fn constructor_argument(field: &Field) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    if let Some(inner) = field.argument_or_none() {
        let argument = argument_or_none(inner, &field.name, ModelNames::Plain);
        let (ty, value) = (argument.ty, argument.value);
        let value = match (&field.ty, argument.generic) {
            (RustType::Maybe(_), None) => {
                let inner = self::ty(inner, ModelNames::Plain);
                quote!(Into::<Option<#inner>>::into(#name))
            }
            _ => value,
        };
        let value = if field.boxed { quote!(#value.map(Box::new)) } else { value };
        let value = if matches!(field.ty, RustType::Maybe(_)) { quote!(runtime::Maybe::from(#value)) } else { value };
        return (quote!(#name: #ty), quote!(#name: #value));
    }
    let (ty, value) = argument(&field.ty, &name, ModelNames::Plain);
    let is_changed = field.boxed || field.ty.converts();
    let value = if field.boxed { quote!(Box::new(#value)) } else { value };
    (quote!(#name: #ty), if is_changed { quote!(#name: #value) } else { quote!(#name) })
}

/// The constructor of a struct with many required fields, which takes a struct of them.
fn named_fields(
    name: &Ident,
    fields_name: &Ident,
    required: &[&Field],
    others: &[TokenStream],
    defaults: &[TokenStream],
    setters: &[TokenStream],
) -> Vec<TokenStream> {
    let members = required.iter().map(|field| {
        let name = ident(&field.name);
        let ty = if field.locked_argument {
            let ty = field.argument_type().clone();
            self::ty(&if field.boxed { ty.boxed() } else { ty }, ModelNames::Plain)
        } else {
            field_type(field)
        };
        quote!(pub #name: #ty)
    });
    let values = required.iter().map(|field| {
        let name = ident(&field.name);
        let value = locked_value(field, quote!(fields.#name));
        quote!(#name: #value)
    });
    vec![
        quote! {
            runtime::required_fields! {
                pub struct #fields_name { #(#members),* } of #name
            }
        },
        quote! {
            impl #name {
                #(#defaults)*

                #[doc = " Creates a value from the required fields."]
                #[must_use]
                pub fn new(fields: #fields_name) -> Self {
                    Self { #(#values,)* #(#others),* }
                }

                #(#setters)*
            }
        },
    ]
}

/// The value of a field from an argument that the description does not require any more.
fn locked_value(field: &Field, value: TokenStream) -> TokenStream {
    match &field.ty {
        RustType::Option(_) if field.locked_argument => quote!(Some(#value)),
        RustType::Maybe(_) if field.locked_argument => quote!(runtime::Maybe::Value(#value)),
        _ => value,
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
        FixedValue::Variant(of, variant) => {
            let (of, variant) = (ident(of), ident(variant));
            quote!(#of::#variant)
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
            pub fn #null(mut self) -> Self {
                self.#name = runtime::Maybe::Null;
                self
            }
        }
    });
    quote! {
        #about
        #[must_use]
        pub fn #setter(mut self #argument) -> Self {
            self.#name = #value;
            self
        }

        #null
    }
}
