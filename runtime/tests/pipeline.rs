//! Calls over both default transports against a loopback server with faults.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod generated;
#[path = "pipeline/generated_calls.rs"]
mod generated_calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{API, builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{AnyCall, Client, Error, Json, Method, OperationSpec, Response, body};
use server::{Reply, Server, json, reply};
use std::time::{Duration, Instant};
use way::{SendMode, both};

fn client(server: &Server) -> Client {
    builder(&server.base).build().unwrap()
}

fn send(way: SendMode, server: &Server, method: &'static str) -> Result<Response<Json>, Error<Json>> {
    way.send(call(&client(server), &operation(method, "/pets")))
}

/// Sends a GET without retries to a server with this reply.
fn once(way: SendMode, reply: Reply) -> Result<Response<Json>, Error<Json>> {
    let server = Server::start(vec![reply]);
    way.send(call(&client(&server), &operation("GET", "/pets")).max_retries(0))
}

both!(encodes_paths_and_queries, |way| {
    let server = Server::start(vec![json(200, "1")]);
    let call = call(&client(&server), &operation("GET", "/pets/{id}"));
    let call = call.path("id", &"a b/ü%20".to_owned());
    let call = call.query("q", &vec!["x y".to_owned(), "a+b&c".to_owned()]);
    let response = way.send(call.query("none", &None::<String>)).unwrap();
    assert_eq!(*response, Json::from(1));
    assert_eq!(server.lines(), ["GET /pets/a%20b%2F%C3%BC%2520?q=x%20y&q=a%2Bb%26c"]);
    let head = server.requests()[0].to_lowercase();
    assert!(
        head.contains("\r\nuser-agent: pets/1.0.0\r\n") && head.contains("\r\naccept: application/json\r\n"),
        "{head}"
    );
});

both!(sends_a_query_credential_once, |way| {
    let server = Server::start(vec![json(200, "1")]);
    let client = builder(&server.base).credential("key", "k").credential("app", "the app").build().unwrap();
    let call = call(&client, &operation("GET", "/pets").security(API.security));
    way.send(call.query("app", &"mine").query("q", &1_i64)).unwrap();
    assert_eq!(server.lines(), ["GET /pets?q=1&app=the%20app"]);
});

both!(waits_for_retry_after, |way| {
    let waits = [(429, "retry-after"), (503, "retry-after"), (429, "x-ratelimit-reset"), (429, "ratelimit-reset")];
    for (status, name) in waits {
        let server = Server::start(vec![reply(status, &[(name, "1")], ""), json(200, "1")]);
        let start = Instant::now();
        send(way, &server, "GET").unwrap();
        assert!(start.elapsed() >= Duration::from_secs(1), "{status} {name}: {:?}", start.elapsed());
        assert_eq!(server.lines().len(), 2);
    }
});

both!(ignores_a_rate_limit_reset_without_status_429, |way| {
    let server = Server::start(vec![reply(503, &[("x-ratelimit-reset", "50")], ""), json(200, "1")]);
    let start = Instant::now();
    send(way, &server, "GET").unwrap();
    assert!(start.elapsed() < Duration::from_secs(10));
});

both!(retries_status_403_with_retry_after, |way| {
    let server = Server::start(vec![reply(403, &[("retry-after", "1")], ""), json(200, "1")]);
    let start = Instant::now();
    send(way, &server, "GET").unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
    // Without a wait it can be a missing permission.
    for (calls_left, is_limited) in [("0", true), ("7", false)] {
        let server = Server::start(vec![reply(403, &[("x-ratelimit-remaining", calls_left)], "")]);
        let error = send(way, &server, "GET").unwrap_err();
        assert_eq!((server.lines().len(), error.is_rate_limited()), (1, is_limited), "{calls_left}");
    }
});

both!(does_not_wait_beyond_the_deadline, |way| {
    for wait in ["3600", "18446744073709551615", "1e300", "-1", "nan", "Fri, 31 Dec 9999 23:59:59 GMT"] {
        let server = Server::start(vec![reply(429, &[("retry-after", wait)], "slow down")]);
        let start = Instant::now();
        let error = send(way, &server, "GET").unwrap_err();
        assert!(error.is_rate_limited(), "{error}");
        assert!(start.elapsed() < Duration::from_secs(5), "{wait}");
    }
});

both!(retries_only_idempotent_methods, |way| {
    for (method, status, times) in [
        ("GET", 500, 3),
        ("PUT", 502, 3),
        ("DELETE", 504, 3),
        ("POST", 503, 1),
        ("PATCH", 503, 1),
        ("GET", 400, 1),
        ("GET", 501, 1),
    ] {
        let server = Server::start(vec![reply(status, &[("retry-after", "0")], "")]);
        let error = send(way, &server, method).unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(server.lines().len(), times, "{method} {status}");
    }
});

both!(retries_post_with_an_idempotency_key, |way| {
    let server = Server::start(vec![reply(503, &[], ""), Reply::Reset, json(201, "1")]);
    let post = call(&client(&server), &operation("POST", "/pets")).json(&Json::from("x"));
    assert_eq!(way.send(post.idempotency_key("k1")).unwrap().status().as_u16(), 201);
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.contains("idempotency-key: k1") && request.ends_with("\"x\"")));
});

both!(retries_get_after_connection_reset, |way| {
    let server = Server::start(vec![Reply::Reset, json(200, "1")]);
    send(way, &server, "GET").unwrap();
    assert_eq!(server.lines().len(), 2);
    let server = Server::start(vec![Reply::Reset, json(200, "1")]);
    let error = send(way, &server, "POST").unwrap_err();
    assert_eq!((error.kind(), server.lines().len()), (ErrorKind::Transport, 1));
    assert!(std::error::Error::source(&error).is_some());
});

both!(reports_a_truncated_body_as_a_transport_error, |way| {
    let half = Reply::from("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"a\":".to_owned());
    assert_eq!(once(way, half).unwrap_err().kind(), ErrorKind::Transport);
    let garbage = Reply::from("hello\r\n\r\n".to_owned());
    assert_eq!(once(way, garbage).unwrap_err().kind(), ErrorKind::Transport);
});

both!(reports_a_refused_connection, |way| {
    let client = builder("http://127.0.0.1:1").max_retries(1).build().unwrap();
    let error = way.send(call(&client, &operation("GET", "/pets"))).unwrap_err();
    assert!(error.is_transport(), "{error}");
    assert!(!error.to_string().contains('\n'));
});

both!(attempts_and_calls_time_out, |way| {
    let server = Server::start(vec![Reply::Silence]);
    let start = Instant::now();
    let total = call(&client(&server), &operation("GET", "/pets")).timeout(Duration::from_millis(200));
    assert!(way.send(total).unwrap_err().is_timeout());
    let client = builder(&server.base).attempt_timeout(Duration::from_millis(200)).build().unwrap();
    assert!(way.send(call(&client, &operation("GET", "/pets"))).unwrap_err().is_timeout());
    let none = call(&client, &operation("GET", "/pets")).timeout(Duration::ZERO);
    assert!(way.send(none).unwrap_err().is_timeout());
    assert!(start.elapsed() < Duration::from_secs(4));
});

both!(limits_bodies_with_and_without_a_length, |way| {
    let long = format!("\"{}\"", "x".repeat(2000));
    let chunked =
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{long}\r\n0\r\n\r\n", long.len());
    for reply in [json(200, &long), Reply::from(chunked)] {
        let server = Server::start(vec![reply]);
        let send = |limit| {
            let client = builder(&server.base).max_response_bytes(limit).build().unwrap();
            way.send(call(&client, &operation("GET", "/pets")))
        };
        let error = send(2001).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains("larger than 2001 bytes"), "{error}");
        assert_eq!(server.lines().len(), 1, "the call is not retried");
        send(2002).unwrap();
    }
});

both!(does_not_follow_redirects_to_another_origin, |way| {
    let other = Server::start(vec![json(200, "1")]);
    let there = format!("{}/steal?x=1", other.base);
    for (method, status) in [("GET", 302), ("GET", 307), ("POST", 307), ("POST", 302)] {
        let server = Server::start(vec![reply(status, &[("location", &there)], "")]);
        let client = builder(&server.base).credential("key", "s3cret").credential("app", "s3cret");
        let client = client.header("x-session", "s3cret").build().unwrap();
        let operation = operation(method, "/pets").security(API.security);
        let call = call(&client, &operation).header("authorization", "s3cret").header("x-auth-token", "s3cret");
        assert!(!format!("{call:?}").contains("s3cret"), "{call:?}");
        let error = way.send(call).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert_eq!(error.status().unwrap().as_u16(), status);
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(&other.base) && !shown.contains("s3cret"), "{shown}");
        assert_eq!(server.lines().len(), 1);
    }
    assert!(other.requests().is_empty());
});

both!(follows_redirects_of_the_same_origin_with_credentials, |way| {
    for (location, then) in [
        ("/new?b=2", "GET /new?b=2"),
        ("new", "GET /a/new"),
        ("?p=2", "GET /a/pets?p=2"),
        ("../new?q=/../x", "GET /new?q=/../x"),
        ("./b/../../../c/.", "GET /c/"),
        ("/x/../y/..", "GET /"),
        ("/x/.y/...?a", "GET /x/.y/...?a"),
    ] {
        let server = Server::start(vec![reply(302, &[("location", location)], ""), json(200, "1")]);
        let client = builder(&server.base).credential("token", "t0p").build().unwrap();
        let operation = operation("GET", "/a/pets").security(API.security);
        way.send(call(&client, &operation)).unwrap();
        assert_eq!(server.lines(), ["GET /a/pets", then]);
        assert!(server.requests().iter().all(|request| request.contains("Bearer t0p")));
    }
});

both!(limits_redirects, |way| {
    let server = Server::start(vec![reply(302, &[("location", "/pets")], "")]);
    assert_eq!(send(way, &server, "GET").unwrap_err().kind(), ErrorKind::Redirect);
    assert_eq!(server.lines().len(), 6);
    let nowhere = once(way, reply(302, &[], "")).unwrap_err();
    assert_eq!((nowhere.kind(), nowhere.status().unwrap().as_u16()), (ErrorKind::Api, 302));
    assert_eq!(once(way, reply(304, &[("location", "/x")], "")).unwrap_err().kind(), ErrorKind::Api);
});

both!(preserves_the_body_of_an_error, |way| {
    let page = "<html>\n<h1>Bad Gateway</h1>\n</html>";
    let headers = [("content-type", "text/html"), ("x-request-id", "r-1")];
    let error = once(way, reply(502, &headers, page)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.raw_body().unwrap().as_ref(), page.as_bytes());
    assert_eq!(error.headers().unwrap().get("content-type").unwrap(), "text/html");
    assert!(error.api().is_none() && error.api_decode_error().is_some());
    let line = "GET /pets: 502 Bad Gateway: Bad Gateway (request r-1)";
    assert_eq!(error.to_string(), line);
});

both!(shows_the_message_of_the_server, |way| {
    for body in [
        r#"{"errors":["No such pet"]}"#,
        r#"{"errors":[{"title":"No such pet"}]}"#,
        r#"{"error":{"message":"No such pet"}}"#,
        r#"{"message":"No such\npet"}"#,
        "No such pet",
    ] {
        let error = once(way, json(404, body)).unwrap_err();
        assert!(error.is_not_found());
        assert_eq!(error.to_string(), "GET /pets: 404 Not Found: No such pet");
    }
});

both!(names_a_base_url_without_the_described_path, |way| {
    let hint = " (`base_url` leaves out the path `/v1` of the description's server)";
    let to = |base: &str, body: &str| {
        let server = Server::start(vec![json(404, body)]);
        let client = builder(&format!("{}{base}", server.base)).build().unwrap();
        way.send(call(&client, &operation("GET", "/pets"))).unwrap_err().to_string()
    };
    for body in [r#"{"detail":"Not Found"}"#, "{}", "", r#"{"message":"Cannot GET /pets"}"#] {
        assert!(to("", body).ends_with(hint) && to("/v2/", body).ends_with(hint), "{body}");
        assert!(!to("/v1", body).contains("base_url") && !to("/proxy/v1/", body).contains("base_url"), "{body}");
    }
    assert!(!to("", r#"{"message":"No such pet"}"#).contains("base_url"), "the server knows the operation");
});

both!(lists_problems_with_their_paths, |way| {
    let body = r#"{"detail":[{"type":"string_too_short","loc":["body","password"],"msg":"String should have at least 12 characters","input":"hunter2-secret"}]}"#;
    let error = once(way, json(422, body)).unwrap_err();
    let line = "GET /pets: 422 Unprocessable Entity: body.password: String should have at least 12 characters";
    assert_eq!(error.to_string(), line);
    let body = r#"{"name":["This field is required."],"non_field_errors":["No match."]}"#;
    let error = once(way, json(400, body)).unwrap_err();
    assert_eq!(error.to_string(), "GET /pets: 400 Bad Request: name: This field is required.; No match.");
});

both!(reads_empty_successes, |way| {
    let error = once(way, json(200, "")).unwrap_err();
    assert!(error.is_decode());
    assert_eq!(error.status().unwrap().as_u16(), 200);
    let server = Server::start(vec![Reply::from("HTTP/1.1 204 No\r\n\r\n".to_owned())]);
    let delete = operation("DELETE", "/pets");
    let call: AnyCall<(), Json> = client(&server).call(&delete, body::empty, body::json);
    assert_eq!(way.send(call).unwrap().status().as_u16(), 204);
    let call: AnyCall<Option<Json>, Json> = client(&server).call(&delete, body::json_or_empty, body::json);
    assert_eq!(way.send(call).unwrap().into_inner(), None);
    let client = builder(&server.base).credential("token", "t").build().unwrap();
    assert_eq!(*way.send(client.request(Method::GET, "/x")).unwrap(), Json::Null);
});

both!(preserves_the_body_of_a_decode_error, |way| {
    // A byte order mark is skipped (RFC 8259, section 8.1).
    assert_eq!(*once(way, json(200, "\u{feff}1")).unwrap(), Json::from(1));
    for text in ["{\"a\":", "[1,2", "<html></html>", ""] {
        let error = once(way, json(200, text)).unwrap_err();
        assert!(error.is_decode(), "{text:?}: {error}");
        assert_eq!(error.raw_body().unwrap().as_ref(), text.as_bytes());
    }
});

both!(raw_responses_are_not_errors, |way| {
    let server = Server::start(vec![reply(418, &[("content-type", "text/plain; charset=utf-8")], "tea")]);
    let raw = way.raw(call(&client(&server), &operation("GET", "/pets"))).unwrap();
    assert_eq!(
        (raw.status().as_u16(), raw.media_type(), raw.raw_body().as_ref()),
        (418, Some("text/plain"), &b"tea"[..])
    );
});

both!(raw_responses_decode_within_the_limits_of_the_client, |way| {
    let server = Server::respond(|_, _| json(418, r#"[["tea"]]"#));
    let raw = way.raw(call(&client(&server), &operation("GET", "/pets"))).unwrap();
    assert_eq!(raw.body_as::<Vec<Vec<String>>>().unwrap(), [["tea"]]);
    assert!(raw.body_as::<Vec<String>>().is_err());
    let flat = builder(&server.base).max_json_depth(1).build().unwrap();
    let raw = way.raw(call(&flat, &operation("GET", "/pets"))).unwrap();
    assert!(raw.body_as::<Vec<Vec<String>>>().is_err());
});

both!(sends_every_method_with_a_body, |way| {
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "PROPFIND"] {
        let server = Server::start(vec![json(200, "1")]);
        let client = client(&server);
        let bare = call(&client, &operation(method, "/pets"));
        assert_eq!(*way.send(bare).unwrap(), Json::from(1), "{method}");
        let full = call(&client, &operation(method, "/pets")).json(&Json::from("x"));
        assert_eq!(*way.send(full).unwrap(), Json::from(1), "{method}");
        assert_eq!(server.lines(), [format!("{method} /pets"), format!("{method} /pets")]);
        assert!(server.requests()[1].ends_with("\"x\""), "{method}: {}", server.requests()[1]);
    }
});

both!(sends_custom_methods, |way| {
    let server = Server::start(vec![json(200, "1"), reply(503, &[], ""), json(200, "1"), reply(503, &[], "")]);
    for method in ["M-SEARCH", "QUERY", "Copy"] {
        let call = call(&client(&server), &operation(method, "/pets")).json(&Json::from("x"));
        assert_eq!(way.send(call).is_ok(), method != "Copy");
    }
    // QUERY is idempotent. An unknown method is not retried.
    assert_eq!(server.lines(), ["M-SEARCH /pets", "QUERY /pets", "QUERY /pets", "Copy /pets"]);
    assert!(server.requests().iter().all(|request| request.ends_with("\"x\"")), "{:?}", server.requests());
    let error = way.send(call(&client(&server), &operation("NO METHOD", "/pets"))).unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Build, 4));
});
