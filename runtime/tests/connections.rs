//! Connections: requests that were not sent, stale connections, and responses before the request is written. Against raw
//! loopback servers.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::client::hook::{CallInfo, Hook};
use clientsmith_runtime::transport::{BoxFuture, TransportErrorKind};
use clientsmith_runtime::{Body, Json, TransportError};
use server::{Reply, Server, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use way::both;

/// Counts attempts.
struct Attempts(Arc<AtomicUsize>);

impl Hook for Attempts {
    fn before<'h>(
        &'h self,
        request: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        assert!(request.extensions().get::<CallInfo>().is_some());
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async { Ok(None) })
    }
}

/// A server with a full accept queue, which neither accepts nor refuses connections.
fn full() -> (String, TcpListener, Vec<TcpStream>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let mut held = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
        held.push(stream);
        assert!(held.len() < 10_000, "the queue does not fill");
    }
    (format!("http://{address}"), listener, held)
}

both!(retries_post_after_a_connect_timeout, |way| {
    let (base, _listener, _held) = full();
    let attempts = Arc::new(AtomicUsize::new(0));
    let client = builder(&base)
        .connect_timeout(Duration::from_millis(100))
        .max_retries(2)
        .hook(Attempts(Arc::clone(&attempts)))
        .build()
        .unwrap();
    let error = way.send(call(&client, &operation("POST", "/pets"))).unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect), "{error}");
    assert_eq!(attempts.load(Ordering::Relaxed), 3);
});

both!(reports_an_unknown_host_as_connect, |way| {
    let client = builder("http://nowhere.invalid").max_retries(0).build().unwrap();
    let error = way.send(call(&client, &operation("POST", "/pets"))).unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect), "{error}");
});

#[test]
fn runtimes_do_not_share_connections() {
    let server = Idle::start(Duration::from_secs(60));
    let client = builder(&server.base).max_retries(0).attempt_timeout(Duration::from_secs(5)).build().unwrap();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let runtimes = [runtime(), runtime(), runtime()];
    // A runtime is idle while the others call, so that nothing drives its connections.
    for _ in 0..3 {
        for runtime in &runtimes {
            runtime.block_on(call(&client, &operation("POST", "/pets")).send()).unwrap();
        }
    }
    assert_eq!((server.connections(), server.requests()), (3, 9));
}

#[test]
fn refuses_an_async_call_without_a_runtime() {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let mut future = Box::pin(call(&client, &operation("POST", "/pets")).send());
    let waker = std::task::Waker::noop();
    let polled = future.as_mut().poll(&mut std::task::Context::from_waker(waker));
    let std::task::Poll::Ready(Err(error)) = polled else { unreachable!("{polled:?}") };
    assert!(error.to_string().contains("needs a tokio runtime"), "{error}");
}

// The server closes a connection after 20 ms without a request. The pauses are close to that. Calls would use connections
// that close at that moment if the client did not close them before.
both!(post_does_not_use_connections_that_the_server_closes, |way| {
    let server = Idle::start(Duration::from_millis(20));
    let client = builder(&server.base).max_retries(0).pool_idle_timeout(Duration::from_millis(10)).build().unwrap();
    for round in 0..700u64 {
        thread::sleep(Duration::from_millis(if round % 7 == 0 { 18 + round % 5 } else { 0 }));
        way.send(call(&client, &operation("POST", "/pets"))).unwrap();
    }
    assert_eq!(server.requests(), 700);
    assert!(server.connections() < 400, "connections are not reused: {}", server.connections());
});

// Nothing drives the connections of this runtime between two calls. The client checks a connection before it writes the next
// request.
#[test]
fn does_not_use_a_closed_connection() {
    let server = Idle::start(Duration::from_millis(20));
    let client = builder(&server.base).max_retries(0).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for _ in 0..20 {
        runtime.block_on(call(&client, &operation("POST", "/pets")).send()).unwrap();
        thread::sleep(Duration::from_millis(60));
    }
    for _ in 0..20 {
        call(&client, &operation("POST", "/pets")).send_blocking().unwrap();
        thread::sleep(Duration::from_millis(60));
    }
    assert_eq!(server.requests(), 40);
}

// A server may respond and close before it has read the request.
both!(reads_a_response_before_the_body_is_written, |way| {
    for status in [413, 401, 429] {
        for length in [100_000, 8 << 20] {
            // hyper drops unread bytes when a write fails. An async client reads the response only if the server closes a
            // moment later.
            let pause = if way == way::SendMode::Async { Duration::from_millis(300) } else { Duration::ZERO };
            let base = early(status, pause);
            let client = builder(&base).max_retries(0).build().unwrap();
            let body = vec![b'x'; length];
            let sent = call(&client, &operation("POST", "/pets")).bytes("application/octet-stream", body.clone());
            let error = way.send(sent).unwrap_err();
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{length} {error}");
            assert_eq!(error.raw_body().unwrap().as_ref(), b"{\"detail\":\"too much\"}");
            for known in [Some(u64::try_from(length).unwrap()), None] {
                let stream = Body::reader(std::io::Cursor::new(body.clone()), known);
                let sent = call(&client, &operation("POST", "/pets")).bytes("application/octet-stream", stream);
                let error = way.send(sent).unwrap_err();
                assert_eq!(error.status().map(|status| status.as_u16()), Some(status), "{length} {known:?} {error}");
            }
        }
    }
});

both!(omits_content_length_without_a_body, |way| {
    for method in ["GET", "HEAD", "DELETE", "OPTIONS", "QUERY", "POST", "PUT", "PATCH"] {
        let server = Server::start(vec![json(200, "1")]);
        let client = builder(&server.base).max_retries(0).build().unwrap();
        let sent = way.raw(call(&client, &operation(method, "/pets"))).unwrap();
        assert_eq!(sent.status(), 200);
        let head = server.requests().concat().to_lowercase();
        let sized = matches!(method, "POST" | "PUT" | "PATCH");
        assert_eq!(head.contains("content-length"), sized, "{head}");
        assert!(!head.contains("transfer-encoding"), "{head}");
    }
});

// Async calls decode large bodies in the function of the program.
both!(decodes_large_bodies_with_the_given_function, |way| {
    let large = format!("[{}1]", "1,".repeat(1000));
    for (body, times) in [(large.as_str(), 1), ("[1]", 0)] {
        let server = Server::start(vec![json(200, body)]);
        let (runs, seen) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&runs);
        let run = move |decode: &mut dyn FnMut()| {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::task::block_in_place(decode);
        };
        let client = builder(&server.base).decode_large_bodies(1000, run).build().unwrap();
        let value: Json = way.send(call(&client, &operation("GET", "/pets"))).unwrap().into_inner();
        seen.fetch_add(value.as_array().unwrap().len(), Ordering::Relaxed);
        assert_eq!(seen.load(Ordering::Relaxed), body.split(',').count());
        let expected = if way == way::SendMode::Async { times } else { 0 };
        assert_eq!(runs.load(Ordering::Relaxed), expected, "{way:?} {times}");
    }
    // The value is decoded even if the function does not run the decoding.
    let server = Server::start(vec![json(200, &large)]);
    let client = builder(&server.base).decode_large_bodies(0, |_| {}).build().unwrap();
    assert!(way.send(call(&client, &operation("GET", "/pets"))).unwrap().is_array());
});

/// A server that closes a connection after some time without a request.
struct Idle {
    base: String,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl Idle {
    fn start(longest: Duration) -> Self {
        let (connections, requests) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (opened, handled) = (Arc::clone(&connections), Arc::clone(&requests));
        let server = Server::connections(move |stream| {
            opened.fetch_add(1, Ordering::Relaxed);
            serve_until_idle(&stream, longest, &handled);
        });
        Self { base: server.base, connections, requests }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

fn serve_until_idle(mut stream: &TcpStream, longest: Duration, handled: &AtomicUsize) {
    stream.set_read_timeout(Some(longest)).unwrap();
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stream.read(&mut chunk) {
        bytes.extend(chunk.iter().take(read));
        if bytes.ends_with(b"\r\n\r\n") {
            bytes.clear();
            handled.fetch_add(1, Ordering::Relaxed);
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n1";
            if stream.write_all(head.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// A server that reads the head of a request, responds, and closes after a pause.
fn early(status: u16, pause: Duration) -> String {
    let server = Server::connections(move |mut stream| {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
            head.extend(byte);
        }
        let Reply::Bytes(bytes) = json(status, "{\"detail\":\"too much\"}") else { return };
        drop(stream.write_all(&bytes));
        thread::sleep(pause);
    });
    server.base
}
