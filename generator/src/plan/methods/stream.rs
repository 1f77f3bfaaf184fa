//! Answers that come as values one after the other: what a call gives of them, and what it asks for.

use super::media_kind::acceptable;
use super::outcome::Outcome;
use super::responses::Responses;
use super::sequence::items;
pub use super::sequence::{Framing, Kind};
use crate::api::{Operation, StreamFlag, StreamFlagPlace};
use crate::plan::docs;
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;
use serde_json::{Value, json};

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

/// What a call offers for it, beside sending.
pub(super) const METHOD: &str = "stream";

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

/// The value of `Accept` where every success is a stream.
pub(super) fn accept(stream: Option<&Stream>) -> Option<String> {
    stream.filter(|stream| stream.only).map(|stream| stream.media.clone())
}

/// Whether a call has `stream()`, beside sending.
pub(super) fn is_offered(stream: Option<&Stream>, success: &Outcome) -> bool {
    stream.map_or_else(|| success.is_bytes(), |stream| !stream.only)
}

/// The stream that an operation's success is, or may be.
pub(super) fn stream(
    operation: &Operation,
    responses: &Responses<'_>,
    types: &Types<'_>,
    event: impl FnOnce() -> String,
) -> Option<Stream> {
    let (media, sequence) = responses.stream()?;
    let (framing, item, kinds) = items(sequence, types, event);
    let only = responses.is_only_stream();
    Some(Stream {
        media: acceptable(&media.name),
        framing,
        item,
        kinds,
        end: sequence.end.clone(),
        // The caller sets the parameter of an operation whose only response is a stream.
        switch: operation.switch.clone().filter(|switch| !only || switch.places != [StreamFlagPlace::Query]),
        only,
    })
}

/// What the documentation of a call says of it.
pub(super) fn documentation(stream: Option<&Stream>, success: &Outcome) -> Option<String> {
    match (stream, success) {
        (Some(stream), _) => {
            let what = stream.framing.words();
            let media = docs::escape_inline(&stream.media);
            Some(if stream.only {
                format!("The response is a stream of {what} (`{media}`).")
            } else {
                format!("With `stream()`, the response is a stream of {what} (`{media}`).")
            })
        }
        (None, success) if success.is_bytes() => {
            Some("With `stream()`, the response is a stream of bytes, which can be larger than the memory.".to_owned())
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
