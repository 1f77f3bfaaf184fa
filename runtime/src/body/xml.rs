//! XML bodies, for APIs whose documents have any. Models are read and written as JSON trees; a table of facts from the
//! document (OpenAPI, "XML Object") says how these meet elements and attributes.

mod annotate;
mod parts;
mod reading;
mod writing;

use crate::call::response::RawResponse;
use crate::call::{Draft, Payload};
use crate::codec::{Decode, DecodeError, Encode, EncodeError};

/// What an element holds.
#[derive(Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Whatever there is.
    Any,
    /// An element for each item.
    List {
        /// What each is called.
        item: Name,
        /// What each holds.
        of: &'static Shape,
    },
    /// An element for each key.
    Map {
        /// What each holds.
        of: &'static Shape,
    },
    /// Known members.
    Record {
        /// In the order of the document.
        members: &'static [Member],
    },
    /// What one of several types holds.
    Choice {
        /// The members of them all.
        members: &'static [Member],
        /// It may be a plain value too.
        plain: bool,
    },
    /// What the name of the element says.
    Named {
        /// The elements that say it.
        elements: &'static [Element],
        /// What an element holds that is called like its place.
        other: &'static Self,
    },
}

/// An element whose name says which members of a union its value may be.
#[derive(Debug)]
pub struct Element {
    /// What it is called.
    pub name: Name,
    /// The way to each member through unions in unions, by their numbers. Where there are several, the name does not say
    /// which.
    pub members: &'static [&'static [usize]],
    /// What it holds.
    pub of: &'static Shape,
}

/// What an element or attribute is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Without its prefix.
    pub local: &'static str,
    /// Before the colon; may be empty.
    pub prefix: &'static str,
    /// What the prefix stands for; may be empty.
    pub namespace: &'static str,
}

impl Name {
    /// Without a prefix and a namespace.
    #[must_use]
    pub const fn new(local: &'static str) -> Self {
        Self { local, prefix: "", namespace: "" }
    }
}

/// A member of a record.
#[derive(Debug)]
pub struct Member {
    /// In JSON.
    pub key: &'static str,
    /// In XML.
    pub name: Name,
    /// Where it stands.
    pub place: Place,
    /// What it holds.
    pub of: &'static Shape,
}

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In an element; the items of a list each in one, without one around them.
    Element,
    /// In an element around the items of a list.
    Wrapped,
    /// In an attribute.
    Attribute,
    /// Between the tags.
    Text,
    /// Between the tags, in a section whose characters stand for themselves.
    CData,
    /// Nowhere itself: its own members stand in its place.
    Inline,
}

/// A whole document.
#[derive(Debug)]
pub struct Root {
    /// What its element is called.
    pub name: Name,
    /// What it holds.
    pub of: &'static Shape,
}

impl Root {
    /// Reads a body.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is no XML, or not this type.
    pub fn read<T: Decode>(&self, response: &RawResponse) -> Result<T, DecodeError> {
        // What a text stands for, the type says: only unions leave it open here.
        let value = reading::read(response.body(), self, response.limits.xml)?;
        response.decode_texts(&value)
    }

    /// Writes a value.
    ///
    /// # Errors
    /// Returns an error when it cannot be written.
    pub fn write(&self, value: &dyn Encode) -> Result<String, EncodeError> {
        self.written(value, false)
    }

    fn written(&self, value: &dyn Encode, request: bool) -> Result<String, EncodeError> {
        let value = annotate::tree(value, request)?;
        writing::write(&value, self).map_err(|error| EncodeError::new(error.to_string()))
    }
}

impl Draft {
    /// An XML body.
    pub fn xml(&mut self, media: &str, root: &Root, body: &dyn Encode) {
        self.change(|draft| {
            let text = root
                .written(body, true)
                .map_err(|error| EncodeError::new(format!("the body cannot be written: {error}")))?;
            draft.put_body(media, Payload::Other(text.into()))
        });
    }
}
