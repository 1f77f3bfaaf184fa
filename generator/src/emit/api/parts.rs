//! Multipart request bodies: a type for the parts of each, and enums of the types of a part.

use super::arguments::{self, function_docs, generics_of, typed_argument};
use super::body::choice_definition;
use super::table;
use crate::emit::tokens::{ModelNames, deprecated, encoding, ident, ty};
use crate::plan::Plan;
use crate::plan::docs::escape_inline;
use crate::plan::operations::{Part, PartChoice, PartKind, Parts};
use crate::plan::rust_type::RustType;
use proc_macro2::TokenStream;
use quote::quote;

/// The type of the parts of a body, with the enums of its parts.
pub(super) fn items(plan: &Plan, parts: &Parts, id: &str) -> Vec<TokenStream> {
    let name = ident(&parts.name);
    let about = format!(" The parts of the request body of `{id}`.");
    let start = match &parts.media {
        None => quote!(runtime::Multipart::new()),
        Some(media) => quote!(runtime::Multipart::of(#media)),
    };
    let required = || parts.fields.iter().filter(|part| part.is_argument());
    let arguments = required().map(|part| typed_argument(&part.name, &part.ty));
    let types = || required().map(|part| (&*part.name, part.ty.clone()));
    let (generics_of_new, about_new) =
        (generics_of(types()), function_docs(&["Creates a body from the required parts.".to_owned()], types()));
    let conversions = required().filter_map(part_conversion);
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
                pub fn new #generics_of_new(#(#arguments),*) -> Self {
                    #(#conversions)*
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
    let (argument, step) = (typed_argument(&part.name, &part.ty), add(plan, part));
    let types = || std::iter::once((&*part.name, part.ty.clone()));
    let (generics, about) = (generics_of(types()), function_docs(&part.docs, types()));
    let (name, conversions) = (ident(&part.name), part_conversion(part));
    let deprecated = deprecated(part.deprecated.as_ref());
    quote! {
        #about
        #deprecated
        pub fn #name #generics(self, #argument) -> Self {
            #conversions
            Self(self.0 #step)
        }
    }
}

/// The statement that converts a part to its type, unless its step does.
fn part_conversion(part: &Part) -> Option<TokenStream> {
    if part.kind.is_value() { arguments::conversion(&part.name, &part.ty) } else { None }
}

/// The builder method that adds a part.
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

/// The builder method that adds the value of a variable, which can be a reference.
fn add_as(plan: &Plan, kind: &PartKind, wire: &str, variable: &str, is_reference: bool) -> TokenStream {
    let name = ident(variable);
    let value = || if is_reference { quote!(#name) } else { quote!(&#name) };
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
        // Only the variant `List` of a part's enum comes here, with a list of the enum itself.
        PartKind::Choice | PartKind::Choices => quote!(.choices(#name, Self::add)),
        PartKind::Fixed(text) => quote!(.text(#wire, #text)),
    }
}

/// The enum of the types of a part, which adds itself to a form.
fn part_choice(plan: &Plan, choice: &PartChoice, id: &str) -> Vec<TokenStream> {
    let (name, wire) = (ident(&choice.name), &choice.wire);
    let about = format!(" The part `{}` of the request body of `{id}`.", escape_inline(wire));
    let variants = choice.variants.iter().map(|variant| {
        let (named, inner) = (ident(&variant.name), ty(&variant.ty, ModelNames::InModule));
        quote!(#named(#inner))
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
        let (named, inner) = (ident(&variant.name), ty(&variant.ty, ModelNames::InModule));
        let strings = (variant.ty == RustType::String).then(|| {
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#named(value.to_owned())
                    }
                }
            }
        });
        quote! {
            impl From<#inner> for #name {
                fn from(value: #inner) -> Self {
                    Self::#named(value)
                }
            }
            #strings
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
