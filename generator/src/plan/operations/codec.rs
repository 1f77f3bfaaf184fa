//! Codecs: the table of the kinds of media types, with what writes a request and reads a response of each.

mod bytes;
mod form;
mod json;
mod multipart;
mod stream;
mod text;
mod xml;

use super::media_kind::MediaKind;
use super::multipart_response::ReceivedParts;
use super::parts::Parts;
use super::sequence::EventVariant;
use crate::api::{Media, Style};
use crate::plan::names::Scope;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use crate::plan::xml::XmlBody;
pub(super) use form::styles;

/// The style of a form's field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldStyle {
    /// The name of the field.
    pub name: String,
    /// The style.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
}

/// The code that writes a request body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RequestCodec {
    /// A method of the runtime's `Draft` that encodes a borrowed value. The media type is passed unless it is the method's default.
    Value(&'static str, Option<String>),
    /// A method of the runtime's `Draft` that takes a value of the payload's media type.
    Owned(&'static str),
    /// A form, by the styles of the fields that have their own.
    Form(Vec<FieldStyle>),
    /// Multipart, with the types of the parts where the description lists them: several for a union of forms.
    Multipart(Vec<Parts>),
    /// XML by the table of this body.
    Xml(XmlBody),
    /// A stream of parts of this media type.
    PartStream(String),
    /// A stream of server-sent events.
    Events(SentEvents),
}

/// Events of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SentEvents {
    /// Name of the events that have none themselves.
    pub event: Option<String>,
    /// Data of the last event.
    pub end: Option<String>,
    /// Variants of the enum of events with different names.
    pub kinds: Vec<EventVariant>,
}

/// The code that reads a response body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ResponseCodec {
    /// A function of the runtime's module `body`.
    Function(&'static str),
    /// The function `read` of the type itself.
    Own,
    /// A form, by the styles of the fields that have their own.
    Form(Vec<FieldStyle>),
    /// XML by the table of this body.
    Xml(XmlBody),
}

impl RequestCodec {
    /// The method for bytes with the media type of the payload.
    pub(super) const BYTES: Self = Self::Owned("bytes");
    /// The method for bytes with a media type of their own.
    pub(in crate::plan) const FILE: Self = Self::Owned("file");

    /// Returns true where a value is only read.
    #[must_use]
    pub(crate) const fn borrows(&self) -> bool {
        matches!(self, Self::Value(..) | Self::Form(_) | Self::Xml(_))
    }
}

impl ResponseCodec {
    pub(super) const JSON: Self = Self::Function("json");
    /// JSON where an empty body is `None`.
    pub(super) const JSON_OR_EMPTY: Self = Self::Function("json_or_empty");
    /// JSON of any schema.
    pub(super) const ANY: Self = Self::Function("any");
    pub(super) const TEXT: Self = Self::Function("text");
    pub(super) const BYTES: Self = Self::Function("bytes");
    pub(super) const EMPTY: Self = Self::Function("empty");
    /// The parts of a multipart body.
    pub(in crate::plan) const PARTS: Self = Self::Function("parts");
    /// The values of the parts of a multipart body.
    pub(in crate::plan) const PART_VALUES: Self = Self::Function("values");
}

/// A kind of media types.
pub(super) struct Row {
    /// Variant of the enum of bodies.
    pub(super) variant: &'static str,
    /// Media type of a request whose media type is a range.
    pub(super) concrete: &'static str,
    /// Rank among the media types of one body. The lowest has the best type.
    pub(super) rank: fn(&Media, &Types<'_>) -> u8,
    /// The meaning of a request body. Media types with the same meaning are one argument.
    pub(super) meaning: fn(&Media, Option<RustType>, &Types<'_>) -> Meaning,
    pub(super) request: fn(&mut RequestContext<'_, '_>) -> Request,
    pub(super) response: fn(&ResponseContext<'_, '_>) -> (RustType, ResponseCodec),
}

/// The meaning of a request body: a type, and a kind where that makes a difference.
pub(super) type Meaning = (MediaKind, Option<RustType>);

/// A request body as its kind decides it, which may be another kind than that of the media type.
pub(super) struct Request {
    pub(super) kind: MediaKind,
    pub(super) codec: RequestCodec,
    pub(super) ty: RustType,
}

/// The facts about a request body of one media type.
pub(super) struct RequestContext<'c, 'a> {
    pub(super) media: &'c Media,
    pub(super) types: &'c Types<'a>,
    /// Names of types in the group.
    pub(super) scope: &'c mut Scope,
    /// Start of the names of the operation's types.
    pub(super) stem: &'c str,
}

/// The facts about a response body of one media type.
pub(super) struct ResponseContext<'c, 'a> {
    pub(super) media: &'c Media,
    /// Type of the schema.
    pub(super) ty: Option<RustType>,
    pub(super) types: &'c Types<'a>,
    /// The types of the operation's multipart responses.
    pub(super) parts: &'c [ReceivedParts],
}

impl RequestContext<'_, '_> {
    /// Type of the schema.
    fn ty(&self) -> Option<RustType> {
        self.media.schema.map(|schema| self.types.of(schema))
    }
}

/// The row of a kind.
pub(super) const fn row(kind: MediaKind) -> &'static Row {
    match kind {
        MediaKind::Json => &json::ROW,
        MediaKind::Form => &form::ROW,
        MediaKind::Multipart => &multipart::ROW,
        MediaKind::Xml => &xml::ROW,
        MediaKind::Text => &text::ROW,
        MediaKind::Bytes => &bytes::ROW,
        MediaKind::Lines => &stream::LINES,
        MediaKind::JsonSequence => &stream::JSON_SEQUENCE,
        MediaKind::Events => &stream::EVENTS,
        MediaKind::PartStream => &stream::PARTS,
    }
}

/// The media type with the best type.
pub(super) fn best<'m>(media: impl IntoIterator<Item = &'m Media>, types: &Types<'_>) -> Option<&'m Media> {
    media.into_iter().min_by_key(|media| (row(MediaKind::of(media, types)).rank)(media, types))
}

/// The meaning of a body whose members do not depend on the media type.
fn by_type(_: &Media, ty: Option<RustType>, _: &Types<'_>) -> Meaning {
    (MediaKind::Json, ty)
}

/// Returns true for the schema of any JSON, and for none.
fn is_untyped(ty: Option<&RustType>) -> bool {
    matches!(ty, None | Some(RustType::Json))
}
