//! Looking at schemas of the model: through names for other schemas, along paths, at kinds of values.

use super::media::{essence, is_json};
use crate::api::{Api, Operation, Property, Scalar, Schema, SchemaId, Shape, Status};

/// The model, to be looked at.
#[derive(Clone, Copy)]
pub(super) struct ApiLookup<'a> {
    api: &'a Api,
}

impl<'a> ApiLookup<'a> {
    pub(super) const fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// The schema that an id ends in.
    pub(super) fn schema(&self, mut id: SchemaId) -> Option<&'a Schema> {
        for _ in 0..64 {
            let schema = self.api.schemas.get(id.0 as usize)?;
            let Shape::Same(next) = schema.shape else { return Some(schema) };
            id = next;
        }
        None
    }

    pub(super) fn shape(&self, id: SchemaId) -> Option<&'a Shape> {
        self.schema(id).map(|schema| &schema.shape)
    }

    pub(super) fn properties(&self, id: SchemaId) -> &'a [Property] {
        match self.shape(id) {
            Some(Shape::Object(object)) => &object.properties,
            _ => &[],
        }
    }

    /// The type of an array's items.
    pub(super) fn item(&self, id: SchemaId) -> Option<SchemaId> {
        match self.shape(id)? {
            Shape::List(item) => Some(*item),
            _ => None,
        }
    }

    /// The schema at a path.
    pub(super) fn at(&self, id: SchemaId, path: &[String]) -> Option<SchemaId> {
        path.iter().try_fold(id, |at, name| {
            let property = self.properties(at).iter().find(|property| property.name == *name)?;
            Some(property.schema)
        })
    }

    pub(super) fn is_object(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Object(_) | Shape::Union(_)))
    }

    pub(super) fn is_integer(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Integer { .. } | Scalar::Number(_))))
    }

    pub(super) fn is_text(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Text(_))))
    }

    pub(super) fn is_bool(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Bool)))
    }

    /// A text that is said to be an address.
    pub(super) fn is_uri(&self, id: SchemaId) -> bool {
        let Some(Shape::Scalar(Scalar::Text(Some(format)))) = self.shape(id) else { return false };
        matches!(format.as_str(), "uri" | "url" | "uri-reference" | "iri")
    }

    /// A text, an object that has it as `href`, or one of these.
    pub(super) fn is_link(&self, id: SchemaId) -> bool {
        match self.shape(id) {
            Some(Shape::Scalar(Scalar::Text(_))) => true,
            Some(Shape::Object(object)) => {
                object.properties.iter().any(|property| property.name == "href" && self.is_text(property.schema))
            }
            Some(Shape::Union(union)) => union.members.iter().all(|member| {
                !matches!(self.shape(member.schema), Some(Shape::Union(_))) && self.is_link(member.schema)
            }),
            _ => false,
        }
    }

    /// What a success answers in JSON, when that is one thing.
    pub(super) fn page(&self, operation: &Operation) -> Option<SchemaId> {
        let mut found = None;
        for response in operation.responses.iter().filter(|response| is_success(response.status)) {
            for media in response.media.iter().filter(|media| is_read_as_json(&media.name)) {
                match (found, media.schema) {
                    (Some(known), Some(other)) if known != other => return None,
                    (None, schema) => found = schema,
                    _ => {}
                }
            }
        }
        found
    }

    /// The JSON body.
    pub(super) fn body(&self, operation: &Operation) -> Option<SchemaId> {
        operation.body.as_ref()?.media.iter().find(|media| is_read_as_json(&media.name))?.schema
    }
}

pub(super) const fn is_success(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

/// Whether it is JSON, or anything, which JSON is then.
fn is_read_as_json(media: &str) -> bool {
    is_json(media) || essence(media) == "*/*"
}
