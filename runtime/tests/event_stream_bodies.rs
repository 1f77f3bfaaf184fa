//! Request bodies that are server-sent events: generated calls against loopback servers, async and blocking.
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
use calls::{AddChatSentEvent, Calls};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::{Client, Decode, Error, Event, IntoCall, ItemStream, Json};
use models::Line;
use server::Server;
use std::io::{Read, Write};
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::time::Duration;
use way::{SendMode, both};

fn client(base: &str) -> Client {
    api::builder(base).build().unwrap()
}

/// The request body, which the server returns.
fn text(way: SendMode, call: impl IntoCall<Success = (), Error = Json>) -> String {
    let raw = way.raw(call).unwrap();
    assert_eq!(raw.headers().get("content-type").unwrap(), "text/event-stream");
    String::from_utf8(raw.raw_body().to_vec()).unwrap()
}

/// The events of the request body, which the server returns.
fn read<D: Decode + Send + 'static>(way: SendMode, call: impl IntoCall<Success = (), Error = Json>) -> Vec<Event<D>> {
    let call = call.into_call();
    let found: Vec<Result<Event<D>, Error<Json>>> = match way {
        SendMode::Async => way.wait(async {
            let mut events = call.events::<D>().await.unwrap();
            let mut found = Vec::new();
            while let Some(event) = events.next().await {
                found.push(event);
            }
            found
        }),
        SendMode::Blocking => call.events_blocking::<D>().unwrap().collect(),
    };
    found.into_iter().map(Result::unwrap).collect()
}

both!(writes_the_fields_of_an_event, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    let event =
        || Event::new("a\n\nb\r\n c\rd".to_owned()).named("note").with_id("7").with_retry(Duration::from_secs(2));
    let sent = "event: note\nid: 7\nretry: 2000\ndata: a\ndata: \ndata: b\ndata:  c\ndata: d\n\n";
    assert_eq!(text(way, calls.add_events([event()])), sent);
    assert_eq!(text(way, calls.add_events([Event::new(String::new())])), "data: \n\n");
    assert_eq!(text(way, calls.add_events(Vec::new())), "");
    let found = read::<String>(way, calls.add_events(vec![event(), "b".to_owned().into()]));
    let [first, second] = &found[..] else { unreachable!("{found:?}") };
    assert_eq!((first.event.as_str(), first.data.as_str()), ("note", "a\n\nb\n c\nd"));
    assert_eq!((first.id.as_deref(), first.retry), (Some("7"), Some(Duration::from_secs(2))));
    assert_eq!((second.event.as_str(), second.data.as_str()), ("message", "b"));
});

both!(names_events_by_caller_data_or_description, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    let line = || Line::new("x");
    let tick = |event: Event<Line>| text(way, calls.add_ticks().body([event]));
    assert_eq!(tick(line().into()), "event: tick\ndata: {\"text\":\"x\"}\n\n");
    assert_eq!(tick(Event::new(line()).named("tock")), "event: tock\ndata: {\"text\":\"x\"}\n\n");
    let chat = [
        Event::new(AddChatSentEvent::TextDelta("Hel".to_owned())),
        Event::new(AddChatSentEvent::LineStarted(line())),
        Event::new(AddChatSentEvent::LineStarted(line())).named("line.done"),
        Event::new(AddChatSentEvent::LineStarted(line())).named("message"),
        Event::new(AddChatSentEvent::Unknown("{}".to_owned())).named("other"),
    ];
    let sent = "event: text.delta\ndata: Hel\n\nevent: line.started\ndata: {\"text\":\"x\"}\n\n\
                event: line.done\ndata: {\"text\":\"x\"}\n\ndata: {\"text\":\"x\"}\n\nevent: other\ndata: {}\n\n";
    assert_eq!(text(way, calls.add_chat(chat)), sent);
});

/// An iterator that is not fused: after its end it has items again.
struct Unfused(u32);

impl Iterator for Unfused {
    type Item = Event<Line>;

    fn next(&mut self) -> Option<Event<Line>> {
        self.0 += 1;
        (self.0 != 2).then(|| Event::new(Line::new(self.0.to_string())))
    }
}

/// A stream that must not be polled after its end.
struct Once(bool);

impl futures_core::Stream for Once {
    type Item = Event<Line>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Event<Line>>> {
        assert!(!std::mem::replace(&mut self.0, true), "polled after its end");
        Poll::Ready(None)
    }
}

both!(does_not_poll_items_after_their_end, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    assert_eq!(text(way, calls.add_data(Unfused(0))), "data: {\"text\":\"1\"}\n\ndata: [DONE]\n\n");
    assert_eq!(text(way, calls.add_data(ItemStream::stream(Once(false)))), "data: [DONE]\n\n");
});

both!(writes_the_end_marker_after_the_last_event, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    let lines = || ["1", "2"].map(|text| Event::new(Line::new(text)));
    let sent = "data: {\"text\":\"1\"}\n\ndata: {\"text\":\"2\"}\n\ndata: [DONE]\n\n";
    assert_eq!(text(way, calls.add_data(lines())), sent);
    assert_eq!(text(way, calls.add_data(ItemStream::whole(lines()))), sent);
    let many = (0..50_000).map(|number| Event::new(Line::new(number.to_string())).with_id(number.to_string()));
    let text = text(way, calls.add_data(many));
    assert_eq!((text.matches("\n\n").count(), text.matches("\nid: ").count() + 1), (50_001, 50_000));
    assert!(text.ends_with("id: 49999\ndata: {\"text\":\"49999\"}\n\ndata: [DONE]\n\n"));
});

both!(reports_the_number_of_an_invalid_event, |way| {
    let client = client(&Server::echo().base);
    let calls = Calls::new(&client);
    let fine = || Event::new(Line::new("a"));
    for (event, line) in [
        (fine().named("a\nb"), "value 2 of the body cannot be written: \"a\\nb\" is not a valid `event` of an event"),
        (fine().with_id("a\0"), "value 2 of the body cannot be written: \"a\\0\" is not a valid `id` of an event"),
        (Event::new(Line::new("b").with_ratio(f64::NAN)), "value 2 of the body cannot be written: NaN is not a number"),
    ] {
        let error = way.raw(calls.add_data([fine(), event.clone()])).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.to_string().contains(line), "{error}\n{line}");
        let error = way.raw(calls.add_data(ItemStream::whole([fine(), event]))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Build);
        assert!(error.to_string().contains(line), "{error}\n{line}");
    }
});

/// A server that reports each event of a body as it arrives, and responds after the last one.
fn listener() -> (String, mpsc::Receiver<String>) {
    let (sender, received) = mpsc::channel();
    let server = Server::connections(move |mut stream| {
        let (mut seen, mut byte) = (Vec::new(), [0]);
        while !seen.ends_with(b"\r\n0\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
            seen.extend(byte);
            if seen.ends_with(b"\n\n") {
                sender.send(String::from_utf8_lossy(&seen).trim_end().lines().last().unwrap().to_owned()).unwrap();
            }
        }
        stream.write_all(b"HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n").unwrap();
    });
    (server.base, received)
}

/// Events of which each is produced after the server has received the one before.
fn paced_events(received: mpsc::Receiver<String>) -> impl Iterator<Item = Event<String>> {
    let mut number = 0;
    std::iter::from_fn(move || {
        if number > 0 {
            let seen = received.recv_timeout(Duration::from_secs(5)).unwrap();
            assert_eq!(seen, format!("data: {number}"));
        }
        number += 1;
        (number < 4).then(|| Event::new(number.to_string()))
    })
}

#[test]
fn sends_an_iterator_item_by_item() {
    let (base, received) = listener();
    SendMode::Blocking.send(Calls::new(&client(&base)).add_events(paced_events(received))).unwrap();
}

#[tokio::test]
async fn sends_a_stream_item_by_item() {
    let (base, received) = listener();
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    std::thread::spawn(move || paced_events(received).for_each(|event| sender.blocking_send(event).unwrap()));
    Calls::new(&client(&base)).add_events(ItemStream::stream(ReceiverStream(receiver))).send().await.unwrap();
}

struct ReceiverStream(tokio::sync::mpsc::Receiver<Event<String>>);

impl futures_core::Stream for ReceiverStream {
    type Item = Event<String>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Event<String>>> {
        self.0.poll_recv(context)
    }
}
