//! `application/x-www-form-urlencoded`, and the styles of fields in forms.

use super::{FieldStyle, Request, RequestCodec, RequestContext, ResponseCodec, ResponseContext, Row, by_type, bytes};
use crate::api::{Encoding, Style};
use crate::plan::operations::media_kind::MediaKind;
use crate::plan::rust_type::RustType;

pub(super) const ROW: Row =
    Row { variant: "Form", concrete: bytes::ROW.concrete, rank: |_, _| 1, meaning: by_type, request, response };

fn request(context: &mut RequestContext<'_, '_>) -> Request {
    let ty = context.ty().filter(|ty| matches!(ty, RustType::Model { .. } | RustType::Map(_)));
    let codec = RequestCodec::Form(styles(&context.media.encoding));
    Request { kind: MediaKind::Form, codec, ty: ty.unwrap_or(RustType::Json) }
}

fn response(context: &ResponseContext<'_, '_>) -> (RustType, ResponseCodec) {
    match &context.ty {
        Some(ty @ (RustType::Model { .. } | RustType::Map(_))) => {
            (ty.clone(), ResponseCodec::Form(styles(&context.media.encoding)))
        }
        Some(RustType::String) => (RustType::String, ResponseCodec::TEXT),
        _ => bytes::response(context),
    }
}

/// The fields of a form that do not have the default style.
pub(in super::super) fn styles(encoding: &[Encoding]) -> Vec<FieldStyle> {
    let encoding = encoding.iter().filter_map(|one| {
        let is_json = |media: &str| MediaKind::of_name(media) == MediaKind::Json && !media.contains('*');
        let json = one.media.as_deref().is_some_and(is_json);
        let style = one.style.or(json.then_some((Style::Json, false)))?;
        let (style, explode) = style;
        Some(FieldStyle { name: one.name.clone(), style, explode, reserved: one.reserved })
    });
    encoding.collect()
}
