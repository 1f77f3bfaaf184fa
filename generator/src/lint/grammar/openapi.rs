//! OpenAPI 3: everything but schemas.

use super::Value::{Any, Bool, Callbacks, List, Map, One, Patterned, String, StringMap, Strings, Values};
use super::{Field, Object, V30, V31, V32, field};

pub(super) const DESCRIPTION: &[Field] = &[
    field("openapi", String).needed(),
    field("$self", String).since(V32),
    field("info", One(Object::Info)).needed(),
    field("jsonSchemaDialect", String).since(V31),
    field("servers", List(Object::Server)),
    field("paths", Patterned(Object::PathItem)).needed_until(V30),
    field("webhooks", Map(Object::PathItem)).since(V31),
    field("components", One(Object::Components)),
    field("security", Values),
    field("tags", List(Object::Tag)),
    field("externalDocs", One(Object::ExternalDocs)),
];

pub(super) const INFO: &[Field] = &[
    field("title", String).needed(),
    field("summary", String).since(V31),
    field("description", String),
    field("termsOfService", String),
    field("contact", One(Object::Contact)),
    field("license", One(Object::License)),
    field("version", String).needed(),
];

pub(super) const CONTACT: &[Field] = &[field("name", String), field("url", String), field("email", String)];

pub(super) const LICENSE: &[Field] =
    &[field("name", String).needed(), field("identifier", String).since(V31), field("url", String)];

pub(super) const SERVER: &[Field] = &[
    field("url", String).needed(),
    field("description", String),
    field("name", String).since(V32),
    field("variables", Map(Object::ServerVariable)),
];

pub(super) const SERVER_VARIABLE: &[Field] =
    &[field("enum", Strings), field("default", String).needed(), field("description", String)];

pub(super) const COMPONENTS: &[Field] = &[
    field("schemas", Map(Object::Schema)),
    field("responses", Map(Object::Response)),
    field("parameters", Map(Object::Parameter)),
    field("examples", Map(Object::Example)),
    field("requestBodies", Map(Object::RequestBody)),
    field("headers", Map(Object::Header)),
    field("securitySchemes", Map(Object::SecurityScheme)),
    field("links", Map(Object::Link)),
    field("callbacks", Callbacks),
    field("pathItems", Map(Object::PathItem)).since(V31),
    field("mediaTypes", Map(Object::MediaType)).since(V32),
];

pub(super) const PATH_ITEM: &[Field] = &[
    field("$ref", String),
    field("summary", String),
    field("description", String),
    field("get", One(Object::Operation)),
    field("put", One(Object::Operation)),
    field("post", One(Object::Operation)),
    field("delete", One(Object::Operation)),
    field("options", One(Object::Operation)),
    field("head", One(Object::Operation)),
    field("patch", One(Object::Operation)),
    field("trace", One(Object::Operation)),
    field("query", One(Object::Operation)).since(V32),
    field("additionalOperations", Map(Object::Operation)).since(V32),
    field("servers", List(Object::Server)),
    field("parameters", List(Object::Parameter)),
];

pub(super) const OPERATION: &[Field] = &[
    field("tags", Strings),
    field("summary", String),
    field("description", String),
    field("externalDocs", One(Object::ExternalDocs)),
    field("operationId", String),
    field("parameters", List(Object::Parameter)),
    field("requestBody", One(Object::RequestBody)),
    field("responses", Patterned(Object::Response)).needed_until(V30),
    field("callbacks", Callbacks),
    field("deprecated", Bool),
    field("security", Values),
    field("servers", List(Object::Server)),
];

pub(super) const EXTERNAL_DOCS: &[Field] = &[field("description", String), field("url", String).needed()];

pub(super) const PARAMETER: &[Field] = &[
    field("name", String).needed(),
    field("in", String).needed(),
    field("description", String),
    field("required", Bool),
    field("deprecated", Bool),
    field("allowEmptyValue", Bool),
    field("style", String),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("schema", One(Object::Schema)),
    field("example", Any),
    field("examples", Map(Object::Example)),
    field("content", Map(Object::MediaType)),
];

pub(super) const REQUEST_BODY: &[Field] =
    &[field("description", String), field("content", Map(Object::MediaType)).needed(), field("required", Bool)];

pub(super) const MEDIA_TYPE: &[Field] = &[
    field("description", String).since(V32),
    field("schema", One(Object::Schema)),
    field("itemSchema", One(Object::Schema)).since(V32),
    field("example", Any),
    field("examples", Map(Object::Example)),
    field("encoding", Map(Object::Encoding)),
    field("prefixEncoding", List(Object::Encoding)).since(V32),
    field("itemEncoding", One(Object::Encoding)).since(V32),
];

pub(super) const ENCODING: &[Field] = &[
    field("contentType", String),
    field("headers", Map(Object::Header)),
    field("style", String),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("encoding", Map(Object::Encoding)).since(V32),
    field("prefixEncoding", List(Object::Encoding)).since(V32),
    field("itemEncoding", One(Object::Encoding)).since(V32),
];

pub(super) const RESPONSE: &[Field] = &[
    field("summary", String).since(V32),
    field("description", String).needed_until(V31),
    field("headers", Map(Object::Header)),
    field("content", Map(Object::MediaType)),
    field("links", Map(Object::Link)),
];

pub(super) const EXAMPLE: &[Field] = &[
    field("summary", String),
    field("description", String),
    field("value", Any),
    field("dataValue", Any).since(V32),
    field("serializedValue", String).since(V32),
    field("externalValue", String),
];

pub(super) const LINK: &[Field] = &[
    field("operationRef", String),
    field("operationId", String),
    field("parameters", Any),
    field("requestBody", Any),
    field("description", String),
    field("server", One(Object::Server)),
];

pub(super) const HEADER: &[Field] = &[
    field("description", String),
    field("required", Bool),
    field("deprecated", Bool),
    field("allowEmptyValue", Bool),
    field("style", String),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("schema", One(Object::Schema)),
    field("example", Any),
    field("examples", Map(Object::Example)),
    field("content", Map(Object::MediaType)),
];

pub(super) const TAG: &[Field] = &[
    field("name", String).needed(),
    field("summary", String).since(V32),
    field("description", String),
    field("externalDocs", One(Object::ExternalDocs)),
    field("parent", String).since(V32),
    field("kind", String).since(V32),
];

pub(super) const SECURITY_SCHEME: &[Field] = &[
    field("type", String).needed(),
    field("description", String),
    field("name", String),
    field("in", String),
    field("scheme", String),
    field("bearerFormat", String),
    field("flows", One(Object::Flows)),
    field("openIdConnectUrl", String),
    field("oauth2MetadataUrl", String).since(V32),
    field("deprecated", Bool).since(V32),
];

pub(super) const FLOWS: &[Field] = &[
    field("implicit", One(Object::Flow)),
    field("password", One(Object::Flow)),
    field("clientCredentials", One(Object::Flow)),
    field("authorizationCode", One(Object::Flow)),
    field("deviceAuthorization", One(Object::Flow)).since(V32),
];

pub(super) const FLOW: &[Field] = &[
    field("authorizationUrl", String),
    field("deviceAuthorizationUrl", String).since(V32),
    field("tokenUrl", String),
    field("refreshUrl", String),
    field("scopes", StringMap).needed(),
];
