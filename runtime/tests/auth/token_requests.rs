//! Token requests that outlive the call that started them, with a server that replaces the refresh token at each use.

use super::{READ, builder, call, credentials, send};
use crate::server::{Server, json};
use crate::way::both;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::hyper::Hyper;
use clientsmith_runtime::transport::{AttemptLimits, Body, BoxFuture, Transport, TransportError};
use clientsmith_runtime::{Client, IssuedToken, OAuth};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A token server that replaces the refresh token at each use: `r0` gives `t1` and `r1`, and so on. It waits before it
/// responds, and refuses replaced tokens.
fn rotating(delay: Duration) -> Server {
    let used = AtomicUsize::new(0);
    Server::respond(move |_, request| {
        if !request.starts_with("POST /refresh") {
            return json(if request.contains("Bearer t") { 200 } else { 401 }, "1");
        }
        let number = used.load(Ordering::SeqCst);
        if !request.contains(&format!("refresh_token=r{number}&")) {
            return json(400, r#"{"error":"invalid_grant"}"#);
        }
        let next = number + 1;
        used.store(next, Ordering::SeqCst);
        thread::sleep(delay);
        json(200, &format!(r#"{{"access_token":"t{next}","expires_in":3600,"refresh_token":"r{next}"}}"#))
    })
}

fn client(server: &Server) -> Client {
    builder(server).credential_from("oauth", OAuth::refresh_token("me", "r0")).build().unwrap()
}

both!(shares_the_token_request_of_a_timed_out_call, |way| {
    let server = rotating(Duration::from_millis(600));
    let client = client(&server);
    let start = Instant::now();
    let error = way.send(call(&client, "GET", READ).timeout(Duration::from_millis(150))).unwrap_err();
    assert!(error.is_timeout() && start.elapsed() < Duration::from_millis(500), "{error}");
    send(way, &client).unwrap();
    send(way, &client).unwrap();
    assert_eq!((server.to("/refresh").len(), server.to("/pets").len()), (1, 2));
});

both!(waiting_calls_outlive_the_call_that_requested_the_token, |way| {
    let server = rotating(Duration::from_millis(600));
    let client = client(&server);
    thread::scope(|scope| {
        let first = scope.spawn(|| way.send(call(&client, "GET", READ).timeout(Duration::from_millis(150))));
        while server.to("/refresh").is_empty() {
            thread::sleep(Duration::from_millis(2));
        }
        send(way, &client).unwrap();
        assert!(first.join().unwrap().unwrap_err().is_timeout());
    });
    assert_eq!(server.to("/refresh").len(), 1);
});

both!(token_requests_have_their_own_timeout, |way| {
    let server = rotating(Duration::from_secs(3));
    let oauth = OAuth::refresh_token("me", "r0").timeout(Duration::from_millis(200));
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    let start = Instant::now();
    let error = send(way, &client).unwrap_err();
    assert!(error.kind() == ErrorKind::Auth && start.elapsed() < Duration::from_secs(2), "{error}");
    assert_eq!(server.to("/refresh").len(), 1, "a refresh token is not sent again");
});

/// Starts a call, and drops it during its token request.
async fn drop_during_token_request(client: &Client, server: &Server) {
    let first = tokio::spawn(call(client, "GET", READ).send());
    while server.to("/refresh").is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn shares_the_token_request_of_a_dropped_call() {
    for wait in [0, 700] {
        let server = rotating(Duration::from_millis(300));
        let client = client(&server);
        drop_during_token_request(&client, &server).await;
        tokio::time::sleep(Duration::from_millis(wait)).await;
        call(&client, "GET", READ).send().await.unwrap();
        assert_eq!(server.to("/refresh").len(), 1);
    }
}

#[tokio::test]
async fn reports_a_new_refresh_token_after_the_last_call() {
    let server = rotating(Duration::from_millis(200));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&seen);
    let oauth = OAuth::refresh_token("me", "r0").on_token(move |token| {
        recorder.lock().unwrap().push(token.refresh_token.clone().unwrap().expose().to_owned());
    });
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    drop_during_token_request(&client, &server).await;
    drop(client);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(*seen.lock().unwrap(), ["r1"]);
}

/// A transport without background tasks, like one for another runtime than tokio.
struct NoBackground(Hyper);

impl Transport for NoBackground {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request, limits)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

#[tokio::test]
async fn token_requests_need_no_background_task() {
    let server = rotating(Duration::from_millis(300));
    let oauth = OAuth::refresh_token("me", "r0");
    let builder =
        builder(&server).attempt_timeout(Duration::from_millis(500)).transport(NoBackground(Hyper::new().unwrap()));
    let client = builder.credential_from("oauth", oauth).build().unwrap();
    drop_during_token_request(&client, &server).await;
    // The token request is not polled for longer than an attempt may take. Its response is still read.
    tokio::time::sleep(Duration::from_millis(900)).await;
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(call(&client, "GET", READ).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.to("/refresh").len(), 1);
}

#[test]
fn token_requests_survive_the_end_of_their_runtime() {
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, request| {
        if request.starts_with("POST /token") && count.fetch_add(1, Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_millis(800));
        }
        // A byte order mark is not a part of JSON.
        json(200, "\u{feff}{\"access_token\":\"t\"}")
    });
    for background in [true, false] {
        let builder = builder(&server).credential_from("oauth", credentials());
        let plain = NoBackground(Hyper::new().unwrap());
        let client = if background { builder } else { builder.transport(plain) }.build().unwrap();
        let short = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let first = call(&client, "GET", READ).timeout(Duration::from_millis(200));
        drop(short.block_on(first.send()));
        drop(short);
        let other = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        other.block_on(call(&client, "GET", READ).send()).unwrap();
    }
}

/// Blocking and async calls of one client share a token request.
#[test]
fn blocking_and_async_calls_share_a_token_request() {
    let server = rotating(Duration::from_millis(400));
    let client = client(&server);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    thread::scope(|scope| {
        let first = scope.spawn(|| runtime.block_on(call(&client, "GET", READ).send()));
        while server.to("/refresh").is_empty() {
            thread::sleep(Duration::from_millis(2));
        }
        call(&client, "GET", READ).send_blocking().unwrap();
        first.join().unwrap().unwrap();
    });
    assert_eq!(server.to("/refresh").len(), 1);
}

both!(a_panicking_callback_ends_only_its_token_request, |way| {
    let server = rotating(Duration::ZERO);
    let count = AtomicUsize::new(0);
    let on_token = move |_: &IssuedToken| assert!(count.fetch_add(1, Ordering::SeqCst) > 0, "a fault of the callback");
    let oauth = OAuth::refresh_token("me", "r0").on_token(on_token);
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    let start = Instant::now();
    let first = || way.send(call(&client, "GET", READ).timeout(Duration::from_secs(5)));
    // The panic unwinds the task of the token request: that of the call, or a background task.
    match catch_unwind(AssertUnwindSafe(first)) {
        Ok(done) => assert_eq!(done.unwrap_err().kind(), ErrorKind::Auth),
        Err(_) => assert_eq!(way, SendMode::Async),
    }
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    way.send(call(&client, "GET", READ).timeout(Duration::from_secs(5))).unwrap();
    assert_eq!(server.to("/refresh").len(), 2);
});

both!(repeats_a_token_request_that_timed_out, |way| {
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, request| {
        if !request.starts_with("POST /token") {
            return json(if request.contains("Bearer t") { 200 } else { 401 }, "1");
        }
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_secs(2));
        }
        json(200, r#"{"access_token":"t","token_type":"Bearer"}"#)
    });
    let client = builder(&server).credential_from("oauth", credentials()).attempt_timeout(Duration::from_millis(500));
    send(way, &client.build().unwrap()).unwrap();
    assert_eq!(server.to("/token").len(), 2);
});
