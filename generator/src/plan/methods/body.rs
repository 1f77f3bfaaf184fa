//! Request bodies: what a caller hands over for each media type, and what becomes of it.

use super::media::{best, form_of};
use super::parameter_docs;
use super::part_choice::has_file;
use super::parts::{Files, Parts, forms, parts};
use super::stream::{Kind, items};
use crate::api::{Body, Encoding, Items, Media, Property, Scalar, Shape, Style};
use crate::plan::names::{Scope, variant};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;

/// A body.
#[derive(Debug)]
pub struct BodyInput {
    /// Argument or setter.
    pub name: String,
    /// An argument, not a setter.
    pub required: bool,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// The enum of its alternatives, where there are several that mean different things.
    pub choice: Option<String>,
    /// The alternatives; the first is the one with the best type.
    pub payloads: Vec<Payload>,
}

/// A body of one media type.
#[derive(Debug)]
pub struct Payload {
    /// In the enum of the alternatives.
    pub variant: String,
    /// How it is written.
    pub form: Form,
    /// Media type.
    pub media: String,
    /// The caller may say which media type it is.
    pub open: bool,
    /// Type.
    pub ty: RustType,
    /// Members of a form that have a style of their own.
    pub styles: Vec<(String, Style, bool)>,
    /// The types of its parts, where the description lists them: several where the form is one of several.
    pub parts: Vec<Parts>,
    /// What is known of its events.
    pub events: Option<SentEvents>,
    /// The media type of each of its parts, where it is a stream of them.
    pub each: Option<String>,
}

/// Events that are sent.
#[derive(Debug)]
pub struct SentEvents {
    /// The name of those that have none of their own.
    pub event: Option<String>,
    /// The data of the event that says that nothing follows.
    pub end: Option<String>,
    /// The enum of what events of different names say.
    pub kinds: Vec<Kind>,
}

/// How a body is written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::enum_variant_names, reason = "a form is the media type of its name")]
pub enum Form {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// The same, by the styles of this number.
    Styled(usize),
    /// In parts.
    Multipart,
    /// In parts, each of which is a value.
    Values,
    /// JSON values, one on each line.
    Lines,
    /// JSON texts (RFC 7464).
    Texts,
    /// Server-sent events.
    Events,
    /// Parts, each of which is a value.
    PartFeed,
    /// XML.
    Xml,
    /// XML by the table of this number.
    Table(usize),
    /// UTF-8 text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing.
    Empty,
    /// JSON of any kind.
    Any,
    /// JSON where nothing is fine too.
    Perhaps,
}

impl BodyInput {
    /// The type of the argument.
    #[must_use]
    pub fn ty(&self) -> RustType {
        match (&self.choice, self.payloads.as_slice()) {
            (Some(name), _) => RustType::Model { name: name.clone(), class: Class::Choice },
            (None, [one, ..]) => one.ty.clone(),
            (None, []) => RustType::Bytes,
        }
    }
}

pub(super) fn body_input(
    body: &Body,
    types: &Types<'_>,
    names: &mut Scope,
    scope: &mut Scope,
    stem: &str,
) -> BodyInput {
    let media = distinct(body, types);
    let many = media.len() > 1;
    let mut variants = Scope::default();
    let mut payloads: Vec<Payload> =
        media.iter().map(|(media, form)| payload(media, *form, types, scope, &mut variants, stem)).collect();
    if payloads.is_empty() {
        let octets = Media::whole("application/octet-stream".to_owned(), None);
        payloads.push(payload(&octets, Form::Bytes, types, scope, &mut variants, stem));
    }
    // Bytes of several kinds: the caller says of which.
    let kinds = body.media.iter().filter(|media| written(media, types) == Form::Bytes).count();
    for payload in payloads.iter_mut().filter(|payload| payload.form == Form::Bytes) {
        payload.open |= kinds > 1;
        if payload.open {
            payload.ty = RustType::File;
        }
    }
    BodyInput {
        name: names.claim("body"),
        required: body.required,
        docs: parameter_docs::body(body.description.as_deref()),
        choice: many.then(|| scope.claim(&format!("{stem}Body"))),
        payloads,
    }
}

/// The media type with the best type, and those that mean something else than it.
fn distinct<'b>(body: &'b Body, types: &Types<'_>) -> Vec<(&'b Media, Form)> {
    let meaning = |media: &Media| {
        let form = written(media, types);
        let ty = media.schema.map(|schema| types.item(schema)).filter(|ty| *ty != RustType::Text);
        match (form, ty) {
            (Form::Multipart, _) if holds_files(media, types) => (form, None),
            (Form::Lines | Form::Texts, _) => (Form::Lines, Some(item_of(media, types))),
            (Form::Events | Form::PartFeed, _) => (form, None),
            (Form::Bytes | Form::Text | Form::Xml, None | Some(RustType::Json)) => (form, None),
            // What members say does not depend on how they are written.
            (_, ty) => (Form::Json, ty),
        }
    };
    let Some(first) = best(&body.media, types) else { return Vec::new() };
    let mut found = vec![first];
    for media in &body.media {
        if found.iter().all(|known| meaning(known) != meaning(media)) {
            found.push(media);
        }
    }
    found.into_iter().map(|media| (media, written(media, types))).collect()
}

/// How a body is written: by its media type, and by what the schema says where that leaves it open.
pub(super) fn written(media: &Media, types: &Types<'_>) -> Form {
    match media.sequence.as_ref().map(|sequence| &sequence.items) {
        Some(Items::Lines(_)) => return Form::Lines,
        Some(Items::Texts(_)) => return Form::Texts,
        Some(Items::Events(_)) => return Form::Events,
        Some(Items::Parts(_)) => return Form::PartFeed,
        None => {}
    }
    let form = form_of(&media.name);
    let bytes = media.schema.is_some_and(|schema| is_binary(schema, types));
    let any = media.name.contains('*') && media.schema.is_none();
    if form != Form::Multipart && (bytes || any) { Form::Bytes } else { form }
}

/// What each value of a body is that is a stream of them.
fn item_of(media: &Media, types: &Types<'_>) -> RustType {
    let item = media.sequence.as_ref().and_then(|sequence| sequence.schemas().next());
    item.map_or(RustType::Json, |item| types.item(item))
}

/// What the events of a body say, and what is known of them.
fn events(media: &Media, types: &Types<'_>, name: impl FnOnce() -> String) -> (RustType, SentEvents) {
    let sequence = media.sequence.as_ref();
    let (data, kinds) = sequence.map_or((RustType::Text, Vec::new()), |sequence| {
        let (_, data, kinds) = items(sequence, types, name);
        (data, kinds)
    });
    let only = match sequence.map(|sequence| &sequence.items) {
        Some(Items::Events(all)) => all.first().filter(|_| all.len() == 1).and_then(|kind| kind.names.first()),
        _ => None,
    };
    (data, SentEvents { event: only.cloned(), end: sequence.and_then(|sequence| sequence.end.clone()), kinds })
}

/// The table by which a body is written in XML.
pub(super) fn table(media: &Media, types: &Types<'_>) -> Form {
    media.schema.map_or(Form::Bytes, |schema| Form::Table(types.table(schema, None)))
}

/// Whether a schema is for bytes.
pub(super) fn is_binary(schema: crate::api::SchemaId, types: &Types<'_>) -> bool {
    let shape = types.schema(types.last(schema).0).map(|schema| &schema.shape);
    matches!(shape, Some(Shape::Scalar(Scalar::Text(Some(format)))) if format == "binary")
}

fn holds_files(media: &Media, types: &Types<'_>) -> bool {
    let files = |property: &Property| {
        let encoding = media.encoding.iter().find(|one| one.name == property.name);
        let files = Files::of(encoding);
        files.is_bytes(property.schema, types) || has_file(property.schema, files, types)
    };
    let forms = media.schema.map(|schema| forms(schema, types)).unwrap_or_default();
    forms.iter().any(|form| form.object.properties.iter().any(files))
}

fn payload(
    media: &Media,
    form: Form,
    types: &Types<'_>,
    scope: &mut Scope,
    variants: &mut Scope,
    stem: &str,
) -> Payload {
    let schema = media.schema.map(|schema| types.of(schema));
    // A body that may be null is given as one.
    let json = media.schema.map(|schema| types.item(schema));
    let (mut sent, mut each) = (None, None);
    let (form, ty) = match (form, schema) {
        (Form::Json, Some(ty)) => (form, json.unwrap_or(ty)),
        (Form::Form, Some(ty @ (RustType::Model { .. } | RustType::Map(_)))) => (form, ty),
        (Form::Form | Form::Json, _) => (form, RustType::Json),
        (Form::Multipart, _) => (form, RustType::Multipart),
        (Form::Lines | Form::Texts, _) => (form, RustType::ItemStream(Box::new(item_of(media, types)))),
        (Form::PartFeed, _) => {
            each = media.sequence.as_ref().and_then(|sequence| sequence.media.clone());
            (form, RustType::ItemStream(Box::new(RustType::PartOf(Box::new(item_of(media, types))))))
        }
        (Form::Events, _) => {
            let (data, found) = events(media, types, || scope.claim(&format!("{stem}SentEvent")));
            sent = Some(found);
            (form, RustType::ItemStream(Box::new(RustType::Event(Box::new(data)))))
        }
        (Form::Xml, Some(ty)) if !matches!(ty, RustType::Text | RustType::Json) => (table(media, types), ty),
        (Form::Text, _) => (form, RustType::Text),
        (_, _) => (Form::Bytes, RustType::Bytes),
    };
    let open = media.name.contains('*');
    let media_name = match (open, form) {
        (true, Form::Json) => "application/json",
        (true, Form::Text) => "text/plain",
        (true, _) => "application/octet-stream",
        (false, _) if media.name.is_empty() => "application/octet-stream",
        (false, _) => media.name.as_str(),
    };
    let essence = media_name.split(';').next().unwrap_or_default().trim().to_lowercase();
    let wanted = match form {
        Form::Json => "Json".to_owned(),
        Form::Form | Form::Styled(_) => "Form".to_owned(),
        Form::Multipart | Form::Values | Form::PartFeed => "Parts".to_owned(),
        Form::Lines | Form::Texts | Form::Events => "Values".to_owned(),
        Form::Xml | Form::Table(_) => "Xml".to_owned(),
        Form::Text => "Text".to_owned(),
        Form::Bytes | Form::Empty | Form::Any | Form::Perhaps => "Bytes".to_owned(),
    };
    Payload {
        variant: variants.claim_first(&[wanted, variant(&essence)]),
        parts: if form == Form::Multipart { parts(media, types, scope, stem) } else { Vec::new() },
        events: sent,
        each,
        styles: if form == Form::Form { styles(&media.encoding) } else { Vec::new() },
        media: media_name.to_owned(),
        open: open && form == Form::Bytes,
        form,
        ty,
    }
}

/// Members of a form that are not spelled by the default.
pub(super) fn styles(encoding: &[Encoding]) -> Vec<(String, Style, bool)> {
    let encoding = encoding.iter().filter_map(|one| {
        let json = one.media.as_deref().is_some_and(|media| form_of(media) == Form::Json && !media.contains('*'));
        let style = one.style.or(json.then_some((Style::Json, false)))?;
        Some((one.name.clone(), style.0, style.1))
    });
    encoding.collect()
}
