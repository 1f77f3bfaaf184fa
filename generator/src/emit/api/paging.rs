//! `pages()` and `items()` of a call.

use crate::emit::tokens::{ident, ty};
use crate::plan::methods::Method;
use crate::plan::methods::paging::{Next, Pages, Place};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn items(method: &Method) -> Vec<TokenStream> {
    let (Some(pages), Some(named)) = (&method.pages, &method.call) else { return Vec::new() };
    let (named, constant) = (ident(named), ident(&pages.constant));
    let (success, failure) = (ty(&method.success.ty(), true), ty(&method.failure.ty(), true));
    let item = ty(&pages.item, true);
    vec![facts(pages), quote!(runtime::paged_call!(#named, #success, #failure, #item, #constant);)]
}

fn facts(pages: &Pages) -> TokenStream {
    let constant = ident(&pages.constant);
    let facts = &pages.facts;
    let step = match &facts.step {
        Next::Cursor { place, next } => {
            let (place, next) = (self::place(place), path(next));
            quote!(Cursor { place: #place, next: #next })
        }
        Next::LastItem { place, key } => {
            let (place, key) = (self::place(place), path(key));
            quote!(LastItem { place: #place, key: #key })
        }
        Next::Offset { place, first, own } => {
            let (place, first, own) = (self::place(place), Literal::u64_unsuffixed(*first), perhaps(own.as_ref()));
            quote!(Offset { place: #place, first: #first, own: #own })
        }
        Next::Number { place, first, own, pages } => {
            let (place, first) = (self::place(place), Literal::u64_unsuffixed(*first));
            let (own, pages) = (perhaps(own.as_ref()), perhaps(pages.as_ref()));
            quote!(Number { place: #place, first: #first, own: #own, pages: #pages })
        }
        Next::Url { next } => {
            let next = path(next);
            quote!(Url { next: #next })
        }
        Next::Link => quote!(Link),
    };
    let items = path(&facts.items);
    let [total, more, last] = [&facts.total, &facts.more, &facts.last].map(|path| perhaps(path.as_ref()));
    quote! {
        static #constant: runtime::Paging = runtime::Paging {
            step: runtime::PageStep::#step,
            items: #items,
            total: #total,
            more: #more,
            last: #last,
        };
    }
}

fn path(path: &[String]) -> TokenStream {
    quote!(&[#(#path),*])
}

fn perhaps(path: Option<&Vec<String>>) -> TokenStream {
    path.map_or_else(
        || quote!(None),
        |path| {
            let path = self::path(path);
            quote!(Some(#path))
        },
    )
}

fn place(place: &Place) -> TokenStream {
    match place {
        Place::Query(name) => quote!(runtime::PagePlace::Query(#name)),
        Place::Header(name) => quote!(runtime::PagePlace::Header(#name)),
        Place::Body(members) => {
            let members = path(members);
            quote!(runtime::PagePlace::Body(#members))
        }
    }
}
