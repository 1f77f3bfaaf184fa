//! Answers that come as values one after the other: what a call gives of them, and what it asks for.

use super::media::{acceptable, is_redirect, outcome, succeeds};
use super::{Form, Outcome};
use crate::api::{Items, Media, Operation, Response, Sequence, Status, StreamFlag, StreamFlagPlace};
use crate::plan::docs;
use crate::plan::names::{Scope, variant};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;
use serde_json::{Value, json};
use std::borrow::Cow;

/// A stream of values.
#[derive(Debug)]
pub struct Stream {
    /// `Accept`.
    pub media: String,
    /// How the values are told from each other.
    pub framing: Framing,
    /// What each value is; of an event, its data.
    pub item: RustType,
    /// The enum of what events of different names say.
    pub kinds: Vec<Kind>,
    /// The text by which the server says that nothing follows.
    pub end: Option<String>,
    /// What is true where a stream is asked for.
    pub switch: Option<StreamFlag>,
    /// No success is anything else: the call itself gives it.
    pub only: bool,
}

/// How values are told from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Server-sent events.
    Events,
    /// JSON in lines.
    Lines,
    /// JSON texts.
    Texts,
    /// Parts.
    Parts,
}

/// What the events of some names say.
#[derive(Debug)]
pub struct Kind {
    /// In the field `event`; none for all others.
    pub names: Vec<String>,
    /// In the enum.
    pub variant: String,
    /// What the variant holds.
    pub ty: RustType,
}

/// What a call offers for it, beside sending.
pub(super) const METHOD: &str = "stream";

impl Framing {
    /// In one word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Lines => "lines",
            Self::Texts => "texts",
            Self::Parts => "parts",
        }
    }
}

impl Framing {
    /// The runtime's function that describes such a stream.
    #[must_use]
    pub const fn descriptor(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Lines => "json_lines",
            Self::Texts => "json_seq",
            Self::Parts => "parts",
        }
    }
}

/// The runtime's name of where a switch stands.
#[must_use]
pub const fn place_name(place: StreamFlagPlace) -> &'static str {
    match place {
        StreamFlagPlace::Json => "Json",
        StreamFlagPlace::Form => "Form",
        StreamFlagPlace::Part => "Part",
        StreamFlagPlace::Query => "Query",
    }
}

/// The answers as far as they come whole.
pub(super) fn whole<'r>(responses: &Cow<'r, [Response]>) -> Cow<'r, [Response]> {
    let mut whole = responses.clone();
    if whole.iter().flat_map(|response| &response.media).any(|media| media.sequence.is_some()) {
        whole.to_mut().iter_mut().for_each(|response| response.media.retain(|media| media.sequence.is_none()));
    }
    whole
}

/// What a call gives as a whole: nothing where it gives nothing but a stream. Answers that are a stream and nothing else
/// do not count beside others.
pub(super) fn success(
    stream: Option<&Stream>,
    responses: &[Response],
    whole: &[Response],
    types: &Types<'_>,
    received: &super::Received,
    scope: &mut Scope,
    stem: &str,
) -> Outcome {
    if stream.is_some_and(|stream| stream.only) {
        return Outcome::One(RustType::Unit, Form::Empty);
    }
    let pairs = responses.iter().zip(whole);
    let read = pairs.filter(|(said, whole)| said.media.is_empty() || !whole.media.is_empty());
    let read: Vec<Response> = read.map(|(_, whole)| whole.clone()).collect();
    outcome(&read, true, types, received, scope, &format!("{stem}Outcome"))
}

/// What is asked for, where nothing but a stream is.
pub(super) fn asked(stream: Option<&Stream>) -> Option<String> {
    stream.filter(|stream| stream.only).map(|stream| stream.media.clone())
}

/// Answers that are a success.
fn successes(responses: &[Response]) -> impl Iterator<Item = &Response> {
    let none_said = !responses.iter().any(|response| succeeds(response.status)) && !is_redirect(responses);
    responses.iter().filter(move |response| match response.status {
        Status::Default => none_said,
        status => succeeds(status),
    })
}

/// Whether a call has `stream()`, beside sending.
pub(super) fn is_offered(stream: Option<&Stream>, success: &Outcome) -> bool {
    stream.map_or_else(|| success.is_bytes(), |stream| !stream.only)
}

/// The stream that an operation's success is, or may be.
pub(super) fn stream(
    operation: &Operation,
    responses: &[Response],
    types: &Types<'_>,
    event: impl FnOnce() -> String,
) -> Option<Stream> {
    let media = || successes(responses).flat_map(|response| &response.media);
    let sequence = |media: &'_ &Media| media.sequence.is_some() && media.name.is_ascii();
    let (media_name, found) = media().find(sequence).and_then(|media| Some((&media.name, media.sequence.as_ref()?)))?;
    let (framing, item, kinds) = items(found, types, event);
    let only = media().all(|media| media.sequence.is_some());
    Some(Stream {
        media: acceptable(media_name),
        framing,
        item,
        kinds,
        end: found.end.clone(),
        // A caller of a call that gives nothing but a stream has the parameter for himself.
        switch: operation.switch.clone().filter(|switch| !only || switch.places != [StreamFlagPlace::Query]),
        only,
    })
}

/// How the values of a sequence are told from each other, and what they are.
pub(super) fn items(
    sequence: &Sequence,
    types: &Types<'_>,
    event: impl FnOnce() -> String,
) -> (Framing, RustType, Vec<Kind>) {
    let json = |item: &Option<_>| item.map_or(RustType::Json, |item| types.item(item));
    match &sequence.items {
        Items::Lines(item) => (Framing::Lines, json(item), Vec::new()),
        Items::Texts(item) => (Framing::Texts, json(item), Vec::new()),
        Items::Parts(item) => {
            let ty = item.map_or(RustType::Bytes, |item| types.item(item));
            (Framing::Parts, ty, Vec::new())
        }
        Items::Events(kinds) => {
            let data = |data: &Option<_>| data.map_or(RustType::Text, |data| types.item(data));
            if let [only] = &kinds[..] {
                return (Framing::Events, data(&only.data), Vec::new());
            }
            let mut variants = Scope::with(&["Unknown"]);
            let kind = |kind: &crate::api::EventKind| Kind {
                variant: variants.claim(&kind.names.first().map_or_else(|| "Other".to_owned(), |name| variant(name))),
                names: kind.names.clone(),
                ty: data(&kind.data),
            };
            let kinds = kinds.iter().map(kind).collect();
            (Framing::Events, RustType::Model { name: event(), class: Class::Outcome }, kinds)
        }
    }
}

/// What each value of a streamed answer is read as.
pub(super) fn answers(response: &Response, types: &Types<'_>) -> Vec<(Status, Option<String>, RustType)> {
    let answer = |media: &Media| {
        let (_, item, kinds) = items(media.sequence.as_ref()?, types, String::new);
        // What events of different names say is in the description of the stream.
        Some((response.status, Some(media.name.clone()), if kinds.is_empty() { item } else { RustType::Text }))
    };
    response.media.iter().filter_map(answer).collect()
}

/// What the documentation of a call says of it.
pub(super) fn documentation(stream: Option<&Stream>, success: &Outcome) -> Option<String> {
    match (stream, success) {
        (Some(stream), _) => {
            let what = match stream.framing {
                Framing::Events => "server-sent events",
                Framing::Lines => "JSON values in lines",
                Framing::Texts => "JSON texts",
                Framing::Parts => "parts",
            };
            let media = docs::escape_inline(&stream.media);
            Some(if stream.only {
                format!("Its answer is a stream of {what} (`{media}`), which come as they are sent.")
            } else {
                format!("With `stream()`, its answer is a stream of {what} (`{media}`), which come as they are sent.")
            })
        }
        (None, success) if success.is_bytes() => {
            Some("With `stream()`, its answer comes as it is sent, and may be larger than the memory.".to_owned())
        }
        (None, _) => None,
    }
}

impl Stream {
    /// For the surface.
    pub(in crate::plan) fn surface(&self, module: &str) -> Value {
        let ty = match &self.item {
            RustType::Model { name, class: Class::Outcome } => format!("api::{module}::{name}"),
            other => other.path(),
        };
        let kinds = self.kinds.iter();
        let kinds =
            kinds.map(|kind| json!({ "names": kind.names, "rust": kind.variant, "type": kind.ty.path() })).collect();
        let mut value = json!({
            "media": self.media, "values": self.framing.name(), "type": ty, "only": self.only,
        });
        if let Some(object) = value.as_object_mut() {
            object.extend((!self.kinds.is_empty()).then(|| ("events".to_owned(), Value::Array(kinds))));
            object.extend(self.end.as_ref().map(|end| ("end".to_owned(), json!(end))));
            object.extend(self.switch.as_ref().map(|switch| ("switch".to_owned(), json!(switch.name))));
        }
        value
    }
}
