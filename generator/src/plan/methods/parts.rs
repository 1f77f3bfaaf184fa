//! Bodies in parts: a type with a setter for each part that the document lists.

use super::body::{Form, is_binary};
use super::media::form_of;
use crate::api::{Encoding, Media, Property, Shape, Style};
use crate::plan::docs;
use crate::plan::names::{Scope, behind, snake};
use crate::plan::rust_type::RustType;
use crate::plan::type_of::Types;

/// The type of a body in parts.
#[derive(Debug)]
pub struct Parts {
    /// Its name.
    pub name: String,
    /// Media type, when it is not `multipart/form-data`.
    pub media: Option<String>,
    /// Required first, as they are arguments; then optional ones.
    pub fields: Vec<Part>,
}

/// A part.
#[derive(Debug)]
pub struct Part {
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub name: String,
    /// An argument, not a setter.
    pub required: bool,
    /// Type.
    pub ty: RustType,
    /// How it is written.
    pub kind: PartKind,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Not to be used any more.
    pub deprecated: bool,
}

/// How a part is written.
#[derive(Debug, PartialEq, Eq)]
pub enum PartKind {
    /// As a file of this media type unless it says of which.
    File(String),
    /// As several files.
    Files(String),
    /// As a value of this media type, or of none.
    Value(String),
    /// As XML of this media type, by the table of this number; of a list, each of its items.
    Xml(String, usize),
    /// In a style of query parameters.
    Styled(Style, bool),
}

impl PartKind {
    /// Whether it is a value, not a file.
    #[must_use]
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Xml(..) | Self::Styled(..))
    }
}

/// Methods that every such type has.
const TAKEN: &[&str] = &["self", "default", "drop", "eq", "fmt", "from", "into", "new", "part"];

/// The type of the parts, where the document lists them.
pub(super) fn parts(media: &Media, types: &Types<'_>, scope: &mut Scope, stem: &str) -> Option<Parts> {
    let schema = types.schema(types.last(media.schema?).0)?;
    let Shape::Object(object) = &schema.shape else { return None };
    let (mut arguments, mut setters) = (Scope::with(&["self"]), Scope::with(TAKEN));
    let properties = object.properties.iter().filter(|property| !property.read_only);
    let mut fields: Vec<Part> = properties
        .map(|property| {
            let names = if property.required { &mut arguments } else { &mut setters };
            part(property, media.encoding.iter().find(|one| one.name == property.name), types, names)
        })
        .collect();
    fields.sort_by_key(|part| !part.required);
    let essence = media.name.split(';').next().unwrap_or_default().trim();
    let form = essence.eq_ignore_ascii_case("multipart/form-data") || essence.contains('*');
    Some(Parts { name: scope.claim(&format!("{stem}Parts")), media: (!form).then(|| media.name.clone()), fields })
}

fn part(property: &Property, told: Option<&Encoding>, types: &Types<'_>, names: &mut Scope) -> Part {
    let ty = types.of(property.schema);
    let kind = kind(property, told, &ty, types);
    Part {
        wire: property.name.clone(),
        name: names.claim_first(&[snake(&property.name), behind(&snake(&property.name), "part")]),
        required: property.required,
        ty: match kind {
            PartKind::File(_) => RustType::File,
            PartKind::Files(_) => RustType::List(Box::new(RustType::File)),
            PartKind::Value(_) | PartKind::Xml(..) | PartKind::Styled(..) => ty,
        },
        kind,
        docs: described(property, told, types),
        deprecated: property.deprecated,
    }
}

/// The documentation of a part.
pub(super) fn described(property: &Property, told: Option<&Encoding>, types: &Types<'_>) -> Vec<String> {
    let own = types.schema(property.schema).and_then(|schema| schema.description.as_deref());
    let mut lines = docs::of("", property.description.as_deref().or(own));
    if lines.is_empty() {
        lines.push(format!("`{}`.", docs::told(&property.name)));
    }
    if let Some(told) = told.filter(|told| !told.headers.is_empty()) {
        let names: Vec<String> = told.headers.iter().map(|name| format!("`{}`", docs::told(name))).collect();
        lines.extend([String::new(), format!("Its part may have headers: {}.", names.join(", "))]);
    }
    lines
}

pub(super) fn kind(property: &Property, told: Option<&Encoding>, ty: &RustType, types: &Types<'_>) -> PartKind {
    if let Some((style, explode)) = told.and_then(|told| told.style) {
        return PartKind::Styled(style, explode);
    }
    let choice = told.and_then(|told| told.media.as_deref()).unwrap_or_default();
    // Of several media types, or a range of them, the caller says which.
    let one = if choice.contains([',', '*']) { "" } else { choice.trim() };
    let files = |media: &str| if media.is_empty() { "application/octet-stream".to_owned() } else { media.to_owned() };
    let is_file = |schema| match types.schema(types.last(schema).0).map(|schema| &schema.shape) {
        // Without a type, it is bytes (OpenAPI 3.1, "Considerations for File Uploads").
        Some(Shape::Any(any)) => !any.fallback,
        // Texts of a kind that is no text come from a file.
        Some(Shape::Scalar(_)) => is_binary(schema, types) || (!choice.is_empty() && form_of(choice) == Form::Bytes),
        Some(
            Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Object(_)
            | Shape::Enum(_)
            | Shape::Union(_)
            | Shape::Same(_),
        )
        | None => false,
    };
    if is_file(property.schema) {
        return PartKind::File(files(one));
    }
    match types.schema(types.last(property.schema).0).map(|schema| &schema.shape) {
        Some(Shape::List(items)) if is_file(*items) => PartKind::Files(files(one)),
        shape if form_of(one) == Form::Xml && has_elements(shape, types) => {
            let item = if let Some(Shape::List(items)) = shape { *items } else { property.schema };
            PartKind::Xml(one.to_owned(), types.table(item, Some(&property.name)))
        }
        _ if matches!(ty, RustType::Json) => PartKind::Value("application/json".to_owned()),
        _ => PartKind::Value(one.to_owned()),
    }
}

/// Whether values have members of their own, or their items do: a plain value is its text, whatever it is called.
fn has_elements(shape: Option<&Shape>, types: &Types<'_>) -> bool {
    let last = |id| types.schema(types.last(id).0).map(|schema| &schema.shape);
    let item = if let Some(Shape::List(items)) = shape { last(*items) } else { shape };
    matches!(item, Some(Shape::Object(_) | Shape::Union(_) | Shape::Map(_)))
}
