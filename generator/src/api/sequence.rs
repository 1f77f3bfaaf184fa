//! Answers that are values one after the other. Plain data.

use super::SchemaId;

/// The content of a media type that is values one after the other.
#[derive(Debug, Clone)]
pub struct Sequence {
    /// What the values are, and how they are told from each other.
    pub items: Items,
    /// The text by which the sender says that nothing follows.
    pub end: Option<String>,
    /// The media type of each value that is sent, where it is a part.
    pub media: Option<String>,
}

/// The values of a sequence.
#[derive(Debug, Clone)]
pub enum Items {
    /// Server-sent events (HTML, section 9.2): the kinds that there are, at least one.
    Events(Vec<EventKind>),
    /// A JSON value on each line; any JSON where there is no schema.
    Lines(Option<SchemaId>),
    /// JSON texts (RFC 7464); any JSON where there is no schema.
    Texts(Option<SchemaId>),
    /// Parts (RFC 2046); bytes where there is no schema.
    Parts(Option<SchemaId>),
}

/// What the events of some names say.
#[derive(Debug, Clone)]
pub struct EventKind {
    /// The names in the field `event`; none for all that no other kind names.
    pub names: Vec<String>,
    /// The type of the data where it is JSON; data is the text as it is where there is none.
    pub data: Option<SchemaId>,
}

/// What is true where a stream is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// Its name on the wire.
    pub name: String,
    /// Where it stands: kinds of bodies in document order, else the query.
    pub places: Vec<SwitchPlace>,
}

/// Where a switch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SwitchPlace {
    /// A member of a JSON body.
    Json,
    /// A member of a form.
    Form,
    /// A part.
    Part,
    /// A parameter of the query.
    Query,
}

/// What settings say about the stream of one operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StreamRule {
    /// The text by which the server says that nothing follows, or that there is none; what is usual where nothing is said.
    pub end: Option<Option<String>>,
    /// The member of the body, or the parameter of the query, that is true where a stream is asked for, or that there is none.
    pub switch: Option<Option<String>>,
}

impl Sequence {
    /// The schemas that it names.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        let (kinds, item) = match &self.items {
            Items::Events(kinds) => (&kinds[..], None),
            Items::Lines(item) | Items::Texts(item) | Items::Parts(item) => (&[][..], *item),
        };
        kinds.iter().filter_map(|kind| kind.data).chain(item)
    }

    /// The schemas that it names, to be changed.
    pub fn schemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        let (kinds, item) = match &mut self.items {
            Items::Events(kinds) => (&mut kinds[..], None),
            Items::Lines(item) | Items::Texts(item) | Items::Parts(item) => (&mut [][..], item.as_mut()),
        };
        kinds.iter_mut().filter_map(|kind| kind.data.as_mut()).chain(item)
    }
}
