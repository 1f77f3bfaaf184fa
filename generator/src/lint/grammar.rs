//! The objects of the standard: their fields with types and versions. Knows names only. The modules beside this one
//! check rules about several fields.

mod openapi;
mod schema;
mod swagger;

use crate::syntax::node::{Kind, NodeId, Tree};

pub(super) const V20: u8 = 20;
pub(super) const V30: u8 = 30;
pub(super) const V31: u8 = 31;
pub(super) const V32: u8 = 32;

/// The version at the top of a description.
pub(super) fn version(tree: &Tree, entry: NodeId) -> Option<u8> {
    let Some(written) = tree.text_at(entry, "openapi") else {
        return tree.text_at(entry, "swagger").map(|_| V20);
    };
    let versions = [("3.0", V30), ("3.1", V31), ("3.2", V32)];
    versions.into_iter().find(|(start, _)| written.starts_with(start)).map(|(_, version)| version)
}

/// The version as text.
pub(super) fn written(version: u8) -> String {
    format!("{}.{}", version / 10, version % 10)
}

/// Kinds of objects. Those with the prefix `Swagger` are of version 2.0 only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    Flow,
    Swagger,
    SwaggerPathItem,
    SwaggerOperation,
    SwaggerParameter,
    SwaggerResponse,
    Items,
    SwaggerSecurityScheme,
}

impl Object {
    /// The name in messages.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::OpenApi | Self::Swagger => "the description",
            Self::Info => "`info`",
            Self::Contact => "a contact",
            Self::License => "a licence",
            Self::Server => "a server",
            Self::ServerVariable => "a server variable",
            Self::Components => "`components`",
            Self::PathItem | Self::SwaggerPathItem => "a path",
            Self::Operation | Self::SwaggerOperation => "an operation",
            Self::ExternalDocs => "a link to documentation",
            Self::Parameter | Self::SwaggerParameter => "a parameter",
            Self::RequestBody => "a request body",
            Self::MediaType => "a media type",
            Self::Encoding => "an encoding",
            Self::Response | Self::SwaggerResponse => "a response",
            Self::Example => "an example",
            Self::Link => "a link",
            Self::Header => "a header",
            Self::Tag => "a tag",
            Self::Schema => "a schema",
            Self::Discriminator => "a discriminator",
            Self::Xml => "`xml`",
            Self::SecurityScheme | Self::SwaggerSecurityScheme => "a security scheme",
            Self::Flows => "`flows`",
            Self::Flow => "a flow",
            Self::Items => "the type of an item or header",
        }
    }

    /// Returns true if a `$ref` may replace the object.
    pub(super) fn may_be_reference(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::SwaggerPathItem
                | Self::Parameter
                | Self::SwaggerParameter
                | Self::RequestBody
                | Self::MediaType
                | Self::Response
                | Self::SwaggerResponse
                | Self::Example
                | Self::Link
                | Self::Header
                | Self::Schema
                | Self::SecurityScheme
        )
    }

    /// Returns true if fields beside a `$ref` count.
    pub(super) fn keeps_siblings(self) -> bool {
        matches!(self, Self::PathItem | Self::SwaggerPathItem | Self::Schema)
    }
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    Any,
    String,
    Strings,
    Bool,
    Number,
    /// An array of any values.
    Values,
    StringMap,
    NumberOrBool,
    StringOrStrings,
    /// A boolean. Draft 3 wrote `required: true` in a property.
    BoolOrStrings,
    StringOrDiscriminator,
    SchemaOrBool,
    SchemaOrList,
    One(Object),
    List(Object),
    /// The keys are names.
    Map(Object),
    /// The keys have a meaning, or begin with `x-`.
    Patterned(Object),
    Callbacks,
}

impl Value {
    /// Returns true if a node is a value of this type without objects in it.
    pub(super) fn takes(self, kind: &Kind) -> bool {
        matches!(
            (self, kind),
            (Self::Any, _)
                | (Self::String, Kind::String(_) | Kind::Number(_))
                | (Self::Bool | Self::BoolOrStrings | Self::SchemaOrBool | Self::SchemaOrList, Kind::Bool(_))
                | (Self::Number, Kind::Number(_))
                | (Self::NumberOrBool, Kind::Number(_) | Kind::Bool(_))
                | (Self::StringOrStrings | Self::StringOrDiscriminator, Kind::String(_))
                | (Self::Values, Kind::List(_))
        )
    }

    /// The name in messages.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Any => "anything",
            Self::String => "a string",
            Self::Strings => "an array of strings",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::Values | Self::List(_) => "an array",
            Self::StringMap | Self::Map(_) | Self::Patterned(_) | Self::Callbacks | Self::One(_) => "an object",
            Self::NumberOrBool => "a number (or, in OpenAPI 3.0, a boolean)",
            Self::StringOrStrings => "a string or an array of strings",
            Self::BoolOrStrings => "an array of strings",
            Self::StringOrDiscriminator => "an object (or, in Swagger 2.0, a string)",
            Self::SchemaOrBool => "a schema or a boolean",
            Self::SchemaOrList => "a schema",
        }
    }
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) value: Value,
    since: u8,
    until: u8,
    /// The last version that requires the field. 0: no version.
    needed: u8,
}

const fn field(name: &'static str, value: Value) -> Field {
    Field { name, value, since: V20, until: V32, needed: 0 }
}

impl Field {
    const fn needed(self) -> Self {
        self.needed_until(V32)
    }

    const fn needed_until(mut self, version: u8) -> Self {
        self.needed = version;
        self
    }

    const fn since(mut self, version: u8) -> Self {
        self.since = version;
        self
    }

    const fn until(mut self, version: u8) -> Self {
        self.until = version;
        self
    }

    pub(super) fn is_in(&self, version: u8) -> bool {
        (self.since..=self.until).contains(&version)
    }

    pub(super) fn is_needed(&self, version: u8) -> bool {
        version <= self.needed
    }

    /// The version nearest to this one that has the field.
    pub(super) fn home(&self, version: u8) -> u8 {
        if version < self.since { self.since } else { self.until }
    }
}

/// The fields of an object.
pub(super) fn fields(object: Object) -> &'static [Field] {
    match object {
        Object::OpenApi => openapi::DESCRIPTION,
        Object::Info => openapi::INFO,
        Object::Contact => openapi::CONTACT,
        Object::License => openapi::LICENSE,
        Object::Server => openapi::SERVER,
        Object::ServerVariable => openapi::SERVER_VARIABLE,
        Object::Components => openapi::COMPONENTS,
        Object::PathItem => openapi::PATH_ITEM,
        Object::Operation => openapi::OPERATION,
        Object::ExternalDocs => openapi::EXTERNAL_DOCS,
        Object::Parameter => openapi::PARAMETER,
        Object::RequestBody => openapi::REQUEST_BODY,
        Object::MediaType => openapi::MEDIA_TYPE,
        Object::Encoding => openapi::ENCODING,
        Object::Response => openapi::RESPONSE,
        Object::Example => openapi::EXAMPLE,
        Object::Link => openapi::LINK,
        Object::Header => openapi::HEADER,
        Object::Tag => openapi::TAG,
        Object::Schema => schema::SCHEMA,
        Object::Discriminator => schema::DISCRIMINATOR,
        Object::Xml => schema::XML,
        Object::SecurityScheme => openapi::SECURITY_SCHEME,
        Object::Flows => openapi::FLOWS,
        Object::Flow => openapi::FLOW,
        Object::Swagger => swagger::DESCRIPTION,
        Object::SwaggerPathItem => swagger::PATH_ITEM,
        Object::SwaggerOperation => swagger::OPERATION,
        Object::SwaggerParameter => swagger::PARAMETER,
        Object::SwaggerResponse => swagger::RESPONSE,
        Object::Items => swagger::ITEMS,
        Object::SwaggerSecurityScheme => swagger::SECURITY_SCHEME,
    }
}
