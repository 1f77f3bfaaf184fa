//! Calls: parameters, bodies, answers. Plain data.

use super::{Origin, Paging, SchemaId, Sequence, Switch};

/// One call.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Where it stands.
    pub origin: Origin,
    /// `operationId`, as written.
    pub id: Option<String>,
    /// HTTP method, as sent.
    pub method: String,
    /// Path template.
    pub path: String,
    /// Name of its first tag.
    pub tag: Option<String>,
    /// One line.
    pub summary: Option<String>,
    /// Markdown.
    pub description: Option<String>,
    /// Not to be used any more.
    pub deprecated: bool,
    /// Text of `x-unstable`, or an empty text for a bare `true`.
    pub preview: Option<String>,
    /// Permissions named by `x-permission`.
    pub permissions: Vec<String>,
    /// Parameters: path ones in the order of the template, then the others in document order.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// Answers in document order.
    pub responses: Vec<Response>,
    /// Alternatives of schemes that are needed together; empty means none is needed, an empty alternative means that
    /// none is fine too.
    pub security: Vec<Vec<Need>>,
    /// How its list comes in pages, when it gives one.
    pub paging: Option<Paging>,
    /// What is true where a stream is asked for.
    pub switch: Option<Switch>,
    /// A JSON success may be empty or null, as the settings say.
    pub optional: bool,
    /// Own base address, when it differs from the API's.
    pub server: Option<String>,
}

/// A security scheme that an operation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Name of the scheme.
    pub scheme: String,
    /// What the credential must be good for.
    pub scopes: Vec<String>,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the path template.
    Path,
    /// After the `?`.
    Query,
    /// All that is after the `?`.
    QueryString,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

/// How a value is spelled in a parameter (OpenAPI 3, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;x=a;x=b`
    Matrix,
    /// `x=a&x=b`
    Form,
    /// `x=a%20b`
    SpaceDelimited,
    /// `x=a|b`
    PipeDelimited,
    /// `x[k]=v`
    DeepObject,
    /// Tab between items (Swagger 2.0 `tsv`).
    TabDelimited,
    /// `x=a; x=b`, nothing encoded.
    Cookie,
    /// The value as JSON text (a `content` parameter).
    Json,
}

impl Operation {
    /// `operationId`, else the method and path: what settings name it by.
    #[must_use]
    pub fn named(&self) -> String {
        self.id.clone().unwrap_or_else(|| format!("{} {}", self.method, self.path))
    }

    /// The schemas that it names, in document order: parameters, bodies, answers.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        let bodies = self.body.iter().flat_map(|body| &body.media);
        let answers = self.responses.iter().flat_map(|response| &response.media);
        let parameters = self.parameters.iter().map(|parameter| parameter.schema);
        let headers = self.responses.iter().flat_map(|response| &response.headers).map(|header| header.schema);
        parameters.chain(bodies.chain(answers).flat_map(Media::schemas)).chain(headers)
    }
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Where it stands.
    pub origin: Origin,
    /// Name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Must be given.
    pub required: bool,
    /// How it is spelled.
    pub style: Style,
    /// One `name=value` each.
    pub explode: bool,
    /// Reserved characters go unescaped.
    pub allow_reserved: bool,
    /// The name alone is sent when there is no value.
    pub allow_empty: bool,
    /// How members of a whole query that is a form are written, where the document says so.
    pub encoding: Vec<Encoding>,
    /// Type.
    pub schema: SchemaId,
    /// Markdown.
    pub description: Option<String>,
    /// Not to be used any more.
    pub deprecated: bool,
    /// Environment variable that may hold the value (`x-env-name`).
    pub env: Option<String>,
    /// The client has the value: it is set there once, and sent with the operation.
    pub on_client: bool,
}

/// A header parameter that is set once on the client.
#[derive(Debug, Clone)]
pub struct ClientHeader {
    /// The parameter, as the first operation has it.
    pub parameter: Parameter,
    /// Every operation requires it.
    pub required: bool,
    /// What is sent unless another value is set.
    pub default: Option<String>,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Must be given.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
    /// Alternatives in document order.
    pub media: Vec<Media>,
}

impl Body {
    /// Whether the description says something of it.
    pub fn is_described(&self) -> bool {
        self.description.as_ref().is_some_and(|text| !text.trim().is_empty())
    }
}

/// One media type with its schema.
#[derive(Debug, Clone)]
pub struct Media {
    /// As written, such as `application/json`.
    pub name: String,
    /// Type; absent where the document names no schema.
    pub schema: Option<SchemaId>,
    /// How members of forms and parts are written, where the document says so.
    pub encoding: Vec<Encoding>,
    /// The values that an answer gives one after the other; there is no schema of the whole then.
    pub sequence: Option<Sequence>,
}

impl Media {
    /// One whose values come whole.
    #[must_use]
    pub const fn whole(name: String, schema: Option<SchemaId>) -> Self {
        Self { name, schema, encoding: Vec::new(), sequence: None }
    }

    /// The schemas that it names.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        self.schema.into_iter().chain(self.sequence.iter().flat_map(Sequence::schemas))
    }

    /// The schemas that it names, to be changed.
    pub fn schemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        self.schema.iter_mut().chain(self.sequence.iter_mut().flat_map(Sequence::schemas_mut))
    }
}

/// How a member of a form or of a body in parts is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    /// The member.
    pub name: String,
    /// Its media type, or several to choose from.
    pub media: Option<String>,
    /// Its style and explode, which stand for the media type.
    pub style: Option<(Style, bool)>,
    /// Names of the headers of its part.
    pub headers: Vec<String>,
}

/// Which statuses a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// One status.
    Exact(u16),
    /// `4XX` is 4.
    Range(u8),
    /// Every other.
    Default,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// Where it stands.
    pub origin: Origin,
    /// When it comes.
    pub status: Status,
    /// Markdown.
    pub description: Option<String>,
    /// Alternatives in document order; empty means no body.
    pub media: Vec<Media>,
    /// Headers in document order.
    pub headers: Vec<Header>,
    /// Examples in document order.
    pub answers: Vec<Answer>,
}

/// An example of an answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Media type.
    pub media: String,
    /// Its name, where it has one.
    pub name: Option<String>,
    /// The body as it is sent.
    pub text: String,
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct Header {
    /// Name on the wire.
    pub name: String,
    /// Simple or JSON.
    pub style: Style,
    /// Objects are `k=v`.
    pub explode: bool,
    /// Type.
    pub schema: SchemaId,
    /// Markdown.
    pub description: Option<String>,
    /// Not to be used any more.
    pub deprecated: bool,
}
