//! Counts that a running program made: the output of the runtime's `Drift`. They have places in bodies, and no values.

use crate::api::{Api, Extra, SchemaId, Shape};
use crate::validation::{Detail, Difference, Keywords};
use serde_json::Value;
use std::collections::BTreeSet;

/// Maximum number of schemas that a place can have, since unions have several.
const MAX_SCHEMAS: usize = 1_000;

/// The number of occurrences of one difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// HTTP method.
    pub method: String,
    /// Path template, as in the description.
    pub path: String,
    /// Status code.
    pub status: u16,
    /// Media type of the response; empty without one.
    pub media_type: String,
    /// The kind of the difference.
    pub kind: CountKind,
    /// JSON pointer into the body, with `*` for items of lists and keys of maps.
    pub place: String,
    /// Number of occurrences.
    pub count: u64,
}

/// The kinds of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountKind {
    /// A response with this status and media type, whether the description has them or not.
    Response,
    /// A value that was not decoded.
    DecodeFault,
    /// A value that an enum does not list.
    UnknownEnumValue,
    /// A value that is not a variant of a union.
    UnknownVariant,
    /// A field of this name that the type does not define.
    UnknownField(String),
}

impl Count {
    /// Reads a line of the output of the runtime's `Drift`.
    pub(super) fn parse(line: &Value) -> Option<Self> {
        let text = |key: &str| Some(line.get(key)?.as_str()?.to_owned());
        let kind = match line.get("kind")?.as_str()? {
            "response" => CountKind::Response,
            "decode-fault" => CountKind::DecodeFault,
            "unknown-enum-value" => CountKind::UnknownEnumValue,
            "unknown-variant" => CountKind::UnknownVariant,
            "unknown-field" => CountKind::UnknownField(text("field")?),
            _ => return None,
        };
        Some(Self {
            method: text("method")?,
            path: text("path")?,
            status: line.get("status")?.as_u64()?.try_into().ok()?,
            media_type: text("media_type")?,
            kind,
            place: text("place")?,
            count: line.get("count")?.as_u64()?,
        })
    }

    /// The differences at the schemas of the place below `body`; none where the description now has what was counted.
    /// `None` if the schema of the body does not have the place.
    pub(super) fn differences<'c>(
        &'c self,
        api: &Api,
        keywords: &Keywords,
        body: SchemaId,
    ) -> Option<Vec<Difference<'c>>> {
        let found = at(api, body, &self.place);
        let schema = |id: SchemaId| api.schemas.get(id);
        let members = || found.iter().flat_map(|id| members(api, *id));
        let report = |detail: Detail<'c>| {
            move |schema: SchemaId| Difference { at: String::new(), schema, detail: detail.clone() }
        };
        (!found.is_empty()).then(|| match &self.kind {
            CountKind::Response => Vec::new(),
            CountKind::DecodeFault => found.iter().copied().map(report(Detail::Undecodable)).collect(),
            CountKind::UnknownVariant => {
                let is_union = |id: &SchemaId| schema(*id).is_some_and(|one| matches!(one.shape, Shape::Union(_)));
                found.iter().copied().filter(is_union).map(report(Detail::Variant)).collect()
            }
            CountKind::UnknownEnumValue => {
                let is_listed = |id: &SchemaId| {
                    schema(*id).is_some_and(|one| one.only_value.is_some() || matches!(one.shape, Shape::Enum(_)))
                };
                members().filter(is_listed).map(report(Detail::Value(None))).collect()
            }
            CountKind::UnknownField(name) => {
                let lacks = |id: &SchemaId| match schema(*id).map(|one| &one.shape) {
                    Some(Shape::Object(object)) => {
                        let is_open = match object.extra {
                            Extra::Of(_) => true,
                            Extra::Any => keywords.mentions_other_fields(*id),
                            Extra::None => false,
                        };
                        !is_open && object.properties.iter().all(|property| property.name != *name)
                    }
                    _ => false,
                };
                members().filter(lacks).map(report(Detail::Field(name, None))).collect()
            }
        })
    }
}

/// The target of a schema's references, and the variants of unions instead of the unions.
fn members(api: &Api, id: SchemaId) -> BTreeSet<SchemaId> {
    let (mut seen, mut open, mut found) = (BTreeSet::new(), vec![id], BTreeSet::new());
    while let Some(id) = open.pop() {
        let (id, _) = api.schemas.resolve(id);
        if !seen.insert(id) || seen.len() > MAX_SCHEMAS {
            continue;
        }
        match api.schemas.get(id).map(|schema| &schema.shape) {
            Some(Shape::Union(union)) => open.extend(union.members.iter().map(|member| member.schema)),
            _ => {
                found.insert(id);
            }
        }
    }
    found
}

/// The schemas of a place: several below unions.
fn at(api: &Api, body: SchemaId, place: &str) -> BTreeSet<SchemaId> {
    let mut found = BTreeSet::from([api.schemas.resolve(body).0]);
    for step in place.split('/').skip(1) {
        let name = crate::json_pointer::unescape(step);
        let inner =
            |id: &SchemaId| members(api, *id).into_iter().flat_map(|id| below(api, id, &name)).collect::<Vec<_>>();
        found = found.iter().flat_map(inner).map(|id| api.schemas.resolve(id).0).take(MAX_SCHEMAS).collect();
    }
    found
}

fn below(api: &Api, id: SchemaId, step: &str) -> Vec<SchemaId> {
    match api.schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => {
            let known = object.properties.iter().find(|property| property.name == step);
            let extra = match object.extra {
                Extra::Of(schema) => Some(schema),
                Extra::Any | Extra::None => None,
            };
            known.map(|property| property.schema).or(extra).into_iter().collect()
        }
        Some(Shape::Map(items) | Shape::List(items)) => vec![*items],
        Some(Shape::Tuple(tuple)) => tuple.items.iter().copied().chain(tuple.extra.schema()).collect(),
        _ => Vec::new(),
    }
}
