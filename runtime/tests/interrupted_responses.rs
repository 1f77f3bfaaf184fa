//! Interrupted responses, redirects that end, and slow servers: the error has the status and the headers that arrived.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::{AnyCall, Body, Error, Json};
use server::{Reply, Server, json, reply};
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};
use way::{SendMode, both};

fn to(base: &str, method: &'static str) -> AnyCall<Json, Json> {
    let client = builder(base).max_retries(0).max_response_bytes(1000).build().unwrap();
    call(&client, &operation(method, "/pets"))
}

fn head(status: u16, rest: &str) -> String {
    format!("HTTP/1.1 {status} Status\r\nconnection: close\r\nx-request-id: r-1\r\n{rest}\r\n")
}

fn assert_head_known(error: &Error<Json>, kind: TransportErrorKind, status: u16) {
    assert_eq!(error.transport_kind(), Some(kind), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), status);
    assert_eq!(
        (error.request_id(), error.headers().unwrap().get("connection").unwrap()),
        (Some("r-1"), &"close".parse().unwrap())
    );
    assert!(error.to_string().starts_with(&format!("GET /pets: {status} ")), "{error}");
    assert!(error.to_string().ends_with(" (request r-1)"), "{error}");
}

both!(reports_status_and_headers_of_a_truncated_body, |way| {
    for status in [200, 404] {
        for half in [
            "content-length: 100\r\n\r\n{\"a\":",
            "transfer-encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
            "transfer-encoding: chunked\r\n\r\nff\r\n{\"a\":",
        ] {
            let text = head(status, half);
            let server = Server::start(vec![Reply::from(text[..text.len() - 2].to_owned())]);
            assert_head_known(&way.send(to(&server.base, "GET")).unwrap_err(), TransportErrorKind::Broken, status);
        }
        let server = Server::start(vec![Reply::from(head(status, "content-length: 2000\r\n") + &"x".repeat(2000))]);
        assert_head_known(&way.send(to(&server.base, "GET")).unwrap_err(), TransportErrorKind::TooLarge, status);
    }
});

both!(retries_get_after_a_truncated_body, |way| {
    for half in [
        "content-length: 100\r\n\r\n{\"a\":",
        "transfer-encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
        "transfer-encoding: chunked\r\n\r\nzz\r\n{\"a\":",
    ] {
        let text = head(200, half);
        let server = Server::start(vec![Reply::from(text[..text.len() - 2].to_owned()), json(200, "1")]);
        let client = builder(&server.base).build().unwrap();
        assert_eq!(*way.send(call(&client, &operation("GET", "/pets"))).unwrap(), Json::from(1), "{half}");
    }
});

both!(reports_the_last_of_too_many_redirects, |way| {
    let server = Server::start(vec![reply(302, &[("location", "/pets"), ("x-request-id", "r-1")], "")]);
    let error = way.send(to(&server.base, "GET")).unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Redirect, Some("r-1")), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 302);
});

both!(resends_the_body_of_a_redirected_get, |way| {
    for (status, ends) in [
        (307, "\r\n\r\n\"x\""),
        (308, "\r\n\r\n\"x\""),
        (301, "\r\n\r\n\"x\""),
        (302, "\r\n\r\n\"x\""),
        (303, "\r\n\r\n"),
    ] {
        let server = Server::start(vec![reply(status, &[("location", "/new")], ""), json(200, "1")]);
        way.send(to(&server.base, "GET").json(&Json::from("x"))).unwrap();
        let sent = server.requests();
        assert!(sent[0].ends_with("\r\n\r\n\"x\"") && sent[1].ends_with(ends), "{status} {sent:?}");
        assert_eq!(sent[1].contains("content-type: application/json"), status != 303, "{status}");
    }
    let to_new = |status| reply(status, &[("location", "/new")], "");
    let server = Server::start(vec![to_new(303), to_new(307), json(200, "1")]);
    way.send(to(&server.base, "GET").json(&Json::from("x"))).unwrap();
    assert!(server.requests()[2].ends_with("\r\n\r\n"), "{:?}", server.requests());
    // A body that can be sent only once prevents the redirect.
    let server = Server::start(vec![to_new(307), json(200, "1")]);
    let error = way.send(to(&server.base, "GET").bytes("text/plain", Body::reader(&b"x"[..], Some(1)))).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16(), server.lines().len()), (ErrorKind::Redirect, 307, 1));
});

/// Starts a server that sends pieces with pauses between them.
fn slow(pieces: Vec<String>, pause: Duration) -> String {
    let server = Server::connections(move |mut stream| {
        let _ = stream.read(&mut [0; 4096]).unwrap();
        for piece in &pieces {
            if stream.write_all(piece.as_bytes()).is_err() {
                break;
            }
            thread::sleep(pause);
        }
    });
    server.base
}

both!(reads_the_error_of_a_streamed_call_within_its_timeout, |way| {
    let mut pieces = vec![head(500, "content-length: 100\r\n")];
    pieces.extend((0..60).map(|_| "x".to_owned()));
    let base = slow(pieces, Duration::from_millis(50));
    let start = Instant::now();
    let error = way.stream(to(&base, "GET").timeout(Duration::from_millis(300))).unwrap_err();
    assert!(error.is_timeout() && start.elapsed() < Duration::from_secs(2), "{error:?} {:?}", start.elapsed());
    assert_head_known(&error, TransportErrorKind::Timeout, 500);
});

both!(idle_timeout_excludes_the_time_of_the_reader, |way| {
    let pieces = vec![head(200, "content-length: 2\r\n") + "a", "b".to_owned()];
    let base = slow(pieces, Duration::from_millis(600));
    let mut body = way.stream(to(&base, "GET").idle_timeout(Some(Duration::from_millis(400)))).unwrap().into_inner();
    let busy = || thread::sleep(Duration::from_millis(450));
    match way {
        SendMode::Async => {
            assert_eq!(way.wait(body.chunk()).unwrap().unwrap(), "a");
            busy();
            assert_eq!(way.wait(body.chunk()).unwrap().unwrap(), "b");
        }
        SendMode::Blocking => {
            let (mut reader, mut byte) = (body.into_reader(), [0]);
            reader.read_exact(&mut byte).unwrap();
            busy();
            reader.read_exact(&mut byte).unwrap();
            assert_eq!(byte, *b"b");
        }
    }
});

both!(reports_status_and_headers_of_a_stalled_response, |way| {
    let base = slow(vec![head(200, "content-length: 2\r\n") + "a"], Duration::from_secs(3));
    let start = Instant::now();
    let error = way.send(to(&base, "GET").timeout(Duration::from_millis(300))).unwrap_err();
    assert!(error.is_timeout() && start.elapsed() < Duration::from_secs(2), "{error:?} {:?}", start.elapsed());
    assert_head_known(&error, TransportErrorKind::Timeout, 200);
});

#[cfg(all(feature = "gzip", feature = "brotli"))]
both!(reports_an_invalid_content_coding_as_broken, |way| {
    for coding in ["gzip", "br"] {
        let rest = format!("content-encoding: {coding}\r\ncontent-length: 12\r\n");
        let server = Server::start(vec![Reply::from(head(200, &rest) + "no coding at")]);
        let error = way.send(to(&server.base, "GET")).unwrap_err();
        assert_head_known(&error, TransportErrorKind::Broken, 200);
    }
});

both!(times_out_a_streamed_call_when_the_server_does_not_read, |way| {
    let server = Server::connections(|stream| {
        thread::sleep(Duration::from_secs(3));
        drop(stream);
    });
    let start = Instant::now();
    let call = to(&server.base, "POST").bytes("application/octet-stream", vec![0; 20 << 20]);
    let error = way.stream(call.timeout(Duration::from_millis(300))).unwrap_err();
    assert!(error.is_timeout() && start.elapsed() < Duration::from_secs(2), "{error:?} {:?}", start.elapsed());
});

// The default transport has another limit.
#[test]
fn reports_a_response_head_above_the_limit_of_ureq() {
    let long = format!("x-long: {}\r\ncontent-length: 1\r\n", "x".repeat(100_000));
    let server = Server::start(vec![Reply::from(head(200, &long) + "1")]);
    let error = SendMode::Blocking.send(to(&server.base, "GET")).unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge), "{error}");
}
