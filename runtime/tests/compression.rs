//! Compressed requests and responses, async and blocking.
#![cfg(all(feature = "gzip", feature = "test-util", feature = "blocking", feature = "hyper"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::Json;
use clientsmith_runtime::client::hook::CompressRequests;
use clientsmith_runtime::testing::{MockServer, Reply};
use flate2::Compression;
use flate2::read::{GzDecoder, GzEncoder};
use server::{Server, reply};
use std::io::Read;
use way::both;

fn gzipped(text: &str) -> Vec<u8> {
    let mut gzipped = Vec::new();
    GzEncoder::new(text.as_bytes(), Compression::best()).read_to_end(&mut gzipped).unwrap();
    gzipped
}

both!(compresses_long_requests, |way| {
    let server = MockServer::new();
    server.on_any().reply(Reply::json(200, &1_i64));
    let client = builder("https://pets.test").transport(server.clone()).hook(CompressRequests::default());
    let client = client.build().unwrap();
    let text = "x".repeat(5000);
    for body in [Json::from("short"), Json::from(text.as_str())] {
        way.send(call(&client, &operation("POST", "/pets")).json(&body)).unwrap();
    }
    let requests = server.requests();
    assert_eq!(
        (requests[0].header("content-encoding"), requests[0].json::<String>().unwrap().as_str()),
        (None, "short")
    );
    assert_eq!(requests[1].header("content-encoding"), Some("gzip"));
    assert!(requests[1].body.len() < 200);
    let mut decompressed = String::new();
    GzDecoder::new(&requests[1].body[..]).read_to_string(&mut decompressed).unwrap();
    assert_eq!(decompressed, format!("\"{text}\""));
});

both!(limits_the_decompressed_size_of_a_response, |way| {
    let server = Server::respond(|_, request| {
        assert!(request.to_lowercase().contains("accept-encoding: ") && request.contains("gzip"), "{request}");
        let body = gzipped(&format!("\"{}\"", "x".repeat(100_000)));
        assert!(body.len() < 200, "{}", body.len());
        reply(200, &[("content-type", "application/json"), ("content-encoding", "gzip")], body)
    });
    let client = |limit| builder(&server.base).max_response_bytes(limit).build().unwrap();
    let read = way.send(call(&client(200_000), &operation("GET", "/pets"))).unwrap();
    assert_eq!(read.as_str().unwrap().len(), 100_000);
    // The limit applies to the decompressed body.
    let error = way.send(call(&client(50_000), &operation("GET", "/pets"))).unwrap_err();
    assert!(error.to_string().contains("larger than 50000 bytes"), "{error}");
});

both!(both_transports_decode_content_codings, |way| {
    // Two gzip members, other names of the coding, padding, and an empty body.
    let bodies = [
        ("gzip", [gzipped("\"one "), gzipped("two\"")].concat()),
        ("GZIP, identity", gzipped("\"one two\"")),
        ("x-gzip", [gzipped("\"one two\""), vec![0; 8]].concat()),
        ("gzip", Vec::new()),
    ];
    let headers = |coding| [("content-type", "application/json"), ("content-encoding", coding)];
    let server = Server::start(bodies.iter().map(|(coding, body)| reply(200, &headers(coding), body)).collect());
    let client = builder(&server.base).max_retries(0).build().unwrap();
    for _ in 0..3 {
        let read = way.send(call(&client, &operation("GET", "/pets"))).unwrap();
        assert_eq!(read.as_str(), Some("one two"));
    }
    let raw = way.raw(call(&client, &operation("GET", "/pets"))).unwrap();
    assert_eq!((raw.status().as_u16(), &raw.raw_body()[..]), (200, &b""[..]));
});

both!(limits_the_memory_of_values_from_small_bodies, |way| {
    let body = gzipped(&format!("[{}0]", "0,".repeat(100_000)));
    let headers = [("content-type", "application/json"), ("content-encoding", "gzip")];
    let server = Server::start(vec![reply(200, &headers, body)]);
    let client = |limit| builder(&server.base).max_decoded_bytes(limit).build().unwrap();
    assert!(way.send(call(&client(20 << 20), &operation("GET", "/pets"))).is_ok());
    let error = way.send(call(&client(1 << 20), &operation("GET", "/pets"))).unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("at most 1048576 bytes of decoded values"), "{error}");
});

both!(headers_of_a_response_without_a_body_are_those_of_the_server, |way| {
    let server = Server::respond(|_, request| {
        let status = if request.starts_with("HEAD ") { 200 } else { 304 };
        reply(status, &[("content-encoding", "gzip"), ("content-length", "1234")], "")
    });
    let client = || builder(&server.base).max_retries(0);
    for client in [client(), client().hook(CompressRequests::default())].map(|client| client.build().unwrap()) {
        for method in ["HEAD", "GET"] {
            let raw = way.raw(call(&client, &operation(method, "/pets"))).unwrap();
            for (name, value) in [("content-encoding", "gzip"), ("content-length", "1234")] {
                assert_eq!(raw.headers().get(name).unwrap(), value, "{method}");
            }
        }
    }
});
