//! Arguments of calls and setters: their types, and the statements that convert them.

use crate::emit::tokens::{
    ModelNames, OptionArgument, argument, argument_or_none, docs, generics, ident, inline_unless_generic, ty,
};
use crate::plan::docs::{add_notes, or_none_note};
use crate::plan::rust_type::RustType;
use proc_macro2::TokenStream;
use quote::quote;

/// An argument with its type: `name: Type`.
pub(in crate::emit) fn typed_argument(name: &str, ty: &RustType) -> TokenStream {
    let name = ident(name);
    let plain = self::ty(ty, ModelNames::InModule);
    let ty = match or_none(&name.to_string(), ty) {
        Some(argument) => argument.ty,
        None if ty.borrows() => quote!(&#plain),
        None => argument(ty, &name, ModelNames::InModule).0,
    };
    quote!(#name: #ty)
}

/// An argument that also takes `None`. It is a reference if callers pass the value as one.
pub(super) fn or_none(name: &str, ty: &RustType) -> Option<OptionArgument> {
    let RustType::Option(inner) = ty else { return None };
    if !inner.borrows() {
        return Some(argument_or_none(inner, name, ModelNames::InModule));
    }
    if let RustType::Slice(item) = &**inner {
        let (item, name) = (self::ty(item, ModelNames::InModule), ident(name));
        let ty = quote!(impl runtime::SliceOrNone<'a, #item>);
        return Some(reference(ty, quote!(#name.into_slice())));
    }
    let (inner, name) = (self::ty(inner, ModelNames::InModule), ident(name));
    let ty = quote!(impl Into<Option<&'a #inner>>);
    Some(reference(ty, quote!(#name.into())))
}

/// An argument that is a reference or `None`.
fn reference(ty: TokenStream, value: TokenStream) -> OptionArgument {
    OptionArgument { generic: None, is_reference: true, ty, value }
}

/// The attribute of a function with these arguments that is compiled only where it is called.
pub(in crate::emit) fn inline_with<'n>(
    mut arguments: impl Iterator<Item = (&'n str, RustType)>,
) -> Option<TokenStream> {
    inline_unless_generic(arguments.any(|(name, ty)| or_none(name, &ty).is_some() || (!ty.borrows() && ty.converts())))
}

/// The generic parameters of a function with these arguments.
pub(in crate::emit) fn generics_of<'n>(arguments: impl Iterator<Item = (&'n str, RustType)>) -> Option<TokenStream> {
    let all: Vec<OptionArgument> = arguments.filter_map(|(name, ty)| or_none(name, &ty)).collect();
    // One lifetime is enough for all references.
    let lifetime = all.iter().any(|argument| argument.is_reference).then(|| quote!('a));
    generics(lifetime.into_iter().chain(all.into_iter().filter_map(|argument| argument.generic)))
}

/// The documentation of a function with these arguments, in lines, and a note where an argument takes a value or `None`.
pub(in crate::emit) fn function_docs<'n>(
    lines: &[String],
    arguments: impl Iterator<Item = (&'n str, RustType)>,
) -> TokenStream {
    let names: Vec<&str> = arguments.filter(|(_, ty)| ty.takes_or_none()).map(|(name, _)| name).collect();
    let mut lines = lines.to_vec();
    add_notes(&mut lines, or_none_note(names.into_iter()));
    docs(&lines)
}

/// `&dyn Encode` of an argument after the conversion of [`conversion`].
pub(in crate::emit) fn value(name: &str, ty: &RustType) -> TokenStream {
    let name = ident(name);
    // A slice has no size, so that only a reference to its reference can be `&dyn Encode`.
    let is_sized = !matches!(ty, RustType::Slice(_));
    if ty.borrows() && is_sized { quote!(#name) } else { quote!(&#name) }
}

/// The statement that converts an argument to its type.
pub(in crate::emit) fn conversion(name: &str, ty: &RustType) -> Option<TokenStream> {
    if let Some(argument) = or_none(name, ty) {
        let (name, value) = (ident(name), argument.value);
        return Some(quote!(let #name = #value;));
    }
    let name = ident(name);
    let value_type = self::ty(ty, ModelNames::InModule);
    (ty.converts() && !ty.borrows()).then(|| quote!(let #name: #value_type = #name.into();))
}
