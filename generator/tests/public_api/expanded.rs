//! The types that macros of the runtime define in generated code, as they are after expansion.

use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Ident, Item, parse_quote};

/// The items of a macro call that defines a public type; `None` for every other item.
pub(crate) fn expanded(item: &Item) -> Option<Vec<Item>> {
    let Item::Macro(call) = item else { return None };
    let name = call.mac.path.segments.last()?.ident.to_string();
    let parts = |input: ParseStream<'_>| {
        let item: Item = input.parse()?;
        let fallback = input.parse::<syn::Token![else]>().and_then(|_| input.parse::<Ident>()).ok();
        input.parse::<proc_macro2::TokenStream>()?;
        Ok((item, fallback))
    };
    let (open, unknown) = match name.as_str() {
        "open_enum" => (quote!(OpenEnum), quote!(UnknownText)),
        "open_integer_enum" => (quote!(OpenIntegerEnum), quote!(UnknownInteger)),
        "closed_enum" => (quote!(ClosedEnum), quote!()),
        "closed_integer_enum" => (quote!(ClosedIntegerEnum), quote!()),
        "required_fields" => (quote!(), quote!()),
        _ => return None,
    };
    match parts.parse2(call.mac.tokens.clone()).ok()? {
        (Item::Struct(mut item), _) => {
            item.attrs.push(parse_quote!(#[derive(Debug, Clone, PartialEq)]));
            Some(vec![Item::Struct(item)])
        }
        (Item::Enum(mut item), fallback) => {
            item.variants.iter_mut().for_each(|variant| variant.discriminant = None::<(_, Expr)>);
            item.attrs.push(parse_quote!(#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]));
            match fallback {
                Some(fallback) => {
                    item.attrs.push(parse_quote!(#[non_exhaustive]));
                    item.variants.push(parse_quote!(#fallback(runtime::#unknown)));
                }
                None => item.attrs.push(parse_quote!(#[derive(Copy)])),
            }
            let of = &item.ident;
            let implementation = parse_quote!(impl runtime::#open for #of {});
            Some(vec![Item::Enum(item), implementation])
        }
        _ => None,
    }
}
