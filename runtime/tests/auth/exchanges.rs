//! Token requests that outlive the call that started them, with a server that replaces the refresh token at each use.

use super::{READ, builder, call, credentials, send};
use crate::server::{Server, json};
use crate::way::both;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::reqwest::Reqwest;
use clientsmith_runtime::transport::{Body, BoxFuture, Limits, Transport, TransportError};
use clientsmith_runtime::{Client, IssuedToken, OAuth};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Gives `t1` for `r0`, `t2` for `r1` and so on, each after a while and once; whoever comes with an old one is locked out.
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

both!(a_call_whose_time_is_up_leaves_the_exchange_to_the_next, |way| {
    let server = rotating(Duration::from_millis(600));
    let client = client(&server);
    let start = Instant::now();
    let error = way.send(call(&client, "GET", READ).timeout(Duration::from_millis(150))).unwrap_err();
    assert!(error.is_timeout() && start.elapsed() < Duration::from_millis(500), "{error}");
    send(way, &client).unwrap();
    send(way, &client).unwrap();
    assert_eq!((server.to("/refresh").len(), server.to("/pets").len()), (1, 2));
});

both!(calls_that_wait_outlive_the_one_that_started, |way| {
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

both!(an_exchange_has_a_time_of_its_own, |way| {
    let server = rotating(Duration::from_secs(3));
    let oauth = OAuth::refresh_token("me", "r0").timeout(Duration::from_millis(200));
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    let start = Instant::now();
    let error = send(way, &client).unwrap_err();
    assert!(error.kind() == ErrorKind::Auth && start.elapsed() < Duration::from_secs(2), "{error}");
    assert_eq!(server.to("/refresh").len(), 1, "a refresh token is not sent again");
});

/// Drops a call in the middle of its exchange, then waits and calls again.
async fn dropped(client: &Client, server: &Server) {
    let first = tokio::spawn(call(client, "GET", READ).send());
    while server.to("/refresh").is_empty() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn a_dropped_call_leaves_the_exchange_to_the_next() {
    for wait in [0, 700] {
        let server = rotating(Duration::from_millis(300));
        let client = client(&server);
        dropped(&client, &server).await;
        tokio::time::sleep(Duration::from_millis(wait)).await;
        call(&client, "GET", READ).send().await.unwrap();
        assert_eq!(server.to("/refresh").len(), 1);
    }
}

#[tokio::test]
async fn a_new_refresh_token_is_told_of_when_nobody_calls_any_more() {
    let server = rotating(Duration::from_millis(200));
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeper = Arc::clone(&kept);
    let oauth = OAuth::refresh_token("me", "r0").on_token(move |token| {
        keeper.lock().unwrap().push(token.refresh_token.clone().unwrap().expose().to_owned());
    });
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    dropped(&client, &server).await;
    drop(client);
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(*kept.lock().unwrap(), ["r1"]);
}

/// A transport that has no background: as one on another runtime than tokio.
struct Plain(Reqwest);

impl Transport for Plain {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request, limits)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.0.sleep(duration)
    }
}

#[tokio::test]
async fn an_exchange_needs_no_background() {
    let server = rotating(Duration::from_millis(300));
    let oauth = OAuth::refresh_token("me", "r0");
    let builder =
        builder(&server).attempt_timeout(Duration::from_millis(500)).transport(Plain(Reqwest::new().unwrap()));
    let client = builder.credential_from("oauth", oauth).build().unwrap();
    dropped(&client, &server).await;
    // Nobody looks at it for longer than an attempt may take; the response is there all the same.
    tokio::time::sleep(Duration::from_millis(900)).await;
    let calls: Vec<_> = (0..8).map(|_| tokio::spawn(call(&client, "GET", READ).send())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.to("/refresh").len(), 1);
}

#[test]
fn an_exchange_may_outlive_its_runtime() {
    let count = AtomicUsize::new(0);
    let server = Server::respond(move |_, request| {
        if request.starts_with("POST /token") && count.fetch_add(1, Ordering::SeqCst) == 0 {
            thread::sleep(Duration::from_millis(800));
        }
        // A byte order mark is no part of JSON.
        json(200, "\u{feff}{\"access_token\":\"t\"}")
    });
    for background in [true, false] {
        let builder = builder(&server).credential_from("oauth", credentials());
        let plain = Plain(Reqwest::new().unwrap());
        let client = if background { builder } else { builder.transport(plain) }.build().unwrap();
        let short = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let first = call(&client, "GET", READ).timeout(Duration::from_millis(200));
        drop(short.block_on(first.send()));
        drop(short);
        let other = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        other.block_on(call(&client, "GET", READ).send()).unwrap();
    }
}

/// Blocking and async calls of one client share an exchange.
#[test]
fn blocking_and_async_calls_share_an_exchange() {
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

both!(a_callback_that_panics_ends_its_exchange_only, |way| {
    let server = rotating(Duration::ZERO);
    let count = AtomicUsize::new(0);
    let told = move |_: &IssuedToken| assert!(count.fetch_add(1, Ordering::SeqCst) > 0, "the caller's own mistake");
    let oauth = OAuth::refresh_token("me", "r0").on_token(told);
    let client = builder(&server).credential_from("oauth", oauth).build().unwrap();
    let start = Instant::now();
    let first = || way.send(call(&client, "GET", READ).timeout(Duration::from_secs(5)));
    // It unwinds whichever task was at the exchange: the call's own, or one of its own.
    match catch_unwind(AssertUnwindSafe(first)) {
        Ok(done) => assert_eq!(done.unwrap_err().kind(), ErrorKind::Auth),
        Err(_) => assert_eq!(way, SendMode::Async),
    }
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    way.send(call(&client, "GET", READ).timeout(Duration::from_secs(5))).unwrap();
    assert_eq!(server.to("/refresh").len(), 2);
});
