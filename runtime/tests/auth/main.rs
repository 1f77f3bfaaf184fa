//! Authentication: sources of credentials, tokens and redaction, with a token server on a socket.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

mod cookies;
mod redaction;
mod refusals;
#[path = "../loopback/server.rs"]
mod server;
mod sources;
mod token_requests;
mod tokens;
#[path = "../loopback/way.rs"]
mod way;

use clientsmith_runtime::{
    AnyCall, Api, Client, ClientBuilder, Error, Json, OAuth, OperationSpec, Response, SchemeKind, SecurityRequirement,
    SecurityScheme, body,
};
use server::{Server, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use way::SendMode;

static API: Api = Api::new("pets/1.0.0", "https://api.example.com/v1")
    .schemes(&[
        SecurityScheme::new("key", SchemeKind::Header("x-key")),
        SecurityScheme::new("query", SchemeKind::Query("key")).env("AUTH_TEST_QUERY"),
        SecurityScheme::new("session", SchemeKind::Cookie("sid")),
        SecurityScheme::new("login", SchemeKind::Basic),
        SecurityScheme::new("oidc", SchemeKind::Bearer),
        SecurityScheme::new("tls", SchemeKind::Other),
        SecurityScheme::new("oauth", SchemeKind::oauth().client_credentials("/token").refresh("/refresh"))
            .env("AUTH_TEST"),
    ])
    .security(&[&[SecurityRequirement::new("oauth", &[])]]);

const fn pets(method: &'static str, security: &'static [&'static [SecurityRequirement]]) -> OperationSpec {
    OperationSpec::new("op", method, "/pets").security(security)
}

static READ: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("oauth", &["read"])]];
static WRITE: &[&[SecurityRequirement]] = &[&[SecurityRequirement::new("oauth", &["read", "write"])]];

fn call(
    client: &Client,
    method: &'static str,
    security: &'static [&'static [SecurityRequirement]],
) -> AnyCall<Json, Json> {
    client.call(&pets(method, security), body::json, body::json)
}

fn send(way: SendMode, client: &Client) -> Result<Response<Json>, Error<Json>> {
    way.send(call(client, "GET", READ))
}

/// The results of this many concurrent calls.
fn send_concurrently(way: SendMode, client: &Client, count: usize) -> Vec<Result<Response<Json>, Error<Json>>> {
    thread::scope(|scope| {
        let calls: Vec<_> = (0..count).map(|_| scope.spawn(|| send(way, client))).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    })
}

fn builder(routes: &Server) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(&routes.base)
}

/// A token server that issues `t1`, `t2` and so on, and an API that accepts the tokens for which `is_valid` is true. `expires`
/// is JSON that follows the token type.
fn token_server(expires: &str, is_valid: impl Fn(&str) -> bool + Send + Sync + 'static) -> Server {
    let (count, expires) = (AtomicUsize::new(0), expires.to_owned());
    Server::respond(move |_, request| {
        if request.starts_with("POST /token") || request.starts_with("POST /refresh") {
            thread::sleep(Duration::from_millis(100));
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            return json(
                200,
                &format!(
                    r#"{{"access_token":"t{number}","token_type":"Bearer"{expires},"refresh_token":"r{number}"}}"#
                ),
            );
        }
        let token = request.split("authorization: Bearer ").nth(1).and_then(|rest| rest.split("\r\n").next());
        if is_valid(token.unwrap_or_default()) { json(200, "1") } else { json(401, r#"{"message":"unauthorized"}"#) }
    })
}

fn credentials() -> OAuth {
    OAuth::client_credentials("me", "s3cret +ü")
}
