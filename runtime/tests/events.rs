//! Streams of values, on real sockets.
#![cfg(all(feature = "reqwest", feature = "blocking"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed test says so by a panic, in its shared functions too"
)]

#[path = "loopback/api.rs"]
mod api;
#[path = "loopback/chunks.rs"]
mod chunks;

use api::{builder, call, operation};
use chunks::{Answer, Chunks};
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::{Call, Error, Event, Json};

const SSE: &str = "text/event-stream; charset=utf-8";
const LINES: &str = "application/x-ndjson";

fn to(server: &Chunks, method: &'static str) -> Call<Json, Json> {
    call(&builder(&server.base).retries(0), &operation(method, "/feed"))
}

/// A client that does not repeat by itself.
trait Once {
    fn retries(self, retries: u32) -> clientsmith_runtime::Client;
}

impl Once for clientsmith_runtime::ClientBuilder {
    fn retries(self, retries: u32) -> clientsmith_runtime::Client {
        self.max_retries(retries).build().unwrap()
    }
}

fn whole(media: &'static str, body: &str) -> Answer {
    Answer(200, media, vec![body.as_bytes().to_vec()], true)
}

/// The body whole, byte by byte, and in two at every place: one answer each.
fn cuts(media: &'static str, body: &str) -> Vec<Answer> {
    let bytes = body.as_bytes();
    let two = (1..bytes.len()).map(|at| vec![bytes[..at].to_vec(), bytes[at..].to_vec()]);
    let single = bytes.iter().map(|byte| vec![*byte]).collect();
    two.chain([single]).map(|chunks| Answer(200, media, chunks, true)).collect()
}

type Said = (String, Option<String>, String);

async fn said(call: Call<Json, Json>) -> Vec<Said> {
    let (mut events, mut all) = (call.events::<String>().await.unwrap(), Vec::new());
    while let Some(event) = events.next().await {
        let Event { event, id, data, .. } = event.unwrap();
        all.push((event, id, data));
    }
    all
}

fn expected(events: &[(&str, Option<&str>, &str)]) -> Vec<Said> {
    events.iter().map(|(event, id, data)| ((*event).into(), id.map(Into::into), (*data).into())).collect()
}

#[tokio::test]
async fn the_examples_of_the_standard() {
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
        let server = Chunks::start(vec![whole(SSE, body)]);
        assert_eq!(said(to(&server, "GET")).await, expected(events), "{body:?}");
        assert!(server.heads()[0].contains("accept: text/event-stream\r\n"), "{}", server.heads()[0]);
    }
}

#[tokio::test]
async fn events_may_be_cut_anywhere() {
    let body = "\u{feff}data: ä\r\ndata: 日本\r\rid: 1\r\nevent: e\ndata: x\n\r\ndata: y\r\n\r\n";
    let events = expected(&[("message", None, "ä\n日本"), ("e", Some("1"), "x"), ("message", Some("1"), "y")]);
    let cuts = cuts(SSE, body);
    let count = cuts.len();
    let server = Chunks::start(cuts);
    for at in 0..count {
        assert_eq!(said(to(&server, "GET")).await, events, "{at}");
    }
    assert_eq!(server.heads().len(), count);
}

#[tokio::test]
async fn data_is_decoded_until_the_marker() {
    let body = "data: [1,2]\n\ndata: {}\n\ndata: [3]\n\ndata: [DONE]\n\ndata: [4]\n\n";
    let server = Chunks::start(vec![whole(SSE, body)]);
    let mut events = to(&server, "POST").events::<Vec<i64>>().await.unwrap().until("[DONE]");
    assert_eq!(events.next().await.unwrap().unwrap().data, [1, 2]);
    let error = events.next().await.unwrap().unwrap_err();
    assert_eq!((error.kind(), &error.raw_body().unwrap()[..]), (ErrorKind::Decode, &b"{}"[..]), "{error}");
    assert!(error.to_string().starts_with("POST /feed: 200 OK: an event \"message\" is not"), "{error}");
    assert_eq!(events.next().await.unwrap().unwrap().data, [3]);
    assert!(events.next().await.is_none() && events.next().await.is_none());
}

#[tokio::test]
async fn other_answers_are_errors() {
    let server = Chunks::start(vec![whole("application/json", "{}"), Answer(404, SSE, vec![b"no".to_vec()], true)]);
    let error = to(&server, "GET").events::<Json>().await.unwrap_err();
    assert!(error.is_decode() && error.to_string().contains("application/json"), "{error}");
    assert!(to(&server, "GET").events::<Json>().await.unwrap_err().is_not_found());
}

#[tokio::test]
async fn a_large_event_is_an_error_and_the_next_one_comes() {
    let long = "x".repeat(30);
    for large in
        [format!("data: {long}\n\n"), format!("data: {}\n", &long[..9]).repeat(3) + "\n", format!(": {long}\n\n")]
    {
        let body = format!("data: a\n\n{large}data: b\n\n");
        let cuts = cuts(SSE, &body);
        let count = cuts.len();
        let server = Chunks::start(cuts);
        for _ in 0..count {
            let mut events = to(&server, "GET").events::<String>().await.unwrap().limit(20);
            assert_eq!(events.next().await.unwrap().unwrap().data, "a");
            let error = events.next().await.unwrap().unwrap_err();
            assert_eq!(error.transport_kind(), Some(TransportErrorKind::TooLarge), "{error}");
            assert_eq!(events.next().await.unwrap().unwrap().data, "b");
            assert!(events.next().await.is_none());
        }
    }
}

fn broken(body: &str) -> Answer {
    Answer(200, SSE, vec![body.as_bytes().to_vec()], false)
}

#[tokio::test]
async fn a_broken_connection_is_an_error_unless_asked() {
    for (method, times) in [("GET", 0), ("POST", 3)] {
        let server = Chunks::start(vec![broken("data: a\n\n")]);
        let mut events = to(&server, method).events::<String>().await.unwrap().reconnect(times);
        assert_eq!(events.next().await.unwrap().unwrap().data, "a");
        assert!(events.next().await.unwrap().unwrap_err().is_transport());
        assert!(events.next().await.is_none());
        assert_eq!(server.heads().len(), 1, "{method}");
    }
}

fn reconnecting() -> Chunks {
    Chunks::start(vec![
        broken("retry: 20\nid: 1\ndata: a\n\nid: 2\ndata: half"),
        whole(SSE, "data: b\n\nid: ü\ndata: c\n\n"),
        broken(""),
        Answer(204, SSE, Vec::new(), true),
    ])
}

fn check_reconnected(all: &[Said], server: &Chunks) {
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

#[tokio::test]
async fn a_new_connection_goes_on_after_the_last_event() {
    let server = reconnecting();
    let mut events = to(&server, "GET").events::<String>().await.unwrap().reconnect(2);
    let (start, mut all) = (std::time::Instant::now(), Vec::new());
    while let Some(event) = events.next().await {
        let Event { event, id, data, .. } = event.unwrap();
        all.push((event, id, data));
    }
    check_reconnected(&all, &server);
    assert!(start.elapsed().as_millis() >= 60);
}

#[test]
fn blocking_streams_are_iterators() {
    let server = reconnecting();
    let events = to(&server, "GET").events_blocking::<String>().unwrap().reconnect(2);
    let all: Vec<Said> = events.map(Result::unwrap).map(|event| (event.event, event.id, event.data)).collect();
    check_reconnected(&all, &server);
    let server = Chunks::start(vec![whole(LINES, "1\n\n2"), whole("application/json-seq", "\u{1e}1\n\u{1e}[2]\n")]);
    let lines: Result<Vec<i64>, Error<Json>> = to(&server, "GET").json_lines_blocking().unwrap().collect();
    assert_eq!(lines.unwrap(), [1, 2]);
    let texts: Vec<Json> = to(&server, "GET").json_seq_blocking().unwrap().map(Result::unwrap).collect();
    assert_eq!(texts, [Json::from(1), Json::from(vec![2])]);
}

#[tokio::test]
async fn new_connections_have_an_end() {
    let server = Chunks::start(vec![whole(SSE, "retry: 1\n\n")]);
    let mut events = to(&server, "GET").events::<String>().await.unwrap().reconnect(2);
    assert!(events.next().await.is_none());
    assert_eq!(server.heads().len(), 3);
}

#[tokio::test]
async fn lines_may_be_cut_anywhere() {
    let body = "{\"a\":\"ä\"}\r\n\n \n[oops\n\"日\"\n\"0123456789012345678901\"\n3";
    let cuts = cuts(LINES, body);
    let count = cuts.len();
    let server = Chunks::start(cuts);
    for at in 0..count {
        let mut lines = to(&server, "GET").json_lines::<Json>().await.unwrap().limit(20);
        let mut all = Vec::new();
        while let Some(line) = lines.next().await {
            all.push(line.map_err(|error| error.to_string()).map_or_else(|error| error, |line| line.to_string()));
        }
        assert_eq!(all.len(), 5, "{at}: {all:?}");
        assert_eq!((&*all[0], &*all[2], &*all[4]), ("{\"a\":\"ä\"}", "\"日\"", "3"), "{at}");
        assert!(all[1].starts_with("GET /feed: 200 OK: line 4 is not what"), "{}", all[1]);
        assert_eq!(all[3], "GET /feed: 200 OK: line 6 is larger than 20 bytes");
    }
}

#[tokio::test]
async fn sequences_may_be_cut_anywhere() {
    // A number that is cut off may be the start of a longer one; what nobody closed ends where the next text begins.
    let body = "\u{1e}{\"a\":\n\"}\\\"\\n\"}\n\u{1e}\u{1e}12\u{1e}[1\n\u{1e}[\n]\u{1e}true\n\u{1e}4";
    let cuts = cuts("application/json-seq", body);
    let count = cuts.len();
    let server = Chunks::start(cuts);
    for at in 0..count {
        let mut texts = to(&server, "GET").json_seq::<Json>().await.unwrap();
        let mut all = Vec::new();
        while let Some(text) = texts.next().await {
            all.push(text.map_or_else(|error| error.to_string(), |text| text.to_string()));
        }
        assert_eq!(all.len(), 6, "{at}: {all:?}");
        assert_eq!((&*all[0], &*all[3], &*all[4]), ("{\"a\":\"}\\\"\\n\"}", "[]", "true"), "{at}");
        assert!(all[1].contains("text 2 is not") && all[1].contains("cut off"), "{}", all[1]);
        assert!(all[2].contains("text 3 is not") && all[5].contains("text 6 is not"), "{all:?}");
    }
}

#[tokio::test]
async fn what_came_is_given_before_the_end_of_the_answer() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let ended = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let mut stream = listener.accept().unwrap().0;
        let _ = stream.read(&mut [0; 4096]).unwrap();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\r\r";
        stream.write_all(head.as_bytes()).unwrap();
        // Nothing more is sent: this ends when the client lets go.
        stream.read(&mut [0; 16]).unwrap_or(0)
    });
    let client = builder(&base).build().unwrap();
    let mut events = call(&client, &operation("GET", "/")).events::<i64>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    drop(events);
    // The runtime closes the connection, so its thread must not wait.
    assert_eq!(tokio::task::spawn_blocking(|| ended.join().unwrap()).await.unwrap(), 0);
}
