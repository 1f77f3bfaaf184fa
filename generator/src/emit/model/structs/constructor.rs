//! The constructor of a struct, and what stands beside it in its `impl`: the constants of defaults, and the setters.

use super::{absent_value, default_of, extra_field, field_type, preset_value, setter};
use crate::emit::tokens::{ModelNames, argument, argument_or_none, docs, generics, ident, inline_unless_generic, ty};
use crate::plan::docs::or_none_note;
use crate::plan::models::{Field, Struct};
use crate::plan::rust_type::RustType;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// The parts of an `impl` that do not depend on the form of the constructor.
struct Parts {
    /// The constants with the defaults of fields.
    defaults: Vec<TokenStream>,
    /// The fields that no argument sets: presets, absent fields, and the field for unknown fields.
    others: Vec<TokenStream>,
    /// The setters of optional fields.
    setters: Vec<TokenStream>,
}

/// The constructor, the constants and the setters, without the setters of fields that have them in other files (`moved`).
pub(super) fn constructor(name: &Ident, structure: &Struct, moved: &BTreeSet<usize>) -> Vec<TokenStream> {
    let parts = Parts::new(structure, moved);
    match (structure.has_constructor(), &structure.arguments) {
        (false, _) => parts.without_constructor(name),
        (true, Some(arguments)) => parts.with_struct(name, &ident(arguments), structure),
        (true, None) => parts.with_arguments(name, structure),
    }
}

impl Parts {
    fn new(structure: &Struct, moved: &BTreeSet<usize>) -> Self {
        let fields = || structure.fields.iter();
        let presets = fields().filter_map(|field| {
            let (value, name) = (preset_value(field)?, ident(&field.name));
            Some(quote!(#name: #value))
        });
        let absent = fields().filter(|field| !field.required && !field.is_argument() && !field.is_preset);
        let absent = absent.map(|field| {
            let (name, value) = (ident(&field.name), absent_value(field));
            quote!(#name: #value)
        });
        let new = if structure.is_tuple() { quote!(Vec::new()) } else { quote!(runtime::Extra::new()) };
        let extra = extra_field(structure).map(|(extra, _)| quote!(#extra: #new));
        let not_moved = fields().enumerate().filter(|(index, field)| !field.required && !moved.contains(index));
        Self {
            defaults: fields().filter_map(default_of).collect(),
            others: presets.chain(absent).chain(extra).collect(),
            setters: not_moved.map(|(_, field)| setter(field, ModelNames::Plain)).collect(),
        }
    }

    /// The `impl` of a struct with `derive(Default)` in place of a constructor, unless it is empty.
    fn without_constructor(&self, name: &Ident) -> Vec<TokenStream> {
        let Self { defaults, setters, .. } = self;
        let is_empty = setters.is_empty() && defaults.is_empty();
        if is_empty { Vec::new() } else { vec![quote!(impl #name { #(#defaults)* #(#setters)* })] }
    }

    /// The constructor with an argument for each required field.
    fn with_arguments(&self, name: &Ident, structure: &Struct) -> Vec<TokenStream> {
        let Self { defaults, others, setters } = self;
        let required = structure.constructor_arguments();
        let generics = generics(required.iter().filter_map(|field| {
            let inner = field.argument_or_none()?;
            argument_or_none(inner, &field.name, ModelNames::Plain).generic
        }));
        let (arguments, values): (Vec<_>, Vec<_>) = required.iter().map(|field| constructor_argument(field)).unzip();
        let inline = inline_unless_generic(
            required.iter().any(|field| field.argument_or_none().is_some() || field.ty.converts()),
        );
        let (first, notes) = (docs(&structure.constructor_docs()), docs(&notes(structure, &required)));
        let default = required.is_empty().then(|| {
            quote! {
                impl Default for #name {
                    #[inline]
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        });
        let constructor = quote! {
            impl #name {
                #(#defaults)*

                #first
                #notes
                #[must_use]
                #inline
                pub fn new #generics(#(#arguments),*) -> Self {
                    Self { #(#values,)* #(#others),* }
                }

                #(#setters)*
            }
        };
        std::iter::once(constructor).chain(default).collect()
    }

    /// The constructor with a struct of the required fields, which are many.
    fn with_struct(&self, name: &Ident, fields: &Ident, structure: &Struct) -> Vec<TokenStream> {
        let Self { defaults, others, setters } = self;
        let required = structure.constructor_arguments();
        let members = required.iter().map(|field| {
            let (name, ty) = (ident(&field.name), member_type(field));
            quote!(pub #name: #ty)
        });
        let values = required.iter().map(|field| {
            let name = ident(&field.name);
            let value = locked_value(field, quote!(fields.#name));
            quote!(#name: #value)
        });
        let first = docs(&structure.constructor_docs());
        vec![
            quote! {
                runtime::required_fields! {
                    pub struct #fields { #(#members),* } of #name
                }
            },
            quote! {
                impl #name {
                    #(#defaults)*

                    #first
                    #[must_use]
                    #[inline]
                    pub fn new(fields: #fields) -> Self {
                        Self { #(#values,)* #(#others),* }
                    }

                    #(#setters)*
                }
            },
        ]
    }
}

/// The documentation of the arguments, and the notes on those that take `None`.
fn notes(structure: &Struct, required: &[&Field]) -> Vec<String> {
    let locked = required.iter().any(|field| field.locked_argument);
    let locked = locked.then(|| "`None` leaves out a field that is not required any more.".to_owned());
    let converting = required.iter().filter(|field| field.argument_or_none().is_some_and(RustType::converts));
    let or_none = or_none_note(converting.map(|field| field.name.as_str()));
    let notes = locked.into_iter().chain(or_none).flat_map(|note| [String::new(), note]);
    structure.argument_list().into_iter().chain(notes).collect()
}

/// An argument of the constructor, and the value of the field.
fn constructor_argument(field: &Field) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    if let Some(inner) = field.argument_or_none() {
        let (ty, value) = nullable_argument(field, inner);
        return (quote!(#name: #ty), quote!(#name: #value));
    }
    let (ty, value) = argument(&field.ty, &name, ModelNames::Plain);
    let is_changed = field.boxed || field.ty.converts();
    let value = if field.boxed { quote!(Box::new(#value)) } else { value };
    (quote!(#name: #ty), if is_changed { quote!(#name: #value) } else { quote!(#name) })
}

/// The type of an argument that takes a value or `None`, and the value of the field.
fn nullable_argument(field: &Field, inner: &RustType) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    let argument = argument_or_none(inner, &field.name, ModelNames::Plain);
    let is_maybe = matches!(field.ty, RustType::Maybe(_));
    let option = if is_maybe && argument.generic.is_none() {
        // `Maybe::from` below takes several types, so the compiler cannot infer that of `into()`.
        let inner = ty(inner, ModelNames::Plain);
        quote!(Into::<Option<#inner>>::into(#name))
    } else {
        argument.value
    };
    let option = if field.boxed { quote!(#option.map(Box::new)) } else { option };
    (argument.ty, if is_maybe { quote!(runtime::Maybe::from(#option)) } else { option })
}

/// The type of a required field in the struct of arguments. One that the description does not require any more has no `None`.
fn member_type(field: &Field) -> TokenStream {
    if !field.locked_argument {
        return field_type(field);
    }
    let plain = field.argument_type().clone();
    ty(&if field.boxed { plain.boxed() } else { plain }, ModelNames::Plain)
}

/// The value of a field from an argument that the description does not require any more.
fn locked_value(field: &Field, value: TokenStream) -> TokenStream {
    match &field.ty {
        RustType::Option(_) if field.locked_argument => quote!(Some(#value)),
        RustType::Maybe(_) if field.locked_argument => quote!(runtime::Maybe::Value(#value)),
        _ => value,
    }
}
