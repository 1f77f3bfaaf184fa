//! Headers of the client, typed response headers, redirects as responses, and HEAD: generated calls against a loopback server.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/responses/headers_and_redirects/src/api/calls.rs"]
#[allow(unreachable_pub, dead_code, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/responses/headers_and_redirects/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
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
use calls::{Calls, GetArchiveHeaders, HeadMovedHeaders, ListPagesHeaders};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{
    Client, ClientBuilder, ClientHeader, Encoding, Events, Json, Method, OperationSpec, Secret, StreamSpec,
};
use models::State;
use server::{Server, json, reply};
use way::both;

const EVENTS: &str = "text/event-stream";

static OPERATION: OperationSpec = api::operation("GET", "/pets");

fn client(server: &Server) -> Client {
    api::builder(&server.base).max_retries(0).build().unwrap()
}

both!(reads_typed_response_headers, |way| {
    let server = Server::start(vec![reply(
        200,
        &[
            ("x-total", "12"),
            ("x-rate-limit", " 7 "),
            ("x-state", "thawed"),
            ("x-tags", "fresh, stale"),
            ("x-tags", "fresh"),
            ("x-point", "x,1,y,2.5"),
            ("x-point-exploded", "x=1,y=2.5"),
            ("x-json", r#"{"x":1,"y":2.5}"#),
            ("last-modified-at", "2026-01-31T12:00:00Z"),
            ("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"),
            ("set-cookie", "b=2"),
        ],
        "[]",
    )]);
    let client = client(&server);
    let response = way.send(Calls::new(&client).list_pages()).unwrap();
    let headers = ListPagesHeaders::from(&response);
    assert_eq!(headers.x_total_status200(), Ok(Some(12)));
    assert_eq!(headers.x_rate_limit(), Ok(Some(7)));
    assert_eq!(headers.x_state(), Ok(Some(State::from("thawed"))));
    assert_eq!(headers.x_tags(), Ok(Some(vec![State::Fresh, State::Stale, State::Fresh])));
    let point = models::Point::new(1, 2.5);
    assert_eq!(headers.x_point().unwrap().unwrap().x, 1);
    assert_eq!(headers.x_point_exploded().unwrap().unwrap().y, 2.5);
    assert_eq!(headers.x_json(), Ok(Some(point)));
    assert_eq!(headers.last_modified_at().unwrap().unwrap().to_string(), "2026-01-31T12:00:00Z");
    let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT".to_owned(), "b=2".to_owned()];
    assert_eq!(headers.set_cookie(), Ok(Some(cookies.to_vec())));
    assert_eq!(headers.x_total_status429(), Ok(Some("12".to_owned())));
});

both!(reads_headers_of_errors_and_reports_invalid_ones, |way| {
    let server = Server::start(vec![reply(429, &[("x-rate-limit", "none"), ("x-point", "x,1,y")], r#"{"x":1,"y":2}"#)]);
    let client = client(&server);
    let error = way.send(Calls::new(&client).list_pages()).unwrap_err();
    assert_eq!(error.api().unwrap().x, 1);
    let headers = ListPagesHeaders::from(&error);
    assert_eq!(headers.x_total_status200(), Ok(None));
    let wrong = headers.x_rate_limit().unwrap_err();
    assert_eq!(
        (wrong.path().as_str(), wrong.expected(), wrong.found()),
        ("X-Rate-Limit", "a whole number", "\"none\"")
    );
    assert!(headers.x_point().is_err());
});

both!(returns_a_described_redirect, |way| {
    let server = Server::start(vec![
        reply(302, &[("location", "https://elsewhere.test/a")], ""),
        reply(404, &[], r#"{"name":"x"}"#),
    ]);
    let client = client(&server);
    let response = way.send(Calls::new(&client).get_archive()).unwrap();
    assert_eq!(response.status(), 302);
    let location = GetArchiveHeaders::from(&response).location();
    assert_eq!(location, Ok(Some("https://elsewhere.test/a".to_owned())));
    assert_eq!(way.send(Calls::new(&client).get_archive()).unwrap_err().api().unwrap().name, "x");
    let server = Server::start(vec![json(300, r#"["/a","/b"]"#), reply(307, &[("location", "/a")], "")]);
    let client = self::client(&server);
    assert_eq!(*way.send(Calls::new(&client).get_choice()).unwrap(), Some(vec!["/a".to_owned(), "/b".to_owned()]));
    assert_eq!(*way.send(Calls::new(&client).get_choice()).unwrap(), None);
});

both!(follows_a_redirect_beside_a_success, |way| {
    let server =
        Server::start(vec![reply(301, &[("location", "/v2/moved")], ""), json(200, "\"it\""), reply(304, &[], "")]);
    let client = client(&server);
    assert_eq!(*way.send(Calls::new(&client).get_moved()).unwrap(), "it");
    assert_eq!(server.lines(), ["GET /moved", "GET /v2/moved"]);
    let error = way.send(Calls::new(&client).get_moved().header("if-none-match", "\"v1\"")).unwrap_err();
    assert_eq!((error.kind(), error.is_not_modified(), error.is_not_found()), (ErrorKind::Api, true, false));
    assert!(server.head().contains("if-none-match: \"v1\"\r\n"), "{}", server.head());
});

both!(responses_to_head_have_no_body, |way| {
    let head = |status| {
        reply(status, &[("etag", "\"v1\""), ("content-length", "100"), ("content-type", "application/json")], "")
    };
    let server = Server::start(vec![head(200), head(404)]);
    let client = client(&server);
    let response = way.send(Calls::new(&client).head_moved()).unwrap();
    assert_eq!(HeadMovedHeaders::from(&response).e_tag(), Ok(Some("\"v1\"".to_owned())));
    assert!(way.send(Calls::new(&client).head_moved()).unwrap_err().is_not_found());
});

both!(accept_is_that_of_the_call_else_of_the_client_else_of_the_operation, |way| {
    let server = Server::start(vec![json(200, "1")]);
    let operation = OperationSpec::new("op", "POST", "/pets").accept("application/x-own");
    let own =
        api::builder(&server.base).header("accept", "application/x-client").header("content-type", "text/x-client");
    let (bare, own) = (client(&server), own.build().unwrap());
    let sent = |name: &str| {
        let head = server.head();
        let line = head.lines().find_map(|line| Some(line.split_once(": ")?.1).filter(|_| line.starts_with(name)));
        line.unwrap_or_default().to_owned()
    };
    for (client, expected) in [(&bare, "application/x-own"), (&own, "application/x-client")] {
        drop(way.raw(api::call(client, &operation)).unwrap());
        assert_eq!(sent("accept"), expected);
        drop(way.stream(api::call(client, &operation)).unwrap());
        assert_eq!(sent("accept"), expected, "a body that is returned unread");
        drop(way.raw(api::call(client, &operation).header("Accept", "application/x-call")).unwrap());
        assert_eq!(sent("accept"), "application/x-call");
        // A stream is decoded from its own media type, unless the caller knows better.
        let events = || api::call(client, &operation).streamed(StreamSpec::<Events<Json, Json>, Json>::events(EVENTS));
        drop(way.raw(events()).unwrap());
        assert_eq!(sent("accept"), EVENTS);
        drop(way.raw(events().header("accept", "application/x-call")).unwrap());
        assert_eq!(sent("accept"), "application/x-call");
        let lines = api::call(client, &operation).header("accept", "application/x-call");
        drop(way.raw(lines.streamed(StreamSpec::<Events<Json, Json>, Json>::events(EVENTS))).unwrap());
        assert_eq!(sent("accept"), "application/x-call");
        // Only the body knows its media type.
        drop(way.raw(api::call(client, &operation).json(&Json::from(1))).unwrap());
        assert_eq!(sent("content-type"), "application/json");
    }
});

both!(adds_a_line_for_each_repeated_header, |way| {
    let server = Server::start(vec![json(204, "")]);
    let client = client(&server);
    let call = || api::call(&client, &const { api::operation("GET", "/tags") });
    let sent = |call: clientsmith_runtime::AnyCall<clientsmith_runtime::Json, clientsmith_runtime::Json>| {
        drop(way.raw(call).unwrap());
        let request = server.requests().pop().unwrap().to_lowercase();
        let lines: Vec<String> = request
            .lines()
            .filter(|line| line.starts_with("x-") || line.starts_with("auth"))
            .map(str::to_owned)
            .collect();
        lines
    };
    let tags = vec!["a".to_owned(), "b, c".to_owned()];
    let simple = Encoding::SIMPLE;
    assert_eq!(sent(call().header_lines("X-Tag", simple, &tags)), ["x-tag: a", "x-tag: b, c"]);
    assert_eq!(sent(call().header_parameter("X-Tag", &tags)), ["x-tag: a,b, c"]);
    // The first header replaces the parameter. Further ones are added.
    let added = || call().header_lines("X-Tag", simple, &tags).header("x-tag", "1");
    assert_eq!(sent(added()), ["x-tag: 1"]);
    assert_eq!(sent(added().header("X-TAG", "2").header("x-tag", "3")), ["x-tag: 1", "x-tag: 2", "x-tag: 3"]);
    // `authorization` has one value.
    assert_eq!(sent(call().header("authorization", "a").header("Authorization", "b")), ["authorization: b"]);
    let keyed = call().idempotency_key("1").idempotency_key("2");
    assert_eq!(keyed.into_request().unwrap().headers().get_all("idempotency-key").iter().count(), 1);
});

static ON_CLIENT: [ClientHeader; 3] = [
    ClientHeader::new("Pets-Version", "setter").required(),
    ClientHeader::new("X-Region", "setter").default("eu").required(),
    ClientHeader::new("X-Access-Code", "setter"),
];

fn with_headers(server: &Server) -> ClientBuilder {
    let builder = api::builder(&server.base).max_retries(0).client_headers(&ON_CLIENT);
    builder.client_header("Pets-Version", Encoding::SIMPLE, &3_i64)
}

both!(sends_client_headers_with_operations_that_take_them, |way| {
    let server = Server::start(vec![json(200, "{}")]);
    let client = with_headers(&server)
        .client_header("X-Access-Code", Encoding::SIMPLE, &Secret::from("hidden-code"))
        .build()
        .unwrap();
    let call =
        || api::call(&client, &OPERATION).required_client_header("Pets-Version").required_client_header("X-Region");
    way.send(call()).unwrap();
    way.send(call().header("pets-version", "4").header_parameter("X-Region", &"us")).unwrap();
    way.send(client.request(Method::GET, "/undescribed").without_credentials()).unwrap();
    let requests: Vec<String> = server.requests().iter().map(|request| request.to_lowercase()).collect();
    let [first, second, undescribed] = <[String; 3]>::try_from(requests).unwrap();
    assert!(first.contains("pets-version: 3\r\n") && first.contains("x-region: eu\r\n"), "{first}");
    assert!(!first.contains("x-access-code"), "{first}");
    assert!(second.contains("pets-version: 4\r\n") && second.contains("x-region: us\r\n"), "{second}");
    assert!(!second.contains("pets-version: 3") && !second.contains("x-region: eu"), "{second}");
    assert!(undescribed.contains("pets-version: 3\r\n") && undescribed.contains("x-access-code: hidden-code"));
});

both!(secret_client_headers_are_not_shown_and_stay_on_their_origin, |way| {
    let elsewhere = Server::start(vec![json(200, "{}")]);
    let moved = reply(302, &[("location", &format!("{}/x", elsewhere.base))], "");
    let server = Server::start(vec![json(400, r#"{"message": "hidden-code is wrong"}"#), moved]);
    let builder = with_headers(&server).client_header("X-Access-Code", Encoding::SIMPLE, &Secret::from("hidden-code"));
    assert!(!format!("{builder:?}").contains("hidden-code"));
    let client = builder.build().unwrap();
    let call = || api::call(&client, &OPERATION).required_client_header("X-Access-Code");
    assert!(!format!("{client:?} {:?}", call()).contains("hidden-code"));
    let error = way.send(call()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hidden-code"), "{error:?}");
    assert_eq!(way.send(call()).unwrap_err().kind(), ErrorKind::Redirect);
    assert!(elsewhere.requests().is_empty());
});

both!(reports_a_missing_client_header, |way| {
    let server = Server::start(vec![json(200, "{}")]);
    let bare = || api::builder(&server.base).client_headers(&ON_CLIENT);
    let error = bare().build().unwrap_err().to_string();
    assert!(error.contains("the header Pets-Version is not set") && error.contains("setter(…)"), "{error}");
    // A header of all calls replaces it.
    let client = bare().header("pets-version", "5").build().unwrap();
    way.send(api::call(&client, &OPERATION).required_client_header("Pets-Version")).unwrap();
    assert!(server.requests().first().unwrap().to_lowercase().contains("pets-version: 5\r\n"));
    let call = || api::call(&client, &OPERATION).required_client_header("X-Access-Code");
    let error = way.send(call()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("X-Access-Code"), "{error}");
    assert_eq!(server.requests().len(), 1);
    way.send(call().header("x-access-code", "own")).unwrap();
    let refused = with_headers(&server).client_header("X-Region", Encoding::SIMPLE, &"a\nb").build().unwrap_err();
    assert!(refused.to_string().contains("X-Region"), "{refused}");
});
