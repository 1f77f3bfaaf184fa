//! Collects the bodies that operations write or read as XML.

use crate::api::SchemaId;
use crate::plan::operations::{Group, Outcome, PartKind, PlannedOperation, RequestCodec, ResponseCodec};
use crate::plan::type_of::Types;

/// A body, or a part of one, that has a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct XmlBody {
    pub(super) schema: SchemaId,
    /// The name of a part. It names the element if neither the description nor a component does.
    pub(super) part: Option<String>,
}

impl XmlBody {
    /// The body of a schema.
    #[must_use]
    pub(in crate::plan) const fn of(schema: SchemaId) -> Self {
        Self { schema, part: None }
    }

    /// The part of a multipart body.
    #[must_use]
    pub(in crate::plan) fn of_part(schema: SchemaId, name: &str, types: &Types<'_>) -> Self {
        let is_component = types.schema(types.resolve(schema).0).is_some_and(|schema| schema.name_words.len() == 1);
        Self { schema, part: Some(name.to_owned()).filter(|_| !is_component) }
    }
}

/// The bodies of all operations, in their order.
pub(super) fn bodies(groups: &[Group]) -> impl Iterator<Item = &XmlBody> {
    groups.iter().flat_map(|group| &group.operations).flat_map(of_operation)
}

/// The bodies of an operation: of its request and its parts, then of its responses.
fn of_operation(operation: &PlannedOperation) -> Vec<&XmlBody> {
    let mut found = Vec::new();
    for payload in operation.body.iter().flat_map(|body| &body.payloads) {
        if let RequestCodec::Xml(body) = &payload.codec {
            found.push(body);
        }
        for part in payload.parts().iter().flat_map(|parts| &parts.fields) {
            let variants = part.choice.iter().flat_map(|choice| &choice.variants).map(|variant| &variant.kind);
            found.extend(std::iter::once(&part.kind).chain(variants).filter_map(of_part));
        }
    }
    for outcome in [&operation.success, &operation.error] {
        let codecs = match outcome {
            Outcome::One(_, codec) => vec![codec],
            Outcome::Several { responses, .. } => responses.iter().map(|response| &response.codec).collect(),
        };
        found.extend(codecs.into_iter().filter_map(|codec| match codec {
            ResponseCodec::Xml(body) => Some(body),
            ResponseCodec::Function(_) | ResponseCodec::Own | ResponseCodec::Form(_) => None,
        }));
    }
    found.extend(operation.received.iter().flat_map(|parts| &parts.fields).filter_map(|part| part.xml.as_ref()));
    found
}

fn of_part(kind: &PartKind) -> Option<&XmlBody> {
    if let PartKind::Xml(_, body) = kind { Some(body) } else { None }
}
