//! Kinds of parts: files, values, and unions of both.

use super::media_kind::{MediaKind, is_binary};
use crate::api::{Encoding, Property, SchemaId, Shape, Style};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use crate::plan::xml::XmlBody;

/// Encoding of a part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// A file. It has this media type unless the caller sets another.
    File(String),
    /// Several content_type.
    Files(String),
    /// A value of this media type, or of none.
    Value(String),
    /// XML of this media type, by the table of this body. Each item of a list is a part.
    Xml(String, XmlBody),
    /// A style of query parameters.
    Styled(Style, bool),
    /// An enum of several types. One of them is a file.
    Choice,
    /// A list of such enums.
    Choices,
    /// The only possible string.
    Fixed(String),
}

impl PartKind {
    /// Returns true for a value, false for a file.
    #[must_use]
    pub(crate) const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Xml(..) | Self::Styled(..))
    }

    /// The type of the argument for values of this type.
    pub(super) fn ty(&self, value: RustType) -> RustType {
        match self {
            Self::File(_) => RustType::File,
            Self::Files(_) => RustType::List(Box::new(RustType::File)),
            Self::Value(_) | Self::Xml(..) | Self::Styled(..) | Self::Choice | Self::Choices | Self::Fixed(_) => value,
        }
    }
}

/// Depth to which unions and lists are searched for content_type.
const DEEPEST: usize = 8;

pub(super) fn kind(property: &Property, encoding: Option<&Encoding>, ty: &RustType, types: &Types<'_>) -> PartKind {
    // Some frameworks give every part a style, such as Swashbuckle's `style: form`. It has no meaning for a file.
    let content_type = ContentType::of(encoding);
    let file = || content_type.is_bytes(property.schema, types) || has_file(property.schema, content_type, types);
    if let Some((style, explode)) = encoding.and_then(|encoding| encoding.style).filter(|_| !file()) {
        return PartKind::Styled(style, explode);
    }
    kind_of(property.schema, &property.name, encoding, ty, types)
}

/// Encoding of a part, or of one of the types of a part, by its schema.
pub(super) fn kind_of(
    schema: SchemaId,
    name: &str,
    encoding: Option<&Encoding>,
    ty: &RustType,
    types: &Types<'_>,
) -> PartKind {
    let content_type = ContentType::of(encoding);
    if content_type.is_file(schema, types) {
        return PartKind::File(content_type.media());
    }
    // Of several media types or a range, the part has none.
    let one = if content_type.0.contains([',', '*']) { "" } else { content_type.0.trim() };
    match types.shape(schema) {
        Some(Shape::List(items)) if content_type.is_file(*items, types) => PartKind::Files(content_type.media()),
        Some(Shape::List(items)) if has_file(*items, content_type, types) => PartKind::Choices,
        Some(Shape::Union(_)) if has_file(schema, content_type, types) => PartKind::Choice,
        shape if MediaKind::of_name(one) == MediaKind::Xml && has_elements(shape, types) => {
            let item = if let Some(Shape::List(items)) = shape { *items } else { schema };
            PartKind::Xml(one.to_owned(), XmlBody::of_part(item, name, types))
        }
        _ if matches!(ty, RustType::Json) => PartKind::Value("application/json".to_owned()),
        _ => PartKind::Value(one.to_owned()),
    }
}

/// The `contentType` of an encoding: a media type, several, ranges, or nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct ContentType<'e>(&'e str);

impl<'e> ContentType<'e> {
    pub(super) fn of(encoding: Option<&'e Encoding>) -> Self {
        Self(encoding.and_then(|encoding| encoding.media.as_deref()).unwrap_or_default())
    }

    /// The default media type of a file: the first one that is not a range. If there are only ranges, the caller must
    /// set it, unless any bytes match.
    fn media(self) -> String {
        let octets = "application/octet-stream";
        let all = || self.0.split(',').map(str::trim).filter(|media| !media.is_empty());
        let first = all().find(|media| !media.contains('*'));
        let any = all().any(|range| matches!(range, "*/*" | "*" | "application/*"));
        let whole = || all().collect::<Vec<_>>().join(", ");
        first.map_or_else(|| if any || all().next().is_none() { octets.to_owned() } else { whole() }, str::to_owned)
    }

    /// Returns true if values of a schema are content_type.
    fn is_file(self, schema: SchemaId, types: &Types<'_>) -> bool {
        match types.shape(schema) {
            // Without a type, it is bytes (OpenAPI 3.1, "Considerations for File Uploads").
            Some(Shape::Any(any)) => !any.fallback,
            _ => self.is_bytes(schema, types),
        }
    }

    /// Returns true if values of a schema are bytes, by the schema or by the media type of a string.
    pub(super) fn is_bytes(self, schema: SchemaId, types: &Types<'_>) -> bool {
        let shape = types.shape(schema);
        let opaque = || {
            !self.0.is_empty() && self.0.split(',').all(|media| MediaKind::of_name(media.trim()) == MediaKind::Bytes)
        };
        matches!(shape, Some(Shape::Scalar(_))) && (is_binary(schema, types) || opaque())
    }
}

/// Returns true if values, or the items of a list, have members. Other values are strings in XML.
fn has_elements(shape: Option<&Shape>, types: &Types<'_>) -> bool {
    let last = |id| types.shape(id);
    let item = if let Some(Shape::List(items)) = shape { last(*items) } else { shape };
    matches!(item, Some(Shape::Object(_) | Shape::Union(_) | Shape::Map(_)))
}

/// Returns true for a union that contains a file and for a list of content_type.
pub(super) fn has_file(schema: SchemaId, content_type: ContentType<'_>, types: &Types<'_>) -> bool {
    fn contains_file(schema: SchemaId, content_type: ContentType<'_>, types: &Types<'_>, depth: usize) -> bool {
        let shape = types.shape(schema);
        let inner = |schema| {
            depth > 0 && (content_type.is_bytes(schema, types) || contains_file(schema, content_type, types, depth - 1))
        };
        match shape {
            Some(Shape::Union(union)) => union.members.iter().any(|member| inner(member.schema)),
            Some(Shape::List(items)) => inner(*items),
            _ => false,
        }
    }
    contains_file(schema, content_type, types, DEEPEST)
}
