//! What printed calls make of every status and body: the crate that the generator prints for one operation with many
//! answers, against a loopback server.
#![cfg(feature = "reqwest")]
#![expect(clippy::unwrap_used, reason = "a failed test says so by a panic, in its shared functions too")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/responses/many_statuses/src/api/calls.rs"]
#[allow(unreachable_pub, missing_docs, clippy::missing_errors_doc, reason = "printed for a crate of its own")]
mod calls;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/responses/many_statuses/src/models.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "printed for a crate of its own")]
mod models;
#[path = "loopback/server.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod server;

use calls::{Calls, GetThingError, PutThingError};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Call, Client, Error, Response};
use server::{Answer, Server, answer};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const HTML: &[(&str, &str)] = &[("content-type", "text/html")];

async fn ask<T, E>(with: Answer, call: impl FnOnce(Calls<'_>) -> Call<T, E>) -> Result<Response<T>, Error<E>> {
    let server = Server::start(vec![with]);
    let client: Client = api::builder(&server.base).max_retries(0).build().unwrap();
    call(Calls::new(&client)).send().await
}

async fn get(with: Answer) -> Result<Response<Option<models::Thing>>, Error<GetThingError>> {
    ask(with, |calls| calls.get_thing("1")).await
}

#[tokio::test]
async fn every_status_has_its_arm() {
    let found = get(answer(200, JSON, r#"{"id":"a"}"#)).await.unwrap();
    assert_eq!(found.as_ref().unwrap().id, "a");
    let later = get(answer(202, &[], "")).await.unwrap();
    assert!(later.is_none() && later.status() == 202);
    type Row = (u16, &'static str, fn(&GetThingError) -> bool);
    let rows: [Row; 6] = [
        (404, r#"{"missing":"x"}"#, |error| matches!(error, GetThingError::Status404(body) if body.missing == "x")),
        (429, r#"{"seconds":3}"#, |error| matches!(error, GetThingError::Status429(body) if body.seconds == Some(3))),
        (
            418,
            r#"{"title":"tea"}"#,
            |error| matches!(error, GetThingError::Status4xx(body) if body.title.as_deref() == Some("tea")),
        ),
        (500, "out of order", |error| matches!(error, GetThingError::Status500(text) if text == "out of order")),
        (501, "", |error| matches!(error, GetThingError::Default(()))),
        (302, "", |error| matches!(error, GetThingError::Default(()))),
    ];
    for (status, body, expected) in rows {
        let error = get(answer(status, &[], body)).await.unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, status));
        assert!(expected(error.api().unwrap()), "{status}: {error:?}");
    }
}

/// Status by body: neither may hide the other.
#[tokio::test]
async fn an_undocumented_page_is_kept() {
    let error = get(answer(502, HTML, "<h1>Bad gateway</h1>")).await.unwrap_err();
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>Bad gateway</h1>");
    assert!(error.to_string().contains("502") && error.to_string().contains("Bad gateway"), "{error}");
    let error = ask(answer(502, HTML, "<h1>Bad gateway</h1>"), |calls| calls.put_thing("1")).await.unwrap_err();
    assert!(error.api().is_none() && error.api_decode_error().unwrap().found().contains("502"), "{error:?}");
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>Bad gateway</h1>");
    // A documented status with another body than the document's.
    let error = get(answer(404, HTML, "<h1>None</h1>")).await.unwrap_err();
    assert!(error.is_not_found() && error.api().is_none() && error.api_decode_error().is_some());
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>None</h1>");
    let error = get(answer(404, JSON, "")).await.unwrap_err();
    assert!(error.is_not_found() && error.api().is_none());
    let error = get(answer(200, HTML, "<h1>Hello</h1>")).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Decode, 200));
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>Hello</h1>");
}

#[tokio::test]
async fn one_status_with_two_media_types() {
    let put = async |headers: &[(&str, &str)], body| {
        let error = ask(answer(400, headers, body), |calls| calls.put_thing("1")).await.unwrap_err();
        error.api().cloned()
    };
    let text = put(&[("content-type", "Text/Plain;charset=utf-8")], "no").await;
    assert_eq!(text, Some(PutThingError::Status400TextPlain("no".to_owned())));
    let json = Some(PutThingError::Status400(models::Missing::new("x")));
    assert_eq!(put(JSON, r#"{"missing":"x"}"#).await, json);
    // A type that is not documented, or none at all: what parses is taken.
    assert_eq!(put(&[("content-type", "application/vnd.x+json")], r#"{"missing":"x"}"#).await, json);
    assert_eq!(put(&[], r#"{"missing":"x"}"#).await, json);
    let latin = put(&[("content-type", "text/plain; charset=ISO-8859-1")], "caf\u{e9}").await;
    assert_eq!(latin, Some(PutThingError::Status400TextPlain("caf\u{c3}\u{a9}".to_owned())));
    assert!(ask(answer(204, &[], ""), |calls| calls.put_thing("1")).await.is_ok());
}

/// A lone `default` is for success and failure.
#[tokio::test]
async fn only_default() {
    let thing = r#"{"id":"a"}"#;
    assert_eq!(ask(answer(201, JSON, thing), |calls| calls.delete_thing("1")).await.unwrap().id, "a");
    let error = ask(answer(409, JSON, thing), |calls| calls.delete_thing("1")).await.unwrap_err();
    assert_eq!(error.api().unwrap().id, "a");
}

#[tokio::test]
async fn a_wrong_type_of_a_body_that_parses_is_tolerated() {
    let found = get(answer(200, HTML, r#"{"id":"a"}"#)).await.unwrap();
    assert_eq!(found.as_ref().unwrap().id, "a");
    let error = get(answer(500, JSON, "\"quoted\"")).await.unwrap_err();
    assert!(matches!(error.api(), Some(GetThingError::Status500(text)) if text == "\"quoted\""));
}
