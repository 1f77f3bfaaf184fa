//! JSON.

use super::{Request, RequestCodec, RequestContext, ResponseCodec, ResponseContext, Row, by_type};
use crate::api::Media;
use crate::plan::operations::media_kind::MediaKind;
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

pub(super) const ROW: Row =
    Row { variant: "Json", concrete: "application/json", rank, meaning: by_type, request, response };

fn rank(media: &Media, types: &Types<'_>) -> u8 {
    if media.name.contains('*') || is_object_patch(media, types) { 3 } else { 0 }
}

/// Returns true for JSON Patch whose schema is not a list of its operations (RFC 6902, section 3): Kubernetes has one schema
/// for all its kinds of patches, of which the object is a merge patch.
fn is_object_patch(media: &Media, types: &Types<'_>) -> bool {
    let list =
        || media.schema.is_some_and(|schema| matches!(types.nullable_type(schema), RustType::List(_) | RustType::Json));
    media.name.eq_ignore_ascii_case("application/json-patch+json") && !list()
}

fn request(context: &mut RequestContext<'_, '_>) -> Request {
    // A body that may be null is an optional value.
    let ty = context.media.schema.map_or(RustType::Json, |schema| context.types.nullable_type(schema));
    let name = context.media.name.as_str();
    let codec = if name == ROW.concrete || name.contains('*') {
        RequestCodec::Value("json", None)
    } else {
        RequestCodec::Value("json_as", Some(name.to_owned()))
    };
    Request { kind: MediaKind::Json, codec, ty }
}

fn response(context: &ResponseContext<'_, '_>) -> (RustType, ResponseCodec) {
    match &context.ty {
        None | Some(RustType::Json) => (RustType::Json, ResponseCodec::ANY),
        Some(RustType::String) if context.media.name.contains('*') => (RustType::String, ResponseCodec::TEXT),
        Some(ty) => (ty.clone(), ResponseCodec::JSON),
    }
}
