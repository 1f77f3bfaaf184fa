//! Tokens for all emitters: identifiers, types, documentation.

use crate::plan::Plan;
use crate::plan::docs::Deprecation;
use crate::plan::names::screaming_snake;
use crate::plan::operations::{Style, encoding_name, explodes};
use crate::plan::rust_type::facts::Home;
use crate::plan::rust_type::{Class, RustType};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// An identifier that the plan decided.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// `///` lines.
pub(super) fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        let text = if line.is_empty() { String::new() } else { format!(" {line}") };
        let text = Literal::string(&text.replace(char::is_control, " "));
        quote!(#[doc = #text])
    });
    quote!(#(#lines)*)
}

/// The attribute of a deprecated item, with its note.
pub(super) fn deprecated(deprecation: Option<&Deprecation>) -> Option<TokenStream> {
    deprecation.map(|deprecation| match &deprecation.note {
        Some(note) => quote!(#[deprecated(note = #note)]),
        None => quote!(#[deprecated]),
    })
}

/// The import of the runtime.
pub(super) fn import(plan: &Plan) -> TokenStream {
    if plan.is_bundled() {
        quote!(
            use crate::runtime;
        )
    } else {
        quote!(
            use clientsmith_runtime as runtime;
        )
    }
}

/// The names of generated types in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ModelNames {
    /// `Pet`, in the module of the types.
    Plain,
    /// `models::Pet`, in any other.
    InModule,
}

/// A type.
pub(super) fn ty(ty: &RustType, names: ModelNames) -> TokenStream {
    let inner = ty.children().iter().map(|inner| self::ty(inner, names));
    match ty {
        RustType::Unit => quote!(()),
        RustType::ViaFromStr(path) => of_path(path),
        RustType::Tuple(_) => quote!((#(#inner,)*)),
        RustType::Slice(_) => quote!([#(#inner)*]),
        RustType::Model { name, class, alias } => {
            let name = ident(alias.0.as_ref().unwrap_or(name));
            if names == ModelNames::InModule && !matches!(class, Class::Outcome | Class::Choice) {
                quote!(models::#name)
            } else {
                quote!(#name)
            }
        }
        plain => {
            let facts = plain.facts();
            let name = ident(facts.name);
            let runtime = (facts.home == Home::Runtime).then(|| quote!(runtime::));
            if inner.len() == 0 { quote!(#runtime #name) } else { quote!(#runtime #name<#(#inner),*>) }
        }
    }
}

/// The encoding of a parameter or of a field of a form.
pub(super) fn encoding(style: Style, explode: bool, reserved: bool) -> TokenStream {
    let name = ident(encoding_name(style));
    let explode = match (explode, explodes(style)) {
        (true, false) => Some(quote!(.exploded())),
        (false, true) => Some(quote!(.joined())),
        _ => None,
    };
    let reserved = reserved.then(|| quote!(.with_reserved()));
    quote!(runtime::Encoding::#name #explode #reserved)
}

/// A string literal. It is a raw one if the text has characters that need an escape and Rust can write it so. Rust refuses
/// literals with characters that change the direction of text, unless they are escaped.
pub(super) fn string(text: &str) -> TokenStream {
    let marks = (1..8).map(|count| "#".repeat(count)).find(|marks| !text.contains(&format!("\"{marks}")));
    let is_escaped = |c: char| matches!(c, '\r' | '\0' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let raw = marks.filter(|_| !text.contains(is_escaped) && text.contains(['"', '\n', '\\']));
    let raw = raw.and_then(|marks| format!("r{marks}\"{text}\"{marks}").parse().ok());
    raw.unwrap_or_else(|| quote!(#text))
}

/// An absolute path, which no other item with the name of the crate can hide.
pub(super) fn path(path: &str) -> TokenStream {
    let segments = path.split("::").map(ident);
    quote!(#(::#segments)*)
}

fn of_path(foreign: &str) -> TokenStream {
    let foreign = path(foreign);
    quote!(runtime::ViaFromStr<#foreign>)
}

/// An argument's type, and the expression that makes a value of it.
pub(super) fn argument(ty: &RustType, name: &Ident, names: ModelNames) -> (TokenStream, TokenStream) {
    let passed = passed_type(ty, names);
    if ty.converts() { (quote!(impl Into<#passed>), quote!(#name.into())) } else { (passed, quote!(#name)) }
}

/// The type of a value that callers pass.
fn passed_type(ty: &RustType, names: ModelNames) -> TokenStream {
    match ty {
        // Bytes of a request can be a stream.
        RustType::Bytes => quote!(runtime::Body),
        _ => self::ty(ty, names),
    }
}

/// An argument that also takes `None`.
pub(super) struct OptionArgument {
    /// The generic parameter that the function needs for it.
    pub(super) generic: Option<TokenStream>,
    /// The value is passed as a reference, with the lifetime `'a`.
    pub(super) is_reference: bool,
    /// The type.
    pub(super) ty: TokenStream,
    /// The expression of the value as an option.
    pub(super) value: TokenStream,
}

/// An argument that takes a value, as [`argument`] would, or `None`.
pub(super) fn argument_or_none(inner: &RustType, name: &str, names: ModelNames) -> OptionArgument {
    let (passed, argument) = (passed_type(inner, names), ident(name));
    if inner.converts() {
        // No generated type has a name in this form, so the generic parameter hides none.
        let generic = ident(&format!("{}_IS_OPTION", screaming_snake(name)));
        OptionArgument {
            ty: quote!(impl runtime::OrNone<#passed, #generic>),
            value: quote!(#argument.into_option()),
            generic: Some(quote!(const #generic: bool)),
            is_reference: false,
        }
    } else {
        OptionArgument {
            generic: None,
            is_reference: false,
            ty: quote!(impl Into<Option<#passed>>),
            value: quote!(#argument.into()),
        }
    }
}

/// The attribute by which a function is compiled only in crates that call it, as one with type parameters is. Without it, the
/// crate would compile all of its functions and what they call, although few programs use more than some operations.
pub(super) fn inline_unless_generic(is_generic: bool) -> Option<TokenStream> {
    (!is_generic).then(|| quote!(#[inline]))
}

/// The generic parameters of a function, in angle brackets.
pub(super) fn generics(parameters: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let parameters: Vec<TokenStream> = parameters.collect();
    (!parameters.is_empty()).then(|| quote!(<#(#parameters),*>))
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn characters_that_change_the_direction_are_escaped() {
        for (text, literal) in [
            ("a \"b\"", "r#\"a \"b\"\"#"),
            ("\"\u{202e}abc\"", "\"\\\"\\u{202e}abc\\\"\""),
            ("\"\u{2066}\"", "\"\\\"\\u{2066}\\\"\""),
        ] {
            assert_eq!(string(text).to_string(), literal, "{text:?}");
        }
    }
}
