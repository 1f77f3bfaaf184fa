//! Requests that httpbin receives, and responses of httpbin that calls read.
#![cfg(all(feature = "hyper", feature = "blocking", feature = "gzip", feature = "brotli"))]
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
use clientsmith_runtime::{
    AnyCall, Body, Bytes, Client, File, Json, Multipart, OperationSpec, SecurityRequirement, body, from_json_slice,
};
use peers::Peer;
use std::sync::{Mutex, Weak};
use std::time::{Duration, Instant};
use way::both;

/// The server of all tests that run at the same time.
fn httpbin() -> Option<std::sync::Arc<Peer>> {
    static ONE: Mutex<Weak<Peer>> = Mutex::new(Weak::new());
    let mut one = ONE.lock().unwrap();
    if let Some(peer) = one.upgrade() {
        return Some(peer);
    }
    let peer = std::sync::Arc::new(peers::programs::httpbin()?);
    *one = std::sync::Arc::downgrade(&peer);
    Some(peer)
}

fn client(peer: &Peer) -> Client {
    builder(&peer.base()).build().unwrap()
}

/// Characters that need encoding in some part of a request.
const ODD: &str = "a b+c%2F&d=e;f,g/h?i#j\"'<ü€😀>\\|~";

fn json(text: &str) -> Json {
    from_json_slice(text.as_bytes()).unwrap()
}

both!(query_parameters_arrive, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    let query = |operation: &OperationSpec| {
        let call = call(&client, operation).query("text", &ODD).query("n", &-1_i64);
        let list = vec!["x y".to_owned(), "1,2".to_owned()];
        call.query("list", &list).query(ODD, &"odd name")
    };
    let response = way.send(query(&operation("GET", "/get"))).unwrap();
    let expected = Json::from_iter([
        ("text".to_owned(), Json::from(ODD)),
        ("n".to_owned(), Json::from("-1")),
        ("list".to_owned(), json(r#"["x y","1,2"]"#)),
        (ODD.to_owned(), Json::from("odd name")),
    ]);
    assert_eq!(response["args"], expected);
});

both!(headers_and_cookies_arrive, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    let call = call(&client, &operation("GET", "/anything"))
        .header_parameter("X-Pets", &vec!["a".to_owned(), "b c".to_owned()])
        .cookie("session", &"a b");
    let response = way.send(call).unwrap();
    let headers = &response["headers"];
    assert_eq!((&headers["X-Pets"], &headers["User-Agent"]), (&"a,b c".into(), &"pets/1.0.0".into()));
    assert_eq!((&headers["Cookie"], &headers["Accept"]), (&"session=a%20b".into(), &"application/json".into()));
});

both!(bodies_arrive_with_every_method, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    let body = json(&format!(r#"{{"text":{},"list":[1,null,2.5]}}"#, Json::from(ODD)));
    for (method, path) in [("POST", "/post"), ("PUT", "/put"), ("PATCH", "/patch"), ("DELETE", "/delete")] {
        let operation = operation(method, path);
        let response = way.send(call(&client, &operation).json(&body)).unwrap();
        assert_eq!(
            (&response["json"], &response["headers"]["Content-Type"]),
            (&body, &"application/json".into()),
            "{method}"
        );
        let empty = way.send(call(&client, &operation)).unwrap();
        assert_eq!((&empty["data"], &empty["json"]), (&"".into(), &Json::Null), "{method}");
    }
    let form = json(&format!(r#"{{"text":{},"list":["a b","c"],"n":1}}"#, Json::from(ODD)));
    let response = way.send(call(&client, &operation("POST", "/post")).form(&form)).unwrap();
    assert_eq!((&response["form"]["text"], &response["form"]["n"]), (&ODD.into(), &"1".into()));
    assert_eq!(response["form"]["list"], json(r#"["a b","c"]"#));
});

both!(parts_and_streams_arrive, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    let parts = || {
        Multipart::new()
            .text("text", ODD)
            .json("data", &json(r#"{"a":[1]}"#))
            .part("file", File::new("the bytes of it".to_owned()).named(ODD).media_type("text/plain"))
    };
    let response = way.send(call(&client, &operation("POST", "/post")).multipart(parts())).unwrap();
    assert_eq!((&response["form"]["text"], &response["form"]["data"]), (&ODD.into(), &r#"{"a":[1]}"#.into()));
    assert_eq!(response["files"]["file"], "the bytes of it");
    let text = "x".repeat(300_000);
    for body in [Body::from(text.clone()), Body::reader(std::io::Cursor::new(text.clone().into_bytes()), None)] {
        // A body without a length is sent in chunks.
        let response = way.send(call(&client, &operation("POST", "/post")).bytes("text/plain", body)).unwrap();
        assert_eq!(response["data"].as_str().unwrap().len(), text.len());
    }
});

both!(credentials_arrive, |way| {
    let Some(peer) = httpbin() else { return };
    let client = builder(&peer.base()).credential_basic("login", "user", "pa:ss ü").credential("token", "the-token");
    let client = client.build().unwrap();
    let with = |path, security| call(&client, &operation("GET", path).security(security));
    let login: &[&[SecurityRequirement]] = const { &[&[SecurityRequirement::new("login", &[])]] };
    let token: &[&[SecurityRequirement]] = const { &[&[SecurityRequirement::new("token", &[])]] };
    let response = way.send(with("/basic-auth/user/pa:ss%20%C3%BC", login)).unwrap();
    assert_eq!((&response["authenticated"], &response["user"]), (&true.into(), &"user".into()));
    assert_eq!(way.send(with("/bearer", token)).unwrap()["token"], "the-token");
    let error = way.send(with("/basic-auth/user/another", login).max_retries(0)).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert!(!format!("{error}{error:?}").contains("pa:ss"));
    // httpbin compares the decoded path with the decoded credentials.
    let odd = "a b+c%2F&d=e;f,gh?i#j\"'<ü€😀>|~";
    let client = builder(&peer.base()).credential_basic("login", odd, odd).build().unwrap();
    let operation = operation("GET", "/basic-auth/{user}/{password}").security(login);
    let call = call(&client, &operation).path("user", &odd);
    assert_eq!(way.send(call.path("password", &odd)).unwrap()["user"], odd);
});

both!(reads_compressed_streamed_and_error_responses, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    for (path, field) in [("/gzip", "gzipped"), ("/brotli", "brotli")] {
        let response = way.send(call(&client, &operation("GET", path))).unwrap();
        assert_eq!(response[field], true, "{path}");
    }
    let bytes: AnyCall<Bytes, Json> = client.call(&operation("GET", "/stream-bytes/100000"), body::bytes, body::any);
    assert_eq!(way.send(bytes.query("chunk_size", &"77")).unwrap().len(), 100_000);
    let utf8: AnyCall<String, Json> = client.call(&operation("GET", "/encoding/utf8"), body::text, body::any);
    assert!(way.send(utf8).unwrap().contains("∮ E⋅da = Q"));
    for status in [400_u16, 404, 418, 500] {
        let path = ["/status/400", "/status/404", "/status/418", "/status/500"];
        let path = path.into_iter().find(|path| path.ends_with(&status.to_string())).unwrap();
        let error = way.send(call(&client, &operation("GET", path)).max_retries(0)).unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
});

both!(follows_redirects_and_times_out_on_delays, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    for path in ["/relative-redirect/3", "/absolute-redirect/3"] {
        let response = way.send(call(&client, &operation("GET", path))).unwrap();
        assert!(response["url"].as_str().unwrap().ends_with("/get"), "{path}");
    }
    let start = Instant::now();
    let slow = call(&client, &operation("GET", "/delay/5")).timeout(Duration::from_millis(400)).max_retries(0);
    assert!(way.send(slow).unwrap_err().is_timeout());
    let drip: AnyCall<Bytes, Json> = client.call(&operation("GET", "/drip"), body::bytes, body::any);
    let drip = drip.query("duration", &"5").query("numbytes", &"10");
    assert!(way.send(drip.timeout(Duration::from_millis(800)).max_retries(0)).unwrap_err().is_timeout());
    assert!(start.elapsed() < Duration::from_secs(4));
});
