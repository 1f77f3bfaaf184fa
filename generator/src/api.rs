//! The meaning of a description: the only type between the stages that know OpenAPI and those that know Rust. Knows
//! neither the version of the description nor Rust.

mod all_or_named;
mod chosen_type;
mod credential;
mod filter;
mod operation;
mod paging;
mod reason;
mod schemas;
mod sequence;
mod shape;
mod webhook;

pub(crate) use all_or_named::AllOrNamed;
pub(crate) use chosen_type::{ChosenType, UnmatchedType};
pub(crate) use credential::{
    is_credential, is_secret_header_in_traffic, is_secret_in_traffic, is_secret_property, is_secret_string,
};
pub(crate) use filter::{LeftOut, LeftOutKind, Prune, Selection};
pub(crate) use operation::{
    Body, ClientHeader, Encoding, Header, Location, METHODS, Media, Operation, Parameter, Response, ResponseExample,
    SecurityRequirement, Status, Style, covers_media, essence, is_json, route, without_names,
};
pub(crate) use paging::{PageLocation, Paging, PagingRule, Source, Step};
pub(crate) use reason::reason_phrase;
pub(crate) use schemas::{SchemaId, Schemas};
pub(crate) use sequence::{EventKind, Items, RuleValue, Sequence, StreamFlag, StreamFlagLocation, StreamRule};
pub(crate) use shape::{
    Any, DeclaredRequired, Enum, EnumType, EnumValue, Examples, Extra, Member, Object, Property, Scalar, Shape, Tuple,
    Union,
};
pub(crate) use webhook::Webhook;

use crate::span::Span;
use indexmap::IndexMap;

/// A whole API.
#[derive(Debug, Default)]
pub(crate) struct Api {
    /// Title, version, description.
    pub info: Info,
    /// Base addresses, in order of preference.
    pub servers: Vec<Server>,
    /// The variables of the first server, then those of the servers of operations.
    pub variables: Vec<ServerVariable>,
    /// Tags in the order of the description, declared ones first. At least one operation names each.
    pub tags: Vec<Tag>,
    /// Every security scheme, in the order of the description.
    pub schemes: Vec<SecurityScheme>,
    /// Requirements of operations without their own.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// Schemas: components and inline ones.
    pub schemas: Schemas,
    /// Named schemas: component name to schema, in the order of the description.
    pub components: IndexMap<String, SchemaId>,
    /// Header parameters that are set once on the client.
    pub client_headers: Vec<ClientHeader>,
    /// Inline schemas that equal another one, which stands for them.
    pub duplicates: Vec<Duplicate>,
    /// Operations in the order of the description.
    pub operations: Vec<Operation>,
    /// Bodies of webhooks, then of callbacks, in the order of the description.
    pub webhooks: Vec<Webhook>,
    /// Parts of the description that are left out, with reasons.
    pub skipped: Vec<Skipped>,
    /// Parts of the description that the settings `include`, `exclude` and `prune` leave out.
    pub left_out: Vec<LeftOut>,
    /// Settings about types that match nothing.
    pub unmatched_types: Vec<UnmatchedType>,
}

/// An inline schema that equals another schema: its place has a name of its own for the same type.
#[derive(Debug, Clone)]
pub(crate) struct Duplicate {
    /// Origin.
    pub origin: Origin,
    /// As [`Schema::name_words`].
    pub name_words: Vec<String>,
    /// As [`Schema::place_words`].
    pub place_words: Vec<String>,
    /// As [`Schema::outer`].
    pub outer: Vec<Vec<String>>,
    /// The schema that stands for it.
    pub of: SchemaId,
}

/// The origin of a part of the API.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Origin {
    /// Span in the input.
    pub span: Span,
    /// JSON pointer with `#`, such as `#/components/schemas/Pet`.
    pub pointer: String,
}

/// General information about the API.
#[derive(Debug, Default)]
pub(crate) struct Info {
    /// The API's title.
    pub title: String,
    /// The version of the description, as written.
    pub version: String,
    /// The version of OpenAPI, as written. Only for the report of the surface.
    pub openapi: String,
    /// Markdown.
    pub description: Option<String>,
}

/// One base address.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    /// Template with `{variable}`s; may be relative or empty.
    pub url: String,
    /// Variables in the order of the description.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server address.
#[derive(Debug, Clone)]
pub(crate) struct ServerVariable {
    /// Span of the variable.
    pub span: Span,
    /// Name in the template.
    pub name: String,
    /// Description, as Markdown.
    pub description: Option<String>,
    /// Default value.
    pub default: String,
    /// Allowed values. Empty: any value.
    pub values: Vec<String>,
    /// Environment variable with the value (`x-env-name`).
    pub env: Option<String>,
}

/// A tag.
#[derive(Debug)]
pub(crate) struct Tag {
    /// As written.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Debug)]
pub(crate) struct SecurityScheme {
    /// Component name.
    pub name: String,
    /// Markdown.
    pub description: Option<String>,
    /// Kind.
    pub kind: SchemeKind,
    /// Environment variable with the secret (`x-env-name`).
    pub env: Option<String>,
}

/// Kinds of security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// A key in a header, by header name.
    ApiKeyHeader(String),
    /// A key in the query, by parameter name.
    ApiKeyQuery(String),
    /// A key in a cookie, by cookie name.
    ApiKeyCookie(String),
    /// User name and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750).
    Bearer,
    /// OAuth 2 (RFC 6749).
    OAuth2(Flows),
    /// OpenID Connect, by the address of the provider's metadata, which may be relative.
    OpenId(String),
    /// Any other scheme, by name (mutual TLS, digest). The user's transport must implement it.
    Other(String),
}

/// The token addresses of an OAuth 2 scheme that a program can use without a person. Addresses may be relative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Flows {
    /// Token server of the client credentials flow.
    pub client_credentials: Option<TokenServer>,
    /// Token server that refreshes access tokens, for flows that need a person.
    pub refresh: Option<TokenServer>,
    /// Address of the server's metadata (RFC 8414).
    pub metadata: Option<String>,
}

/// The address of a token server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TokenServer {
    /// This address.
    At(String),
    /// The address in the server's metadata.
    InMetadata,
}

/// A type of value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Schema {
    /// Origin.
    pub origin: Origin,
    /// Words for the name: the name of a component alone, otherwise the title, or the words of the parent and a word for the
    /// place (`["Pet", "status"]`, `["listPets", "response"]`; items add `"item"`, map values `"value"`).
    pub name_words: Vec<String>,
    /// Words for the place, which start with those of the parent. Equal to the words for the name unless these are a title.
    pub place_words: Vec<String>,
    /// Words for the places of the titled schemas around it and of itself, the outermost first. They make the name
    /// unique if the title does not.
    pub outer: Vec<Vec<String>>,
    /// Markdown.
    pub description: Option<String>,
    /// Deprecated.
    pub deprecated: bool,
    /// `null` is a value besides the shape.
    pub nullable: bool,
    /// The value is secret (`format: password`, or a `writeOnly` string).
    pub secret: bool,
    /// The settings choose its type (setting `types`). A format then has its own type, independent of the settings for formats.
    pub has_chosen_type: bool,
    /// A number may be written as a string.
    pub in_string: bool,
    /// The only possible value.
    pub only_value: Option<serde_json::Value>,
    /// The only value is a `const`, and not an enum with one value.
    pub is_const: bool,
    /// Default.
    pub default: Option<serde_json::Value>,
    /// Examples. A secret has none.
    pub examples: Examples,
    /// XML representation, if the description has one.
    pub xml: Option<Box<Xml>>,
    /// Callers send the schema.
    pub sent: bool,
    /// Servers send the schema.
    pub received: bool,
    /// Shape.
    pub shape: Shape,
}

/// The XML representation of a value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Xml {
    /// Name of the element or attribute.
    pub name: Option<String>,
    /// Prefix before the colon.
    pub prefix: Option<String>,
    /// Namespace of the prefix.
    pub namespace: Option<String>,
    /// Kind of node, if the description has one.
    pub node: Option<XmlNode>,
}

/// Kinds of XML nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum XmlNode {
    /// An element. For an array, the element around the items.
    Element,
    /// An attribute.
    Attribute,
    /// Text between the tags.
    Text,
    /// A CDATA section.
    CData,
    /// No node of its own. The content takes its place.
    None,
}

/// A part of the description that is left out.
#[derive(Debug, Clone)]
pub(crate) struct Skipped {
    /// JSON pointer.
    pub pointer: String,
    /// Code of the diagnostic.
    pub code: String,
    /// Reason.
    pub reason: String,
}
