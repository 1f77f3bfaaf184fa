//! XML bodies. Models are encoded and decoded as JSON trees. Tables from the description (OpenAPI, "XML Object") define
//! how the trees correspond to elements and attributes.

mod annotate;
mod parts;
mod reading;
mod writing;

use crate::call::response::RawResponse;
use crate::call::{Draft, Payload};
use crate::codec::{Decode, DecodeError, Encode, EncodeError};

/// The content of an element. For generated code.
#[derive(Debug)]
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
    List {
        /// The name of each item's element.
        item: Name,
        /// The content of each item.
        of: &'static Shape,
    },
    /// A map, with one element for each key.
    Map {
        /// The content of each value.
        of: &'static Shape,
    },
    /// An object.
    Record {
        /// The members in the order of the description.
        members: &'static [Member],
    },
    /// A union.
    Choice {
        /// The members of all its variants.
        members: &'static [Member],
        /// True if a variant is not an object.
        plain: bool,
    },
    /// A union whose variant depends on the name of the element.
    Named {
        /// The elements of the variants.
        elements: &'static [Element],
        /// The content of an element whose name is that of its member.
        other: &'static Self,
    },
}

/// An element whose name determines the variant of a union. For generated code.
#[derive(Debug)]
pub struct Element {
    /// The name of the element.
    pub name: Name,
    /// The indices of the variants that lead to the value through nested unions. If there are several paths, the name
    /// does not determine one.
    pub members: &'static [&'static [usize]],
    /// The content of the element.
    pub of: &'static Shape,
}

/// The name of an element or attribute. For generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

/// A member of an object. For generated code.
#[derive(Debug)]
pub struct Member {
    /// The name in JSON.
    pub key: &'static str,
    /// The name in XML.
    pub name: Name,
    /// The place in XML.
    pub place: Place,
    /// The content.
    pub of: &'static Shape,
}

/// The place of a member. For generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
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
    /// No place: its own members replace it.
    Inline,
}

/// The root element of a document. For generated code.
#[derive(Debug)]
pub struct Root {
    /// The name of the element.
    pub name: Name,
    /// The content of the element.
    pub of: &'static Shape,
}

impl Root {
    /// Decodes a body.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not XML, is not of this type, or exceeds the client's limits.
    pub fn read<T: Decode>(&self, response: &RawResponse) -> Result<T, DecodeError> {
        // The type decides how a string is decoded. Only in unions it is open here.
        let value = reading::read(response.body(), self, response.limits.xml)?;
        response.decode_texts(&value)
    }

    /// Encodes a value.
    ///
    /// # Errors
    /// Returns an error when the value cannot be encoded.
    pub fn write(&self, value: &dyn Encode) -> Result<String, EncodeError> {
        self.written(value, false)
    }

    fn written(&self, value: &dyn Encode, request: bool) -> Result<String, EncodeError> {
        let value = annotate::tree(value, request)?;
        writing::write(&value, self).map_err(|error| EncodeError::new(error.to_string()))
    }
}

impl Draft {
    /// Sets an XML body.
    pub fn xml(&mut self, media: &str, root: &Root, body: &dyn Encode) {
        self.change(|draft| {
            let text = root
                .written(body, true)
                .map_err(|error| EncodeError::new(format!("the body cannot be written: {error}")))?;
            draft.put_body(media, Payload::Other(text.into()))
        });
    }
}
