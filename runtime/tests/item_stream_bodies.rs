//! Request bodies that are streams of values: generated calls against loopback servers, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/bodies/streams/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/bodies/streams/src"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod generated {
    #[rustfmt::skip]
    pub(crate) mod models;
}
use generated::models;
#[path = "loopback/way.rs"]
mod way;

use call::Call;
use calls::Calls;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, ItemStream, Json};
use models::{AddTextsItem, Line};
use server::Server;
use std::io::{Read, Write};
use std::sync::mpsc;
use std::time::Duration;
use way::{SendMode, both};

fn client(base: &str) -> Client {
    api::builder(base).build().unwrap()
}

fn lines(texts: &[&str]) -> Vec<Line> {
    texts.iter().map(|text| Line::new(*text)).collect()
}

both!(writes_values_as_json_lines_or_sequences, |way| {
    let echo = Server::echo();
    let client = client(&echo.base);
    let calls = Calls::new(&client);
    let raw = way.raw(calls.add_lines(lines(&["a\nb", "ü"]))).unwrap();
    assert_eq!(&raw.raw_body()[..], "{\"text\":\"a\\nb\"}\n{\"text\":\"ü\"}\n".as_bytes());
    assert_eq!(raw.headers().get("content-type").unwrap(), "application/jsonl");
    let texts = (1..=2).map(AddTextsItem::new);
    let raw = way.raw(calls.add_texts().body(texts)).unwrap();
    assert_eq!(&raw.raw_body()[..], b"\x1e{\"id\":1}\n\x1e{\"id\":2}\n");
    assert_eq!(raw.headers().get("content-type").unwrap(), "application/geo+json-seq");
    let raw = way.raw(calls.add_any([Json::Null, 1.into()])).unwrap();
    assert_eq!(&raw.raw_body()[..], b"null\n1\n");
    let raw = way.raw(calls.add_lines(Vec::new())).unwrap();
    assert!(raw.raw_body().is_empty());
    let raw = way.raw(calls.add_beside(ItemStream::from(lines(&["x"])))).unwrap();
    assert_eq!(&raw.raw_body()[..], b"{\"text\":\"x\"}\n");
    let raw = way.raw(calls.add_beside(lines(&["x"]))).unwrap();
    assert_eq!(&raw.raw_body()[..], b"[{\"text\":\"x\"}]");
    // The schema of all values or of one, as in descriptions before 3.2.
    let raw = way.raw(calls.add_whole(lines(&["x"]))).unwrap();
    assert_eq!(&raw.raw_body()[..], b"{\"text\":\"x\"}\n");
    let raw = way.raw(calls.add_one(lines(&["x", "y"]))).unwrap();
    assert_eq!(&raw.raw_body()[..], b"{\"text\":\"x\"}\n{\"text\":\"y\"}\n");
    let raw = way.raw(calls.add_text("[1]\n")).unwrap();
    assert_eq!(&raw.raw_body()[..], b"[1]\n");
    let many = (0..100_000).map(|number| Line::new(number.to_string()));
    let raw = way.raw(calls.add_lines(many)).unwrap();
    assert_eq!(raw.raw_body().iter().filter(|byte| **byte == b'\n').count(), 100_000);
});

/// A server that reports each line of a body as it arrives, and responds after the last one.
fn listener() -> (String, mpsc::Receiver<String>) {
    let (sender, received) = mpsc::channel();
    let server = Server::connections(move |mut stream| {
        let (mut seen, mut byte) = (Vec::new(), [0]);
        while !seen.ends_with(b"\r\n0\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
            seen.extend(byte);
            if seen.ends_with(b"}\n") {
                sender.send(String::from_utf8_lossy(&seen).lines().last().unwrap().to_owned()).unwrap();
            }
        }
        stream.write_all(b"HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n").unwrap();
    });
    (server.base, received)
}

/// Values of which each is produced after the server has received the one before.
fn paced_lines(received: mpsc::Receiver<String>) -> impl Iterator<Item = Line> {
    let mut number = 0;
    std::iter::from_fn(move || {
        if number > 0 {
            let seen = received.recv_timeout(Duration::from_secs(5)).unwrap();
            assert_eq!(seen, format!("{{\"text\":\"{number}\"}}"));
        }
        number += 1;
        (number < 4).then(|| Line::new(number.to_string()))
    })
}

#[test]
fn sends_an_iterator_item_by_item() {
    let (base, received) = listener();
    SendMode::Blocking.send(Calls::new(&client(&base)).add_lines(paced_lines(received))).unwrap();
}

#[tokio::test]
async fn sends_a_stream_item_by_item() {
    let (base, received) = listener();
    let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
    std::thread::spawn(move || paced_lines(received).for_each(|line| sender.blocking_send(line).unwrap()));
    let stream = FromFn(Box::new(move |context| receiver.poll_recv(context)));
    Calls::new(&client(&base)).add_lines(ItemStream::stream(stream)).send().await.unwrap();
}

type Poll<T> = std::task::Poll<Option<T>>;

type Polled<T> = dyn FnMut(&mut std::task::Context<'_>) -> Poll<T> + Send;

struct FromFn<T>(Box<Polled<T>>);

impl<T> futures_core::Stream for FromFn<T> {
    type Item = T;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, context: &mut std::task::Context<'_>) -> Poll<T> {
        (self.0)(context)
    }
}

both!(reports_the_number_of_an_invalid_value, |way| {
    let echo = Server::echo();
    let client = client(&echo.base);
    let calls = Calls::new(&client);
    let odd = || lines(&["a"]).into_iter().chain([Line::new("b").with_ratio(f64::NAN)]);
    let error = way.raw(calls.add_lines(odd())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.to_string().contains("value 2 of the body cannot be written: NaN is not a number"), "{error}");
    let error = way.raw(calls.add_lines(ItemStream::whole(odd()))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Build);
    assert!(error.to_string().contains("value 2 of the body cannot be written: NaN"), "{error}");
    let source = [Ok(Line::new("a")), Err("the disk is gone")];
    let error = way.raw(calls.add_lines(ItemStream::try_iter(source))).unwrap_err();
    assert!(error.to_string().contains("value 2 of the body cannot be read: the disk is gone"), "{error}");
});

both!(retries_a_whole_body, |way| {
    let routes = server::Server::respond(|_, request| match request.contains("\r\nidempotency-key") {
        true => server::json(503, "{}"),
        false => server::json(200, "{}"),
    });
    let client = api::builder(&routes.base).max_retries(1).build().unwrap();
    let calls = Calls::new(&client);
    let whole = calls.add_lines(ItemStream::whole(lines(&["a"]))).idempotency_key("k");
    assert_eq!(way.send(whole).unwrap_err().status().unwrap().as_u16(), 503);
    let sent = routes.to("/lines");
    assert!(sent.len() == 2 && sent.iter().all(|request| request.ends_with("\r\n\r\n{\"text\":\"a\"}\n")), "{sent:?}");
    assert!(sent.iter().all(|request| request.to_lowercase().contains("\r\ncontent-length: 13\r\n")));
    assert!(way.send(calls.add_lines(lines(&["a"])).idempotency_key("k")).is_err());
    assert_eq!(routes.to("/lines").len(), 3, "a streamed body is sent once");
});

#[test]
fn refuses_an_async_stream_in_a_blocking_call() {
    let echo = Server::echo();
    let never = FromFn(Box::new(|_| std::task::Poll::Pending));
    let error =
        SendMode::Blocking.send(Calls::new(&client(&echo.base)).add_lines(ItemStream::stream(never))).unwrap_err();
    assert!(error.to_string().contains("an async source, which this thread cannot wait for"), "{error}");
}

#[tokio::test]
async fn calls_with_a_stream_are_send() {
    let echo = Server::echo();
    let client = client(&echo.base);
    let call = Calls::new(&client).add_lines(lines(&["a"]));
    let raw = tokio::spawn(call.send_raw()).await.unwrap().unwrap();
    assert_eq!(&raw.raw_body()[..], b"{\"text\":\"a\"}\n");
}

both!(secrets_of_values_that_were_sent_are_not_shown, |way| {
    let server = Server::respond(|_, request| {
        server::json(422, &serde_json::json!({ "message": request.split("\r\n\r\n").nth(1) }).to_string())
    });
    let client = api::builder(&server.base).max_retries(0).build().unwrap();
    let value = |number: u32| serde_json::json!({"name": "ada", "password": format!("my-2secret-{number}")});
    for many in [1, 3] {
        let error = way.send(Calls::new(&client).add_any((0..many).map(value))).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("ada") && shown.contains("[redacted]") && !shown.contains("2secret"), "{shown}");
    }
});
