//! Valid responses and connections that are unusual, read by both transports.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::{Body, Json};
use server::{Reply, Server};
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};
use way::both;

both!(reads_unusual_responses, |way| {
    let long = format!("x-long: {}\r\ncontent-length: 1\r\n\r\n1", "x".repeat(30_000));
    let many: String = (0..90).map(|at| format!("x-{at}: {at}\r\n")).collect();
    for (shape, text) in [
        ("hints", "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("continue", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("processing", "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("until the end", "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n1".to_owned()),
        ("1.0", "HTTP/1.0 200 OK\r\n\r\n1".to_owned()),
        ("1.0 with length", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n1".to_owned()),
        ("no reason", "HTTP/1.1 200\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("empty reason", "HTTP/1.1 200 \r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("odd reason", "HTTP/1.1 200 \u{fc}ber gut\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("own status", "HTTP/1.1 299 Own\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("trailers", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;a=b\r\n1\r\n0\r\nx-end: 1\r\n\r\n".to_owned()),
        ("chunks in capitals", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n0000A\r\n1         \r\n0\r\n\r\n".to_owned()),
        ("both lengths", "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("latin header", "HTTP/1.1 200 OK\r\nx-name: \u{fc}\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("empty header", "HTTP/1.1 200 OK\r\nx-name:\r\ncontent-length: 1\r\n\r\n1".to_owned()),
        ("no spaces", "HTTP/1.1 200 OK\r\nx-name:a\r\ncontent-length:1\r\n\r\n1".to_owned()),
        ("line feeds", "HTTP/1.1 200 OK\ncontent-length: 1\n\n1".to_owned()),
        ("long header", format!("HTTP/1.1 200 OK\r\n{long}")),
        ("many headers", format!("HTTP/1.1 200 OK\r\n{many}content-length: 1\r\n\r\n1")),
    ] {
        let server = Server::start(vec![Reply::from(text)]);
        let client = builder(&server.base).max_retries(0).build().unwrap();
        let response = way.send(call(&client, &operation("GET", "/pets"))).map_err(|error| format!("{shape}: {error}"));
        let response = response.unwrap();
        assert_eq!((&*response, response.status().is_success()), (&Json::from(1), true), "{shape}");
    }
});

both!(does_not_use_a_connection_closed_meanwhile, |way| {
    let server = Server::connections(|mut stream| {
        let _ = stream.read(&mut [0; 4096]).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1").unwrap();
        thread::sleep(Duration::from_millis(50));
    });
    let client = builder(&server.base).max_retries(0).build().unwrap();
    for _ in 0..3 {
        way.send(call(&client, &operation("POST", "/pets")).json(&Json::from(1))).unwrap();
        thread::sleep(Duration::from_millis(150));
    }
});

both!(accepts_unlimited_timeouts, |way| {
    for streamed in [false, true] {
        let server = Server::start(vec![Reply::from("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n1".to_owned())]);
        let client = builder(&server.base).attempt_timeout(Duration::MAX).timeout(Duration::MAX).build().unwrap();
        let call = call(&client, &operation("GET", "/pets")).idle_timeout(Some(Duration::MAX));
        if streamed {
            let body = way.stream(call).unwrap().into_inner();
            match way {
                SendMode::Async => assert_eq!(way.wait(body.collect(9)).unwrap(), "1"),
                SendMode::Blocking => assert_eq!(std::io::read_to_string(body.into_reader()).unwrap(), "1"),
            }
        } else {
            assert_eq!(*way.send(call).unwrap(), Json::from(1));
        }
    }
});

both!(responses_without_a_body_end_after_the_head, |way| {
    for (method, status, rest) in [
        ("HEAD", 200, "content-length: 5\r\n"),
        ("HEAD", 404, "transfer-encoding: chunked\r\n"),
        ("GET", 204, ""),
        ("GET", 304, "content-length: 5\r\n"),
        ("GET", 205, "content-length: 0\r\n"),
    ] {
        let head = format!("HTTP/1.1 {status} Status\r\nx-request-id: r-1\r\n{rest}\r\n");
        let server = Server::connections(move |mut stream| {
            let _ = stream.read(&mut [0; 4096]).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            // The connection stays open, and the client does not wait for its end.
            thread::sleep(Duration::from_secs(3));
        });
        let client = builder(&server.base).max_retries(0).build().unwrap();
        let start = Instant::now();
        let raw = way.raw(call(&client, &operation(method, "/pets"))).unwrap();
        assert_eq!((raw.status().as_u16(), raw.raw_body().len()), (status, 0), "{method} {status}");
        assert_eq!(raw.headers().get("x-request-id").unwrap(), "r-1");
        assert!(start.elapsed() < Duration::from_secs(2), "{method} {status}");
    }
});

both!(reads_a_response_before_the_end_of_the_request, |way| {
    for stream in [false, true] {
        let server = Server::connections(move |mut stream| {
            let _ = stream.read(&mut [0; 4096]).unwrap();
            stream.write_all(b"HTTP/1.1 413 Too Large\r\nconnection: close\r\ncontent-length: 3\r\n\r\nbig").unwrap();
            // Reads the rest, as nginx does, so that the response arrives.
            while stream.read(&mut [0; 65_536]).unwrap_or(0) > 0 {}
        });
        let client = builder(&server.base).max_retries(0).build().unwrap();
        let bytes = vec![0; 5 << 20];
        let body = if stream { Body::reader(std::io::Cursor::new(bytes), None) } else { bytes.into() };
        let error = way.send(call(&client, &operation("POST", "/pets")).bytes("text/plain", body)).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{error}");
        assert_eq!(error.raw_body().unwrap().as_ref(), b"big");
    }
});
