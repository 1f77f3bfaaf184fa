//! Operations: parameters, bodies, responses. Plain data.

use super::{Examples, Origin, Paging, SchemaId, Sequence, Server, StreamFlag};
use crate::span::Span;
use std::fmt;

/// An operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// Origin.
    pub origin: Origin,
    /// `operationId`, as written.
    pub id: Option<String>,
    /// HTTP method, as sent.
    pub method: String,
    /// Path template.
    pub path: String,
    /// Name of the first tag.
    pub tag: Option<String>,
    /// Summary.
    pub summary: Option<String>,
    /// Description, as Markdown.
    pub description: Option<String>,
    /// Deprecated.
    pub deprecated: bool,
    /// Value of `x-unstable`. A bare `true` gives an empty string.
    pub preview: Option<String>,
    /// Permissions in `x-permission`.
    pub permissions: Vec<String>,
    /// Parameters: path parameters in the order of the template, then the others in the order of the description.
    pub parameters: Vec<Parameter>,
    /// Request body.
    pub body: Option<Body>,
    /// Responses in the order of the description.
    pub responses: Vec<Response>,
    /// Alternatives of schemes that are needed together. Empty: no credential is needed. An empty alternative:
    /// anonymous access is allowed too.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// Pagination, if any.
    pub paging: Option<Paging>,
    /// The flag that requests a stream, if any.
    pub stream_flag: Option<StreamFlag>,
    /// A JSON success may be empty or null, by the settings.
    pub success_may_be_empty: bool,
    /// Base address, if it differs from the API's.
    pub server: Option<Server>,
}

/// A security requirement of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecurityRequirement {
    /// Name of the scheme.
    pub scheme: String,
    /// Scopes of the credential.
    pub scopes: Vec<String>,
}

/// The location of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    /// The path template.
    Path,
    /// The query.
    Query,
    /// The whole query.
    QueryString,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// The serialization of a parameter (OpenAPI 3, "Style Values").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
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
    /// The value as JSON (a `content` parameter).
    Json,
}

/// The methods that have a field in a path item. The others stand in `additionalOperations`.
pub(crate) const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The name of an operation by its method and path.
#[must_use]
pub(crate) fn route(method: &str, path: &str) -> String {
    format!("{method} {path}")
}

/// A path template with this text in place of each parameter: two templates that differ only in names match the same URLs.
#[must_use]
pub(crate) fn without_names(path: &str, instead: &str) -> String {
    let mut text = String::new();
    let mut is_name = false;
    for sign in path.chars() {
        match sign {
            '{' => {
                is_name = true;
                text.push_str(instead);
            }
            '}' => is_name = false,
            _ if is_name => {}
            other => text.push(other),
        }
    }
    text
}

impl Operation {
    /// The name of the operation in settings: `operationId`, otherwise the method and path.
    #[must_use]
    pub(crate) fn named(&self) -> String {
        self.id.clone().unwrap_or_else(|| self.route())
    }

    /// The method and path, such as `GET /pets/{id}`.
    #[must_use]
    pub(crate) fn route(&self) -> String {
        route(&self.method, &self.path)
    }

    /// An id without the path and method at its end, as FastAPI makes ids: `read_pet` + `/pets/{id}` + `get`. An id that is
    /// nothing else stays whole.
    #[must_use]
    pub(crate) fn without_route<'i>(id: &'i str, method: &str, path: &str) -> &'i str {
        let sign = |c: char| if c.is_alphanumeric() { c } else { '_' };
        let route: String = path.chars().map(sign).collect();
        let end = format!("{route}_{}", method.to_lowercase());
        id.strip_suffix(&end).filter(|name| name.contains(char::is_alphanumeric)).unwrap_or(id)
    }

    /// The response of a status: exact, then by range, then the default.
    #[must_use]
    pub(crate) fn response(&self, status: u16) -> Option<&Response> {
        let by = |wanted: Status| self.responses.iter().find(|response| response.status == wanted);
        let range = u8::try_from(status / 100).unwrap_or_default();
        by(Status::Exact(status)).or_else(|| by(Status::Range(range))).or_else(|| by(Status::Default))
    }

    /// The schemas of the operation in the order of the description: parameters, bodies, responses, headers.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        let bodies = self.body.iter().flat_map(|body| &body.media);
        let responses = self.responses.iter().flat_map(|response| &response.media);
        let parameters = self.parameters.iter().map(|parameter| parameter.schema);
        let headers = self.responses.iter().flat_map(|response| &response.headers).map(|header| header.schema);
        parameters.chain(bodies.chain(responses).flat_map(Media::schemas)).chain(headers)
    }
}

/// A parameter.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// Origin.
    pub origin: Origin,
    /// Name on the wire.
    pub name: String,
    /// Location.
    pub location: Location,
    /// Required.
    pub required: bool,
    /// Style.
    pub style: Style,
    /// A `name=value` for each item.
    pub explode: bool,
    /// Reserved characters are not escaped.
    pub allow_reserved: bool,
    /// An empty value is sent as the name alone.
    pub allow_empty: bool,
    /// Encodings of the properties of a whole query that is a form.
    pub encoding: Vec<Encoding>,
    /// Type.
    pub schema: SchemaId,
    /// Markdown.
    pub description: Option<String>,
    /// Deprecated.
    pub deprecated: bool,
    /// Environment variable with the value (`x-env-name`).
    pub env: Option<String>,
    /// The parameter is set once on the client, which sends it with the operation.
    pub set_on_client: bool,
    /// The value is a credential, by the name of the parameter.
    pub credential: bool,
    /// Examples of the parameter, without those of its schema.
    pub examples: Examples,
}

/// A header parameter that is set once on the client.
#[derive(Debug, Clone)]
pub(crate) struct ClientHeader {
    /// The parameter as the first operation defines it.
    pub parameter: Parameter,
    /// Every operation requires it.
    pub required: bool,
    /// Value that is sent by default.
    pub default: Option<String>,
}

/// A request body.
#[derive(Debug, Clone)]
pub(crate) struct Body {
    /// Required.
    pub required: bool,
    /// Markdown.
    pub description: Option<String>,
    /// Media types in the order of the description.
    pub media: Vec<Media>,
}

/// One media type with its schema.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    /// Name as written, such as `application/json`.
    pub name: String,
    /// Type. `None` if the description has no schema.
    pub schema: Option<SchemaId>,
    /// Encodings of properties and parts.
    pub encoding: Vec<Encoding>,
    /// The sequence of values. There is no schema of the whole then.
    pub sequence: Option<Sequence>,
    /// Examples of a request body, without those of its schema.
    pub examples: Examples,
}

impl Media {
    /// A media type without a sequence.
    #[must_use]
    pub(crate) const fn whole(name: String, schema: Option<SchemaId>) -> Self {
        Self { name, schema, encoding: Vec::new(), sequence: None, examples: Examples(Vec::new()) }
    }

    /// The encoding of a property.
    #[must_use]
    pub(crate) fn encoding_of(&self, property: &str) -> Option<&Encoding> {
        self.encoding.iter().find(|one| one.name == property)
    }

    /// The schemas of the media type.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        self.schema.into_iter().chain(self.sequence.iter().flat_map(Sequence::schemas))
    }

    /// The schemas of the media type, mutable.
    pub(crate) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut SchemaId> {
        self.schema.iter_mut().chain(self.sequence.iter_mut().flat_map(Sequence::schemas_mut))
    }
}

/// A media type without its parameters, in lower case.
#[must_use]
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_lowercase()
}

/// Returns true for a JSON media type (RFC 6839, section 3.1).
#[must_use]
pub(crate) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Returns true if a media type is this one, or one of this range, such as `image/*`.
#[must_use]
pub(crate) fn covers_media(range: &str, media: &str) -> bool {
    let (range, media) = (essence(range), essence(media));
    range == media || range == "*/*" || range.strip_suffix('*').is_some_and(|start| media.starts_with(start))
}

/// The encoding of a property in a form or of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Encoding {
    /// Name of the property.
    pub name: String,
    /// Media type, or a list of media types.
    pub media: Option<String>,
    /// Style and explode, which replace the media type.
    pub style: Option<(Style, bool)>,
    /// `allowReserved`, of a style.
    pub reserved: bool,
    /// Names of the part's headers.
    pub headers: Vec<String>,
}

/// The statuses of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// One status code.
    Exact(u16),
    /// A range: `4XX` is 4.
    Range(u8),
    /// Every other status.
    Default,
}

impl Status {
    /// Returns true for the statuses of a success. `default` is not one.
    pub(crate) const fn is_success(self) -> bool {
        matches!(self, Self::Exact(200..=299) | Self::Range(2))
    }
}

impl fmt::Display for Status {
    /// The key of the response in a description: `404`, `4XX`, `default`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(status) => write!(f, "{status}"),
            Self::Range(range) => write!(f, "{range}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A response.
#[derive(Debug, Clone)]
pub(crate) struct Response {
    /// Status.
    pub status: Status,
    /// Markdown.
    pub description: Option<String>,
    /// Media types in the order of the description. Empty: no body.
    pub media: Vec<Media>,
    /// Headers in the order of the description.
    pub headers: Vec<Header>,
    /// Examples in the order of the description.
    pub examples: Vec<ResponseExample>,
}

/// An example of a response.
#[derive(Debug, Clone)]
pub(crate) struct ResponseExample {
    /// Media type.
    pub media: String,
    /// Name, if any.
    pub name: Option<String>,
    /// The body as sent.
    pub text: String,
    /// The place of the value.
    pub span: Span,
}

/// A header of a response.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// Name on the wire.
    pub name: String,
    /// True if every response has it.
    pub required: bool,
    /// Style: simple or JSON.
    pub style: Style,
    /// Objects are `k=v`.
    pub explode: bool,
    /// Type.
    pub schema: SchemaId,
    /// Markdown.
    pub description: Option<String>,
    /// Deprecated.
    pub deprecated: bool,
}
