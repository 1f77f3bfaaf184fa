//! Calls and bodies of the async transports on threads without a tokio runtime: errors instead of panics.
#![cfg(all(feature = "hyper", feature = "reqwest", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/executor.rs"]
mod executor;
#[path = "loopback/server.rs"]
mod server;

use api::{builder, call, operation};
use clientsmith_runtime::client::hook::Hook;
use clientsmith_runtime::transport::hyper::Hyper;
use clientsmith_runtime::transport::reqwest::Reqwest;
use clientsmith_runtime::transport::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use clientsmith_runtime::{ClientBuilder, CredentialSource, OperationSpec, SecurityRequirement};
use executor::block_on;
use server::Server;
use std::io::{Read, Write};
use std::sync::Arc;
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

fn transports() -> [Arc<dyn Transport>; 2] {
    // Another package of the workspace turns reqwest's TLS on, which then needs a provider. A second call is an error.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let own = reqwest::Client::builder().no_proxy().build().unwrap();
    [Arc::new(Hyper::new().unwrap()), Arc::new(Reqwest::with_client(own))]
}

/// A transport that is shared by two clients.
struct Shared(Arc<dyn Transport>);

impl Transport for Shared {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: clientsmith_runtime::transport::AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request, limits)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

/// Waits once, as for an event of another thread.
async fn wait_once() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// A hook that waits before each request.
struct Waits;

impl Hook for Waits {
    fn before<'h>(
        &'h self,
        _: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        Box::pin(async {
            wait_once().await;
            Ok(None)
        })
    }
}

const KEYED: OperationSpec = operation("POST", "/pets").security(&[&[SecurityRequirement::new("token", &[])]]);

#[test]
fn an_async_call_is_an_error_also_after_callbacks_and_hooks_that_wait() {
    let callback = || {
        CredentialSource::callback(|_| async {
            wait_once().await;
            Ok::<_, TransportError>("s3cret")
        })
    };
    for transport in transports() {
        let client = |change: fn(ClientBuilder) -> ClientBuilder| {
            change(builder("http://127.0.0.1:1").transport(Shared(Arc::clone(&transport)))).build().unwrap()
        };
        let plain = client(|builder| builder.credential("token", "s3cret"));
        let hooked = client(|builder| builder.credential("token", "s3cret").hook(Waits));
        let called_back = builder("http://127.0.0.1:1").transport(Shared(Arc::clone(&transport)));
        let called_back = called_back.credential_from("token", callback()).build().unwrap();
        for client in [plain, hooked, called_back] {
            let error = block_on(call(&client, &KEYED).send()).unwrap_err();
            assert!(error.to_string().contains("needs a tokio runtime"), "{error}");
            let error = call(&client, &KEYED).send_blocking().unwrap_err();
            assert!(error.to_string().contains("with a blocking transport"), "{error}");
        }
    }
}

#[test]
fn transports_sleep() {
    for transport in transports() {
        let (start, pause) = (Instant::now(), Duration::from_millis(30));
        block_on(transport.sleep(pause));
        assert!(start.elapsed() >= pause);
        // A sleep that is not awaited does not delay the end of the program.
        drop(transport.sleep(Duration::MAX));
    }
}

#[test]
fn streams_are_read() {
    let server = Server::connections(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-type: text/plain\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        thread::sleep(Duration::from_millis(300));
        let _ = stream.write_all(b"abc");
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for transport in transports() {
        let client = builder(&server.base).transport(Shared(transport)).build().unwrap();
        let open = || runtime.block_on(call(&client, &operation("GET", "/pets")).send_stream()).unwrap().into_inner();
        let mut body = open();
        assert_eq!(block_on(body.chunk()).unwrap().as_deref(), Some(&b"abc"[..]));
        let error = open().into_reader().read(&mut [0; 9]).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::WouldBlock);
        let silent = call(&client, &operation("GET", "/pets")).idle_timeout(Some(Duration::from_millis(20)));
        let mut body = runtime.block_on(silent.send_stream()).unwrap().into_inner();
        assert_eq!(block_on(body.chunk()).unwrap_err().kind, TransportErrorKind::Timeout);
    }
}
