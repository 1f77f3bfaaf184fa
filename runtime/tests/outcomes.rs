//! Statuses and bodies of responses: generated calls of operations with many responses, against a loopback server.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/responses/many_statuses/src/api/calls.rs"]
#[allow(unreachable_pub, missing_docs, clippy::missing_errors_doc, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/responses/many_statuses/src"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/settings/optional_bodies/src/api/calls.rs"]
#[allow(unreachable_pub, missing_docs, clippy::missing_errors_doc, reason = "generated for a crate of its own")]
mod optional;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use call::Call;
use calls::{Calls, GetThingError, PutThingError};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Error, IntoCall, Response};
use server::{Reply, Server, reply};
use way::{SendMode, both};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const HTML: &[(&str, &str)] = &[("content-type", "text/html")];

fn receive<C: IntoCall<Success: Send, Error: Send>>(
    way: SendMode,
    with: Reply,
    call: impl FnOnce(Calls<'_>) -> C,
) -> Result<Response<C::Success>, Error<C::Error>> {
    let server = Server::start(vec![with]);
    let client: Client = api::builder(&server.base).max_retries(0).build().unwrap();
    way.send(call(Calls::new(&client)))
}

fn get(way: SendMode, with: Reply) -> Result<Response<Option<models::Thing>>, Error<GetThingError>> {
    receive(way, with, |calls| calls.get_thing("1"))
}

both!(selects_a_variant_by_status, |way| {
    let found = get(way, reply(200, JSON, r#"{"id":"a"}"#)).unwrap();
    assert_eq!(found.as_ref().unwrap().id, "a");
    let later = get(way, reply(202, &[], "")).unwrap();
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
        let error = get(way, reply(status, &[], body)).unwrap_err();
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, status));
        assert!(expected(error.api().unwrap()), "{status}: {error:?}");
    }
});

// The error has both the status and the body.
both!(preserves_undescribed_bodies, |way| {
    let error = get(way, reply(502, HTML, "<h1>Bad gateway</h1>")).unwrap_err();
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>Bad gateway</h1>");
    assert!(error.to_string().contains("502") && error.to_string().contains("Bad gateway"), "{error}");
    let error = receive(way, reply(502, HTML, "<h1>Bad gateway</h1>"), |calls| calls.put_thing("1")).unwrap_err();
    assert!(error.api().is_none() && error.api_decode_error().unwrap().found().contains("502"), "{error:?}");
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>Bad gateway</h1>");
    // A described status with an undescribed body.
    let error = get(way, reply(404, HTML, "<h1>None</h1>")).unwrap_err();
    assert!(error.is_not_found() && error.api().is_none() && error.api_decode_error().is_some());
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>None</h1>");
    let error = get(way, reply(404, JSON, "")).unwrap_err();
    assert!(error.is_not_found() && error.api().is_none());
    let error = get(way, reply(200, HTML, "<h1>Hello</h1>")).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Decode, 200));
    assert_eq!(error.raw_body().unwrap().as_ref(), b"<h1>Hello</h1>");
});

both!(selects_a_variant_by_media_type, |way| {
    let put = |headers: &[(&str, &str)], body| {
        let error = receive(way, reply(400, headers, body), |calls| calls.put_thing("1")).unwrap_err();
        error.api().cloned()
    };
    let text = put(&[("content-type", "Text/Plain;charset=utf-8")], "no");
    assert_eq!(text, Some(PutThingError::Status400TextPlain("no".to_owned())));
    let json = Some(PutThingError::Status400(models::Missing::new("x")));
    assert_eq!(put(JSON, r#"{"missing":"x"}"#), json);
    // An undescribed or absent media type: a body that parses is accepted.
    assert_eq!(put(&[("content-type", "application/vnd.x+json")], r#"{"missing":"x"}"#), json);
    assert_eq!(put(&[], r#"{"missing":"x"}"#), json);
    let latin = put(&[("content-type", "text/plain; charset=ISO-8859-1")], "caf\u{e9}");
    assert_eq!(latin, Some(PutThingError::Status400TextPlain("caf\u{c3}\u{a9}".to_owned())));
    assert!(receive(way, reply(204, &[], ""), |calls| calls.put_thing("1")).is_ok());
});

// A `default` without other responses is for successes and errors.
both!(default_covers_successes_and_errors, |way| {
    let thing = r#"{"id":"a"}"#;
    assert_eq!(receive(way, reply(201, JSON, thing), |calls| calls.delete_thing("1")).unwrap().id, "a");
    let error = receive(way, reply(409, JSON, thing), |calls| calls.delete_thing("1")).unwrap_err();
    assert_eq!(error.api().unwrap().id, "a");
});

both!(accepts_a_body_with_a_wrong_media_type, |way| {
    let found = get(way, reply(200, HTML, r#"{"id":"a"}"#)).unwrap();
    assert_eq!(found.as_ref().unwrap().id, "a");
    let error = get(way, reply(500, JSON, "\"quoted\"")).unwrap_err();
    assert!(matches!(error.api(), Some(GetThingError::Status500(text)) if text == "quoted"));
});

// The setting `optional`, and the error that names it.
both!(reads_an_empty_success_as_none_with_the_setting, |way| {
    use optional::SeveralOutcome::{Status200, Status201};
    let client = |status, body: &str| {
        let server = Server::start(vec![reply(status, JSON, body)]);
        api::builder(&server.base).max_retries(0).build().unwrap()
    };
    for body in ["", "null", " null\n"] {
        assert!(way.send(optional::Calls::new(&client(200, body)).toggle()).unwrap().is_none());
        assert!(way.send(optional::Calls::new(&client(200, body)).get_toggle()).unwrap().is_none());
        let several = way.send(optional::Calls::new(&client(200, body)).several()).unwrap();
        assert!(matches!(*several, Status200(None)));
        let several = way.send(optional::Calls::new(&client(201, body)).several()).unwrap();
        assert!(matches!(*several, Status201(None)));
        let error = way.send(optional::Calls::new(&client(200, body)).strict()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.to_string().contains("setting `optional = [\"strict\"]`"), "{error}");
    }
    let thing = way.send(optional::Calls::new(&client(200, r#"{"id":"a"}"#)).toggle()).unwrap();
    assert_eq!(thing.as_ref().unwrap().id, "a");
    let error = way.send(optional::Calls::new(&client(200, r#"{"id":1}"#)).toggle()).unwrap_err();
    assert!(error.is_decode() && !error.to_string().contains("optional"), "{error}");
});
