//! Swagger 2.0, where it differs from OpenAPI 3.

use super::Value::{
    Any, Bool, List, Map, Number, NumberOrBool, One, Patterned, SchemaOrBool, Text, TextMap, Texts, Values,
};
use super::{Field, Object, field};

pub(super) const DESCRIPTION: &[Field] = &[
    field("swagger", Text).needed(),
    field("info", One(Object::Info)).needed(),
    field("host", Text),
    field("basePath", Text),
    field("schemes", Texts),
    field("consumes", Texts),
    field("produces", Texts),
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
    field("$ref", Text),
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
    field("tags", Texts),
    field("summary", Text),
    field("description", Text),
    field("externalDocs", One(Object::ExternalDocs)),
    field("operationId", Text),
    field("consumes", Texts),
    field("produces", Texts),
    field("parameters", List(Object::SwaggerParameter)),
    field("responses", Patterned(Object::SwaggerResponse)).needed(),
    field("schemes", Texts),
    field("deprecated", Bool),
    field("security", Values),
];

pub(super) const PARAMETER: &[Field] = &[
    field("name", Text).needed(),
    field("in", Text).needed(),
    field("description", Text),
    field("required", Bool),
    field("schema", One(Object::Schema)),
    field("type", Text),
    field("format", Text),
    field("allowEmptyValue", Bool),
    field("items", One(Object::Items)),
    field("collectionFormat", Text),
    field("default", Any),
    field("maximum", Number),
    field("exclusiveMaximum", NumberOrBool),
    field("minimum", Number),
    field("exclusiveMinimum", NumberOrBool),
    field("maxLength", Number),
    field("minLength", Number),
    field("pattern", Text),
    field("maxItems", Number),
    field("minItems", Number),
    field("uniqueItems", Bool),
    field("enum", Values),
    field("multipleOf", Number),
];

pub(super) const RESPONSE: &[Field] = &[
    field("description", Text).needed(),
    field("schema", SchemaOrBool),
    field("headers", Map(Object::Items)),
    field("examples", Any),
];

pub(super) const ITEMS: &[Field] = &[
    field("description", Text),
    field("type", Text),
    field("format", Text),
    field("items", One(Object::Items)),
    field("collectionFormat", Text),
    field("default", Any),
    field("maximum", Number),
    field("exclusiveMaximum", NumberOrBool),
    field("minimum", Number),
    field("exclusiveMinimum", NumberOrBool),
    field("maxLength", Number),
    field("minLength", Number),
    field("pattern", Text),
    field("maxItems", Number),
    field("minItems", Number),
    field("uniqueItems", Bool),
    field("enum", Values),
    field("multipleOf", Number),
];

pub(super) const SECURITY_SCHEME: &[Field] = &[
    field("type", Text).needed(),
    field("description", Text),
    field("name", Text),
    field("in", Text),
    field("flow", Text),
    field("authorizationUrl", Text),
    field("tokenUrl", Text),
    field("scopes", TextMap),
];
