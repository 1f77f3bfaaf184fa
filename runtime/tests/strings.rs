//! Strings by the `Content-Type` of the response, errors of undescribed statuses, and compressed bodies: generated calls
//! against a loopback server.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/responses/strings/src/api/calls.rs"]
#[allow(unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/responses/strings/src"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use call::Call;
use calls::Calls;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Error, IntoCall, Response};
use server::{Server, reply};
#[cfg(not(any(feature = "gzip", feature = "brotli")))]
use std::io::Write;
#[cfg(not(any(feature = "gzip", feature = "brotli")))]
use std::net::TcpListener;
use way::{SendMode, both};

fn client(status: u16, media: Option<&str>, body: &str) -> Client {
    let headers: Vec<(&str, &str)> = media.map(|media| ("content-type", media)).into_iter().collect();
    let server = Server::start(vec![reply(status, &headers, body)]);
    api::builder(&server.base).max_retries(0).build().unwrap()
}

fn get<C: IntoCall<Success: Send, Error: Send>>(
    way: SendMode,
    (media, body): (Option<&str>, &str),
    call: impl FnOnce(Calls<'_>) -> C,
) -> Result<Response<C::Success>, Error<C::Error>> {
    way.send(call(Calls::new(&client(200, media, body))))
}

const JSON: Option<&str> = Some("application/json");
const PROBLEM: Option<&str> = Some("Application/Problem+JSON; charset=utf-8");
const TEXT: Option<&str> = Some("text/plain; charset=utf-8");
const BYTES: Option<&str> = Some("application/octet-stream");

both!(reads_a_string_by_its_content_type, |way| {
    type Read = fn(SendMode, (Option<&str>, &str)) -> String;
    let any: Read = |way, sent| get(way, sent, |calls| calls.get_any()).unwrap().into_inner();
    let json: Read = |way, sent| get(way, sent, |calls| calls.get_json()).unwrap().into_inner();
    let text: Read = |way, sent| get(way, sent, |calls| calls.get_text()).unwrap().into_inner();
    let two: Read = |way, sent| get(way, sent, |calls| calls.get_both()).unwrap().into_inner();
    for read in [any, json, text, two] {
        assert_eq!(read(way, (JSON, "\"a\\u00fc\"")), "aü");
        assert_eq!(read(way, (PROBLEM, "\"x\"")), "x");
        assert_eq!(read(way, (Some("text/json"), "\"x\"")), "x");
        assert_eq!(read(way, (TEXT, "x y")), "x y");
        // The text is unchanged, also if it looks like JSON.
        for body in ["\"x\"", "5", "true", "{\"a\":1}", "null", ""] {
            assert_eq!(read(way, (TEXT, body)), body);
        }
        assert_eq!(read(way, (Some("text/html"), "<p>")), "<p>");
        assert_eq!(read(way, (BYTES, "x y")), "x y");
        assert_eq!(read(way, (None, "x y")), "x y");
    }
    // Without a usable media type in the response, that of the description counts.
    assert_eq!(json(way, (None, "\"x\"")), "x");
    assert_eq!(two(way, (BYTES, "\"x\"")), "x");
    assert_eq!(text(way, (None, "\"x\"")), "\"x\"");
    // An invalid JSON body is read as text if the description allows text.
    for read in [any, text] {
        assert_eq!(read(way, (JSON, "x y")), "x y");
        assert_eq!(read(way, (JSON, "{\"a\":1}")), "{\"a\":1}");
    }
    let error = get(way, (JSON, "x y"), |calls| calls.get_json()).unwrap_err();
    assert_eq!((error.kind(), error.raw_body().unwrap().as_ref()), (ErrorKind::Decode, &b"x y"[..]));
    let error = get(way, (None, ""), |calls| calls.get_json()).unwrap_err();
    assert!(error.to_string().contains("expected a JSON body, found an empty one"), "{error}");
});

both!(reads_other_types_from_text, |way| {
    for media in [JSON, TEXT, BYTES, None] {
        assert_eq!(get(way, (media, "5"), |calls| calls.get_count()).unwrap().into_inner(), 5);
        assert_eq!(get(way, (media, "null"), |calls| calls.get_nullable()).unwrap().into_inner(), None);
    }
    assert_eq!(get(way, (TEXT, "x"), |calls| calls.get_nullable()).unwrap().into_inner().unwrap(), "x");
    let time = "2026-01-02T03:04:05Z";
    for (media, body) in [(JSON, format!("{time:?}")), (TEXT, time.to_owned()), (None, format!("{time:?}"))] {
        assert_eq!(get(way, (media, &body), |calls| calls.get_time()).unwrap().to_string(), time);
    }
    use models::GetUnionResponse;
    let object = get(way, (TEXT, "{\"detail\":\"x\"}"), |calls| calls.get_union()).unwrap().into_inner();
    assert!(matches!(object, GetUnionResponse::Problem(problem) if problem.detail.as_deref() == Some("x")));
    let text = get(way, (TEXT, "\"x\""), |calls| calls.get_union()).unwrap().into_inner();
    assert!(matches!(text, GetUnionResponse::Text(text) if text == "\"x\""));
});

both!(reads_errors_by_their_content_type, |way| {
    for (media, body) in [(JSON, "\"x\""), (TEXT, "x"), (None, "x")] {
        let error = way.send(Calls::new(&client(422, media, body)).get_any()).unwrap_err();
        assert_eq!(error.api().map(String::as_str), Some("x"));
        let error = way.send(Calls::new(&client(418, media, body)).get_json()).unwrap_err();
        assert_eq!(error.api().map(String::as_str), Some("x"));
        let error = way.send(Calls::new(&client(500, media, body)).get_text()).unwrap_err();
        assert_eq!(error.api().map(String::as_str), Some("x"));
    }
});

both!(does_not_read_an_undescribed_status_as_another, |way| {
    let body = "{\"detail\":\"Not Found\"}";
    let documented = way.send(Calls::new(&client(422, JSON, body)).get_both()).unwrap_err();
    assert_eq!(documented.api().unwrap().detail.as_deref(), Some("Not Found"));
    for status in [400, 404, 500] {
        let error = way.send(Calls::new(&client(status, JSON, body)).get_both()).unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, status));
        assert!(error.api().is_none());
        assert_eq!(error.api_decode_error().unwrap().found(), format!("status {status}"));
        assert!(error.to_string().contains(": Not Found"), "{error}");
    }
    // A described range covers its statuses.
    assert!(way.send(Calls::new(&client(499, TEXT, "x")).get_json()).unwrap_err().api().is_some());
    assert!(way.send(Calls::new(&client(500, TEXT, "x")).get_json()).unwrap_err().api().is_none());
});

both!(preserves_an_undescribed_body, |way| {
    let response = get(way, (JSON, "{\"id\":7}"), |calls| calls.post_undescribed()).unwrap();
    assert_eq!(response.raw_body().as_ref(), b"{\"id\":7}");
    assert!(!format!("{response:?}").contains("id"), "{response:?}");
    let value: serde_json::Value = clientsmith_runtime::from_json_slice(response.raw_body()).unwrap();
    assert_eq!(value.get("id"), Some(&7.into()));
});

// The features `gzip` and `brotli` would decompress it.
#[cfg(not(any(feature = "gzip", feature = "brotli")))]
both!(reports_a_compressed_body, |way| {
    const COMPRESSED: &[u8] =
        &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xab, 0xae, 5, 0, 0x43, 0xbf, 0xa6, 0xa3, 2, 0, 0, 0];
    for (status, encoding) in [(200, "gzip"), (422, "gzip"), (200, "br"), (200, "")] {
        let client = raw_server(status, encoding, COMPRESSED);
        let (text, found) = if status == 200 {
            let error = way.send(Calls::new(&client).get_time()).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Decode);
            (error.to_string(), String::new())
        } else {
            let error = way.send(Calls::new(&client).get_both()).unwrap_err();
            (error.to_string(), error.api_decode_error().unwrap().to_string())
        };
        let named = if encoding.is_empty() { "gzip" } else { encoding };
        let feature = if named == "br" { "brotli" } else { "gzip" };
        for part in [format!("in the content encoding `{named}`"), format!("the cargo feature `{feature}` decodes it")]
        {
            assert!(text.contains(&part), "{text}");
            assert!(status == 200 || found.contains(&part), "{found}");
        }
    }
});

#[cfg(not(any(feature = "gzip", feature = "brotli")))]
fn raw_server(status: u16, encoding: &str, body: &'static [u8]) -> Client {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend((!encoding.is_empty()).then_some(("content-encoding", encoding)));
    let server = Server::start(vec![reply(status, &headers, body)]);
    api::builder(&server.base).max_retries(0).build().unwrap()
}
