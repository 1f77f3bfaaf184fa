//! Bodies that are streams of values: their framing and the types of the values.

use crate::api::{EventKind, Items, Sequence};
use crate::plan::names::{Scope, variant};
use crate::plan::rust_type::{Class, RustType};
use crate::plan::type_of::Types;

/// Framing of the values in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Server-sent events.
    Events,
    /// Lines of JSON.
    Lines,
    /// JSON texts (RFC 7464).
    JsonTextSequence,
    /// Parts.
    Parts,
}

impl Framing {
    /// The runtime's type of a stream of values in a response.
    #[must_use]
    pub(crate) const fn stream_type(self) -> &'static str {
        match self {
            Self::Events => "Events",
            Self::Lines | Self::JsonTextSequence => "JsonStream",
            Self::Parts => "PartStream",
        }
    }

    /// Name in `surface.json`.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Lines => "lines",
            Self::JsonTextSequence => "texts",
            Self::Parts => "parts",
        }
    }

    /// The runtime's function that describes such a stream.
    #[must_use]
    pub(crate) const fn descriptor(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Lines => "json_lines",
            Self::JsonTextSequence => "json_seq",
            Self::Parts => "parts",
        }
    }

    /// The noun for the values in a sentence.
    #[must_use]
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Events => "server-sent events",
            Self::Lines => "JSON values in lines",
            Self::JsonTextSequence => "JSON texts",
            Self::Parts => "parts",
        }
    }
}

/// The type of the events with these names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EventVariant {
    /// Values of the field `event`; none for all other events.
    pub names: Vec<String>,
    /// Variant of the enum.
    pub variant: String,
    /// Type of the variant's value.
    pub ty: RustType,
}

/// The framing of a stream and the type of its values, with the variants if events of different names have different
/// types. `event` names the enum of these.
pub(super) fn items(
    sequence: &Sequence,
    types: &Types<'_>,
    event: impl FnOnce() -> String,
) -> (Framing, RustType, Vec<EventVariant>) {
    let json = |item: &Option<_>| item.map_or(RustType::Json, |item| types.nullable_type(item));
    match &sequence.items {
        Items::Lines(item) => (Framing::Lines, json(item), Vec::new()),
        Items::JsonTextSequence(item) => (Framing::JsonTextSequence, json(item), Vec::new()),
        Items::Parts(item) => {
            let ty = item.map_or(RustType::Bytes, |item| types.nullable_type(item));
            (Framing::Parts, ty, Vec::new())
        }
        Items::Events(kinds) => {
            let data = |data: &Option<_>| data.map_or(RustType::String, |data| types.nullable_type(data));
            if let [only] = &kinds[..] {
                return (Framing::Events, data(&only.data), Vec::new());
            }
            let mut variants = Scope::with(&["Unknown"]);
            let kind = |kind: &EventKind| EventVariant {
                variant: variants.claim(&kind.names.first().map_or_else(|| "Other".to_owned(), |name| variant(name))),
                names: kind.names.clone(),
                ty: data(&kind.data),
            };
            let kinds = kinds.iter().map(kind).collect();
            (Framing::Events, RustType::model(event(), Class::Outcome), kinds)
        }
    }
}
