//! Plans the request body of an operation: the type of its argument, and the encoding of each media type.

use super::codec::{Request, RequestCodec, RequestContext, best, row};
use super::media_kind::MediaKind;
use super::operation_docs::type_in_words;
use super::parts::Parts;
use super::sequence::EventVariant;
use crate::api::{Body, Media, Operation, essence};
use crate::plan::docs::{self, escape_inline};
use crate::plan::names::{Scope, variant};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;
use serde_json::Value;

/// A request body.
#[derive(Debug)]
pub(crate) struct BodyInput {
    /// Name of the argument or setter.
    pub name: String,
    /// True for an argument, false for a setter.
    pub is_argument: bool,
    /// True for an argument that is required in the lock only: `None` leaves the body out.
    pub takes_none: bool,
    /// Documentation in lines.
    pub docs: Vec<String>,
    /// The enum of its payloads, if several have different meanings.
    pub choice: Option<String>,
    /// One payload for each meaning; the first has the best type.
    pub payloads: Vec<Payload>,
}

/// A body of one media type.
#[derive(Debug)]
pub(crate) struct Payload {
    /// Variant of the enum of bodies.
    pub variant: String,
    /// The code that writes it.
    pub codec: RequestCodec,
    /// Media type.
    pub media: String,
    /// Type.
    pub ty: RustType,
    /// Examples of its values.
    pub examples: Vec<Value>,
}

impl Payload {
    /// The types of its parts, if the description lists them.
    #[must_use]
    pub(crate) fn parts(&self) -> &[Parts] {
        if let RequestCodec::Multipart(parts) = &self.codec { parts } else { &[] }
    }

    /// Returns true if its value is also passed by reference where the operation has several media types.
    #[must_use]
    pub(crate) fn takes_reference(&self) -> bool {
        self.ty == RustType::String || (self.codec.borrows() && self.is_passed_by_reference())
    }

    /// Returns true if callers pass its value by reference where the operation has one media type. Null is passed as `None`.
    #[must_use]
    pub(crate) fn is_passed_by_reference(&self) -> bool {
        self.ty.borrows() || (!matches!(self.ty, RustType::Option(_)) && self.item().is_some())
    }

    /// The type of the items of a list, which can be null, that callers pass as a slice.
    #[must_use]
    pub(crate) fn item(&self) -> Option<&RustType> {
        let list = if let RustType::Option(inner) = &self.ty { inner } else { &self.ty };
        match list {
            RustType::List(item) if self.codec.borrows() => Some(item),
            _ => None,
        }
    }

    /// The variants of its events, if events of different names have different types.
    #[must_use]
    pub(crate) fn event_kinds(&self) -> &[EventVariant] {
        if let RequestCodec::Events(events) = &self.codec { &events.kinds } else { &[] }
    }
}

impl BodyInput {
    /// Returns true if callers can pass the plain value of a payload in place of its variant, as they did when it was the only payload.
    #[must_use]
    pub(crate) fn accepts_plain_value(&self, payload: &Payload) -> bool {
        payload.takes_reference() || (payload.ty == RustType::Bytes && !self.has_text())
    }

    /// Returns true if a payload is text. Strings are then that one, and not bytes.
    #[must_use]
    pub(crate) fn has_text(&self) -> bool {
        self.payloads.iter().any(|payload| payload.ty == RustType::String)
    }

    /// The only payload. Several have an enum.
    #[must_use]
    pub(crate) fn only_payload(&self) -> Option<&Payload> {
        self.payloads.first().filter(|_| self.choice.is_none())
    }

    /// The type of the argument.
    #[must_use]
    pub(crate) fn argument(&self) -> RustType {
        if self.takes_none { self.passed().option() } else { self.passed() }
    }

    /// The type of the argument that is sent. Callers pass a reference to a list as a slice.
    #[must_use]
    pub(crate) fn passed(&self) -> RustType {
        let slice = |item: &RustType| RustType::Slice(Box::new(item.clone()));
        let slice = self.only_payload().and_then(Payload::item).map(slice);
        match (slice, self.ty()) {
            (Some(slice), RustType::Option(_)) => slice.option(),
            (Some(slice), _) => slice,
            (None, ty) => ty,
        }
    }

    /// The type of the value.
    #[must_use]
    pub(crate) fn ty(&self) -> RustType {
        match (&self.choice, self.payloads.as_slice()) {
            (Some(name), _) => RustType::model(name.clone(), Class::Choice),
            (None, [one, ..]) => one.ty.clone(),
            (None, []) => RustType::Bytes,
        }
    }
}

/// The key of the body among the parameters of an operation in the lock.
pub(crate) const BODY: &str = "body";

/// The body of an operation. It is an argument if it is required, or was in the lock, and a setter otherwise.
pub(super) fn body_input(
    operation: &Operation,
    types: &Types<'_>,
    [arguments, setters]: [&mut Scope; 2],
    scope: &mut Scope,
    stem: &str,
) -> Option<BodyInput> {
    let body = operation.body.as_ref()?;
    let locked = types.locked().parameters_of(&operation.route());
    let is_argument = body.required || locked.is_argument(BODY);
    let names = if is_argument { arguments } else { setters };
    let media = distinct(body, types);
    let many = media.len() > 1;
    let mut variants = Scope::default();
    let octets = Media::whole("application/octet-stream".to_owned(), None);
    let fallback_media = media.is_empty().then_some(&octets);
    let payloads = media.into_iter().chain(fallback_media);
    let mut payloads: Vec<Payload> = payloads.map(|media| payload(media, types, scope, &mut variants, stem)).collect();
    // The caller chooses the media type of bytes.
    let is_bytes = |media: &&Media| MediaKind::of(media, types) == MediaKind::Bytes;
    if body.media.iter().filter(is_bytes).count() > 1 {
        for payload in payloads.iter_mut().filter(|payload| payload.codec == RequestCodec::BYTES) {
            (payload.codec, payload.ty) = (RequestCodec::FILE, RustType::File);
        }
    }
    let mut lines = docs::of_field(body.description.as_deref());
    // A setter has documentation of its own; an argument is an item of a list.
    let sent = payloads.first().filter(|payload| !many && payload.codec == RequestCodec::BYTES);
    let sent =
        sent.map(|payload| format!("`{}`; `header(\"content-type\", …)` changes that.", escape_inline(&payload.media)));
    match sent {
        Some(sent) if lines.is_empty() && !is_argument => lines.push(format!("Sets the request body, sent as {sent}")),
        Some(sent) => docs::add_notes(&mut lines, [format!("Sent as {sent}")]),
        None if lines.is_empty() && !is_argument => lines.push("Sets the request body.".to_owned()),
        None => {}
    }
    let is_nullable = !many && payloads.iter().any(|payload| matches!(payload.ty, RustType::Option(_)));
    let takes_none = is_argument && !body.required && !is_nullable;
    let none_meaning = if is_nullable { Some("is sent as `null`") } else { takes_none.then_some("leaves it out") };
    // An argument without a text has its type in the list.
    let only = payloads.first().filter(|_| !many && is_argument && lines.is_empty());
    let ty = only.and_then(|payload| match &payload.ty {
        RustType::Option(inner) => type_in_words(inner),
        ty => type_in_words(ty),
    });
    let note = none_meaning.map(|meaning| match ty {
        Some(ty) => format!("{ty}, or `None`, which {meaning}."),
        None => format!("`None` {meaning}."),
    });
    docs::add_notes(&mut lines, note);
    Some(BodyInput {
        name: names.claim("body"),
        is_argument,
        takes_none,
        docs: lines,
        choice: many.then(|| scope.claim(&format!("{stem}Body"))),
        payloads,
    })
}

/// The media type with the best type, and those with another meaning.
fn distinct<'b>(body: &'b Body, types: &Types<'_>) -> Vec<&'b Media> {
    let meaning = |media: &Media| {
        let ty = media.schema.map(|schema| types.nullable_type(schema)).filter(|ty| *ty != RustType::String);
        (row(MediaKind::of(media, types)).meaning)(media, ty, types)
    };
    let mut found: Vec<&Media> = best(&body.media, types).into_iter().collect();
    for media in &body.media {
        if found.iter().all(|known| meaning(known) != meaning(media)) {
            found.push(media);
        }
    }
    found
}

/// The payload of a media type.
fn payload(media: &Media, types: &Types<'_>, scope: &mut Scope, variants: &mut Scope, stem: &str) -> Payload {
    let request = row(MediaKind::of(media, types)).request;
    let Request { kind, codec, ty } = request(&mut RequestContext { media, types, scope, stem });
    let row = row(kind);
    let of_schema = media.schema.map(|schema| types.examples(schema)).unwrap_or_default();
    let name = match media.name.as_str() {
        range if range.contains('*') => row.concrete,
        "" => "application/octet-stream",
        name => name,
    };
    Payload {
        variant: variants.claim_first(&[row.variant.to_owned(), variant(&essence(name))]),
        codec,
        media: name.to_owned(),
        ty,
        examples: media.examples.0.iter().cloned().chain(of_schema).collect(),
    }
}
