//! An API as a printed crate would hand it over.

use clientsmith_runtime::body;
use clientsmith_runtime::{Api, Call, Client, ClientBuilder, Json, Need, Operation, Scheme, SchemeKind, Variable};

/// With keys in headers or a bearer token.
pub(crate) static API: Api = Api {
    user_agent: "pets/1.0.0",
    server: "https://api.{site}/v1",
    variables: &[Variable { name: "site", default: "example.com", env: None }],
    schemes: &[
        Scheme { name: "key", kind: SchemeKind::Header("x-key"), env: Some("PIPELINE_TEST_KEY") },
        Scheme { name: "app", kind: SchemeKind::Query("app"), env: Some("PIPELINE_TEST_APP") },
        Scheme { name: "cookie", kind: SchemeKind::Cookie("session"), env: None },
        Scheme { name: "token", kind: SchemeKind::Bearer, env: Some("PIPELINE_TEST_TOKEN") },
        Scheme { name: "login", kind: SchemeKind::Basic, env: None },
    ],
    security: &[
        &[Need { scheme: "key", scopes: &[] }, Need { scheme: "app", scopes: &[] }],
        &[Need { scheme: "token", scopes: &[] }],
    ],
};

/// An operation of it.
pub(crate) const fn operation(method: &'static str, path: &'static str) -> Operation {
    Operation { id: "op", method, path, accept: "application/json", security: &[], server: None }
}

/// A builder whose address is set.
pub(crate) fn builder(base: &str) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(base)
}

/// A call that reads JSON.
pub(crate) fn call(client: &Client, operation: &Operation) -> Call<Json, Json> {
    client.call(operation, body::json, body::json)
}
