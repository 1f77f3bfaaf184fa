//! The tables of `xml.rs`: the XML form of bodies, as plain data.

use super::XmlBody;
use crate::plan::models::{Kind, Model};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Every table that a body needs.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    /// One for each body, in the order of the operations.
    pub roots: IndexMap<XmlBody, Root>,
    /// One for each type with fields.
    pub records: Vec<Record>,
    /// One for each union whose members are distinguished by their names.
    pub elements: Vec<Elements>,
    /// The types of these unions, and of those in them.
    pub unions: BTreeSet<String>,
}

/// An XML document.
#[derive(Debug)]
pub(crate) struct Root {
    /// Name of the static.
    pub static_name: String,
    /// Name of the root element.
    pub name: Name,
    /// Content.
    pub content: XmlContent,
}

/// Fields of a type, or of the variants of a union.
#[derive(Debug)]
pub(crate) struct Record {
    /// Name of the static.
    pub static_name: String,
    /// Kind.
    pub kind: RecordKind,
    /// In the order of the description.
    pub members: Vec<Member>,
}

/// The values that have the fields of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RecordKind {
    /// Values of one type.
    Object,
    /// Values of any variant of a union.
    Union,
    /// The same, for a union that can be a scalar too.
    UnionOrScalar,
}

/// A field.
#[derive(Debug)]
pub(crate) struct Member {
    /// Name in JSON.
    pub key: String,
    /// Name in XML.
    pub name: Name,
    /// The runtime's name of the type of its node.
    pub node: &'static str,
    /// Content.
    pub content: XmlContent,
}

/// Elements whose names determine the variant of a union.
#[derive(Debug)]
pub(crate) struct Elements {
    /// Name of their static.
    pub static_name: String,
    /// In the order of the description.
    pub elements: Vec<Element>,
    /// Content of an element that has the name of its place.
    pub other: XmlContent,
}

/// One of these elements.
#[derive(Debug)]
pub(crate) struct Element {
    /// Name.
    pub name: Name,
    /// Paths to the possible variants.
    pub members: Vec<Vec<usize>>,
    /// Content.
    pub content: XmlContent,
}

/// Name of an element or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Local name.
    pub local: String,
    /// Prefix.
    pub prefix: String,
    /// Namespace.
    pub namespace: String,
}

/// Content of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum XmlContent {
    /// The runtime's name of a scalar type or of any content.
    Plain(&'static str),
    /// An element for each item.
    List(Name, Box<XmlContent>),
    /// An element for each key.
    Map(Box<XmlContent>),
    /// The fields in this static.
    Record(String),
    /// The content that its name determines, by this static.
    Named(String),
}

impl Tables {
    /// Marks the unions whose variants are determined by the names of elements.
    pub(in crate::plan) fn mark_unions(&self, models: &mut [Model]) {
        for model in models.iter_mut().filter(|model| self.unions.contains(&model.name)) {
            if let Kind::Union(union) = &mut model.kind {
                union.named_by_element = true;
            }
        }
    }
}
