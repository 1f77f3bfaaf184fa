//! The transport on the caller's own reqwest client.
#![cfg(feature = "reqwest")]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/server.rs"]
mod server;

use api::{builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::transport::reqwest::Reqwest;
use clientsmith_runtime::{Body, Client};
use server::{Reply, Server, json};
use std::io::Write;
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

fn client(base: &str) -> Client {
    // Another package of the workspace turns reqwest's TLS on, which then needs a provider. A second call is an error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let own = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    builder(base).max_retries(0).transport(Reqwest::with_client(own)).build().unwrap()
}

#[tokio::test]
async fn sends_bodies_of_bytes_and_streams() {
    let server = Server::echo();
    let operation = operation("POST", "/pets");
    let client = client(&server.base);
    let sent = |body: Body| call(&client, &operation).bytes("application/json", body).send();
    assert_eq!(sent("[1]".into()).await.unwrap().to_string(), "[1]");
    for length in [Some(3), None] {
        let body = Body::reader(std::io::Cursor::new("[1]"), length);
        assert_eq!(sent(body).await.unwrap().to_string(), "[1]");
    }
    assert!(server.heads().iter().all(|head| head.starts_with("post /pets http/1.1\r\n")));
}

#[tokio::test]
async fn does_not_follow_redirects_to_other_origins() {
    let other = Server::start(vec![json(200, "1")]);
    let server = Server::start(vec![json(302, "1").header("location", &other.base)]);
    let error = call(&client(&server.base), &operation("GET", "/pets")).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn reports_errors_by_kind() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let broken = Server::start(vec![Reply::Reset]);
    for (base, kind) in
        [(format!("http://{address}"), TransportErrorKind::Connect), (broken.base, TransportErrorKind::Broken)]
    {
        let error = call(&client(&base), &operation("POST", "/secret")).send().await.unwrap_err();
        assert_eq!(error.transport_kind(), Some(kind), "{error}");
        let source = format!("{:?}", std::error::Error::source(&error).unwrap());
        assert!(!source.contains("secret"), "{source}");
    }
    let unread = Body::reader(Unreadable, None);
    let client = client(&Server::echo().base);
    let error = call(&client, &operation("POST", "/pets")).bytes("text/plain", unread).send().await.unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Body), "{error}");
}

struct Unreadable;

impl std::io::Read for Unreadable {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other("no such file"))
    }
}

/// A server that sends a byte of a long body every 20 ms, or stops after the first.
fn slow(stops: bool) -> Server {
    Server::connections(move |mut stream| {
        let mut head = [0; 4096];
        let _ = std::io::Read::read(&mut stream, &mut head);
        let mut sent =
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\ncontent-type: application/json\r\n\r\n1");
        while sent.is_ok() {
            thread::sleep(if stops { Duration::from_secs(5) } else { Duration::from_millis(20) });
            sent = stream.write_all(b"1");
        }
    })
}

#[tokio::test]
async fn attempt_timeout_includes_the_body() {
    for stops in [true, false] {
        let client = client(&slow(stops).base);
        let start = Instant::now();
        let sent = call(&client, &operation("GET", "/pets")).attempt_timeout(Duration::from_millis(300)).send().await;
        let error = sent.unwrap_err();
        assert_eq!(error.transport_kind(), Some(TransportErrorKind::Timeout), "{error}");
        assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn idle_timeout_limits_the_silence_of_a_stream() {
    for stops in [true, false] {
        let client = client(&slow(stops).base);
        let sent = call(&client, &operation("GET", "/pets"))
            .idle_timeout(Some(Duration::from_millis(300)))
            .send_stream()
            .await;
        let mut body = sent.unwrap().into_inner();
        let mut length = 0;
        let done = loop {
            match body.chunk().await {
                Ok(Some(chunk)) if length + chunk.len() < 25 => length += chunk.len(),
                Ok(_) => break Ok(()),
                Err(error) => break Err(error.kind),
            }
        };
        assert_eq!(done, if stops { Err(TransportErrorKind::Timeout) } else { Ok(()) });
    }
}

#[test]
fn refuses_a_call_without_a_runtime() {
    let client = client("http://127.0.0.1:1");
    let mut future = Box::pin(call(&client, &operation("POST", "/pets")).send());
    let polled = future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    let std::task::Poll::Ready(Err(error)) = polled else { unreachable!("{polled:?}") };
    assert!(error.to_string().contains("needs a tokio runtime"), "{error}");
}
