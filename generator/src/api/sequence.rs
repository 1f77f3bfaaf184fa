//! Sequences of values in responses and request bodies. Plain data.

use super::SchemaId;

/// The content of a media type that is a sequence of values.
#[derive(Debug, Clone)]
pub(crate) struct Sequence {
    /// The values and their separation.
    pub items: Items,
    /// The text that ends the sequence.
    pub end: Option<String>,
    /// The media type of each part of a request body.
    pub media: Option<String>,
}

/// The values of a sequence.
#[derive(Debug, Clone)]
pub(crate) enum Items {
    /// Server-sent events (HTML, section 9.2) of at least one kind.
    Events(Vec<EventKind>),
    /// JSON lines. `None`: any JSON.
    Lines(Option<SchemaId>),
    /// A JSON text sequence (RFC 7464). `None`: any JSON.
    JsonTextSequence(Option<SchemaId>),
    /// Parts (RFC 2046). `None`: bytes.
    Parts(Option<SchemaId>),
}

/// The events of some names.
#[derive(Debug, Clone)]
pub(crate) struct EventKind {
    /// Values of the field `event`. Empty: all events without another kind.
    pub names: Vec<String>,
    /// The type of JSON data. `None`: the data is text.
    pub data: Option<SchemaId>,
}

impl EventKind {
    /// Returns true if the data is text.
    #[must_use]
    pub(crate) const fn is_text(&self) -> bool {
        self.data.is_none()
    }
}

/// The flag that requests a stream. The settings and `surface.json` call it `switch`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StreamFlag {
    /// Name on the wire.
    pub name: String,
    /// The locations of the flag: kinds of bodies in the order of the description, otherwise the query.
    pub locations: Vec<StreamFlagLocation>,
}

/// The location of the flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StreamFlagLocation {
    /// A property of a JSON body.
    Json,
    /// A property of a form.
    Form,
    /// A part.
    Part,
    /// A query parameter.
    Query,
}

/// The stream rule of one operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StreamRule {
    /// The text that ends the stream.
    pub end: RuleValue,
    /// The flag that requests a stream: a property of the body or a query parameter.
    pub stream_flag: RuleValue,
}

/// A value of a stream rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum RuleValue {
    /// The rule does not set it.
    #[default]
    Default,
    /// There is none.
    Off,
    /// This text.
    Text(String),
}

impl Sequence {
    /// The schemas of the sequence.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        let (kinds, item) = match &self.items {
            Items::Events(kinds) => (&kinds[..], None),
            Items::Lines(item) | Items::JsonTextSequence(item) | Items::Parts(item) => (&[][..], *item),
        };
        kinds.iter().filter_map(|kind| kind.data).chain(item)
    }

    /// The schemas of the sequence, mutable.
    pub(crate) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let (kinds, item) = match &mut self.items {
            Items::Events(kinds) => (&mut kinds[..], None),
            Items::Lines(item) | Items::JsonTextSequence(item) | Items::Parts(item) => (&mut [][..], item.as_mut()),
        };
        kinds.iter_mut().filter_map(|kind| kind.data.as_mut()).chain(item)
    }
}
