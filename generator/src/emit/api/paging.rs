//! The facts for `pages()` and `items()` of a call.

use crate::emit::tokens::{ModelNames, ident, ty};
use crate::plan::operations::PlannedOperation;
use crate::plan::operations::paging::{PageLocation, Pages, Step};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn items(operation: &PlannedOperation) -> Option<TokenStream> {
    let pages = operation.pages.as_ref()?;
    let (marker, item, facts) = (ident(&operation.marker), ty(&pages.item, ModelNames::InModule), facts(pages));
    Some(quote! {
        impl runtime::Paged for #marker {
            type Item = #item;
            const PAGES: &'static runtime::Paging = &#facts;
        }
    })
}

/// The constant with the facts about a pagination.
fn facts(pages: &Pages) -> TokenStream {
    let facts = &pages.facts;
    let step = match &facts.step {
        Step::Cursor { location, next } => {
            let (location, next) = (self::location(location), path(next));
            quote!(cursor(#location, #next))
        }
        Step::LastItem { location, key } => {
            let (location, key) = (self::location(location), path(key));
            quote!(last_item(#location, #key))
        }
        Step::Offset { location, first, response_offset } => {
            let (location, first) = (self::location(location), Literal::u64_unsuffixed(*first));
            let own = path_method("own", response_offset.as_ref());
            quote!(offset(#location, #first) #own)
        }
        Step::Number { location, first, response_page, pages } => {
            let (location, first) = (self::location(location), Literal::u64_unsuffixed(*first));
            let (own, pages) = (path_method("own", response_page.as_ref()), path_method("pages", pages.as_ref()));
            quote!(number(#location, #first) #own #pages)
        }
        Step::Url { next } => {
            let next = path(next);
            quote!(url(#next))
        }
        Step::Link => quote!(Link),
    };
    let items = path(&facts.items);
    let total = path_method("total", facts.total.as_ref());
    let (more, last) = (path_method("more", facts.more.as_ref()), path_method("last", facts.last.as_ref()));
    quote!(runtime::Paging::new(runtime::PageStep::#step, #items) #total #more #last)
}

/// The builder method of a constant of the runtime for the path to a field of a page, if there is one.
fn path_method(name: &str, path: Option<&Vec<String>>) -> Option<TokenStream> {
    let (name, path) = (ident(name), self::path(path?));
    Some(quote!(.#name(#path)))
}

fn path(path: &[String]) -> TokenStream {
    quote!(&[#(#path),*])
}

fn location(location: &PageLocation) -> TokenStream {
    match location {
        PageLocation::Query(name) => quote!(runtime::PageLocation::Query(#name)),
        PageLocation::Header(name) => quote!(runtime::PageLocation::Header(#name)),
        PageLocation::Body(members) => {
            let members = path(members);
            quote!(runtime::PageLocation::Body(#members))
        }
    }
}
