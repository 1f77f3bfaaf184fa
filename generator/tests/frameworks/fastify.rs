//! Calls every operation of `tests/peers/fastify` through the crate that was generated from its own description.

mod drive;

use drive::{CalledOperations, SendMode, encoded, run, v};
use peer_fastify::api::forms::{FileParts, FilesParts};
use peer_fastify::models::{Large, Small, Thing};
use peer_fastify::runtime::{self, File};
use peer_fastify::{Client, ClientBuilder};
use serde_json::{Value, json};

fn main() {
    let base = std::env::args().nth(1).unwrap();
    let called = CalledOperations::default();
    let builder = || Client::builder().base_url(&base).max_retries(0).hook(called.clone());
    let client = builder().build().unwrap();
    let c = &client;
    run(
        &called,
        &[
            ("writes_the_discriminator", &|way| discriminator(way, c)),
            ("distinguishes_null_from_absent", &|way| null(way, c)),
            ("preserves_fields_that_a_closed_schema_does_not_list", &|way| closed(way, c)),
            ("echoes_parameters", &|way| parameters(way, c)),
            ("sends_forms", &|way| forms(way, c)),
            ("names_files_made_of_bytes", &|way| files(way, c)),
            ("reads_strings_by_their_media_type", &|way| strings(way, c)),
            ("preserves_undescribed_bodies", &|way| undescribed(way, c)),
            ("distinguishes_errors_by_status", &|way| errors(way, c)),
            ("reads_streams", &|way| streams(way, c)),
            ("sends_a_signed_cookie_unchanged", &|way| cookie(way, c, builder)),
        ],
    );
}

fn discriminator(way: SendMode, c: &Client) {
    let (small, large) = (json!({ "kind": "small", "n": 0 }), json!({ "kind": "large", "name": "x" }));
    way.echo(small.clone(), || c.unions().thing(&Thing::Small(Small::new())));
    let things = || vec![Thing::Large(Large::new().with_name("x")), Thing::Small(Small::new())];
    way.echo(json!([large, small]), || c.unions().things(&things()));
    let circle = json!({ "shape": "circle", "radius": 1.5 });
    way.echo(circle.clone(), || c.unions().shape(&v(&circle)));
}

fn null(way: SendMode, c: &Client) {
    let none = json!({ "text": null, "number": null, "flag": null, "choice": null, "texts": null, "numbers": null,
        "small": null, "at": null, "anything": null });
    way.echo(none.clone(), || c.models().nullable(&v(&none)));
    way.echo(json!({ "flag": true }), || c.models().nullable(&v(&json!({ "flag": true }))));
    let full = json!({ "text": "", "number": -1, "flag": false, "choice": "b", "texts": ["a", null],
        "numbers": { "a": 1.5, "b": null }, "small": { "kind": "small", "n": 1 }, "at": "2026-01-02T03:04:05.678Z",
        "anything": [{}] });
    way.echo(full.clone(), || c.models().nullable(&v(&full)));
}

/// The encoded value equals the decoded JSON, with fields that the description does not define.
fn closed(way: SendMode, c: &Client) {
    way.echo(json!({ "id": 1, "label": "one", "owner": { "name": "Jo" } }), || c.models().closed());
    let read = encoded(&way.send(c.models().closed()));
    way.echo(read.clone(), || c.models().replace(&v(&read)));
}

fn parameters(way: SendMode, c: &Client) {
    let p = c.parameters();
    for (ids, query) in
        [(vec![1, 2], "ids=1&ids=2&text=a%20b&flag=false&limit=10"), (vec![1], "ids=1&text=a%20b&flag=false&limit=10")]
    {
        let expected = json!({ "seen": { "path": "/parameters/query", "query": query, "headers": {} }, "ids": ids, "flag": false });
        way.echo(expected, || p.query(ids.clone()).text("a b").flag(false).limit(10).into_call());
    }
    way.echo(json!({ "id": "a b", "*": "c/d?e" }), || p.rest("a b", "c/d?e"));
    let expected = json!({ "path": "/parameters/headers", "query": "", "headers": { "x-tag": "a, b", "x-count": "3", "cookie": "" } });
    way.echo(expected, || p.headers().x_tag("a, b").x_count(3).into_call());
}

fn forms(way: SendMode, c: &Client) {
    let login = json!({ "name": "Jo & Co", "age": 7, "tags": ["a b", "c"], "agreed": true });
    way.echo(login.clone(), || c.forms().login(&v(&login)));
}

fn files(way: SendMode, c: &Client) {
    let upload = |name: &str, media: &str, text: &str| json!({ "name": name, "media": media, "text": text });
    let binary = "application/octet-stream";
    let file = || c.forms().file(FileParts::new(b"bytes".to_vec()).note("ü"));
    way.echo(json!({ "file": upload("file", binary, "bytes"), "note": "ü" }), file);
    // This server reads a list of one item as the item.
    let two = || vec![File::new("a").named("a b.txt").media_type("text/plain"), File::new("b")];
    let files = || c.forms().files(FilesParts::new().files(two()).tags(vec!["x".into(), "y".into()]));
    way.echo(
        json!({ "files": [upload("a b.txt", "text/plain", "a"), upload("files", binary, "b")], "tags": ["x", "y"] }),
        files,
    );
}

/// The description has `application/json`, and the server sends `text/plain`.
fn strings(way: SendMode, c: &Client) {
    assert_eq!(way.send(c.responses().string()), "plain");
    assert_eq!(way.send(c.responses().date()).to_string(), "2026-01-02T03:04:05.678Z");
    way.send(c.responses().gone());
}

fn undescribed(way: SendMode, c: &Client) {
    let response = way.try_send(c.responses().undescribed()).unwrap();
    assert_eq!(response.raw_body(), &b"{\"made\":true}"[..]);
}

fn errors(way: SendMode, c: &Client) {
    let r = c.responses();
    assert_eq!(way.send(r.ranges(201.0)).n, Some(201));
    for (status, message) in [(404_u16, ": it is gone"), (500, ": gone")] {
        let error = way.fail(r.ranges(f64::from(status)));
        assert_eq!((error.status().unwrap().as_u16(), error.api().is_some()), (status, true));
        assert!(error.to_string().ends_with(message), "{error}");
    }
    let refused = way.fail(c.parameters().query(vec![1]).limit(11).into_call());
    assert!(refused.to_string().ends_with("querystring/limit must be <= 10"), "{refused}");
}

fn streams(way: SendMode, c: &Client) {
    assert_eq!(way.collect(c.responses().lines()), [Small::new().with_n(0), Small::new().with_n(1)]);
    let watch = || c.responses().watch();
    assert_eq!(way.send(watch().into_call()), Small::new().with_n(0));
    assert_eq!(way.lines::<Small>(watch().watch(true).into_call()), [0, 1].map(|n| Small::new().with_n(n)));
    let ticks = way.collect(c.responses().ticks());
    let ticks: Vec<(Option<&str>, Value)> =
        ticks.iter().map(|event| (event.id.as_deref(), encoded(&event.data))).collect();
    assert_eq!(ticks, [(Some("1"), json!({ "kind": "large", "name": "x" }))]);
}

fn cookie(way: SendMode, c: &Client, builder: impl Fn() -> ClientBuilder) {
    let signed = way.send(c.credentials().open()).signed.unwrap();
    assert!(signed.contains('/') && signed.contains('='), "{signed}");
    let client = builder().session(signed.clone()).build().unwrap();
    let seen = encoded(&way.send(client.credentials().session()));
    assert_eq!(seen["headers"]["cookie"], json!(format!("sid={signed}")));
    let client = builder().session("unknown").build().unwrap();
    let refused = way.fail(client.credentials().session());
    assert!(!refused.to_string().contains("unknown"), "{refused}");
}
