//! Swagger 2.0, where it differs from OpenAPI 3.

use super::Value::{
    Any, Bool, List, Map, Number, NumberOrBool, One, Patterned, SchemaOrBool, String, StringMap, Strings, Values,
};
use super::{Field, Object, field};

pub(super) const DESCRIPTION: &[Field] = &[
    field("swagger", String).needed(),
    field("info", One(Object::Info)).needed(),
    field("host", String),
    field("basePath", String),
    field("schemes", Strings),
    field("consumes", Strings),
    field("produces", Strings),
    field("paths", Patterned(Object::SwaggerPathItem)).needed(),
    field("definitions", Map(Object::Schema)),
    field("parameters", Map(Object::SwaggerParameter)),
    field("responses", Map(Object::SwaggerResponse)),
    field("securityDefinitions", Map(Object::SwaggerSecurityScheme)),
    field("security", Values),
    field("tags", List(Object::Tag)),
    field("externalDocs", One(Object::ExternalDocs)),
];

pub(super) const PATH_ITEM: &[Field] = &[
    field("$ref", String),
    field("get", One(Object::SwaggerOperation)),
    field("put", One(Object::SwaggerOperation)),
    field("post", One(Object::SwaggerOperation)),
    field("delete", One(Object::SwaggerOperation)),
    field("options", One(Object::SwaggerOperation)),
    field("head", One(Object::SwaggerOperation)),
    field("patch", One(Object::SwaggerOperation)),
    field("parameters", List(Object::SwaggerParameter)),
];

pub(super) const OPERATION: &[Field] = &[
    field("tags", Strings),
    field("summary", String),
    field("description", String),
    field("externalDocs", One(Object::ExternalDocs)),
    field("operationId", String),
    field("consumes", Strings),
    field("produces", Strings),
    field("parameters", List(Object::SwaggerParameter)),
    field("responses", Patterned(Object::SwaggerResponse)).needed(),
    field("schemes", Strings),
    field("deprecated", Bool),
    field("security", Values),
];

pub(super) const PARAMETER: &[Field] = &[
    field("name", String).needed(),
    field("in", String).needed(),
    field("description", String),
    field("required", Bool),
    field("schema", One(Object::Schema)),
    field("type", String),
    field("format", String),
    field("allowEmptyValue", Bool),
    field("items", One(Object::Items)),
    field("collectionFormat", String),
    field("default", Any),
    field("maximum", Number),
    field("exclusiveMaximum", NumberOrBool),
    field("minimum", Number),
    field("exclusiveMinimum", NumberOrBool),
    field("maxLength", Number),
    field("minLength", Number),
    field("pattern", String),
    field("maxItems", Number),
    field("minItems", Number),
    field("uniqueItems", Bool),
    field("enum", Values),
    field("multipleOf", Number),
];

pub(super) const RESPONSE: &[Field] = &[
    field("description", String).needed(),
    field("schema", SchemaOrBool),
    field("headers", Map(Object::Items)),
    field("examples", Any),
];

pub(super) const ITEMS: &[Field] = &[
    field("description", String),
    field("type", String),
    field("format", String),
    field("items", One(Object::Items)),
    field("collectionFormat", String),
    field("default", Any),
    field("maximum", Number),
    field("exclusiveMaximum", NumberOrBool),
    field("minimum", Number),
    field("exclusiveMinimum", NumberOrBool),
    field("maxLength", Number),
    field("minLength", Number),
    field("pattern", String),
    field("maxItems", Number),
    field("minItems", Number),
    field("uniqueItems", Bool),
    field("enum", Values),
    field("multipleOf", Number),
];

pub(super) const SECURITY_SCHEME: &[Field] = &[
    field("type", String).needed(),
    field("description", String),
    field("name", String),
    field("in", String),
    field("flow", String),
    field("authorizationUrl", String),
    field("tokenUrl", String),
    field("scopes", StringMap),
];
