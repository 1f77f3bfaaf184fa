//! A program that reads the streams of two generated crates from a server on raw sockets, async and blocking.

mod server;

use server::Server;
use streams_legacy_descriptions::Client as Legacy;
use streams_legacy_descriptions::models::{Chunk, ConverseEventData, Request};
use streams_items::Client as Items;
use streams_items::api::calls::{ChatEvent, FollowChoiceEvent};
use streams_items::models::Message;

const HEAD: &str = "HTTP/1.1 200 OK\r\nconnection: close\r\nx-request-id: r1\r\ncontent-type: ";

/// A body that ends with the connection.
fn sent(media: &str, body: &str) -> String {
    format!("{HEAD}{media}\r\n\r\n{body}")
}

/// A body that is interrupted.
fn broken(media: &str, body: &str) -> String {
    format!("{HEAD}{media}\r\ncontent-length: 1000\r\n\r\n{body}")
}

const CHAT: &str = "event: text.delta\ndata: {\"as\": \"it is\"}\n\nevent: message.done\nid: 7\ndata: {\"text\": \"hi\"}\n\n\
                    event: usage\ndata: {\"tokens\": \"many\"}\n\nevent: usage\ndata: {\"tokens\": 3}\n\n\
                    event: anything\ndata: [1]\n\nevent: later\ndata: x\n\n";

fn respond(_: &str, request: &str) -> String {
    let (line, head) = request.split_once("\r\n").unwrap();
    let head = head.to_lowercase();
    match line.split(' ').nth(1).unwrap() {
        "/chat" => sent("text/event-stream", CHAT),
        "/messages?since=yesterday" if head.contains("last-event-id: 2") => {
            sent("text/event-stream", "data: {\"text\": \"c\"}\n\ndata: [DONE]\n\ndata: {\"text\": \"never\"}\n\n")
        }
        "/messages?since=yesterday" => broken(
            "text/event-stream",
            "retry: 10\nid: 1\ndata: {\"text\": \"a\"}\n\nid: 2\ndata: {\"text\": \"b\"}\n\ndata: {",
        ),
        "/messages" => "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned(),
        "/choice" => sent(
            "text/event-stream",
            "event: created\ndata: {\"text\":\"a\"}\n\nevent: gone\ndata: gone\n\ndata: [1]\n\n",
        ),
        "/ticks" => sent("text/event-stream", "data: tick\n\ndata: [DONE]\n\n"),
        "/log" => sent("application/jsonl", "{\"at\":\"2026-01-31T12:00:00Z\",\"words\":\"a\"}\n{}\n\n"),
        "/records" => sent("application/geo+json-seq", "\u{1e}{\"type\":\"a\"}\n\u{1e}{\"type\":\"b\"}\n"),
        "/completions" if head.contains("accept: text/event-stream") => {
            assert!(head.ends_with("{\"prompt\":\"p\",\"third\":3.0,\"stream\":true}"), "{head}");
            sent("text/event-stream", "data: {\"delta\":\"a\"}\n\ndata: [END]\n\ndata: {\"delta\":\"never\"}\n\n")
        }
        "/completions" => {
            assert!(head.contains("accept: application/json\r\n") && !head.contains("\"stream\""), "{head}");
            sent("application/json", "{\"text\":\"whole\"}")
        }
        "/conversation" => {
            assert!(head.ends_with("{\"prompt\":\"p\",\"stream\":true}"), "{head}");
            sent(
                "text/event-stream",
                "event: chunk\ndata: {\"delta\":\"a\"}\n\nevent: done\ndata: {\"text\":\"b\"}\n\n",
            )
        }
        "/export" if head.contains("accept: application/x-ndjson") => {
            sent("application/x-ndjson", "{\"delta\":\"a\"}\n")
        }
        "/export" => sent("text/csv", "delta\na\n"),
        "/file" => broken("application/zip", "half"),
        "/live?stream=true" => "HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n".to_owned(),
        other => panic!("{other}"),
    }
}

fn message(text: &str) -> Message {
    Message::new(text)
}

/// The items of `/chat`, with errors as text.
fn check_chat(events: &[Result<(String, Option<String>, ChatEvent), String>]) {
    let [delta, done, wrong, usage, anything, later] = events else { panic!("{events:?}") };
    let item = |event: &str, id: Option<&str>, data: ChatEvent| Ok((event.to_owned(), id.map(str::to_owned), data));
    assert_eq!(*delta, item("text.delta", None, ChatEvent::TextDelta("{\"as\": \"it is\"}".to_owned())));
    assert_eq!(*done, item("message.done", Some("7"), ChatEvent::MessageStarted(message("hi"))));
    let wrong = wrong.as_ref().unwrap_err();
    assert!(
        wrong.starts_with("POST /chat: 200 OK: an event \"usage\" does not match") && wrong.ends_with("(request r1)"),
        "{wrong}"
    );
    assert!(matches!(usage, Ok((_, _, ChatEvent::Usage(usage))) if usage.tokens == 3), "{usage:?}");
    assert!(matches!(anything, Ok((_, _, ChatEvent::Anything(list))) if list[0] == 1), "{anything:?}");
    assert_eq!(*later, item("later", Some("7"), ChatEvent::Unknown("x".to_owned())));
}

async fn call_async(items: &Items, legacy: &Legacy) {
    let calls = items.calls();
    let (mut events, mut all) = (calls.chat("x").send().await.unwrap(), Vec::new());
    assert_eq!((events.status().as_u16(), events.request_id()), (200, Some("r1")));
    while let Some(event) = events.next().await {
        all.push(event.map(|one| (one.event, one.id, one.data)).map_err(|error| error.to_string()));
    }
    check_chat(&all);
    let mut messages = calls.follow_messages().since("yesterday").send().await.unwrap().reconnect(1);
    for text in ["a", "b", "c"] {
        assert_eq!(messages.next().await.unwrap().unwrap().data, message(text));
    }
    assert!(messages.next().await.is_none());
    assert!(calls.follow_messages().await.unwrap().next().await.is_none());
    let mut choice = calls.follow_choice().await.unwrap();
    assert_eq!(choice.next().await.unwrap().unwrap().data, FollowChoiceEvent::Created(message("a")));
    assert_eq!(choice.next().await.unwrap().unwrap().data, FollowChoiceEvent::Gone("gone".to_owned()));
    assert_eq!(choice.next().await.unwrap().unwrap().data, FollowChoiceEvent::Other(vec![1]));
    let mut ticks = calls.follow_ticks().await.unwrap();
    assert_eq!(ticks.next().await.unwrap().unwrap().data, "tick");
    assert_eq!(ticks.next().await.unwrap().unwrap().data, "[DONE]");
    let mut log = calls.read_log().await.unwrap();
    assert_eq!(log.next().await.unwrap().unwrap().words, "a");
    assert!(log.next().await.unwrap().unwrap_err().to_string().contains("line 2 does not match"));
    // An iterator cannot wait for an async transport.
    let mut records = calls.read_records().await.unwrap().into_iter();
    assert!(records.next().unwrap().unwrap_err().to_string().contains("`next().await`"));
    assert!(records.next().is_none());

    let calls = legacy.calls();
    let whole = calls.complete(&Request::new("p")).send().await.unwrap();
    assert_eq!(whole.text, "whole");
    let request = Request::new("p");
    let mut chunks = calls.complete(&request_with_more()).stream().await.unwrap();
    assert_eq!(chunks.next().await.unwrap().unwrap().data, Chunk::new("a"));
    assert!(chunks.next().await.is_none());
    let mut events = calls.converse(&request).await.unwrap();
    assert!(
        matches!(events.next().await.unwrap().unwrap().data, ConverseEventData::Chunk(chunk) if chunk.delta == "a")
    );
    assert!(matches!(events.next().await.unwrap().unwrap().data, ConverseEventData::Completion(_)));
    assert_eq!(*calls.export().await.unwrap(), "delta\na\n");
    assert_eq!(calls.export().stream().await.unwrap().next().await.unwrap().unwrap(), Chunk::new("a"));
    assert!(calls.live().stream().await.unwrap_err().is_not_found());
    let mut file = calls.download().stream().await.unwrap();
    assert_eq!(file.length(), Some(1000));
    assert_eq!(file.chunk().await.unwrap().unwrap(), "half");
    check_named(&file.chunk().await.unwrap_err().to_string());
}

fn check_named(error: &str) {
    assert!(error.starts_with("GET /file: 200 OK: ") && error.ends_with(" (request r1)"), "{error}");
}

fn request_with_more() -> Request {
    let mut request = Request::new("p");
    request.extra.insert("third", clientsmith_runtime::Json::from(3.0));
    request
}

fn call_blocking(items: &Items, legacy: &Legacy) {
    let calls = items.calls();
    let events = calls.chat("x").send_blocking().unwrap().into_iter();
    let events = events.map(|event| event.map(|one| (one.event, one.id, one.data)).map_err(|error| error.to_string()));
    check_chat(&events.collect::<Vec<_>>());
    let messages = calls.follow_messages().since("yesterday").send_blocking().unwrap().reconnect(1);
    let texts: Vec<Message> = messages.into_iter().map(|event| event.unwrap().data).collect();
    assert_eq!(texts, ["a", "b", "c"].map(message));
    let types: Vec<String> =
        calls.read_records().send_blocking().unwrap().into_iter().map(|one| one.unwrap().type_).collect();
    assert_eq!(types, ["a", "b"]);

    let calls = legacy.calls();
    let mut deltas = Vec::new();
    for event in calls.complete(&request_with_more()).stream().send_blocking().unwrap() {
        deltas.push(event.unwrap().data.delta);
    }
    assert_eq!(deltas, ["a"]);
    let lines = calls.export().stream().send_blocking().unwrap().into_iter();
    assert_eq!(lines.map(Result::unwrap).collect::<Vec<_>>(), [Chunk::new("a")]);
    let file = calls.download().stream().send_blocking().unwrap().into_inner();
    let error = std::io::read_to_string(file.into_reader()).unwrap_err();
    check_named(&error.to_string());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let server = Server::respond(respond);
    let items = Items::builder().base_url(&server.base).build().unwrap();
    let legacy = Legacy::builder().base_url(&server.base).build().unwrap();
    call_async(&items, &legacy).await;
    tokio::task::spawn_blocking(move || call_blocking(&items, &legacy)).await.unwrap();
    let resumed = server.to("/messages?since=yesterday");
    assert_eq!(resumed.len(), 4, "{resumed:?}");
}
