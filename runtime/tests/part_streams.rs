//! Responses that are streams of parts: generated calls against loopback servers, async and blocking.
#![cfg(all(feature = "hyper", feature = "blocking"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed test panics, also in its helper functions")]

#[path = "loopback/api.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod api;
#[path = "loopback/call.rs"]
#[allow(dead_code, reason = "not every test uses all of it")]
mod call;
#[rustfmt::skip]
#[path = "../../generator/tests/cases/streams/parts/src/api/calls.rs"]
#[allow(dead_code, unreachable_pub, reason = "generated for a crate of its own")]
mod calls;
#[path = "loopback/server.rs"]
mod server;
#[path = "../../generator/tests/cases/streams/parts/src"]
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
use clientsmith_runtime::body::multipart::PartBody;
use clientsmith_runtime::error::ErrorKind;
use clientsmith_runtime::transport::TransportErrorKind;
use clientsmith_runtime::{Client, Error, Part, PartStream, Response};
use models::Item;
use server::{Reply, Server};
use std::io::{Read, Write};
use std::time::{Duration, Instant};
use way::{SendMode, both};

fn server(media: &'static str, body: &[u8], size: usize, ends: bool) -> (Server, Client) {
    let chunks = body.chunks(size).map(<[u8]>::to_vec).collect();
    let server = Server::start(vec![Reply::Chunks(200, media, chunks, ends)]);
    let client = api::builder(&server.base).max_retries(0).build().unwrap();
    (server, client)
}

type Found<T, E> = Vec<Result<Part<T>, Error<E>>>;

/// Reads every part of a stream, async or blocking.
fn all<T: PartBody, E>(way: SendMode, stream: Response<PartStream<T, E>>) -> Found<T, E> {
    let mut stream = stream;
    match way {
        SendMode::Async => way.wait(async {
            let mut found = Vec::new();
            while let Some(part) = stream.next().await {
                found.push(part);
            }
            found
        }),
        SendMode::Blocking => {
            let parts = stream.into_iter();
            assert!(parts.headers().contains_key("content-type"));
            parts.collect()
        }
    }
}

const MIXED: &str = "multipart/mixed; boundary=b";
const BATCH: &str = "--b\r\nContent-ID: <1>\r\nContent-Type: application/json\r\n\r\n{\"id\":1,\"text\":\"a\"}\r\n\
                     --b\r\n\r\n{\"id\":\"x\"}\r\n\
                     --b\r\nContent-Type: application/json\r\n\r\n{\"id\":3}\r\n--b--\r\nafter";

both!(reads_parts_as_values_with_headers, |way| {
    for size in [1, 7, 1000] {
        let (server, client) = server(MIXED, BATCH.as_bytes(), size, true);
        let stream = way.send(Calls::new(&client).read_batch()).unwrap();
        assert!(stream.headers().contains_key("content-type"));
        let found = all(way, stream);
        let [Ok(first), Err(wrong), Ok(last)] = &found[..] else { panic!("{found:?}") };
        assert_eq!((first.name.as_deref(), &first.body), (Some("1"), &Item::new(1).with_text("a")));
        assert_eq!(first.media.as_deref(), Some("application/json"));
        assert_eq!((wrong.kind(), &wrong.raw_body().unwrap()[..]), (ErrorKind::Decode, &b"{\"id\":\"x\"}"[..]));
        assert!(wrong.to_string().contains("part 2 does not match the description: id: expected a whole"), "{wrong}");
        assert_eq!(last.body, Item::new(3));
        assert!(server.heads().join("").contains("accept: multipart/mixed\r\n"));
    }
});

both!(reads_parts_without_a_schema_as_bytes, |way| {
    let body =
        [b"\r\n--b\nContent-Type: image/jpeg\n\n\xff\xd8\n\xff\n--b\n\n" as &[u8], &[0; 3000], b"\n--b--"].concat();
    let (_server, client) = server("multipart/x-mixed-replace;boundary=\"b\"", &body, 10, true);
    let stream = way.send(Calls::new(&client).read_images()).unwrap().limit(2000);
    let found = all(way, stream);
    let [Ok(image), Err(large)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((&image.body[..], image.media.as_deref()), (&b"\xff\xd8\n\xff"[..], Some("image/jpeg")));
    assert_eq!(large.transport_kind(), Some(TransportErrorKind::TooLarge));
    assert!(large.to_string().contains("part 2 is larger than 2000 bytes"), "{large}");
});

both!(reports_a_truncated_body_and_ends, |way| {
    let cut = BATCH.split("--b--").next().unwrap();
    let (_server, client) = server(MIXED, cut.as_bytes(), 50, true);
    let found = all(way, way.send(Calls::new(&client).read_batch()).unwrap());
    let [Ok(_), Err(_), Err(end)] = &found[..] else { panic!("{found:?}") };
    assert!(end.to_string().contains("part 3 does not match") && end.to_string().contains("an early end"), "{end}");
    let (_server, client) = server(MIXED, cut.as_bytes(), 50, false);
    let found = all(way, way.send(Calls::new(&client).read_batch()).unwrap());
    let [Ok(_), Err(_), Err(broken)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(broken.kind(), ErrorKind::Transport);
    for media in ["multipart/mixed", "application/json"] {
        let (_server, client) = server(media, b"[]", 50, true);
        let error = way.send(Calls::new(&client).read_batch()).unwrap_err();
        assert!(error.to_string().contains("expected a body in parts with its boundary"), "{error}");
    }
});

both!(ends_at_the_last_boundary, |way| {
    let server = Server::connections(|mut stream| {
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {MIXED}\r\ncontent-length: 100000\r\n\r\n");
        stream.write_all([head.as_bytes(), BATCH.as_bytes()].concat().as_slice()).unwrap();
        std::thread::sleep(Duration::from_secs(20));
    });
    let client = api::builder(&server.base).max_retries(0).build().unwrap();
    let start = Instant::now();
    let found = all(way, way.send(Calls::new(&client).read_batch()).unwrap());
    assert!(found.len() == 3 && start.elapsed() < Duration::from_secs(5), "{found:?}");
});

both!(requests_parts_beside_json, |way| {
    let (server, client) = server(MIXED, b"--b\r\n\r\n{\"id\":1}\r\n--b--", 9, true);
    let found = all(way, way.send(Calls::new(&client).read_beside().stream()).unwrap());
    let [Ok(part)] = &found[..] else { panic!("{found:?}") };
    assert_eq!((part.body.id, part.body.more), (1, None));
    assert!(server.heads().join("").contains("accept: multipart/mixed\r\n"));
});
