//! What the description means: the narrow waist of the pipeline. Everything before it talks OpenAPI, everything after
//! it does not; nobody here knows which version the description was written in, nor anything of Rust.

mod operation;
mod paging;
mod payload;

pub use operation::{
    Answer, Body, Encoding, Header, Location, Media, Need, Operation, Parameter, Response, Status, Style,
};
pub use paging::{Paging, Place, Source, Step, Wish};
pub use payload::Payload;

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
    /// The arena that `SchemaId` indexes.
    pub schemas: Vec<Schema>,
    /// Named schemas: component name to schema, in document order.
    pub components: IndexMap<String, SchemaId>,
    /// Operations in document order.
    pub operations: Vec<Operation>,
    /// Bodies of webhooks, then of callbacks, in document order.
    pub payloads: Vec<Payload>,
    /// What was left out and why.
    pub skipped: Vec<Skipped>,
}

/// Where a thing came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    /// A bearer token (RFC 6750); OAuth 2 and OpenID Connect end in one too.
    Bearer,
    /// OAuth 2 (RFC 6749).
    OAuth2(Flows),
    /// Something else, by name (mutual TLS, digest): the user's own transport must do it.
    Other(String),
}

/// Where the tokens of an OAuth 2 scheme come from, as far as a program can get them alone. Addresses may be relative.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flows {
    /// Token address of the client credentials flow.
    pub client_credentials: Option<String>,
    /// Where a refresh token gives another access token, for flows that begin with a person.
    pub refresh: Option<String>,
}

/// Index of a schema in [`Api::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub u32);

/// A type of value.
#[derive(Debug, Clone)]
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
    /// The only value that there is.
    pub only: Option<serde_json::Value>,
    /// Which the document promises: a `const`, not a list that may grow.
    pub constant: bool,
    /// Value when absent.
    pub default: Option<serde_json::Value>,
    /// How it is written in XML, where the document says so.
    pub xml: Option<Box<Xml>>,
    /// What values look like.
    pub shape: Shape,
}

/// How a value is written in XML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xml {
    /// What its element or attribute is called.
    pub name: Option<String>,
    /// Before the colon.
    pub prefix: Option<String>,
    /// What the prefix stands for.
    pub namespace: Option<String>,
    /// In an attribute.
    pub attribute: bool,
    /// Between the tags.
    pub text: bool,
    /// In an element around the items of a list.
    pub wrapped: bool,
}

/// What values of a schema look like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One plain value.
    Scalar(Scalar),
    /// An array.
    List(SchemaId),
    /// An array of items that have types of their own.
    Tuple(Tuple),
    /// An object with free keys.
    Map(SchemaId),
    /// An object with known properties.
    Object(Object),
    /// A closed list of values in the document; open on the wire.
    Enum(Enum),
    /// One of several.
    Union(Union),
    /// The same type as another schema (a component that is only a `$ref`).
    Same(SchemaId),
    /// Any JSON value; the text says why (`schema allows any value`, or what the reader fell back from).
    Any(Any),
}

/// Why there is no type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Any {
    /// For the surface's `untyped` list.
    pub reason: String,
    /// The tool gave up, the document did not.
    pub fallback: bool,
}

/// Plain values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// Whole number; the format and bounds say how wide.
    Integer {
        /// `int32`, `uint64`, …
        format: Option<String>,
        /// Smallest legal value.
        minimum: Option<i128>,
        /// Largest legal value.
        maximum: Option<i128>,
    },
    /// Any number.
    Number,
    /// A number of which every digit counts.
    Decimal,
    /// Text with its format (`date-time`, `uuid`, `byte`, `binary`, …).
    Text(Option<String>),
    /// Only `null`.
    Null,
}

/// An array of items that have types of their own by their position.
#[derive(Debug, Clone)]
pub struct Tuple {
    /// By position.
    pub items: Vec<SchemaId>,
    /// How many of them must be there.
    pub least: usize,
    /// What may stand behind them.
    pub rest: Extra,
    /// It needs a type of its own, because it holds itself.
    pub own: bool,
}

impl Tuple {
    /// Most items of a plain tuple; with more, names are needed.
    const MOST: usize = 6;

    /// Whether every item must be there, and nothing else may be.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let exact = self.rest == Extra::None && self.least == self.items.len();
        exact && !self.own && self.items.len() <= Self::MOST
    }
}

/// Properties of an object.
#[derive(Debug, Clone, Default)]
pub struct Object {
    /// In document order.
    pub properties: Vec<Property>,
    /// What may stand beside them.
    pub extra: Extra,
}

/// Keys beside the known ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Extra {
    /// Anything.
    #[default]
    Any,
    /// Nothing (`additionalProperties: false`).
    None,
    /// Values of one type.
    Of(SchemaId),
}

impl Extra {
    /// The type of the values, when they have one.
    #[must_use]
    pub const fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Of(values) => Some(*values),
            Self::Any | Self::None => None,
        }
    }
}

/// A property.
#[derive(Debug, Clone)]
pub struct Property {
    /// Key on the wire.
    pub name: String,
    /// Type.
    pub schema: SchemaId,
    /// Must be there.
    pub required: bool,
    /// Only sent by the server.
    pub read_only: bool,
    /// Only sent to the server.
    pub write_only: bool,
    /// Description at the place of use, where it differs from the type's.
    pub description: Option<String>,
    /// Deprecated at the place of use.
    pub deprecated: bool,
}

impl Property {
    /// An optional one without flags.
    #[must_use]
    pub const fn new(name: String, schema: SchemaId) -> Self {
        Self {
            name,
            schema,
            required: false,
            read_only: false,
            write_only: false,
            description: None,
            deprecated: false,
        }
    }
}

/// Listed values.
#[derive(Debug, Clone)]
pub struct Enum {
    /// In document order, without duplicates and without `null`.
    pub values: Vec<EnumValue>,
    /// Which JSON type all of them have; mixed lists are lowered to a union.
    pub of: EnumOf,
}

/// JSON type of the values of an enum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumOf {
    /// Strings.
    Text,
    /// Integers.
    Integer,
}

/// One listed value.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// Text as on the wire; an integer in decimal.
    pub wire: String,
    /// `x-enum-varnames` or the like.
    pub name: Option<String>,
    /// `x-enum-descriptions` or the like.
    pub description: Option<String>,
}

/// One of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// Members in document order, `null` taken out, at least two.
    pub members: Vec<Member>,
    /// Property that tells them apart, when each member has a distinct tag set.
    pub tag: Option<String>,
}

/// A member of a union.
#[derive(Debug, Clone)]
pub struct Member {
    /// Type.
    pub schema: SchemaId,
    /// Values of the tag that mean this member; the first one is written.
    pub tags: Vec<String>,
    /// Short name for the variant when the document gives one (title, ref name).
    pub name: Option<String>,
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
