//! What the description means: the narrow waist of the pipeline. Everything before it talks OpenAPI, everything after
//! it does not; nobody here knows which version the description was written in, nor anything of Rust.

mod chosen;
mod operation;
mod paging;
mod places;
mod sequence;
mod shape;
mod webhook;

pub use chosen::{ChosenType, UnknownChoice};
pub use operation::{
    Answer, Body, ClientHeader, Encoding, Header, Location, Media, Need, Operation, Parameter, Response, Status, Style,
};
pub use paging::{Paging, PagingRule, Place, Source, Step};
pub use places::Places;
pub use sequence::{EventKind, Items, Sequence, StreamRule, Switch, SwitchPlace};
pub use shape::{Any, Enum, EnumOf, EnumValue, Extra, Member, Object, Property, Scalar, Shape, Tuple, Union};
pub use webhook::Payload;

use crate::span::Span;
use indexmap::IndexMap;

/// A whole API.
#[derive(Debug, Default)]
pub struct Api {
    /// Title, version, description.
    pub info: Info,
    /// Base addresses, in order of preference.
    pub servers: Vec<Server>,
    /// Tags in document order (declared ones first), each named by at least one operation.
    pub tags: Vec<Tag>,
    /// Every security scheme, in document order.
    pub schemes: Vec<SecurityScheme>,
    /// Alternatives that hold for operations without their own.
    pub security: Vec<Vec<Need>>,
    /// The arena that `SchemaId` indexes.
    pub schemas: Vec<Schema>,
    /// Named schemas: component name to schema, in document order.
    pub components: IndexMap<String, SchemaId>,
    /// Header parameters that are set once on the client.
    pub client_headers: Vec<ClientHeader>,
    /// Operations in document order.
    pub operations: Vec<Operation>,
    /// Bodies of webhooks, then of callbacks, in document order.
    pub payloads: Vec<Payload>,
    /// What was left out and why.
    pub skipped: Vec<Skipped>,
    /// Settings about types that name nothing.
    pub unknown_choices: Vec<UnknownChoice>,
}

/// Where a thing came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Place in the input.
    pub span: Span,
    /// JSON pointer with `#`, as `#/components/schemas/Pet`.
    pub pointer: String,
}

/// Facts about the document.
#[derive(Debug, Default)]
pub struct Info {
    /// The API's title.
    pub title: String,
    /// The document's version, as written.
    pub version: String,
    /// The version of OpenAPI, as written; for the surface only.
    pub openapi: String,
    /// Markdown.
    pub description: Option<String>,
}

/// One base address.
#[derive(Debug)]
pub struct Server {
    /// Template with `{variable}`s; may be relative or empty.
    pub url: String,
    /// Markdown.
    pub description: Option<String>,
    /// Variables in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server address.
#[derive(Debug)]
pub struct ServerVariable {
    /// Name in the template.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
    /// Value when none is given.
    pub default: String,
    /// Known values; empty means any.
    pub values: Vec<String>,
    /// Environment variable that may hold it (`x-env-name`).
    pub env: Option<String>,
}

/// A tag.
#[derive(Debug)]
pub struct Tag {
    /// As written.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
}

/// A way to prove who calls.
#[derive(Debug)]
pub struct SecurityScheme {
    /// Component name.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
    /// Which kind.
    pub kind: SchemeKind,
    /// Environment variable that may hold the secret (`x-env-name`).
    pub env: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// Kinds of security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header, by header name.
    ApiKeyHeader(String),
    /// A key in the query, by parameter name.
    ApiKeyQuery(String),
    /// A key in a cookie, by cookie name.
    ApiKeyCookie(String),
    /// User and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// OAuth 2 (RFC 6749).
    OAuth2(Flows),
    /// OpenID Connect, by the address of the provider's metadata, which may be relative.
    OpenId(String),
    /// Something else, by name (mutual TLS, digest): the user's own transport must do it.
    Other(String),
}

/// Where the tokens of an OAuth 2 scheme come from, as far as a program can get them alone. Addresses may be relative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flows {
    /// That of the client credentials flow.
    pub client_credentials: Option<TokenServer>,
    /// Where a refresh token gives another access token, for flows that begin with a person.
    pub refresh: Option<TokenServer>,
    /// Where the server says what it has (RFC 8414).
    pub metadata: Option<String>,
}

/// Where a flow gets its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenServer {
    /// At this address.
    At(String),
    /// Where the server's metadata say.
    InMetadata,
}

/// Index of a schema in [`Api::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// A type of value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Schema {
    /// Where it stands.
    pub origin: Origin,
    /// Words that name it: a component's own name alone, else title, or the parent's hint followed by where it hangs
    /// (`["Pet", "status"]`, `["listPets", "response"]`, items add `"item"`, map values `"value"`).
    pub hint: Vec<String>,
    /// Words for where it hangs, which starts with its parent's hint; the hint itself unless that is a title.
    pub place: Vec<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Not to be used any more.
    pub deprecated: bool,
    /// `null` is a legal value besides the shape.
    pub nullable: bool,
    /// Must not be shown (`format: password`, `writeOnly` text).
    pub secret: bool,
    /// The settings chose its type: a format means its own type, whatever the settings say of formats.
    pub chosen: bool,
    /// A number may come as a string too.
    pub in_string: bool,
    /// The only value that there is.
    pub only: Option<serde_json::Value>,
    /// Which the document promises: a `const`, not a list that may grow.
    pub constant: bool,
    /// Value when absent.
    pub default: Option<serde_json::Value>,
    /// How it is written in XML, where the document says so.
    pub xml: Option<Box<Xml>>,
    /// Callers send it.
    pub sent: bool,
    /// Servers send it.
    pub received: bool,
    /// What values look like.
    pub shape: Shape,
}

/// How a value is written in XML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Xml {
    /// What its element or attribute is called.
    pub name: Option<String>,
    /// Before the colon.
    pub prefix: Option<String>,
    /// What the prefix stands for.
    pub namespace: Option<String>,
    /// What of a document it is, where the document says so.
    pub node: Option<XmlNode>,
}

/// What of a document in XML a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum XmlNode {
    /// An element; of a list, one around its items.
    Element,
    /// An attribute.
    Attribute,
    /// Text between the tags.
    Text,
    /// Such text in a section of its own.
    CData,
    /// Nothing itself: what it holds stands in its place.
    None,
}

/// Something left out.
#[derive(Debug, Clone)]
pub struct Skipped {
    /// JSON pointer.
    pub pointer: String,
    /// Code of the diagnostic.
    pub code: String,
    /// Why.
    pub reason: String,
}
