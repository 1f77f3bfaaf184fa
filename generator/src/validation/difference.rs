//! A difference between a value and its schema. Plain data.
//!
//! A *difference* is anything that the schema does not define. A *violation* is one that the schema forbids. An
//! *undecodable* one is one that the generated crate cannot decode.

use crate::api::{Extra, SchemaId, Schemas, Shape};
use serde_json::Value;

/// A difference between a value and its schema.
#[derive(Debug, Clone)]
pub(crate) struct Difference<'v> {
    /// The JSON pointer of the value in the whole.
    pub at: String,
    /// The schema.
    pub schema: SchemaId,
    /// The difference.
    pub detail: Detail<'v>,
}

/// The kinds of differences.
#[derive(Debug, Clone)]
pub(crate) enum Detail<'v> {
    /// A field that the schema does not define, with its value if that is known.
    Field(&'v str, Option<&'v Value>),
    /// A value that the enum or constant does not have, if it is known.
    Value(Option<&'v Value>),
    /// A required field that is absent.
    Missing(String),
    /// Null.
    Null,
    /// Another JSON type: expected, found.
    Type(&'static str, &'static str),
    /// A discriminator value that no variant has.
    Variant,
    /// An unknown value that cannot be decoded.
    Undecodable,
    /// A keyword that the value does not follow, with its value: `maxLength`, `5`.
    Keyword(&'static str, String),
}

impl Detail<'_> {
    /// Returns true if the generated crate cannot decode the value.
    pub(crate) const fn is_undecodable(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Null | Self::Type(..) | Self::Undecodable)
    }
}

impl Difference<'_> {
    /// Returns true if the schema forbids the value. A field that the schema does not define is allowed in an open object.
    pub(crate) fn is_violation(&self, schemas: &Schemas) -> bool {
        match self.detail {
            Detail::Field(..) => schemas.get(self.schema).is_some_and(|schema| is_closed(&schema.shape)),
            _ => true,
        }
    }

    /// The difference as a sentence without a subject: "has the type string in place of integer".
    pub(crate) fn message(&self) -> String {
        match &self.detail {
            Detail::Field(name, _) => format!("has the field `{name}`, which the schema does not allow"),
            Detail::Value(_) => "has a value that the schema does not allow".to_owned(),
            Detail::Missing(name) => format!("lacks `{name}`, which is required"),
            Detail::Null => "is null, which the schema does not allow".to_owned(),
            Detail::Type(expected, found) => format!("has the type {found} in place of {expected}"),
            Detail::Variant => "has a discriminator value that no variant has".to_owned(),
            Detail::Undecodable => "has a value that cannot be decoded".to_owned(),
            Detail::Keyword("format", format) => format!("does not have the format `{format}`"),
            Detail::Keyword(keyword, limit) => format!("does not follow `{keyword}: {limit}`"),
        }
    }
}

fn is_closed(shape: &Shape) -> bool {
    matches!(shape, Shape::Object(object) if object.extra == Extra::None)
}
