//! What httpbin, a server that others wrote, reads of each thing that calls send; and what calls read of its answers.
#![cfg(all(feature = "reqwest", feature = "blocking", feature = "gzip", feature = "brotli"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed test says so by a panic, in its shared functions too"
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
    Body, Bytes, Call, Client, File, Json, Multipart, OperationSpec, SecurityRequirement, body, from_json_slice,
};
use peers::Peer;
use std::sync::{Mutex, Weak};
use std::time::{Duration, Instant};
use way::both;

/// One for all tests that run at a time.
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

/// Signs that something on the way could take for its own.
const ODD: &str = "a b+c%2F&d=e;f,g/h?i#j\"'<ü€😀>\\|~";

fn json(text: &str) -> Json {
    from_json_slice(text.as_bytes()).unwrap()
}

both!(what_is_said_arrives, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    let query = |operation: &OperationSpec| {
        let call = call(&client, operation).query("text", &ODD).query("n", &-1_i64);
        let list = vec!["x y".to_owned(), "1,2".to_owned()];
        call.query("list", &list).query(ODD, &"odd name")
    };
    let answer = way.send(query(&operation("GET", "/get"))).unwrap();
    let expected = Json::from_iter([
        ("text".to_owned(), Json::from(ODD)),
        ("n".to_owned(), Json::from("-1")),
        ("list".to_owned(), json(r#"["x y","1,2"]"#)),
        (ODD.to_owned(), Json::from("odd name")),
    ]);
    assert_eq!(answer["args"], expected);
});

both!(headers_and_cookies_arrive, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    let call = call(&client, &operation("GET", "/anything"))
        .header_parameter("X-Pets", &vec!["a".to_owned(), "b c".to_owned()])
        .cookie("session", &"a b");
    let answer = way.send(call).unwrap();
    let headers = &answer["headers"];
    assert_eq!((&headers["X-Pets"], &headers["User-Agent"]), (&"a,b c".into(), &"pets/1.0.0".into()));
    assert_eq!((&headers["Cookie"], &headers["Accept"]), (&"session=a%20b".into(), &"application/json".into()));
});

both!(bodies_arrive_by_every_method, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    let body = json(&format!(r#"{{"text":{},"list":[1,null,2.5]}}"#, Json::from(ODD)));
    for (method, path) in [("POST", "/post"), ("PUT", "/put"), ("PATCH", "/patch"), ("DELETE", "/delete")] {
        let operation = operation(method, path);
        let answer = way.send(call(&client, &operation).json(&body)).unwrap();
        assert_eq!(
            (&answer["json"], &answer["headers"]["Content-Type"]),
            (&body, &"application/json".into()),
            "{method}"
        );
        let empty = way.send(call(&client, &operation)).unwrap();
        assert_eq!((&empty["data"], &empty["json"]), (&"".into(), &Json::Null), "{method}");
    }
    let form = json(&format!(r#"{{"text":{},"list":["a b","c"],"n":1}}"#, Json::from(ODD)));
    let answer = way.send(call(&client, &operation("POST", "/post")).form(&form)).unwrap();
    assert_eq!((&answer["form"]["text"], &answer["form"]["n"]), (&ODD.into(), &"1".into()));
    assert_eq!(answer["form"]["list"], json(r#"["a b","c"]"#));
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
    let answer = way.send(call(&client, &operation("POST", "/post")).multipart(parts())).unwrap();
    assert_eq!((&answer["form"]["text"], &answer["form"]["data"]), (&ODD.into(), &r#"{"a":[1]}"#.into()));
    assert_eq!(answer["files"]["file"], "the bytes of it");
    let text = "x".repeat(300_000);
    for body in [Body::from(text.clone()), Body::reader(std::io::Cursor::new(text.clone().into_bytes()), None)] {
        // Without a length it goes in chunks.
        let answer = way.send(call(&client, &operation("POST", "/post")).bytes("text/plain", body)).unwrap();
        assert_eq!(answer["data"].as_str().unwrap().len(), text.len());
    }
});

both!(credentials_arrive, |way| {
    let Some(peer) = httpbin() else { return };
    let client = builder(&peer.base()).credential_basic("login", "user", "pa:ss ü").credential("token", "the-token");
    let client = client.build().unwrap();
    let with = |path, security| call(&client, &operation("GET", path).security(security));
    let login: &[&[SecurityRequirement]] = const { &[&[SecurityRequirement::new("login", &[])]] };
    let token: &[&[SecurityRequirement]] = const { &[&[SecurityRequirement::new("token", &[])]] };
    let answer = way.send(with("/basic-auth/user/pa:ss%20%C3%BC", login)).unwrap();
    assert_eq!((&answer["authenticated"], &answer["user"]), (&true.into(), &"user".into()));
    assert_eq!(way.send(with("/bearer", token)).unwrap()["token"], "the-token");
    let error = way.send(with("/basic-auth/user/another", login).retries(0)).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    assert!(!format!("{error}{error:?}").contains("pa:ss"));
    // The path is compared with the credentials, each decoded in its own way.
    let odd = "a b+c%2F&d=e;f,gh?i#j\"'<ü€😀>|~";
    let client = builder(&peer.base()).credential_basic("login", odd, odd).build().unwrap();
    let operation = operation("GET", "/basic-auth/{user}/{password}").security(login);
    let call = call(&client, &operation).path("user", &odd);
    assert_eq!(way.send(call.path("password", &odd)).unwrap()["user"], odd);
});

both!(answers_are_read_however_they_come, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    for (path, said) in [("/gzip", "gzipped"), ("/brotli", "brotli")] {
        let answer = way.send(call(&client, &operation("GET", path))).unwrap();
        assert_eq!(answer[said], true, "{path}");
    }
    let bytes: Call<Bytes, Json> = client.call(&operation("GET", "/stream-bytes/100000"), body::bytes, body::any);
    assert_eq!(way.send(bytes.query("chunk_size", &"77")).unwrap().len(), 100_000);
    let utf8: Call<String, Json> = client.call(&operation("GET", "/encoding/utf8"), body::text, body::any);
    assert!(way.send(utf8).unwrap().contains("∮ E⋅da = Q"));
    for status in [400_u16, 404, 418, 500] {
        let path = ["/status/400", "/status/404", "/status/418", "/status/500"];
        let path = path.into_iter().find(|path| path.ends_with(&status.to_string())).unwrap();
        let error = way.send(call(&client, &operation("GET", path)).retries(0)).unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
    }
});

both!(redirects_and_delays_are_as_they_are_said_to_be, |way| {
    let Some(peer) = httpbin() else { return };
    let client = client(&peer);
    for path in ["/relative-redirect/3", "/absolute-redirect/3"] {
        let answer = way.send(call(&client, &operation("GET", path))).unwrap();
        assert!(answer["url"].as_str().unwrap().ends_with("/get"), "{path}");
    }
    let start = Instant::now();
    let slow = call(&client, &operation("GET", "/delay/5")).timeout(Duration::from_millis(400)).retries(0);
    assert!(way.send(slow).unwrap_err().is_timeout());
    let drip: Call<Bytes, Json> = client.call(&operation("GET", "/drip"), body::bytes, body::any);
    let drip = drip.query("duration", &"5").query("numbytes", &"10");
    assert!(way.send(drip.timeout(Duration::from_millis(800)).retries(0)).unwrap_err().is_timeout());
    assert!(start.elapsed() < Duration::from_secs(4));
});
