//! HTTP/2: streams that a server refuses, and connections that it shuts down.
#![cfg(all(feature = "hyper", feature = "http2"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/certificates.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod certificates;
#[path = "loopback/tls.rs"]
mod tls;

use api::{builder, call, operation};
use bytes::Bytes;
use certificates::Authority;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::transport::hyper::Hyper;
use clientsmith_runtime::{Body, Client, Json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A server that refuses the first streams.
struct Refusing {
    client: Client,
    streams: Arc<AtomicUsize>,
}

async fn refusing(first: usize, reason: h2::Reason) -> Refusing {
    let root = Authority::root();
    let acceptor = TlsAcceptor::from(tls::config(&root.sign("localhost", 2200), &[b"h2"]));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let streams = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&streams);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
            tokio::spawn(async move {
                let mut connection = h2::server::handshake(acceptor.accept(stream).await.unwrap()).await.unwrap();
                while let Some(Ok((_, mut respond))) = connection.accept().await {
                    if counted.fetch_add(1, Ordering::Relaxed) < first {
                        respond.send_reset(reason);
                        continue;
                    }
                    let head = http::Response::builder().header("content-type", "application/json");
                    let mut body = respond.send_response(head.body(()).unwrap(), false).unwrap();
                    body.send_data(Bytes::from_static(b"1"), true).unwrap();
                }
            });
        }
    });
    let transport = Hyper::builder().root_certificate(root.pem).no_proxy().build().unwrap();
    let client = builder(&base).max_retries(0).transport(transport).build().unwrap();
    Refusing { client, streams }
}

impl Refusing {
    fn streams(&self) -> usize {
        self.streams.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn sends_refused_requests_again() {
    let server = refusing(2, h2::Reason::REFUSED_STREAM).await;
    call(&server.client, &operation("POST", "/pets")).json(&Json::Bool(true)).send().await.unwrap();
    assert_eq!(server.streams(), 3);
}

#[tokio::test]
async fn gives_up_after_three_refusals() {
    let server = refusing(usize::MAX, h2::Reason::REFUSED_STREAM).await;
    let error = call(&server.client, &operation("POST", "/pets")).send().await.unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Broken), "{error}");
    assert_eq!(server.streams(), 3);
}

#[tokio::test]
async fn sends_a_request_once_that_the_server_may_have_read() {
    let server = refusing(1, h2::Reason::INTERNAL_ERROR).await;
    let error = call(&server.client, &operation("POST", "/pets")).send().await.unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Broken), "{error}");
    assert_eq!(server.streams(), 1);
}

#[tokio::test]
async fn sends_a_stream_once() {
    let server = refusing(1, h2::Reason::REFUSED_STREAM).await;
    let body = Body::reader(std::io::Cursor::new("1"), Some(1));
    let sent = call(&server.client, &operation("POST", "/pets")).bytes("text/plain", body).send().await;
    assert_eq!(sent.unwrap_err().transport_kind(), Some(TransportErrorKind::Broken));
    assert_eq!(server.streams(), 1);
}
