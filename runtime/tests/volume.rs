//! Memory for a gigabyte each way. The test is alone in its process, because it measures the peak.
#![cfg(all(feature = "hyper", target_os = "linux"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;

use api::{builder, call, operation};
use clientsmith_runtime::{AnyCall, Body, Bytes, Json, body};
use server::Server;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

const GIGABYTE: u64 = 1 << 30;

/// Starts a server that responds with the length of a body, or to GET with a gigabyte.
fn serve() -> String {
    Server::connections(respond).base
}

fn respond(stream: TcpStream) {
    let mut reader = BufReader::with_capacity(256 << 10, stream.try_clone().unwrap());
    let (mut writer, mut head) = (stream, String::new());
    while !head.ends_with("\r\n\r\n") {
        reader.read_line(&mut head).unwrap();
    }
    let head = head.to_lowercase();
    if head.starts_with("get") {
        let chunk = vec![7; 256 << 10];
        write!(writer, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {GIGABYTE}\r\n\r\n").unwrap();
        for _ in 0..GIGABYTE / (256 << 10) {
            writer.write_all(&chunk).unwrap();
        }
        return;
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<u64>().ok());
    let count = match length {
        Some(length) => std::io::copy(&mut reader.take(length), &mut std::io::sink()).unwrap(),
        None => chunked_length(&mut reader),
    };
    let body = count.to_string();
    write!(writer, "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
}

fn chunked_length(reader: &mut impl BufRead) -> u64 {
    let mut count = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let length = u64::from_str_radix(line.trim(), 16).unwrap();
        std::io::copy(&mut reader.take(length + 2), &mut std::io::sink()).unwrap();
        if length == 0 {
            return count;
        }
        count += length;
    }
}

/// The peak memory of this process in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() << 10
}

/// A reader of a gigabyte.
fn zeros() -> impl Read + Send + Unpin + 'static {
    std::io::repeat(0).take(GIGABYTE)
}

#[tokio::test]
async fn streams_a_gigabyte_each_way_in_little_memory() {
    let base = serve();
    let client = builder(&base).timeout(std::time::Duration::from_secs(300)).build().unwrap();
    let (post, get) = (operation("POST", "/up"), operation("GET", "/down"));
    for length in [Some(GIGABYTE), None] {
        let up = call(&client, &post).bytes("application/octet-stream", Body::reader(zeros(), length));
        assert_eq!(*up.send().await.unwrap(), Json::from(GIGABYTE));
    }
    let mut down = call(&client, &get).send_stream().await.unwrap();
    assert_eq!(down.length(), Some(GIGABYTE));
    let mut count = 0;
    while let Some(chunk) = down.chunk().await.unwrap() {
        assert_eq!((chunk.first(), chunk.last()), (Some(&7), Some(&7)));
        count += chunk.len() as u64;
    }
    assert_eq!(count, GIGABYTE);
    let through: AnyCall<Bytes, Bytes> = client.call(&get, body::bytes, body::bytes);
    let down = through.stream().send().await.unwrap().into_inner();
    // A response body is streamed into a request.
    let up = call(&client, &post).bytes("application/octet-stream", down);
    assert_eq!(*up.send().await.unwrap(), Json::from(GIGABYTE));
    #[cfg(feature = "blocking")]
    tokio::task::spawn_blocking(move || {
        for length in [Some(GIGABYTE), None] {
            let up = call(&client, &post).bytes("application/octet-stream", Body::reader(zeros(), length));
            assert_eq!(*up.send_blocking().unwrap(), Json::from(GIGABYTE));
        }
        let down = call(&client, &get).send_stream_blocking().unwrap().into_inner();
        assert_eq!(std::io::copy(&mut down.into_reader(), &mut std::io::sink()).unwrap(), GIGABYTE);
    })
    .await
    .unwrap();
    assert!(peak() < 64 << 20, "{} bytes", peak());
}
