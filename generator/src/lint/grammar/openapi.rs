//! OpenAPI 3: everything but schemas.

use super::Value::{Any, Bool, Callbacks, List, Map, One, Patterned, Text, TextMap, Texts, Values};
use super::{Field, Object, V30, V31, V32, field};

pub(super) const DESCRIPTION: &[Field] = &[
    field("openapi", Text).needed(),
    field("$self", Text).since(V32),
    field("info", One(Object::Info)).needed(),
    field("jsonSchemaDialect", Text).since(V31),
    field("servers", List(Object::Server)),
    field("paths", Patterned(Object::PathItem)).needed_until(V30),
    field("webhooks", Map(Object::PathItem)).since(V31),
    field("components", One(Object::Components)),
    field("security", Values),
    field("tags", List(Object::Tag)),
    field("externalDocs", One(Object::ExternalDocs)),
];

pub(super) const INFO: &[Field] = &[
    field("title", Text).needed(),
    field("summary", Text).since(V31),
    field("description", Text),
    field("termsOfService", Text),
    field("contact", One(Object::Contact)),
    field("license", One(Object::License)),
    field("version", Text).needed(),
];

pub(super) const CONTACT: &[Field] = &[field("name", Text), field("url", Text), field("email", Text)];

pub(super) const LICENSE: &[Field] =
    &[field("name", Text).needed(), field("identifier", Text).since(V31), field("url", Text)];

pub(super) const SERVER: &[Field] = &[
    field("url", Text).needed(),
    field("description", Text),
    field("name", Text).since(V32),
    field("variables", Map(Object::ServerVariable)),
];

pub(super) const SERVER_VARIABLE: &[Field] =
    &[field("enum", Texts), field("default", Text).needed(), field("description", Text)];

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
    field("$ref", Text),
    field("summary", Text),
    field("description", Text),
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
    field("tags", Texts),
    field("summary", Text),
    field("description", Text),
    field("externalDocs", One(Object::ExternalDocs)),
    field("operationId", Text),
    field("parameters", List(Object::Parameter)),
    field("requestBody", One(Object::RequestBody)),
    field("responses", Patterned(Object::Response)).needed_until(V30),
    field("callbacks", Callbacks),
    field("deprecated", Bool),
    field("security", Values),
    field("servers", List(Object::Server)),
];

pub(super) const EXTERNAL_DOCS: &[Field] = &[field("description", Text), field("url", Text).needed()];

pub(super) const PARAMETER: &[Field] = &[
    field("name", Text).needed(),
    field("in", Text).needed(),
    field("description", Text),
    field("required", Bool),
    field("deprecated", Bool),
    field("allowEmptyValue", Bool),
    field("style", Text),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("schema", One(Object::Schema)),
    field("example", Any),
    field("examples", Map(Object::Example)),
    field("content", Map(Object::MediaType)),
];

pub(super) const REQUEST_BODY: &[Field] =
    &[field("description", Text), field("content", Map(Object::MediaType)).needed(), field("required", Bool)];

pub(super) const MEDIA_TYPE: &[Field] = &[
    field("description", Text).since(V32),
    field("schema", One(Object::Schema)),
    field("itemSchema", One(Object::Schema)).since(V32),
    field("example", Any),
    field("examples", Map(Object::Example)),
    field("encoding", Map(Object::Encoding)),
    field("prefixEncoding", List(Object::Encoding)).since(V32),
    field("itemEncoding", One(Object::Encoding)).since(V32),
];

pub(super) const ENCODING: &[Field] = &[
    field("contentType", Text),
    field("headers", Map(Object::Header)),
    field("style", Text),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("encoding", Map(Object::Encoding)).since(V32),
    field("prefixEncoding", List(Object::Encoding)).since(V32),
    field("itemEncoding", One(Object::Encoding)).since(V32),
];

pub(super) const RESPONSE: &[Field] = &[
    field("summary", Text).since(V32),
    field("description", Text).needed_until(V31),
    field("headers", Map(Object::Header)),
    field("content", Map(Object::MediaType)),
    field("links", Map(Object::Link)),
];

pub(super) const EXAMPLE: &[Field] = &[
    field("summary", Text),
    field("description", Text),
    field("value", Any),
    field("dataValue", Any).since(V32),
    field("serializedValue", Text).since(V32),
    field("externalValue", Text),
];

pub(super) const LINK: &[Field] = &[
    field("operationRef", Text),
    field("operationId", Text),
    field("parameters", Any),
    field("requestBody", Any),
    field("description", Text),
    field("server", One(Object::Server)),
];

pub(super) const HEADER: &[Field] = &[
    field("description", Text),
    field("required", Bool),
    field("deprecated", Bool),
    field("allowEmptyValue", Bool),
    field("style", Text),
    field("explode", Bool),
    field("allowReserved", Bool),
    field("schema", One(Object::Schema)),
    field("example", Any),
    field("examples", Map(Object::Example)),
    field("content", Map(Object::MediaType)),
];

pub(super) const TAG: &[Field] = &[
    field("name", Text).needed(),
    field("summary", Text).since(V32),
    field("description", Text),
    field("externalDocs", One(Object::ExternalDocs)),
    field("parent", Text).since(V32),
    field("kind", Text).since(V32),
];

pub(super) const SECURITY_SCHEME: &[Field] = &[
    field("type", Text).needed(),
    field("description", Text),
    field("name", Text),
    field("in", Text),
    field("scheme", Text),
    field("bearerFormat", Text),
    field("flows", One(Object::Flows)),
    field("openIdConnectUrl", Text),
    field("oauth2MetadataUrl", Text).since(V32),
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
    field("authorizationUrl", Text),
    field("deviceAuthorizationUrl", Text).since(V32),
    field("tokenUrl", Text),
    field("refreshUrl", Text),
    field("scopes", TextMap).needed(),
];
