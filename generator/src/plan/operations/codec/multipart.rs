//! Multipart.

use super::{Meaning, Request, RequestCodec, RequestContext, ResponseCodec, ResponseContext, Row, bytes};
use crate::api::{Media, Property, SchemaId, Shape};
use crate::plan::operations::media_kind::{MediaKind, is_binary};
use crate::plan::operations::multipart_response::ReceivedParts;
use crate::plan::operations::part_kind::{ContentType, has_file};
use crate::plan::operations::parts::{forms, parts};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;

pub(super) const ROW: Row =
    Row { variant: "Parts", concrete: "multipart/form-data", rank: |_, _| 2, meaning, request, response };

fn meaning(media: &Media, ty: Option<RustType>, types: &Types<'_>) -> Meaning {
    if holds_files(media, types) { (MediaKind::Multipart, None) } else { super::by_type(media, ty, types) }
}

fn holds_files(media: &Media, types: &Types<'_>) -> bool {
    let is_file = |property: &Property| {
        let content_type = ContentType::of(media.encoding_of(&property.name));
        content_type.is_bytes(property.schema, types) || has_file(property.schema, content_type, types)
    };
    let forms = media.schema.map(|schema| forms(schema, types)).unwrap_or_default();
    forms.iter().any(|form| form.object.properties.iter().any(is_file))
}

fn request(context: &mut RequestContext<'_, '_>) -> Request {
    let parts = parts(context.media, context.types, context.scope, context.stem);
    Request { kind: MediaKind::Multipart, codec: RequestCodec::Multipart(parts), ty: RustType::Multipart }
}

/// Reads a type of its own, the values of the parts, or the parts as they are.
fn response(context: &ResponseContext<'_, '_>) -> (RustType, ResponseCodec) {
    let Some(ty) = &context.ty else { return bytes::response(context) };
    if let Some(parts) = ReceivedParts::find(context.parts, context.media, context.types) {
        return (RustType::model(parts.name.clone(), Class::Outcome), ResponseCodec::Own);
    }
    let types = context.types;
    let typed = |item: SchemaId| !is_binary(item, types) && types.nullable_type(item) != RustType::Json;
    match context.media.schema.and_then(|schema| types.shape(schema)) {
        // A string or bytes for the whole body: the body as it is.
        Some(Shape::Scalar(_)) => bytes::response(context),
        Some(Shape::List(item)) if typed(*item) => (ty.clone(), ResponseCodec::PART_VALUES),
        _ => (RustType::List(Box::new(RustType::Part)), ResponseCodec::PARTS),
    }
}
