//! Bodies in parts: a type with a setter for each part that the document lists.

use super::body::{Form, is_binary};
use super::media::form_of;
use super::part_choice::{self, PartChoice};
use crate::api::{Encoding, EnumOf, Media, Member, Object, Property, Scalar, SchemaId, Shape, Style};
use crate::plan::docs;
use crate::plan::names::{Scope, snake, variant, with_suffix};
use crate::plan::rust_type::{Class, RustType};
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
    /// The enum of its types, where it may be a file or something else.
    pub choice: Option<PartChoice>,
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
    /// As one of several types, a file among them.
    Choice,
    /// As several of such.
    Choices,
    /// As the only string that there is for it.
    Fixed(String),
}

impl Part {
    /// Whether a caller must give it.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        self.required && !matches!(self.kind, PartKind::Fixed(_))
    }
}

impl PartKind {
    /// Whether it is a value, not a file.
    #[must_use]
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_) | Self::Xml(..) | Self::Styled(..))
    }

    /// The type that is handed over, where values of the schema are of this one.
    pub(super) fn ty(&self, value: RustType) -> RustType {
        match self {
            Self::File(_) => RustType::File,
            Self::Files(_) => RustType::List(Box::new(RustType::File)),
            Self::Value(_) | Self::Xml(..) | Self::Styled(..) | Self::Choice | Self::Choices | Self::Fixed(_) => value,
        }
    }
}

/// Methods that every such type has.
const TAKEN: &[&str] = &["self", "default", "drop", "eq", "fmt", "from", "into", "new", "part"];

/// Unions in unions of forms are looked into no deeper.
const DEEPEST: usize = 8;

/// A form, or one of its variants.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormShape<'t> {
    /// Its parts.
    pub(super) object: &'t Object,
    /// The variant that it is.
    member: Option<&'t Member>,
    /// The property that tells the variant apart, and the value of that.
    tag: Option<(&'t str, &'t str)>,
}

/// The types of the parts, where the description lists them: one, or one for each variant of the form.
pub(super) fn parts(media: &Media, types: &Types<'_>, scope: &mut Scope, stem: &str) -> Vec<Parts> {
    let forms = media.schema.map(|schema| forms(schema, types)).unwrap_or_default();
    let parts = forms.into_iter().enumerate().map(|(index, form)| {
        let named = |member: &Member| member.name.as_deref().map_or_else(|| format!("Option{}", index + 1), variant);
        let word = form.member.map(named).unwrap_or_default();
        listed(form, media, types, scope, &format!("{stem}{word}"))
    });
    parts.collect()
}

/// The objects that a form may be.
pub(super) fn forms<'t>(schema: SchemaId, types: &Types<'t>) -> Vec<FormShape<'t>> {
    let mut found = Vec::new();
    add_forms(schema, (None, None), types, &mut found, DEEPEST);
    found
}

fn add_forms<'t>(
    schema: SchemaId,
    (member, tag): (Option<&'t Member>, Option<(&'t str, &'t str)>),
    types: &Types<'t>,
    found: &mut Vec<FormShape<'t>>,
    depth: usize,
) {
    match types.schema(types.last(schema).0).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => found.push(FormShape { object, member, tag }),
        Some(Shape::Union(union)) if depth > 0 => {
            for member in &union.members {
                let own = union.tag.as_deref().and_then(|tag| Some((tag, member.tags.first()?.as_str())));
                add_forms(member.schema, (Some(member), own.or(tag)), types, found, depth - 1);
            }
        }
        _ => {}
    }
}

/// The type of the parts that are the properties of an object.
fn listed(form: FormShape<'_>, media: &Media, types: &Types<'_>, scope: &mut Scope, stem: &str) -> Parts {
    let FormShape { object, tag, .. } = form;
    let name = scope.claim(&format!("{stem}Parts"));
    let (mut arguments, mut setters) = (Scope::with(&["self"]), Scope::with(TAKEN));
    let mut fields: Vec<Part> = Vec::new();
    for property in object.properties.iter().filter(|property| !property.withheld) {
        let names = if property.required { &mut arguments } else { &mut setters };
        let encoding = media.encoding.iter().find(|one| one.name == property.name);
        let fixed = tag.filter(|(name, _)| *name == property.name).map(|(_, value)| value.to_owned());
        let fixed = fixed.or_else(|| only(property.schema, types).filter(|_| property.required));
        fields.push(match fixed {
            Some(value) => {
                Part { required: true, kind: PartKind::Fixed(value), ..part(property, encoding, types, names) }
            }
            None => chosen(part(property, encoding, types, names), property, encoding, types, scope, stem),
        });
    }
    if let Some((tag, value)) = tag.filter(|(tag, _)| fields.iter().all(|part| part.wire != *tag)) {
        fields.push(Part {
            wire: tag.to_owned(),
            name: String::new(),
            required: true,
            ty: RustType::Text,
            kind: PartKind::Fixed(value.to_owned()),
            choice: None,
            docs: Vec::new(),
            deprecated: false,
        });
    }
    // What is asked for first, then what is written all the same.
    fields.sort_by_key(|part| (!part.required, !part.is_asked()));
    let essence = media.name.split(';').next().unwrap_or_default().trim();
    let form = essence.eq_ignore_ascii_case("multipart/form-data") || essence.contains('*');
    Parts { name, media: (!form).then(|| media.name.clone()), fields }
}

/// The text of the only value of a schema.
fn only(schema: SchemaId, types: &Types<'_>) -> Option<String> {
    let (last, nullable) = types.last(schema);
    let schema = types.schema(last).filter(|_| !nullable)?;
    match &schema.shape {
        Shape::Enum(listed) if matches!(listed.of, EnumOf::Text | EnumOf::Integer) => match listed.values.as_slice() {
            [only] => Some(only.wire.clone()),
            _ => None,
        },
        Shape::Scalar(Scalar::Bool | Scalar::Number(_)) => schema.only.as_ref().map(ToString::to_string),
        _ => None,
    }
}

/// A part whose type is an enum of its own, where a file is one of several types.
fn chosen(
    mut part: Part,
    property: &Property,
    encoding: Option<&Encoding>,
    types: &Types<'_>,
    scope: &mut Scope,
    stem: &str,
) -> Part {
    if matches!(part.kind, PartKind::Choice | PartKind::Choices) {
        let choice = part_choice::choice(property, encoding, types, scope, stem);
        let own = RustType::Model { name: choice.name.clone(), class: Class::Choice };
        part.ty = if part.kind == PartKind::Choices { RustType::List(Box::new(own)) } else { own };
        part.choice = Some(choice);
    }
    part
}

fn part(property: &Property, encoding: Option<&Encoding>, types: &Types<'_>, names: &mut Scope) -> Part {
    let ty = types.of(property.schema);
    let kind = kind(property, encoding, &ty, types);
    Part {
        wire: property.name.clone(),
        name: names.claim_first(&[snake(&property.name), with_suffix(&snake(&property.name), "part")]),
        required: property.required,
        ty: kind.ty(ty),
        kind,
        choice: None,
        docs: described(property, encoding, types),
        deprecated: property.deprecated,
    }
}

/// The documentation of a part.
pub(super) fn described(property: &Property, encoding: Option<&Encoding>, types: &Types<'_>) -> Vec<String> {
    let own = types.schema(property.schema).and_then(|schema| schema.description.as_deref());
    let mut lines = docs::of_field(property.description.as_deref().or(own));
    if lines.is_empty() {
        lines.push(format!("`{}`.", docs::escape_inline(&property.name)));
    }
    if let Some(encoding) = encoding.filter(|encoding| !encoding.headers.is_empty()) {
        let names: Vec<String> =
            encoding.headers.iter().map(|name| format!("`{}`", docs::escape_inline(name))).collect();
        lines.extend([String::new(), format!("Its part may have headers: {}.", names.join(", "))]);
    }
    lines
}

pub(super) fn kind(property: &Property, encoding: Option<&Encoding>, ty: &RustType, types: &Types<'_>) -> PartKind {
    // Some frameworks give every part a style (Swashbuckle's `style: form`): a file has none.
    let files = Files::of(encoding);
    let file = || files.is_bytes(property.schema, types) || part_choice::has_file(property.schema, files, types);
    if let Some((style, explode)) = encoding.and_then(|encoding| encoding.style).filter(|_| !file()) {
        return PartKind::Styled(style, explode);
    }
    kind_of(property.schema, &property.name, encoding, ty, types)
}

/// How a value of a schema is written that is a part, or is one of the types of a part.
pub(super) fn kind_of(
    schema: SchemaId,
    name: &str,
    encoding: Option<&Encoding>,
    ty: &RustType,
    types: &Types<'_>,
) -> PartKind {
    let files = Files::of(encoding);
    if files.is_file(schema, types) {
        return PartKind::File(files.media());
    }
    // Of several media types, or a range of them, none is said.
    let one = if files.0.contains([',', '*']) { "" } else { files.0.trim() };
    match types.schema(types.last(schema).0).map(|schema| &schema.shape) {
        Some(Shape::List(items)) if files.is_file(*items, types) => PartKind::Files(files.media()),
        Some(Shape::List(items)) if part_choice::has_file(*items, files, types) => PartKind::Choices,
        Some(Shape::Union(_)) if part_choice::has_file(schema, files, types) => PartKind::Choice,
        shape if form_of(one) == Form::Xml && has_elements(shape, types) => {
            let item = if let Some(Shape::List(items)) = shape { *items } else { schema };
            PartKind::Xml(one.to_owned(), types.table(item, Some(name)))
        }
        _ if matches!(ty, RustType::Json) => PartKind::Value("application/json".to_owned()),
        _ => PartKind::Value(one.to_owned()),
    }
}

/// What the `contentType` of an encoding says of files: a media type, several, ranges, or nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Files<'e>(&'e str);

impl<'e> Files<'e> {
    pub(super) fn of(encoding: Option<&'e Encoding>) -> Self {
        Self(encoding.and_then(|encoding| encoding.media.as_deref()).unwrap_or_default())
    }

    /// The media type of a file that says of none: the first that is no range. Of ranges alone the caller says which, unless
    /// any bytes are of them.
    fn media(self) -> String {
        let octets = "application/octet-stream";
        let all = || self.0.split(',').map(str::trim).filter(|media| !media.is_empty());
        let first = all().find(|media| !media.contains('*'));
        let any = all().any(|range| matches!(range, "*/*" | "*" | "application/*"));
        let asked = || all().collect::<Vec<_>>().join(", ");
        first.map_or_else(|| if any || all().next().is_none() { octets.to_owned() } else { asked() }, str::to_owned)
    }

    /// Whether values of a schema come from a file.
    fn is_file(self, schema: SchemaId, types: &Types<'_>) -> bool {
        match types.schema(types.last(schema).0).map(|schema| &schema.shape) {
            // Without a type, it is bytes (OpenAPI 3.1, "Considerations for File Uploads").
            Some(Shape::Any(any)) => !any.fallback,
            _ => self.is_bytes(schema, types),
        }
    }

    /// Whether values of a schema are bytes: the schema says so, or texts are of a kind that is no text.
    pub(super) fn is_bytes(self, schema: SchemaId, types: &Types<'_>) -> bool {
        let shape = types.schema(types.last(schema).0).map(|schema| &schema.shape);
        let opaque = || !self.0.is_empty() && self.0.split(',').all(|media| form_of(media.trim()) == Form::Bytes);
        matches!(shape, Some(Shape::Scalar(_))) && (is_binary(schema, types) || opaque())
    }
}

/// Whether values have members of their own, or their items do: a plain value is its text, whatever it is called.
fn has_elements(shape: Option<&Shape>, types: &Types<'_>) -> bool {
    let last = |id| types.schema(types.last(id).0).map(|schema| &schema.shape);
    let item = if let Some(Shape::List(items)) = shape { last(*items) } else { shape };
    matches!(item, Some(Shape::Object(_) | Shape::Union(_) | Shape::Map(_)))
}
