//! Looking at schemas of the model: through names for other schemas, along paths, at kinds of values.

use crate::api::{Api, Operation, Property, Scalar, Schema, SchemaId, Shape, Status};

/// The model, to be looked at.
#[derive(Clone, Copy)]
pub(in crate::lower) struct View<'a> {
    api: &'a Api,
}

/// Members that usually hold the items, the likeliest first.
const ITEMS: [&str; 16] = [
    "data",
    "items",
    "results",
    "values",
    "entries",
    "records",
    "value",
    "elements",
    "rows",
    "list",
    "objects",
    "resources",
    "content",
    "hits",
    "result",
    "nodes",
];

/// Lists that stand beside the items.
const BESIDE: [&str; 14] = [
    "errors",
    "warnings",
    "links",
    "included",
    "facets",
    "messages",
    "columns",
    "fields",
    "filters",
    "tags",
    "sort",
    "aggregations",
    "notes",
    "warning",
];

/// Objects that hold the items.
const AROUND: [&str; 8] = ["data", "result", "results", "response", "_embedded", "payload", "body", "page"];

impl<'a> View<'a> {
    pub(in crate::lower) const fn new(api: &'a Api) -> Self {
        Self { api }
    }

    /// The schema that an id ends in.
    pub(in crate::lower) fn schema(&self, mut id: SchemaId) -> Option<&'a Schema> {
        for _ in 0..64 {
            let schema = self.api.schemas.get(id.0 as usize)?;
            let Shape::Same(next) = schema.shape else { return Some(schema) };
            id = next;
        }
        None
    }

    pub(in crate::lower) fn shape(&self, id: SchemaId) -> Option<&'a Shape> {
        self.schema(id).map(|schema| &schema.shape)
    }

    pub(in crate::lower) fn properties(&self, id: SchemaId) -> &'a [Property] {
        match self.shape(id) {
            Some(Shape::Object(object)) => &object.properties,
            _ => &[],
        }
    }

    /// The type of an array's items.
    pub(in crate::lower) fn item(&self, id: SchemaId) -> Option<SchemaId> {
        match self.shape(id)? {
            Shape::List(item) => Some(*item),
            _ => None,
        }
    }

    /// The schema at a path.
    pub(in crate::lower) fn at(&self, id: SchemaId, path: &[String]) -> Option<SchemaId> {
        path.iter().try_fold(id, |at, name| {
            let property = self.properties(at).iter().find(|property| property.name == *name)?;
            Some(property.schema)
        })
    }

    pub(in crate::lower) fn is_object(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Object(_) | Shape::Union(_)))
    }

    pub(in crate::lower) fn is_integer(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Integer { .. } | Scalar::Number(_))))
    }

    pub(in crate::lower) fn is_text(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Text(_))))
    }

    pub(in crate::lower) fn is_bool(&self, id: SchemaId) -> bool {
        matches!(self.shape(id), Some(Shape::Scalar(Scalar::Bool)))
    }

    /// A text that is said to be an address.
    pub(in crate::lower) fn is_uri(&self, id: SchemaId) -> bool {
        let Some(Shape::Scalar(Scalar::Text(Some(format)))) = self.shape(id) else { return false };
        matches!(format.as_str(), "uri" | "url" | "uri-reference" | "iri")
    }

    /// A text, an object that has it as `href`, or one of these.
    pub(in crate::lower) fn is_link(&self, id: SchemaId) -> bool {
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
    pub(in crate::lower) fn page(&self, operation: &Operation) -> Option<SchemaId> {
        let mut found = None;
        for response in operation.responses.iter().filter(|response| is_success(response.status)) {
            for media in response.media.iter().filter(|media| is_json(&media.name)) {
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
    pub(in crate::lower) fn body(&self, operation: &Operation) -> Option<SchemaId> {
        operation.body.as_ref()?.media.iter().find(|media| is_json(&media.name))?.schema
    }

    /// Where a page has its items, and their type, when there is no doubt about it.
    pub(in crate::lower) fn items(&self, page: SchemaId) -> Option<(Vec<String>, SchemaId)> {
        if let Some(item) = self.item(page) {
            return Some((Vec::new(), item));
        }
        if let Some((name, item)) = self.items_among(page) {
            return Some((vec![name], item));
        }
        // An object that holds nothing else than one list.
        let around = self.properties(page).iter().filter(|property| AROUND.contains(&property.name.as_str()));
        let mut inner = around.filter_map(|around| {
            let (name, item) = self.items_among(around.schema)?;
            Some((vec![around.name.clone(), name], item))
        });
        let first = inner.next()?;
        inner.next().is_none().then_some(first)
    }

    fn items_among(&self, object: SchemaId) -> Option<(String, SchemaId)> {
        let lists = self.properties(object).iter().filter_map(|property| {
            let item = self.item(property.schema)?;
            let beside = BESIDE.contains(&property.name.to_lowercase().as_str());
            (!beside).then_some((property.name.as_str(), item))
        });
        let lists: Vec<(&str, SchemaId)> = lists.collect();
        let usual = ITEMS.iter().find_map(|usual| lists.iter().find(|(name, _)| name.eq_ignore_ascii_case(usual)));
        let only = match lists.as_slice() {
            [one] if self.is_object(one.1) => Some(one),
            _ => None,
        };
        usual.or(only).map(|(name, item)| ((*name).to_owned(), *item))
    }
}

pub(in crate::lower) const fn is_success(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

fn is_json(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim().to_lowercase();
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}
