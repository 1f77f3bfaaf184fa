//! Text.

use super::{Meaning, Request, RequestCodec, RequestContext, ResponseCodec, ResponseContext, Row, is_untyped};
use crate::api::Media;
use crate::plan::operations::media_kind::MediaKind;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

pub(super) const ROW: Row = Row { variant: "Text", concrete: "text/plain", rank: |_, _| 5, meaning, request, response };

fn meaning(media: &Media, ty: Option<RustType>, types: &Types<'_>) -> Meaning {
    if is_untyped(ty.as_ref()) { (MediaKind::Text, None) } else { super::by_type(media, ty, types) }
}

fn request(_: &mut RequestContext<'_, '_>) -> Request {
    Request { kind: MediaKind::Text, codec: RequestCodec::Owned("text"), ty: RustType::String }
}

fn response(_: &ResponseContext<'_, '_>) -> (RustType, ResponseCodec) {
    (RustType::String, ResponseCodec::TEXT)
}
