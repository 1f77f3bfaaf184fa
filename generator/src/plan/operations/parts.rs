//! Multipart bodies: a type with a setter for each part in the description.

use super::part_choice::{self, PartChoice};
use super::part_kind::{PartKind, kind};
use crate::api::{Encoding, EnumType, Media, Member, Object, Property, Scalar, SchemaId, Shape, essence};
use crate::plan::docs::{self, Deprecation};
use crate::plan::names::{Scope, snake, variant, with_suffix};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;
use serde_json::Value;

/// The type of a multipart body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Its name.
    pub name: String,
    /// Media type, when it is not `multipart/form-data`.
    pub media: Option<String>,
    /// The parts: required ones, which are arguments, then optional ones.
    pub fields: Vec<Part>,
}

/// A part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub name: String,
    /// True for a part that `new` adds: an argument or a constant. Others have setters.
    pub required: bool,
    /// Type.
    pub ty: RustType,
    /// The kind of its value, which decides the function that writes it.
    pub kind: PartKind,
    /// The enum of its types, if it can be a file or another value.
    pub choice: Option<PartChoice>,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// Its deprecation.
    pub deprecated: Option<Deprecation>,
    /// Examples of its values.
    pub examples: Vec<Value>,
}

impl Part {
    /// Returns true if it is an argument.
    #[must_use]
    pub(crate) const fn is_argument(&self) -> bool {
        self.required && !matches!(self.kind, PartKind::Fixed(_))
    }
}

/// Names of methods that every such type has.
const TAKEN: &[&str] = &["self", "default", "drop", "eq", "fmt", "from", "into", "new", "part"];

/// Depth to which unions of forms are searched.
const DEEPEST: usize = 8;

/// A form, or one of its variants.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormShape<'t> {
    /// Its parts.
    pub(super) object: &'t Object,
    /// The variant of the union.
    member: Option<&'t Member>,
    /// The discriminator property and its value.
    discriminator: Option<(&'t str, &'t str)>,
}

/// The types of the parts: one, or one for each variant of the form. Empty if the description does not list them.
pub(super) fn parts(media: &Media, types: &Types<'_>, scope: &mut Scope, stem: &str) -> Vec<Parts> {
    let forms = media.schema.map(|schema| forms(schema, types)).unwrap_or_default();
    let parts = forms.into_iter().map(|form| {
        let word = |member: &Member| types.schema(member.schema).and_then(|schema| schema.place_words.last()).cloned();
        let named = |member: &Member| variant(&member.name.clone().or_else(|| word(member)).unwrap_or_default());
        let word = form.member.map(named).unwrap_or_default();
        parts_of_object(form, media, types, scope, &format!("{stem}{word}"))
    });
    parts.collect()
}

/// The objects that a form can be.
pub(super) fn forms<'t>(schema: SchemaId, types: &Types<'t>) -> Vec<FormShape<'t>> {
    let mut found = Vec::new();
    add_forms(schema, (None, None), types, &mut found, DEEPEST);
    found
}

/// Adds the objects that a form can be.
fn add_forms<'t>(
    schema: SchemaId,
    (member, discriminator): (Option<&'t Member>, Option<(&'t str, &'t str)>),
    types: &Types<'t>,
    found: &mut Vec<FormShape<'t>>,
    depth: usize,
) {
    match types.shape(schema) {
        Some(Shape::Object(object)) => found.push(FormShape { object, member, discriminator }),
        Some(Shape::Union(union)) if depth > 0 => {
            for member in &union.members {
                let of_union = union
                    .discriminator
                    .as_deref()
                    .and_then(|discriminator| Some((discriminator, member.discriminator_values.first()?.as_str())));
                add_forms(member.schema, (Some(member), of_union.or(discriminator)), types, found, depth - 1);
            }
        }
        _ => {}
    }
}

/// The type of the parts that are the properties of an object.
fn parts_of_object(form: FormShape<'_>, media: &Media, types: &Types<'_>, scope: &mut Scope, stem: &str) -> Parts {
    let FormShape { object, discriminator, .. } = form;
    let name = scope.claim(&format!("{stem}Parts"));
    let (mut arguments, mut setters) = (Scope::with(&["self"]), Scope::with(TAKEN));
    let mut fields: Vec<Part> = Vec::new();
    for property in object.properties.iter().filter(|property| !property.withheld) {
        let names = if property.required { &mut arguments } else { &mut setters };
        let encoding = media.encoding_of(&property.name);
        let fixed = discriminator.filter(|(name, _)| *name == property.name).map(|(_, value)| value.to_owned());
        let fixed = fixed.or_else(|| only_value(property.schema, types).filter(|_| property.required));
        fields.push(match fixed {
            Some(value) => {
                Part { required: true, kind: PartKind::Fixed(value), ..part(property, encoding, types, names) }
            }
            None => with_choice(part(property, encoding, types, names), property, encoding, types, scope, stem),
        });
    }
    if let Some((discriminator, value)) =
        discriminator.filter(|(discriminator, _)| fields.iter().all(|part| part.wire != *discriminator))
    {
        fields.push(Part {
            wire: discriminator.to_owned(),
            name: String::new(),
            required: true,
            ty: RustType::String,
            kind: PartKind::Fixed(value.to_owned()),
            choice: None,
            docs: Vec::new(),
            deprecated: None,
            examples: Vec::new(),
        });
    }
    // Required parts first, then constants.
    fields.sort_by_key(|part| (!part.required, !part.is_argument()));
    let essence = essence(&media.name);
    let is_form_data = essence == "multipart/form-data" || essence.contains('*');
    Parts { name, media: (!is_form_data).then(|| media.name.clone()), fields }
}

/// The only value of a schema, as a string.
fn only_value(schema: SchemaId, types: &Types<'_>) -> Option<String> {
    let (last, nullable) = types.resolve(schema);
    let schema = types.schema(last).filter(|_| !nullable)?;
    match &schema.shape {
        Shape::Enum(listed) if matches!(listed.value_type, EnumType::String | EnumType::Integer) => {
            match listed.values.as_slice() {
                [only] => Some(only.wire.clone()),
                _ => None,
            }
        }
        Shape::Scalar(Scalar::Bool | Scalar::Float(_)) => schema.only_value.as_ref().map(ToString::to_string),
        _ => None,
    }
}

/// Adds the enum of a part that can be a file or another value.
fn with_choice(
    mut part: Part,
    property: &Property,
    encoding: Option<&Encoding>,
    types: &Types<'_>,
    scope: &mut Scope,
    stem: &str,
) -> Part {
    if matches!(part.kind, PartKind::Choice | PartKind::Choices) {
        let choice = part_choice::choice(property, encoding, types, scope, stem);
        let ty = RustType::model(choice.name.clone(), Class::Choice);
        part.ty = if part.kind == PartKind::Choices { RustType::List(Box::new(ty)) } else { ty };
        part.choice = Some(choice);
    }
    part
}

/// A part of a multipart request.
fn part(property: &Property, encoding: Option<&Encoding>, types: &Types<'_>, names: &mut Scope) -> Part {
    let ty = types.of(property.schema);
    let kind = kind(property, encoding, &ty, types);
    let name = names.claim_first(&[snake(&property.name), with_suffix(&snake(&property.name), "part")]);
    let docs = part_docs(property, &name, encoding, types);
    Part {
        wire: property.name.clone(),
        deprecated: Deprecation::of(property.deprecated, &docs),
        docs,
        name,
        required: property.required,
        ty: kind.ty(ty),
        kind,
        choice: None,
        examples: property.examples.0.iter().cloned().chain(types.examples(property.schema)).collect(),
    }
}

/// The documentation of the part with an identifier.
pub(super) fn part_docs(
    property: &Property,
    identifier: &str,
    encoding: Option<&Encoding>,
    types: &Types<'_>,
) -> Vec<String> {
    let of_schema = types.schema(property.schema).and_then(|schema| schema.description.as_deref());
    let mut lines = docs::of_field(property.description.as_deref().or(of_schema));
    if lines.is_empty() {
        lines.extend(docs::of_name(&property.name, identifier));
    }
    if let Some(encoding) = encoding.filter(|encoding| !encoding.headers.is_empty()) {
        let names: Vec<String> =
            encoding.headers.iter().map(|name| format!("`{}`", docs::escape_inline(name))).collect();
        docs::add_notes(&mut lines, [format!("The part can have the headers {}.", names.join(", "))]);
    }
    lines
}
