//! An API as a generated crate defines it.

use clientsmith_runtime::body;
use clientsmith_runtime::{
    AnyCall, Api, Client, ClientBuilder, Json, OperationSpec, SchemeKind, SecurityRequirement, SecurityScheme,
    ServerVariable,
};

/// An API with keys or a bearer token.
pub(crate) static API: Api = Api::new("pets/1.0.0", "https://api.{site}/v1")
    .variables(&[ServerVariable::new("site", "example.com")])
    .schemes(&[
        SecurityScheme::new("key", SchemeKind::Header("x-key")).env("PIPELINE_TEST_KEY"),
        SecurityScheme::new("app", SchemeKind::Query("app")).env("PIPELINE_TEST_APP"),
        SecurityScheme::new("cookie", SchemeKind::Cookie("session")),
        SecurityScheme::new("token", SchemeKind::Bearer).env("PIPELINE_TEST_TOKEN"),
        SecurityScheme::new("login", SchemeKind::Basic),
    ])
    .security(&[
        &[SecurityRequirement::new("key", &[]), SecurityRequirement::new("app", &[])],
        &[SecurityRequirement::new("token", &[])],
    ]);

/// An operation of the API.
pub(crate) const fn operation(method: &'static str, path: &'static str) -> OperationSpec {
    OperationSpec::new("op", method, path)
}

/// A client builder with a base URL.
pub(crate) fn builder(base: &str) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(base)
}

/// A call that reads JSON.
pub(crate) fn call(client: &Client, operation: &OperationSpec) -> AnyCall<Json, Json> {
    client.call(operation, body::json, body::json)
}
