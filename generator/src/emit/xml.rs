//! `xml.rs`: the tables of bodies in XML.

use super::tokens::{ident, import};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::xml::{Element, Holds, Member, Name};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn tables(plan: &Plan) -> Option<OutputFile<'_>> {
    let content = Content::Rust(vec!["The XML form of bodies.".to_owned()], vec![Section::new(|| items(plan))]);
    (!plan.xml.roots.is_empty()).then(|| OutputFile { path: "src/xml.rs".to_owned(), content })
}

fn items(plan: &Plan) -> Vec<TokenStream> {
    let roots = plan.xml.roots.iter().map(|root| {
        let (constant, name, of) = (ident(&root.constant), name(&root.name), holds(&root.of));
        quote! {
            pub static #constant: runtime::body::xml::Root = runtime::body::xml::Root::new(#name, &#of);
        }
    });
    let records = plan.xml.records.iter().map(|record| {
        let (constant, members) = (ident(&record.constant), record.members.iter().map(member));
        let shape = match record.choice {
            None => quote!(record(&[#(#members),*])),
            Some(false) => quote!(choice(&[#(#members),*])),
            Some(true) => quote!(choice(&[#(#members),*]).or_plain()),
        };
        quote! {
            pub static #constant: runtime::body::xml::Shape = runtime::body::xml::Shape::#shape;
        }
    });
    let elements = plan.xml.elements.iter().map(|named| {
        let (constant, other) = (ident(&named.constant), holds(&named.other));
        let elements = named.elements.iter().map(element);
        quote! {
            pub static #constant: runtime::body::xml::Shape =
                runtime::body::xml::Shape::named(&[#(#elements),*], &#other);
        }
    });
    std::iter::once(import(plan)).chain(roots).chain(records).chain(elements).collect()
}

fn element(element: &Element) -> TokenStream {
    let (name, of) = (name(&element.name), holds(&element.of));
    let members = element.members.iter().map(|way| {
        let way = way.iter().map(|index| Literal::usize_unsuffixed(*index));
        quote!(&[#(#way),*])
    });
    quote!(runtime::body::xml::Element::new(#name, &[#(#members),*], &#of))
}

fn name(name: &Name) -> TokenStream {
    let (local, prefix, namespace) = (&name.local, &name.prefix, &name.namespace);
    let prefix = (!prefix.is_empty()).then(|| quote!(.prefix(#prefix)));
    let namespace = (!namespace.is_empty()).then(|| quote!(.namespace(#namespace)));
    quote!(runtime::body::xml::Name::new(#local) #prefix #namespace)
}

fn member(member: &Member) -> TokenStream {
    let (key, name, place, of) = (&member.key, name(&member.name), ident(member.place), holds(&member.of));
    quote!(runtime::body::xml::Member::new(#key, #name, runtime::body::xml::Place::#place, &#of))
}

fn holds(of: &Holds) -> TokenStream {
    match of {
        Holds::Plain(kind) => {
            let kind = ident(kind);
            quote!(runtime::body::xml::Shape::#kind)
        }
        Holds::List(item, of) => {
            let (item, of) = (name(item), holds(of));
            quote!(runtime::body::xml::Shape::list(#item, &#of))
        }
        Holds::Map(of) => {
            let of = holds(of);
            quote!(runtime::body::xml::Shape::map(&#of))
        }
        Holds::Record(constant) | Holds::Named(constant) => {
            let constant = ident(constant);
            quote!(#constant)
        }
    }
}
