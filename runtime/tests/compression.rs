//! Bodies in gzip, both ways.
#![cfg(all(feature = "gzip", feature = "test-util", feature = "blocking", feature = "reqwest"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test says so by a panic")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::Json;
use clientsmith_runtime::client::hook::CompressRequests;
use clientsmith_runtime::testing::{MockServer, Reply};
use flate2::Compression;
use flate2::read::{GzDecoder, GzEncoder};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use way::both;

both!(long_requests_are_compressed, |way| {
    let server = MockServer::new();
    server.on_any().reply(Reply::json(200, &1_i64));
    let client = builder("https://pets.test").transport(server.clone()).hook(CompressRequests::default());
    let client = client.build().unwrap();
    let text = "x".repeat(5000);
    for body in [Json::from("short"), Json::from(text.as_str())] {
        way.send(call(&client, &operation("POST", "/pets")).json(&body)).unwrap();
    }
    let asked = server.requests();
    assert_eq!((asked[0].header("content-encoding"), asked[0].json::<String>().unwrap().as_str()), (None, "short"));
    assert_eq!(asked[1].header("content-encoding"), Some("gzip"));
    assert!(asked[1].body.len() < 200);
    let mut unpacked = String::new();
    GzDecoder::new(&asked[1].body[..]).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, format!("\"{text}\""));
});

both!(compressed_answers_are_read_and_their_cap_is_that_of_the_text, |way| {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, mut head, mut packed) = (stream.unwrap(), String::new(), Vec::new());
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            assert!(head.to_lowercase().contains("accept-encoding: ") && head.contains("gzip"), "{head}");
            let text = format!("\"{}\"", "x".repeat(100_000));
            GzEncoder::new(text.as_bytes(), Compression::best()).read_to_end(&mut packed).unwrap();
            let head = format!("content-encoding: gzip\r\ncontent-length: {}\r\nconnection: close", packed.len());
            assert!(packed.len() < 200, "{}", packed.len());
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n\r\n").unwrap();
            stream.write_all(&packed).unwrap();
        }
    });
    let client = |cap| builder(&base).max_response_bytes(cap).build().unwrap();
    let read = way.send(call(&client(200_000), &operation("GET", "/pets"))).unwrap();
    assert_eq!(read.as_str().unwrap().len(), 100_000);
    // A small body may be a large text.
    let error = way.send(call(&client(50_000), &operation("GET", "/pets"))).unwrap_err();
    assert!(error.to_string().contains("larger than 50000 bytes"), "{error}");
});

both!(codings_are_undone_alike_whatever_the_transport, |way| {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let packed = |text: &str| {
            let mut packed = Vec::new();
            GzEncoder::new(text.as_bytes(), Compression::best()).read_to_end(&mut packed).unwrap();
            packed
        };
        // Two members of one body, another spelling of the coding, padding, and nothing at all.
        let bodies = [
            ("gzip", [packed("\"one "), packed("two\"")].concat()),
            ("GZIP, identity", packed("\"one two\"")),
            ("x-gzip", [packed("\"one two\""), vec![0; 8]].concat()),
            ("gzip", Vec::new()),
        ];
        for (coding, body) in bodies {
            let (mut stream, mut head) = (listener.accept().unwrap().0, String::new());
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let head = format!("content-encoding: {coding}\r\ncontent-length: {}\r\nconnection: close", body.len());
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n\r\n").unwrap();
            stream.write_all(&body).unwrap();
        }
    });
    let client = builder(&base).max_retries(0).build().unwrap();
    for _ in 0..3 {
        let read = way.send(call(&client, &operation("GET", "/pets"))).unwrap();
        assert_eq!(read.as_str(), Some("one two"));
    }
    let raw = way.raw(call(&client, &operation("GET", "/pets"))).unwrap();
    assert_eq!((raw.status().as_u16(), &raw.body()[..]), (200, &b""[..]));
});

both!(small_bodies_that_stand_for_large_values_are_refused, |way| {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, mut head, mut packed) = (stream.unwrap(), String::new(), Vec::new());
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while !head.ends_with("\r\n\r\n") {
                reader.read_line(&mut head).unwrap();
            }
            let text = format!("[{}0]", "0,".repeat(100_000));
            GzEncoder::new(text.as_bytes(), Compression::best()).read_to_end(&mut packed).unwrap();
            let head = format!("content-encoding: gzip\r\ncontent-length: {}\r\nconnection: close", packed.len());
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{head}\r\n\r\n").unwrap();
            stream.write_all(&packed).unwrap();
        }
    });
    let client = |cap| builder(&base).max_decoded_bytes(cap).build().unwrap();
    assert!(way.send(call(&client(20 << 20), &operation("GET", "/pets"))).is_ok());
    let error = way.send(call(&client(1 << 20), &operation("GET", "/pets"))).unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("at most 1048576 bytes of decoded values"), "{error}");
});
