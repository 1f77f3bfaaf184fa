//! Request bodies of generated calls, which an echo server returns: parts, files, streams, forms, bytes.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/parts/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/bodies/parts/src"]
#[allow(dead_code, unreachable_pub, clippy::too_many_lines, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/way.rs"]
mod way;

use bytes::Bytes;
use call::Call;
use calls::{Calls, PostFormParts, PostRelatedParts};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Body, Client, Encoding, File, Json, Multipart, OperationSpec, Response, body};
use futures_core::Stream;
use server::Server;
use std::collections::VecDeque;
use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};
use way::{SendMode, both};

fn client(echo: &Server) -> Client {
    api::builder(&echo.base).build().unwrap()
}

/// A call that returns the bytes that the server received.
fn call(client: &Client, operation: &OperationSpec) -> clientsmith_runtime::AnyCall<Bytes, Json> {
    client.call(operation, body::bytes, body::any)
}

/// The head and the bytes of each part.
fn parts(response: &Response<Bytes>) -> Vec<(String, Vec<u8>)> {
    let media = response.headers().get("content-type").unwrap().to_str().unwrap();
    let boundary = media.split("boundary=").nth(1).unwrap().split(';').next().unwrap();
    let mut left: &[u8] = response;
    let mut found = Vec::new();
    let at = |text: &[u8], what: &[u8]| text.windows(what.len()).position(|window| window == what);
    let start = format!("--{boundary}\r\n");
    let end = format!("\r\n--{boundary}");
    while let Some(rest) = left.strip_prefix(start.as_bytes()) {
        let head = at(rest, b"\r\n\r\n").unwrap();
        let body = &rest[head + 4..];
        let length = at(body, end.as_bytes()).unwrap();
        found.push((String::from_utf8(rest[..head].to_vec()).unwrap(), body[..length].to_vec()));
        left = &body[length + 2..];
    }
    assert_eq!(left, format!("--{boundary}--\r\n").as_bytes());
    found
}

/// A stream of chunks and errors.
struct Chunks(VecDeque<Result<Bytes, std::io::Error>>);

impl Stream for Chunks {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front())
    }
}

fn chunks(texts: &[&'static [u8]]) -> Chunks {
    Chunks(texts.iter().map(|text| Ok(Bytes::from_static(text))).collect())
}

fn echoed(way: SendMode, form: impl Into<Multipart>) -> Vec<(String, Vec<u8>)> {
    let echo = Server::echo();
    let operation = api::operation("POST", "/form");
    let response = way.send(call(&client(&echo), &operation).multipart(form)).unwrap();
    assert!(echo.head().contains("content-length: "), "{}", echo.head());
    parts(&response)
}

both!(writes_parts_as_described, |way| {
    let picture = File::new(vec![0, 255, 13, 10]).named("a\".png").media_type("image/jpeg").header("X-Hint", "small");
    let meta = models::Meta::default().with_a("x");
    let form = PostFormParts::new(vec!["one".into(), File::new("two").named("2.bin")], "ü\r\n--", &meta)
        .picture(picture)
        .tags(vec!["a".to_owned(), "b".to_owned()])
        .metas(vec![meta.clone()])
        .count(3)
        .deep(&meta)
        .table("a,b\n1,2")
        .part("more", File::json(&Json::from(1)));
    let disposition = |rest: &str| format!("content-disposition: form-data; name={rest}");
    let expected: [(String, &[u8]); 12] = [
        (disposition("\"files\"; filename=\"files\"\r\ncontent-type: application/octet-stream"), b"one"),
        (disposition("\"files\"; filename=\"2.bin\"\r\ncontent-type: application/octet-stream"), b"two"),
        (disposition("\"name\""), "ü\r\n--".as_bytes()),
        (disposition("\"meta\"\r\ncontent-type: application/json"), b"{\"a\":\"x\"}"),
        (
            disposition("\"picture\"; filename=\"a%22.png\"\r\ncontent-type: image/jpeg\r\nX-Hint: small"),
            &[0, 255, 13, 10],
        ),
        (disposition("\"tags\""), b"a"),
        (disposition("\"tags\""), b"b"),
        (disposition("\"metas\"\r\ncontent-type: application/json"), b"{\"a\":\"x\"}"),
        (disposition("\"count\""), b"3"),
        (disposition("\"deep[a]\""), b"x"),
        (disposition("\"table\"\r\ncontent-type: text/csv"), b"a,b\n1,2"),
        (disposition("\"more\"\r\ncontent-type: application/json"), b"1"),
    ];
    let found = echoed(way, form);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!((found.0.as_str(), found.1.as_slice()), (expected.0.as_str(), expected.1));
    }
    // Parts that are not set are omitted.
    let least = echoed(way, PostFormParts::new(Vec::new(), "", &meta));
    assert_eq!(least.len(), 2);
});

both!(writes_a_list_as_one_json_part, |way| {
    let list = vec!["a".to_owned(), "b".to_owned()];
    for media in
        ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/vnd.x+json;v=1"]
    {
        let form = Multipart::new().field("list", media, &list).field("word", media, &"a".to_owned());
        let found = echoed(way, form);
        let expected = [("list", &br#"["a","b"]"#[..]), ("word", br#""a""#)];
        let expected = expected.map(|(name, body)| {
            (format!("content-disposition: form-data; name=\"{name}\"\r\ncontent-type: {media}"), body.to_vec())
        });
        assert_eq!(found, expected);
    }
    // `application/x-ndjson` is not JSON.
    assert_eq!(echoed(way, Multipart::new().field("list", "application/x-ndjson", &list)).len(), 2);
});

both!(names_the_root_part_of_a_related_body, |way| {
    let echo = Server::echo();
    let client = client(&echo);
    let parts = PostRelatedParts::new(&models::Meta::default()).media(chunks_body(&[b"mp", b"4"]));
    let request = Calls::new(&client).post_related().body(parts).into_request().unwrap();
    let media = request.headers().get("content-type").unwrap().to_str().unwrap();
    assert!(
        media.starts_with("multipart/related; boundary=part-") && media.ends_with("; type=\"application/json\""),
        "{media}"
    );
    let body = request.into_body();
    let mut text = String::new();
    match way {
        SendMode::Async => text.push_str(std::str::from_utf8(&way.wait(body.collect(1000)).unwrap()).unwrap()),
        SendMode::Blocking => assert!(body.into_reader().read_to_string(&mut text).unwrap() < 1000),
    }
    assert!(text.contains("\r\ncontent-id: <meta>\r\ncontent-type: application/json\r\n\r\n{}\r\n--"), "{text}");
    assert!(text.contains("\r\ncontent-id: <media>\r\ncontent-type: video/mp4\r\n\r\nmp4\r\n--"), "{text}");
});

fn chunks_body(texts: &[&'static [u8]]) -> Body {
    Body::stream(chunks(texts), None)
}

both!(sends_streams_and_files_as_parts, |way| {
    let folder = std::env::temp_dir().join(format!("clientsmith-parts-{}-{way:?}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("on disk.bin");
    std::fs::write(&path, vec![7; 200_000]).unwrap();
    let echo = Server::echo();
    let operation = api::operation("POST", "/form");
    let form = Multipart::new().file("disk", "image/png", File::open(&path).unwrap()).text("a", "1");
    let known = way.send(call(&client(&echo), &operation).multipart(form)).unwrap();
    assert!(echo.head().contains("content-length: 2002"), "{}", echo.head());
    let found = parts(&known);
    assert_eq!(
        found[0].0,
        "content-disposition: form-data; name=\"disk\"; filename=\"on disk.bin\"\r\ncontent-type: image/png"
    );
    assert!(found[0].1 == vec![7; 200_000] && found[1].1 == b"1");
    let form = Multipart::new().file("s", "", chunks_body(&[b"x", b"", b"y"])).text("a", "1");
    let unknown = way.send(call(&client(&echo), &operation).multipart(form)).unwrap();
    assert!(echo.head().contains("transfer-encoding: chunked"), "{}", echo.head());
    assert_eq!(parts(&unknown)[0].1, b"xy");
    std::fs::remove_dir_all(&folder).unwrap();
    // An error of a part's stream is the error of the call.
    let broken = Chunks([Ok(Bytes::from_static(b"x")), Err(std::io::Error::other("the disk is gone"))].into());
    let form = Multipart::new().file("s", "", Body::stream(broken, None));
    let error = way.send(call(&client(&echo), &operation).multipart(form)).unwrap_err();
    assert!(error.to_string().contains("the disk is gone"), "{error}");
});

#[test]
fn refuses_invalid_parts_before_sending() {
    let client = api::builder("http://pets.test").build().unwrap();
    let operation = api::operation("POST", "/form");
    let forms = [
        Multipart::new().part("a", File::new("x").media_type("image/png\r\nx: y")),
        Multipart::new().part("a", File::new("x").header("x y", "z")),
        Multipart::new().part("a", File::new("x").header("x", "y\r\nz: 1")),
        Multipart::new().field("a", "", &f64::NAN),
        Multipart::new().part("a", File::json(&f64::NAN)),
    ];
    for form in forms {
        assert_eq!(call(&client, &operation).multipart(form).into_request().unwrap_err().kind(), ErrorKind::Build);
    }
}

both!(sends_any_bytes_unchanged, |way| {
    let echo = Server::echo();
    let client = client(&echo);
    let all: Vec<u8> = (0..=255).collect();
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "QUERY"] {
        let operation = api::operation(method, "/blob");
        let sent = way.send(call(&client, &operation).bytes("application/octet-stream", all.clone())).unwrap();
        assert_eq!(**sent, *all, "{method}");
        let file = File::new(all.clone()).media_type("image/png");
        let sent = way.send(call(&client, &operation).file("image/jpeg", file)).unwrap();
        assert_eq!(
            (sent.headers().get("content-type").unwrap(), sent.len()),
            (&"image/png".parse().unwrap(), 256),
            "{method}"
        );
    }
    let operation = api::operation("POST", "/text");
    let text = way.send(call(&client, &operation).text("text/plain; charset=utf-8", "ü")).unwrap();
    assert_eq!(
        (text.headers().get("content-type").unwrap(), &**text),
        (&"text/plain; charset=utf-8".parse().unwrap(), "ü".as_bytes())
    );
    let value: Json = serde_json::from_str(r#"{"a":{"b":[1,2]},"c":["x","y z"],"d":null}"#).unwrap();
    let form = way.send(call(&client, &operation).form_as(&[("a", Encoding::DEEP_OBJECT)], &value)).unwrap();
    assert_eq!(&**form, b"a%5Bb%5D%5B%5D=1&a%5Bb%5D%5B%5D=2&c=x&c=y%20z");
});

#[test]
fn prefers_the_media_type_of_the_caller() {
    let client = api::builder("http://pets.test").build().unwrap();
    let operation = api::operation("POST", "/pets");
    let tar = || call(&client, &operation).header("Content-Type", "application/x-tar");
    let name = call(&client, &operation).header_parameter("content-type", &"application/x-tar");
    for changed in [
        tar().bytes("application/octet-stream", "x"),
        name.bytes("application/octet-stream", "x"),
        call(&client, &operation).bytes("application/octet-stream", "x").header("content-type", "application/x-tar"),
        tar().json(&1_i64),
        call(&client, &operation).json(&1_i64).bytes("application/x-tar", "x"),
    ] {
        let request = changed.into_request().unwrap();
        let values: Vec<_> = request.headers().get_all("content-type").iter().collect();
        assert_eq!(values, ["application/x-tar"]);
    }
    // The header of a multipart body always has its boundary.
    let request = tar().multipart(Multipart::new().text("a", "1")).into_request().unwrap();
    assert!(request.headers()["content-type"].to_str().unwrap().starts_with("multipart/form-data; boundary="));
}
