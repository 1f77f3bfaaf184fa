//! The facts behind `pages()` and `items()` of a call.

use crate::emit::tokens::{ident, ty};
use crate::plan::methods::Method;
use crate::plan::methods::paging::{Next, Pages, Place};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn items(method: &Method) -> Option<TokenStream> {
    let pages = method.pages.as_ref()?;
    let (marker, item, facts) = (ident(&method.marker), ty(&pages.item, true), facts(pages));
    Some(quote! {
        impl runtime::Paged for #marker {
            type Item = #item;
            const PAGES: &'static runtime::Paging = &#facts;
        }
    })
}

fn facts(pages: &Pages) -> TokenStream {
    let facts = &pages.facts;
    let own = |path: Option<&Vec<String>>| given("own", path);
    let step = match &facts.step {
        Next::Cursor { place, next } => {
            let (place, next) = (self::place(place), path(next));
            quote!(cursor(#place, #next))
        }
        Next::LastItem { place, key } => {
            let (place, key) = (self::place(place), path(key));
            quote!(last_item(#place, #key))
        }
        Next::Offset { place, first, own: step } => {
            let (place, first, own) = (self::place(place), Literal::u64_unsuffixed(*first), own(step.as_ref()));
            quote!(offset(#place, #first) #own)
        }
        Next::Number { place, first, own: step, pages } => {
            let (place, first) = (self::place(place), Literal::u64_unsuffixed(*first));
            let (own, pages) = (own(step.as_ref()), given("pages", pages.as_ref()));
            quote!(number(#place, #first) #own #pages)
        }
        Next::Url { next } => {
            let next = path(next);
            quote!(url(#next))
        }
        Next::Link => quote!(Link),
    };
    let items = path(&facts.items);
    let total = given("total", facts.total.as_ref());
    let (more, last) = (given("more", facts.more.as_ref()), given("last", facts.last.as_ref()));
    quote!(runtime::Paging::new(runtime::PageStep::#step, #items) #total #more #last)
}

/// The step of a descriptor for the path to a field of a page, if there is one.
fn given(name: &str, path: Option<&Vec<String>>) -> Option<TokenStream> {
    let (name, path) = (ident(name), self::path(path?));
    Some(quote!(.#name(#path)))
}

fn path(path: &[String]) -> TokenStream {
    quote!(&[#(#path),*])
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
