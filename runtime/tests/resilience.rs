//! Retries, budgets, pacing, idempotency keys and hooks, over both transports.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::client::hook::{CallInfo, Hook};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::retry::{Attempt, Outcome, RetryPolicy};
use clientsmith_runtime::transport::{BoxFuture, TransportErrorKind};
use clientsmith_runtime::{Body, Json, TransportError};
use server::{Reply, Server, json, reply};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use way::both;

both!(waits_for_retry_after_ms, |way| {
    let server =
        Server::start(vec![reply(503, &[("retry-after-ms", "300"), ("retry-after", "9")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    let start = Instant::now();
    way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    assert!((300..5000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
});

both!(calls_share_a_retry_budget, |way| {
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], "")]);
    let client = builder(&server.base).retry_budget(3).max_retries(2).build().unwrap();
    for sent in [3, 5, 6, 7] {
        let error = way.send(call(&client, &operation("GET", "/pets"))).unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), server.lines().len()), (503, sent));
    }
});

both!(retries_post_after_a_refused_connection, |way| {
    let connections = Arc::new(Mutex::new(Vec::new()));
    let client = builder("http://127.0.0.1:1").max_retries(2).hook(Log(Arc::clone(&connections))).build().unwrap();
    let error = way.send(call(&client, &operation("POST", "/pets"))).unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::Connect));
    assert_eq!(connections.lock().unwrap().len(), 6);
});

both!(repeatable_overrides_the_method, |way| {
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    way.send(call(&client, &operation("POST", "/pets")).repeatable(true)).unwrap();
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    way.send(call(&client, &operation("GET", "/pets")).repeatable(false)).unwrap_err();
    assert_eq!(server.lines().len(), 1);
});

both!(retries_every_method_after_a_refusal_by_a_rate_limit, |way| {
    let now = ("retry-after", "0");
    for method in ["POST", "PATCH", "Copy"] {
        for (status, headers, sent) in [
            (429, &[now][..], 2),
            (429, &[], 2),
            (403, &[now], 2),
            (403, &[("x-ratelimit-remaining", "0")], 1),
            (503, &[now], 1),
            (500, &[], 1),
        ] {
            let server = Server::start(vec![reply(status, headers, ""), json(200, "1")]);
            let client = builder(&server.base).build().unwrap();
            let result = way.send(call(&client, &operation(method, "/pets")).json(&Json::from("x")));
            assert_eq!((result.is_ok(), server.lines().len()), (sent == 2, sent), "{method} {status} {headers:?}");
            assert!(server.requests().iter().all(|request| request.ends_with("\r\n\r\n\"x\"")));
        }
    }
    // The limits of retries apply: their number, the budget, the time of the call, and a body that can be sent once.
    let server = Server::start(vec![reply(429, &[("retry-after", "9")], "")]);
    let client = builder(&server.base).retry_budget(0).build().unwrap();
    let post = |client| call(client, &operation("POST", "/pets"));
    way.send(post(&client)).unwrap_err();
    let client = builder(&server.base).build().unwrap();
    way.send(post(&client).max_retries(0)).unwrap_err();
    way.send(post(&client).timeout(Duration::from_secs(5))).unwrap_err();
    let error = way.send(post(&client).bytes("text/plain", Body::reader(&b"x"[..], Some(1)))).unwrap_err();
    assert_eq!((error.is_rate_limited(), server.lines().len()), (true, 4));
});

both!(retries_send_the_items_of_a_slice_again, |way| {
    let server = Server::start(vec![reply(503, &[("retry-after", "0")], ""), json(200, "1")]);
    let client = builder(&server.base).build().unwrap();
    let names = vec!["a".to_owned(), "b".to_owned()];
    let put = call(&client, &operation("PUT", "/names")).json(&names.as_slice());
    drop(names);
    way.send(put).unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    assert!(requests.iter().all(|request| request.ends_with("\r\n\r\n[\"a\",\"b\"]")), "{requests:?}");
});

both!(retries_share_an_idempotency_key, |way| {
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

both!(uses_a_custom_retry_policy, |way| {
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

both!(retries_an_attempt_that_timed_out, |way| {
    let server = Server::start(vec![Reply::Silence, json(200, "1")]);
    let client = builder(&server.base).attempt_timeout(Duration::from_millis(200)).build().unwrap();
    way.send(call(&client, &operation("GET", "/pets"))).unwrap();
    let server = Server::start(vec![Reply::Silence, json(200, "1")]);
    let client = builder(&server.base).attempt_timeout(Duration::from_millis(200)).build().unwrap();
    assert!(way.send(call(&client, &operation("POST", "/pets"))).unwrap_err().is_timeout());
    assert_eq!(server.lines().len(), 1);
});

both!(paces_calls_by_the_rate_limit, |way| {
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

both!(paces_operations_of_one_limit_together, |way| {
    let server = Server::respond(|_, request| {
        let (limit, left) = match request.split(' ').nth(1).unwrap() {
            "/spent" => ("core", "0"),
            "/search" => ("search", "90"),
            _ => ("core", "90"),
        };
        let spent = [("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", left), ("x-ratelimit-reset", "9")];
        reply(200, &spent, "1").header("x-ratelimit-resource", limit).header("content-type", "application/json")
    });
    let client = builder(&server.base).pace(true).build().unwrap();
    let named = |id, path| clientsmith_runtime::OperationSpec::new(id, "GET", path);
    let get = |id, path| way.send(call(&client, &named(id, path)).timeout(Duration::from_millis(1500)));
    for (id, path) in [("pets", "/pets"), ("find", "/search"), ("spent", "/spent")] {
        get(id, path).unwrap();
    }
    assert!(get("pets", "/pets").unwrap_err().is_timeout());
    get("find", "/search").unwrap();
    assert_eq!(server.to("/pets").len(), 1);
});

both!(detects_a_reset_in_milliseconds_by_the_date, |way| {
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

both!(a_wrong_reset_does_not_block_later_calls, |way| {
    // A window of centuries, in an unknown unit.
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
    // The probe succeeded, so that the client ignores the header.
    let start = Instant::now();
    way.send(get()).unwrap();
    assert!(start.elapsed() < Duration::from_millis(400), "{:?}", start.elapsed());
});

/// A hook that records its calls.
struct Log(Arc<Mutex<Vec<String>>>);

impl Hook for Log {
    fn before<'h>(
        &'h self,
        request: &'h mut http::Request<Body>,
    ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
        let info = request.extensions().get::<CallInfo>().unwrap();
        let line = format!("before {} {} {} {}", info.operation, info.template, info.idempotent, info.retry);
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
        self.0.lock().unwrap().push(format!("failed {} {:?}", info.retry, error.kind));
        Box::pin(async {})
    }
}

/// A hook that responds or fails instead of the server.
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

both!(hooks_run_around_every_attempt, |way| {
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

both!(hooks_may_respond_or_fail, |way| {
    let (outer, inner) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let logs = || builder("http://127.0.0.1:1").hook(Log(Arc::clone(&outer)));
    let client = logs().hook(Instead(true)).hook(Log(Arc::clone(&inner))).build().unwrap();
    assert_eq!(*way.send(call(&client, &operation("GET", "/pets"))).unwrap(), Json::from(7));
    let client = logs().hook(Instead(false)).build().unwrap();
    let error = way.send(call(&client, &operation("GET", "/pets"))).unwrap_err();
    assert_eq!((error.kind(), error.to_string()), (ErrorKind::Transport, "GET /pets: not today".to_owned()));
    let expected = ["before op /pets true 0", "after 200 OK", "before op /pets true 0", "failed 0 Other"];
    assert_eq!(*outer.lock().unwrap(), expected);
    assert!(inner.lock().unwrap().is_empty(), "a response ends the chain of hooks");
});

#[tokio::test]
async fn dropped_calls_leave_the_pool_usable() {
    let server = Server::start(vec![Reply::Silence, Reply::Silence, Reply::Silence, json(200, "1")]);
    let client = builder(&server.base).max_retries(0).build().unwrap();
    for _ in 0..3 {
        let call = call(&client, &operation("GET", "/pets")).send();
        tokio::time::timeout(Duration::from_millis(100), call).await.unwrap_err();
    }
    // Streams that are not read to their end do not block the pool.
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
