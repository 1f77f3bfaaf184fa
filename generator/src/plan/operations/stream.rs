//! Responses that are streams of values: the types of the values and the request for the stream.

use super::PlannedOperation;
use super::media_kind::acceptable;
use super::outcome::Outcome;
use super::responses::Responses;
use super::sequence::items;
pub(crate) use super::sequence::{EventVariant, Framing};
use crate::api::{Operation, StreamFlag, StreamFlagLocation};
use crate::plan::docs;
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;
use serde_json::{Value, json};

/// A stream of values.
#[derive(Debug)]
pub(crate) struct Stream {
    /// `Accept`.
    pub media: String,
    /// Framing of the values.
    pub framing: Framing,
    /// Type of a value; for an event, of its data.
    pub item: RustType,
    /// Variants of the enum for data of events with different names.
    pub kinds: Vec<EventVariant>,
    /// End marker.
    pub end: Option<String>,
    /// The property or parameter that requests the stream.
    pub stream_flag: Option<StreamFlag>,
    /// True if every success is this stream: then the call returns it.
    pub is_only_success: bool,
}

/// Name of the method of a call that requests the stream.
pub(super) const METHOD: &str = "stream";

/// The runtime's name of the location of a stream flag.
#[must_use]
pub(crate) const fn location_name(location: StreamFlagLocation) -> &'static str {
    match location {
        StreamFlagLocation::Json => "Json",
        StreamFlagLocation::Form => "Form",
        StreamFlagLocation::Part => "Part",
        StreamFlagLocation::Query => "Query",
    }
}

/// The value of `Accept` where every success is a stream.
pub(super) fn accept(stream: Option<&Stream>) -> Option<String> {
    stream.filter(|stream| stream.is_only_success).map(|stream| stream.media.clone())
}

/// Returns true if a call has `stream()`.
pub(super) fn is_offered(stream: Option<&Stream>, success: &Outcome) -> bool {
    stream.map_or_else(|| success.is_bytes(), |stream| !stream.is_only_success)
}

/// Returns the stream that a success of an operation is or can be.
pub(super) fn stream(
    operation: &Operation,
    responses: &Responses<'_>,
    types: &Types<'_>,
    event: impl FnOnce() -> String,
) -> Option<Stream> {
    let (media, sequence) = responses.stream()?;
    let (framing, item, kinds) = items(sequence, types, event);
    let is_only_success = responses.is_only_stream();
    Some(Stream {
        media: acceptable(&media.name),
        framing,
        item,
        kinds,
        end: sequence.end.clone(),
        // The caller sets the parameter of an operation whose only response is a stream.
        stream_flag: operation
            .stream_flag
            .clone()
            .filter(|flag| !is_only_success || flag.locations != [StreamFlagLocation::Query]),
        is_only_success,
    })
}

/// Documentation of `stream()` for a call.
pub(super) fn documentation(stream: Option<&Stream>, success: &Outcome) -> Option<String> {
    match (stream, success) {
        (Some(stream), _) => {
            let what = stream.framing.words();
            let media = docs::escape_inline(&stream.media);
            Some(if stream.is_only_success {
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

impl PlannedOperation {
    /// Returns true if its calls have `stream()`.
    #[must_use]
    pub(crate) fn offers_stream(&self) -> bool {
        is_offered(self.stream.as_ref(), &self.success)
    }
}

impl Stream {
    /// The entry in `surface.json`.
    pub(in crate::plan) fn surface(&self, module: &str) -> Value {
        let ty = match &self.item {
            RustType::Model { name, class: Class::Outcome, .. } => format!("api::{module}::{name}"),
            other => other.path(),
        };
        let kinds = self.kinds.iter();
        let kinds =
            kinds.map(|kind| json!({ "names": kind.names, "rust": kind.variant, "type": kind.ty.path() })).collect();
        let mut value = json!({
            "media": self.media, "values": self.framing.name(), "type": ty, "only": self.is_only_success,
        });
        if let Some(object) = value.as_object_mut() {
            object.extend((!self.kinds.is_empty()).then(|| ("events".to_owned(), Value::Array(kinds))));
            object.extend(self.end.as_ref().map(|end| ("end".to_owned(), json!(end))));
            object.extend(self.stream_flag.as_ref().map(|flag| ("switch".to_owned(), json!(flag.name))));
        }
        value
    }
}
