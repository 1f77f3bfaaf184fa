//! Lookups of schemas in the API: through references, along paths, by kinds of values.

use crate::api::is_json;
use crate::api::{Api, Operation, Property, Scalar, Schema, SchemaId, Shape, essence};

/// A view of the API.
#[derive(Clone, Copy)]
pub(super) struct ApiLookup<'a> {
    api: &'a Api,
}

impl<'a> ApiLookup<'a> {
    pub(super) const fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// The schema at the end of a chain of references.
    pub(super) fn schema(&self, id: SchemaId) -> Option<&'a Schema> {
        let (id, _) = self.api.schemas.resolve(id);
        self.api.schemas.get(id).filter(|schema| !matches!(schema.shape, Shape::Same(_)))
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

    pub(super) fn has_members(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Object(_) | Shape::Union(_)))
    }

    pub(super) fn is_numeric(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Integer { .. } | Scalar::Float(_))))
    }

    pub(super) fn is_text(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::String(_))))
    }

    pub(super) fn is_bool(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Bool)))
    }

    /// Returns true for a string with the format of an address.
    pub(super) fn is_uri(&self, id: SchemaId) -> bool {
        let Some(Shape::Scalar(Scalar::String(Some(format)))) = self.shape(id) else { return false };
        matches!(format.as_str(), "uri" | "url" | "uri-reference" | "iri")
    }

    /// Returns true for a link: a string, an object with a link as `href`, or a union of these.
    pub(super) fn is_link(&self, id: SchemaId) -> bool {
        match self.shape(id) {
            Some(Shape::Scalar(Scalar::String(_))) => true,
            Some(Shape::Object(object)) => {
                object.properties.iter().any(|property| property.name == "href" && self.is_text(property.schema))
            }
            Some(Shape::Union(union)) => union.members.iter().all(|member| {
                !matches!(self.shape(member.schema), Some(Shape::Union(_))) && self.is_link(member.schema)
            }),
            _ => false,
        }
    }

    /// The JSON schema of an operation's success, if it is only one.
    pub(super) fn page(&self, operation: &Operation) -> Option<SchemaId> {
        let mut found = None;
        for response in operation.responses.iter().filter(|response| response.status.is_success()) {
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

    /// The JSON schema of a request body.
    pub(super) fn body(&self, operation: &Operation) -> Option<SchemaId> {
        operation.body.as_ref()?.media.iter().find(|media| is_read_as_json(&media.name))?.schema
    }
}

/// Returns true for JSON, and for `*/*`, which stands for JSON.
fn is_read_as_json(media: &str) -> bool {
    is_json(media) || essence(media) == "*/*"
}
