//! `xml.rs`: the tables of bodies in XML.

use super::tokens::{ident, import};
use super::{Content, OutputFile, Section};
use crate::plan::Plan;
use crate::plan::xml::{Element, Member, Name, RecordKind, XmlContent};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub(super) fn tables(plan: &Plan) -> Option<OutputFile<'_>> {
    let content = Content::Rust(vec!["The XML form of bodies.".to_owned()], vec![Section::new(|| items(plan))]);
    (!plan.xml.roots.is_empty()).then(|| OutputFile { path: "src/xml.rs".to_owned(), content })
}

/// The tables of bodies, of objects, and of elements that stand for members of unions.
fn items(plan: &Plan) -> Vec<TokenStream> {
    let roots = plan.xml.roots.values().map(|root| {
        let (static_name, name, content) = (ident(&root.static_name), name(&root.name), content_of(&root.content));
        quote! {
            pub static #static_name: Root = Root::new(#name, &#content);
        }
    });
    let records = plan.xml.records.iter().map(|record| {
        let (static_name, members) = (ident(&record.static_name), record.members.iter().map(member));
        let shape = match record.kind {
            RecordKind::Object => quote!(record(&[#(#members),*])),
            RecordKind::Union => quote!(union(&[#(#members),*])),
            RecordKind::UnionOrScalar => quote!(union(&[#(#members),*]).or_plain()),
        };
        quote! {
            pub static #static_name: Shape = Shape::#shape;
        }
    });
    let elements = plan.xml.elements.iter().map(|named| {
        let (static_name, other) = (ident(&named.static_name), content_of(&named.other));
        let elements = named.elements.iter().map(element);
        quote! {
            pub static #static_name: Shape =
                Shape::named(&[#(#elements),*], &#other);
        }
    });
    [import(plan), names(plan)].into_iter().chain(roots).chain(records).chain(elements).collect()
}

/// The import of the types of the tables. Only those that occur, since an unused import is a warning.
fn names(plan: &Plan) -> TokenStream {
    let xml = &plan.xml;
    let has_member = xml.records.iter().any(|record| !record.members.is_empty());
    let needs_shape_import = |content: &XmlContent| !matches!(content, XmlContent::Record(_) | XmlContent::Named(_));
    let has_shape = !xml.records.is_empty()
        || !xml.elements.is_empty()
        || xml.roots.values().any(|root| needs_shape_import(&root.content));
    let names = [
        ("Element", !xml.elements.is_empty()),
        ("Member", has_member),
        ("Name", true),
        ("NodeType", has_member),
        ("Root", true),
        ("Shape", has_shape),
    ];
    let names = names.into_iter().filter(|(_, occurs)| *occurs).map(|(name, _)| ident(name));
    quote!(use runtime::body::xml::{#(#names),*};)
}

fn element(element: &Element) -> TokenStream {
    let (name, content) = (name(&element.name), content_of(&element.content));
    let members = element.members.iter().map(|way| {
        let way = way.iter().map(|index| Literal::usize_unsuffixed(*index));
        quote!(&[#(#way),*])
    });
    quote!(Element::new(#name, &[#(#members),*], &#content))
}

fn name(name: &Name) -> TokenStream {
    let (local, prefix, namespace) = (&name.local, &name.prefix, &name.namespace);
    let prefix = (!prefix.is_empty()).then(|| quote!(.prefix(#prefix)));
    let namespace = (!namespace.is_empty()).then(|| quote!(.namespace(#namespace)));
    quote!(Name::new(#local) #prefix #namespace)
}

fn member(member: &Member) -> TokenStream {
    let (key, name, node, content) = (&member.key, name(&member.name), ident(member.node), content_of(&member.content));
    quote!(Member::new(#key, #name, NodeType::#node, &#content))
}

/// The expression for a content: a constant of `Shape`, or the static of its table.
fn content_of(content: &XmlContent) -> TokenStream {
    match content {
        XmlContent::Plain(kind) => {
            let kind = ident(kind);
            quote!(Shape::#kind)
        }
        XmlContent::List(item, content) => {
            let (item, content) = (name(item), content_of(content));
            quote!(Shape::list(#item, &#content))
        }
        XmlContent::Map(content) => {
            let content = content_of(content);
            quote!(Shape::map(&#content))
        }
        XmlContent::Record(static_name) | XmlContent::Named(static_name) => {
            let static_name = ident(static_name);
            quote!(#static_name)
        }
    }
}
