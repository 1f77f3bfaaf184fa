//! A call ends at its deadline in every kind of wait.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use clientsmith_runtime::client::hook::{CallInfo, Hook};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::{Body, BoxFuture, TransportError};
use clientsmith_runtime::{
    Api, Client, ClientBuilder, CredentialSource, Error, Json, OAuth, OperationSpec, Response, SchemeKind,
    SecurityRequirement, SecurityScheme, body,
};
use server::{Server, json};
use std::io::{Read, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};
use way::{SendMode, both};

static API: Api = Api::new("pets/1.0.0", "https://api.example.com/v1")
    .schemes(&[SecurityScheme::new("oauth", SchemeKind::oauth().client_credentials("/token"))]);

const LATER: Duration = Duration::from_millis(1500);

fn client(routes: &Server, source: impl Into<CredentialSource>) -> Client {
    ClientBuilder::new(&API).base_url(&routes.base).credential_from("oauth", source).build().unwrap()
}

/// Sends a call with a timeout, and returns its result and duration.
fn timed(way: SendMode, client: &Client, time: Duration) -> (Result<Response<Json>, Error<Json>>, Duration) {
    let operation =
        OperationSpec::new("op", "GET", "/pets").security(const { &[&[SecurityRequirement::new("oauth", &[])]] });
    let start = Instant::now();
    let done = way.send(client.call(&operation, body::json, body::json).timeout(time));
    (done, start.elapsed())
}

fn assert_late((done, took): (Result<Response<Json>, Error<Json>>, Duration), time: Duration) {
    let error = done.unwrap_err();
    assert!(error.kind() == ErrorKind::Timeout && error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains("no credential could be obtained for oauth"), "{error}");
    assert!(took >= time && took < LATER, "{took:?}");
}

both!(times_out_while_waiting_for_the_token_of_another_call, |way| {
    let routes = Server::respond(|_, request| {
        if request.starts_with("POST /token") {
            thread::sleep(LATER);
            return json(200, r#"{"access_token":"t1"}"#);
        }
        json(200, "1")
    });
    let client = client(&routes, OAuth::client_credentials("me", "s3cret"));
    thread::scope(|scope| {
        let patient = scope.spawn(|| timed(way, &client, Duration::from_secs(20)).0);
        while routes.to("/token").is_empty() {
            thread::sleep(Duration::from_millis(5));
        }
        let time = Duration::from_millis(200);
        assert_late(timed(way, &client, time), time);
        // The call that requested the token continues, and calls with a longer timeout use its token.
        assert!(timed(way, &client, Duration::from_secs(20)).0.is_ok());
        assert!(patient.join().unwrap().is_ok());
    });
    assert_eq!((routes.to("/token").len(), routes.to("/pets").len()), (1, 2));
});

both!(times_out_during_a_token_request, |way| {
    let routes = Server::respond(|_, _| {
        thread::sleep(LATER);
        json(200, r#"{"access_token":"t1"}"#)
    });
    let time = Duration::from_millis(200);
    assert_late(timed(way, &client(&routes, OAuth::client_credentials("me", "s3cret")), time), time);
    assert_eq!(routes.to("/pets").len(), 0);
});

both!(times_out_during_a_credential_callback, |way| {
    let routes = Server::respond(|_, _| json(200, "1"));
    let source = CredentialSource::callback(|_| std::future::pending::<Result<String, std::io::Error>>());
    let time = Duration::from_millis(200);
    assert_late(timed(way, &client(&routes, source), time), time);
    assert_eq!(routes.to("/pets").len(), 0);
});

/// A hook that never ends, before or after the attempt.
struct Stuck {
    before: bool,
}

impl Hook for Stuck {
    fn before<'h>(
        &'h self,
        _: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        if self.before { Box::pin(std::future::pending()) } else { Box::pin(async { Ok(None) }) }
    }

    fn after<'h>(
        &'h self,
        _: &'h CallInfo,
        _: &'h mut http::Response<Body>,
    ) -> BoxFuture<'h, Result<(), TransportError>> {
        Box::pin(std::future::pending())
    }
}

both!(times_out_during_a_hook, |way| {
    for before in [true, false] {
        let routes = Server::respond(|_, _| json(200, "1"));
        let source = CredentialSource::callback(|_| async { Ok::<_, std::io::Error>("s3cret".to_owned()) });
        let builder = ClientBuilder::new(&API).base_url(&routes.base).credential_from("oauth", source);
        let client = builder.hook(Stuck { before }).build().unwrap();
        let time = Duration::from_millis(200);
        let (done, took) = timed(way, &client, time);
        let error = done.unwrap_err();
        assert!(error.kind() == ErrorKind::Timeout && error.to_string().contains("hook"), "{error:?}");
        assert!(took >= time && took < LATER, "{took:?}");
        assert_eq!(routes.to("/pets").len(), usize::from(!before));
    }
});

/// A hook that takes some time before each request.
struct Slow(Duration);

impl Hook for Slow {
    fn before<'h>(
        &'h self,
        _: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        thread::sleep(self.0);
        Box::pin(async { Ok(None) })
    }
}

both!(counts_the_time_of_hooks_before_the_body, |way| {
    let server = Server::connections(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1\r\n\r\n";
        let _ = stream.write_all(head.as_bytes());
        thread::sleep(Duration::from_secs(2));
        let _ = stream.write_all(b"1");
    });
    let client = ClientBuilder::new(&API).base_url(&server.base).hook(Slow(Duration::from_millis(400)));
    let client = client.max_retries(0).build().unwrap();
    let operation = OperationSpec::new("op", "GET", "/pets");
    let call = || client.call(&operation, body::json::<Json>, body::json::<Json>);
    let start = Instant::now();
    let error = way.send(call().timeout(Duration::from_millis(700))).unwrap_err();
    assert!(error.kind() == ErrorKind::Timeout && start.elapsed() < LATER, "{error} {:?}", start.elapsed());
    way.send(call().timeout(Duration::from_secs(20))).unwrap();
});

/// A body that never continues.
struct Silent;

impl futures_core::Stream for Silent {
    type Item = Result<Vec<u8>, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

/// A hook that responds with a body that never continues.
struct Responds;

impl Hook for Responds {
    fn before<'h>(
        &'h self,
        _: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        Box::pin(async { Ok(Some(http::Response::new(Body::stream(Silent, None)))) })
    }
}

both!(times_out_during_a_body_of_a_hook, |way| {
    let client = ClientBuilder::new(&API).base_url("http://127.0.0.1:1").hook(Responds).build().unwrap();
    let operation = OperationSpec::new("op", "POST", "/pets");
    let call = client.call(&operation, body::json::<Json>, body::json::<Json>).timeout(Duration::from_millis(200));
    let start = Instant::now();
    let error = way.send(call).unwrap_err();
    assert!(error.kind() == ErrorKind::Timeout && start.elapsed() < LATER, "{error:?}");
});

// A long operation has its own timeouts, by the call or by the generator's setting `timeouts`.
both!(operations_and_calls_have_their_own_timeouts, |way| {
    let slow = Server::respond(|_, _| {
        thread::sleep(Duration::from_millis(700));
        json(200, "1")
    });
    let builder = || ClientBuilder::new(&API).base_url(&slow.base).max_retries(0);
    let short = Duration::from_millis(200);
    let client = builder().attempt_timeout(short).timeout(Duration::from_millis(300)).build().unwrap();
    let operation = OperationSpec::new("op", "POST", "/chat").accept("*/*");
    let call = || client.call(&operation, body::json::<Json>, body::json::<Json>);
    assert!(way.send(call()).unwrap_err().is_timeout());
    assert!(way.send(call().attempt_timeout(LATER)).unwrap_err().is_timeout(), "the timeout of the call stays");
    way.send(call().attempt_timeout(LATER).timeout(LATER)).unwrap();
    // A body that is read while it is sent has the whole time of the call.
    let upload = || call().bytes("text/plain", Body::reader(&b"x"[..], Some(1)));
    way.send(upload().timeout(LATER)).unwrap();
    assert!(way.send(upload()).unwrap_err().is_timeout());
    let long = operation.attempt_millis(1500).call_millis(3000);
    let long = || client.call(&long, body::json::<Json>, body::json::<Json>);
    way.send(long()).unwrap();
    // The timeout of a call is preferred.
    assert!(way.send(long().timeout(short)).unwrap_err().is_timeout());
    // Longer timeouts of the client are preferred.
    let client = builder().build().unwrap();
    let short = operation.attempt_millis(1).call_millis(2);
    way.send(client.call(&short, body::json::<Json>, body::json::<Json>)).unwrap();
});
