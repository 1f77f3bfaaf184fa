//! Multipart responses: a type with a field for each part that the description lists.

use super::part_kind::{PartKind, kind};
use super::parts::part_docs;
use crate::api::{Encoding, Media, Property, SchemaId, Shape};
use crate::plan::docs::Deprecation;
use crate::plan::names::{Scope, snake};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;
use crate::plan::xml::XmlBody;

/// The type of a multipart response.
#[derive(Debug)]
pub(crate) struct ReceivedParts {
    /// Name of the type.
    pub name: String,
    /// In the order of the description.
    pub fields: Vec<ReceivedPart>,
    /// The field of all other parts.
    pub rest: String,
    /// The schema of the body.
    schema: SchemaId,
    encoding: Vec<Encoding>,
}

/// A part, or all parts of one name.
#[derive(Debug)]
pub(crate) struct ReceivedPart {
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub name: String,
    /// Type, which includes `Option` or `Vec`.
    pub ty: RustType,
    /// Name of the runtime's method that takes it from the parts.
    pub step: &'static str,
    /// The body whose table reads it, for XML.
    pub xml: Option<XmlBody>,
    /// True if reading can fail, because the part can be missing or of another type.
    pub fallible: bool,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Its deprecation.
    pub deprecated: Option<Deprecation>,
}

impl ReceivedParts {
    /// The type of a response among the known ones.
    pub(super) fn find<'p>(known: &'p [Self], media: &Media, types: &Types<'_>) -> Option<&'p Self> {
        let (schema, _) = types.resolve(media.schema?);
        known.iter().find(|known| types.resolve(known.schema).0 == schema && known.encoding == media.encoding)
    }
}

/// The type of a response whose parts the description lists.
pub(super) fn parts(media: &Media, types: &Types<'_>, name: impl FnOnce() -> String) -> Option<ReceivedParts> {
    let schema = media.schema?;
    let Shape::Object(object) = &types.schema(types.resolve(schema).0)?.shape else { return None };
    let mut names = Scope::default();
    let properties = object.properties.iter().filter(|property| !property.write_only);
    let fields: Vec<ReceivedPart> = properties
        .map(|property| {
            let encoding = media.encoding_of(&property.name);
            part(property, encoding, types, &mut names)
        })
        .collect();
    (!fields.is_empty()).then(|| ReceivedParts {
        name: name(),
        rest: names.claim("rest"),
        fields,
        schema,
        encoding: media.encoding.clone(),
    })
}

/// A part of a multipart response.
fn part(property: &Property, encoding: Option<&Encoding>, types: &Types<'_>, names: &mut Scope) -> ReceivedPart {
    let ty = types.of(property.schema);
    // Nulls are not sent in parts.
    let required = property.required && !types.resolve(property.schema).1;
    let kind = kind(property, encoding, &ty, types);
    let xml = if let PartKind::Xml(_, body) = &kind { Some(body.clone()) } else { None };
    let (ty, step, fallible) = match (kind, required) {
        (PartKind::File(_), true) => (RustType::Part, "required_file", true),
        (PartKind::File(_), false) => (RustType::Part.option(), "file", false),
        // The parts show whether it is a file, a list of files or another value.
        (PartKind::Files(_) | PartKind::Choice | PartKind::Choices, _) => {
            (RustType::List(Box::new(RustType::Part)), "files", false)
        }
        (PartKind::Xml(..), true) => (ty, "required_xml", true),
        (PartKind::Xml(..), false) => (ty.option(), "optional_xml", true),
        (PartKind::Value(_) | PartKind::Styled(..) | PartKind::Fixed(_), true) => (ty, "required", true),
        (PartKind::Value(_) | PartKind::Styled(..) | PartKind::Fixed(_), false) => (ty.option(), "optional", true),
    };
    let name = names.claim(&snake(&property.name));
    let docs = part_docs(property, &name, encoding, types);
    ReceivedPart {
        wire: property.name.clone(),
        deprecated: Deprecation::of(property.deprecated, &docs),
        docs,
        name,
        ty,
        step,
        xml,
        fallible,
    }
}
