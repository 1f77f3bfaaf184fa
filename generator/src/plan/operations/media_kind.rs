//! Kinds of media types: by the name, and by the schema where the name leaves the kind open.

use crate::api::{Items, Media, Scalar, SchemaId, Shape, essence};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

/// A kind of media types that are written and read in one way: a row of [`codec`](super::codec).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum MediaKind {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Multipart.
    Multipart,
    /// XML.
    Xml,
    /// UTF-8 text.
    Text,
    /// Bytes of any other kind.
    Bytes,
    /// A stream of JSON values, one on each line.
    Lines,
    /// A stream of JSON texts (RFC 7464).
    JsonSequence,
    /// A stream of server-sent events.
    Events,
    /// A stream of parts, each of which is a value.
    PartStream,
}

impl MediaKind {
    /// Returns the kind of a media type by its name.
    pub(in crate::plan) fn of_name(media: &str) -> Self {
        let essence = essence(media);
        match essence.as_str() {
            "application/json" | "*/*" | "application/*" => Self::Json,
            json if json.ends_with("+json") || json.ends_with("/json") => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "application/xml" | "text/xml" => Self::Xml,
            xml if xml.ends_with("+xml") && !xml.starts_with("image/") => Self::Xml,
            multipart if multipart.starts_with("multipart/") => Self::Multipart,
            text if text.starts_with("text/") && text != "text/event-stream" => Self::Text,
            _ => Self::Bytes,
        }
    }

    /// Returns the kind of a body: of a stream by its items, of another by its media type and its schema.
    pub(super) fn of(media: &Media, types: &Types<'_>) -> Self {
        match media.sequence.as_ref().map(|sequence| &sequence.items) {
            Some(Items::Lines(_)) => return Self::Lines,
            Some(Items::JsonTextSequence(_)) => return Self::JsonSequence,
            Some(Items::Events(_)) => return Self::Events,
            Some(Items::Parts(_)) => return Self::PartStream,
            None => {}
        }
        let kind = Self::of_name(&media.name);
        let bytes = media.schema.is_some_and(|schema| is_binary(schema, types));
        let any = media.name.contains('*') && media.schema.is_none();
        if kind != Self::Multipart && (bytes || any) { Self::Bytes } else { kind }
    }
}

/// Returns true for the schema of a string with `format: binary`.
pub(super) fn is_binary(schema: SchemaId, types: &Types<'_>) -> bool {
    matches!(types.shape(schema), Some(Shape::Scalar(Scalar::String(Some(format)))) if format == "binary")
}

/// The type of the schema of a body that is bytes in the crate, because its media type has no codec.
pub(in crate::plan) fn schema_of_bytes(media: &Media, types: &Types<'_>) -> Option<RustType> {
    let ty = types.nullable_type(media.schema.filter(|_| MediaKind::of(media, types) == MediaKind::Bytes)?);
    ty.names_models().then_some(ty)
}

/// The media type for `Accept`, without `charset`: that parameter is the encoding of one text and not a choice of the
/// client (RFC 9110, section 12.5.2).
pub(super) fn acceptable(media: &str) -> String {
    let charset =
        |parameter: &&str| parameter.split('=').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("charset"));
    let mut parts = media.split(';');
    let first = parts.next().unwrap_or_default().trim_end();
    let rest: String = parts.filter(|parameter| !charset(parameter)).map(|parameter| format!(";{parameter}")).collect();
    format!("{first}{rest}")
}
