//! Event streams, JSON lines and JSON sequences on sockets.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/server.rs"]
mod server;
#[path = "loopback/way.rs"]
mod way;

use api::{builder, call, operation};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::testing::{MockServer, Reply as MockReply};
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::{AnyCall, Error, Event, Json};
use futures_core::Stream;
use http::HeaderMap;
use server::{Reply, Server};
use std::future::poll_fn;
use std::io::{Read, Write};
use std::pin::Pin;
use std::time::{Duration, Instant};
use way::{SendMode, both};

const SSE: &str = "text/event-stream; charset=utf-8";
const LINES: &str = "application/x-ndjson";

fn to(server: &Server, method: &'static str) -> AnyCall<Json, Json> {
    call(&builder(&server.base).retries(0), &operation(method, "/feed"))
}

/// Builds a client with a number of retries.
trait BuildWithRetries {
    fn retries(self, retries: u32) -> clientsmith_runtime::Client;
}

impl BuildWithRetries for clientsmith_runtime::ClientBuilder {
    fn retries(self, retries: u32) -> clientsmith_runtime::Client {
        self.max_retries(retries).build().unwrap()
    }
}

fn whole(media: &'static str, body: &str) -> Reply {
    Reply::Chunks(200, media, vec![body.as_bytes().to_vec()], true)
}

/// Responses with a body in two chunks, for every split, and one with a chunk for each byte.
fn cuts(media: &'static str, body: &str) -> Vec<Reply> {
    let bytes = body.as_bytes();
    let two = (1..bytes.len()).map(|at| vec![bytes[..at].to_vec(), bytes[at..].to_vec()]);
    let single = bytes.iter().map(|byte| vec![*byte]).collect();
    two.chain([single]).map(|chunks| Reply::Chunks(200, media, chunks, true)).collect()
}

/// The values of a stream, by the async or the blocking method. The tokens after the method are settings of the stream.
macro_rules! values {
    ($way:ident, $call:expr, events::<$value:ty>() $($set:tt)*) => {
        values!(@ $way, $call, events / events_blocking, $value, $($set)*)
    };
    ($way:ident, $call:expr, json_lines::<$value:ty>() $($set:tt)*) => {
        values!(@ $way, $call, json_lines / json_lines_blocking, $value, $($set)*)
    };
    ($way:ident, $call:expr, json_seq::<$value:ty>() $($set:tt)*) => {
        values!(@ $way, $call, json_seq / json_seq_blocking, $value, $($set)*)
    };
    (@ $way:ident, $call:expr, $wait:ident / $block:ident, $value:ty, $($set:tt)*) => {
        match $way {
            SendMode::Async => $way.wait($call.$wait::<$value>()).map(|stream| awaited($way, stream$($set)*)),
            SendMode::Blocking => $call.$block::<$value>().map(|stream| Box::new(stream$($set)*) as Values<_>),
        }
    };
}

type Values<V> = Box<dyn Iterator<Item = V>>;

/// An iterator that waits for each value of a stream.
fn awaited<S: Stream + Unpin + 'static>(way: SendMode, mut stream: S) -> Values<S::Item> {
    Box::new(std::iter::from_fn(move || way.wait(poll_fn(|context| Pin::new(&mut stream).poll_next(context)))))
}

type EventFields = (String, Option<String>, String);

fn fields(events: impl Iterator<Item = Result<Event<String>, Error<Json>>>) -> Vec<EventFields> {
    events.map(Result::unwrap).map(|Event { event, id, data, .. }| (event, id, data)).collect()
}

fn expected(events: &[(&str, Option<&str>, &str)]) -> Vec<EventFields> {
    events.iter().map(|(event, id, data)| ((*event).into(), id.map(Into::into), (*data).into())).collect()
}

both!(reads_the_examples_of_the_standard, |way| {
    type Row = (&'static str, &'static [(&'static str, Option<&'static str>, &'static str)]);
    let table: &[Row] = &[
        ("data: YHOO\ndata: +2\ndata: 10\n\n", &[("message", None, "YHOO\n+2\n10")]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            &[
                ("message", Some("1"), "first event"),
                ("message", None, "second event"),
                ("message", None, " third event"),
            ],
        ),
        ("data\n\ndata\ndata\n\ndata:", &[("message", None, ""), ("message", None, "\n")]),
        ("data:test\n\ndata: test\n\n", &[("message", None, "test"), ("message", None, "test")]),
        (
            "event: add\ndata: 73857293\n\nevent: remove\n\ndata: x\n\n",
            &[("add", None, "73857293"), ("message", None, "x")],
        ),
        (
            "id: a\0b\nid: 7\ndata: x\n\nid: n\0\ndata: y\n\n",
            &[("message", Some("7"), "x"), ("message", Some("7"), "y")],
        ),
        ("data: x\nunknown: y\nretry: soon\n\ndata: cut off", &[("message", None, "x")]),
    ];
    for (body, events) in table {
        let server = Server::start(vec![whole(SSE, body)]);
        assert_eq!(fields(values!(way, to(&server, "GET"), events::<String>()).unwrap()), expected(events), "{body:?}");
        assert!(server.heads()[0].contains("accept: text/event-stream\r\n"), "{}", server.heads()[0]);
    }
});

both!(reads_events_split_at_any_byte, |way| {
    let body = "\u{feff}data: ä\r\ndata: 日本\r\rid: 1\r\nevent: e\ndata: x\n\r\ndata: y\r\n\r\n";
    let events = expected(&[("message", None, "ä\n日本"), ("e", Some("1"), "x"), ("message", Some("1"), "y")]);
    let cuts = cuts(SSE, body);
    let count = cuts.len();
    let server = Server::start(cuts);
    for at in 0..count {
        assert_eq!(fields(values!(way, to(&server, "GET"), events::<String>()).unwrap()), events, "{at}");
    }
    assert_eq!(server.heads().len(), count);
});

both!(decodes_data_until_the_marker, |way| {
    let body = "data: [1,2]\n\ndata: {}\n\ndata: [3]\n\ndata: [DONE]\n\ndata: [4]\n\n";
    let server = Server::start(vec![whole(SSE, body)]);
    let mut events = values!(way, to(&server, "POST"), events::<Vec<i64>>().until("[DONE]")).unwrap();
    assert_eq!(events.next().unwrap().unwrap().data, [1, 2]);
    let error = events.next().unwrap().unwrap_err();
    assert_eq!((error.kind(), &error.raw_body().unwrap()[..]), (ErrorKind::Decode, &b"{}"[..]), "{error}");
    assert!(error.to_string().starts_with("POST /feed: 200 OK: an event \"message\" does not match"), "{error}");
    assert_eq!(events.next().unwrap().unwrap().data, [3]);
    assert!(events.next().is_none() && events.next().is_none());
});

both!(reports_other_responses_as_errors, |way| {
    let server =
        Server::start(vec![whole("application/json", "{}"), Reply::Chunks(404, SSE, vec![b"no".to_vec()], true)]);
    let error = values!(way, to(&server, "GET"), events::<Json>()).err().unwrap();
    assert!(error.is_decode() && error.to_string().contains("application/json"), "{error}");
    assert!(values!(way, to(&server, "GET"), events::<Json>()).err().unwrap().is_not_found());
});

both!(reports_a_large_event_and_continues, |way| {
    let long = "x".repeat(30);
    for large in
        [format!("data: {long}\n\n"), format!("data: {}\n", &long[..9]).repeat(3) + "\n", format!(": {long}\n\n")]
    {
        let body = format!("data: a\n\n{large}data: b\n\n");
        let cuts = cuts(SSE, &body);
        let count = cuts.len();
        let server = Server::start(cuts);
        for _ in 0..count {
            let mut events = values!(way, to(&server, "GET"), events::<String>().limit(20)).unwrap();
            assert_eq!(events.next().unwrap().unwrap().data, "a");
            let error = events.next().unwrap().unwrap_err();
            assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge), "{error}");
            assert_eq!(events.next().unwrap().unwrap().data, "b");
            assert!(events.next().is_none());
        }
    }
});

both!(limits_the_data_of_an_event_with_line_breaks, |way| {
    let data = |lengths: &[usize]| {
        let line = |length: &usize| format!("data: {}\n", "x".repeat(*length));
        lengths.iter().map(line).collect::<String>() + "\n"
    };
    let rows = [
        (data(&[20]), true),
        (data(&[21]), false),
        (data(&[10, 9]), true),
        (data(&[10, 10]), false),
        (data(&[20, 0]), false),
        (data(&[0, 20]), false),
        ("data\n".repeat(21) + "\n", true),
        ("data\n".repeat(22) + "\n", false),
        (data(&[20]).trim_end().to_owned() + &"\ndata:".repeat(1000) + "\n\n", false),
    ];
    for (event, fits) in rows {
        let server = Server::start(vec![whole(SSE, &(event.clone() + "data: b\n\n"))]);
        let mut events = values!(way, to(&server, "GET"), events::<String>().limit(20)).unwrap();
        match events.next().unwrap() {
            Ok(first) => assert!(fits && first.data.len() <= 20, "{event:?}"),
            Err(error) => {
                assert!(!fits, "{event:?}");
                assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge), "{error}");
            }
        }
        assert_eq!(events.next().unwrap().unwrap().data, "b");
    }
});

both!(an_event_that_is_too_large_counts_as_received, |way| {
    for large in ["data: {}\nid: 7\n\n", "id: 7\ndata: {}\n\n"] {
        let large = large.replace("{}", &"x".repeat(99));
        let server = Server::start(vec![
            broken(&format!("retry: 1\nid: 6\ndata: a\n\n{large}")),
            whole(SSE, "id: 8\ndata: b\n\n"),
        ]);
        let call = call(&builder(&server.base).retries(3), &operation("GET", "/feed"));
        let mut events = values!(way, call, events::<String>().limit(20).reconnect(3)).unwrap();
        assert_eq!(events.next().unwrap().unwrap().data, "a");
        assert_eq!(events.next().unwrap().unwrap_err().transport_kind(), Some(TransportErrorKind::TooLarge));
        assert_eq!(events.next().unwrap().unwrap().data, "b");
        assert!(server.heads()[1].contains("last-event-id: 7\r\n"), "{}", server.heads()[1]);
    }
});

fn broken(body: &str) -> Reply {
    Reply::Chunks(200, SSE, vec![body.as_bytes().to_vec()], false)
}

both!(reports_a_broken_connection_without_reconnect, |way| {
    for (method, times) in [("GET", 0), ("POST", 3)] {
        let server = Server::start(vec![broken("data: a\n\n")]);
        let mut events = values!(way, to(&server, method), events::<String>().reconnect(times)).unwrap();
        assert_eq!(events.next().unwrap().unwrap().data, "a");
        assert!(events.next().unwrap().unwrap_err().is_transport());
        assert!(events.next().is_none());
        assert_eq!(server.heads().len(), 1, "{method}");
    }
});

fn reconnecting() -> Server {
    Server::start(vec![
        broken("retry: 20\nid: 1\ndata: a\n\nid: 2\ndata: half"),
        whole(SSE, "data: b\n\nid: ü\ndata: c\n\n"),
        broken(""),
        Reply::Chunks(204, SSE, Vec::new(), true),
    ])
}

fn check_reconnected(all: &[EventFields], server: &Server) {
    let events = [("message", Some("1"), "a"), ("message", Some("1"), "b"), ("message", Some("ü"), "c")];
    assert_eq!(all, expected(&events));
    let sent: Vec<Option<String>> = server
        .heads()
        .iter()
        .map(|head| {
            let line = head.lines().find(|line| line.starts_with("last-event-id: "))?;
            Some(line["last-event-id: ".len()..].to_owned())
        })
        .collect();
    assert_eq!(sent, [None, Some("1".into()), Some("ü".into()), Some("ü".into())]);
}

both!(resumes_after_the_last_event, |way| {
    let server = reconnecting();
    let events = values!(way, to(&server, "GET"), events::<String>().reconnect(2)).unwrap();
    let start = Instant::now();
    check_reconnected(&fields(events), &server);
    assert!(start.elapsed().as_millis() >= 60);
});

both!(streams_have_the_response_headers, |way| {
    fn media(headers: &HeaderMap) -> &str {
        headers.get("content-type").unwrap().to_str().unwrap()
    }
    let seq = "application/json-seq";
    let server =
        Server::start(vec![whole(SSE, "data: 1\n\n"), whole(LINES, "1\n\n2"), whole(seq, "\u{1e}1\n\u{1e}[2]\n")]);
    let call = || to(&server, "GET");
    match way {
        SendMode::Async => {
            assert_eq!(media(way.wait(call().events::<i64>()).unwrap().headers()), SSE);
            assert_eq!(media(way.wait(call().json_lines::<i64>()).unwrap().headers()), LINES);
            assert_eq!(media(way.wait(call().json_seq::<Json>()).unwrap().headers()), seq);
        }
        SendMode::Blocking => {
            let mut events = call().events_blocking::<i64>().unwrap();
            assert_eq!(events.next().unwrap().unwrap().data, 1);
            assert_eq!(media(events.headers()), SSE);
            let lines = call().json_lines_blocking::<i64>().unwrap();
            assert_eq!(media(lines.headers()), LINES);
            let lines: Result<Vec<i64>, Error<Json>> = lines.collect();
            assert_eq!(lines.unwrap(), [1, 2]);
            let texts = call().json_seq_blocking::<Json>().unwrap();
            assert_eq!(media(texts.headers()), seq);
            assert_eq!(texts.map(Result::unwrap).collect::<Vec<_>>(), [Json::from(1), Json::from(vec![2])]);
        }
    }
});

both!(does_not_wait_beyond_the_deadline_to_reconnect, |way| {
    for wait in ["3600000", "99999999999999999999999999"] {
        for ends in [true, false] {
            let first = format!("retry: {wait}\ndata: a\n\n").into_bytes();
            let server = Server::start(vec![Reply::Chunks(200, SSE, vec![first], ends), whole(SSE, "data: b\n\n")]);
            let mut events = values!(way, to(&server, "GET"), events::<String>().reconnect(2)).unwrap();
            let start = Instant::now();
            assert_eq!(events.next().unwrap().unwrap().data, "a");
            let error = events.next().unwrap().unwrap_err();
            assert_eq!((error.is_timeout(), error.is_transport()), (ends, !ends), "{error}");
            assert!(events.next().is_none() && start.elapsed() < Duration::from_secs(5));
            assert_eq!(server.heads().len(), 1);
        }
    }
});

both!(names_its_own_wait_beyond_the_deadline, |way| {
    let server = MockServer::new();
    server.on_any().reply(MockReply::text(200, SSE, ": nothing\n\n"));
    let client = builder("https://api.test").transport(server).retries(0);
    let call = call(&client, &operation("GET", "/feed")).timeout(Duration::from_secs(5));
    // The server requests no wait. The client's own grows beyond the timeout.
    let mut events = values!(way, call, events::<String>().reconnect(1_000)).unwrap();
    let error = events.next().unwrap().unwrap_err().to_string();
    assert!(error.contains("a new connection would follow after"), "{error}");
});

both!(limits_reconnects, |way| {
    let server = Server::start(vec![whole(SSE, "retry: 1\n\n")]);
    let mut events = values!(way, to(&server, "GET"), events::<String>().reconnect(2)).unwrap();
    assert!(events.next().is_none());
    assert_eq!(server.heads().len(), 3);
});

both!(reads_lines_split_at_any_byte, |way| {
    let body = "{\"a\":\"ä\"}\r\n\n \n[oops\n\"日\"\n\"0123456789012345678901\"\n3";
    let cuts = cuts(LINES, body);
    let count = cuts.len();
    let server = Server::start(cuts);
    for at in 0..count {
        let lines = values!(way, to(&server, "GET"), json_lines::<Json>().limit(20)).unwrap();
        let mut all = Vec::new();
        for line in lines {
            all.push(line.map_err(|error| error.to_string()).map_or_else(|error| error, |line| line.to_string()));
        }
        assert_eq!(all.len(), 5, "{at}: {all:?}");
        assert_eq!((&*all[0], &*all[2], &*all[4]), ("{\"a\":\"ä\"}", "\"日\"", "3"), "{at}");
        assert!(all[1].starts_with("GET /feed: 200 OK: line 4 does not match"), "{}", all[1]);
        assert_eq!(all[3], "GET /feed: 200 OK: line 6 is larger than 20 bytes");
    }
});

both!(reads_sequences_split_at_any_byte, |way| {
    // A number without a line feed may be truncated. An unclosed text ends at the start of the next one.
    let body = "\u{1e}{\"a\":\n\"}\\\"\\n\"}\n\u{1e}\u{1e}12\u{1e}[1\n\u{1e}[\n]\u{1e}true\n\u{1e}4";
    let cuts = cuts("application/json-seq", body);
    let count = cuts.len();
    let server = Server::start(cuts);
    for at in 0..count {
        let texts = values!(way, to(&server, "GET"), json_seq::<Json>()).unwrap();
        let mut all = Vec::new();
        for text in texts {
            all.push(text.map_or_else(|error| error.to_string(), |text| text.to_string()));
        }
        assert_eq!(all.len(), 6, "{at}: {all:?}");
        assert_eq!((&*all[0], &*all[3], &*all[4]), ("{\"a\":\"}\\\"\\n\"}", "[]", "true"), "{at}");
        assert!(all[1].contains("text 2 does not match") && all[1].contains("cut off"), "{}", all[1]);
        assert!(all[2].contains("text 3 does not match") && all[5].contains("text 6 does not match"), "{all:?}");
    }
});

both!(yields_events_before_the_end_of_the_response, |way| {
    let (sender, end) = std::sync::mpsc::channel();
    let server = Server::connections(move |mut stream| {
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\r\r";
        stream.write_all(head.as_bytes()).unwrap();
        // The server sends nothing more. This read ends when the client closes the connection.
        sender.send(stream.read(&mut [0; 16]).unwrap_or(0)).unwrap();
    });
    let client = builder(&server.base).build().unwrap();
    let mut events = values!(way, call(&client, &operation("GET", "/")), events::<i64>()).unwrap();
    assert_eq!(events.next().unwrap().unwrap().data, 1);
    drop(events);
    assert_eq!(end.recv().unwrap(), 0);
});
