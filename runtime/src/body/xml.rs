//! XML bodies. Models are encoded and decoded as JSON trees. Tables from the description (OpenAPI, "XML Object") define
//! how the trees correspond to elements and attributes.

mod annotate;
#[cfg(not(unused = "multipart"))]
mod parts;
mod reading;
mod writing;

use crate::codec::{Decode, DecodeError, Encode, EncodeError};
use crate::response::RawResponse;

/// The content of an element.
#[derive(Debug)]
#[non_exhaustive]
pub enum Shape {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Any value.
    Any,
    /// A list, with one element for each item.
    #[non_exhaustive]
    List {
        /// The name of each item's element.
        item: Name,
        /// The content of each item.
        of: &'static Shape,
    },
    /// A map, with one element for each key.
    #[non_exhaustive]
    Map {
        /// The content of each value.
        of: &'static Shape,
    },
    /// An object.
    #[non_exhaustive]
    Record {
        /// The members in the order of the description.
        members: &'static [Member],
    },
    /// A union.
    #[non_exhaustive]
    Union {
        /// The members of all its variants.
        members: &'static [Member],
        /// True if a variant is not an object.
        plain: bool,
    },
    /// A union whose variant depends on the name of the element.
    #[non_exhaustive]
    Named {
        /// The elements of the variants.
        elements: &'static [Element],
        /// The content of an element that has the name of the property instead of the name of a variant.
        other: &'static Self,
    },
}

impl Shape {
    /// Creates the shape of a list, from the name of each item's element and the content of each item.
    #[must_use]
    pub const fn list(item: Name, of: &'static Self) -> Self {
        Self::List { item, of }
    }

    /// Creates the shape of a map, from the content of each value.
    #[must_use]
    pub const fn map(of: &'static Self) -> Self {
        Self::Map { of }
    }

    /// Creates the shape of an object, from its members in the order of the description.
    #[must_use]
    pub const fn record(members: &'static [Member]) -> Self {
        Self::Record { members }
    }

    /// Creates the shape of a union of objects, from the members of all its variants.
    #[must_use]
    pub const fn union(members: &'static [Member]) -> Self {
        Self::Union { members, plain: false }
    }

    /// Allows variants of a union that are not objects. Has no effect on other shapes.
    #[must_use]
    pub const fn or_plain(self) -> Self {
        match self {
            Self::Union { members, .. } => Self::Union { members, plain: true },
            other => other,
        }
    }

    /// Creates the shape of a union whose variant depends on the name of the element. `other` is the content of an
    /// element that has the name of the property instead of the name of a variant.
    #[must_use]
    pub const fn named(elements: &'static [Element], other: &'static Self) -> Self {
        Self::Named { elements, other }
    }
}

/// An element whose name determines the variant of a union.
#[derive(Debug)]
#[non_exhaustive]
pub struct Element {
    /// The name of the element.
    pub name: Name,
    /// The indices of the variants that lead to the value through nested unions. If there are several paths, the name
    /// does not determine one.
    pub variants: &'static [&'static [usize]],
    /// The content of the element.
    pub of: &'static Shape,
}

impl Element {
    /// Creates an element from its name, the paths to its variants, and its content.
    #[must_use]
    pub const fn new(name: Name, variants: &'static [&'static [usize]], of: &'static Shape) -> Self {
        Self { name, variants, of }
    }
}

/// The name of an element or attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Name {
    /// The local name.
    pub local: &'static str,
    /// The prefix before the colon; may be empty.
    pub prefix: &'static str,
    /// The URI of the namespace; may be empty.
    pub namespace: &'static str,
}

impl Name {
    /// Creates a name without a prefix and a namespace.
    #[must_use]
    pub const fn new(local: &'static str) -> Self {
        Self { local, prefix: "", namespace: "" }
    }

    /// Sets the prefix.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Sets the URI of the namespace.
    #[must_use]
    pub const fn namespace(mut self, uri: &'static str) -> Self {
        self.namespace = uri;
        self
    }
}

/// A member of an object.
#[derive(Debug)]
#[non_exhaustive]
pub struct Member {
    /// The name in JSON.
    pub key: &'static str,
    /// The name in XML.
    pub name: Name,
    /// The type of its node in XML.
    pub node: NodeType,
    /// The content.
    pub of: &'static Shape,
}

impl Member {
    /// Creates a member from its name in JSON, its name and the type of its node in XML, and its content.
    #[must_use]
    pub const fn new(key: &'static str, name: Name, node: NodeType, of: &'static Shape) -> Self {
        Self { key, name, node, of }
    }
}

/// The type of the node of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NodeType {
    /// An element. A list has one element for each item, without an element around them.
    Element,
    /// An element around the elements of a list's items.
    Wrapped,
    /// An attribute.
    Attribute,
    /// The text of the element.
    Text,
    /// A CDATA section.
    CData,
    /// No node: its own members replace it.
    Inline,
}

/// The root element of a document.
#[derive(Debug)]
#[non_exhaustive]
pub struct Root {
    /// The name of the element.
    pub name: Name,
    /// The content of the element.
    pub of: &'static Shape,
}

impl Root {
    /// Creates a root element from its name and content.
    #[must_use]
    pub const fn new(name: Name, of: &'static Shape) -> Self {
        Self { name, of }
    }

    /// Decodes a body.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not XML, is not of this type, or exceeds the client's limits.
    pub fn read<T: Decode>(&self, response: &RawResponse) -> Result<T, DecodeError> {
        // Types also parse strings of the tree, because text in a union has no shape that tells a number from a string.
        let value = reading::read(response.raw_body(), response.content_type(), self, response.limits.xml)?;
        response.decode_texts(&value)
    }

    /// Encodes a value.
    ///
    /// # Errors
    /// Returns an error when the value cannot be encoded.
    pub fn write(&self, value: &dyn Encode) -> Result<String, EncodeError> {
        self.written(value, false)
    }

    /// Encodes a value, without read-only fields for a request.
    pub(crate) fn written(&self, value: &dyn Encode, request: bool) -> Result<String, EncodeError> {
        let value = annotate::tree(value, request)?;
        writing::write(&value, self).map_err(|error| EncodeError::new(error.to_string()))
    }
}
