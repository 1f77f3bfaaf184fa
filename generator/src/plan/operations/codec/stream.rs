//! Streams of values in requests. Streams in responses are read by the runtime's stream types.

use super::{Meaning, Request, RequestCodec, RequestContext, Row, SentEvents, bytes};
use crate::api::{Items, Media};
use crate::plan::operations::media_kind::MediaKind;
use crate::plan::operations::sequence::items;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

pub(super) const LINES: Row = Row { meaning: values, request: lines, ..EVENTS };
pub(super) const JSON_SEQUENCE: Row = Row { request: json_sequence, ..LINES };
pub(super) const EVENTS: Row = Row {
    variant: "Values",
    concrete: bytes::ROW.concrete,
    rank: |_, _| 3,
    meaning: |_, _, _| (MediaKind::Events, None),
    request: events,
    response: bytes::response,
};
pub(super) const PARTS: Row =
    Row { variant: "Parts", meaning: |_, _, _| (MediaKind::PartStream, None), request: parts, ..EVENTS };

/// The framing of JSON values makes no difference to the caller.
fn values(media: &Media, _: Option<RustType>, types: &Types<'_>) -> Meaning {
    (MediaKind::Lines, Some(item(media, types)))
}

/// Type of a stream's values.
fn item(media: &Media, types: &Types<'_>) -> RustType {
    let item = media.sequence.as_ref().and_then(|sequence| sequence.schemas().next());
    item.map_or(RustType::Json, |item| types.nullable_type(item))
}

fn stream_of(item: RustType) -> RustType {
    RustType::ItemStream(Box::new(item))
}

fn lines(context: &mut RequestContext<'_, '_>) -> Request {
    let ty = stream_of(item(context.media, context.types));
    Request { kind: MediaKind::Lines, codec: RequestCodec::Owned("lines"), ty }
}

fn json_sequence(context: &mut RequestContext<'_, '_>) -> Request {
    let ty = stream_of(item(context.media, context.types));
    Request { kind: MediaKind::JsonSequence, codec: RequestCodec::Owned("texts"), ty }
}

fn parts(context: &mut RequestContext<'_, '_>) -> Request {
    let each = context.media.sequence.as_ref().and_then(|sequence| sequence.media.clone());
    let ty = stream_of(RustType::PartOf(Box::new(item(context.media, context.types))));
    Request { kind: MediaKind::PartStream, codec: RequestCodec::PartStream(each.unwrap_or_default()), ty }
}

/// The request of a stream of server-sent events.
fn events(context: &mut RequestContext<'_, '_>) -> Request {
    let RequestContext { media, types, scope, stem } = context;
    let name = || scope.claim(&format!("{stem}SentEvent"));
    let (mut data, mut sent) = (RustType::String, SentEvents::default());
    if let Some(sequence) = &media.sequence {
        (_, data, sent.kinds) = items(sequence, types, name);
        sent.end.clone_from(&sequence.end);
        if let Items::Events(kinds) = &sequence.items {
            let only = kinds.first().filter(|_| kinds.len() == 1);
            sent.event = only.and_then(|kind| kind.names.first()).cloned();
        }
    }
    let ty = stream_of(RustType::Event(Box::new(data)));
    Request { kind: MediaKind::Events, codec: RequestCodec::Events(sent), ty }
}
