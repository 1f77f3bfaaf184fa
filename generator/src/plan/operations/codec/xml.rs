//! XML.

use super::{Meaning, Request, RequestCodec, RequestContext, ResponseCodec, ResponseContext, Row, bytes, is_untyped};
use crate::api::Media;
use crate::plan::operations::media_kind::MediaKind;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use crate::plan::xml::XmlBody;

pub(super) const ROW: Row =
    Row { variant: "Xml", concrete: bytes::ROW.concrete, rank: |_, _| 4, meaning, request, response };

fn meaning(media: &Media, ty: Option<RustType>, types: &Types<'_>) -> Meaning {
    if is_untyped(ty.as_ref()) { (MediaKind::Xml, None) } else { super::by_type(media, ty, types) }
}

fn request(context: &mut RequestContext<'_, '_>) -> Request {
    match (context.media.schema, context.ty()) {
        (Some(schema), Some(ty)) if !matches!(ty, RustType::String | RustType::Json) => {
            Request { kind: MediaKind::Xml, codec: RequestCodec::Xml(XmlBody::of(schema)), ty }
        }
        _ => bytes::request(context),
    }
}

fn response(context: &ResponseContext<'_, '_>) -> (RustType, ResponseCodec) {
    match (context.media.schema, &context.ty) {
        (_, Some(RustType::String)) => (RustType::String, ResponseCodec::TEXT),
        (Some(schema), Some(ty)) if *ty != RustType::Json => (ty.clone(), ResponseCodec::Xml(XmlBody::of(schema))),
        _ => bytes::response(context),
    }
}
