//! The same calls on the caller's thread, without an async runtime.
#![cfg(feature = "blocking")]
#![expect(clippy::unwrap_used, reason = "a failed test says so by a panic, in its shared functions too")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;

use api::{API, builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Call, Error, Json, Operation, Response};
use server::{Answer, Server, answer, json};
use std::time::{Duration, Instant};

fn send(server: &Server, method: &'static str) -> Result<Response<Json>, Error<Json>> {
    call(&builder(&server.base).build().unwrap(), &operation(method, "/pets")).send_blocking()
}

#[test]
fn every_method_is_sent_with_its_body() {
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PROPFIND"] {
        let server = Server::start(vec![json(200, "1")]);
        let client = builder(&server.base).build().unwrap();
        let bare = call(&client, &operation(method, "/pets"));
        assert_eq!(*bare.send_blocking().unwrap(), Json::from(1), "{method}");
        let full = call(&client, &operation(method, "/pets")).json(&Json::from("x"));
        assert_eq!(*full.send_blocking().unwrap(), Json::from(1), "{method}");
        assert_eq!(server.lines(), [format!("{method} /pets"), format!("{method} /pets")]);
        assert!(server.requests()[1].ends_with("\"x\""), "{method}: {}", server.requests()[1]);
    }
}

#[test]
fn what_is_safe_is_repeated() {
    let server = Server::start(vec![answer(503, &[("retry-after", "1")], ""), Answer::Reset, json(200, "1")]);
    let start = Instant::now();
    send(&server, "GET").unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.lines().len(), 3);
    let server = Server::start(vec![Answer::Reset, json(200, "1")]);
    assert_eq!(send(&server, "POST").unwrap_err().kind(), ErrorKind::Transport);
    assert_eq!(server.lines().len(), 1);
}

#[test]
fn another_origin_gets_nothing() {
    let thief = Server::start(vec![json(200, "1")]);
    let server = Server::start(vec![answer(302, &[("location", &thief.base)], "")]);
    let client = builder(&server.base).credential("token", "s3cret").build().unwrap();
    let operation = Operation { security: API.security, ..operation("GET", "/pets") };
    let error = call(&client, &operation).send_blocking().unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 302));
    assert!(thief.requests().is_empty());
}

#[test]
fn limits_hold() {
    let server = Server::start(vec![json(200, "\"0123456789\"")]);
    let client = |cap| builder(&server.base).max_response_bytes(cap).build().unwrap();
    let error = call(&client(11), &operation("GET", "/pets")).send_blocking().unwrap_err();
    assert_eq!((error.kind(), server.lines().len()), (ErrorKind::Transport, 1), "{error}");
    call(&client(12), &operation("GET", "/pets")).send_blocking().unwrap();
    let server = Server::start(vec![Answer::Silence]);
    let call = call(&builder(&server.base).build().unwrap(), &operation("GET", "/pets"));
    assert!(call.timeout(Duration::from_millis(200)).send_blocking().unwrap_err().is_timeout());
}

#[test]
fn error_statuses_are_answers() {
    let server = Server::start(vec![answer(404, &[("x-request-id", "r-1")], "<html>no</html>")]);
    let error = send(&server, "GET").unwrap_err();
    assert_eq!(error.to_string(), "GET /pets: 404 Not Found: <html>no</html> (request r-1)");
}

struct GetPets {
    call: Call<Json, Json>,
}
clientsmith_runtime::named_call!(GetPets, Json, Json);

#[test]
fn named_calls_block_too() {
    let server = Server::start(vec![json(200, "1")]);
    let call = call(&builder(&server.base).build().unwrap(), &operation("GET", "/pets"));
    assert_eq!(*GetPets { call }.send_blocking().unwrap(), Json::from(1));
}
