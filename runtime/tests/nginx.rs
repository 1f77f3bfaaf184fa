//! Calls through nginx: redirects, limits, compression, slow bodies, closed connections.
#![cfg(all(feature = "hyper", feature = "blocking", feature = "gzip"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed test panics, also in its helper functions"
)]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "../../tests/peers/mod.rs"]
mod peers;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::{Client, Json};
use peers::nginx::Nginx;
use std::io::Read;
use std::time::{Duration, Instant};
use way::both;

/// The configuration of nginx for all tests.
const SERVER: &str = r#"
    limit_req_zone $binary_remote_addr zone=one:1m rate=2r/s;
    limit_req_status 429;
    server {
        listen 127.0.0.1:PORT;
        keepalive_requests 3;
        location = /pets { return 200 '{"host":"$host","key":"$http_x_key","length":"$http_content_length"}'; }
        location = /here { return 307 /pets; }
        location = /local { return 302 http://127.0.0.1:PORT/pets; }
        location = /elsewhere { return 302 http://localhost:PORT/pets; }
        location = /other-port { return 307 http://127.0.0.1:SECOND/pets; }
        location = /round { return 302 /round; }
        location = /paced { limit_req zone=one; try_files /paced.json =404; }
        location = /capped { client_max_body_size 1k; try_files /pets.json =404; proxy_pass http://127.0.0.1:SECOND; }
        location = /slow { limit_rate 4k; try_files /large.json =404; }
        location = /packed { gzip on; gzip_types *; gzip_min_length 1; try_files /large.json =404; }
        location = /gone { return 502; }
        location = /dropped { return 444; }
        location = /dead { proxy_pass http://127.0.0.1:1; }
    }
    server {
        listen 127.0.0.1:SECOND;
        location / { return 200 '{"second":"$http_x_key"}'; }
    }
"#;

fn large() -> String {
    Json::from("a long text, ".repeat(20_000)).to_string()
}

fn start() -> Option<Nginx> {
    Nginx::start(
        &[("root/paced.json", b"1"), ("root/pets.json", b"2"), ("root/large.json", large().as_bytes())],
        SERVER,
    )
}

fn client(base: &str) -> Client {
    builder(base).credential("key", "the-key").credential("app", "the-app").build().unwrap()
}

/// A call that sends the key.
fn pets(client: &Client, method: &'static str, path: &'static str) -> clientsmith_runtime::AnyCall<Json, Json> {
    let mut operation = operation(method, path);
    operation.security = api::API.security;
    call(client, &operation)
}

both!(sends_keys_only_to_redirects_of_the_same_origin, |way| {
    let Some(nginx) = start() else { return };
    let client = client(&nginx.base());
    for path in ["/here", "/local"] {
        let response = way.send(pets(&client, "GET", path)).unwrap();
        assert_eq!(response["key"], "the-key", "{path}");
    }
    for path in ["/elsewhere", "/other-port"] {
        let error = way.send(pets(&client, "GET", path)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
        assert!(!format!("{error:?}{error}").contains("the-"), "{error:?}");
    }
    let error = way.send(pets(&client, "GET", "/round")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect, "{error}");
    // Nothing went to the other name or port, with or without a key.
    let lines = nginx.accesses(7);
    assert!(lines.iter().all(|line| line.contains(&nginx.base()[7..]) && line.contains("key=the-key")), "{lines:#?}");
});

both!(redirects_put_with_its_body_after_307_only, |way| {
    let Some(nginx) = start() else { return };
    let put = |path| way.send(pets(&client(&nginx.base()), "PUT", path).json(&Json::from("body")));
    let response = put("/here").unwrap();
    assert_eq!((&response["key"], &response["length"]), (&Json::from("the-key"), &Json::from("6")));
    let error = put("/local").unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 302), "{error}");
    let error = put("/other-port").unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Redirect, 307), "{error}");
    assert_eq!(nginx.accesses(4).len(), 4);
});

both!(waits_for_the_rate_limit, |way| {
    let Some(nginx) = start() else { return };
    let client = builder(&nginx.base()).build().unwrap();
    let paced = operation("GET", "/paced");
    for _ in 0..3 {
        let response = way.send(call(&client, &paced).max_retries(8)).unwrap();
        assert_eq!(*response, 1);
    }
    // nginx allows two requests a second. It refused some, and the client retried them.
    assert!(nginx.accesses(4).len() > 3);
    let error = way.send(call(&client, &paced).max_retries(0)).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 429);
});

both!(reads_the_413_of_a_large_body, |way| {
    let Some(nginx) = start() else { return };
    let client = client(&nginx.base());
    for size in [2_000, 4_000_000] {
        let body = Json::from("x".repeat(size));
        // nginx responds and closes while the client writes the body.
        let error = way.send(pets(&client, "POST", "/capped").json(&body).max_retries(0)).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(413), "{size}: {error}");
    }
    assert_eq!(way.send(pets(&client, "POST", "/capped").json(&Json::from("x"))).unwrap()["second"], "the-key");
});

both!(times_out_on_a_slow_body_unless_streamed, |way| {
    let Some(nginx) = start() else { return };
    let client = client(&nginx.base());
    let start = Instant::now();
    let error = way.send(pets(&client, "GET", "/slow").timeout(Duration::from_millis(700)).max_retries(0)).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(3));
    // The timeout of a call does not limit a stream that receives data.
    let call = pets(&client, "GET", "/slow").timeout(Duration::from_millis(700));
    let first = match way {
        SendMode::Async => {
            let mut body = way.stream(call).unwrap().into_inner();
            let mut read = 0;
            while read < 10_000 {
                read += way.wait(next(&mut body)).unwrap().unwrap().len();
            }
            read
        }
        SendMode::Blocking => {
            let mut first = [0; 10_000];
            way.stream(call).unwrap().into_inner().into_reader().read_exact(&mut first).unwrap();
            first.len()
        }
    };
    assert!(first >= 10_000 && start.elapsed() > Duration::from_secs(2));
});

async fn next(
    body: &mut clientsmith_runtime::Body,
) -> Option<Result<clientsmith_runtime::Bytes, clientsmith_runtime::TransportError>> {
    std::future::poll_fn(|context| futures_core::Stream::poll_next(std::pin::Pin::new(&mut *body), context)).await
}

both!(decompresses_responses, |way| {
    let Some(nginx) = start() else { return };
    let response = way.send(pets(&client(&nginx.base()), "GET", "/packed")).unwrap();
    assert_eq!(response.to_string(), large());
    assert!(response.headers().get("content-encoding").is_none());
    let capped = builder(&nginx.base()).max_response_bytes(10_000).build().unwrap();
    let error = way.send(call(&capped, &operation("GET", "/packed"))).unwrap_err();
    assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge), "{error}");
});

both!(replaces_connections_that_nginx_closes, |way| {
    let Some(nginx) = start() else { return };
    let client = client(&nginx.base());
    for _ in 0..40 {
        way.send(pets(&client, "POST", "/pets").json(&Json::from("x")).max_retries(0)).unwrap();
    }
    let mut connections: Vec<_> =
        nginx.accesses(40).into_iter().map(|line| line.rsplit('=').next().unwrap().to_owned()).collect();
    connections.dedup();
    // nginx allows three calls on each; a connection that is not back yet when the next call starts is used less.
    assert!((14..40).contains(&connections.len()), "{connections:?}");
});

both!(reports_gateway_errors, |way| {
    let Some(nginx) = start() else { return };
    let client = client(&nginx.base());
    for (path, times) in [("/gone", 2), ("/dead", 2), ("/dropped", 2)] {
        let before = nginx.accesses(0).len();
        let error = way.send(pets(&client, "GET", path).max_retries(1)).unwrap_err();
        match error.status() {
            Some(status) => assert!(status == 502 && error.raw_body().unwrap().starts_with(b"<html>"), "{error}"),
            None => assert_eq!(error.transport_kind(), Some(TransportErrorKind::Broken), "{error}"),
        }
        assert_eq!(nginx.accesses(before + times).len(), before + times, "{path}");
    }
});
