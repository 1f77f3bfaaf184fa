//! Redirects: the methods and statuses that the client follows, and the responses that it returns.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{API, builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{AnyCall, Body, Client, Json, JsonStream, Method, StreamSpec};
use server::{Reply, Server, json, reply};
use way::both;

fn client(server: &Server) -> Client {
    builder(&server.base).credential("token", "t0p").max_retries(0).build().unwrap()
}

fn pets(server: &Server, method: &'static str) -> AnyCall<Json, Json> {
    call(&client(server), &operation(method, "/pets").security(API.security))
}

fn moved(status: u16, to: &str) -> Reply {
    reply(status, &[("location", to)], "")
}

both!(follows_307_and_308_of_every_method_with_the_body, |way| {
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "Copy"] {
        for status in [307, 308] {
            let server = Server::start(vec![moved(status, "/new"), moved(307, "newer"), json(200, "1")]);
            let call = pets(&server, method).json(&Json::from("x")).idempotency_key("k");
            assert_eq!(*way.send(call).unwrap(), Json::from(1), "{method} {status}");
            let lines = ["/pets", "/new", "/newer"].map(|path| format!("{method} {path}"));
            assert_eq!(server.lines(), lines);
            for request in server.requests() {
                let request = request.to_lowercase();
                assert!(request.contains("authorization: bearer t0p") && request.contains("idempotency-key: k"));
                assert!(request.contains("content-type: application/json"), "{request}");
                assert!(request.ends_with("\r\n\r\n\"x\""), "{request}");
            }
        }
        for status in [301, 302, 303] {
            let server = Server::start(vec![moved(status, "/new"), json(200, "1")]);
            let error = way.send(pets(&server, method).json(&Json::from("x"))).unwrap_err();
            assert_eq!((error.kind(), server.lines().len()), (ErrorKind::Redirect, 1), "{method} {status}: {error}");
        }
    }
});

both!(does_not_follow_redirects_of_post_elsewhere_or_without_the_body, |way| {
    let other = Server::start(vec![json(200, "1")]);
    for (call, to) in [(None, other.base.clone() + "/new"), (Some(Body::reader(&b"x"[..], Some(1))), "/new".to_owned())]
    {
        let server = Server::start(vec![moved(307, &to), json(200, "1")]);
        let body = call.unwrap_or_else(|| "x".into());
        let error = way.send(pets(&server, "POST").bytes("text/plain", body)).unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 307), "{error}");
        assert_eq!(server.lines().len(), 1);
    }
    assert!(other.lines().is_empty());
    let server = Server::start(vec![moved(307, "/pets")]);
    let error = way.send(pets(&server, "POST")).unwrap_err();
    assert_eq!((error.kind(), server.lines().len()), (ErrorKind::Redirect, 6), "{error}");
});

both!(returns_redirects_unread_only, |way| {
    let secret = "https://elsewhere.test/a?sig=s3cret";
    let redirect = || reply(302, &[("location", secret), ("x-request-id", "r-1")], "\"moved\"");
    let server = Server::start(vec![redirect()]);
    let returned = || pets(&server, "GET").return_redirects();
    assert_eq!(way.raw(returned()).unwrap().headers()["location"], secret);
    let stream = way.stream(returned()).unwrap();
    assert_eq!((stream.status().as_u16(), &stream.headers()["location"]), (302, &secret.parse().unwrap()));
    assert_eq!(way.wait(stream.into_inner().chunk()).unwrap().unwrap(), "\"moved\"");
    // The body would decode, but not to a value of a success.
    let error = way.send(returned()).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 302), "{error}");
    assert_eq!(error.headers().unwrap()["location"], secret);
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("points to https://elsewhere.test, ") && shown.contains("`send_raw`"), "{shown}");
    assert!(!shown.contains("s3cret") && shown.contains("r-1"), "{shown}");
    let lines = returned().streamed(StreamSpec::<JsonStream<Json, Json>, Json>::json_lines("application/jsonl"));
    assert_eq!(way.send(lines).unwrap_err().kind(), ErrorKind::Redirect);
    // An undocumented operation has any value.
    let undocumented = client(&server).request(Method::GET, "/pets").return_redirects();
    assert_eq!(*way.send(undocumented).unwrap(), Json::from("moved"));
    // No value, whatever the options are.
    let server = Server::start(vec![reply(304, &[("etag", "\"1\"")], "")]);
    let returned = || pets(&server, "GET").return_redirects();
    let error = way.send(returned()).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 304), "{error}");
    assert_eq!(way.raw(returned()).unwrap().status().as_u16(), 304);
});
