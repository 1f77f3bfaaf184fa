//! The flag that requests a stream: generated calls against a loopback server, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/streams/switches/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/streams/switches/src"]
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
use calls::{AskEitherParts, Calls};
use clientsmith_runtime::{Events, File, IntoCall, Json};
use models::{Ask, AskOptionalRequest};
use server::Server;
use way::{SendMode, both};

const EVENT_STREAM: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\r\n";

/// The request line and the body that a call sends.
fn sent<T, C: IntoCall<Success = Events<T, Json>, Error = Json>>(
    way: SendMode,
    call: impl FnOnce(&Calls<'_>) -> C,
) -> (String, String)
where
    T: clientsmith_runtime::EventData,
{
    let routes = Server::respond(|_, _| EVENT_STREAM.to_owned());
    let client = api::builder(&routes.base).build().unwrap();
    way.send(call(&Calls::new(&client))).unwrap();
    let request = routes.to("/").remove(0);
    assert!(request.contains("accept: text/event-stream\r\n"));
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

both!(sets_a_property_of_json_or_of_a_form, |way| {
    let (_, body) = sent(way, |calls| calls.ask_either(Ask::new("a").with_stream(false)).stream());
    assert_eq!(body, r#"{"prompt":"a","stream":true}"#);
    let (_, body) = sent(way, |calls| calls.ask_form(&Ask::new("stream=1&x")).stream());
    assert_eq!(body, "prompt=stream%3D1%26x&stream=true");
    let (_, body) = sent(way, |calls| calls.ask_form(&Ask::new("a").with_stream(false)).stream());
    assert_eq!(body, "prompt=a&stream=true");
    let (_, body) = sent(way, |calls| calls.ask_optional().stream());
    assert_eq!(body, "stream=true");
    let body = AskOptionalRequest::default().with_prompt("a");
    let (_, body) = sent(way, |calls| calls.ask_optional().body(&body).stream());
    assert_eq!(body, "prompt=a&stream=true");
});

both!(sets_the_property_of_a_body_that_is_set_later, |way| {
    let (_, body) = sent(way, |calls| calls.ask_only().body(&Ask::new("a").with_stream(false)));
    assert_eq!(body, r#"{"prompt":"a","stream":true}"#);
    let (_, body) = sent(way, |calls| calls.ask_only());
    assert_eq!(body, r#"{"stream":true}"#);
    let routes = Server::respond(|_, _| EVENT_STREAM.to_owned());
    let client = api::builder(&routes.base).build().unwrap();
    let request = Calls::new(&client).ask_only().body(&Ask::new("a")).into_request().unwrap();
    assert_eq!(&request.body().as_bytes().unwrap()[..], br#"{"prompt":"a","stream":true}"#);
});

both!(adds_a_part, |way| {
    let image = || File::new("bytes").named("a.png");
    let (_, body) = sent(way, |calls| calls.ask_either(AskEitherParts::new(image(), "a")).stream());
    let boundary = body.lines().next().unwrap().to_owned();
    let field = "content-disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n";
    assert!(body.ends_with(&format!("{boundary}\r\n{field}{boundary}--\r\n")), "{body}");
    assert!(body.contains("name=\"image\"; filename=\"a.png\"") && body.contains("\r\n\r\nbytes\r\n"), "{body}");
    let (_, body) = sent(way, |calls| calls.ask_either(AskEitherParts::new(image(), "a").stream(false)).stream());
    assert!(body.contains(field) && body.matches("name=\"stream\"").count() == 1 && !body.contains("false"), "{body}");
    // A call that does not request a stream does not send the flag.
    let routes = Server::respond(|_, _| server::json(200, "{}"));
    let client = api::builder(&routes.base).build().unwrap();
    way.send(Calls::new(&client).ask_either(AskEitherParts::new(image(), "a"))).unwrap();
    assert!(!routes.to("/").concat().contains("name=\"stream\""));
});

both!(sets_a_query_parameter, |way| {
    let (line, _) = sent(way, |calls| calls.ask_query().prompt("a b").stream());
    assert_eq!(line, "GET /query?prompt=a%20b&stream=true HTTP/1.1");
    let (line, _) = sent(way, |calls| calls.ask_text().stream());
    assert_eq!(line, "GET /text HTTP/1.1");
});
