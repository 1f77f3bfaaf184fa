//! Bytes of any media type that has no codec.

use super::{Meaning, Request, RequestCodec, RequestContext, ResponseCodec, ResponseContext, Row, is_untyped};
use crate::api::Media;
use crate::plan::operations::media_kind::MediaKind;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

pub(super) const ROW: Row =
    Row { variant: "Bytes", concrete: "application/octet-stream", rank: |_, _| 6, meaning, request, response };

fn meaning(media: &Media, ty: Option<RustType>, types: &Types<'_>) -> Meaning {
    if is_untyped(ty.as_ref()) { (MediaKind::Bytes, None) } else { super::by_type(media, ty, types) }
}

/// Bytes whose media type is a range: the caller names the media type.
pub(super) fn request(context: &mut RequestContext<'_, '_>) -> Request {
    let open = context.media.name.contains('*');
    let (codec, ty) = if open { (RequestCodec::FILE, RustType::File) } else { (RequestCodec::BYTES, RustType::Bytes) };
    Request { kind: MediaKind::Bytes, codec, ty }
}

pub(super) fn response(_: &ResponseContext<'_, '_>) -> (RustType, ResponseCodec) {
    (RustType::Bytes, ResponseCodec::BYTES)
}
