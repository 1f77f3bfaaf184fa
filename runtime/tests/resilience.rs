//! Repetitions, budgets, pacing, keys and hooks, over both transports.
#![cfg(all(feature = "reqwest", feature = "blocking"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed test says so by a panic, in its shared functions too"
)]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::client::hook::{CallInfo, Hook};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::pipeline::retry::{Attempt, Outcome, RetryPolicy};
use clientsmith_runtime::transport::{BoxFuture, TransportErrorKind};
use clientsmith_runtime::{Body, Json, TransportError};
use server::{Reply, Server, json, reply};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use way::both;

both!(the_server_says_it_in_milliseconds, |way| {
    let server =
        Server::start(vec![reply(503, &[("retry-after-ms", "300"), ("retry-after", "9")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    let start = Instant::now();
    way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    assert!((300..5000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
});

both!(all_calls_share_a_budget_of_repetitions, |way| {
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], "")]);
    let client = builder(&server.base).retry_budget(3).max_retries(2).build().unwrap();
    for sent in [3, 5, 6, 7] {
        let error = way.send(call(&client, &operation("GET", "/pets"))).unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), server.lines().len()), (503, sent));
    }
});

both!(a_post_is_repeated_when_it_was_not_even_sent, |way| {
    let connections = Arc::new(Mutex::new(Vec::new()));
    let client = builder("http://127.0.0.1:1").max_retries(2).hook(Log(Arc::clone(&connections))).build().unwrap();
    let error = way.send(call(&client, &operation("POST", "/pets"))).unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect));
    assert_eq!(connections.lock().unwrap().len(), 6);
});

both!(a_call_says_that_it_is_safe_to_repeat, |way| {
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    way.send(call(&client, &operation("POST", "/pets")).repeatable(true)).unwrap();
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    way.send(call(&client, &operation("GET", "/pets")).repeatable(false)).unwrap_err();
    assert_eq!(server.lines().len(), 1);
});

both!(repetitions_share_a_key_and_calls_do_not, |way| {
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    let post = || call(&client, &operation("POST", "/pets").idempotency_header("x-once"));
    way.send(post()).unwrap();
    way.send(post()).unwrap();
    way.send(post().idempotency_key("mine")).unwrap();
    let keys: Vec<String> = server.requests().iter().map(|request| header(request, "x-once").unwrap()).collect();
    assert_eq!(keys.len(), 4);
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
    assert_eq!(keys[3], "mine");
});

both!(a_policy_of_ones_own_decides, |way| {
    struct Conflicts;
    impl RetryPolicy for Conflicts {
        fn pause(&self, attempt: &Attempt<'_>) -> Option<Duration> {
            let Outcome::Response(status, _) = attempt.outcome else { return None };
            (status.as_u16() == 409 && attempt.info.operation == "op").then_some(Duration::from_millis(1))
        }
    }
    for (status, sent) in [(409, 3), (503, 1)] {
        let server = Server::start(vec![reply(status, &[], "")]);
        let client = builder(&server.base).retry_policy(Conflicts).build().unwrap();
        way.send(call(&client, &operation("GET", "/pets"))).unwrap_err();
        assert_eq!(server.lines().len(), sent, "{status}");
    }
});

both!(a_silent_attempt_is_repeated_within_the_time_of_the_call, |way| {
    let server = Server::start(vec![Reply::Silence, json(200, "1")]);
    let client = builder(&server.base).attempt_timeout(Duration::from_millis(200)).build().unwrap();
    way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    let server = Server::start(vec![Reply::Silence, json(200, "1")]);
    let client = builder(&server.base).attempt_timeout(Duration::from_millis(200)).build().unwrap();
    assert!(way.send(call(&client, &operation("POST", "/pets"))).unwrap_err().is_timeout());
    assert_eq!(server.lines().len(), 1);
});

both!(the_limit_is_not_run_into, |way| {
    let spent = [("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1")];
    let server = Server::start(vec![reply(200, &spent, "1"), json(200, "1")]);
    for (paced, least) in [(false, 0), (true, 900)] {
        let server = if paced { Server::start(vec![reply(200, &spent, "1"), json(200, "1")]) } else { server.clone() };
        let client = builder(&server.base).pace(paced).build().unwrap();
        let start = Instant::now();
        for _ in 0..2 {
            way.send(call(&client, &operation("GET", "/pets"))).unwrap();
        }
        assert!(start.elapsed() >= Duration::from_millis(least), "{paced}: {:?}", start.elapsed());
    }
    let client = builder(&Server::start(vec![reply(200, &spent, "1")]).base).pace(true).build().unwrap();
    way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    let late = call(&client, &operation("GET", "/pets")).timeout(Duration::from_millis(200));
    assert!(way.send(late).unwrap_err().is_timeout());
});

both!(a_reset_in_milliseconds_is_told_by_the_date_of_the_response, |way| {
    // The server's clock says the year 2033, and its window ends one second later.
    let spent = [
        ("date", "Wed, 18 May 2033 03:33:20 GMT"),
        ("x-ratelimit-limit", "100"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "2000000001000"),
    ];
    let server = Server::start(vec![reply(200, &spent, "1"), json(200, "1")]);
    let client = builder(&server.base).pace(true).build().unwrap();
    let start = Instant::now();
    for _ in 0..2 {
        way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    }
    assert!((900..5000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
});

both!(a_wrong_reset_does_not_stop_later_calls, |way| {
    // A window of centuries, in units that nobody has agreed on.
    let spent = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "99999999999")];
    let server = Server::start(vec![reply(200, &spent, "1")]);
    let client = builder(&server.base).pace(true).max_pacing_wait(Duration::from_millis(500)).build().unwrap();
    let get = || call(&client, &operation("GET", "/pets"));
    way.send(get()).unwrap();
    assert!(way.send(get().timeout(Duration::from_millis(200))).unwrap_err().is_timeout());
    assert_eq!(server.lines().len(), 1);
    let start = Instant::now();
    way.send(get()).unwrap();
    assert!((100..5000).contains(&start.elapsed().as_millis()), "the probe: {:?}", start.elapsed());
    // It went well, so that the header is not believed any more.
    let start = Instant::now();
    way.send(get()).unwrap();
    assert!(start.elapsed() < Duration::from_millis(400), "{:?}", start.elapsed());
});

/// Writes down what it sees.
struct Log(Arc<Mutex<Vec<String>>>);

impl Hook for Log {
    fn before<'h>(
        &'h self,
        request: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        let info = request.extensions().get::<CallInfo>().unwrap();
        let line = format!("before {} {} {} {}", info.operation, info.template, info.idempotent, info.repetition);
        self.0.lock().unwrap().push(line);
        request.headers_mut().insert("x-signed", http::HeaderValue::from_static("yes"));
        Box::pin(async { Ok(None) })
    }

    fn after<'h>(
        &'h self,
        _: &'h CallInfo,
        response: &'h mut http::Response<Body>,
    ) -> BoxFuture<'h, Result<(), TransportError>> {
        self.0.lock().unwrap().push(format!("after {}", response.status()));
        response.headers_mut().insert("x-seen", http::HeaderValue::from_static("yes"));
        Box::pin(async { Ok(()) })
    }

    fn failed<'h>(&'h self, info: &'h CallInfo, error: &'h TransportError) -> BoxFuture<'h, ()> {
        self.0.lock().unwrap().push(format!("failed {} {:?}", info.repetition, error.kind));
        Box::pin(async {})
    }
}

/// Answers, or refuses, in the server's place.
struct Instead(bool);

impl Hook for Instead {
    fn before<'h>(
        &'h self,
        _: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        let refused = || TransportError::new(TransportErrorKind::Other, "not today");
        let done = if self.0 { Ok(Some(http::Response::new(Body::from("7")))) } else { Err(refused()) };
        Box::pin(async { done })
    }
}

both!(hooks_stand_around_every_attempt, |way| {
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], ""), Reply::Reset, json(200, "1")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let client = builder(&server.base).hook(Log(Arc::clone(&seen))).build().unwrap();
    let response = way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    assert_eq!(response.headers()["x-seen"], "yes");
    let expected = [
        "before op /pets true 0",
        "after 503 Service Unavailable",
        "before op /pets true 1",
        "failed 1 Broken",
        "before op /pets true 2",
        "after 200 OK",
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
    assert!(server.requests().iter().all(|request| header(request, "x-signed").is_some()));
});

both!(a_hook_may_answer_or_refuse, |way| {
    let (outer, inner) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let logs = || builder("http://127.0.0.1:1").hook(Log(Arc::clone(&outer)));
    let client = logs().hook(Instead(true)).hook(Log(Arc::clone(&inner))).build().unwrap();
    assert_eq!(*way.send(call(&client, &operation("GET", "/pets"))).unwrap(), Json::from(7));
    let client = logs().hook(Instead(false)).build().unwrap();
    let error = way.send(call(&client, &operation("GET", "/pets"))).unwrap_err();
    assert_eq!((error.kind(), error.to_string()), (ErrorKind::Transport, "GET /pets: not today".to_owned()));
    let expected = ["before op /pets true 0", "after 200 OK", "before op /pets true 0", "failed 0 Other"];
    assert_eq!(*outer.lock().unwrap(), expected);
    assert!(inner.lock().unwrap().is_empty(), "what stands behind an answer is not asked");
});

#[tokio::test]
async fn a_call_that_is_dropped_leaves_the_pool_healthy() {
    let server = Server::start(vec![Reply::Silence, Reply::Silence, Reply::Silence, json(200, "1")]);
    let client = builder(&server.base).max_retries(0).build().unwrap();
    for _ in 0..3 {
        let call = call(&client, &operation("GET", "/pets")).send();
        tokio::time::timeout(Duration::from_millis(100), call).await.unwrap_err();
    }
    // Streams that nobody reads to their end do not hold the pool either.
    let long = Server::start(vec![reply(200, &[], "x".repeat(1 << 20)), json(200, "1")]);
    let streams = builder(&long.base).build().unwrap();
    drop(call(&streams, &operation("GET", "/pets")).send_stream().await.unwrap());
    for client in [&client, &streams] {
        let next = call(client, &operation("GET", "/pets")).timeout(Duration::from_secs(5));
        assert_eq!(*next.send().await.unwrap(), Json::from(1));
    }
}

fn header(request: &str, name: &str) -> Option<String> {
    let mut lines = request.lines().map(|line| line.split_once(": ").unwrap_or_default());
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
}
