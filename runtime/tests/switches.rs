//! What asks for a stream: what the generator prints for it, against a loopback server, both ways.
#![cfg(all(feature = "reqwest", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test says so by a panic, in its shared functions too")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every suite uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/streams/switches/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "printed for a crate of its own")]
mod calls;
#[path = "../../generator/tests/cases/streams/switches/src"]
#[allow(dead_code, unreachable_pub, reason = "printed for a crate of its own")]
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

const SAID: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\r\n";

/// The request that a call makes: its first line, and its body.
fn sent<T, C: IntoCall<Success = Events<T, Json>, Error = Json>>(
    way: SendMode,
    call: impl FnOnce(&Calls<'_>) -> C,
) -> (String, String)
where
    T: clientsmith_runtime::EventData,
{
    let routes = Server::respond(|_, _| SAID.to_owned());
    let client = api::builder(&routes.base).build().unwrap();
    way.send(call(&Calls::new(&client))).unwrap();
    let request = routes.to("/").remove(0);
    assert!(request.contains("accept: text/event-stream\r\n"));
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

both!(a_member_of_json_or_of_a_form_is_set, |way| {
    let (_, body) = sent(way, |calls| calls.ask_either(Ask::new("a").with_stream(false)).stream());
    assert_eq!(body, r#"{"prompt":"a","stream":true}"#);
    let (_, body) = sent(way, |calls| calls.ask_form(&Ask::new("stream=1&x")).stream());
    assert_eq!(body, "prompt=stream%3D1%26x&stream=true");
    let (_, body) = sent(way, |calls| calls.ask_form(&Ask::new("a").with_stream(false)).stream());
    assert_eq!(body, "prompt=a&stream=true");
    let (_, body) = sent(way, |calls| calls.ask_optional().stream());
    assert_eq!(body, "stream=true");
    let asked = AskOptionalRequest::default().with_prompt("a");
    let (_, body) = sent(way, |calls| calls.ask_optional().body(&asked).stream());
    assert_eq!(body, "prompt=a&stream=true");
});

both!(a_body_that_is_given_later_has_it_too, |way| {
    let (_, body) = sent(way, |calls| calls.ask_only().body(&Ask::new("a").with_stream(false)));
    assert_eq!(body, r#"{"prompt":"a","stream":true}"#);
    let (_, body) = sent(way, |calls| calls.ask_only());
    assert_eq!(body, r#"{"stream":true}"#);
    let routes = Server::respond(|_, _| SAID.to_owned());
    let client = api::builder(&routes.base).build().unwrap();
    let request = Calls::new(&client).ask_only().body(&Ask::new("a")).into_request().unwrap();
    assert_eq!(&request.body().as_bytes().unwrap()[..], br#"{"prompt":"a","stream":true}"#);
});

both!(a_part_is_added, |way| {
    let image = || File::new("bytes").named("a.png");
    let (_, body) = sent(way, |calls| calls.ask_either(AskEitherParts::new(image(), "a")).stream());
    let boundary = body.lines().next().unwrap().to_owned();
    let field = "content-disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n";
    assert!(body.ends_with(&format!("{boundary}\r\n{field}{boundary}--\r\n")), "{body}");
    assert!(body.contains("name=\"image\"; filename=\"a.png\"") && body.contains("\r\n\r\nbytes\r\n"), "{body}");
    let (_, body) = sent(way, |calls| calls.ask_either(AskEitherParts::new(image(), "a").stream(false)).stream());
    assert!(body.contains(field) && body.matches("name=\"stream\"").count() == 1 && !body.contains("false"), "{body}");
    // Nobody who does not ask for a stream sends it.
    let routes = Server::respond(|_, _| server::json(200, "{}"));
    let client = api::builder(&routes.base).build().unwrap();
    way.send(Calls::new(&client).ask_either(AskEitherParts::new(image(), "a"))).unwrap();
    assert!(!routes.to("/").concat().contains("name=\"stream\""));
});

both!(a_parameter_of_the_query_is_set, |way| {
    let (line, _) = sent(way, |calls| calls.ask_query().prompt("a b").stream());
    assert_eq!(line, "GET /query?prompt=a%20b&stream=true HTTP/1.1");
    let (line, _) = sent(way, |calls| calls.ask_text().stream());
    assert_eq!(line, "GET /text HTTP/1.1");
});
