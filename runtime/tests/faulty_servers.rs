//! Faulty and malicious servers in numbers: redirects to other origins, dropped calls, and calls under nine kinds of faults.
//! `docs/resilience.md` lists the results.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{API, builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::retry::Backoff;
use clientsmith_runtime::{AnyCall, Client, Json};
use server::{Reply, Server, json};
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use way::both;

/// Targets of redirects. OWN is the server of the client. OTHER is a server that must receive no request.
const LOCATIONS: [&str; 34] = [
    "http://OTHER/x",
    "HTTP://OTHER/x",
    "//OTHER/x",
    "///OTHER/x",
    "////OTHER/x",
    "http:OTHER/x",
    "http:/OTHER/x",
    "http:///OTHER/x",
    "http:\\\\OTHER\\x",
    "\\\\OTHER\\x",
    "/\\OTHER/x",
    "\\/OTHER/x",
    " http://OTHER/x",
    "\thttp://OTHER/x",
    "http://OWN@OTHER/x",
    "http://OWN:80@OTHER/x",
    "http://key:secret@OWN/x",
    "http://OTHER#@OWN/x",
    "http://OTHER?@OWN/x",
    "http://OTHER\\@OWN/x",
    "http://OWN.OTHER/x",
    "http://OTHER%2f@OWN/x",
    "https://OWN/x",
    "http://localhost:PORT/x",
    "http://127.1:PORT/x",
    "http://2130706433:PORT/x",
    "http://[::ffff:127.0.0.1]:PORT/x",
    "ftp://OTHER/x",
    "file:///etc/hostname",
    "data:text/plain,x",
    "javascript:alert(1)",
    "http://",
    "http://[",
    "http://OWN:99999/x",
];

both!(follows_no_redirect_to_another_origin, |way| {
    let other = Server::respond(|_, _| json(200, "1"));
    let other_host = other.base.trim_start_matches("http://").to_owned();
    let routes = Server::respond(move |base, request| {
        let own = base.trim_start_matches("http://");
        let port = own.rsplit(':').next().unwrap();
        let number = request.split(['/', ' ', '?']).nth(2).unwrap();
        let Ok(number) = number.parse::<usize>() else { return json(200, "1") };
        let location = LOCATIONS[number].replace("OTHER", &other_host).replace("OWN", own).replace("PORT", port);
        json(302, "{}").header("location", &location)
    });
    let client = builder(&routes.base).credential("key", "the-key").credential("app", "the-app").max_retries(0);
    let client = client.timeout(Duration::from_secs(10)).build().unwrap();
    for (number, location) in LOCATIONS.iter().enumerate() {
        let path: &'static str = Box::leak(format!("/{number}").into_boxed_str());
        let start = Instant::now();
        // An error and a response of the same server are both right. No request goes to another origin.
        match way.send(call(&client, &operation("GET", path).security(API.security))) {
            Ok(_) => {}
            Err(error) => {
                assert_ne!(error.kind(), ErrorKind::Timeout, "{location}: {error}");
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("the-key") && !shown.contains("the-app"), "{location}: {shown}");
            }
        }
        assert!(start.elapsed() < Duration::from_secs(5), "{location}");
    }
    assert!(other.to("").is_empty(), "{:?}", other.to(""));
    let sent = routes.to("").len();
    assert!(sent >= LOCATIONS.len(), "{sent} requests");
    let host = format!("\r\nhost: {}\r\n", routes.base.trim_start_matches("http://"));
    for request in routes.to("") {
        assert!(request.to_lowercase().contains(&host), "{request}");
    }
});

/// The number of open files and sockets of this process, or 0 without `/proc`.
fn open() -> usize {
    fs::read_dir("/proc/self/fd").map(Iterator::count).unwrap_or_default()
}

/// The memory of this process in kB, or 0 without `/proc`.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

fn get(client: &Client) -> AnyCall<Json, Json> {
    call(client, &operation("GET", "/pets"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dropped_calls_close_their_connections() {
    let routes = Server::respond(|_, _| {
        thread::sleep(Duration::from_millis(3));
        json(200, "1")
    });
    let client = builder(&routes.base).max_retries(0).build().unwrap();
    get(&client).send().await.unwrap();
    let before = open();
    for round in 0..100_u64 {
        let calls = (0..30_u64).map(|number| {
            let call = get(&client).send();
            // The calls are dropped before, during and near the end of their requests.
            tokio::spawn(tokio::time::timeout(Duration::from_micros((round * 30 + number) % 4_000), call))
        });
        for call in calls.collect::<Vec<_>>() {
            drop(call.await.unwrap());
        }
    }
    assert_eq!(*get(&client).timeout(Duration::from_secs(5)).send().await.unwrap(), Json::from(1));
    let deadline = Instant::now() + Duration::from_secs(10);
    while open() > before + 8 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(open() <= before + 8, "{} open, {before} before", open());
}

/// The reply to the request of this number: nine kinds of faults, each once in thirty requests, and successes.
fn fault(number: usize) -> Reply {
    let head = |rest: &str| format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n{rest}");
    match number % 30 {
        1 => Reply::Reset,
        3 => "HTTP/1.1 200".to_owned().into(),
        5 => head("content-length: 100\r\n\r\n[1,2").into(),
        7 => "no HTTP at all\r\n\r\n".to_owned().into(),
        9 => json(429, "{}").header("retry-after", "0"),
        11 => json(503, "<html>busy</html>"),
        13 => head("content-length: 4\r\n\r\n{\"a\"").into(),
        15 => head("transfer-encoding: chunked\r\n\r\n5\r\n[1,2\r\nzz\r\n").into(),
        17 => {
            thread::sleep(Duration::from_millis(700));
            json(200, "1")
        }
        _ => json(200, "1"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_under_nine_kinds_of_faults_end_in_time_in_flat_memory() {
    const DEADLINE: Duration = Duration::from_secs(10);
    const TASKS: usize = 32;
    const CALLS: usize = 20;
    let count = AtomicUsize::new(0);
    let routes = Arc::new(Server::respond(move |_, _| fault(count.fetch_add(1, Ordering::Relaxed))));
    let client = builder(&routes.base).attempt_timeout(Duration::from_millis(500)).timeout(DEADLINE);
    let backoff = Backoff { first: Duration::from_millis(20), max_pause: Duration::from_millis(100) };
    let client = client.retry_budget(1_000).retry_policy(backoff).build().unwrap();
    let round = async || {
        let work = |client: Client| async move {
            let (mut good, mut longest) = (0, Duration::ZERO);
            for _ in 0..CALLS {
                let start = Instant::now();
                match get(&client).send().await {
                    Ok(_) => good += 1,
                    Err(error) => assert_ne!(error.kind(), ErrorKind::Build, "{error}"),
                }
                longest = longest.max(start.elapsed());
            }
            (good, longest)
        };
        let tasks: Vec<_> = (0..TASKS).map(|_| tokio::spawn(work(client.clone()))).collect();
        let mut good = 0;
        for task in tasks {
            let (some, longest) = task.await.unwrap();
            good += some;
            assert!(longest < DEADLINE + Duration::from_secs(1), "a call took {longest:?}");
        }
        good
    };
    let mut good = round().await;
    let early = memory();
    for _ in 0..2 {
        good += round().await;
    }
    let late = memory();
    // Calls with invalid JSON fail. Nearly all others succeed.
    assert!(good > TASKS * CALLS * 3 * 9 / 10, "{good} of {} calls succeeded", TASKS * CALLS * 3);
    assert!(late < early + 16_384, "{early} kB after the first round, {late} kB after the last");
}
